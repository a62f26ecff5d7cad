//! 文种、格式用语和提法 (党政机关公文处理工作条例; practice).

mod abbr;
mod again;
mod att;
mod att_ref;
mod basis;
mod close;
mod date_ctx;
mod entry;
mod genre;
mod jinnian;
mod leftover;
mod members;
mod missing;
mod private;
mod qingshi;
mod redund;
mod shipped;
mod stack;
mod term;
mod title_len;
mod twice;

pub use term::Terms;

use crate::check::Rule;

rules![
    qingshi, stack, redund, close, title_len, att, att_ref, abbr, date_ctx, jinnian, twice, again, missing,
    leftover, private, basis, term
];
