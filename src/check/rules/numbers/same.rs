//! The same kind of number in two scripts within one sentence.

use super::super::prelude::*;
use super::{han, reading};
use crate::zh::number::numeral;
use crate::zh::scan::{Number, NumberKind, Why};

/// GB/T 15835-2011, 4.3.3: numbers of one kind take one form where they stand side by side.
pub(super) const RULE: Rule = Rule::prose("num-same", Level::Warning, run);

/// What joins two members of a list.
static JOINED: Pattern =
    Pattern::new(r"^[^，。；：,;:、0-9]{0,10}(?:、|和|与|及|以及)[^，。；：,;:、0-9]{0,6}$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let plain: Vec<&Number> =
            line.numbers.iter().filter(|number| !line.is_quoted(&number.span)).collect();
        for (at, number) in plain.iter().enumerate() {
            if number.text.starts_with(|c: char| c.is_ascii_digit() || "约近超逾".contains(c)) {
                continue;
            }
            if let Some(fellow) = reading::around(&plain, at).find(|fellow| differ(text, number, fellow)) {
                let span = reading::place(line, number.span.clone());
                let message = format!("“{}”和“{}”一个用汉字、一个用阿拉伯数字", number.text, fellow.text);
                found.at(&prose.source, span, message, hint(&number.text));
            }
        }
    }
}

fn hint(text: &str) -> String {
    let written = han::leading(text).and_then(|(numeral, rest)| Some((han::in_digits(numeral)?, rest)));
    written.map_or_else(
        || "请把同类的数改成同一种写法".to_owned(),
        |(digits, rest)| format!("请统一写法，前者写成“{digits}{rest}”"),
    )
}

/// Whether a number in characters and one in digits are of one kind and stand side by side.
fn differ(text: &str, number: &Number, other: &Number) -> bool {
    if !other.text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (first, second) =
        if number.span.start < other.span.start { (number, other) } else { (other, number) };
    let between = first.span.end..second.span.start;
    match (number.kind, other.kind) {
        (NumberKind::Typed(Why::Year), NumberKind::Typed(Why::Year)) => {
            number.text.ends_with('年') && alike(text, &between)
        }
        (NumberKind::Figure, NumberKind::Figure) if unit(&number.text) == unit(&other.text) => {
            let rough = han::leading(&number.text).is_some_and(|(_, rest)| rest.starts_with(['余', '多']));
            rough && alike(text, &between) || counts(&number.text) && JOINED.is_match(&text[between])
        }
        _ => false,
    }
}

fn alike(text: &str, between: &Range<usize>) -> bool {
    reading::together(text, between.start, between.end, &reading::ENDS)
}

/// 三 to 十: 一 and 两 are natural beside digits, what is larger belongs to another rule.
fn counts(text: &str) -> bool {
    let numeral = han::leading(text).map(|(numeral, _)| numeral).filter(|numeral| *numeral != "两");
    numeral.and_then(numeral::parse).is_some_and(|value| (3..=10).contains(&value))
}

/// The unit of a figure as written.
fn unit(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "约近超过逾.,零〇一二两三四五六七八九十百千万亿余多点".contains(c)
    })
}
