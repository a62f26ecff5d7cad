//! The facts of two years as a workbook: real numbers, and formulas that follow when a cell is mended.

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use crate::diff::facts::{FactChange, Flag, Said, Status};
use crate::sheet::{Book, Cell, Column};

const fn column(title: &'static str, width: u16) -> Column {
    Column { title, width }
}

const FACTS: [Column; 11] = [
    column("指标", 24),
    column("上年原文", 16),
    column("今年原文", 16),
    column("上年", 12),
    column("今年", 12),
    column("单位", 10),
    column("增减", 12),
    column("增幅", 10),
    column("提示", 30),
    column("上年出处", 34),
    column("今年出处", 34),
];
const ROWS: [Column; 6] = [
    column("台账", 24),
    column("条目", 30),
    column("情况", 10),
    column("栏目", 14),
    column("上年", 24),
    column("今年", 24),
];

/// The workbook; `names` are those of last year and this year.
///
/// # Errors
/// More rows than Excel has, or lack of memory.
pub fn facts(facts: &[&FactChange], names: (&str, &str)) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(&format!("事实对比：{} → {}", names.0, names.1));
    let rows: Vec<_> = (2..).zip(facts).map(|(line, fact)| (row(fact, line), fact.asks())).collect();
    book.sheet("指标", &FACTS, &rows)?;
    let rows: Vec<_> = facts.iter().flat_map(|fact| ledger(fact)).collect();
    if !rows.is_empty() {
        book.sheet("台账", &ROWS, &rows)?;
    }
    book.save()
}

/// A row; `line` is its number in the sheet.
fn row(fact: &FactChange, line: usize) -> Vec<Cell> {
    let text =
        |said: &Option<Said>| Cell::words(said.as_ref().map(|said| said.text.as_str()).unwrap_or_default());
    let origin = |said: &Option<Said>| Cell::words(said.as_ref().map(Said::origin).unwrap_or_default());
    let now = fact.now.as_ref().and_then(|said| said.number.as_ref());
    let number =
        |value: Option<Decimal>| value.map_or(Cell::Blank, |value| Cell::Number(value, value.scale()));
    let unit = now.or(fact.then.as_ref().and_then(|said| said.number.as_ref()));
    let change = fact.change.map_or(Cell::Blank, |change| Cell::Formula {
        formula: format!("=E{line}-D{line}"),
        result: change.to_string(),
        decimals: change.scale(),
        percent: false,
    });
    let rate = fact.rate.map_or(Cell::Blank, |rate| Cell::Formula {
        formula: format!("=IFERROR((E{line}-D{line})/D{line},\"—\")"),
        result: (rate / Decimal::ONE_HUNDRED).to_string(),
        decimals: 1,
        percent: true,
    });
    let alone = |said: &Option<Said>| said.as_ref()?.number.as_ref().map(|number| number.coefficient_to(0));
    let then = fact.then_in_unit().or_else(|| if now.is_none() { alone(&fact.then) } else { None });
    let flags: Vec<String> = fact.flags.iter().map(|flag: &Flag| flag.label()).collect();
    vec![
        Cell::words(&fact.path),
        text(&fact.then),
        text(&fact.now),
        number(then.map(|value| value.normalize())),
        number(alone(&fact.now)),
        Cell::words(unit.map(|number| number.unit.to_string()).unwrap_or_default()),
        change,
        rate,
        Cell::words(flags.join("；")),
        origin(&fact.then),
        origin(&fact.now),
    ]
}

/// The rows of a ledger that differ, a line for every column that does.
fn ledger(fact: &FactChange) -> Vec<(Vec<Cell>, bool)> {
    let mut rows = Vec::new();
    for row in fact.rows.iter().filter(|row| row.status != Status::Same) {
        let head =
            || [&fact.path, &row.key].map(Cell::words).into_iter().chain([Cell::words(row.status.label())]);
        if row.fields.is_empty() {
            rows.push((head().chain([Cell::Blank, Cell::Blank, Cell::Blank]).collect(), false));
        }
        for (name, then, now) in &row.fields {
            rows.push((head().chain([name, then, now].map(Cell::words)).collect(), false));
        }
    }
    rows
}
