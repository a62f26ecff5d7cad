//! One line of a report as words and tags: numbers that are facts are named and bound to each other.
//!
//! Whose a figure is, and in which year, `clause` says; here it gets a path, a file and a tag.

mod change;
mod list;
mod share;

use std::ops::Range;

use super::extract::{Extracted, extract};
use super::facts::{Facts, Indicator, Value};
use super::lines::around;
use super::name::{self, Names};
use crate::clause::{self, Claim, Doubt, Relation, When, Window};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Quantity;
use crate::period::Period;
use crate::zh::number::{Scale, Written, numeral};
use crate::zh::scan::Why;

/// What a row asks that is a sum of years, nobody says of how many.
pub const OPEN_SUM: &str = "这是几年的累计吗？是的，请补各年的数，从开始的那一年写起；只是这一年的，就是对的";
/// Longest piece of the report that a definition quotes, in characters.
const LONGEST_CONTEXT: usize = 24;

/// The name in a path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn chars(words: &str) -> usize {
    words.chars().count()
}

/// A stretch of a line that becomes a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What stands in the template.
    pub tag: String,
    /// The facts it names.
    pub paths: Vec<String>,
}

/// A number that became a fact, for whoever reviews it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path.
    pub path: String,
    /// As written.
    pub text: String,
    /// The year of the value.
    pub year: Period,
    /// The line of the report, from 1.
    pub line: usize,
    /// The words around it.
    pub context: String,
    /// Why somebody should look at it; empty where it is clear.
    pub doubt: String,
    /// 三年来: the years whose figures are asked for.
    pub window: Option<u32>,
    /// Why it is taken for what there is on a day (时点); empty where it is none.
    pub stock: String,
}

/// A figure that stays as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The line of the report, from 1.
    pub line: usize,
    /// The clause around it, the figure in brackets.
    pub context: String,
    /// Why, a sentence without 。.
    pub reason: String,
}

/// What a line gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bound {
    pub tags: Vec<Tag>,
    pub found: Vec<Found>,
    pub kept: Vec<Kept>,
    /// Published figures that contradict each other.
    pub contradictions: Vec<(Range<usize>, String)>,
}

/// Where the facts of a draft are collected.
pub(super) struct Drafting<'d> {
    pub year: Period,
    pub facts: &'d mut Facts,
    pub names: &'d mut Names,
    /// Figures so far, for those that are said twice.
    pub known: Vec<Known>,
}

/// A figure that has a path.
pub(super) struct Known {
    text: String,
    name: String,
    group: String,
    path: String,
    year: Period,
}

impl Known {
    /// Whether a figure is the same one said again: in another section only if its name says enough, in its
    /// own also under a shorter or longer name.
    fn is(&self, text: &str, name: &str, group: &str, year: Period) -> bool {
        const TELLING: usize = 4;
        const DIGITS: usize = 2;
        if self.text != text || self.year != year {
            return false;
        }
        if self.group != group {
            return self.name == name && chars(name) >= TELLING;
        }
        let telling = text.chars().filter(char::is_ascii_digit).count() >= DIGITS;
        self.name == name || telling && (self.name.ends_with(name) || name.ends_with(&self.name))
    }
}

/// Binds the numbers of a line. `skip` are bytes that the program numbers by itself, `group` is the field
/// of work, `number` the line's own number.
pub(super) fn bind(
    line: &str,
    skip: usize,
    group: &str,
    number: usize,
    drafting: &mut Drafting<'_>,
) -> Bound {
    let numbers = extract(line);
    let claims = claims(line, &numbers, drafting.year);
    let mut binder = Binder {
        line,
        number,
        group,
        numbers: &numbers,
        claims: &claims,
        drafting,
        bound: Bound::default(),
        used: Vec::new(),
    };
    for (index, one) in numbers.iter().enumerate() {
        if one.span.start < skip {
            continue;
        }
        if one.is_fact() {
            binder.fact(index);
        } else {
            binder.year(one);
        }
    }
    binder.bound
}

