//! The proof of an edit: the text is read again and must say what the plain tree says.
//!
//! In a long list over several lines, rows that were not touched and do not stand beside a touched one are left
//! out on both sides: each was read before, stands in lines of its own, and is the same in any company.

use super::parse;
use super::plain::Plain;
use super::twin::Twin;

/// Whether the text reads back as meant.
pub(super) fn holds(twin: &Twin<'_>) -> bool {
    let mut text = String::new();
    let expected = twin.written.abridged(&twin.plain, &mut text);
    parse(&text).is_ok_and(|root| Plain::of(&root) == expected)
}
