//! What the rules on blanks share: where a line is a row, a form or columns.

use std::ops::Range;

use super::super::punctuation::marks::is_blank;
use crate::check::{LineKind, ProseLine, after, before};
use crate::zh::pattern::Pattern;

/// Whether a line is a row of cells with tabs between them.
pub(super) fn is_row(text: &str) -> bool {
    match text.matches('\t').count() {
        0 => false,
        1 => !text.trim().is_empty() && text.trim().contains('\t') && !text.contains(['。', '，', '；']),
        _ => text.trim().contains('\t'),
    }
}

/// Whether a line has columns that only blanks part: a table that lost its form.
fn is_columns(text: &str) -> bool {
    !text.contains(['，', '。', '；', '？', '！', ',']) && blanks(text).count() > 4
}

/// Runs of blanks within a text, not at its ends.
pub(super) fn blanks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let body = text.trim();
    let start = text.len() - text.trim_start().len();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + body[from..].find(is_blank)?;
        let rest = &body[at..];
        from = at + rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
        Some(start + at..start + from)
    })
}

/// The head of a line that a blank may follow: 第一章, 表1, and 一 which is another rule's.
static HEAD: Pattern = Pattern::new(
    "^[ 　]*(?:[一二三四五六七八九十]{1,3}\
         |第[一二三四五六七八九十百0-9]{1,4}(?:章|节|条|部分|编|篇|款|讲|期|版)\
         |(?:附?[表图件]|附件)[ ]?[0-9一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,2})?|（续表?）|附件?)$",
);
/// A number that a wide blank parts from its words: 1　户籍人口, 2.1　产业.
static COUNT: Pattern = Pattern::new("^[ 　]*[0-9]{1,3}(?:[.．][0-9]{1,2}){0,3}$");
/// A label with its colon, which begins an entry of a form if one came before it.
static LABEL: Pattern = Pattern::new("^\\p{Han}{1,8}[：:]");
static ITEM: Pattern = Pattern::new(
    "^(?:[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.．、][^0-9]|（[一二三四五六七八九十0-9]{1,2}）)",
);
const BODY: &str = "\\p{Han}{2,}(?:委员会|人民政府|办公室|局|政府|中心|公司|小组|部|院|会|所|站)";
const POST: &str = "(?:长|书记|主任|主席|委员|代表|经理|负责人|报告人)";
const NAME: &str = "(?:\\p{Han}{1,2}[ 　]*\\p{Han}{1,2}|[XＸ×*]{1,3})";
const DATE: &str = "[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?";
/// A post and a name, or several bodies and a date, on a line of their own.
static SIGNED: [Pattern; 2] = [
    Pattern::made(|| format!("^[ 　]*[^，。；：、0-9]{{0,16}}{POST}[ 　]+{NAME}[ 　]*(?:（[^（）]*）)?$")),
    Pattern::made(|| format!("^[ 　]*(?:{BODY}[ 　]+)+(?:{BODY}|{DATE})$")),
];

/// Whether blanks in a line have a place of their own and are no slip.
pub(super) fn is_form(line: &ProseLine, text: &str) -> bool {
    matches!(line.kind, LineKind::Byline | LineKind::Signature)
        || is_row(text)
        || is_columns(text)
        || SIGNED.iter().any(|signed| signed.is_match(text))
}

/// Whether a run of blanks parts a head from its words or one entry of a form from the next, or is a date to
/// be filled in.
pub(super) fn parts(text: &str, gap: &Range<usize>) -> bool {
    let (left, right) = (&text[..gap.start], &text[gap.end..]);
    let date = matches!(
        (before(text, gap.start), after(text, gap.end)),
        (Some('年'), Some('月')) | (Some('月'), Some('日'))
    );
    let counted = COUNT.is_match(left) && text[gap.clone()].chars().all(|c| c == '\u{3000}');
    date || counted
        || HEAD.is_match(left)
        || ITEM.is_match(right)
        || left.contains(['：', ':']) && LABEL.is_match(right)
}
