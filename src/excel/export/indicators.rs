//! The sheet of indicators: last year beside this year, with 来源 and 说明.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::{Ink, Page, width};
use super::validation::{self, Cell};
use crate::excel::book::place::Address;
use crate::excel::keys::{RowKey, SheetKey};
use crate::excel::values::{self, Shown};
use crate::facts::registry::{Check, Indicator, IndicatorKind};
use crate::facts::value::{Fact, Row, Value};
use crate::figures::{Figure, Figures};
use crate::period::Period;
use crate::zh::number::Unit;

/// Columns, from 0: 指标 名称 单位 上年 今年 来源 说明.
pub(crate) const PATH: u32 = 0;
/// The column of this year's value, E.
pub(crate) const NOW: u32 = 4;
/// The column of 来源.
pub(crate) const SOURCE: u32 = 5;
/// The column of 说明.
pub(crate) const NOTE: u32 = 6;

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line<'f> {
    pub path: String,
    pub indicator: Option<&'f Indicator>,
    pub kind: Option<IndicatorKind>,
    /// The unit that its numbers are shown in.
    pub unit: Option<Unit>,
    pub then: Shown,
    pub now: Shown,
    /// This year's fact, where the key is on file.
    pub fact: Option<&'f Fact>,
    pub source: String,
    pub note: String,
    /// 公式: it is not filled in.
    pub computed: bool,
}

/// The lines of a year, in the order of the registry.
pub(crate) fn lines<'f>(figures: &'f Figures, year: Period) -> Vec<Line<'f>> {
    figures.paths().into_iter().filter_map(|path| line(figures, year, path)).collect()
}

/// One line; nothing for a ledger.
pub(crate) fn line<'f>(figures: &'f Figures, year: Period, path: &str) -> Option<Line<'f>> {
    let facts = figures.facts();
    let indicator = facts.registry.indicators.get(path);
    let (then, now) = (facts.get(path, year.before()), facts.get(path, year));
    let ledger = |fact: &Fact| matches!(fact.value, Value::Ledger(_));
    if indicator.is_some_and(|one| one.kind == IndicatorKind::Ledger)
        || [then, now].into_iter().flatten().any(ledger)
    {
        return None;
    }
    let computed = indicator.is_some_and(Indicator::is_computed);
    let figure = |year| figures.figure(path, year).ok().filter(|_| computed);
    let (figure_then, figure_now) = (figure(year.before()), figure(year));
    let unit = [now, then].into_iter().flatten().find_map(unit_of).filter(|_| !computed);
    let own = || indicator.and_then(|indicator| indicator.unit.clone());
    let unit = match unit {
        Some(unit) if own().is_none_or(|own| own.base == unit.base) => Some(unit),
        _ => own().or_else(|| figure_now.as_ref().map(|figure| figure.amount.unit.clone())),
    };
    let shown = |fact: Option<&Fact>, figure: Option<&Figure>| match (fact, figure) {
        (_, Some(figure)) => of_figure(figure, unit.as_ref()),
        (Some(fact), None) => values::shown(&fact.value, unit.as_ref()),
        (None, None) => Shown::Blank,
    };
    let source = now.and_then(|fact| fact.source.clone()).or(indicator.and_then(|one| one.source.clone()));
    let how = figure_now.as_ref().map(|figure| format!("由程序计算：{}", figure.derivation));
    let note = now.and_then(|fact| fact.note.clone()).or(how);
    Some(Line {
        path: path.to_owned(),
        indicator,
        kind: indicator.map(|indicator| indicator.kind).or_else(|| now.or(then).and_then(kind_of)),
        then: shown(then, figure_then.as_deref()),
        now: shown(now, figure_now.as_deref()),
        unit,
        fact: now,
        source: source.unwrap_or_default(),
        note: note.unwrap_or_default(),
        computed,
    })
}

fn unit_of(fact: &Fact) -> Option<Unit> {
    match &fact.value {
        Value::Quantity(quantity) => Some(quantity.amount.unit.clone()),
        _ => None,
    }
}

/// What a fact is that no registry knows.
fn kind_of(fact: &Fact) -> Option<IndicatorKind> {
    match &fact.value {
        Value::Date(_) => Some(IndicatorKind::Date),
        Value::List(_) => Some(IndicatorKind::List),
        Value::Blank | Value::Quantity(_) | Value::Text(_) | Value::Ledger(_) => None,
    }
}

fn of_figure(figure: &Figure, unit: Option<&Unit>) -> Shown {
    let amount = &figure.amount;
    let (number, decimals) = (amount.coefficient_to(0), amount.decimals);
    let other = unit.is_some_and(|unit| *unit != amount.unit);
    if !amount.is_exact() || other || !values::fits(number, decimals) {
        return Shown::Words(figure.text.clone());
    }
    Shown::Number { number, decimals, percent: amount.unit.base == "%" }
}

