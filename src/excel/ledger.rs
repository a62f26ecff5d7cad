//! The table of any department → rows of a ledger.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::book::place::{Address, letters};
use super::book::{Book, Content, Sheet};
use super::head::{self, Doubt, Found, Head, How, Wish};
use super::proposal::{Finding, Proposal};
use super::rows::{self, SheetRow, Target};
use super::said::{self, Wanted};
use super::table::{Held, Line, Table};
use super::title;
use crate::diag::{Act, Diagnostic, Hint, Level, Mapping, Problems, nearest};
use crate::facts;
use crate::facts::registry::{Column, Indicator, IndicatorKind};
use crate::facts::value::Value;
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::number::{Scale, Unit, shift};

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
}

impl Asked<'_> {
    /// What heads were said to mean, by their plain words; what is said now counts.
    pub(super) fn meant(&self) -> BTreeMap<String, String> {
        let said = self.saved.iter().chain(self.said);
        said.map(|(title, name)| (title::plain(title), name.clone())).collect()
    }
}

/// What the table would change in the ledger.
///
/// # Errors
/// The ledger is unknown, the sheet is missing or cannot be told, no head is found, or a column has another unit.
pub fn propose(book: &Book, figures: &Figures, asked: &Asked<'_>) -> Result<Proposal, Problems> {
    let indicator = indicator(figures, asked.ledger)?;
    let sheet = book.chosen(asked.sheet)?;
    let columns: Vec<(&str, &Column)> =
        indicator.iter().flat_map(|one| &one.columns).map(|(name, column)| (name.as_str(), column)).collect();
    refuse_unknown(&columns, asked)?;
    let head = head::find(sheet, &Wish { columns: columns.clone(), saved: asked.meant() })?;
    let key = indicator.and_then(|indicator| indicator.key.as_deref());
    let mut reader = TableReader { sheet, head: &head, columns, key, proposal: Proposal::default() };
    let units = reader.units()?;
    let read = reader.rows(&units);
    let mut proposal = reader.proposal;
    for found in head.columns.iter().filter(|found| found.how != How::Named) {
        proposal.mapping.push((asked.ledger.to_owned(), found.title.clone(), found.name.clone()));
    }
    let unread = asked.said.iter().filter(|(_, name)| name.is_empty());
    proposal.mapping.extend(unread.map(|(title, _)| (asked.ledger.to_owned(), title.clone(), String::new())));
    let year = year(figures, asked, &sheet.name)?;
    let target = Target {
        ledger: asked.ledger,
        year,
        sheet: &sheet.name,
        columns: &head.columns,
        key,
        replace: asked.replace,
    };
    rows::propose(&mut proposal, figures, &target, read);
    Ok(proposal)
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
    let said = on_file.keys().copied().find(|year| sheet.contains(&year.stem()));
    let year = asked.year.or(said).or(asked.shown).unwrap_or(figures.period());
    if on_file.contains_key(&year) {
        return Ok(year);
    }
    Err(Diagnostic::error("no-such-year", format!("没有{year}的事实文件 {}", facts::file(year)))
        .hint(Act::Begin(year)))
}

/// A column that was said to be meant and is none.
fn refuse_unknown(columns: &[(&str, &Column)], asked: &Asked<'_>) -> Result<(), Diagnostic> {
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

struct TableReader<'s> {
    sheet: &'s Sheet,
    head: &'s Head,
    columns: Vec<(&'s str, &'s Column)>,
    key: Option<&'s str>,
    proposal: Proposal,
}

impl<'s> TableReader<'s> {
    fn registered(&self, name: &str) -> Option<&'s Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// The unit that each column is written in, where the table says it.
    fn units(&mut self) -> Result<BTreeMap<String, Unit>, Problems> {
        let mut problems: Vec<Diagnostic> = self.head.doubtful.iter().map(doubtful).collect();
        if let Some(key) = self.key.filter(|key| !self.head.columns.iter().any(|found| found.name == *key)) {
            problems.extend(
                (!self.head.doubtful.iter().any(|doubt| doubt.name == key)).then(|| self.no_key(key)),
            );
        }
        let mut units = BTreeMap::new();
        for found in &self.head.columns {
            match self.unit(found) {
                Ok(Some(unit)) => drop(units.insert(found.name.clone(), unit)),
                Ok(None) => {}
                Err(problem) => problems.push(*problem),
            }
        }
        self.remark_columns(&units);
        if problems.is_empty() { Ok(units) } else { Err(Problems(problems)) }
    }

