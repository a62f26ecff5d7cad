//! 结构层次序数 (GB/T 9704-2012, 7.3.3; GB/T 15834-2011, 附录B.3).
//!
//! `outline` reads the heads of a text, `marker` the order words inside it, `serial` says where a run
//! of numbers breaks.

mod count;
mod depth;
mod di;
mod head_end;
mod level;
mod mark1;
mod mark3;
mod marker;
mod mix;
mod outline;
mod paren;
mod run;
mod serial;
mod single;
mod yishi;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[
    level::RULE,
    mark1::RULE,
    mark3::RULE,
    paren::RULE,
    di::RULE,
    yishi::RULE,
    run::RULE,
    mix::RULE,
    single::RULE,
    count::RULE,
    head_end::RULE,
    depth::RULE,
];
