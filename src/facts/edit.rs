//! Changes one value of a fact file and keeps every other byte: comments, order, line ends.
//!
//! The result is read again and must hold exactly the new value, otherwise nothing is changed.

use std::ops::Range;
use std::sync::Arc;

use super::prescan;
use super::store::LONG_FORM;
use super::tree::{self, Kind, Node, Style};
use crate::diag::Source;

/// Why a value was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file itself has problems.
    #[error("文件本身有错误，请先改好再填数")]
    Broken,
    /// There is no such value.
    #[error("文件里没有“{0}”")]
    NotFound(String),
    /// The path names a group, a whole list or a text over several lines.
    #[error("“{0}”不是单个的值，不能这样改")]
    NotSingle(String),
    /// The new value cannot be written in one line.
    #[error("新的值里有换行或控制字符，不能写入")]
    BadValue,
    /// The edited text did not read back as meant.
    #[error("改动“{0}”以后读回的内容不对，没有改")]
    NotExact(String),
}

/// A change of a fact file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Change {
    Set { path: String, value: String },
    Field { path: String, field: String, value: String },
    Remove { path: String },
    Rename { path: String, to: String },
    List { path: String, items: Vec<String> },
    Cell { ledger: String, row: usize, column: String, value: String },
    InsertRow { ledger: String, at: usize, cells: Vec<(String, String)> },
    RemoveRow { ledger: String, row: usize },
    MoveRow { ledger: String, from: usize, to: usize },
    Rows { ledger: String, rows: Vec<Row> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Row {
    Keep(usize),
    New(Vec<(String, String)>),
}

/// Stand-in until all changes can be made.
pub fn apply(source: &str, changes: &[Change]) -> Result<String, EditError> {
    let mut text = source.to_owned();
    for change in changes {
        text = match change {
            Change::Set { path, value } => set(&text, path, value)?,
            Change::Cell { ledger, row, column, value } => {
                set(&text, &format!("{ledger}[{row}].{column}"), value)?
            }
            _ => return Err(EditError::BadValue),
        };
    }
    Ok(text)
}

/// One step of a path: a name, or a row counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step<'p> {
    Name(&'p str),
    Row(usize),
}

/// The source with the value at `path` replaced by `new`. A path is `宣传.会议`, `委员.界别[2]` or
/// `投资项目[2].投资`; rows count from 1. Setting the value that stands there changes nothing.
///
/// # Errors
/// See [`EditError`]; the source is then unchanged.
pub fn set(source: &str, path: &str, new: &str) -> Result<String, EditError> {
    let root = parse(source)?;
    let steps = steps(path).ok_or_else(|| EditError::NotFound(path.to_owned()))?;
    let node = find(&root, &steps).ok_or_else(|| EditError::NotFound(path.to_owned()))?;
    if node.text() == Some(new) {
        return Ok(source.to_owned());
    }
    if matches!(node.kind, Kind::Scalar { style: Style::Block, .. } | Kind::Map(_) | Kind::List(_)) {
        return Err(EditError::NotSingle(path.to_owned()));
    }
    if new.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')) {
        return Err(EditError::BadValue);
    }
    let edited = splice(source, &node.span, &scalar(new));
    match is_exact(&root, &edited, &steps, new) {
        true => Ok(edited),
        false => Err(EditError::NotExact(path.to_owned())),
    }
}

fn parse(source: &str) -> Result<Node, EditError> {
    let source = Arc::new(Source::new("", source));
    match prescan::scan(&source).is_empty() {
        true => tree::parse(&source).map_err(|_| EditError::Broken),
        false => Err(EditError::Broken),
    }
}

fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, row) = match part.strip_suffix(']').and_then(|part| part.rsplit_once('[')) {
            Some((name, row)) => (name, Some(row.parse::<usize>().ok()?)),
            None => (part, None),
        };
        steps.push(Step::Name(name));
        steps.extend(row.map(Step::Row));
    }
    Some(steps)
}

/// Walks down; a key may hold several names (`会议.日期`), a long form stands for its 值.
fn find<'n>(node: &'n Node, steps: &[Step<'_>]) -> Option<&'n Node> {
    let (first, rest) = match steps.split_first() {
        None => return Some(node.get(LONG_FORM[0]).unwrap_or(node)),
        Some(split) => split,
    };
    match (first, &node.kind) {
        (Step::Row(row), Kind::List(items)) => find(items.get(row.checked_sub(1)?)?, rest),
        (Step::Row(_), _) => find(node.get(LONG_FORM[0])?, steps),
        (Step::Name(_), Kind::Map(entries)) => entries.iter().find_map(|(key, node)| {
            let names: Vec<&str> = key.text.split('.').collect();
            let below = steps.get(names.len()..)?;
            let same = names.iter().zip(steps).all(|(name, step)| *step == Step::Name(name));
            same.then(|| find(node, below)).flatten()
        }),
        _ => None,
    }
}

/// Puts the new scalar in place, with a blank where the old value was empty behind its colon.
fn splice(source: &str, span: &Range<usize>, scalar: &str) -> String {
    let (before, after) = (&source[..span.start], &source[span.end..]);
    let front = if span.is_empty() && before.ends_with([':', '-', ',']) { " " } else { "" };
    let back = if span.is_empty() && after.starts_with('#') { " " } else { "" };
    format!("{before}{front}{scalar}{back}{after}")
}

/// A text as one YAML scalar: plain where every reader takes it for the same words, else in single quotes.
pub fn scalar(text: &str) -> String {
    match needs_quotes(text) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => text.to_owned(),
    }
}

