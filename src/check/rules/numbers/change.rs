//! Statements of change with both ends and the change itself: 由A增加到B，增加C; B，比上年A增加C.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::super::pattern;
use super::reading::{self, Exact};
use crate::check::Line;

/// Words for a rise and for a fall.
const UP: &str =
    "增加|增长|提高|上升|提升|扩大|上涨|上浮|攀升|跃升|发展|壮大|拓展|扩展|增|升|涨|扩|多|加快|高出|高";
const DOWN: &str = "减少|下降|降低|回落|缩减|缩小|缩短|压减|压缩|下调|减|降|少|放缓|低";

/// What stands between the figures of a change.
struct Gaps {
    /// 由 or 从 before the first figure.
    from: Regex,
    /// 增加到 between A and B.
    to: Regex,
    /// ，增加 between B and C.
    by: Regex,
    /// ，比上年 between B and A.
    than: Regex,
    /// 增加 between A and C.
    more: Regex,
    /// 去年 before the first figure.
    last: Regex,
    /// ，今年 between A and B.
    now: Regex,
}

static GAPS: LazyLock<Gaps> = LazyLock::new(|| {
    let verb = format!("(?:净)?(?:(?P<up>{UP})|(?P<down>{DOWN}))");
    let since = "(?P<since>(?:比|较)(?:上年|去年|同期|上一年度?|年初|上月|上季度|上届|前一年|[0-9]{4}年|“\\p{Han}{3}”)?(?:同期|末|底)?|同比|环比)?(?:净|共|累计|实际|一共|总共|即|[一二三四五六七八九十两]年间?|一年内?|年内|全年)*";
    Gaps {
        from: pattern("(?:由|从)[^，。；：,;由从]{0,20}$"),
        to: pattern(&format!(
            "^[^，。；、,;0-9]{{0,10}}?{verb}(?:了)?(?:到|至|为)(?:[0-9]{{4}}年)?[^，。；、,;0-9]{{0,8}}$"
        )),
        by: pattern(&format!("^[，,、（(]?{since}{verb}(?:了|达|达到|幅度为|幅度达)?$")),
        than: pattern(
            "^[，,（(]?(?:比|较)(?:上年|去年|前年|上一年度?|年初|上月|上季度|上届|[0-9]{4}年)?(?:全年|同期|末|底|度)?的?$",
        ),
        last: pattern("(?:去年|上年|上一年度?|前一年|同期)[^，。；：,;今]{0,16}$"),
        now: pattern("^[，,；;](?:今年|本年度?|当年)[^，。；、,;0-9]{0,10}$"),
        more: pattern(&format!("^[，,]?{verb}(?:了|达)?$")),
    }
});

/// A change with both ends.
#[derive(Debug)]
pub(super) struct Change {
    /// What it was.
    pub(super) from: Exact,
    /// What it became.
    pub(super) to: Exact,
    /// By how much, if that is said.
    pub(super) by: Option<Exact>,
    /// Whether the verbs speak of a rise.
    pub(super) rises: bool,
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

    /// The real change in per cent, without sign.
    pub(super) fn rate(&self) -> Option<Decimal> {
        (self.difference() * Decimal::ONE_HUNDRED).checked_div(self.from.value())
    }

    /// How far a rate stated in steps of `step` may stray from [`Change::rate`] by rounding.
    pub(super) fn slack(&self, step: Decimal) -> Option<Decimal> {
        let ratio = self.to.value().checked_div(self.from.value())?;
        let ends = self.to.rounding() + self.from.rounding() * ratio;
        Some(step + (ends * Decimal::ONE_HUNDRED).checked_div(self.from.value())?)
    }
}

/// The changes stated in a line.
pub(super) fn changes(line: &Line, text: &str) -> Vec<Change> {
    let figures = reading::exact(line);
    let tails = (0..figures.len()).map(|start| &figures[start..]);
    tails.filter_map(|rest| [from_to, than, this_year].iter().find_map(|form| form(text, rest))).collect()
}

/// 由A增加到B，增加C. What is compared with last year need not be compared with A.
fn from_to(text: &str, figures: &[Exact]) -> Option<Change> {
    let [from, to, rest @ ..] = figures else { return None };
    let verb = GAPS.to.captures(between(text, from, to)?)?;
    let start = GAPS.from.find(reading::tail(text, from.span.start, 80))?.as_str();
    let last = ["上年", "去年", "同期"].iter().any(|word| start.contains(word));
    let by = rest.first().filter(|by| {
        let gap = between(text, to, by).and_then(|gap| GAPS.by.captures(gap));
        gap.is_some_and(|gap| last || gap.name("since").is_none())
    });
    Some(Change { from: from.clone(), to: to.clone(), by: by.cloned(), rises: verb.name("up").is_some() })
}

/// B，比上年A增加C.
fn than(text: &str, figures: &[Exact]) -> Option<Change> {
    let [to, from, by, ..] = figures else { return None };
    let verb = GAPS.more.captures(between(text, from, by)?)?;
    GAPS.than.is_match(between(text, to, from)?).then_some(())?;
    Some(Change {
        from: from.clone(),
        to: to.clone(),
        by: Some(by.clone()),
        rises: verb.name("up").is_some(),
    })
}

/// 去年A，今年B，增加C.
fn this_year(text: &str, figures: &[Exact]) -> Option<Change> {
    let [from, to, by, ..] = figures else { return None };
    let verb = GAPS.by.captures(between(text, to, by)?)?;
    let years = GAPS.now.is_match(between(text, from, to)?)
        && GAPS.last.is_match(reading::tail(text, from.span.start, 80));
    years.then_some(())?;
    Some(Change {
        from: from.clone(),
        to: to.clone(),
        by: Some(by.clone()),
        rises: verb.name("up").is_some(),
    })
}

fn between<'t>(text: &'t str, left: &Exact, right: &Exact) -> Option<&'t str> {
    text.get(left.span.end..right.span.start)
}
