//! What nearly every rule names.

pub(super) use std::ops::Range;

pub(super) use regex::Captures;

pub(super) use crate::check::{Case, Findings, Prose, ProseLine, Rule, after, before, is_han};
pub(super) use crate::diag::Level;
pub(super) use crate::zh::pattern::Pattern;