impl Line<'_> {
    /// What stands in the cells that may be edited.
    pub fn key(&self) -> RowKey {
        let value = match &self.now {
            Shown::Words(words) if self.computed => words.clone(),
            Shown::Number { number, percent, .. } if self.computed => {
                format!("{number}{}", if *percent { "%" } else { "" })
            }
            _ => self.fact.map(|fact| values::written(&fact.value)).unwrap_or_default(),
        };
        RowKey::new(&self.path, [("值", value), ("来源", self.source.clone()), ("说明", self.note.clone())])
    }

    fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    fn is_number(&self) -> bool {
        matches!(self.kind, Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate))
    }
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, figures: &Figures, year: Period) -> Result<(), XlsxError> {
    let lines = lines(figures, year);
    let paths = width(lines.iter().map(|line| line.path.as_str()), 14, 30);
    let names = width(lines.iter().map(Line::name), 10, 20);
    let key = SheetKey::Indicators { year }.written();
    let mut page = Page::new(sheet, vec![paths, names, 8, 16, 18, 26, 36], (0, &key))?;
    let heads = ["指标", "名称", "单位"].map(str::to_owned).into_iter();
    let heads = heads.chain([year.before().words(), year.words(), "来源".into(), "说明".into()]);
    page.heads(&heads.collect::<Vec<_>>(), 2)?;
    let rows: BTreeMap<&str, u32> = (1..).zip(&lines).map(|(row, line)| (line.path.as_str(), row)).collect();
    for (row, line) in (1..).zip(&lines) {
        write_line(&mut page, row, line)?;
        if !line.computed {
            validate(&mut page, row, line, figures, year, &rows, &lines)?;
        }
    }
    let last = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    page.finish(&format!("{year}指标"), last, false)
}

fn write_line(page: &mut Page<'_>, row: u32, line: &Line<'_>) -> Result<(), XlsxError> {
    let words = |text: &str| if text.is_empty() { Shown::Blank } else { Shown::Words(text.to_owned()) };
    let unit = line.unit.as_ref().map(Unit::to_string).unwrap_or_default();
    let cells = [words(&line.path), words(line.name()), words(&unit), line.then.clone(), line.now.clone()];
    let remarks = [words(&line.source), words(&line.note)];
    let open = if line.computed { Ink::Faint } else { Ink::Open };
    page.cell(row, 0, &cells[0], Ink::Faint)?;
    page.cell(row, 1, &cells[1], Ink::Locked)?;
    page.cell(row, 2, &cells[2], Ink::Middle)?;
    page.cell(row, 3, &line.then, Ink::Faint)?;
    let unverified = line.fact.is_some_and(|fact| fact.unverified);
    write_now(page, row, line, if unverified { Ink::Marked } else { open })?;
    page.words(row, 5, &remarks[0], open)?;
    page.words(row, 6, &remarks[1], open)?;
    page.finish_row(row, Some(&line.key().written()), &cells.iter().chain(&remarks).collect::<Vec<_>>())
}

/// This year's cell: a number where a number is wanted, else words.
fn write_now(page: &mut Page<'_>, row: u32, line: &Line<'_>, ink: Ink) -> Result<(), XlsxError> {
    let column = 4;
    match (&line.now, &line.then) {
        (Shown::Blank, Shown::Number { decimals, percent, .. }) => {
            page.empty(row, column, *decimals, *percent, ink)
        }
        (Shown::Blank, _) if line.is_number() => {
            let percent = line.unit.as_ref().is_some_and(|unit| unit.base == "%");
            page.empty(row, column, if percent { 2 } else { 0 }, percent, ink)
        }
        (Shown::Number { .. }, _) => page.cell(row, column, &line.now, ink),
        (Shown::Words(_), _) if line.is_number() => page.cell(row, column, &line.now, ink),
        _ => page.words(row, column, &line.now, ink),
    }
}

fn validate(
    page: &mut Page<'_>,
    row: u32,
    line: &Line<'_>,
    figures: &Figures,
    year: Period,
    rows: &BTreeMap<&str, u32>,
    lines: &[Line<'_>],
) -> Result<(), XlsxError> {
    let address = |row: u32| Address { row: row + 1, column: NOW }.to_string();
    let limit = line.indicator.and_then(|indicator| {
        indicator.checks.iter().find_map(|check| match check {
            Check::AtMost(path) => Some(path.as_str()),
            Check::Equals(_) | Check::Range(..) | Check::Near(..) => None,
        })
    });
    let other = limit.and_then(|path| {
        let at = *rows.get(path)?;
        let same = lines.get(at as usize - 1).is_some_and(|other| other.unit == line.unit);
        same.then(|| (address(at), path))
    });
    let list = line.indicator.and_then(|indicator| indicator.member_of.as_deref());
    let cell = Cell {
        name: line.name(),
        kind: line.kind,
        unit: line.unit.as_ref(),
        indicator: line.indicator,
        names: list.map(|list| names(figures, list, year)).unwrap_or_default(),
        at: address(row),
    };
    let rule = validation::rule(&cell, other.as_ref().map(|(at, path)| (at.as_str(), *path)))?;
    page.validate((row, row), 4, &rule)
}

/// The names of a 名单, or those that name the rows of a 台账.
pub(crate) fn names(figures: &Figures, list: &str, year: Period) -> Vec<String> {
    let Some(fact) = figures.facts().get(list, year) else { return Vec::new() };
    match &fact.value {
        Value::List(items) => items.iter().map(|item| item.text.clone()).collect(),
        Value::Ledger(rows) => {
            let indicator = figures.facts().registry.indicators.get(list);
            let key = indicator.and_then(|indicator| indicator.key.as_ref());
            let cell = |row: &Arc<Row>| {
                let cell = key.and_then(|key| row.cells.get(key)).or(row.cells.values().next());
                cell.map(|cell| values::written(&cell.value))
            };
            rows.iter().filter_map(cell).collect()
        }
        _ => Vec::new(),
    }
}
