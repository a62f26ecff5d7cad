//! Parts that do not add up to their total.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::kinds;
use super::parts::{self, Division, is_slip, slack, sum};
use super::reading::{self, Exact};
use super::told::Line;
use crate::zh::number::{numeral, plain, shift};

/// Arithmetic: parts are not more than their total, and a complete list is equal to it.
pub(super) const RULE: Rule = Rule::prose("num-total", Level::Warning, run);

/// Between a list and its total: the scope, the word for a sum, and what is summed.
static SUM: Pattern = Pattern::new(
    "^(?:[（(][^）)]{1,3}[）)])?[^，。；、,;0-9]{0,8}?[，,；;]?(?P<scope>(?:全年|[二两三四五六七八九十][^，。；、,;0-9]{0,4}|以上|上述)?(?P<named>[^，。；、,;0-9]{0,8}?))(?P<word>合计|共计|总计|一共|总共|总金额|总额|共)(?:有|为|达|是)?(?P<what>[^，。；、,;0-9]{0,6})$",
);

/// The longest list before a total that is looked at.
const LONGEST: usize = 16;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| line.numbers.len() > 1) {
        let told = Line::of(prose, line);
        let mut spans: Vec<Range<usize>> = Vec::new();
        let divided = parts::divisions(&told).into_iter().filter(is_wrong).map(|division| {
            let Division { total, parts, .. } = division;
            let end = parts.iter().map(|part| part.span.end).max().unwrap_or(total.span.end);
            (total.span.start..end, total.clone(), sum(&parts))
        });
        let summed = (1..told.figures.len()).filter_map(|at| behind(&told, at));
        for (span, total, sum) in divided.chain(summed) {
            if !spans.contains(&total.span) {
                spans.push(total.span.clone());
                say(prose, line, text, span, &total, sum, found);
            }
        }
    }
}

/// What does not add up: where, the total, and what the parts come to.
type Wrong = (Range<usize>, Exact, Decimal);

fn say(
    prose: &Prose,
    line: &ProseLine,
    text: &str,
    span: Range<usize>,
    total: &Exact,
    sum: Decimal,
    found: &mut Findings<'_>,
) {
    let unit = &total.amount.unit;
    let sum = format!("{}{unit}", plain(shift(sum, unit.scale)));
    let message = format!("“{}”与各分项对不上", &text[total.span.clone()]);
    let hint = format!("各分项合计是{sum}，请核对总数和分项");
    found.at(&prose.source, reading::place(line, span), message, hint);
}

/// Whether parts are more than their whole, or less where they are all there is.
fn is_wrong(division: &Division<'_>) -> bool {
    let Division { total, parts, names, closed } = division;
    let sum = sum(parts);
    let one = |part: &Exact| part.value() > total.value() + slack(total, std::slice::from_ref(part));
    if parts.len() == 1 || parts.iter().any(one) {
        return parts.iter().any(one);
    }
    let (more, less) = (sum > total.value() + slack(total, parts), sum + slack(total, parts) < total.value());
    let apart = !kinds::may_overlap(names) || kinds::opposites(names) && names.len() == 2;
    apart && (more || less && *closed) || (more || less) && is_slip(total, parts)
}

/// A list with 合计 behind it; where it begins, nobody knows, so every beginning is tried.
fn behind(line: &Line<'_>, at: usize) -> Option<Wrong> {
    let total = line.exact(at).filter(|_| line.figures[at].is_amount())?;
    let units = parts::units(line, at);
    let last = (0..at).rev().find(|last| units.contains(&line.figures[*last].base))?;
    let groups = SUM.captures(line.gap(last, at))?;
    let part = |name: &str| groups.name(name).map_or("", |part| part.as_str());
    let list = before(line, last, &units)?;
    let plain = part("word") == "共";
    let known = |words: &str| words.is_empty() || list.iter().any(|one| line.words(*one).contains(words));
    let said = known(part("what")) && known(part("named"));
    (!plain || said).then_some(())?;
    let exact: Vec<Exact> = list.iter().filter_map(|one| line.exact(*one).cloned()).collect();
    let count = count(part("scope")).filter(|count| (2..=exact.len()).contains(count));
    let starts = count.map_or(0..exact.len(), |count| exact.len() - count..exact.len() - count + 1);
    let fits = |from: usize| (sum(&exact[from..]) - total.value()).abs() <= slack(total, &exact[from..]);
    let incomplete = part("scope").starts_with("全年") && exact.len() % 2 == 1 && sum(&exact) < total.value();
    let first = starts.start;
    let wrong = exact.len() > 1 && !starts.clone().any(fits) && !incomplete;
    wrong.then(|| (exact[first].span.start..total.span.end, total.clone(), sum(&exact[first..])))
}

/// How many are summed up: 两项合计, 三村共.
fn count(scope: &str) -> Option<usize> {
    let word: String = scope.chars().take_while(|c| "二两三四五六七八九十".contains(*c)).collect();
    numeral::parse(&word.replace('两', "二"))?.try_into().ok()
}

/// The figures of a list that ends with one of them, in their order: of these units, in one sentence and in no bracket,
/// without the parts of a part. Nothing where one of them is rough.
fn before(line: &Line<'_>, last: usize, units: &[&str]) -> Option<Vec<usize>> {
    let depth = line.figures[last].depth;
    let mut list = vec![last];
    for at in (0..last).rev().take(LONGEST) {
        let told = &line.figures[at];
        if !line.together(at, list[list.len() - 1]) || line.gap(at, at + 1).contains('：') {
            break;
        }
        if told.depth != depth || !told.is_amount() {
            continue;
        }
        if !units.contains(&told.base) {
            break;
        }
        list.push(at);
    }
    list.reverse();
    let whole: Vec<usize> =
        list.iter().copied().filter(|at| line.figures[*at].claim.whole.is_none()).collect();
    let list = if whole.len() > 1 { whole } else { list };
    list.iter().all(|at| line.exact(*at).is_some()).then_some(list)
}
