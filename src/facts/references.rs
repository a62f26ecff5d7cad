//! Where the registry speaks of an indicator: in 公式, 不超过, 等于 and 属于 of others.

use std::ops::Range;
use std::sync::Arc;

use super::tree::{self, Node, NodeKind};
use crate::diag::{Problems, Source};

/// Fields that name other indicators.
const FIELDS: [&str; 4] = ["公式", "不超过", "等于", "属于"];

/// The registry with every mention of an indicator, or of a column of it, under its new path. The entry of
/// the indicator itself stays as it is.
///
/// # Errors
/// The registry has errors.
pub fn renamed(registry: &str, from: &str, to: &str) -> Result<String, Problems> {
    let root = tree::parse(&Arc::new(Source::new("facts/指标.yaml", registry)))?;
    let mut spans = Vec::new();
    mentions(&root, false, from, &mut spans);
    let mut text = registry.to_owned();
    spans.sort_by_key(|span| std::cmp::Reverse(span.start));
    for span in spans {
        text.replace_range(span, to);
    }
    Ok(text)
}

/// Bytes that spell the path; the tree is no deeper than its reader allows.
fn mentions(node: &Node, named: bool, path: &str, spans: &mut Vec<Range<usize>>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar { text, .. } => {
            let rest = text.strip_prefix(path).filter(|_| named);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                // Quotes stand around the words.
                let quote = node.span.len().saturating_sub(text.len()) / 2;
                let start = node.span.start + quote;
                spans.push(start..start + path.len());
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| mentions(item, named, path, spans)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                mentions(value, named || FIELDS.contains(&key.text.as_str()), path, spans);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mentions_of_the_very_indicator_change() {
        let registry = "甲.会议: {类型: 时期, 单位: 次, 口径: 甲.会议}\n甲.会议数: {类型: 时期, 单位: 次, 不超过: '甲.会议'}\n\
            总: {类型: 时期, 单位: 次, 公式: {相加: [甲.会议, 甲.会议数]}, 等于: {合计: 甲.会议.列}}\n";
        let wanted = "甲.会议: {类型: 时期, 单位: 次, 口径: 甲.会议}\n甲.会议数: {类型: 时期, 单位: 次, 不超过: '乙.开会'}\n\
            总: {类型: 时期, 单位: 次, 公式: {相加: [乙.开会, 甲.会议数]}, 等于: {合计: 乙.开会.列}}\n";
        assert_eq!(renamed(registry, "甲.会议", "乙.开会").unwrap(), wanted);
    }
}
