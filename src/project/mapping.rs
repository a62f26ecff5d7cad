//! `表头对照.yaml` beside `facts/`: which heads of departments' tables mean which columns of a ledger.

use std::sync::Arc;

use super::entries;
use super::stored::{Edited, Edits, Texts};
use super::texts::Text;
use crate::diag::{Diagnostic, Problems, Source};
use crate::facts::edit::scalar;
use crate::facts::tree::Node;

const HEAD: &str = "# 部门表格的表头对应台账的哪一列：导入 Excel 时记下的，可以手改\n";

/// A head that means a column of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meant {
    /// The ledger.
    pub ledger: String,
    /// The words of the head.
    pub head: String,
    /// The column.
    pub column: String,
}

/// What the text of `表头对照.yaml` says.
///
/// # Errors
/// An entry is not whole.
pub fn parse(source: &Arc<Source>) -> Result<Vec<Meant>, Problems> {
    entries::parse(source, entry, incomplete)
}

fn entry(item: &Node) -> Option<Meant> {
    let words =
        |name: &str| item.get(name).and_then(Node::text).filter(|words| !words.is_empty()).map(str::to_owned);
    Some(Meant { ledger: words("台账")?, head: words("表头")?, column: words("列")? })
}

fn incomplete() -> Diagnostic {
    Diagnostic::error("bad-mapping", "这一条对照写得不全")
        .hint("要写成 - {台账: 招商项目, 表头: 企业名称, 列: 企业}；可以删去，导入时重新指明")
}

/// What heads mean, as the project's texts say; nothing where they do not.
///
/// # Errors
/// The file has errors.
pub fn known(texts: &Texts) -> Result<Vec<Meant>, Problems> {
    match texts.get(&Text::Mapping) {
        Some(stored) => parse(stored.source()?),
        None => Ok(Vec::new()),
    }
}

/// What heads mean now, in place of what they meant before; one that means no column is taken out. Nothing where the
/// file says all of it already.
///
/// # Errors
/// The file has errors.
pub fn edits(texts: &Texts, new: &[Meant]) -> Result<Edits, Problems> {
    let mut all = known(texts)?;
    let before = all.clone();
    for meant in new {
        all.retain(|one| one.ledger != meant.ledger || one.head != meant.head);
        if !meant.column.is_empty() {
            all.push(meant.clone());
        }
    }
    all.sort();
    let mut known = before.clone();
    known.sort();
    if all == known {
        return Ok(Edits::default());
    }
    let line = |one: &Meant| {
        let [ledger, head, column] = [&one.ledger, &one.head, &one.column].map(|words| scalar(words));
        format!("- {{台账: {ledger}, 表头: {head}, 列: {column}}}\n")
    };
    let text: String = all.iter().map(line).collect();
    Ok(Edits::one(texts, Text::Mapping, Edited::Text(format!("{HEAD}{text}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::value::Project;

    #[test]
    fn what_is_said_once_is_known_and_said_anew() {
        let meant = |head: &str, column: &str| Meant {
            ledger: "招商项目".into(),
            head: head.into(),
            column: column.into(),
        };
        let said = |project: &Project, new: &[Meant]| project.with(&edits(project.texts(), new).unwrap());
        let project = Project::of(Texts::default());
        let project = said(&project, &[meant("投资（万元）·完成", "投资"), meant("企业名称", "企业")]);
        let project = said(&project, &[meant("企业名称", "单位")]);
        let known = vec![meant("企业名称", "单位"), meant("投资（万元）·完成", "投资")];
        assert_eq!(project.mapping(), Ok(known.clone()));
        assert!(edits(project.texts(), &known).unwrap().is_empty());
        let project = said(&project, &[meant("企业名称", ""), meant("序号", "")]);
        assert_eq!(project.mapping(), Ok(vec![meant("投资（万元）·完成", "投资")]));
        let project = Project::of(Texts::from([("表头对照", "- {台账: 甲}\n")]));
        assert_eq!(edits(project.texts(), &known).unwrap_err().0[0].rule, "bad-mapping");
    }
}
