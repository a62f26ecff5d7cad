//! One change in a ledger of 5,000 rows, and all its rows anew; a key, and the report that it gives, beside such a
//! ledger and in it (see docs/performance.md).

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::facts::edit::{self, FactEdit, Row};
use huibao::period::Period;
use huibao::project::stored::{Edited, Edits, Texts};
use huibao::project::texts::Text;
use huibao::project::value::Project;
use huibao::report::Gaps;

const ROWS: usize = 5_000;
const LEDGER: &str = "投资项目";

/// A file with a ledger whose rows are written by `row`.
fn file(row: impl Fn(usize) -> String) -> String {
    let rows: String = (1..=ROWS).map(row).collect();
    format!("年度: 2011\n委员: {{总数: 17名, 女: 5名}}\n{LEDGER}:\n{rows}# 完\n")
}

fn one_change(at: usize) -> [FactEdit; 1] {
    let (ledger, column, value) = (LEDGER.to_owned(), "投资".to_owned(), "7万元".to_owned());
    [FactEdit::Cell { ledger, row: at, column, value }]
}

fn sorted() -> [FactEdit; 1] {
    [FactEdit::Rows { ledger: LEDGER.to_owned(), rows: (1..=ROWS).rev().map(Row::Keep).collect() }]
}

fn pasted() -> [FactEdit; 1] {
    let cell = |column: &str, value: String| (column.to_owned(), value);
    let row = |at| Row::New(vec![cell("企业", format!("新厂{at}")), cell("投资", format!("{at}万元"))]);
    [FactEdit::Rows { ledger: LEDGER.to_owned(), rows: (1..=ROWS).map(row).collect() }]
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

/// A report of the ledger's total and one fact beside it.
fn keys(criterion: &mut Criterion) {
    let text = file(|at| format!("  - {{企业: 甲厂{at}, 投资: {at}万元, 村: 东村}}\n"));
    let template = "共{{委员.总数}}，投资{{合计 投资项目.投资}}。\n";
    let project = Project::of(Texts::from([
        ("facts/2010", text.replace("2011", "2010").as_str()),
        ("facts/2011", text.as_str()),
        ("templates/汇报", template),
    ]));
    let set = |value: usize| FactEdit::Set { path: "委员.总数".to_owned(), value: format!("{value}名") };
    let cell = |value: usize| {
        let (ledger, column, value) = (LEDGER.to_owned(), "投资".to_owned(), format!("{value}万元"));
        FactEdit::Cell { ledger, row: ROWS / 2, column, value }
    };
    let typed = |change: FactEdit| {
        let (year, mut edits) = (Period::year(2011), Edits::default());
        edits.put(Text::Year(year), None, Edited::Values(vec![change]));
        let typed = project.with(&edits);
        let report = typed.rendered(None, year, Gaps::Show).expect("the report is sound");
        (
            report,
            typed
                .form_of(year, &[], |path| path == "委员.总数" || path == LEDGER)
                .expect("the facts are sound"),
        )
    };
    let changes: [(&str, &dyn Fn(usize) -> FactEdit); 2] = [("key_5000", &set), ("cell_5000", &cell)];
    for (name, change) in changes {
        let mut value = 0;
        criterion.bench_function(name, |b| {
            b.iter(|| {
                value += 1;
                typed(change(value % 1000 + 1))
            });
        });
    }
}

criterion_group!(benches, ledgers, keys);
criterion_main!(benches);
