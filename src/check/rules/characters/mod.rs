//! 字符、空格和全角半角 (GB/T 15835-2011; practice).

mod blanks;
mod chr_alike;
mod chr_compat;
mod chr_fulllatin;
mod chr_fullnum;
mod chr_markdown;
mod chr_o0;
mod chr_percent;
mod chr_trad;
mod chr_typo;
mod chr_variant;
mod chr_zero;
pub(super) mod lexicon;
mod misspelt;
mod spc_han;
mod spc_pad;
mod spc_punct;
mod spc_tail;
mod width;

use crate::check::Rule;

rules![
    spc_han,
    spc_punct,
    spc_pad,
    spc_tail,
    chr_fullnum,
    chr_fulllatin,
    chr_percent,
    chr_zero,
    chr_o0,
    chr_compat,
    chr_markdown,
    chr_trad,
    chr_typo,
    chr_alike,
    chr_variant
];
