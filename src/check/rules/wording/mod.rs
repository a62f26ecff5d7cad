//! 文种、格式用语和提法 (党政机关公文处理工作条例; practice).

mod abbr;
mod att;
mod close;
mod date_ctx;
mod entry;
mod genre;
mod jinnian;
mod members;
mod qingshi;
mod redund;
mod stack;
mod term;
mod title_len;

pub use term::Terms;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[
    qingshi::RULE,
    stack::RULE,
    redund::RULE,
    close::RULE,
    title_len::RULE,
    att::RULE,
    abbr::RULE,
    date_ctx::RULE,
    jinnian::RULE,
    term::RULE,
];
