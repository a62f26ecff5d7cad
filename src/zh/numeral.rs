//! Chinese numerals.
