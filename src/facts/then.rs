//! What a new year's file notes of the year before beside a blank: `# 上年：12次`. It goes when the value is there, or
//! when the next year begins; whatever people write in comments stays.

use super::value::Quantity;
use crate::zh::pattern::Pattern;

const BEGIN: &str = "# 上年：";
static ROWS: Pattern = Pattern::new("^# 上年有[0-9]+行；一行写一条：- \\{…\\}，确实没有就写 \\[\\]$");
static DATE: Pattern = Pattern::new("^[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?$");

/// The comment beside a value that is still to be filled in; `text` is last year's.
pub fn of_value(text: &str) -> String {
    format!("{BEGIN}{text}")
}

/// The comment beside a ledger that is still to be filled in.
pub fn of_rows(rows: usize) -> String {
    format!("# 上年有{rows}行；一行写一条：- {{…}}，确实没有就写 []")
}

/// The end of a line, from its last value on, without such comments; nothing where there is none.
pub(super) fn without(end: &str) -> Option<String> {
    let body = end.trim_end_matches(['\n', '\r']);
    let starts: Vec<usize> = body
        .match_indices('#')
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || body[..*at].ends_with([' ', '\t']))
        .collect();
    let first = *starts.first()?;
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let (ours, theirs): (Vec<&str>, Vec<&str>) = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| &body[*from..to])
        .partition(|comment| is_ours(comment.trim_end()));
    if ours.is_empty() {
        return None;
    }
    let kept = format!("{}{}", &body[..first], theirs.concat());
    Some(format!("{}{}", kept.trim_end_matches([' ', '\t']), &end[body.len()..]))
}

fn is_ours(comment: &str) -> bool {
    let said = |text: &str| Quantity::parse(text).is_ok() || DATE.is_match(text);
    comment.strip_prefix(BEGIN).is_some_and(said) || ROWS.is_match(comment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_program_wrote_goes() {
        for (end, left) in [
            ("  # 上年：12次\n", Some("\n")),
            ("  # 上年：近2万名 # 含视频会\n", Some("  # 含视频会\n")),
            ("  # 含视频会 # 上年：12次\r\n", Some("  # 含视频会\r\n")),
            (" # 上年：2个 # 上年：1个\n", Some("\n")),
            (":  # 上年有3行；一行写一条：- {…}，确实没有就写 []\n", Some(":\n")),
            (" # 上年：2024年4月18日\n", Some("\n")),
            ("  # 上年：12次，含视频会\n", None),
            ("  # 上年口径不同\n", None),
            ("  # 含视频会\n", None),
            ("\n", None),
        ] {
            assert_eq!(without(end).as_deref(), left, "{end}");
        }
        assert_eq!(without(&of_value("5个")).as_deref(), Some(""));
        assert_eq!(without(&of_rows(3)).as_deref(), Some(""));
    }
}
