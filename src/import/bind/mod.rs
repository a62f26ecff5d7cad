//! One line of a report as words and tags: numbers that are facts are named and bound to each other.

mod change;
mod list;
mod share;

use std::ops::Range;

use regex::Captures;

use super::extract::{Extracted, extract};
use super::facts::{Facts, Indicator, Value};
use super::name::{self, Names};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Quantity;
use crate::period::Period;
use crate::zh::number::{Scale, Written, numeral};
use crate::zh::pattern::Pattern;
use crate::zh::scan::Why;

/// Longest name that is made of two, in characters.
const LONGEST_NAME: usize = 16;
/// Longest piece of the report that a definition quotes, in characters.
const LONGEST_CONTEXT: usize = 24;

/// The name in a path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// What a change is called behind the name of what changes.
fn kind_of_change(verb: &str, unit: &str) -> &'static str {
    let falls = ["下降", "减少", "降低", "回落", "减收", "降幅"].iter().any(|word| verb.contains(word));
    match (unit, falls) {
        ("%" | "‰" | "成", true) => "降幅",
        ("%" | "‰" | "成", false) => "增幅",
        (_, true) => "减少",
        (_, false) => "增加",
    }
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
    /// The year it belongs to.
    pub year: Period,
    /// The line, from 1.
    pub line: usize,
    /// The words around it.
    pub context: String,
    /// Why somebody should look at it; empty where it is clear.
    pub doubt: String,
    /// 三年来: the years whose figures are asked for.
    pub window: Option<u32>,
}

/// What a line gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bound {
    pub tags: Vec<Tag>,
    pub found: Vec<Found>,
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
}

impl Known {
    /// Whether a figure is the same one said again: in another section only if its name says enough, in its
    /// own also under a shorter or longer name.
    fn is(&self, text: &str, name: &str, group: &str) -> bool {
        const TELLING: usize = 4;
        const DIGITS: usize = 2;
        if self.text != text {
            return false;
        }
        if self.group != group {
            return self.name == name && chars(name) >= TELLING;
        }
        let telling = text.chars().filter(char::is_ascii_digit).count() >= DIGITS;
        self.name == name || telling && (self.name.ends_with(name) || name.ends_with(&self.name))
    }
}

static WINDOW: Pattern = Pattern::new(
    "(?:近|过去的?|这)?([一二两三四五六七八九十]|[0-9]{1,2})年(?:来|间|以来)|近([一二两三四五六七八九十]|[0-9]{1,2})年",
);
static CHANGE: Pattern =
    Pattern::new("(?:增长|下降|增加|减少|提高|降低|上升|回落|上涨|增幅|降幅|净增|增收|减收)(?:了|约|近)?$");

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
    let mut binder = Binder {
        line,
        number,
        group,
        numbers: &numbers,
        drafting,
        bound: Bound::default(),
        used: Vec::new(),
    };
    let mut index = 0;
    while index < numbers.len() {
        let one = &numbers[index];
        index += if one.span.start < skip {
            1
        } else if one.is_fact() {
            binder.fact(index)
        } else {
            binder.year(one)
        };
    }
    binder.bound
}

/// A figure of the line that became a fact.
struct Used {
    index: usize,
    path: String,
    name: String,
    /// What the figures behind it are about: 脱贫户 of 脱贫户315户1128人. Nothing where it names nothing.
    head: Option<String>,
}

impl Used {
    /// What is said of it: 工业项目28个，到位4.57亿元. Nothing where it names nothing, or says that itself.
    fn with(&self, name: &str) -> Option<String> {
        let head = self.head.as_deref()?;
        let new = !head.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(name);
        let name = format!("{head}{name}");
        (new && chars(&name) <= LONGEST_NAME).then_some(name)
    }
}

struct Binder<'b, 'd> {
    line: &'b str,
    number: usize,
    group: &'b str,
    numbers: &'b [Extracted],
    drafting: &'b mut Drafting<'d>,
    bound: Bound,
    used: Vec<Used>,
}

