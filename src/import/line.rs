//! One line of a report as words and tags: numbers that are facts are named and bound to each other.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::extract::{Extracted, extract};
use super::facts::{Facts, Indicator, Value};
use super::name::{self, Names};
use crate::facts::registry::Kind;
use crate::facts::value::Quantity;
use crate::figures::compare::percent;
use crate::zh::numeral;
use crate::zh::reading::{Reading, Said};
use crate::zh::scan::Why;

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
    pub year: i32,
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
    pub year: i32,
    pub facts: &'d mut Facts,
    pub names: &'d mut Names,
    /// Figures so far: text, name and group, for those that are said twice.
    pub known: Vec<(String, String, String)>,
}

static WINDOW: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        "(?:近|过去的?|这)?([一二两三四五六七八九十]|[0-9]{1,2})年(?:来|间|以来)|近([一二两三四五六七八九十]|[0-9]{1,2})年",
    )
});
static FROM: LazyLock<Regex> = LazyLock::new(|| constant("(?:由|从)(?:上年|去年|上一年)?(?:的)?$"));
static TO: LazyLock<Regex> = LazyLock::new(|| {
    constant("^(?:提高|上升|增加|增长|扩大|下降|减少|降低|回落|调整|提升|缩小|发展|上涨)(?:到|至|为)$")
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| constant("占[^，。；]{0,12}$"));
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    constant("(?:增长|下降|增加|减少|提高|降低|上升|回落|上涨|增幅|降幅|净增|增收|减收)(?:了|约|近)?$")
});
/// Names joined by 、 right before a count: 东湾、西岭、南坪3个村.
static LIST: LazyLock<Regex> = LazyLock::new(|| constant(r"((?:[\p{Han}]{2,8}、)+[\p{Han}]{2,8}?)(等)?$"));

fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
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
        let digits = one.text.strip_suffix('年').filter(|digits| digits.len() == 4);
        let year = digits.and_then(|digits| digits.parse::<i32>().ok());
        if let (Some(Why::Year), Some(year)) = (one.why, year) {
            let tag = match year - self.drafting.year {
                0 => "{{年度}}".to_owned(),
                offset if offset.abs() <= 2 => format!("{{{{年度 {offset}}}}}"),
                _ => return 1,
            };
            self.bound.tags.push(Tag { span: one.span.clone(), tag, paths: Vec::new() });
        }
        1
    }

    /// Binds the fact at an index, and says how many numbers that took.
    fn fact(&mut self, index: usize) -> usize {
        if let Some(taken) = self.from_to(index) {
            return taken;
        }
        if self.share(index) || self.list(index) {
            return 1;
        }
        self.plain(index);
        1
    }

    /// The clause up to a number, behind the number before it.
    fn before(&self, index: usize) -> &str {
        let end = self.numbers[index].span.start;
        let start = index.checked_sub(1).map_or(0, |before| self.numbers[before].span.end);
        &self.line[start..end]
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

    /// The name of a figure: a change is named after what changes.
    fn name(&self, index: usize) -> String {
        let one = &self.numbers[index];
        let before = self.before(index);
        let sentence = self.sentence(index);
        let base = self.used.last().filter(|used| sentence.contains(&self.numbers[used.index].span.start));
        if let (true, Some(base)) = (CHANGE.is_match(before), base) {
            let falls =
                ["下降", "减少", "降低", "回落", "减收", "降幅"].iter().any(|verb| before.contains(verb));
            let unit = one.reading.as_ref().map(|reading| reading.unit.as_str()).unwrap_or_default();
            let kind = match (unit, falls) {
                ("%" | "‰" | "成", true) => "降幅",
                ("%" | "‰" | "成", false) => "增幅",
                (_, true) => "减少",
                (_, false) => "增加",
            };
            return format!("{}{kind}", base.name);
        }
        if let (Some(base), true) =
            (base, before.contains('占') && (one.text.contains('%') || one.text.contains("分之")))
        {
            return format!("{}占比", base.name);
        }
        let unit = one.reading.as_ref().map(|reading| reading.unit.as_str()).unwrap_or_default();
        name::name(before, unit, self.after(index))
    }

    fn plain(&mut self, index: usize) {
        let name = self.name(index);
        let Some((path, tag)) = self.store(index, &name, self.drafting.year) else { return };
        self.part_of(index, &path);
        self.push(index, tag, vec![path.clone()], &path, &name);
    }

    /// Keeps the value of a number under a name and gives its path and its tag.
    fn store(&mut self, index: usize, name: &str, year: i32) -> Option<(String, String)> {
        let one = &self.numbers[index];
        let text = one.text.as_str();
        let same = |(known, of, group): &(String, String, String)| {
            known == text && of == name && group == self.group
        };
        let path = match self.drafting.known.iter().position(same) {
            Some(at) => {
                let path = self.path_of(at);
                return Some((path.clone(), self.tag(&path, text, one.reading.as_ref()?)));
            }
            None => self.drafting.names.unique(self.group, name),
        };
        let (value, indicator) = stored(text, one.reading.as_ref()?, self.before(index));
        let indicator = Indicator { definition: self.context(index), ..indicator };
        self.drafting.facts.indicators.insert(path.clone(), indicator);
        self.drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::Text(value));
        self.drafting.known.push((text.to_owned(), name.to_owned(), self.group.to_owned()));
        let tag = self.tag(&path, text, one.reading.as_ref()?);
        Some((path, tag))
    }

    /// The path of a figure that is known already.
    fn path_of(&self, at: usize) -> String {
        let (_, name, group) = &self.drafting.known[at];
        let earlier =
            self.drafting.known[..at].iter().filter(|(_, one, of)| one == name && of == group).count();
        if earlier == 0 { format!("{group}.{name}") } else { format!("{group}.{name}{}", earlier + 1) }
    }

    /// How the fact is printed as the report has it.
    fn tag(&self, path: &str, text: &str, reading: &Reading) -> String {
        let chinese = chinese_count(reading).is_some_and(|words| words == text);
        if chinese { format!("{{{{数 {path} 样式=\"汉字\"}}}}") } else { format!("{{{{{path}}}}}") }
    }

    fn context(&self, index: usize) -> String {
        let one = &self.numbers[index];
        let before: Vec<char> = self.line[..one.span.start].chars().rev().take(12).collect();
        let before: String = before.into_iter().rev().collect();
        let before =
            before.rsplit(['。', '；', '\n']).next().unwrap_or_default().trim_start_matches(['，', '、']);
        let after: String =
            self.after(index).chars().take(4).take_while(|c| !"，。；、\n".contains(*c)).collect();
        format!("{before}…{after}")
    }

    fn push(&mut self, index: usize, tag: String, paths: Vec<String>, path: &str, name: &str) {
        let one = &self.numbers[index];
        let sentence = &self.line[self.sentence(index)];
        let window = WINDOW.captures_iter(sentence).last().and_then(|found| {
            let count = found.get(1).or(found.get(2))?.as_str();
            count.parse().ok().or_else(|| numeral::parse(count).and_then(|years| u32::try_from(years).ok()))
        });
        let window = window.filter(|years| *years > 1 && !CHANGE.is_match(self.before(index)));
        let mut doubts = Vec::new();
        if let Some(years) = window {
            doubts.push(format!("这是{years}年的合计，请补各年的数"));
        }
        if path.ends_with(|c: char| c.is_ascii_digit()) {
            doubts.push("和别的指标重名，请改个名称".to_owned());
        }
        if ["数量", "金额", "人数", "户数", "比例"].contains(&name) {
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
        self.used.push(Used { index, path: path.to_owned(), name: name.to_owned() });
        self.bound.tags.push(Tag { span: one.span.clone(), tag, paths });
    }

    /// The clause around a number, the number itself in brackets.
    fn around(&self, index: usize) -> String {
        let one = &self.numbers[index];
        let before: Vec<char> = self.line[..one.span.start].chars().rev().take(24).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = self.line[one.span.end..].chars().take(12).collect();
        format!("{before}【{}】{after}", one.text).replace('\n', " ")
    }

    /// 由82.4%提高到91.3%: the first is last year's fact, the second this year's.
    fn from_to(&mut self, index: usize) -> Option<usize> {
        let (first, second) = (&self.numbers[index], self.numbers.get(index + 1)?);
        let between = &self.line[first.span.end..second.span.start];
        let from = FROM.find(self.before(index))?;
        let units = (first.reading.as_ref()?.unit.clone(), second.reading.as_ref()?.unit.clone());
        if !second.is_fact() || !TO.is_match(between) || units.0 != units.1 {
            return None;
        }
        let subject = self.before(index)[..from.start()].to_owned();
        let name = name::name(&subject, &units.1, self.after(index + 1));
        let (path, tag) = self.store(index + 1, &name, self.drafting.year)?;
        let (value, _) = stored(&first.text, first.reading.as_ref()?, &subject);
        let then = self.drafting.year - 1;
        self.drafting.facts.years.entry(then).or_default().insert(path.clone(), Value::Text(value));
        let earlier = self.tag(&path, &first.text, first.reading.as_ref()?);
        self.bound.tags.push(Tag {
            span: first.span.clone(),
            tag: format!("{{{{#上年}}}}{earlier}{{{{/上年}}}}"),
            paths: vec![path.clone()],
        });
        self.push(index + 1, tag, vec![path.clone()], &path, &name);
        Some(2)
    }

    /// 占29.4%: bound to part and total where the arithmetic agrees.
    fn share(&mut self, index: usize) -> bool {
        let one = &self.numbers[index];
        let Some(Reading { value: Said::One(value), unit, decimals, approx: None, .. }) =
            one.reading.as_ref()
        else {
            return false;
        };
        if unit != "%" || !SHARE.is_match(self.before(index)) {
            return false;
        }
        let sentence = self.line[..one.span.start].rfind('。').map_or(0, |at| at + '。'.len_utf8());
        let counts: Vec<(usize, Decimal, String)> = self
            .used
            .iter()
            .filter(|used| self.numbers[used.index].span.start >= sentence)
            .filter_map(|used| match self.numbers[used.index].reading.as_ref() {
                Some(Reading { value: Said::One(value), approx: None, .. }) => {
                    Some((used.index, *value, used.path.clone()))
                }
                _ => None,
            })
            .collect();
        let unit_of = |at: usize| self.numbers[at].reading.as_ref().map(|reading| reading.unit.clone());
        // The nearest count is the part; any other of its unit may be the total.
        for (part_at, part, part_path) in counts.iter().rev() {
            for (total_at, total, total_path) in counts.iter().rev() {
                if part_at == total_at
                    || unit_of(*part_at) != unit_of(*total_at)
                    || total < part
                    || total.is_zero()
                {
                    continue;
                }
                let (share, held) = percent(*part / *total, *decimals);
                if share != *value || held || one.text != format!("{share}%") {
                    continue;
                }
                let digits = if *decimals > 1 { format!(" 小数={decimals}") } else { String::new() };
                let tag = format!("{{{{占比 {part_path} {total_path}{digits}}}}}");
                let paths = vec![part_path.clone(), total_path.clone()];
                if let Some(indicator) = self.drafting.facts.indicators.get_mut(part_path) {
                    indicator.at_most = Some(total_path.clone());
                }
                self.bound.tags.push(Tag { span: one.span.clone(), tag, paths });
                return true;
            }
        }
        self.contradicted_share(index, &counts, *value);
        false
    }

    /// A share that follows from no two counts of its sentence although it should.
    fn contradicted_share(&mut self, index: usize, counts: &[(usize, Decimal, String)], value: Decimal) {
        let [.., (total_at, total, _), (part_at, part, _)] = counts else { return };
        let clause = &self.line[self.numbers[*total_at].span.end..self.numbers[index].span.start];
        let direct = clause.contains("其中") && !clause.contains('。') && part <= total && !total.is_zero();
        let same_unit = self.numbers[*total_at].reading.as_ref().map(|one| one.unit.as_str())
            == self.numbers[*part_at].reading.as_ref().map(|one| one.unit.as_str());
        if direct && same_unit {
            let (computed, _) = percent(*part / *total, 1);
            let words = format!(
                "“{}”里{}占{}写的是{value}%，算出来是{computed}%，原文照留",
                self.around(index),
                self.numbers[*part_at].text,
                self.numbers[*total_at].text
            );
            self.bound.contradictions.push((self.numbers[index].span.clone(), words));
        }
    }

    /// 其中女委员5名: a part of the total before it in the sentence.
    fn part_of(&mut self, index: usize, path: &str) {
        let before = self.before(index);
        if !before.contains("其中") {
            return;
        }
        let Some(total) = self.used.last() else { return };
        let (of, part) = (&self.numbers[total.index], &self.numbers[index]);
        let (Some(whole), Some(own)) = (of.reading.as_ref(), part.reading.as_ref()) else { return };
        let (Said::One(whole_value), Said::One(value)) = (&whole.value, &own.value) else { return };
        if whole.unit != own.unit || whole.approx.is_some() || own.approx.is_some() {
            return;
        }
        if value > whole_value {
            let words =
                format!("“{}”：其中的{}比总数{}还多，原文照留", self.around(index), part.text, of.text);
            self.bound.contradictions.push((part.span.clone(), words));
        } else if let Some(indicator) = self.drafting.facts.indicators.get_mut(path) {
            indicator.at_most = Some(total.path.clone());
        }
    }

    /// 东湾、西岭、南坪3个村: a list and its count; 东湾等7个村 keeps its count as a fact.
    fn list(&mut self, index: usize) -> bool {
        let one = &self.numbers[index];
        let Some(Reading { value: Said::One(value), unit, approx: None, .. }) = one.reading.as_ref() else {
            return false;
        };
        let before = self.before(index).to_owned();
        let Some(found) = LIST.captures(&before) else { return false };
        let Some(names) = found.get(1) else { return false };
        let items = items(names.as_str());
        let partly = found.get(2).is_some();
        let count = Decimal::from(items.len());
        if items.len() < 2 || (!partly && count != *value) || (partly && count > *value) || unit.is_empty() {
            return false;
        }
        let noun = name::name("", unit, self.after(index));
        let path = self.drafting.names.unique(self.group, &format!("{noun}名单"));
        let indicator = Indicator { definition: self.context(index), ..Indicator::of_kind(Kind::List) };
        self.drafting.facts.indicators.insert(path.clone(), indicator);
        let year = self.drafting.year;
        self.drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::List(items.clone()));
        let start = one.span.start - before.len() + names.end() - items.join("、").len();
        if partly {
            let name = name::name("", unit, self.after(index));
            let Some((count_path, tag)) = self.store(index, &name, year) else { return false };
            let list = format!("{{{{列举 {path} 末=\"、\"}}}}");
            let end = start + items.join("、").len();
            self.bound.tags.push(Tag { span: start..end, tag: list, paths: vec![path] });
            self.push(index, tag, vec![count_path.clone()], &count_path, &name);
            return true;
        }
        let chinese = one.text.chars().next().is_some_and(|c| !c.is_ascii_digit());
        let style = if chinese { " 数字=\"汉字\"" } else { "" };
        let tag = format!("{{{{列举 {path} 末=\"、\" 计=\"{unit}\"{style}}}}}");
        self.bound.found.push(Found {
            path: path.clone(),
            text: format!("{}{}", items.join("、"), one.text),
            year,
            line: self.number,
            context: self.around(index),
            doubt: String::new(),
            window: None,
        });
        self.bound.tags.push(Tag { span: start..one.span.end, tag, paths: vec![path] });
        true
    }
}

