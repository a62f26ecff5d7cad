//! The mark after 一 at the beginning of a heading.

use super::super::prelude::*;
use super::outline::head;
use crate::check::LineKind;

/// GB/T 15834-2011, B.3.2: a Chinese numeral without brackets is followed by 、.
pub(super) const RULE: Rule = Rule::prose("seq-mark1", Level::Error, run);

static BLANK: Pattern = Pattern::new("^[ 　*]*([一二三四五六七八九十]{1,3}[ 　]+)[\\p{Han}“《]");
/// No heading is longer.
const LONGEST: usize = 30;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (index, (line, text)) in prose.each().enumerate() {
        let head = head(index, line, text).filter(|head| head.level == 1).map(|head| head.span);
        let span = head.or_else(|| blank(line, text));
        let Some(span) = span.filter(|span| !text[span.clone()].ends_with('、')) else { continue };
        let wrong = text[span.clone()].trim_end();
        let number = wrong.trim_end_matches(|c: char| !crate::check::is_han(c) || c == '丶');
        let message = match wrong.strip_prefix(number) {
            Some(mark) if !mark.is_empty() => format!("序号“{number}”后面用了“{mark}”"),
            _ => format!("序号“{number}”后面没有顿号"),
        };
        let place = line.span.start + span.start..line.span.start + span.end;
        let hint = format!("汉字序号后面用顿号，请写成“{number}、”");
        found.fix(&prose.source, place, format!("{number}、"), message, hint);
    }
}

/// A short line without a full stop that begins with a numeral and a blank.
fn blank(line: &ProseLine, text: &str) -> Option<std::ops::Range<usize>> {
    let short = text.chars().count() <= LONGEST && !text.contains(['。', '，', '\t']);
    let heading = matches!(line.kind, LineKind::Title | LineKind::Paragraph) && short;
    let span = BLANK.captures(text).filter(|_| heading)?.get(1)?.range();
    let rest = &text[span.end..];
    let numeral = rest.starts_with(|c| "是要一二三四五六七八九十".contains(c));
    (!numeral).then_some(span)
}
