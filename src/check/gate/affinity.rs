//! Whether two figures speak of the same thing: by the words around them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::period::Period;
use crate::zh::number::numeral;
use crate::zh::pattern::Pattern;
use crate::zh::scan::Number;

/// The words around a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Pairs of neighbouring characters before it in its clause, and of the noun behind it.
    pub clause: BTreeSet<[char; 2]>,
    /// The clause up to the figure.
    pub before: String,
    /// The sentence up to the figure.
    pub sentence: String,
    /// The whole clause without its figures.
    pub whole: String,
    /// The line, and of a cell the cells before it in the table.
    pub around: String,
}

/// Characters of the clause before a figure that count.
const REACH: usize = 14;
/// Characters behind it that may name what is counted.
const NOUN: usize = 4;

static WINDOW: Pattern = Pattern::new(
    "(?:近|过去的?|这)?([一二两三四五六七八九十]|[0-9]{1,2})年(?:来|间|以来|里)|近([一二两三四五六七八九十]|[0-9]{1,2})年",
);

impl Context {
    /// The words around a stretch of a line.
    pub fn of(line: &str, span: &Range<usize>, numbers: &[Number]) -> Context {
        let ends = |c: char| matches!(c, '，' | '。' | '；' | '：' | '、' | ',' | ';' | '\n' | '\t');
        let behind = |ends: fn(char) -> bool| {
            let last = line[..span.start].char_indices().rev().find(|(_, c)| ends(*c));
            last.map_or(0, |(at, c)| at + c.len_utf8())
        };
        let start = behind(ends);
        let end = line[span.end..].find(ends).map_or(line.len(), |at| span.end + at);
        let previous =
            numbers.iter().rfind(|number| number.span.end <= span.start).map_or(0, |number| number.span.end);
        let sentence = behind(|c| matches!(c, '。' | '；' | '\n'));
        let before = &line[start.max(previous)..span.start];
        let noun: String = line[span.end..end].chars().take(NOUN).collect();
        let mut whole = String::new();
        let mut at = start;
        for number in numbers.iter().filter(|number| start <= number.span.start && number.span.end <= end) {
            whole.push_str(&line[at..number.span.start]);
            at = number.span.end;
        }
        whole.push_str(&line[at..end.max(at)]);
        let near: Vec<char> =
            before.chars().rev().take(REACH).collect::<Vec<_>>().into_iter().rev().collect();
        let mut clause = pairs(&near.iter().collect::<String>());
        clause.extend(pairs(&noun));
        let (before, sentence) = (before.to_owned(), line[sentence..span.start].to_owned());
        Context { clause, before, sentence, whole, around: line.to_owned() }
    }

    /// How alike the words around two figures are, in thousandths.
    pub fn likeness(&self, other: &Context) -> usize {
        let all = self.clause.len() + other.clause.len();
        if self.before == other.before && !self.before.is_empty() {
            return 1000;
        }
        (2000 * self.clause.intersection(&other.clause).count()).checked_div(all).unwrap_or(0)
    }

    /// How much of a name such as 宣传.媒体用稿 is said around the figure, in thousandths.
    pub fn names(&self, path: &str) -> usize {
        let own = path.rsplit('.').next().unwrap_or(path);
        let said = |word: &str| {
            if self.whole.contains(word) {
                return 1000;
            }
            let word = pairs(word);
            if word.is_empty() {
                0
            } else {
                700 * word.intersection(&pairs(&self.whole)).count() / word.len()
            }
        };
        // A name of one character says little.
        let most = if own.chars().count() < 2 { 300 } else { 800 };
        let named = said(own).min(most);
        // The group alone may agree with a figure, but not contradict it.
        match path.split('.').next().filter(|group| *group != own) {
            Some(group) if self.whole.contains(group) => (named + 100).max(400),
            Some(group) if self.sentence.contains(group) => named + 100,
            _ => named,
        }
    }

    /// 三年来, 近五年: how many years the sentence speaks of.
    pub fn window(&self) -> Option<u32> {
        let found = WINDOW.captures_iter(&self.sentence).last()?;
        let count = found.get(1).or(found.get(2))?.as_str();
        count.parse().ok().or_else(|| numeral::parse(count).and_then(|years| u32::try_from(years).ok()))
    }

    /// Whether the figure is a change against a base: 增长12%, 增加3件.
    pub fn is_change(&self) -> bool {
        const VERBS: [&str; 18] = [
            "增长", "下降", "增加", "减少", "提高", "降低", "上升", "增幅", "降幅", "净增", "回落", "同比",
            "增收", "减收", "上涨", "扩大", "缩减", "多",
        ];
        let near: String = self.before.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        VERBS.iter().any(|verb| near.contains(verb)) && !near.ends_with(['到', '至', '为'])
    }

    /// Whether the clause says that there is more: 突破9000万元.
    pub fn is_exceeded(&self) -> bool {
        self.before.ends_with(['超', '逾', '过']) || self.before.ends_with("突破")
    }

    /// Whether the clause speaks of the year before.
    pub fn is_last_year(&self, year: Period) -> bool {
        let words = ["上年", "去年", "前年", "上一年", "由", "从"];
        let earlier = year.before().back(4).map(Period::words);
        words.iter().any(|word| self.whole.contains(word))
            || earlier.into_iter().any(|one| self.sentence.contains(&one))
    }
}

fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.array_windows().copied().collect()
}
