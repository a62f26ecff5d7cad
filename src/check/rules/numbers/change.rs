//! Statements of change with both ends and the change itself: 由A增加到B，增加C; B，比上年A增加C.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Captures;
use rust_decimal::Decimal;

use super::reading::{self, Exact};
use crate::zh::pattern::Pattern;

/// Words for a rise and for a fall.
const UP: &str =
    "增加|增长|提高|上升|提升|扩大|上涨|上浮|攀升|跃升|发展|壮大|拓展|扩展|增|升|涨|扩|多|加快|高出|高";
const DOWN: &str = "减少|下降|降低|回落|缩减|缩小|缩短|压减|压缩|下调|减|降|少|放缓|低";

/// 增加 or 减少, by name of the direction.
static VERB: LazyLock<String> = LazyLock::new(|| format!("净?(?:(?P<up>{UP})|(?P<down>{DOWN}))"));

/// 增加到 between A and B.
static REACHED: Pattern = Pattern::made(|| format!("(?:{}了?)?(?:到|至|为)(?:[0-9]{{4}}年)?", *VERB));

/// ，增加 between B and C.
static BY: Pattern = Pattern::made(|| {
    let since = "(?P<since>(?:比|较)(?:上年|去年|同期|上一年度?|年初|上月|上季度|上届|前一年|[0-9]{4}年)?(?:同期|末|底)?\
         |同比|环比)?(?:净|共|累计|实际|一共|总共|即|[一二三四五六七八九十两]年间?|一年内?|年内|全年)*";
    format!("^[，,、（(]?{since}{}(?:了|达|达到|幅度为|幅度达)?$", *VERB)
});

/// ，比上年 between B and A.
static THAN: Pattern = Pattern::new(
    "^[，,（(]?[比较](?:上年|去年|前年|上一年度?|年初|上月|上季度|上届|[0-9]{4}年)?(?:全年|同期|末|底|度)?的?$",
);

/// 增加 between A and C.
static MORE: Pattern = Pattern::made(|| format!("^[，,]?{}(?:了|达)?$", *VERB));

/// Words for last year and for this year.
const LAST: [&str; 5] = ["去年", "上年", "上一年", "前一年", "同期"];
const NOW: [&str; 3] = ["今年", "本年", "当年"];

/// How many bytes of words may stand between two figures of a change.
const GAP: usize = 72;

/// A change with both ends.
#[derive(Debug)]
pub(super) struct Change {
    /// What it was.
    pub(super) from: Exact,
    /// What it became.
    pub(super) to: Exact,
    /// By how much, if that is said.
    pub(super) by: Option<Exact>,
    /// Whether the verbs speak of a rise; 从A到B alone does not say.
    pub(super) rises: Option<bool>,
}

impl Change {
    /// Where it stands in its line.
    pub(super) fn span(&self) -> Range<usize> {
        let ends = [Some(&self.from), Some(&self.to), self.by.as_ref()];
        let ends = ends.into_iter().flatten().map(|figure| &figure.span);
        let start = ends.clone().map(|span| span.start).min().unwrap_or_default();
        start..ends.map(|span| span.end).max().unwrap_or_default()
    }

    /// How much it really is, without sign.
    pub(super) fn difference(&self) -> Decimal {
        (self.to.value() - self.from.value()).abs()
    }

    /// The real change in per cent, without sign; a loss has none.
    pub(super) fn rate(&self) -> Option<Decimal> {
        let from = Some(self.from.value()).filter(Decimal::is_sign_positive)?;
        (self.difference() * Decimal::ONE_HUNDRED).checked_div(from)
    }

    /// How far a rate stated in steps of `step` may stray from [`Change::rate`] by rounding.
    pub(super) fn slack(&self, step: Decimal) -> Option<Decimal> {
        let ratio = self.to.value().checked_div(self.from.value())?;
        let ends = self.to.rounding() + self.from.rounding() * ratio;
        Some(step + (ends * Decimal::ONE_HUNDRED).checked_div(self.from.value())?)
    }
}

