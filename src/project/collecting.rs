//! Collections from villages and offices: set up, handed out, and who has answered. What is collected is a ledger with a
//! row for each of those who are asked, the 名单 says who they are, `项目.yaml` which columns and until when.

use std::path::Path;

use jiff::civil::Date;

use super::indicator::{self, Column, New};
use super::settings::{ASKING, COLLECTIONS};
use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use super::workbook;
use crate::diag::{Diagnostic, Problems};
use crate::excel::export;
use crate::excel::form::{self, Asking, Collection};
use crate::facts;
use crate::facts::edit::{self, FactEdit, Row};
use crate::facts::registry::{Indicator, IndicatorKind};
use crate::facts::value::Value;
use crate::figures::{Figures, value_text};
use crate::files;
use crate::period::Period;

/// The folder of a project that forms are put into.
pub const FOLDER: &str = "采集表";

/// A collection and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The ledger.
    pub ledger: String,
    /// Its 主键.
    pub key: String,
    /// The 名单 of those who are asked.
    pub list: String,
    /// Its columns but the 主键: name, unit, and whether it is asked for.
    pub columns: Vec<(String, String, bool)>,
    /// When it is to be returned.
    pub due: Option<Date>,
    /// Those who are asked, each with the columns that are still blank.
    pub units: Vec<(String, Vec<String>)>,
}

impl Collected {
    /// Whether a unit has answered at all.
    pub fn has_answered(&self, blank: &[String]) -> bool {
        blank.len() < self.columns.iter().filter(|(.., asked)| *asked).count()
    }
}

/// What is to be collected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetUp {
    /// The ledger: one that is there, or the name of a new one.
    pub ledger: String,
    /// The column of a new ledger that names a village.
    pub key: String,
    /// The other columns of a new ledger.
    pub columns: Vec<Column>,
    /// The columns that are asked for of a ledger that is there; all where none is said.
    pub asked: Vec<String>,
    /// Who is asked, in order.
    pub units: Vec<String>,
    /// When it is to be returned.
    pub due: Option<Date>,
    /// Whether the numbers of a new ledger get an indicator each that adds them up.
    pub totals: bool,
}

/// The collections of a year: ledgers whose rows are those of a 名单 that is filled in.
///
/// # Errors
/// The project has errors.
pub fn all(project: &Project, year: Period) -> Result<Vec<Collected>, Problems> {
    let figures = project.figures(year)?;
    let said = &project.settings()?.collections;
    let paths = export::ledger_paths(&figures, year);
    let collected = |path: &String| {
        let known = figures.facts().registry.indicators.get(path)?;
        let member = known.columns.get(known.key.as_ref()?)?.member_of.is_some();
        let listed = said.iter().any(|one| one.ledger == *path && one.list.is_some());
        let collection =
            Collection::of(&figures, year, path, None, said).ok().filter(|_| member || listed)?;
        Some(of(&figures, &collection))
    };
    Ok(paths.iter().filter_map(collected).collect())
}

fn of(figures: &Figures, collection: &Collection<'_>) -> Collected {
    let asked: Vec<String> = collection.columns().into_iter().map(|column| column.name).collect();
    let others = collection.ledger.columns.iter().filter(|(name, _)| *name != collection.key);
    let columns = others.map(|(name, column)| {
        let unit = column.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        (name.clone(), unit, asked.contains(name))
    });
    let rows = figures.rows(&collection.ledger.path, collection.year).unwrap_or_default();
    let blank = |unit: &String| {
        let named = |cell: &Value| value_text(cell) == *unit;
        let row =
            rows.iter().find(|row| row.cells.get(collection.key).is_some_and(|cell| named(&cell.value)));
        let filled = |column: &String| {
            let cell = row.and_then(|row| row.cells.get(column));
            cell.is_some_and(|cell| cell.value != Value::Blank)
        };
        (unit.clone(), asked.iter().filter(|column| !filled(column)).cloned().collect())
    };
    Collected {
        ledger: collection.ledger.path.clone(),
        key: collection.key.to_owned(),
        list: collection.list.clone(),
        columns: columns.collect(),
        due: collection.due,
        units: collection.units.iter().map(blank).collect(),
    }
}

