//! A template as it is written, not rendered: what its author typed, and the tags between.

use std::ops::Range;
use std::sync::Arc;

use super::guard::{Tag, tags};
use crate::diag::Source;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePiece {
    /// Words that its author typed.
    Words(Range<usize>),
    /// A tag; what stands between its braces.
    Tag(Range<usize>),
    /// A comment.
    Comment(Range<usize>),
}

/// One template file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateText {
    /// Its text.
    pub source: Arc<Source>,
    /// Its pieces in order.
    pub pieces: Vec<TemplatePiece>,
}

/// Takes a template apart.
pub(super) fn written(source: &Arc<Source>) -> TemplateText {
    let text = &source.text;
    let mut pieces = Vec::new();
    let mut at = 0;
    for tag in tags(text) {
        let Tag::Whole(span) = tag else { continue };
        if at < span.start {
            pieces.push(TemplatePiece::Words(at..span.start));
        }
        let inner = &text[span.clone()];
        let braces = inner.len() - inner.trim_start_matches('{').len();
        let trimmed = inner.trim_matches(['{', '}']);
        let inside = span.start + braces..span.start + braces + trimmed.len();
        pieces.push(if trimmed.starts_with('!') {
            TemplatePiece::Comment(inside)
        } else {
            TemplatePiece::Tag(inside)
        });
        at = span.end;
    }
    if at < text.len() {
        pieces.push(TemplatePiece::Words(at..text.len()));
    }
    TemplateText { source: Arc::clone(source), pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tags_and_comments_are_told_apart() {
        let source = Arc::new(Source::new("a", "{{!-- 注 --}}共{{#近 3}}{{会议}}次{{/近}}。"));
        let written = written(&source);
        let shown: Vec<String> = written
            .pieces
            .iter()
            .map(|piece| match piece {
                TemplatePiece::Words(span) => format!("词{}", &source.text[span.clone()]),
                TemplatePiece::Tag(span) => format!("标{}", &source.text[span.clone()]),
                TemplatePiece::Comment(_) => "注".to_owned(),
            })
            .collect();
        assert_eq!(shown, ["注", "词共", "标#近 3", "标会议", "词次", "标/近", "词。"]);
    }
}
