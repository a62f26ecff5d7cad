//! One existing value in place of another, by its span: every other byte stays.

use std::ops::Range;

use super::path::{Step, steps};
use super::words::{is_one_line, scalar};
use super::{EditError, parse};
use crate::facts::store::LONG_FORM;
use crate::facts::tree::{Node, NodeKind, Style};

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
    if matches!(
        node.kind,
        NodeKind::Scalar { style: Style::Block, .. } | NodeKind::Map(_) | NodeKind::List(_)
    ) {
        return Err(EditError::NotSingle(path.to_owned()));
    }
    if !is_one_line(new) {
        return Err(EditError::BadValue);
    }
    let edited = splice(source, &node.span, &scalar(new));
    match is_exact(&root, &edited, &steps, new) {
        true => Ok(edited),
        false => Err(EditError::NotExact(path.to_owned())),
    }
}

/// Walks down; a key may hold several names (`会议.日期`), a long form stands for its 值.
fn find<'n>(node: &'n Node, steps: &[Step<'_>]) -> Option<&'n Node> {
    let (first, rest) = match steps.split_first() {
        None => return Some(node.get(LONG_FORM[0]).unwrap_or(node)),
        Some(split) => split,
    };
    match (first, &node.kind) {
        (Step::Row(row), NodeKind::List(items)) => find(items.get(row.checked_sub(1)?)?, rest),
        (Step::Row(_), _) => find(node.get(LONG_FORM[0])?, steps),
        (Step::Name(_), NodeKind::Map(entries)) => entries.iter().find_map(|(key, node)| {
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
        NodeKind::Null => out.push(("scalar", "")),
        NodeKind::Scalar { text, .. } => out.push(("scalar", text)),
        NodeKind::List(items) => {
            out.push(("list", ""));
            items.iter().for_each(|item| flatten(item, out));
            out.push(("end", ""));
        }
        NodeKind::Map(entries) => {
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
            ("委员.界别[2]", "a '", "'经 济'", "'a '''"),
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
