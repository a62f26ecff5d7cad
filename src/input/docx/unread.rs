//! What a file holds besides the words that were read: counted, named, and said with its place.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Level};

/// What was not read, or not where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Formula,
    Picture,
    Shape,
    Chart,
    Diagram,
    Lettering,
    Object,
    Embedded,
    Symbol,
    Private,
    Hidden,
    Raised,
    Counted,
    Deep,
    Unknown,
    Small,
    Struck,
    Field,
    Box,
    Nested,
    Number,
    Reading,
    Contents,
    Header,
    Footer,
    Comment,
    Placeholder,
}

/// How a kind is counted and named, and whether words or figures may be lost with it.
fn name(kind: Kind) -> (&'static str, bool) {
    match kind {
        Kind::Formula => ("处公式对象", true),
        Kind::Picture => ("张图片", true),
        Kind::Shape => ("个图形", true),
        Kind::Chart => ("个图表", true),
        Kind::Diagram => ("个 SmartArt 图示", true),
        Kind::Lettering => ("处艺术字", true),
        Kind::Object => ("个嵌入的对象", true),
        Kind::Embedded => ("个嵌入的文件", true),
        Kind::Symbol => ("个认不出的符号", true),
        Kind::Private => ("个字库以外的字", true),
        Kind::Hidden => ("处隐藏文字", true),
        Kind::Raised => ("处数字右上角的小号数字", true),
        Kind::Counted => ("个自动编号", true),
        Kind::Deep => ("处嵌套过深的内容", true),
        Kind::Unknown => ("处认不出的内容", true),
        Kind::Small => ("处上标或下标", false),
        Kind::Struck => ("处加了删除线的文字", false),
        Kind::Field => ("个没有结尾的域", false),
        Kind::Box => ("个文本框", false),
        Kind::Nested => ("个表中表", false),
        Kind::Number => ("个没有文字的编号", false),
        Kind::Reading => ("处注音", false),
        Kind::Contents => ("行目录", false),
        Kind::Header => ("处页眉", false),
        Kind::Footer => ("处页脚", false),
        Kind::Comment => ("条批注", false),
        Kind::Placeholder => ("处没有填的提示文字", false),
    }
}

/// What became of a kind that is no loss.
fn became(kind: Kind) -> &'static str {
    match kind {
        Kind::Box => "放在所在的段落后面读",
        Kind::Nested => "逐格成段读进所在的格子",
        Kind::Placeholder | Kind::Struck => "照原样读",
        Kind::Small => "按平常的字读",
        Kind::Field => "按平常的文字读",
        _ => "没有读进正文",
    }
}

/// One thing that is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    pub kind: Kind,
    /// Its words, where it has any.
    pub words: String,
    /// The block at which it stands, from 0.
    pub block: Option<usize>,
}

/// Most characters of words that are quoted.
const QUOTED: usize = 12;
/// Most places and quotations that are named.
const NAMED: usize = 5;
/// The same of what somebody remarked in the file, who wants it to be read.
const REMARK: usize = 120;
const REMARKS: usize = 30;

impl Unread {
    pub fn new(kind: Kind, words: impl Into<String>) -> Unread {
        Unread { kind, words: words.into(), block: None }
    }
}

/// What is said of all of it: what may be missed first, then what only stands elsewhere.
pub(super) fn remarks(all: &[Unread], shown: &str) -> Vec<Diagnostic> {
    let (lost, kept): (Vec<&Unread>, Vec<&Unread>) = all.iter().partition(|one| name(one.kind).1);
    let mut remarks = Vec::new();
    if !lost.is_empty() {
        let message = format!("“{shown}”里有{}没有读{}", counted(&lost), places(&lost));
        remarks.push(
            Diagnostic::warning("not-read", message).hint("请打开原文核对；正文要用的内容，请补写成文字"),
        );
    }
    for kind in kept.iter().map(|one| one.kind).collect::<BTreeSet<Kind>>() {
        let of_kind: Vec<&Unread> = kept.iter().filter(|one| one.kind == kind).copied().collect();
        let message = format!("“{shown}”里的{}{}{}", counted(&of_kind), became(kind), places(&of_kind));
        remarks.push(Diagnostic::new("read-apart", Level::Hint, message));
    }
    remarks
}

/// What is said of a file in which nothing can be read.
pub(super) fn nothing_else(all: &[Unread], shown: &str) -> Diagnostic {
    let all: Vec<&Unread> = all.iter().collect();
    let message = format!("“{shown}”里没有能读的文字，只有{}", counted(&all));
    Diagnostic::error("no-text", message).hint("请打开原文核对是不是选错了文件；要用的内容请先写成正文")
}

/// `1处公式对象、2个图形（“…”）`.
fn counted(all: &[&Unread]) -> String {
    let kinds: BTreeSet<Kind> = all.iter().map(|one| one.kind).collect();
    let kind = |kind: Kind| {
        let of_kind: Vec<&&Unread> = all.iter().filter(|one| one.kind == kind).collect();
        let words: Vec<String> = of_kind
            .iter()
            .map(|one| one.words.trim())
            .filter(|words| !words.is_empty())
            .take(if kind == Kind::Comment { REMARKS } else { NAMED })
            .map(|words| quoted(words, if kind == Kind::Comment { REMARK } else { QUOTED }))
            .collect();
        let words = if words.is_empty() { String::new() } else { format!("（{}）", words.join("、")) };
        format!("{}{}{words}", of_kind.len(), name(kind).0)
    };
    kinds.into_iter().map(kind).collect::<Vec<_>>().join("、")
}

fn quoted(words: &str, most: usize) -> String {
    let first: String = words.chars().map(|c| if c == '\n' { ' ' } else { c }).take(most).collect();
    format!("“{first}{}”", if words.chars().count() > most { "…" } else { "" })
}

/// `，请看第3段、第5段`.
fn places(all: &[&Unread]) -> String {
    let places: BTreeSet<usize> = all.iter().filter_map(|one| one.block).collect();
    let named: Vec<String> = places.iter().take(NAMED).map(|block| format!("第{}段", block + 1)).collect();
    match (named.is_empty(), places.len() > NAMED) {
        (true, _) => String::new(),
        (false, more) => format!("，请看{}{}", named.join("、"), if more { "等处" } else { "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_said_first_with_its_places() {
        let at = |kind, words: &str, block| Unread { block: Some(block), ..Unread::new(kind, words) };
        let all = [
            at(Kind::Shape, "", 4),
            at(Kind::Formula, "", 2),
            at(Kind::Shape, "", 2),
            Unread::new(Kind::Header, "云溪镇人民政府二〇二四年工作总结"),
        ];
        let said: Vec<String> = remarks(&all, "a.docx").into_iter().map(|one| one.message).collect();
        let wanted = [
            "“a.docx”里有1处公式对象、2个图形没有读，请看第3段、第5段",
            "“a.docx”里的1处页眉（“云溪镇人民政府二〇二四年…”）没有读进正文",
        ];
        assert_eq!(said, wanted);
    }
}