/// The claim of every number that is a fact, its figures counted as the numbers of the line.
fn claims(line: &str, numbers: &[Extracted], year: Period) -> Vec<Option<Claim>> {
    let facts: Vec<usize> = (0..numbers.len()).filter(|index| numbers[*index].is_fact()).collect();
    let figure = |index: &usize| {
        let one = &numbers[*index];
        let unit = one.reading.as_ref().map_or("", Written::base).to_owned();
        clause::Figure { span: one.span.clone(), text: one.text.clone(), unit }
    };
    let figures: Vec<clause::Figure> = facts.iter().map(figure).collect();
    let mut claims = vec![None; numbers.len()];
    for mut claim in clause::read(line, &figures, year) {
        let number = |figure: usize| facts.get(figure).copied();
        claim.figure = facts[claim.figure];
        claim.level = claim.level.and_then(number);
        claim.whole = claim.whole.and_then(number);
        claim.of = claim.of.and_then(number);
        let at = claim.figure;
        claims[at] = Some(claim);
    }
    claims
}

/// A figure of the line that became a fact.
struct Used {
    index: usize,
    path: String,
}

struct Binder<'b, 'd> {
    line: &'b str,
    number: usize,
    group: &'b str,
    numbers: &'b [Extracted],
    claims: &'b [Option<Claim>],
    drafting: &'b mut Drafting<'d>,
    bound: Bound,
    used: Vec<Used>,
}

impl Binder<'_, '_> {
    /// The report's own year and its neighbours move on by themselves.
    fn year(&mut self, one: &Extracted) {
        let digits = one.text.trim_end_matches('度').strip_suffix('年').filter(|digits| digits.len() == 4);
        let behind = if one.text.ends_with('度') { "度" } else { "" };
        let year = digits.and_then(Period::parse);
        if let (Some(Why::Year), Some(year)) = (one.why, year) {
            let tag = match year.since(self.drafting.year) {
                0 => format!("{{{{年度}}}}{behind}"),
                offset if offset.abs() <= NEAR => format!("{{{{年度 {offset}}}}}{behind}"),
                _ => return,
            };
            self.bound.tags.push(Tag { span: one.span.clone(), tag, paths: Vec::new() });
        }
    }

    /// Binds the fact at an index, by what the line says of it.
    fn fact(&mut self, index: usize) {
        let claims = self.claims;
        let Some(claim) = &claims[index] else { return };
        if let Some(doubt) =
            claim.doubt.filter(|doubt| *doubt != Doubt::Vague && *doubt != Doubt::YearsInOrder)
        {
            self.keep(index, doubt.question());
            return;
        }
        if self.numbers[index].text == "零" {
            self.keep(index, "“零”没有写计量单位，照原文保留为手写");
            return;
        }
        let done = match &claim.relation {
            Relation::Change { .. } => self.change(index, claim),
            Relation::Share { .. } | Relation::Completion { .. } => self.share(index, claim),
            _ => self.list(index) || self.share(index, claim),
        };
        if !done {
            self.plain(index, claim);
        }
    }

    /// A figure that stays as it is written, and why.
    fn keep(&mut self, index: usize, reason: &str) {
        let (line, context) = (self.number, self.around(index));
        self.bound.kept.push(Kept { line, context, reason: reason.to_owned() });
    }

    /// The clause up to a number, behind the fact before it.
    fn before(&self, index: usize) -> &str {
        let end = self.numbers[index].span.start;
        let facts = self.numbers[..index].iter().rev().find(|number| number.is_fact());
        &self.line[facts.map_or(0, |before| before.span.end)..end]
    }

    fn after(&self, index: usize) -> &str {
        let end = self.numbers.get(index + 1).map_or(self.line.len(), |next| next.span.start);
        &self.line[self.numbers[index].span.end..end]
    }

    /// The sentence up to a number.
    fn sentence(&self, index: usize) -> Range<usize> {
        let end = self.numbers[index].span.start;
        let start = self.line[..end].rfind(['。', '；']).map_or(0, |at| at + '。'.len_utf8());
        start..end
    }

    fn unit(&self, index: usize) -> &str {
        self.numbers[index].reading.as_ref().map_or("", Written::base)
    }