    fn no_key(&self, key: &str) -> Diagnostic {
        let unused = self.head.unused.iter().map(|(_, title)| title.clone()).collect();
        Diagnostic::error("no-key-column", format!("“{}”里没有找到“{key}”这一列", self.sheet.name))
            .hint(Act::Map(Mapping::Key { name: key.to_owned(), unused }))
    }

    /// The unit of a column: beside its head, else above the table.
    fn unit(&self, found: &Found) -> Result<Option<Unit>, Box<Diagnostic>> {
        let registered = self.registered(&found.name);
        let own = registered.and_then(|column| column.unit.as_ref());
        let number = registered.is_none_or(|column| {
            matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)
        });
        if !number {
            return Ok(None);
        }
        let beside = found.beside.as_deref().map(Unit::parse);
        match (beside, own) {
            (Some(unit), Some(own)) if unit.base == own.base => return Ok(Some(unit)),
            // 投资（万）.
            (Some(unit), Some(own)) if unit.base.is_empty() && unit.is_scaled() => {
                return Ok(Some(own.with_scale(unit.scale)));
            }
            (Some(unit), Some(own)) if is_measure(&unit) => {
                let message =
                    format!("“{}”的单位是“{unit}”，指标表里“{}”的单位是“{own}”", found.title, found.name);
                return Err(Box::new(
                    Diagnostic::error("wrong-unit", message)
                        .hint("请核对是不是对应错了列；单位变了，就改“指标.yaml”"),
                ));
            }
            (Some(unit), None) if is_measure(&unit) => return Ok(Some(unit)),
            _ => {}
        }
        let fits = |unit: &&Unit| own.is_some_and(|own| own.base == unit.base);
        Ok(self.head.units.iter().find(fits).cloned())
    }

    /// What was guessed, left out, or had to be assumed.
    fn remark_columns(&mut self, units: &BTreeMap<String, Unit>) {
        let place = |column: u32| format!("{}!{}列", self.sheet.name, letters(column));
        let mut remarks = Vec::new();
        for found in &self.head.columns {
            if found.how == How::Guessed {
                let message = format!("表头“{}”当作“{}”", found.title, found.name);
                remarks.push((place(found.column), message, Hint::from(Act::Map(Mapping::Guessed))));
            }
            let own = self.registered(&found.name).and_then(|column| column.unit.as_ref());
            if let Some(own) = own.filter(|own| !units.contains_key(&found.name) && own.base == "元") {
                let message = format!("表里没有写“{}”的单位，按指标表的“{own}”读", found.title);
                remarks.push((place(found.column), message, "请核对表里是不是这个单位".into()));
            }
        }
        let missing = self.columns.iter().map(|(name, _)| *name).filter(|name| {
            let found = self.head.columns.iter().any(|found| found.name == *name);
            !found && !self.head.doubtful.iter().any(|doubt| doubt.name == *name)
        });
        let missing: Vec<&str> = missing.collect();
        if !missing.is_empty() {
            let message = format!("表里没有这些列：{}", missing.join("、"));
            remarks.push((self.sheet.name.clone(), message, Act::Map(Mapping::Missing).into()));
        }
        let unused: Vec<&str> = self.head.unused.iter().map(|(_, title)| title.as_str()).collect();
        if !unused.is_empty() && !self.columns.is_empty() {
            let message = format!("没有用到这些列：{}", unused.join("、"));
            remarks.push((self.sheet.name.clone(), message, Act::Map(Mapping::Unused).into()));
        }
        for (at, message, hint) in remarks {
            let problem = Diagnostic::new("columns", Level::Hint, message).hint(hint);
            self.proposal.findings.push(Finding::remark(at, problem));
        }
    }

    fn rows(&mut self, units: &BTreeMap<String, Unit>) -> Vec<SheetRow> {
        let table = Table::new(self.sheet, self.head, self.key);
        let (mut rows, mut totals, mut unread) = (Vec::new(), Vec::new(), 0);
        let (mut skipped, mut hidden) = (Vec::new(), Vec::new());
        for (row, line) in table.lines() {
            match line {
                Line::Data => match self.row(&table, row, units) {
                    Ok(read) if read.cells.is_empty() => {}
                    Ok(read) => {
                        hidden.extend(self.sheet.hidden_rows.contains(&row).then_some(row));
                        rows.push(read);
                    }
                    Err(problem) => {
                        unread += 1;
                        self.unreadable(row, *problem);
                    }
                },
                Line::Total => totals.push(row),
                Line::Subtotal | Line::Note | Line::Head => skipped.push(row),
            }
        }
        self.refuse_twice(&mut rows, &mut unread);
        if unread == 0 {
            totals.iter().for_each(|row| self.check_total(&table, *row, &rows, units));
        }
        self.remark_rows(
            "不是数据，没有读",
            &[totals, skipped].concat(),
            "合计、小计、注释、重复的表头都不算数据",
        );
        self.remark_rows("是隐藏的行，也读了", &hidden, "请核对这些行该不该算");
        rows
    }

    fn remark_rows(&mut self, what: &str, rows: &[u32], hint: &'static str) {
        if rows.is_empty() {
            return;
        }
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let message = format!("第{}行{what}", ranges(&rows));
        let problem = Diagnostic::new("rows", Level::Hint, message).hint(hint);
        self.proposal.findings.push(Finding::remark(self.sheet.name.clone(), problem));
    }

    /// A row that cannot be read. Where a formula failed or was never computed, the whole table is in doubt.
    fn unreadable(&mut self, row: u32, problem: Diagnostic) {
        let blocks = matches!(problem.rule, "cell-error" | "formula-without-value");
        self.proposal.findings.push(Finding {
            at: format!("{}!第{row}行", self.sheet.name),
            problem,
            blocks,
        });
    }

    fn remark(&mut self, at: String, problem: Diagnostic) {
        self.proposal.findings.push(Finding::remark(at, problem));
    }

    /// One row; the first cell that cannot be read makes it unreadable.
    fn row(
        &mut self,
        table: &Table<'s>,
        row: u32,
        units: &BTreeMap<String, Unit>,
    ) -> Result<SheetRow, Box<Diagnostic>> {
        let mut read = SheetRow { row, cells: IndexMap::new() };
        let mut remarks = Vec::new();
        for found in &self.head.columns {
            let at = Address { row, column: found.column };
            let Some(content) = self.content(table, at, found)? else { continue };
            let registered = self.registered(&found.name);
            let wanted = Wanted {
                kind: registered.map(|column| column.kind),
                unit: registered.and_then(|column| column.unit.as_ref()),
                written: units.get(&found.name),
                exact: None,
                from_1904: self.sheet.from_1904,
            };
            let said = said::read(content, wanted)
                .map_err(|problem| Box::new(at_cell(problem, at, &found.title)))?;
            remarks.extend(said.remark.map(|remark| (at, remark)));
            if !said.text.is_empty() {
                read.cells.insert(found.name.clone(), said.text);
            }
        }
        if let Some(key) = self.key.filter(|key| !read.cells.contains_key(*key) && !read.cells.is_empty()) {
            return Err(Box::new(
                Diagnostic::error("no-key", format!("没有写“{key}”，不知道是哪一个"))
                    .hint("请补上，或删去这一行"),
            ));
        }
        for (at, remark) in remarks {
            self.proposal.findings.push(Finding::hint(format!("{}!{at}", self.sheet.name), remark));
        }
        Ok(read)
    }

    /// What stands in a cell. Words of a merged cell hold for all its rows, a number does not.
    fn content(
        &self,
        table: &Table<'s>,
        at: Address,
        found: &Found,
    ) -> Result<Option<&'s Content>, Box<Diagnostic>> {
        match table.cell(at.row, found.column) {
            Held::Nothing => Ok(None),
            Held::Own(content) => Ok(Some(content)),
            Held::Merged(Content::Number(..), first) => {
                let message = format!("“{}”与第{first}行合并成一格，不知道各是多少", found.title);
                let problem = Diagnostic::error("merged-number", message).hint("请取消合并，每行各填各的数");
                Err(Box::new(problem))
            }
            Held::Merged(content, _) => Ok(Some(content)),
        }
    }

    /// A row that names again what an earlier one named is not read.
    fn refuse_twice(&mut self, rows: &mut Vec<SheetRow>, unread: &mut usize) {
        let Some(key) = self.key else { return };
        let mut first: BTreeMap<String, (u32, IndexMap<String, String>)> = BTreeMap::new();
        let mut twice = Vec::new();
        rows.retain(|read| {
            let name = read.cells.get(key).cloned().unwrap_or_default();
            match first.get(&name) {
                Some((row, cells)) => {
                    twice.push((read.row, *row, name, *cells == read.cells));
                    false
                }
                None => {
                    first.insert(name, (read.row, read.cells.clone()));
                    true
                }
            }
        });
        *unread += twice.len();
        for (row, first, name, same) in twice {
            let message =
                format!("“{name}”在第{first}行已经有了{}", if same { "，两行一样" } else { "，两行不一样" });
            let hint = "请核对是不是重复；确实是两笔的，名称要写出区别";
            self.remark(
                format!("{}!第{row}行", self.sheet.name),
                Diagnostic::error("row-twice", message).hint(hint),
            );
        }
    }

    /// Holds a total of the table against the sum of its rows.
    fn check_total(
        &mut self,
        table: &Table<'s>,
        row: u32,
        rows: &[SheetRow],
        units: &BTreeMap<String, Unit>,
    ) {
        for found in &self.head.columns {
            let registered = self.registered(&found.name);
            if !registered
                .is_some_and(|column| matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock))
            {
                continue;
            }
            let Held::Own(content) = table.cell(row, found.column) else { continue };
            let wanted = Wanted {
                kind: registered.map(|column| column.kind),
                unit: registered.and_then(|column| column.unit.as_ref()),
                written: units.get(&found.name),
                exact: None,
                from_1904: self.sheet.from_1904,
            };
            let Ok(total) = said::read(content, wanted).map(|said| said.text) else { continue };
            let parts = rows.iter().filter_map(|read| read.cells.get(&found.name));
            let (Some(stated), Some(sum)) = (
                amount(&total),
                parts.map(|text| amount(text)).try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?)),
            ) else {
                continue;
            };
            if stated != sum {
                let unit = units.get(&found.name).or(registered.and_then(|column| column.unit.as_ref()));
                let shown = shift(sum, unit.map_or(Scale::ONE, |unit| unit.scale)).normalize();
                let message = format!(
                    "“{}”的合计写的是{total}，各行相加是{shown}{}",
                    found.title,
                    unit.map(Unit::to_string).unwrap_or_default()
                );
                let problem = Diagnostic::warning("total-differs", message);
                let at = format!("{}!{}", self.sheet.name, Address { row, column: found.column });
                self.remark(at, problem.hint("请核对是哪一行不对，或有没有漏行"));
            }
        }
    }
}

