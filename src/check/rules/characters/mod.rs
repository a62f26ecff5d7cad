//! 字符、空格和全角半角 (GB/T 15835-2011; practice).

mod blanks;
mod chr_compat;
mod chr_fulllatin;
mod chr_fullnum;
mod chr_o0;
mod chr_percent;
mod chr_trad;
mod chr_zero;
mod spc_han;
mod spc_pad;
mod spc_punct;
mod spc_tail;
mod width;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[
    spc_han::RULE,
    spc_punct::RULE,
    spc_pad::RULE,
    spc_tail::RULE,
    chr_fullnum::RULE,
    chr_fulllatin::RULE,
    chr_percent::RULE,
    chr_zero::RULE,
    chr_o0::RULE,
    chr_compat::RULE,
    chr_trad::RULE,
];
