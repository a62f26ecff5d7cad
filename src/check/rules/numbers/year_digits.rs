//! Years with a digit too many or too few, and years that no report speaks of.

use super::super::prelude::*;
use super::reading;

/// GB/T 15835-2011, 5.1.4: a year has four digits; with another number of them it is a slip of typing.
pub(super) const RULE: Rule = Rule::prose("num-year-digits", Level::Error, run);

/// What stands behind the 年 of a year, and not behind that of a span of time.
static DATED: Pattern = Pattern::new(
    "^(?:$|[，。；、）)]|1[0-2]月|[1-9]月|[末底初度](?:[^假心步]|$)|全[年镇乡县市区省州街村]|[上下]半年|[一二三四]季度|以来|相比|同期|工作|我[镇乡县市区省局院校街]|[，,]?[本全]|政府|[春夏秋冬]季|至|—)",
);

/// What stands before a year in running text.
static PLACED: Pattern = Pattern::new(
    "(?:^|[，。；：、（(“《 　—]|截至|截止|到|至|在|于|从|自|自从|比|较|与|和|是|为|的|完成|实现|召开|开展|随着|根据|按照|对|将|就|关于|镇|乡|县|市|区|省|局|院|校|村|街道)$",
);

/// What makes a number with 年 a span of time.
const SPANS: [&str; 24] = [
    "近",
    "约",
    "达",
    "长达",
    "超",
    "超过",
    "逾",
    "经",
    "历经",
    "历时",
    "距今",
    "已有",
    "有着",
    "历史",
    "公元",
    "公元前",
    "前",
    "第",
    "树龄",
    "沿用",
    "建校",
    "建城",
    "建村",
    "传承",
];

/// What follows a span of time.
const PAST: [&str; 8] = ["前", "来", "间", "的历史", "历史", "以上", "左右", "之"];

/// The years that a report may speak of.
const KNOWN: std::ops::Range<u32> = 1000..2100;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for (at, year) in text.match_indices('年') {
            let front = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
            let (start, digits) = digits(front);
            let end = at + year.len();
            if let Some(wrong) = wrong(digits, &text[..start], &text[end..]) {
                let message = format!("年份“{}”{wrong}", &text[start..end]);
                let hint = "年份是四位数字，请核对后改正，如“2024年”";
                found.at(&prose.source, reading::place(line, start..end), message, hint);
            }
        }
    }
}

/// The row of digits that a text ends with, all in one script, and where it begins.
fn digits(text: &str) -> (usize, &str) {
    let arabic = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = if arabic < text.len() { arabic } else { text.trim_end_matches(is_digit).len() };
    (start, &text[start..])
}

fn is_digit(c: char) -> bool {
    "〇零○一二三四五六七八九".contains(c)
}

/// What is wrong with a row of digits in front of 年, where it cannot be a span of time.
fn wrong(digits: &str, front: &str, behind: &str) -> Option<&'static str> {
    let wrong = match digits.chars().count() {
        3 if is_cut(digits) => "少了一位",
        4 if is_unknown(digits) => "不在可能的年份里",
        5.. if is_recent(digits) && !digits.ends_with("00") => "多了一位",
        _ => return None,
    };
    let tied = |c: char| c.is_ascii_alphanumeric() || "./-＋+".contains(c) || is_numeral(c);
    let span =
        SPANS.iter().any(|word| front.ends_with(word)) || PAST.iter().any(|word| behind.starts_with(word));
    let compared = || ["比", "较", "与", "截至", "自"].iter().any(|word| front.ends_with(word));
    let dated = || (DATED.is_match(behind) || compared()) && PLACED.is_match(front);
    (!span && !front.ends_with(tied) && (digits.chars().count() > 4 || dated())).then_some(wrong)
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || "十百千万".contains(c)
}

/// Whether a year lost a digit: any number of Arabic digits, but in characters 〇 at its second place or third.
fn is_cut(digits: &str) -> bool {
    digits.starts_with(|c: char| c.is_ascii_digit()) || digits.chars().skip(1).any(|c| "〇零○".contains(c))
}

fn is_unknown(digits: &str) -> bool {
    digits.parse::<u32>().is_ok_and(|year| !KNOWN.contains(&year))
}

/// Whether a row begins like a year of this century or the last.
fn is_recent(digits: &str) -> bool {
    ["20", "19", "二〇", "二零", "二○", "一九"].iter().any(|century| digits.starts_with(century))
}