impl Binder<'_, '_> {
    /// The report's own year and its neighbours move on by themselves.
    fn year(&mut self, one: &Extracted) -> usize {
        let digits = one.text.trim_end_matches('度').strip_suffix('年').filter(|digits| digits.len() == 4);
        let behind = if one.text.ends_with('度') { "度" } else { "" };
        let year = digits.and_then(Period::parse);
        if let (Some(Why::Year), Some(year)) = (one.why, year) {
            let tag = match year.since(self.drafting.year) {
                0 => format!("{{{{年度}}}}{behind}"),
                offset if offset.abs() <= 2 => format!("{{{{年度 {offset}}}}}{behind}"),
                _ => return 1,
            };
            self.bound.tags.push(Tag { span: one.span.clone(), tag, paths: Vec::new() });
        }
        1
    }

    /// Binds the fact at an index, and says how many numbers that took.
    fn fact(&mut self, index: usize) -> usize {
        if let Some(taken) = self.between_years(index) {
            return taken;
        }
        if self.then(index) || self.change(index) || self.share(index) || self.list(index) {
            return 1;
        }
        self.plain(index);
        1
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

    /// Names of a figure, the best first: a change is named after what changes, a share after its part, and
    /// what stands right behind another figure, as in 315户1128人, after that.
    fn names(&self, index: usize) -> Vec<String> {
        let one = &self.numbers[index];
        let before = self.clause(index);
        let base = self.said_before(index).next();
        let unit = self.unit(index);
        if let Some(verb) = CHANGE.find(before) {
            let own = name::subject_of(&before[..verb.start()]);
            // 到位6.83亿元，达到任务的136.6%，同比增长31.42%: what grew is no share.
            let grown = self.said_before(index).find(|used| unit != "%" || self.unit(used.index) != "%");
            let subject = own.or_else(|| grown.or(base).map(|base| base.name.clone()));
            let kind = kind_of_change(verb.as_str(), unit);
            return vec![subject.map_or_else(|| kind.to_owned(), |subject| format!("{subject}{kind}"))];
        }
        match base {
            Some(base) if before.contains('占') && (unit == "%" || one.text.contains("分之")) => {
                vec![format!("{}占比", base.name)]
            }
            Some(base) if before.is_empty() => {
                let (noun, counted) = (name::noun(self.after(index), unit), name::counted(unit));
                let own = if noun.is_empty() { counted } else { noun };
                vec![base.with(&own).unwrap_or(own)]
            }
            _ => {
                let mut names = name::names(before, unit, self.after(index));
                // 工业项目28个，到位4.57亿元: what is said of the one before.
                let of_base = base.zip(names.first()).and_then(|(base, name)| base.with(name));
                names.extend(of_base);
                names
            }
        }
    }

    /// Figures of the sentence up to a number, the nearest first.
    fn said_before(&self, index: usize) -> impl Iterator<Item = &Used> {
        let sentence = self.sentence(index);
        let inside = move |used: &&Used| sentence.contains(&self.numbers[used.index].span.start);
        self.used.iter().rev().take_while(inside)
    }

    fn unit(&self, index: usize) -> &str {
        self.numbers[index].reading.as_ref().map_or("", Written::base)
    }

    /// The clause up to a number, behind the fact or the date before it.
    fn clause(&self, index: usize) -> &str {
        let end = self.numbers[index].span.start;
        let is_date = |one: &Extracted| matches!(one.why, Some(Why::Year | Why::Date | Why::Period));
        let bound = self.numbers[..index].iter().rev().find(|one| one.is_fact() || is_date(one));
        &self.line[bound.map_or(0, |before| before.span.end)..end]
    }

    /// 三年来: the years that the number of a sentence sums up.
    fn window(&self, index: usize) -> Option<u32> {
        let sentence = &self.line[self.sentence(index)];
        // 2022年以来 is no window of 22 years.
        let whole = |found: &Captures<'_>| {
            let start = found.get(0).map_or(0, |all| all.start());
            !sentence[..start]
                .ends_with(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c))
        };
        let found = WINDOW.captures_iter(sentence).filter(whole).last()?;
        let count = found.get(1).or(found.get(2))?.as_str();
        let years = count
            .parse()
            .ok()
            .or_else(|| numeral::parse(count).and_then(|years| u32::try_from(years).ok()))?;
        (years > 1 && years < 30 && !CHANGE.is_match(self.before(index))).then_some(years)
    }

    fn plain(&mut self, index: usize) {
        let mut names = self.names(index);
        // The sum of several years is no figure of this one, and its name says so.
        if let Some(years) = self.window(index) {
            let years = numeral::count(u64::from(years));
            names.iter_mut().for_each(|name| *name = format!("近{years}年{name}"));
        }
        let Some((path, tag)) = self.store(index, &names, self.drafting.year) else { return };
        self.part_of(index, &path);
        self.push(index, tag, &path);
    }

    /// Keeps the value of a number under one of its names and gives its path and its tag.
    fn store(&mut self, index: usize, names: &[String], year: Period) -> Option<(String, String)> {
        let one = &self.numbers[index];
        let text = one.text.as_str();
        let best = names.first()?;
        // 受理信访12件，办结信访12件: one sentence does not say one figure twice.
        let beside: Vec<&str> = self.said_before(index).map(|used| used.path.as_str()).collect();
        let same =
            |known: &&Known| known.is(text, best, self.group) && !beside.contains(&known.path.as_str());
        if let Some(known) = self.drafting.known.iter().find(same) {
            let path = known.path.clone();
            return Some((path.clone(), self.tag(&path, text, one.reading.as_ref()?)));
        }
        let path = self.drafting.names.unique(self.group, names);
        let (value, indicator) = stored(text, one.reading.as_ref()?, self.before(index));
        let indicator = Indicator { definition: self.context(index), ..indicator };
        self.drafting.facts.indicators.insert(path.clone(), indicator);
        self.drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::Text(value));
        self.drafting.known.push(Known {
            text: text.to_owned(),
            name: last(&path).to_owned(),
            group: self.group.to_owned(),
            path: path.clone(),
        });
        let tag = self.tag(&path, text, one.reading.as_ref()?);
        Some((path, tag))
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

    fn push(&mut self, index: usize, tag: String, path: &str) {
        let one = &self.numbers[index];
        let window = self.window(index);
        let mut doubts = Vec::new();
        if let Some(years) = window {
            doubts.push(format!("这是{years}年的合计，请补各年的数"));
        }
        if path.ends_with(|c: char| c.is_ascii_digit()) {
            doubts.push("和别的指标重名，请改个名称".to_owned());
        }
        let is_vague = name::is_vague(last(path), self.unit(index));
        if is_vague {
            doubts.push("名称不明确，请改个名称".to_owned());
        }
        self.bound.found.push(Found {
            path: path.to_owned(),
            text: one.text.clone(),
            year: self.drafting.year,
            line: self.number,
            context: self.around(index),
            doubt: doubts.join("；"),
            window,
        });
        let name = last(path).to_owned();
        let behind = self.clause(index).is_empty();
        let head = self.said_before(index).next().filter(|_| behind).map(|base| base.head.clone());
        let head = head.unwrap_or_else(|| (!is_vague).then(|| name.clone()));
        self.used.push(Used { index, path: path.to_owned(), name, head });
        self.bound.tags.push(Tag { span: one.span.clone(), tag, paths: vec![path.to_owned()] });
    }

    /// The clause around a number, the number itself in brackets.
    fn around(&self, index: usize) -> String {
        let one = &self.numbers[index];
        let before: Vec<char> = self.line[..one.span.start].chars().rev().take(24).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = self.line[one.span.end..].chars().take(12).collect();
        format!("{before}【{}】{after}", one.text).replace('\n', " ")
    }
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
