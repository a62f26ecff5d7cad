//! A new indicator: an entry of the registry, made so that the registry reads as before and one more.

use crate::diag::{Diagnostic, Problems};
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::facts::registry::{IndicatorKind, Registry};
use crate::project::stored::{Edited, Edits};
use crate::project::texts::Text;
use crate::project::value::Project;

/// What is known of a new indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Dotted path.
    pub path: String,
    /// 类型.
    pub kind: IndicatorKind,
    /// 单位; empty for words.
    pub unit: String,
    /// 来源; may be empty.
    pub source: String,
    /// 口径; may be empty.
    pub definition: String,
    /// 列 of a ledger.
    pub columns: Vec<Column>,
    /// 主键 of a ledger; empty for its first column of words, which it has as a rule.
    pub key: String,
}

/// A column of a new ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// 类型.
    pub kind: IndicatorKind,
    /// 单位 of a number.
    pub unit: String,
    /// The 名单 that its entries belong to.
    pub list: Option<String>,
}

impl Column {
    /// A column as it is typed in one line: words, or a number with its unit in brackets, `投资（万元）`.
    pub fn typed(words: &str) -> Column {
        let (name, unit) = split(words);
        let kind = if unit.is_some() { IndicatorKind::Flow } else { IndicatorKind::Text };
        Column { name: name.to_owned(), kind, unit: unit.unwrap_or_default().to_owned(), list: None }
    }

    fn is_number(&self) -> bool {
        matches!(self.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)
    }
}

impl New {
    /// A ledger of which nothing else is known yet.
    pub fn ledger(path: &str) -> New {
        New {
            path: path.to_owned(),
            kind: IndicatorKind::Ledger,
            unit: String::new(),
            source: String::new(),
            definition: String::new(),
            columns: Vec::new(),
            key: String::new(),
        }
    }
}

/// The text of a registry, which says what `registry` holds, with the indicator.
///
/// # Errors
/// The name cannot be one, is there already, or what is said of it does not fit.
pub fn registered(text: &str, registry: &Registry, new: &New) -> Result<String, Problems> {
    refuse(registry, new)?;
    let edited = edit::apply(text, &changes(new))
        .map_err(|error| Diagnostic::error("cannot-register", error.to_string()).hint("指标表没有改动"))?;
    let read = facts::registry_of(&edited)?;
    let kept = registry.indicators.keys().all(|path| read.indicators.contains_key(path));
    match read.indicators.contains_key(&new.path)
        && kept
        && read.indicators.len() == registry.indicators.len() + 1
    {
        true => Ok(edited),
        false => Err(Diagnostic::error("cannot-register", format!("“{}”没有登记成", new.path))
            .hint("请换一个名称")
            .into()),
    }
}

/// The registry with the column that names the rows of a ledger.
///
/// # Errors
/// There is no registry, it has errors, or the ledger has no such column.
pub fn keyed(project: &Project, ledger: &str, column: &str) -> Result<Edits, Problems> {
    let Some(stored) = project.texts().get(&Text::Registry) else { return Ok(Edits::default()) };
    let field =
        FactEdit::Field { path: ledger.to_owned(), field: "主键".to_owned(), value: column.to_owned() };
    let edited = edit::apply(&stored.source()?.text, &[field])
        .map_err(|error| Diagnostic::error("cannot-register", error.to_string()).hint("指标表没有改动"))?;
    facts::registry_of(&edited)?;
    Ok(Edits::one(project.texts(), Text::Registry, Edited::Text(edited)))
}

/// Refuses what cannot be the path of an indicator.
///
/// # Errors
/// A part of it is empty, or has blanks or marks; or there are too many parts.
pub fn nameable(path: &str) -> Result<(), Diagnostic> {
    let bad = |c: char| c.is_control() || c.is_whitespace() || "[]{}:：,，、\"'#&*!|>%@`“”".contains(c);
    let parts: Vec<&str> = path.split('.').collect();
    if parts.iter().any(|part| part.is_empty() || part.contains(bad)) || parts.len() > 4 {
        return Err(Diagnostic::error("bad-indicator", format!("“{path}”不能作名称"))
            .hint("名称用汉字，不用空格和标点，例如 短视频"));
    }
    Ok(())
}

