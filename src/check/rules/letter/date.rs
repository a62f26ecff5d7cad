//! 成文日期 of a letter.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;
use crate::zh::number::numeral;

/// GB/T 9704-2012, 7.3.5.4: year, month and day in Arabic digits.
pub(super) const RULE: Rule = Rule::prose("let-date", Level::Warning, run);

static HAN: Pattern = Pattern::new(
    "^([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日(?:印发)?$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    if !parts::is_letter(prose) {
        return;
    }
    for (line, text) in prose.each().filter(|(line, _)| line.kind == LineKind::Date) {
        let words = text.trim();
        let Some(said) = HAN.captures(words) else { continue };
        let digit =
            |c: char| "〇一二三四五六七八九".chars().position(|one| one == c).unwrap_or(0).to_string();
        let year: String = said[1].chars().map(digit).collect();
        let (Some(month), Some(day)) = (numeral::parse(&said[2]), numeral::parse(&said[3])) else { continue };
        let new = format!("{year}年{month}月{day}日");
        let at = line.span.start + text.find(words).unwrap_or(0);
        let message = format!("成文日期“{words}”用了汉字数字");
        let hint = format!("请写成“{new}”，成文日期用阿拉伯数字，月、日不编虚位");
        found.fix(&prose.source, at..at + words.len(), new, message, hint);
    }
}