/// The names before a count; verbs before the first are no part of it.
fn items(words: &str) -> Vec<String> {
    let mut items: Vec<String> = words.split('、').map(str::to_owned).collect();
    // The others tell how long a name is.
    let longest = items.iter().skip(1).map(|item| item.chars().count()).max().unwrap_or(0);
    if let Some(first) = items.first_mut() {
        let chars: Vec<char> = first.chars().collect();
        *first = chars[chars.len().saturating_sub(longest)..].iter().collect();
    }
    items
}

/// The Chinese words of a whole count: 十二件, 两个.
fn chinese_count(reading: &Reading) -> Option<String> {
    let Said::One(value) = &reading.value else { return None };
    let whole = u64::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0)?;
    (reading.approx.is_none() && reading.scale == 0)
        .then(|| format!("{}{}", numeral::count_before_measure(whole), reading.unit))
}

/// The value that stands in the fact file and what kind of indicator it is: a quantity where it can be
/// written as one, else the words.
fn stored(text: &str, reading: &Reading, before: &str) -> (String, Indicator) {
    if Quantity::parse(text).is_ok_and(|quantity| !quantity.unit.base.is_empty()) {
        return (text.to_owned(), Indicator::of_number(text, before));
    }
    if let (Some(words), Said::One(value)) = (chinese_count(reading), &reading.value)
        && words == text
        && !reading.unit.is_empty()
    {
        let digits = format!("{value}{}", reading.unit);
        return (digits.clone(), Indicator::of_number(&digits, before));
    }
    (text.to_owned(), Indicator::of_kind(Kind::Text))
}
