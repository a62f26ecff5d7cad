//! 标点 (GB/T 15834-2011).

mod bang;
mod book;
mod bracket_no;
mod colon2;
mod dash;
mod dun_and;
mod dun_deng;
mod dun_long;
mod dun_num;
mod dun_quote;
mod ellipsis;
mod end;
mod etc_dot;
mod half;
pub(super) mod marks;
mod middot;
mod pair;
mod paren;
mod qnest;
mod quote;
mod quote_end;
mod range;
mod repeat;
mod semi;
mod slash;
mod title_end;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[
    half::RULE,
    paren::RULE,
    quote::RULE,
    qnest::RULE,
    pair::RULE,
    book::RULE,
    dun_quote::RULE,
    dun_num::RULE,
    dun_long::RULE,
    dun_and::RULE,
    dun_deng::RULE,
    etc_dot::RULE,
    ellipsis::RULE,
    dash::RULE,
    range::RULE,
    repeat::RULE,
    bang::RULE,
    end::RULE,
    colon2::RULE,
    semi::RULE,
    slash::RULE,
    middot::RULE,
    bracket_no::RULE,
    title_end::RULE,
    quote_end::RULE,
];
