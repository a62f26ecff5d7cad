//! A share that does not follow from its counts.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::reading::{self, Exact};
use crate::zh::number::{half_up, plain};

/// Arithmetic: a share is part by total.
pub(super) const RULE: Rule = Rule::prose("num-share", Level::Warning, run);

/// Between a part and its share of the total named before.
static SHARE: Pattern = Pattern::new(
    "^[，,（(]?(?:占|占比|占比为|占总数的?|占总[量人户员件][数口员]?的?|占全部[^，。；,;0-9]{0,6}的|占[^，。；,;0-9]{1,6}总[数量]的)(?:达|为|达到)?$",
);

/// Between a total and its part.
static PART: Pattern = Pattern::new("^[，,][^，。；、,;0-9]{1,8}$");

/// Between a part and a total that is named behind it.
static OF: Pattern = Pattern::new("^[^，。；,;0-9]{0,6}[，,]?占[^，。；,;0-9]{0,10}$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains('占')) {
        let figures = reading::exact(line);
        for at in 0..figures.len() {
            let claim = named_before(text, &figures, at).or_else(|| named_behind(text, &figures[at..]));
            let Some((part, total, share)) = claim else { continue };
            let Some(right) = contradiction(part, total, share) else { continue };
            let (part, whole) = (&text[part.span.clone()], &text[total.span.clone()]);
            let message = format!("“{}”不是“{part}”在“{whole}”中的比例", &text[share.span.clone()]);
            let hint = format!("{part}占{whole}的{right}，请核对");
            found.at(&prose.source, reading::place(line, share.span.clone()), message, hint);
        }
    }
}

/// Part, total and the share that is stated.
type Claim<'e> = (&'e Exact, &'e Exact, &'e Exact);

/// 共N名，其中女a名，占x%: the total stands before 其中, or right before the part behind 共.
fn named_before<'e>(text: &str, figures: &'e [Exact], at: usize) -> Option<Claim<'e>> {
    let (part, share) = (figures.get(at)?, figures.get(at + 1)?);
    let gap = text.get(part.span.end..share.span.start)?;
    (share.base() == "%" && SHARE.is_match(gap)).then_some(())?;
    let total = among(text, &figures[..at], part).or_else(|| all(text, figures[..at].last()?, part))?;
    (total.base() == part.base()).then_some((part, total, share))
}

/// The last figure before 其中.
fn among<'e>(text: &str, figures: &'e [Exact], part: &Exact) -> Option<&'e Exact> {
    let sentence = reading::since(text, part.span.start, &reading::ENDS);
    let among = part.span.start - (sentence.len() - sentence.rfind("其中")?);
    let total = figures.iter().rfind(|figure| figure.span.end <= among)?;
    reading::together(text, total.span.end, among, &['。', '；', ';']).then_some(total)
}

/// A figure behind 共 whose part follows after a comma.
fn all<'e>(text: &str, total: &'e Exact, part: &Exact) -> Option<&'e Exact> {
    let said =
        ["共", "现有", "总"].iter().any(|word| reading::tail(text, total.span.start, 18).contains(word));
    let follows = PART.is_match(text.get(total.span.end..part.span.start)?);
    (said && follows && part.value() < total.value()).then_some(total)
}

/// a名，占总数N名的x%.
fn named_behind<'e>(text: &str, figures: &'e [Exact]) -> Option<Claim<'e>> {
    let [part, total, share, ..] = figures else { return None };
    let of = text.get(total.span.end..share.span.start)?;
    let fits =
        share.base() == "%" && total.base() == part.base() && of.ends_with('的') && of.chars().count() <= 4;
    let said = OF.is_match(text.get(part.span.end..total.span.start)?);
    (fits && said).then_some((part, total, share))
}

/// The real share, where the stated one differs by more than rounding.
fn contradiction(part: &Exact, total: &Exact, share: &Exact) -> Option<String> {
    let hundred = Decimal::ONE_HUNDRED;
    let real = (part.value() * hundred).checked_div(total.value())?;
    let rounding = part.rounding() * hundred + total.rounding() * real;
    let slack = share.step() + rounding.checked_div(total.value())?;
    let right = format!("{}%", plain(half_up(real, share.amount.decimals.max(1))));
    ((real - share.value()).abs() > slack).then_some(right)
}
