//! The time that a serial number tells.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Time;

/// Thousandths of a second of a day.
const DAY: i64 = 86_400_000;

/// A time as a serial number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub days: i64,
    /// Of a second, since midnight.
    pub thousandths: i64,
}

impl Moment {
    /// The time of a serial number, to the thousandth of a second: what is finer is the noise of binary fractions. A
    /// time of day stays on its day, also in its last second.
    pub fn of(serial: Decimal) -> Option<Moment> {
        let thousandths = serial.fract().checked_mul(DAY.into())?.round().to_i64()?;
        let days = serial.trunc().to_i64()?.checked_add(thousandths / DAY)?;
        (thousandths >= 0 && days >= 0).then_some(Moment { days, thousandths: thousandths % DAY })
    }

    /// Seconds since midnight.
    pub fn seconds(self) -> i64 {
        self.thousandths / 1000
    }

    /// The time of day.
    pub fn time(self) -> Option<Time> {
        let part = |number: i64| u8::try_from(number % 60).ok();
        let seconds = self.seconds();
        Some(Time { hour: part(seconds / 3600)?, minute: part(seconds / 60)?, second: Some(part(seconds)?) })
    }
}
