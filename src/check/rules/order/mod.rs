//! 结构层次序数 (GB/T 9704-2012, 7.3.3; GB/T 15834-2011, 附录B.3).

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[];
