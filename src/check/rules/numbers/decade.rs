//! Centuries and decades in two scripts.

use super::super::prelude::*;
use super::{han, reading};

/// GB/T 15835-2011: centuries and decades are written in Arabic digits, both in one form.
pub(super) const RULE: Rule = Rule::prose("num-decade", Level::Warning, run);

static DECADE: Pattern = Pattern::new(
    "(?:(?P<han>二十一|二十|十九|十八)|(?P<digits>[0-9]{2})|上个?)世纪\
         (?:(?P<tens>[0-9]0(?:[、—～至][0-9]0)*)|(?P<words>[二三四五六七八九]?十(?:[、—～至][二三四五六七八九]十)*))年代",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&DECADE) {
        let (Some(hit), Some(right)) = (groups.get(0), in_digits(&groups)) else { continue };
        if !line.is_quoted(&hit.range()) {
            let message = format!("“{}”的世纪和年代写法不统一", hit.as_str());
            let span = reading::place(line, hit.range());
            found.fix(&prose.source, span, right.clone(), message, format!("请写成“{right}”"));
        }
    }
}

/// Both parts in digits, where they are not of one form: the last century is the twentieth.
fn in_digits(groups: &Captures<'_>) -> Option<String> {
    let (han, tens) = (groups.name("han"), groups.name("tens"));
    let mixed = match tens {
        Some(_) => han.is_some(),
        None => han.is_none(),
    };
    mixed.then_some(())?;
    let century = match (han, groups.name("digits")) {
        (Some(han), _) => han::in_digits(han.as_str())?,
        (None, Some(digits)) => digits.as_str().to_owned(),
        (None, None) => "20".to_owned(),
    };
    let decades = tens.or(groups.name("words"))?.as_str().split_inclusive(['、', '—', '～', '至']);
    let decades: Option<String> = decades.map(decade).collect();
    Some(format!("{century}世纪{}年代", decades?))
}

/// 八十、 as 80、.
fn decade(words: &str) -> Option<String> {
    let sign = words.find(['、', '—', '～', '至']).unwrap_or(words.len());
    let (words, sign) = words.split_at(sign);
    let digits = if words.starts_with(|c: char| c.is_ascii_digit()) {
        words.to_owned()
    } else {
        han::in_digits(words)?
    };
    Some(format!("{digits}{sign}"))
}