    /// The path of the figure at an index, where it became a fact.
    fn path_of(&self, index: usize) -> Option<&str> {
        self.used.iter().find(|used| used.index == index).map(|used| used.path.as_str())
    }

    /// The year in whose file the value of a claim belongs.
    fn file_of(&self, claim: &Claim) -> Period {
        match claim.when {
            When::Year(year) | When::Part(year, _) => year,
            When::Window(_) | When::Report | When::Plan(_) | When::Unsaid => self.drafting.year,
        }
    }

    fn plain(&mut self, index: usize, claim: &Claim) {
        let mut names = name::names(claim, self.unit(index));
        if self.is_of_years(index, claim) {
            names.iter_mut().for_each(|name| *name = format!("累计{name}"));
        }
        let year = self.file_of(claim);
        let mut group = self.group;
        // Plans stand apart, in a group that says so.
        if let When::Plan(_) = claim.when {
            group = name::PLAN;
            names.iter_mut().for_each(|name| *name = name.trim_start_matches(name::PLAN).to_owned());
        }
        let Some((path, tag)) = self.store(index, claim, &names, group, year) else { return };
        self.part_of(index, claim, &path);
        let tag = self.of_year(claim, year, tag);
        self.push(index, claim, year, tag, &path);
    }

    /// A tag for the year that a figure is of.
    fn of_year(&self, claim: &Claim, year: Period, tag: String) -> String {
        let back = self.drafting.year.since(year);
        let named = self.line.contains(&year.stem());
        match back {
            0 => tag,
            1 => format!("{{{{#上年}}}}{tag}{{{{/上年}}}}"),
            _ if named && back > NEAR || matches!(claim.when, When::Part(..)) => {
                format!("{{{{#年 {}}}}}{tag}{{{{/年}}}}", year.stem())
            }
            _ => format!("{{{{#年 -{back}}}}}{tag}{{{{/年}}}}"),
        }
    }

