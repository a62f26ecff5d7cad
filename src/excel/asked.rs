//! What is asked of a department's table: the ledger, the year, the columns and the one that names the rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::Sheet;
use super::head::Head;
use super::known;
use super::title;
use crate::diag::{Act, Diagnostic, nearest};
use crate::facts;
use crate::facts::registry::{Column, Indicator, IndicatorKind};
use crate::facts::value::Row;
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::pattern::Pattern;

static YEAR: Pattern = Pattern::new("(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)");
/// Rows that a table may have.
const MOST_ROWS: usize = 30_000;

/// What is asked of a table.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    /// The ledger.
    pub ledger: &'a str,
    /// The year of the fact file; without one the sheet's name says it, else it is the newest on file.
    pub year: Option<Period>,
    /// The year that is meant where neither that nor the sheet's name says one, in place of the newest.
    pub shown: Option<Period>,
    /// The sheet; nothing where there is only one.
    pub sheet: Option<&'a str>,
    /// Heads that mean a column of the ledger, as said now: head and column; none of them where that is empty.
    pub said: &'a [(String, String)],
    /// The same as said before.
    pub saved: &'a [(String, String)],
    /// Rows that the table does not have go away.
    pub replace: bool,
    /// The column that names the rows of a ledger which has none for it yet.
    pub key: Option<&'a str>,
    /// Rows that are not on file are new ones, whatever they resemble.
    pub add: bool,
}

impl Asked<'_> {
    /// What heads were said to mean, by their plain words; what is said now counts.
    pub(super) fn meant(&self) -> BTreeMap<String, String> {
        let said = self.saved.iter().chain(self.said);
        said.map(|(title, name)| (title::plain(title), name.clone())).collect()
    }
}

/// Refuses more rows than any ledger has: a fact file could not hold them.
pub(super) fn few_enough(sheet: &Sheet) -> Result<(), Diagnostic> {
    match sheet.rows().count() {
        rows if rows > MOST_ROWS => {
            let message = format!("“{}”有{rows}行，一个台账最多{MOST_ROWS}行", sheet.name);
            Err(Diagnostic::error("too-many-rows", message)
                .hint("请先在 Excel 里按村、按项目汇总，再导入汇总表"))
        }
        _ => Ok(()),
    }
}

/// The column that names the rows: as registered, else as asked for, if it can.
pub(super) fn key<'k>(
    registered: Option<&'k str>,
    asked: &Asked<'k>,
    columns: &[(&str, &Column)],
    old: &[Arc<Row>],
) -> Result<Option<&'k str>, Diagnostic> {
    let Some(key) = asked.key.filter(|key| registered != Some(key)) else { return Ok(registered) };
    if let Some(registered) = registered {
        let message = format!("台账“{}”已经有主键“{registered}”，不能再用“{key}”", asked.ledger);
        return Err(Diagnostic::error("key-twice", message).hint("要换主键的，请先在“指标.yaml”里改"));
    }
    if !columns.is_empty() && !columns.iter().any(|(name, _)| *name == key) {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let message = format!("台账“{}”没有“{key}”这一列，不能作主键", asked.ledger);
        return Err(
            Diagnostic::error("unknown-column", message).hint(format!("可用的列：{}", names.join("、")))
        );
    }
    if !known::names(old, key) {
        let message = format!("台账“{}”里“{key}”有空着的，或有两行一样，不能作主键", asked.ledger);
        return Err(Diagnostic::error("bad-key", message).hint("请先补上或改好这几行，或换一列作主键"));
    }
    Ok(Some(key))
}

/// The ledger as registered; nothing in a project without a registry.
pub(super) fn indicator<'f>(figures: &'f Figures, ledger: &str) -> Result<Option<&'f Indicator>, Diagnostic> {
    let known = &figures.facts().registry.indicators;
    if known.is_empty() {
        return Ok(None);
    }
    let ledgers = known.values().filter(|one| one.kind == IndicatorKind::Ledger).map(|one| one.path.as_str());
    match known.get(ledger) {
        Some(indicator) if indicator.kind == IndicatorKind::Ledger => Ok(Some(indicator)),
        other => {
            let what = if other.is_some() { "不是台账" } else { "不在指标表里" };
            let names: Vec<&str> = ledgers.clone().collect();
            let hint = match nearest(ledger, ledgers) {
                Some(near) => format!("是不是“{near}”？"),
                None if names.is_empty() => "请先在“指标.yaml”里登记这个台账，写明“列”".to_owned(),
                None => format!("登记过的台账：{}", names.join("、")),
            };
            Err(Diagnostic::error("unknown-ledger", format!("“{ledger}”{what}")).hint(hint))
        }
    }
}

/// The year asked for, else the one on file that the sheet's name says, else the one that is looked at or the newest.
pub(super) fn year(figures: &Figures, asked: &Asked<'_>, sheet: &str) -> Result<Period, Diagnostic> {
    let on_file = &figures.facts().years;
    let said = on_file.keys().copied().find(|year| sheet.contains(&year.stem())).or_else(|| one_year(sheet));
    let year = asked.year.or(said).or(asked.shown).unwrap_or(figures.period());
    if on_file.contains_key(&year) {
        return Ok(year);
    }
    Err(Diagnostic::error("no-such-year", format!("没有{year}的事实文件 {}", facts::file(year)))
        .hint(Act::Begin(year)))
}

/// A head that was said to mean a column and does not stand in the table is refused.
pub(super) fn said_of_no_head(head: &Head, asked: &Asked<'_>) -> Result<(), Diagnostic> {
    let titles = || {
        let doubtful = head.doubtful.iter().flat_map(|doubt| &doubt.heads).map(|(_, title)| title.as_str());
        head.titles().map(|(_, title)| title).chain(doubtful)
    };
    let stands = |said: &str| {
        let said = title::plain(said);
        let calls = |title: &str| title::plain(title) == said || title::name(title) == said;
        titles().any(calls)
    };
    let Some((said, _)) = asked.said.iter().find(|(said, _)| !stands(said)) else { return Ok(()) };
    let hint = match nearest(said, titles()) {
        Some(near) => format!("是不是“{near}”？"),
        None => format!("表头有：{}", titles().collect::<Vec<_>>().join("、")),
    };
    Err(Diagnostic::error("no-such-head", format!("表头里没有“{said}”")).hint(hint))
}

/// The one year that words say: 2023年情况表.
pub(super) fn one_year(words: &str) -> Option<Period> {
    let mut years = YEAR.captures_iter(words).filter_map(|hit| hit[1].parse().ok()).map(Period::year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// A column that was said to be meant and is none is refused.
pub(super) fn refuse_unknown(columns: &[(&str, &Column)], asked: &Asked<'_>) -> Result<(), Diagnostic> {
    let names = || columns.iter().map(|(name, _)| *name);
    let known = |name: &str| name.is_empty() || columns.is_empty() || names().any(|one| one == name);
    let Some((title, name)) = asked.said.iter().find(|(_, name)| !known(name)) else { return Ok(()) };
    let message = format!("台账“{}”没有“{name}”这一列，“{title}”对应不上", asked.ledger);
    let hint = match nearest(name, names()) {
        Some(near) => format!("是不是“{near}”？"),
        None => format!("可用的列：{}", names().collect::<Vec<_>>().join("、")),
    };
    Err(Diagnostic::error("unknown-column", message).hint(hint))
}
