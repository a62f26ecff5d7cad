//! 数字用法 (GB/T 15835-2011; practice).

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[];
