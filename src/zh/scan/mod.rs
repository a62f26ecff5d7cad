//! The figure scanner: every number in a paragraph, told apart into figures and numbers that are no facts.
//!
//! `lexer` finds claims (dates, heads, names …) and candidates between them, `measure` knows the measure
//! words, `judge` decides on a candidate by its surroundings. Patterns are built at the first call.

mod judge;
mod lexer;
mod measure;

use std::fmt;
use std::ops::Range;

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// The number as written: approximation word, digits, scale and unit, without the noun.
    pub text: String,
    /// Whether it looks like a fact.
    pub kind: Kind,
}

/// What a number is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It looks like a fact that should come from the fact file.
    Figure,
    /// It is written as part of the text.
    Typed(Why),
}

/// Why a number is no fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// 一、, （二）, 一是, 第三.
    Serial,
    /// Names and slogans, quoted or in 《》, levels, roads, standards.
    Name,
    /// 〔2024〕8号.
    Document,
    /// 2024年, 2020—2022年.
    Year,
    /// Months, days, quarters, times of day.
    Date,
    /// 三年来, “十四五”.
    Period,
    /// 九届三次会议.
    Session,
    /// 七里村.
    Place,
    /// A threshold that defines a group: 35岁以下.
    Standard,
    /// A standing rule: 每季度1次.
    Routine,
    /// A telephone number or another code.
    Code,
    /// A figure with digits hidden: 1x.3%.
    Masked,
}

impl Why {
    /// The reason in Chinese.
    pub fn label(self) -> &'static str {
        match self {
            Why::Serial => "序号",
            Why::Name => "名称",
            Why::Document => "文号",
            Why::Year => "年份",
            Why::Date => "日期",
            Why::Period => "时间段",
            Why::Session => "届次",
            Why::Place => "地名",
            Why::Standard => "标准",
            Why::Routine => "常规安排",
            Why::Code => "编号",
            Why::Masked => "缺数占位",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

/// The numbers of one paragraph in text order, without overlap.
///
/// Numerals that are part of a word (进一步, 千家万户) are left out. Time grows linearly with the text.
pub fn scan(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut from = 0;
    for claim in lexer::claims(text) {
        scan_gap(text, from..claim.span.start, &mut numbers);
        from = claim.span.end;
        if let Some(why) = claim.why {
            numbers.push(number(text, claim.span, Kind::Typed(why)));
        }
    }
    scan_gap(text, from..text.len(), &mut numbers);
    numbers
}

fn scan_gap(text: &str, gap: Range<usize>, numbers: &mut Vec<Number>) {
    let judged = lexer::candidates(text, gap).filter_map(|span| judge::judge(text, span));
    numbers.extend(judged.map(|(span, kind)| number(text, span, kind)));
}

fn number(text: &str, span: Range<usize>, kind: Kind) -> Number {
    Number { text: text[span.clone()].to_owned(), span, kind }
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<String> {
        scan(text).into_iter().filter(|n| n.kind == Kind::Figure).map(|n| n.text).collect()
    }

    #[test]
    fn counts_and_money_are_figures() {
        assert_eq!(figures("流转土地410亩，投资2.4亿元"), ["410亩", "2.4亿元"]);
    }
}
