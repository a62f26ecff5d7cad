//! One indicator with two values in one report.

use std::collections::BTreeMap;

use super::super::prelude::*;
use super::reading::{self, Exact};
use super::told::Line;
use crate::clause::{Relation, When};

/// Arithmetic: of one report, one period and one scope, an indicator has one value.
pub(super) const RULE: Rule = Rule::prose("num-twice", Level::Warning, run);

/// Words that make another thing of the same name: of another time or body, a part, a mean, a plan.
static OTHER: Pattern = Pattern::new(
    "新[增建发改签培]|累计|计划|目标|力争|预计|拟建|每|[户人村亩年平日月组]均|原[有来]|其中|分别|另[有外]|还有|首批|第[一二三四五]批|最[多高大低少]|[单当]日|[0-9]月|季度|半年|去年|上年|[年月]以来|[二两三四五六七八九十]年来|[各某]村|各社区|有的|部分|比|较",
);

/// A place or a body with a name of its own.
static PLACE: Pattern =
    Pattern::new("(?P<name>[^，。；、0-9]{2})(?:村|社区|街道|小学|中学|学校|公司|合作社|支部|小区)");

/// What stands before 村 and its like where all of a kind are meant.
const KINDS: [&str; 9] = ["行政", "自然", "个", "乡", "农", "全", "城", "党", "有"];

/// Scopes wider than that of the report.
static WIDE: Pattern = Pattern::new("全[县市区省国]|[县市省]级");

/// Words that begin a name without adding to it.
static OPENING: Pattern = Pattern::new(
    "^(?:今年|本年|全年|年内|一年来|我们|[我本全][镇乡县市区]|辖区|共有|现有|涉及|辖|共|有|设)+",
);

/// A count that stands for all of something: the noun behind it, and that nothing is left out.
static ALL: Pattern =
    Pattern::new("^(?P<noun>[^，。；、：0-9]{0,8}?)(?P<all>(?:已经|已)?全部|全都|全面|均|都|无一)");

/// What may stand before such a count in its clause: that all of it is meant, or a share is taken of it.
static MEANT: Pattern = Pattern::new("^(?:全[镇乡县市区]|辖区内?|我[镇乡县市区]|上述|这|占|我们的)?$");

/// Nouns of which a report counts many a thing under one name.
const MANY: [&str; 12] =
    ["培训", "活动", "会议", "检查", "宣传", "资金", "问题", "隐患", "演练", "座谈", "投入", "线索"];

/// The shortest name that says what is meant, in characters.
const SHORTEST: usize = 3;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let body = prose.each().filter(|(line, text)| line.kind.is_body() && !reading::is_table(line, text));
    let lines: Vec<(&ProseLine, Line<'_>)> = body.map(|(line, _)| (line, Line::of(prose, line))).collect();
    let mentions: Vec<Mention<'_>> = lines.iter().flat_map(|(line, told)| Mention::all(line, told)).collect();
    let mut named: BTreeMap<(&str, &str), Vec<&Mention<'_>>> = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| mention.is_named()) {
        named.entry((mention.owner, mention.exact.base())).or_default().push(mention);
    }
    // What a line with a gap says of it may be a third value.
    let unsaid: Vec<&str> =
        prose.each().filter(|(line, _)| !line.gaps.is_empty()).map(|(_, text)| text).collect();
    let told = |owner: &str| !unsaid.iter().any(|text| text.contains(owner));
    for (first, second) in named.values().filter_map(|same| two(same)).filter(|(first, _)| told(first.owner))
    {
        say(prose, first, second, found);
    }
    for count in lines.iter().flat_map(|(line, told)| Count::all(line, told)) {
        let same: Vec<&Mention<'_>> = mentions.iter().filter(|mention| count.is_of(mention)).collect();
        if let Some((first, rest)) = same.split_first()
            && told(first.owner)
            && rest.iter().all(|one| one.exact.value() == first.exact.value())
            && is_slip(first.exact, count.exact)
        {
            say(prose, first, &count.mention(), found);
        }
    }
}

fn say(prose: &Prose, first: &Mention<'_>, second: &Mention<'_>, found: &mut Findings<'_>) {
    let (one, other) = (first.exact.amount.text(), second.exact.amount.text());
    let message = format!("“{}”前面是{one}，这里是{other}，前后不一致", first.owner);
    let place = second.place.start + second.exact.span.start..second.place.start + second.exact.span.end;
    found.at(
        &prose.source,
        place,
        message,
        "请核对哪个数对，把两处改成一致；如果口径不同，请写明各是什么口径",
    );
}

/// What is said twice, with one value and another like it. Nothing where there is a third, or where both are repeated:
/// then they are of two things.
fn two<'m>(same: &[&'m Mention<'m>]) -> Option<(&'m Mention<'m>, &'m Mention<'m>)> {
    let first = *same.first()?;
    let other = |one: &&&Mention<'_>| one.exact.value() != first.exact.value();
    let second = *same.iter().find(other)?;
    let others: Vec<_> = same.iter().filter(other).collect();
    let once = others.len() == 1 || others.len() + 1 == same.len();
    let alike = others.iter().all(|one| one.exact.value() == second.exact.value());
    let apart = !first.is_beside(second) && first.wide == second.wide;
    let verbs = first.verb == second.verb || first.verb.is_empty() || second.verb.is_empty();
    (once && alike && apart && verbs && is_slip(first.exact, second.exact)).then_some((first, second))
}