    /// Keeps the value of a number under one of its names and gives its path and its tag.
    fn store(
        &mut self,
        index: usize,
        claim: &Claim,
        names: &[String],
        group: &str,
        year: Period,
    ) -> Option<(String, String)> {
        let one = &self.numbers[index];
        let text = one.text.as_str();
        let best = names.first()?;
        // 受理信访12件，办结信访12件: one sentence does not say one figure twice.
        let sentence = self.sentence(index);
        let beside: Vec<&str> = self
            .used
            .iter()
            .rev()
            .take(NEAR_FIGURES)
            .filter(|used| sentence.contains(&self.numbers[used.index].span.start))
            .map(|used| used.path.as_str())
            .collect();
        let same =
            |known: &&Known| known.is(text, best, group, year) && !beside.contains(&known.path.as_str());
        if let Some(known) = self.drafting.known.iter().find(same) {
            let path = known.path.clone();
            return Some((path.clone(), self.tag(&path, text, one.reading.as_ref()?)));
        }
        let path = match self.in_another_year(index, claim, year) {
            Some(path) => path,
            None => self.drafting.names.unique(group, names),
        };
        let (value, indicator) = stored(text, one.reading.as_ref()?, self.before(index));
        let kind = match kind_of(claim, self.unit(index), indicator.kind) {
            // 累计办理62件 was done, in one year or in several.
            IndicatorKind::Stock if self.is_done_so_far(index) => IndicatorKind::Flow,
            kind => kind,
        };
        let indicator = Indicator { definition: self.context(index), kind, ..indicator };
        self.drafting.facts.indicators.entry(path.clone()).or_insert(indicator);
        self.drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::Text(value));
        self.drafting.known.push(Known {
            text: text.to_owned(),
            name: last(&path).to_owned(),
            group: group.to_owned(),
            path: path.clone(),
            year,
        });
        let tag = self.tag(&path, text, one.reading.as_ref()?);
        Some((path, tag))
    }

    /// The path of the same owner in another year of this line: 由2019年的12家发展到41家.
    fn in_another_year(&self, index: usize, claim: &Claim, year: Period) -> Option<String> {
        let alike = |used: &&Used| {
            let other = self.claims[used.index].as_ref();
            other.is_some_and(|other| {
                other.owner == claim.owner && is_level(other) && self.unit(used.index) == self.unit(index)
            })
        };
        let found = self
            .used
            .iter()
            .rev()
            .take(NEAR_FIGURES)
            .find(alike)
            .filter(|_| is_level(claim) && !claim.owner.is_empty())?;
        let free = |values: &indexmap::IndexMap<String, Value>| !values.contains_key(&found.path);
        self.drafting.facts.years.get(&year).is_none_or(free).then(|| found.path.clone())
    }

    /// How the fact is printed as the report has it.
    fn tag(&self, path: &str, text: &str, reading: &Written) -> String {
        let chinese = chinese_count(reading).is_some_and(|words| words == text);
        if chinese { format!("{{{{数 {path} 样式=\"汉字\"}}}}") } else { format!("{{{{{path}}}}}") }
    }

    /// The words in which the report speaks of a number: its clause, with the one before it where that is
    /// short, and what is counted.
    fn context(&self, index: usize) -> String {
        let sentence = &self.line[self.sentence(index)];
        let mut clauses = sentence.rsplit('，');
        let mut before = clauses.next().unwrap_or_default().to_owned();
        while let Some(earlier) = clauses.next().filter(|one| chars(one) + chars(&before) < LONGEST_CONTEXT) {
            before = format!("{earlier}，{before}");
        }
        let skipped = chars(&before).saturating_sub(LONGEST_CONTEXT);
        let before: String = before.trim_start().chars().skip(skipped).collect();
        let after: String =
            self.after(index).chars().take(6).take_while(|c| !"，。；、\n".contains(*c)).collect();
        format!("{before}…{after}")
    }

    fn push(&mut self, index: usize, claim: &Claim, year: Period, tag: String, path: &str) {
        let one = &self.numbers[index];
        let kind = self.drafting.facts.indicators.get(path).map(|indicator| indicator.kind);
        let window = match &claim.when {
            // A yearly average is no sum, nor is a rate.
            When::Window(window) if kind != Some(IndicatorKind::Rate) && !self.is_yearly(index, claim) => {
                self.years_of(window)
            }
            _ => None,
        };
        let mut doubts = Vec::new();
        if window.is_none() && self.is_of_years(index, claim) {
            doubts.push(OPEN_SUM.to_owned());
        }
        if let Some(years) = window {
            doubts.push(format!("这是{years}年的合计，请补各年的数"));
        }
        if path.ends_with(|c: char| c.is_ascii_digit()) && !claim.name(self.unit(index)).ends_with(last(path))
        {
            doubts.push("和别的指标重名，请改个名称".to_owned());
        }
        if name::is_vague(last(path), self.unit(index)) {
            doubts.push(Doubt::Vague.question().to_owned());
        }
        doubts.extend(
            claim
                .doubt
                .filter(|doubt| *doubt == Doubt::YearsInOrder)
                .map(|doubt| doubt.question().to_owned()),
        );
        let stock = kind.filter(|kind| *kind == IndicatorKind::Stock).map(|_| stock_reason(last(path)));
        self.bound.found.push(Found {
            path: path.to_owned(),
            text: one.text.clone(),
            year,
            line: self.number,
            context: self.around(index),
            doubt: doubts.join("；"),
            window,
            stock: stock.unwrap_or_default(),
        });
        self.used.push(Used { index, path: path.to_owned() });
        self.bound.tags.push(Tag { span: one.span.clone(), tag, paths: vec![path.to_owned()] });
    }

    /// The last clause before a number, behind the number before it.
    fn clause(&self, index: usize) -> &str {
        self.before(index).rsplit(['，', '。', '；', '、', '：', '（']).next().unwrap_or_default()
    }

    /// Whether a number is a yearly average.
    fn is_yearly(&self, index: usize, claim: &Claim) -> bool {
        claim.base == clause::Base::Yearly
            || ["年均", "每年", "平均"].iter().any(|word| self.clause(index).contains(word))
    }

    /// 累计 of what happens, not of what there is then: 累计办理提案62件.
    fn is_done_so_far(&self, index: usize) -> bool {
        let unit = self.unit(index);
        let owner = self.claims[index].as_ref().is_some_and(|claim| clause::is_done(&claim.owner));
        let happens = unit.ends_with('次')
            || unit.ends_with('元')
            || matches!(unit, "件" | "起" | "场" | "期" | "批" | "宗" | "例" | "笔")
            || owner && matches!(unit, "名" | "人" | "户");
        happens && self.clause(index).contains("累计")
    }

    /// Whether that may be of several years: no words before it say that it is of this one.
    fn is_of_years(&self, index: usize, claim: &Claim) -> bool {
        const THIS_YEAR: [&str; 9] =
            ["全年", "今年", "本年", "当年", "年内", "一年来", "上半年", "下半年", "季度"];
        let said = self.before(index).rsplit('。').next().unwrap_or_default();
        let until = ["截至", "截止", "至今"].iter().any(|word| said.contains(word));
        let dated = said.contains('月') || said.contains(&self.drafting.year.words());
        let within = THIS_YEAR.iter().any(|word| said.contains(word)) || dated && !until;
        matches!(claim.when, When::Report | When::Unsaid)
            && matches!(claim.relation, Relation::Level | Relation::State)
            && self.is_done_so_far(index)
            && !within
    }

    /// How many years up to the report's own a window counts; nothing where it ends earlier.
    fn years_of(&self, window: &Window) -> Option<u32> {
        const MOST: i32 = 30;
        let years = window.last.since(window.first) + 1;
        (window.last == self.drafting.year && (2..MOST).contains(&years)).then(|| years.unsigned_abs())
    }

    /// The clause around a number, the number itself in brackets.
    fn around(&self, index: usize) -> String {
        around(self.line, &self.numbers[index].span)
    }
}

