//! 十, 百 or 千 behind Arabic digits.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::{compound, reading};
use crate::zh::number::number_of;

/// GB/T 15835-2011, 5.3: only 万 and 亿 may follow Arabic digits.
pub(super) const RULE: Rule = Rule::prose("num-mixed", Level::Error, run);

/// A number that goes from one script into the other.
static RUN: Pattern = Pattern::new(
    r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九][百千万]零?[0-9])[十百千万亿零一二两三四五六七八九0-9]*",
);

/// The lower end of a range whose upper end follows: 3— of 3—5千.
static LOWER: Pattern = Pattern::new(r"(?:^|[^0-9.、])([0-9]{1,2}(?:\.[0-9]+)?)([-—–~～至到])$");

/// What follows 千, 百 and 十 where these are part of a unit or of a word.
const NOT_PLACES: [(char, &str); 3] =
    [('千', "米克瓦伏卡帕赫安秒年分焦字升企村"), ('百', "帕分年姓货科强日羽"), ('十', "大佳强")];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&RUN) {
        let text = prose.text(line);
        let Some(hit) = groups.get(0).filter(|hit| !line.is_quoted(&hit.range())) else { continue };
        if let Some((span, right)) = mended(text, hit.range()) {
            let wrong = &text[span.clone()];
            let message = format!("“{wrong}”把阿拉伯数字和“十、百、千”混在一个数里");
            let hint = format!("请写成“{right}”，阿拉伯数字后面只跟“万”“亿”");
            found.fix(&prose.source, reading::place(line, span.clone()), right, message, hint);
        }
    }
}

/// What is wrong of a number, and how it is written; `None` where nothing is.
fn mended(text: &str, run: Range<usize>) -> Option<(Range<usize>, String)> {
    let word = number(&text[run.clone()], after(text, run.end));
    let span = run.start..run.start + word.len();
    let value = word.contains(['十', '百', '千']).then(|| compound::value(word)).flatten()?;
    if let Some(groups) = LOWER.captures(reading::tail(text, span.start, 24)) {
        let (low, sign) = (groups.get(1)?, groups.get(2)?);
        let low_value = lower(low.as_str(), word, value)?;
        let right = format!("{}{}{}", compound::written(low_value), sign.as_str(), compound::written(value));
        let start = span.start - (low.as_str().len() + sign.as_str().len());
        return Some((start..span.end, right));
    }
    let tied = before(text, span.start)
        .is_some_and(|c| c.is_ascii_alphanumeric() || "第.零一二三四五六七八九十".contains(c));
    let listed = text[..span.start]
        .strip_suffix('、')
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    (!tied && !listed).then(|| (span, compound::written(value)))
}

/// A number without a last place that belongs to the unit or word behind it: 3万 of 3万千瓦.
fn number(run: &str, next: Option<char>) -> &str {
    let unit =
        |(place, words): &(char, &str)| run.ends_with(*place) && next.is_some_and(|c| words.contains(c));
    if !NOT_PLACES.iter().any(unit) {
        return run;
    }
    let mut chars = run.chars();
    chars.next_back();
    chars.as_str()
}

/// What the lower end of 3—5千 means: as many thousands. 3—4十 means 三四十, which is another rule's.
fn lower(low: &str, high: &str, value: Decimal) -> Option<Decimal> {
    let low = number_of(low)?;
    let digits = high.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let first = number_of(&high[..digits])?;
    let one_place = !high[digits..].contains(|c: char| c.is_ascii_digit());
    let neighbours = high.contains('十') && low + Decimal::ONE == first;
    (one_place && !neighbours && low < first).then(|| low.checked_mul(value)?.checked_div(first)).flatten()
}