/// The forms of a collection: file names and bytes.
///
/// # Errors
/// The project has errors, nobody can be asked, or for lack of memory.
pub fn forms(project: &Project, year: Period, ledger: &str) -> Result<Vec<(String, Vec<u8>)>, Problems> {
    let figures = project.figures(year)?;
    let collection = Collection::of(&figures, year, ledger, None, &project.settings()?.collections)?;
    let books = form::workbooks(&figures, &collection)?;
    Ok(workbook::named(&books).into_iter().zip(books.into_iter().map(|(_, bytes)| bytes)).collect())
}

/// The forms in one archive.
///
/// # Errors
/// As [`forms`].
pub fn archive(project: &Project, year: Period, ledger: &str) -> Result<Vec<u8>, Problems> {
    Ok(files::archive(&forms(project, year, ledger)?)?)
}

/// Puts the forms into the folder of the project for them, all or none; its name, and how many.
///
/// # Errors
/// As [`forms`], one is there already, or the disk refuses.
pub fn put(project: &Project, year: Period, ledger: &str) -> Result<(String, usize), Problems> {
    let figures = project.figures(year)?;
    let collection = Collection::of(&figures, year, ledger, None, &project.settings()?.collections)?;
    let books = form::workbooks(&figures, &collection)?;
    let named = files::file_names([format!("{year}{ledger}").as_str()], "");
    let name = named.first().map(|name| name.trim_end_matches('.')).unwrap_or(FOLDER).to_owned();
    let place = Path::new(FOLDER).join(name);
    workbook::write_new(&project.place().join(&place), &books)?;
    Ok((workbook::shown(&place), books.len()))
}

/// A collection set up, or changed: the ledger where it is new, the list of those who are asked, and what is asked.
///
/// # Errors
/// Nobody is named, a name cannot be one, or the ledger has no 主键.
pub fn set_up(project: &Project, year: Period, wanted: &SetUp) -> Result<Edits, Problems> {
    let units = units(&wanted.units)?;
    let Some(stored) = project.texts().get(&Text::Registry) else {
        return Err(Diagnostic::error("no-registry", "这个项目没有指标表，采集表没有地方登记")
            .hint("请先在 facts/指标.yaml 里登记指标")
            .into());
    };
    let registry = project.registry()?;
    let known = registry.indicators.get(&wanted.ledger).filter(|one| one.kind == IndicatorKind::Ledger);
    let said = project.settings()?.collections.iter().find(|one| one.ledger == wanted.ledger);
    let list = match known {
        Some(ledger) => known_list(ledger, said)?,
        None => format!("{}名单", wanted.ledger),
    };
    let mut text = stored.source()?.text.clone();
    if !registry.indicators.contains_key(&list) {
        let list = New { kind: IndicatorKind::List, ..New::ledger(&list) };
        text = indicator::registered(&text, &registry, &list)?;
    }
    if known.is_none() {
        let ledger =
            New { key: wanted.key.clone(), columns: with_key(wanted, &list), ..New::ledger(&wanted.ledger) };
        text = indicator::registered(&text, &facts::registry_of(&text)?, &ledger)?;
        if wanted.totals {
            text = applied(&text, &totals(&wanted.ledger, &ledger.columns))?;
            facts::registry_of(&text)?;
        }
    }
    let mut edits = Edits::default();
    if text != stored.source()?.text {
        edits.add(project.texts(), Text::Registry, Edited::Text(text));
    }
    let mut of_year = vec![FactEdit::List { path: list.clone(), items: units }];
    if project.facts()?.get(&wanted.ledger, year).is_none() {
        of_year.push(FactEdit::Set { path: wanted.ledger.clone(), value: String::new() });
    }
    let words = project.texts().words(&Text::Year(year));
    let edited = applied(words, &of_year)?;
    if edited != words {
        edits.add(project.texts(), Text::Year(year), Edited::Text(edited));
    }
    let columns = if known.is_some() { wanted.asked.clone() } else { Vec::new() };
    let asking = Asking { ledger: wanted.ledger.clone(), list: Some(list), columns, due: wanted.due };
    edits.join(said_of(project, &asking)?);
    // What comes of it must read, or nothing is written.
    let after = project.with(&edits);
    Collection::of(&after.figures(year)?, year, &wanted.ledger, None, &after.settings()?.collections)?;
    Ok(edits)
}

