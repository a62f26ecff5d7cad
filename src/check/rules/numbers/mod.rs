//! 数字用法 (GB/T 15835-2011; practice).

mod agreement;
mod approx_han;
mod arabic;
mod change;
mod compound;
mod date;
mod decade;
mod decimal0;
mod dup;
mod event;
mod han;
mod ji;
mod liang;
mod mixed;
mod multi;
mod parts;
mod point;
mod point_ge;
mod precise_approx;
mod range_order;
mod range_unit;
mod rank;
mod rate_range;
mod reading;
mod rough;
mod same;
mod share;
mod thousand;
mod thousand_wide;
mod to_le;
mod total;
mod unit_cn;
mod unit_mix;
mod unit_old;
mod wan_zero;
mod year;
mod year_short;
mod years;
mod yu_pos;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[
    arabic::RULE,
    same::RULE,
    mixed::RULE,
    approx_han::RULE,
    ji::RULE,
    dup::RULE,
    precise_approx::RULE,
    yu_pos::RULE,
    multi::RULE,
    to_le::RULE,
    point::RULE,
    point_ge::RULE,
    range_unit::RULE,
    range_order::RULE,
    year::RULE,
    year_short::RULE,
    date::RULE,
    decade::RULE,
    decimal0::RULE,
    thousand::RULE,
    thousand_wide::RULE,
    unit_mix::RULE,
    unit_cn::RULE,
    unit_old::RULE,
    wan_zero::RULE,
    rank::RULE,
    event::RULE,
    liang::RULE,
    total::RULE,
    share::RULE,
    rate_range::RULE,
];