/// So many figures before one may be about the same thing.
const NEAR_FIGURES: usize = 200;

/// Years that are said by their distance from the report's.
const NEAR: i32 = 2;

/// Whether a claim says how much there is of its owner, in whichever year.
fn is_level(claim: &Claim) -> bool {
    matches!(
        claim.relation,
        Relation::Level | Relation::State | Relation::Part | Relation::Group | Relation::BaseValue
    )
}

/// What an indicator is: as its unit and words say, a stock where its name stands on a register.
fn kind_of(claim: &Claim, unit: &str, kind: IndicatorKind) -> IndicatorKind {
    match (kind, &claim.when) {
        // Several years together were done, not found at the end of them.
        (IndicatorKind::Stock, When::Window(_)) => IndicatorKind::Flow,
        (IndicatorKind::Flow, When::Report | When::Year(_)) if name::is_register(&claim.owner, unit) => {
            IndicatorKind::Stock
        }
        (kind, _) => kind,
    }
}

/// Why an indicator is taken for what there is on a day.
fn stock_reason(name: &str) -> String {
    format!("“{name}”是某一天有多少（时点），各年的数不能相加")
}

/// The Chinese words of a whole count: 十二件, 两个, 百分之八十.
fn chinese_count(reading: &Written) -> Option<String> {
    let amount = reading.exact().filter(|amount| amount.unit.scale.natural() == Scale::ONE)?;
    let whole = u64::try_from(amount.value.mantissa()).ok().filter(|_| amount.value.scale() == 0)?;
    Some(numeral::with_measure(whole, &amount.unit.base))
}

/// The value that stands in the fact file and what kind of indicator it is: a quantity where it can be
/// written as one, else the words.
pub(super) fn stored(text: &str, reading: &Written, before: &str) -> (String, Indicator) {
    if Quantity::parse(text).is_ok_and(|quantity| !quantity.amount.unit.base.is_empty()) {
        return (text.to_owned(), Indicator::of_number(text, before));
    }
    if let (Some(words), Some(amount)) = (chinese_count(reading), reading.exact())
        && words == text
        && !reading.base().is_empty()
    {
        let digits = format!("{}{}", amount.value, reading.base());
        return (digits.clone(), Indicator::of_number(&digits, before));
    }
    (text.to_owned(), Indicator::of_kind(IndicatorKind::Text))
}
