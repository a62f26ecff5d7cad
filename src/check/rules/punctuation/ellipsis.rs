//! The form of an ellipsis.

use super::super::prelude::*;
use super::marks::{foreign, has_han, place};

/// GB/T 15834-2011, 4.11.2: six dots in two squares.
pub(super) const RULE: Rule = Rule::prose("pun-ellipsis", Level::Error, run);

static DOTS: Pattern = Pattern::new(r"[.．…⋯]{2,}|[…⋯]|。{3,}|[·・]{3,}");
/// A row of a table of contents: words, dots, the number of a page.
static CONTENTS: Pattern = Pattern::new(r"(?:\.{4,}|…{2,}|·{4,})[\s　]*[0-9]{1,3}[\s　]*$");
static ETC_BEHIND: Pattern = Pattern::new("^[ 　]?等(?:[^级候待]|$)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut dots = DOTS.find_iter(text).filter(|dots| dots.as_str() != "……").peekable();
        if dots.peek().is_none() || !has_han(text) || CONTENTS.is_match(text) {
            continue;
        }
        let foreign = foreign(text);
        for dots in dots {
            let etc = before(text, dots.start()) == Some('等') || ETC_BEHIND.is_match(&text[dots.end()..]);
            let english = before(text, dots.start()).is_some_and(|c| c.is_ascii_alphabetic())
                && text[dots.end()..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
            let inside = foreign.iter().any(|range| range.contains(&dots.start()));
            if etc || english || inside {
                continue;
            }
            let span = place(line, &dots.range());
            let message = format!("省略号写成了“{}”", dots.as_str());
            if dots.as_str() == ".." {
                found.at(&prose.source, span, message, "是省略就写成“……”，是句子完了就写成“。”");
            } else {
                found.fix(&prose.source, span, "……", message, "请写成“……”（六个点，占两个字）");
            }
        }
    }
}
