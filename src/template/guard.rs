//! What a template must not contain, found in its raw text before Handlebars sees it.
//!
//! The engine takes every character above U+0080 for part of a name, so `单位＝"名"` would be
//! dropped in silence and `｛｛x｝｝` printed as it stands; and deep nesting overflows its stack.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Source};
use crate::marked::is_foreign;

/// Largest template, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// Deepest nesting of blocks, and of brackets in one tag.
const MAX_DEPTH: usize = 64;

/// Every problem in the raw text.
pub(super) fn inspect(source: &Arc<Source>) -> Vec<Diagnostic> {
    if source.text.len() > LARGEST {
        let message = format!("模板“{}”太大（超过256KB）", source.name);
        return vec![Diagnostic::error("template-too-large", message).hint("请把它拆成几个模板或片段")];
    }
    let mut problems = characters(source);
    let mut depth = Depth::default();
    for tag in tags(&source.text) {
        match tag {
            Tag::Open(at) => problems.push(unclosed(source, at)),
            Tag::Whole(span) => {
                problems.extend(inside(source, span.clone()));
                problems.extend(depth.follow(source, span));
            }
        }
    }
    problems
}

fn characters(source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (at, c) in source.text.char_indices() {
        let place = || Place::new(source, at..at + c.len_utf8());
        let alone = c == '\r' && !source.text[at + 1..].starts_with('\n');
        if is_foreign(c) || alone {
            problems.push(
                Diagnostic::error(
                    "forbidden-character",
                    format!("模板里有不能使用的字符 U+{:04X}", u32::from(c)),
                )
                .at(&place())
                .hint("请删掉这个字符（常从别处复制而来，看不见）"),
            );
        } else if matches!(c, '｛' | '｝') && source.text[at + c.len_utf8()..].starts_with(c) {
            problems.push(
                Diagnostic::error("full-width-braces", "全角的花括号不会被当作标签")
                    .at(&place())
                    .label("全角")
                    .hint("请改用英文输入法的 {{ 和 }}"),
            );
        }
    }
    problems
}

pub(super) enum Tag {
    /// `{{` without `}}`.
    Open(usize),
    /// From `{{` to `}}`.
    Whole(Range<usize>),
}

/// The tags of a template.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        if is_escaped(&text[..start]) {
            at = start + 2;
            continue;
        }
        let close = if text[start..].starts_with("{{!--") { "--}}" } else { "}}" };
        match text[start..].find(close) {
            Some(length) => {
                at = start + length + close.len();
                tags.push(Tag::Whole(start..at));
            }
            None => {
                tags.push(Tag::Open(start));
                return tags;
            }
        }
    }
    tags
}

/// Whether braces behind this text are meant as they stand: one backslash says so, several are words.
pub(super) fn is_escaped(before: &str) -> bool {
    before.ends_with('\\') && !before.ends_with("\\\\")
}

fn unclosed(source: &Arc<Source>, at: usize) -> Diagnostic {
    Diagnostic::error("tag-not-closed", "标签没有写完，缺 }}")
        .at(&Place::new(source, at..at + 2))
        .label("从这里开始")
        .hint("请在标签末尾补上 }}")
}

/// Full-width marks inside a tag, outside quoted words.
fn inside(source: &Arc<Source>, span: Range<usize>) -> Vec<Diagnostic> {
    let tag = &source.text[span.clone()];
    if tag.starts_with("{{!") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let (mut quoted, mut brackets) = (None, 0usize);
    for (offset, c) in tag.char_indices() {
        match (quoted, c) {
            (Some(mark), c) if c == mark => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(c),
            (None, '(') => brackets += 1,
            (None, ')') => brackets = brackets.saturating_sub(1),
            (None, c) => problems.extend(full_width(source, span.start + offset, c)),
        }
        if brackets > MAX_DEPTH {
            problems.push(too_deep(source, span.start + offset));
            return problems;
        }
    }
    problems
}

fn full_width(source: &Arc<Source>, at: usize, c: char) -> Option<Diagnostic> {
    let half = match c {
        '＝' => "=",
        '，' | '　' | '、' => "空格",
        '“' | '”' | '＂' => "\"",
        '（' => "(",
        '）' => ")",
        '：' | '。' => "英文的 .",
        '＃' => "#",
        '／' => "/",
        '０'..='９' => "半角数字",
        _ => return None,
    };
    let place = Place::new(source, at..at + c.len_utf8());
    let name = if c == '　' { "空格".to_owned() } else { format!("“{c}”") };
    Some(
        Diagnostic::error("full-width-in-tag", format!("标签里用了全角的{name}"))
            .at(&place)
            .label("全角")
            .hint(format!("标签里请用半角：改成 {half}")),
    )
}

fn too_deep(source: &Arc<Source>, at: usize) -> Diagnostic {
    Diagnostic::error("nested-too-deep", format!("嵌套超过{MAX_DEPTH}层"))
        .at(&Place::new(source, at..at + 1))
        .hint("请检查块是否都有结尾，例如 {{#近 3}} 对应 {{/近}}")
}

#[derive(Default)]
struct Depth {
    now: usize,
    reported: bool,
}

impl Depth {
    fn follow(&mut self, source: &Arc<Source>, span: Range<usize>) -> Option<Diagnostic> {
        let tag = source.text[span.clone()].trim_start_matches(['{', '~', ' ']);
        if tag.starts_with('#') {
            self.now += 1;
        } else if tag.starts_with('/') {
            self.now = self.now.saturating_sub(1);
        }
        let first = self.now > MAX_DEPTH && !self.reported;
        self.reported |= first;
        first.then(|| too_deep(source, span.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<(&'static str, usize)> {
        let source = Arc::new(Source::new("t.hbs", text));
        inspect(&source).iter().map(|p| (p.rule, p.place.as_ref().map_or(0, Place::column))).collect()
    }

    #[test]
    fn full_width_marks_are_found_in_tags_and_left_alone_outside() {
        assert_eq!(rules("共{{数 会议 单位＝\"名\"}}，好。"), [("full-width-in-tag", 11)]);
        assert_eq!(rules("共{{会议，次}}"), [("full-width-in-tag", 6)]);
        assert_eq!(rules("共｛｛会议｝｝"), [("full-width-braces", 2), ("full-width-braces", 6)]);
        assert_eq!(rules("{{列举 甲 末=\"，\"}}（好）{{!-- （注）--}}"), []);
    }

    #[test]
    fn depth_and_open_tags_are_refused_before_they_hurt() {
        let deep = "{{#if a}}".repeat(5000);
        assert_eq!(rules(&deep), [("nested-too-deep", 9 * 64 + 1)]);
        assert_eq!(rules("甲{{乙"), [("tag-not-closed", 2)]);
        assert_eq!(rules(&format!("{{{{a {}", "(".repeat(100))), [("tag-not-closed", 1)]);
        assert_eq!(rules("a\u{E000}b"), [("forbidden-character", 2)]);
    }
}
