//! 文种、格式用语和提法 (党政机关公文处理工作条例; practice).

use crate::check::Rule;

/// The rules of this group.
pub(super) const RULES: &[Rule] = &[];
