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
mod list;
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

rules![
    half, paren, quote, qnest, pair, book, dun_quote, dun_num, dun_long, dun_and, dun_deng, etc_dot,
    ellipsis, dash, range, repeat, bang, end, colon2, semi, slash, middot, bracket_no, title_end, quote_end,
    list
];