/// Those who are asked, each once.
fn units(names: &[String]) -> Result<Vec<String>, Diagnostic> {
    let mut units: Vec<String> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if name.chars().any(char::is_control) || name.chars().count() > 40 {
            return Err(Diagnostic::error("bad-unit", format!("“{name}”不像一个单位的名称"))
                .hint("一行写一个村或单位，不超过40个字"));
        }
        if !units.iter().any(|unit| unit == name) {
            units.push(name.to_owned());
        }
    }
    match units.is_empty() {
        true => Err(Diagnostic::error("nobody-to-ask", "还没有写发给哪些单位").hint("一行写一个村或单位")),
        false => Ok(units),
    }
}

fn known_list(ledger: &Indicator, said: Option<&Asking>) -> Result<String, Diagnostic> {
    let Some(key) = &ledger.key else {
        let message = format!("台账“{}”没有写“主键”，不知道哪一列是单位名称", ledger.path);
        return Err(Diagnostic::error("no-key", message).hint("请先在台账里定好主键"));
    };
    let of_key = ledger.columns.get(key).and_then(|column| column.member_of.clone());
    Ok(of_key.or_else(|| said?.list.clone()).unwrap_or_else(|| format!("{}名单", ledger.path)))
}

/// The columns of a new ledger, that of the 主键 first; it belongs to the list of those who are asked.
fn with_key(wanted: &SetUp, list: &str) -> Vec<Column> {
    let key = Column { list: Some(list.to_owned()), ..Column::typed(&wanted.key) };
    let others = wanted.columns.iter().filter(|column| column.name != key.name).cloned();
    std::iter::once(key.clone()).chain(others).collect()
}

/// 各村合计.人口 is 合计 of 各村.人口.
fn totals(ledger: &str, columns: &[Column]) -> Vec<FactEdit> {
    let adds = |column: &&Column| matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock);
    let total = |column: &Column| {
        let path = format!("{ledger}合计.{}", column.name);
        let field = |field: &str, value: &str| FactEdit::Field {
            path: path.clone(),
            field: field.to_owned(),
            value: value.to_owned(),
        };
        let sum = format!("{ledger}.{}", column.name);
        let formula = FactEdit::Set { path: format!("{path}.公式.合计"), value: sum };
        [field("类型", column.kind.label()), field("单位", &column.unit), formula]
    };
    columns.iter().filter(adds).flat_map(total).collect()
}

fn applied(text: &str, edits: &[FactEdit]) -> Result<String, Diagnostic> {
    edit::apply(text, edits)
        .map_err(|error| Diagnostic::error("cannot-set-up", error.to_string()).hint("没有改动任何文件"))
}

