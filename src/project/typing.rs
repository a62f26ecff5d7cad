//! Values that are being typed: the facts as they would be, without reading a whole file at each key.

use crate::facts::edit::{self, Change};
use crate::facts::value::Value;
use crate::facts::{self, Facts};

/// The facts with these values of the report's year in place of those on file; places in the file stay. Nothing
/// where a change is none of a whole value, or cannot be read.
pub fn with(mut facts: Facts, changes: &[Change]) -> Option<Facts> {
    let year = facts.year;
    let text = edit::apply(&format!("年度: {}\n", year.stem()), changes).ok()?;
    let mut read = facts::reread(&facts.registry, year, &text).ok()?;
    let of_year = &mut facts.years.get_mut(&year)?.facts;
    for change in changes {
        let (Change::Set { path, .. } | Change::List { path, .. }) = change else { return None };
        match (read.swap_remove(path), of_year.get_mut(path)) {
            (Some(new), Some(fact)) => fact.value = new.value,
            (None, Some(fact)) => fact.value = Value::Blank,
            (Some(new), None) => drop(of_year.insert(path.clone(), new)),
            (None, None) => {}
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Problems;
    use crate::document::Block;
    use crate::period::Period;
    use crate::project::report::{Asked, Report, of_facts, report};
    use crate::project::texts::Text;

    /// The blocks and gaps of a report, or why there is none.
    fn told(report: Report) -> Result<(Vec<Block>, Vec<String>), Vec<String>> {
        let said = |problems: Problems| problems.0.into_iter().map(|one| one.message).collect();
        report.draft.map(|draft| (draft.document.blocks, draft.marked.missing)).map_err(said)
    }

    /// What is typed is seen as it will stand once it is saved.
    #[test]
    fn a_value_in_hand_gives_the_report_that_the_saved_file_gives() {
        let folder = tempfile::tempdir().unwrap();
        crate::project::starter::example(folder.path()).unwrap();
        let bytes = Text::Year(Period::year(2011)).read(folder.path()).unwrap().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let set = |path: &str, value: &str| Change::Set { path: path.into(), value: value.into() };
        for change in [
            set("宣传.会议", "20次"),
            set("宣传.会议", "约20次"),
            set("宣传.会议", ""),
            set("调研.主题", "农村水利: #建设"),
            set("单位.成文日期", "2011-12-31"),
            Change::List { path: "农技.作物".into(), items: vec!["大豆".into(), "玉米".into()] },
            Change::List { path: "农技.作物".into(), items: Vec::new() },
        ] {
            let changes = [change];
            let saved = edit::apply(&text, &changes).unwrap();
            let asked = Asked { year: Some(Period::year(2011)), facts: Some(&saved), ..Asked::default() };
            let slow = report(folder.path(), asked).unwrap();
            let facts =
                with(facts::load(folder.path(), Some(Period::year(2011))).unwrap(), &changes).unwrap();
            let fast = of_facts(folder.path(), facts, Asked::default()).unwrap();
            assert_eq!(told(fast), told(slow), "{changes:?}");
        }
    }

    #[test]
    fn changes_of_parts_are_left_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        crate::project::starter::example(folder.path()).unwrap();
        let facts = facts::load(folder.path(), Some(Period::year(2011))).unwrap();
        let row = Change::RemoveRow { ledger: "投资项目".into(), row: 1 };
        assert!(with(facts.clone(), &[row]).is_none());
        let field =
            Change::Field { path: "宣传.会议".into(), field: "来源".into(), value: "登记簿".into() };
        assert!(with(facts, &[field]).is_none());
    }
}
