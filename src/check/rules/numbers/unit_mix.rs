//! Two units for one kind of amount, side by side.

use super::super::prelude::*;
use super::reading::{self, Exact};
use crate::zh::number::{format_exact, needed_decimals};

/// Practice: what is compared is told in one unit.
pub(super) const RULE: Rule = Rule::prose("num-unit-mix", Level::Warning, run);

/// What may stand between two amounts that belong together.
static BESIDE: Pattern = Pattern::new(r"^[^。；;！？0-9（(]{0,40}$");

/// Units of one thing that should not stand in one sentence.
const TWINS: [(&str, &str); 3] = [("公里", "千米"), ("公斤", "千克"), ("亩", "公顷")];

/// Farther apart than so many characters two amounts need not be of one kind.
const NEAR: usize = 14;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for pair in reading::exact(line).windows(2) {
            let [left, right] = pair else { continue };
            let Some((odd, hint)) = odd(text, left, right) else { continue };
            let (one, other) = (&text[left.span.clone()], &text[right.span.clone()]);
            let message = format!("“{one}”和“{other}”并列，单位却不一致");
            found.at(&prose.source, reading::place(line, odd.span.clone()), message, hint);
        }
    }
}

/// Which of two amounts has the wrong unit, and how to mend it.
fn odd<'e>(text: &str, left: &'e Exact, right: &'e Exact) -> Option<(&'e Exact, String)> {
    let between = text.get(left.span.end..right.span.start).filter(|between| BESIDE.is_match(between))?;
    let near = between.chars().count() <= NEAR;
    let twins = |(one, other): &(&str, &str)| {
        [(left.base(), right.base()), (right.base(), left.base())].contains(&(one, other))
    };
    if near && TWINS.iter().any(twins) {
        return Some((right, format!("请统一单位，都用“{}”或都用“{}”", left.base(), right.base())));
    }
    let (big, small) =
        if left.amount.unit.scale > right.amount.unit.scale { (left, right) } else { (right, left) };
    let scales = (big.amount.unit.scale, small.amount.unit.scale);
    if big.base() != small.base() || big.base().is_empty() || scales.0 == scales.1 {
        return None;
    }
    let unit = scales.0.factor();
    let below = big.value() < unit;
    let above = near && small.amount.unit.is_scaled() && small.value() >= unit;
    let (odd, unit) = if below { (big, &small.amount.unit) } else { (small, &big.amount.unit) };
    let written = format_exact(odd.value(), unit, needed_decimals(odd.value(), unit.scale));
    (below || above).then(|| (odd, format!("请统一单位，把“{}”写成“{written}”", &text[odd.span.clone()])))
}