/// The changes that a line states with its figures.
pub(super) fn changes(text: &str, figures: &[Exact]) -> Vec<Change> {
    let tails = (0..figures.len()).map(|start| &figures[start..]);
    tails.filter_map(|rest| [from_to, than, this_year].iter().find_map(|form| form(text, rest))).collect()
}

/// 由A增加C到B, which mixes up the change and the new level; up to 到.
pub(super) fn crossed(text: &str, figures: &[Exact]) -> Option<Range<usize>> {
    let [from, by, to, ..] = figures else { return None };
    let start = beginning(text, from)?;
    let verb = MORE.is_match(between(text, from, by)?) && ["到", "至"].contains(&between(text, by, to)?);
    verb.then_some(start..to.span.start)
}

/// 由A增加到B，增加C. What is compared with last year need not be compared with A.
fn from_to(text: &str, figures: &[Exact]) -> Option<Change> {
    let [from, to, rest @ ..] = figures else { return None };
    let rises = reached(between(text, from, to)?)?;
    let start = &text[beginning(text, from)?..from.span.start];
    let last = LAST.iter().any(|word| start.contains(word));
    let by = rest.first().filter(|by| {
        let gap = between(text, to, by).and_then(|gap| BY.captures(gap));
        gap.is_some_and(|gap| last || gap.name("since").is_none())
    });
    Some(Change { from: from.clone(), to: to.clone(), by: by.cloned(), rises })
}

/// B，比上年A增加C.
fn than(text: &str, figures: &[Exact]) -> Option<Change> {
    let [to, from, by, ..] = figures else { return None };
    let verb = MORE.captures(between(text, from, by)?)?;
    let compared = THAN.is_match(between(text, to, from)?);
    compared.then(|| Change {
        from: from.clone(),
        to: to.clone(),
        by: Some(by.clone()),
        rises: direction(&verb),
    })
}

/// 去年A，今年B，增加C.
fn this_year(text: &str, figures: &[Exact]) -> Option<Change> {
    let [from, to, by, ..] = figures else { return None };
    let now = between(text, from, to)?.strip_prefix(['，', ',', '；', ';'])?;
    let now = NOW.iter().any(|word| now.starts_with(word)) && !now.contains(is_apart);
    let clause = reading::since(text, from.span.start, &reading::STOPS);
    let last = LAST.iter().any(|word| clause.contains(word)) && !clause.contains('今');
    let verb = (now && last).then(|| BY.captures(between(text, to, by)?)).flatten()?;
    Some(Change { from: from.clone(), to: to.clone(), by: Some(by.clone()), rises: direction(&verb) })
}

/// Where 由 or 从 begins the clause that leads to a figure.
fn beginning(text: &str, from: &Exact) -> Option<usize> {
    let clause = reading::since(text, from.span.start, &reading::STOPS);
    let clause = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(GAP))..];
    Some(from.span.start - clause.len() + clause.rfind(['由', '从'])?)
}

/// Whether the words between two figures say that the second was reached, and by a rise or a fall.
fn reached(gap: &str) -> Option<Option<bool>> {
    let verb = REACHED.captures(gap).filter(|_| gap.len() <= GAP)?;
    let hit = verb.get(0)?;
    let plain = !gap[..hit.start()].contains(is_apart) && !gap[hit.end()..].contains(is_apart);
    plain.then(|| direction(&verb))
}

fn is_apart(c: char) -> bool {
    c.is_ascii_digit() || "，。；、,;".contains(c)
}

fn direction(verb: &Captures<'_>) -> Option<bool> {
    verb.name("up").map(|_| true).or_else(|| verb.name("down").map(|_| false))
}

/// The words between two figures, which are few.
fn between<'t>(text: &'t str, left: &Exact, right: &Exact) -> Option<&'t str> {
    text.get(left.span.end..right.span.start).filter(|gap| gap.len() <= GAP)
}
