//! 标点 (GB/T 15834-2011).

mod half;

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[half::RULE];
