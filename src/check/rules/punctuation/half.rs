//! Half-width marks beside Han characters.

use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern;
use crate::check::{Findings, Prose, Rule, Run, is_han};
use crate::diag::Level;

/// GB/T 15834-2011, 4: the marks of Chinese take a whole square.
pub(super) const RULE: Rule =
    Rule { name: "pun-half", level: Level::Error, page: include_str!("half.md"), run: Run::Prose(run) };

static MARK: LazyLock<Regex> = LazyLock::new(|| pattern("[,;:!?.]"));

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for mark in MARK.find_iter(text) {
            let left = text[..mark.start()].chars().next_back();
            let right = text[mark.end()..].chars().next();
            let han = |c: Option<char>| c.is_some_and(is_han);
            let ends = mark.as_str() == "."
                && right.is_none()
                && left.is_some_and(|c| is_han(c) || "%”）".contains(c));
            if !ends
                && !(han(left) && (mark.as_str() != "." || right.is_none_or(is_han))
                    || han(left) && han(right))
            {
                continue;
            }
            let full = full(mark.as_str());
            let span = line.span.start + mark.start()..line.span.start + mark.end();
            found.fix(
                &prose.source,
                span,
                full,
                format!("中文里用了半角的“{}”", mark.as_str()),
                format!("请改成全角的“{full}”"),
            );
        }
    }
}

fn full(mark: &str) -> &'static str {
    match mark {
        "," => "，",
        ";" => "；",
        ":" => "：",
        "!" => "！",
        "?" => "？",
        _ => "。",
    }
}
