//! 数字用法 (GB/T 15835-2011; practice).

mod about;
mod agreement;
mod approx_han;
mod arabic;
mod cells;
mod change;
mod compound;
mod date;
mod date_order;
mod dates;
mod day;
mod decade;
mod decimal0;
mod dup;
mod event;
mod growth;
mod han;
mod ji;
mod kinds;
mod later;
mod liang;
mod list_count;
mod mean;
mod mixed;
mod multi;
mod names;
mod parts;
mod point;
mod point_ge;
mod precise_approx;
mod quotient;
mod range_order;
mod range_unit;
mod rank;
mod rate;
mod rate_range;
mod reading;
mod rough;
mod same;
mod share;
mod slip;
mod structure;
mod table;
mod table_said;
mod thousand;
mod thousand_wide;
mod to_le;
mod told;
mod total;
mod twice;
mod unit_cn;
mod unit_fit;
mod unit_mix;
mod unit_old;
mod wan_zero;
mod year;
mod year_digits;
mod year_left;
mod year_short;
mod years;
mod yu_pos;

use crate::check::Rule;

rules![
    arabic,
    same,
    mixed,
    approx_han,
    ji,
    dup,
    precise_approx,
    yu_pos,
    multi,
    to_le,
    point,
    point_ge,
    range_unit,
    range_order,
    year,
    year_short,
    year_digits,
    year_left,
    date,
    day,
    date_order,
    later,
    decade,
    decimal0,
    slip,
    thousand,
    thousand_wide,
    unit_mix,
    unit_cn,
    unit_fit,
    unit_old,
    wan_zero,
    rank,
    event,
    liang,
    list_count,
    total,
    table,
    table_said,
    twice,
    share,
    rate,
    mean,
    growth,
    structure,
    rate_range
];
