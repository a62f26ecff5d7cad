//! One value is one line: what is refused in it, and remarks over several lines made one.

use super::prescan;
use crate::diag::Diagnostic;

/// What keeps a text from being a value.
///
/// # Errors
/// It has a line break, a tab, or a character that nobody sees.
pub(super) fn judge(text: &str) -> Result<(), Diagnostic> {
    characters(text)?;
    if text.contains(['\n', '\r']) {
        return Err(several());
    }
    match text.contains('\t') {
        true => Err(Diagnostic::error("tab", "这个值里有制表符（Tab）")
            .hint("是两项内容的，请分成两处写；只是要空开的，请改用空格")),
        false => Ok(()),
    }
}

/// Refuses what no text of a project may hold, as the raw text is judged.
///
/// # Errors
/// It holds such a character.
pub(super) fn characters(text: &str) -> Result<(), Diagnostic> {
    match text.chars().find_map(prescan::refused) {
        Some(message) => {
            Err(Diagnostic::error("bad-character", message).hint("请删去这个字符，重新输入这一处"))
        }
        None => Ok(()),
    }
}

/// A value over several lines.
pub(super) fn several() -> Diagnostic {
    Diagnostic::error("several-lines", "这个值分了几行，一个值只写一行").hint(
        "请写在同一行；是几个名称的，请写成名单 [甲, 乙]；确是几段话的，请在“指标.yaml”里给它加上“多段: 是”",
    )
}

/// A remark in one line: with a blank only between Latin letters or digits.
pub(super) fn joined(lines: &[&str]) -> String {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut joined = String::new();
    for line in lines {
        if latin(joined.chars().next_back()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined.replace('\t', " ")
}