fn needs_quotes(text: &str) -> bool {
    // Readers of YAML 1.1 take these words for true, false or nothing.
    const WORDS: [&str; 10] = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let starts =
        text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`“”‘’＂【［｛".contains(c) || c.is_whitespace());
    let number_below_zero = text.starts_with('-') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let inside = text.contains([',', '[', ']', '{', '}', '，', '：', '\u{3000}', '】', '］', '｝', '“', '”']);
    let marks = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ', '\u{3000}']);
    let word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    (starts && !number_below_zero) || inside || marks || word || text.contains(':')
}

/// Whether only the value at the path differs, and is `new`.
fn is_exact(before: &Node, edited: &str, steps: &[Step<'_>], new: &str) -> bool {
    let Ok(after) = parse(edited) else { return false };
    let value = find(&after, steps).and_then(Node::text);
    let (mut old, mut fresh) = (Vec::new(), Vec::new());
    flatten(before, &mut old);
    flatten(&after, &mut fresh);
    let changed = old.iter().zip(&fresh).filter(|(old, fresh)| old != fresh).count();
    value == Some(new) && old.len() == fresh.len() && changed == 1
}

/// All keys and scalars in order; the tree is no deeper than its reader allows.
fn flatten<'n>(node: &'n Node, out: &mut Vec<(&'static str, &'n str)>) {
    match &node.kind {
        Kind::Null => out.push(("scalar", "")),
        Kind::Scalar { text, .. } => out.push(("scalar", text)),
        Kind::List(items) => {
            out.push(("list", ""));
            items.iter().for_each(|item| flatten(item, out));
            out.push(("end", ""));
        }
        Kind::Map(entries) => {
            out.push(("map", ""));
            for (key, node) in entries {
                out.push(("key", &key.text));
                flatten(node, out);
            }
            out.push(("end", ""));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "年度: 2011\r\n委员:\r\n  总数:   17名   # 名\r\n  女委员:\r\n  空: # 注\r\n  \
        界别: [科技, '经 济', ]\r\n会议.日期: \"2011-04-18\"\r\n专栏: {值: 4期, 来源: 党办}\r\n\
        投资项目:\r\n  - {企业: 甲厂, 投资: 1万元}\r\n  - 企业: 乙厂\r\n    投资: 2万元 #末\r\n";

    #[test]
    fn changes_one_value_and_nothing_else() {
        let cases = [
            ("委员.总数", "18名", "   17名 ", "   18名 "),
            ("委员.女委员", "5名", "女委员:\r", "女委员: 5名\r"),
            ("委员.空", "5名", "空: # 注", "空: 5名 # 注"),
            ("委员.界别[2]", "工商", "'经 济'", "工商"),
            ("委员.界别[1]", "甲，乙", "科技", "'甲，乙'"),
            ("会议.日期", "2011-05-01", "\"2011-04-18\"", "2011-05-01"),
            ("专栏", "5期", "4期", "5期"),
            ("投资项目[1].投资", "-3万元", "1万元", "-3万元"),
            ("投资项目[2].投资", "3万元", "2万元 #", "3万元 #"),
            ("投资项目[2].企业", "乙厂: 'x' # y", "企业: 乙厂", "企业: '乙厂: ''x'' # y'"),
            ("委员.总数", "", "   17名 ", "    "),
        ];
        for (path, new, old_part, new_part) in cases {
            assert_eq!(set(TEXT, path, new), Ok(TEXT.replacen(old_part, new_part, 1)), "{path}");
        }
    }

    #[test]
    fn refuses_what_is_no_single_value() {
        for path in ["委员.没有", "投资项目[0].投资", "投资项目[3].投资", "委员.界别[x]", ""]
        {
            assert_eq!(set(TEXT, path, "1"), Err(EditError::NotFound(path.to_owned())));
        }
        assert_eq!(set(TEXT, "委员", "1"), Err(EditError::NotSingle("委员".to_owned())));
        assert_eq!(set(TEXT, "委员.总数", "1\n2"), Err(EditError::BadValue));
        assert_eq!(set("甲: [", "甲", "1"), Err(EditError::Broken));
    }

    /// Paths of [`TEXT`] with the value that stands there.
    const VALUES: [(&str, &str); 7] = [
        ("委员.总数", "17名"),
        ("委员.女委员", ""),
        ("委员.空", ""),
        ("委员.界别[2]", "经 济"),
        ("会议.日期", "2011-04-18"),
        ("专栏", "4期"),
        ("投资项目[1].企业", "甲厂"),
    ];

    proptest! {
        #[test]
        fn an_edit_can_be_taken_back(at in 0..VALUES.len(), new in "[ -~一-丙：，“”【　]{1,12}", lf in any::<bool>()) {
            let text = if lf { TEXT.replace("\r\n", "\n") } else { TEXT.to_owned() };
            let (path, old) = VALUES[at];
            prop_assert_eq!(set(&text, path, old), Ok(text.clone()));
            let edited = set(&text, path, &new).unwrap();
            let root = parse(&edited).unwrap();
            for (other, value) in VALUES {
                let expected = if other == path { new.as_str() } else { value };
                let found = find(&root, &steps(other).unwrap()).and_then(Node::text);
                prop_assert_eq!(found, Some(expected));
            }
            let lines = |text: &str| text.matches('\n').count();
            prop_assert_eq!(lines(&edited), lines(&text));
        }
    }
}
