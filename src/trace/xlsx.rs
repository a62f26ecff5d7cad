//! 核对表: every number with its facts as a workbook, with room for whoever checked it.

use rust_xlsxwriter::XlsxError;

use super::{Trace, TracedFigure, TypedNumber};
use crate::sheet::{Book, Cell, Column};

const fn column(title: &'static str, width: u16) -> Column {
    Column { title, width }
}

const COLUMNS: [Column; 11] = [
    column("序号", 6),
    column("段落", 6),
    column("数字", 16),
    column("算法", 22),
    column("指标", 24),
    column("年度", 8),
    column("事实", 16),
    column("出处", 24),
    column("来源", 24),
    column("核对人", 12),
    column("备注", 20),
];

impl Trace {
    /// The workbook: figures with a row a fact, then the numbers that were typed.
    ///
    /// # Errors
    /// More rows than Excel has, or lack of memory.
    pub fn workbook(&self, title: &str) -> Result<Vec<u8>, XlsxError> {
        let mut rows = Vec::new();
        for (index, figure) in self.figures.iter().enumerate() {
            rows.extend(figure_rows(index + 1, figure).into_iter().map(|row| (row, false)));
        }
        let mut book = Book::new(title);
        book.sheet("数字", &COLUMNS, &rows)?;
        let untraced = self.untraced.iter().map(|number| (typed(number, "没有出处，请核对"), true));
        let named = self.typed.iter().map(|number| (typed(number, number.why.unwrap_or_default()), false));
        let rows: Vec<_> = untraced.chain(named).collect();
        let columns = [
            column("段落", 6),
            column("数字", 16),
            column("为什么不是事实", 24),
            column("核对人", 12),
            column("备注", 20),
        ];
        book.sheet("手写的数字", &columns, &rows)?;
        book.save()
    }
}

fn number(value: usize) -> Cell {
    Cell::Number(value.into(), 0)
}

/// A row a fact; the figure stands in the first.
fn figure_rows(index: usize, figure: &TracedFigure) -> Vec<Vec<Cell>> {
    let trail = &figure.trail;
    let head =
        [number(index), number(figure.paragraph), Cell::words(&figure.text), Cell::words(&trail.derivation)];
    let blanks = |count: usize| vec![Cell::Blank; count];
    if trail.facts.is_empty() {
        return vec![head.into_iter().chain(blanks(7)).collect()];
    }
    let row = |(at, fact): (usize, &std::sync::Arc<crate::figures::FactRef>)| {
        let head = if at == 0 { head.to_vec() } else { blanks(4) };
        let fact = [
            Cell::words(&fact.path),
            Cell::words(fact.year.words()),
            Cell::words(figure.said(at)),
            Cell::words(format!("{} 第{}行", fact.file, fact.line)),
            Cell::words(fact.source.as_deref().unwrap_or_default()),
        ];
        head.into_iter().chain(fact).chain(blanks(2)).collect()
    };
    trail.facts.iter().enumerate().map(row).collect()
}

fn typed(one: &TypedNumber, why: &str) -> Vec<Cell> {
    vec![number(one.paragraph), Cell::words(&one.text), Cell::words(why), Cell::Blank, Cell::Blank]
}