/// The exact amount that a text says; nothing for an approximate one.
fn amount(text: &str) -> Option<Decimal> {
    match facts::judge(text, Some(IndicatorKind::Flow), None) {
        Ok(Value::Quantity(quantity)) if quantity.amount.is_exact() => Some(quantity.amount.value),
        _ => None,
    }
}

/// Units that heads of tables name; other words in brackets are remarks.
const MEASURES: [&str; 40] = [
    "元",
    "美元",
    "%",
    "‰",
    "亩",
    "公顷",
    "平方米",
    "平方公里",
    "㎡",
    "米",
    "公里",
    "千米",
    "立方米",
    "方",
    "人",
    "名",
    "位",
    "户",
    "人次",
    "户次",
    "个",
    "件",
    "条",
    "次",
    "场",
    "家",
    "项",
    "处",
    "座",
    "所",
    "台",
    "辆",
    "头",
    "只",
    "株",
    "吨",
    "公斤",
    "斤",
    "度",
    "千瓦时",
];

/// Whether words beside a head are a unit and no remark.
fn is_measure(unit: &Unit) -> bool {
    MEASURES.contains(&unit.base.as_str())
}

fn doubtful(Doubt { name, heads }: &Doubt) -> Diagnostic {
    let shown = |(column, title): &(u32, String)| format!("{}列“{title}”", letters(*column));
    let shown: Vec<String> = heads.iter().map(shown).collect();
    let example = heads.last().map_or("表头", |(_, title)| title.as_str());
    let message = format!("“{name}”可能是{}，分不清是哪一列", shown.join("，也可能是"));
    Diagnostic::error("doubtful-column", message)
        .hint(Act::Map(Mapping::Doubtful { name: name.clone(), example: example.to_owned() }))
}

/// A problem of a cell with the address and head of the cell.
fn at_cell(mut problem: Diagnostic, at: Address, title: &str) -> Diagnostic {
    problem.message = format!("{at}“{title}”：{}", problem.message);
    problem
}

/// `3、5至8`.
fn ranges(rows: &[u32]) -> String {
    let runs = rows.chunk_by(|left, right| left + 1 == *right);
    let shown = |run: &[u32]| match (run.first(), run.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}至{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    runs.map(shown).collect::<Vec<_>>().join("、")
}