fn refuse(registry: &Registry, new: &New) -> Result<(), Diagnostic> {
    let problem =
        |message: String, hint: &'static str| Err(Diagnostic::error("bad-indicator", message).hint(hint));
    nameable(&new.path)?;
    let related = |known: &String| {
        known.strip_prefix(&new.path).is_some_and(|rest| rest.starts_with('.'))
            || new.path.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    if registry.indicators.contains_key(&new.path) {
        return problem(format!("已经有“{}”这个指标了", new.path), "请换一个名称");
    }
    if let Some(known) = registry.indicators.keys().find(|known| related(known)) {
        return problem(format!("“{}”和已有的“{known}”重叠", new.path), "请换一个分组或名称");
    }
    let number = matches!(new.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate);
    if number && new.unit.trim().is_empty() {
        return problem("数字指标要写单位".to_owned(), "例如 次、条、万元");
    }
    if new.kind == IndicatorKind::Ledger && new.columns.is_empty() {
        return problem("台账要写有哪些列".to_owned(), "例如 企业、投资（万元）");
    }
    for (index, column) in new.columns.iter().enumerate() {
        let bad = |c: char| c.is_control() || "[]{}:：.,，、\"'#&*!|>%@`“”".contains(c);
        if column.name.is_empty() || column.name.trim() != column.name || column.name.contains(bad) {
            return problem(format!("“{}”不能作列名", column.name), "列名用汉字，不用标点，例如 投资额");
        }
        if new.columns[..index].iter().any(|other| other.name == column.name) {
            return problem(format!("“{}”这一列写了两次", column.name), "请删去一个，或换一个列名");
        }
        if column.is_number() && column.unit.trim().is_empty() {
            return problem(format!("“{}”这一列是数字，要写单位", column.name), "例如 个、万元、%");
        }
    }
    Ok(())
}

fn changes(new: &New) -> Vec<FactEdit> {
    let field = |field: &str, value: &str| FactEdit::Field {
        path: new.path.clone(),
        field: field.to_owned(),
        value: value.trim().to_owned(),
    };
    let mut changes = vec![field("类型", new.kind.label())];
    let said = [("单位", &new.unit), ("来源", &new.source), ("口径", &new.definition)];
    let number = matches!(new.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate);
    let fits = |name: &str, value: &str| !value.trim().is_empty() && (name != "单位" || number);
    changes.extend(
        said.iter().filter(|(name, value)| fits(name, value)).map(|(name, value)| field(name, value)),
    );
    if new.kind == IndicatorKind::Ledger {
        for column in &new.columns {
            let mut set = |below: &str, value: &str| {
                let path = format!("{}.列.{}{below}", new.path, column.name);
                changes.push(FactEdit::Set { path, value: value.to_owned() });
            };
            let label = column.kind.label();
            match (&column.list, column.is_number()) {
                (Some(list), _) => {
                    set(".类型", label);
                    set(".属于", list);
                }
                (None, true) => {
                    set(".类型", label);
                    set(".单位", column.unit.trim());
                }
                (None, false) => set("", label),
            }
        }
        changes.extend(key(new).map(|key| field("主键", key)));
    }
    changes
}

/// The column that names the rows: the one that was said, else the first one of words that is no number in a row.
fn key(new: &New) -> Option<&str> {
    let said = Some(new.key.trim()).filter(|key| !key.is_empty());
    let words = || {
        let names =
            new.columns.iter().filter(|column| !column.is_number()).map(|column| column.name.as_str());
        names.into_iter().find(|name| !["序号", "编号"].contains(name))
    };
    said.or_else(words)
}

/// `投资（万元）` as name and unit.
fn split(column: &str) -> (&str, Option<&str>) {
    let inside = column.trim().strip_suffix(['）', ')']);
    match inside.and_then(|inside| inside.split_once(['（', '('])) {
        Some((name, unit)) if !unit.trim().is_empty() => (name.trim(), Some(unit.trim())),
        _ => (column.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered(text: &str, new: &New) -> Result<String, Problems> {
        super::registered(text, &facts::registry_of(text)?, new)
    }

    fn new(path: &str, kind: IndicatorKind, unit: &str, columns: &[&str]) -> New {
        New {
            path: path.into(),
            kind,
            unit: unit.into(),
            source: "党政办，宣传台账".into(),
            definition: String::new(),
            columns: columns.iter().map(|one| Column::typed(one)).collect(),
            key: String::new(),
        }
    }

    #[test]
    fn an_indicator_is_registered_and_everything_else_stays() {
        let before = "# 宣传\n宣传.会议: {单位: 次, 类型: 时期}   # 会议\n";
        for one in [
            new("宣传.短视频", IndicatorKind::Flow, "条", &[]),
            new("单位.镇名", IndicatorKind::Text, "", &[]),
            new("项目", IndicatorKind::Ledger, "", &["企业", "投资（万元）"]),
        ] {
            let after = registered(before, &one).unwrap();
            assert!(after.starts_with(before.trim_end()), "{after}");
            let read = facts::registry_of(&after).unwrap();
            let read = &read.indicators[&one.path];
            assert_eq!((read.kind, read.columns.len()), (one.kind, one.columns.len()), "{after}");
            assert_eq!(read.source.as_deref(), Some("党政办，宣传台账"));
            assert_eq!(read.key.as_deref(), (one.kind == IndicatorKind::Ledger).then_some("企业"), "{after}");
        }
    }

    #[test]
    fn names_that_cannot_be_are_refused() {
        let before = "宣传.会议: {单位: 次, 类型: 时期}\n";
        for (path, unit) in [
            ("宣传.会议", "次"),
            ("宣传", "次"),
            ("宣传.会议.大会", "次"),
            ("宣传.a: b", "次"),
            ("", "次"),
            ("宣传.", "次"),
            ("新", ""),
        ] {
            assert!(registered(before, &new(path, IndicatorKind::Flow, unit, &[])).is_err(), "{path}");
        }
        assert!(registered(before, &new("项目", IndicatorKind::Ledger, "", &[])).is_err());
    }
}