/// Whether one figure may be the other with a slip: as many digits, one of them another, or the same in another order.
fn is_slip(first: &Exact, second: &Exact) -> bool {
    let digits = |figure: &Exact| figure.amount.coefficient().normalize().to_string().into_bytes();
    let (mut one, mut other) = (digits(first), digits(second));
    let alike = one.len() == other.len() && first.amount.unit == second.amount.unit;
    if !alike || one == other {
        return false;
    }
    let off = one.iter().zip(&other).filter(|(left, right)| left != right).count();
    one.sort_unstable();
    other.sort_unstable();
    off == 1 || one == other
}

/// A figure that says how much there is of something.
#[derive(Debug, Clone)]
struct Mention<'p> {
    /// The line it stands in, in bytes of the source.
    place: Range<usize>,
    /// The sentence, counted in the line.
    sentence: usize,
    owner: &'p str,
    verb: &'p str,
    exact: &'p Exact,
    wide: Option<&'p str>,
}

impl<'p> Mention<'p> {
    fn all(line: &'p ProseLine, told: &'p Line<'p>) -> Vec<Mention<'p>> {
        let figures = told.figures.iter().filter_map(|figure| {
            let claim = figure.claim;
            let is_value = matches!(claim.relation, Relation::Level | Relation::State);
            let own = is_value && claim.when == When::Report && claim.whole.is_none();
            let exact =
                figure.exact.as_ref().filter(|_| own && claim.doubt.is_none() && figure.depth == 0)?;
            let before = reading::since(told.text, figure.span.start, &reading::ENDS);
            let plain = !is_another(before);
            let opening = OPENING.find(&claim.owner).map_or(0, |found| found.end());
            let mention = Mention {
                place: line.span.clone(),
                sentence: sentence(told.text, figure.span.start),
                owner: &claim.owner[opening..],
                verb: &claim.verb,
                exact,
                wide: WIDE.find(before).map(|found| found.as_str()),
            };
            plain.then_some(mention)
        });
        figures.collect()
    }

    /// Whether its name alone says what is meant.
    fn is_named(&self) -> bool {
        let many = MANY.iter().any(|many| self.owner.ends_with(many));
        let long = self.exact.value() >= self.exact.step() * rust_decimal::Decimal::TEN;
        let said = self.owner.chars().all(is_han) && !self.exact.base().is_empty();
        self.owner.chars().count() >= SHORTEST && said && !many && long
    }

    fn is_beside(&self, other: &Mention<'_>) -> bool {
        self.place == other.place && self.sentence == other.sentence
    }
}

/// Whether words before a figure make it one of another time, body or kind than the report's own.
pub(super) fn is_another(before: &str) -> bool {
    OTHER.is_match(before) || is_elsewhere(before)
}

/// Whether words speak of a place or a body by its name.
fn is_elsewhere(words: &str) -> bool {
    PLACE.captures_iter(words).any(|found| !KINDS.iter().any(|kind| found["name"].ends_with(kind)))
}

/// How many sentences of a line end before a byte of it.
fn sentence(text: &str, at: usize) -> usize {
    text[..at].matches(reading::ENDS).count()
}

/// A count in front of its noun that means all there are: 17个村全部, 占42个小区的.
#[derive(Debug)]
struct Count<'p> {
    place: Range<usize>,
    sentence: usize,
    /// The words before it in its clause.
    before: &'p str,
    after: &'p str,
    /// The noun behind it, where 全部 says that all are meant.
    noun: Option<&'p str>,
    exact: &'p Exact,
    /// The amount of its unit that stands before it in the line.
    last: Option<&'p Exact>,
}

impl<'p> Count<'p> {
    fn all(line: &'p ProseLine, told: &'p Line<'p>) -> Vec<Count<'p>> {
        let counts = told.figures.iter().enumerate().filter_map(|(at, figure)| {
            let exact = figure.exact.as_ref().filter(|_| figure.depth == 0)?;
            let before = reading::since(told.text, figure.span.start, &reading::STOPS);
            let sentence_before = reading::since(told.text, figure.span.start, &reading::ENDS);
            let after = reading::lead(told.text, figure.span.end, 60);
            let plain = !is_another(sentence_before);
            let noun = ALL.captures(after).and_then(|found| found.name("noun")).map(|noun| noun.as_str());
            let of_unit = |one: &&Exact| one.base() == exact.base();
            plain.then_some(Count {
                place: line.span.clone(),
                sentence: sentence(told.text, figure.span.start),
                before,
                after,
                noun,
                exact,
                last: told.figures[..at].iter().rev().filter_map(|one| one.exact.as_ref()).find(of_unit),
            })
        });
        counts.collect()
    }

    /// Whether it counts what was said before how much there is of.
    fn is_of(&self, mention: &Mention<'_>) -> bool {
        let earlier = mention.place.start < self.place.start
            || mention.place == self.place && mention.sentence < self.sentence;
        if !earlier || mention.exact.base() != self.exact.base() || mention.wide.is_some() {
            return false;
        }
        if self.noun == Some("") {
            let last = self.last.is_some_and(|last| last.span == mention.exact.span);
            return last && mention.place == self.place && self.before.is_empty();
        }
        let meant = MEANT.is_match(self.before) || mention.owner.starts_with(self.before);
        let more =
            self.exact.value() > mention.exact.value() || self.before == "占" || !self.before.is_empty();
        meant && (self.noun.is_some() || more) && self.names(mention.owner)
    }

    /// Whether the noun behind it is what a name ends with.
    fn names(&self, owner: &str) -> bool {
        let ends = |noun: &str| noun.chars().count() > 1 && owner.ends_with(noun);
        match self.noun {
            Some(noun) => ends(noun),
            None => self.after.char_indices().skip(2).any(|(end, _)| ends(&self.after[..end])),
        }
    }

    fn mention(&self) -> Mention<'p> {
        Mention {
            place: self.place.clone(),
            sentence: self.sentence,
            owner: "",
            verb: "",
            exact: self.exact,
            wide: None,
        }
    }
}
