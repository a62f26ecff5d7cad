//! A quotient of two amounts, and whether a figure that is stated may be it.

use rust_decimal::Decimal;

use super::reading::Exact;
use crate::zh::number::{half_up, plain};

/// A quotient with how far the rounding of its terms may have moved it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotient {
    value: Decimal,
    slack: Decimal,
}

impl Quotient {
    /// A quotient of amounts of one unit times a power of ten: 2 for per cent.
    pub(super) fn of(part: &Exact, whole: &Exact, power: u32) -> Option<Quotient> {
        Quotient::between((part.value(), part.rounding()), (whole.value(), whole.rounding()), power)
    }

    /// The same of numbers with how far each may be off.
    pub(super) fn between(
        part: (Decimal, Decimal),
        whole: (Decimal, Decimal),
        power: u32,
    ) -> Option<Quotient> {
        let scale = Decimal::from(10_i64.checked_pow(power)?);
        let value = part.0.checked_mul(scale)?.checked_div(whole.0)?;
        let slack = (part.1 * scale + whole.1 * value).checked_div(whole.0)?;
        Some(Quotient { value, slack })
    }

    /// The same in another unit: `by` of it are one of this.
    pub(super) fn times(self, by: Decimal) -> Quotient {
        Quotient { value: self.value * by, slack: self.slack * by }
    }

    /// Whether a figure is it, rounded or cut off to the digits that are written.
    pub(super) fn agrees(&self, stated: &Exact) -> bool {
        let step = Decimal::new(1, stated.amount.decimals);
        self.within(coefficient(stated), step)
    }

    /// The same for a number written in steps.
    fn within(&self, stated: Decimal, step: Decimal) -> bool {
        let off = self.value - stated;
        let rounded = off.abs() <= step / Decimal::TWO + self.slack;
        rounded || !off.is_sign_negative() && off < step + self.slack
    }

    /// Whether a figure is nearer than half a per cent of itself: round numbers stand for what is near them.
    pub(super) fn is_near(&self, stated: &Exact) -> bool {
        let off = (self.value - coefficient(stated)).abs();
        off <= self.value.abs() * Decimal::new(5, 3) + self.slack
    }

    /// It in digits, one more than the figure has.
    pub(super) fn shown(&self, stated: &Exact) -> String {
        plain(half_up(self.value, stated.amount.decimals.max(1)))
    }
}

/// The number as it is written, in its own scale.
fn coefficient(stated: &Exact) -> Decimal {
    stated.value().checked_div(stated.amount.unit.scale.factor()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(part: i64, whole: i64, stated: Decimal, step: Decimal) -> bool {
        let exact = |number: i64| (Decimal::from(number), Decimal::ZERO);
        Quotient::between(exact(part), exact(whole), 2).unwrap().within(stated, step)
    }

    #[test]
    fn the_printed_digits_decide() {
        let tenth = Decimal::new(1, 1);
        assert!(near(45, 48, Decimal::new(938, 1), tenth), "rounded");
        assert!(near(45, 48, Decimal::new(937, 1), tenth), "cut off");
        assert!(!near(45, 48, Decimal::new(939, 1), tenth));
        assert!(near(45, 48, Decimal::from(94), Decimal::ONE));
        assert!(!near(45, 48, Decimal::from(95), Decimal::ONE));
    }
}
