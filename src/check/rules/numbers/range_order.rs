//! A range that runs from the larger number to the smaller.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::number_of;
use crate::zh::scan::{Number, NumberKind, Why};

/// GB/T 15835-2011, 5.1.3: a range names its lower end first.
pub(super) const RULE: Rule = Rule::prose("num-range-order", Level::Error, run);

/// A range with one unit at its end, or with the same one at both.
static RANGE: Pattern = Pattern::new(
    r"^(?:约|近|超过|超|逾)?(?P<low>[0-9]+(?:\.[0-9]+)?)(?P<unit>\D*?)(?P<sign>[-—–~～－]|至)(?P<high>[0-9]+(?:\.[0-9]+)?)(?P<last>\D*)$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let single = line.numbers.iter().filter(|number| is_range(number)).map(|number| number.span.clone());
        for span in single.chain(pairs(line, text)) {
            let ends = RANGE.captures(&text[span.clone()]);
            let between = text[span.end..].starts_with("之间");
            let ends = ends.filter(|ends| falls(ends, between) && !is_other(text, span.start));
            say(prose, line, span, ends, found);
        }
    }
}

/// Says that the ends of a range are the wrong way round, where they are.
fn say(
    prose: &Prose,
    line: &ProseLine,
    span: Range<usize>,
    ends: Option<Captures<'_>>,
    found: &mut Findings<'_>,
) {
    let Some(ends) = ends.filter(|_| !line.is_quoted(&span)) else { return };
    let message = format!("“{}”的范围大数在前、小数在后", &prose.text(line)[span.clone()]);
    let hint = format!(
        "范围先写小数、后写大数，写成“{}{}{}{}{}”",
        &ends["high"], &ends["unit"], &ends["sign"], &ends["low"], &ends["last"]
    );
    found.at(&prose.source, reading::place(line, span), message, hint);
}

fn is_range(number: &Number) -> bool {
    matches!(number.kind, NumberKind::Figure | NumberKind::Typed(Why::Routine | Why::Standard | Why::Period))
}

/// Whether two numbers are the ends of a change, or the first of them is part of something else.
fn is_other(text: &str, start: usize) -> bool {
    let changes = reading::since(text, start, &reading::STOPS).contains(['由', '从']);
    changes || before(text, start).is_some_and(|c| "-－−.:".contains(c) || c.is_ascii_alphanumeric())
}

/// Ranges whose ends both have a unit, which are two numbers: 17万元～13万元.
fn pairs<'l>(line: &'l ProseLine, text: &'l str) -> impl Iterator<Item = Range<usize>> + 'l {
    line.numbers.windows(2).filter_map(|pair| {
        let [low, high] = pair else { return None };
        let figures = is_range(low) && is_range(high);
        let sign = text.get(low.span.end..high.span.start)?;
        let joined = figures && ["-", "—", "–", "~", "～", "－", "至"].contains(&sign);
        joined.then_some(low.span.start..high.span.end)
    })
}

/// Whether the first number is the larger one, where both are of one unit, or of none `between` which something lies. 2011-3期 is an issue of a year.
fn falls(ends: &Captures<'_>, between: bool) -> bool {
    let (unit, last) = (&ends["unit"], &ends["last"]);
    let one = match scale(unit) {
        _ if unit.is_empty() => scale(last).is_empty(),
        _ if unit == last || unit == "%" && last.starts_with('%') => true,
        scaled => !scaled.is_empty() && unit == scaled && scaled == scale(last),
    };
    let value = |name| number_of(&ends[name]);
    let issue = ends["low"].len() == 4 && last.starts_with(['期', '次', '号', '届']);
    (between || !last.is_empty())
        && one
        && !issue
        && value("low").zip(value("high")).is_some_and(|(low, high)| low > high)
}

/// 万 or 亿 at the front of a unit.
fn scale(unit: &str) -> &str {
    let unit = unit.trim_start_matches(['多', '余']);
    ["万亿", "亿", "万"].into_iter().find(|scale| unit.starts_with(scale)).unwrap_or_default()
}
