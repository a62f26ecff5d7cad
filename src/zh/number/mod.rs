//! Numbers as they are written in Chinese reports, and the exact amounts they mean.
//!
//! An [`Amount`] is a value in its base unit (元, not 万元) with what is known beside it. It is read once, where a
//! text comes in, and becomes text again only where it is printed.

mod amount;
mod approx;
mod family;
pub(in crate::zh) mod fold;
mod grouping;
mod implied;
pub mod numeral;
pub mod reading;
mod scale;
mod unit;
mod write;

pub use amount::{Amount, Mismatch, QUOTIENT_DECIMALS, natural_scale, needed_decimals};
pub use approx::{Approx, Bound};
pub use family::are_kin;
pub use grouping::ungrouped;
pub use scale::{Scale, half_up, held, shift};
pub use unit::Unit;
pub use write::{format, format_exact, plain};