/// What `项目.yaml` says of a collection, in place of what it said before.
fn said_of(project: &Project, asking: &Asking) -> Result<Edits, Problems> {
    let known = &project.settings()?.collections;
    if known.contains(asking) {
        return Ok(Edits::default());
    }
    let [ledger, list, columns, due] = ASKING;
    let cells = vec![
        (ledger.to_owned(), asking.ledger.clone()),
        (list.to_owned(), asking.list.clone().unwrap_or_default()),
        (columns.to_owned(), asking.columns.join("、")),
        (due.to_owned(), asking.due.map(|due| due.to_string()).unwrap_or_default()),
    ];
    let kept = (1..).zip(known).filter(|(_, one)| one.ledger != asking.ledger).map(|(row, _)| Row::Keep(row));
    let rows = kept.chain([Row::New(cells)]).collect();
    let words = project.texts().words(&Text::Settings);
    let text = applied(words, &[FactEdit::Rows { ledger: COLLECTIONS.to_owned(), rows }])?;
    Ok(Edits::one(project.texts(), Text::Settings, Edited::Text(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Texts;

    const REGISTRY: &str = "会议: {单位: 次, 类型: 时期}\n项目: {类型: 台账, 主键: 名, 列: {名: 文本, 投资: {单位: 万元, 类型: 时期}, 备注: 文本}}\n";

    fn project() -> Project {
        Project::of(Texts::from([
            ("facts/指标", REGISTRY),
            ("facts/2011", "年度: 2011\n会议: 14次 # 登记簿\n"),
            ("项目", "检查:\n  变化超过: 80%   # 商定的\n"),
        ]))
    }

    fn year() -> Period {
        Period::year(2011)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn new() -> SetUp {
        SetUp {
            ledger: "各村".into(),
            key: "村".into(),
            columns: vec![Column::typed("收入（万元）"), Column::typed("村"), Column::typed("书记")],
            units: names(&["东/村", " 西村 ", "", "西村"]),
            due: Some(jiff::civil::date(2011, 12, 20)),
            totals: true,
            ..SetUp::default()
        }
    }

    #[test]
    fn a_collection_is_set_up_in_one_step_and_everything_else_stays() {
        let project = project();
        let after = project.with(&set_up(&project, year(), &new()).unwrap());
        assert_eq!(
            after.texts().words(&Text::Year(year())),
            "年度: 2011\n会议: 14次 # 登记簿\n各村名单: [东/村, 西村]\n各村:\n"
        );
        assert_eq!(
            after.texts().words(&Text::Registry).strip_prefix(REGISTRY).unwrap().trim(),
            "各村名单: {类型: 名单}\n各村: {类型: 台账, 列: {村: {类型: 文本, 属于: 各村名单}, 收入: {类型: 时期, 单位: 万元}, 书记: 文本}, 主键: 村}\n\n各村合计.收入: {类型: 时期, 单位: 万元, 公式: {合计: 各村.收入}}"
        );
        let settings = after.texts().words(&Text::Settings);
        assert!(settings.starts_with("检查:\n  变化超过: 80%   # 商定的\n"), "{settings}");
        let [one] = all(&after, year()).unwrap().try_into().unwrap();
        assert_eq!((one.list.as_str(), one.due), ("各村名单", new().due));
        let blank = names(&["收入", "书记"]);
        assert_eq!(one.units, [("东/村".to_owned(), blank.clone()), ("西村".to_owned(), blank)]);
        let files: Vec<String> =
            forms(&after, year(), "各村").unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(files, ["东／村.xlsx", "西村.xlsx"]);
        // The same again changes nothing.
        let same = SetUp { columns: Vec::new(), ..new() };
        assert!(set_up(&after, year(), &same).unwrap().is_empty());
    }

    #[test]
    fn a_ledger_that_is_there_is_asked_for_some_of_its_columns() {
        let project = project();
        let wanted = SetUp {
            ledger: "项目".into(),
            asked: names(&["投资"]),
            units: names(&["招商办", "工信办"]),
            ..SetUp::default()
        };
        let after = project.with(&set_up(&project, year(), &wanted).unwrap());
        let [one] = all(&after, year()).unwrap().try_into().unwrap();
        assert_eq!(
            one.columns,
            [("投资".into(), "万元".into(), true), ("备注".into(), String::new(), false)]
        );
        assert_eq!((one.units.len(), one.list.as_str()), (2, "项目名单"));
        let fewer = SetUp { units: names(&["招商办"]), asked: Vec::new(), ..wanted };
        let after = after.with(&set_up(&after, year(), &fewer).unwrap());
        assert_eq!(after.settings().unwrap().collections.len(), 1);
        assert_eq!(all(&after, year()).unwrap()[0].units.len(), 1);
    }

    #[test]
    fn what_cannot_be_set_up_changes_nothing_and_says_why() {
        let project = project();
        for (wanted, rule) in [
            (SetUp { units: names(&["", " "]), ..new() }, "nobody-to-ask"),
            (SetUp { units: names(&["甲\u{7}"]), ..new() }, "bad-unit"),
            (SetUp { ledger: "a: b".into(), ..new() }, "bad-indicator"),
            (SetUp { key: String::new(), ..new() }, "bad-indicator"),
            (SetUp { ledger: "会议".into(), ..new() }, "bad-indicator"),
        ] {
            assert_eq!(set_up(&project, year(), &wanted).unwrap_err().0[0].rule, rule, "{wanted:?}");
        }
        let bare = Project::of(Texts::from([("facts/2011", "年度: 2011\n会议: 14次\n")]));
        assert_eq!(set_up(&bare, year(), &new()).unwrap_err().0[0].rule, "no-registry");
    }
}
