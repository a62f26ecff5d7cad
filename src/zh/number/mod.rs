//! Numbers as they are written in Chinese reports, and the exact amounts they mean.
//!
//! An [`Amount`] is a value in its base unit (元, not 万元) with what is known beside it. It is read once, where a
//! text comes in, and becomes text again only where it is printed.

mod amount;
mod approx;
mod beside;
mod family;
pub(in crate::zh) mod fold;
pub(in crate::zh) mod grammar;
pub(in crate::zh) mod grouping;
mod implied;
pub(in crate::zh) mod measure;
pub mod numeral;
mod prose;
mod reading;
mod scale;
mod strict;
#[cfg(test)]
mod tests;
mod unit;
mod write;
mod written;

pub use amount::{
    Amount, Mismatch, QUOTIENT_DECIMALS, RATE_DECIMALS, natural_scale, needed_decimals, opposite,
};
pub use approx::{Approx, Bound, is_near};
pub use beside::{WIDE, parting, read_on, reads_on};
pub use family::{are_kin, is_measured, points, whole};
pub use fold::half_width;
pub use grammar::{pattern, read};
pub use prose::number_of;
pub use reading::Reader;
pub use scale::{Scale, apart, half_up, held, shift, told};
pub use strict::completed;
pub use unit::Unit;
pub use write::{format, format_exact, is_round, padded, plain, with_word};
pub use written::{Form, Manner, Refused, Said, Why, Written};

use grouping::ungrouped;
