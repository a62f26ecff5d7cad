//! `确认.yaml` beside `facts/`: facts that somebody confirmed to be as they are.

use std::sync::Arc;

use super::entries;
use super::stored::{Edited, Edits, Texts};
use super::texts::Text;
use crate::check::Confirmed;
use crate::diag::{About, Act, Diagnostic, Problems, Source};
use crate::facts::edit::scalar;
use crate::facts::tree::Node;
use crate::period::Period;

const HEAD: &str = "# 确认属实的事实：检查提过、核对过、确实没有错的。值变了会重新提醒\n";

/// What the text of `确认.yaml` says.
///
/// # Errors
/// An entry is not whole.
pub fn parse(source: &Arc<Source>) -> Result<Vec<Confirmed>, Problems> {
    entries::parse(source, entry, incomplete)
}

fn entry(item: &Node) -> Option<Confirmed> {
    let words = |name: &str| item.get(name).and_then(Node::text).map(str::to_owned);
    let about =
        About { path: words("指标")?, year: Period::parse(&words("年度")?)?, value: words("值")? };
    let (rule, by, date) = (words("规则")?, words("确认人")?, words("日期")?);
    Some(Confirmed { rule, about, by, date, note: words("说明").unwrap_or_default() })
}

fn incomplete() -> Diagnostic {
    Diagnostic::error("bad-confirmation", "这一条确认写得不全").hint(Act::Confirm)
}

/// A confirmation more, in place of an earlier one of the same rule and fact.
///
/// # Errors
/// The file has errors.
pub fn edits(texts: &Texts, confirmed: Confirmed) -> Result<Edits, Problems> {
    let all = match texts.get(&Text::Confirmed) {
        Some(stored) => parse(stored.source()?)?,
        None => Vec::new(),
    };
    let text = with(all, confirmed);
    Ok(Edits::one(texts, Text::Confirmed, Edited::Text(text)))
}

/// The text of the file with a confirmation more.
fn with(mut all: Vec<Confirmed>, confirmed: Confirmed) -> String {
    let same = |one: &Confirmed| {
        one.rule == confirmed.rule
            && one.about.path == confirmed.about.path
            && one.about.year == confirmed.about.year
    };
    all.retain(|one| !same(one));
    all.push(confirmed);
    let lines: String = all.iter().map(line).collect();
    format!("{HEAD}{lines}")
}

fn line(one: &Confirmed) -> String {
    let note = if one.note.is_empty() { String::new() } else { format!(", 说明: {}", scalar(&one.note)) };
    format!(
        "- {{规则: {}, 指标: {}, 年度: {}, 值: {}, 确认人: {}, 日期: {}{note}}}\n",
        one.rule,
        scalar(&one.about.path),
        one.about.year.stem(),
        scalar(&one.about.value),
        scalar(&one.by),
        one.date
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::value::Project;

    #[test]
    fn what_is_confirmed_is_read_back_and_renewed() {
        let one = |value: &str, note: &str| Confirmed {
            rule: "fact-swing".into(),
            about: About { path: "投资.总额".into(), year: Period::year(2011), value: value.into() },
            by: "张三，李四".into(),
            date: "2011-12-20".into(),
            note: note.into(),
        };
        let project = Project::of(Texts::default());
        let project = project.with(&edits(project.texts(), one("90万元", "口径: 变了 #1")).unwrap());
        assert_eq!(project.confirmed().unwrap(), &[one("90万元", "口径: 变了 #1")]);
        let project = project.with(&edits(project.texts(), one("95万元", "")).unwrap());
        assert_eq!(project.confirmed().unwrap(), &[one("95万元", "")]);
        // One that is not whole; and no list: nothing is taken for empty and written over.
        for text in ["- {规则: a}\n", "规则: a\n"] {
            let project = Project::of(Texts::from([("确认", text)]));
            assert_eq!(edits(project.texts(), one("95万元", "")).unwrap_err().0[0].rule, "bad-confirmation");
        }
    }
}
