//! 公文各要素 (GB/T 9704-2012, 7.2–7.4, 10; 党政机关公文处理工作条例). A text without a head of a letter is none of
//! theirs.

mod annex;
mod copy_number;
mod copy_to;
mod date;
mod imprint;
mod mark;
mod one_to;
mod parts;
mod print_day;
mod secrecy;
mod signer;
mod urgency;

use crate::check::Rule;

rules![copy_number, secrecy, urgency, signer, mark, one_to, annex, date, copy_to, print_day, imprint];
