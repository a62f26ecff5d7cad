//! Lists of parts with one unit, and what they come to.

use rust_decimal::Decimal;

use super::reading::Exact;
use crate::zh::number::Scale;
use crate::zh::pattern::Pattern;

/// Between two parts with their names.
static NEXT: Pattern = Pattern::new("^[^，。；、,;0-9（(]*?(?:、|和|及|与)[^，。；、,;0-9（(]*$");

/// The longest name of a part with what joins it, in bytes.
const NAME: usize = 66;

/// Between two figures of a row.
static ROW: Pattern = Pattern::new("^(?:、|和|及|与|，|,)$");

/// The figures of one unit from the first on that 、 or 和 joins.
pub(super) fn list<'e>(text: &str, figures: &'e [Exact], base: &str) -> &'e [Exact] {
    let joins = |pair: &[Exact]| {
        let gap = text.get(pair[0].span.end..pair[1].span.start);
        pair[1].base() == base && gap.is_some_and(|gap| gap.len() <= NAME && NEXT.is_match(gap))
    };
    let more = figures.windows(2).take_while(|pair| joins(pair)).count();
    if figures.first().is_some_and(|first| first.base() == base) { &figures[..=more] } else { &[] }
}

/// The figures of a row; all but the last may lack the unit.
pub(super) fn row<'e>(text: &str, figures: &'e [Exact], base: &str) -> &'e [Exact] {
    let fits =
        |figure: &Exact| figure.base() == base || figure.base().is_empty() && !figure.amount.unit.is_scaled();
    let joins = |pair: &[Exact]| {
        let gap = text.get(pair[0].span.end..pair[1].span.start);
        fits(&pair[1]) && gap.is_some_and(|gap| ROW.is_match(gap))
    };
    let more = figures.windows(2).take_while(|pair| joins(pair)).count();
    if figures.first().is_some_and(fits) { &figures[..=more] } else { &[] }
}

/// What parts come to; one without a unit has the unit of the last.
pub(super) fn sum(parts: &[Exact]) -> Decimal {
    let scale = parts.last().map_or(Scale::ONE, |last| last.amount.unit.scale);
    let value = |part: &Exact| match part.base() {
        "" => part.value() * scale.factor(),
        _ => part.value(),
    };
    parts.iter().map(value).sum()
}

/// How far sums of rounded figures may stray.
pub(super) fn slack(total: &Exact, parts: &[Exact]) -> Decimal {
    let parts = || parts.iter().filter(|part| !part.base().is_empty());
    let steps: Decimal = parts().map(Exact::step).sum();
    let whole = parts().all(|part| part.is_whole_as(total)) && total.amount.decimals == 0;
    if whole { Decimal::ZERO } else { (total.step() + steps) / Decimal::TWO }
}
