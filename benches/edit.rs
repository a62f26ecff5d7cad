//! One change in a ledger of 5,000 rows, and all its rows anew (see docs/performance.md).

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::facts::edit::{self, Change, Row};

const ROWS: usize = 5_000;
const LEDGER: &str = "投资项目";

/// A file with a ledger whose rows are written by `row`.
fn file(row: impl Fn(usize) -> String) -> String {
    let rows: String = (1..=ROWS).map(row).collect();
    format!("年度: 2011\n委员: {{总数: 17名, 女: 5名}}\n{LEDGER}:\n{rows}# 完\n")
}

fn one_change(at: usize) -> [Change; 1] {
    let (ledger, column, value) = (LEDGER.to_owned(), "投资".to_owned(), "7万元".to_owned());
    [Change::Cell { ledger, row: at, column, value }]
}

fn sorted() -> [Change; 1] {
    [Change::Rows { ledger: LEDGER.to_owned(), rows: (1..=ROWS).rev().map(Row::Keep).collect() }]
}

fn pasted() -> [Change; 1] {
    let cell = |column: &str, value: String| (column.to_owned(), value);
    let row = |at| Row::New(vec![cell("企业", format!("新厂{at}")), cell("投资", format!("{at}万元"))]);
    [Change::Rows { ledger: LEDGER.to_owned(), rows: (1..=ROWS).map(row).collect() }]
}

fn ledgers(criterion: &mut Criterion) {
    let flow = file(|at| format!("  - {{企业: 甲厂{at}, 投资: {at}万元, 村: 东村}}\n"));
    let block = file(|at| format!("  - 企业: 甲厂{at}\n    投资: {at}万元\n    村: 东村\n"));
    for (name, text) in [("rows in brackets", &flow), ("rows on lines", &block)] {
        for (change, changes) in
            [("a cell", one_change(ROWS / 2)), ("sorted", sorted()), ("pasted", pasted())]
        {
            criterion.bench_function(&format!("{name}: {change}"), |b| {
                b.iter(|| edit::apply(black_box(text), &changes).expect("the ledger is sound"));
            });
        }
    }
}

criterion_group!(benches, ledgers);
criterion_main!(benches);
