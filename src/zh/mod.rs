//! Chinese as data: numerals, units, widths and the scanner that finds numbers in prose.
//!
//! A leaf: it uses no other module, does no I/O and holds no state.

pub mod encoding;
pub mod gap;
pub mod name;
pub mod number;
pub mod pattern;
pub mod private;
pub mod scan;
pub mod sounds;
pub mod title;
pub mod token;
pub mod unseen;
pub mod width;
