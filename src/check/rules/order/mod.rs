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

rules![level, mark1, mark3, paren, di, yishi, run, mix, single, count, head_end, depth];
