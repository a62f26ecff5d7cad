//! A ledger of 29,000 rows read, and 500 facts written: `cargo bench --bench excel`. Reading is measured in a process
//! of its own, so that its peak memory is that of reading and nothing else.

#![allow(clippy::print_stdout, reason = "a benchmark says its result")]

use std::hint::black_box;
use std::io::Write;
use std::process::Command;
use std::time::Instant;

use huibao::excel::{book, export, ledger};
use huibao::period::Period;
use huibao::project::value::Project;
use rust_xlsxwriter::{Format, Workbook};

/// A ledger as large as any, and one as large as a fact file takes.
const ROWS: [u32; 2] = [29_000, 10_000];
const READ: &str = "--read-ledger";

/// A ledger as departments keep them: words, amounts, numbers, dates, per cents, remarks.
fn workbook(rows: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (money, date, rate) = (
        Format::new().set_num_format("#,##0.00"),
        Format::new().set_num_format("yyyy-mm-dd"),
        Format::new().set_num_format("0.0%"),
    );
    let heads = ["序号", "企业名称", "所在村", "投资（万元）", "安置就业", "签约时间", "增幅", "备注"];
    sheet.write_row(0, 0, heads).expect("heads");
    for row in 1..=rows {
        let number = f64::from(row);
        sheet.write(row, 0, number).expect("a cell");
        sheet.write(row, 1, format!("云溪镇第{row}农产品加工厂")).expect("a cell");
        sheet.write(row, 2, ["东湾村", "西岭村", "南坡村"][row as usize % 3]).expect("a cell");
        sheet.write_with_format(row, 3, number / 7.0, &money).expect("a cell");
        sheet.write(row, 4, f64::from(row % 90)).expect("a cell");
        sheet.write_with_format(row, 5, 40_000.0 + f64::from(row % 700), &date).expect("a cell");
        sheet.write_with_format(row, 6, f64::from(row % 300) / 1000.0, &rate).expect("a cell");
        sheet.write(row, 7, if row % 4 == 0 { "已投产" } else { "" }).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// A project with 500 numbers and a ledger.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut registry, mut year) = (String::new(), String::from("年度: 2011\n"));
    for number in 0..500 {
        registry.push_str(&format!("指标{number}: {{单位: 万元, 类型: 时期, 来源: 统计站}}\n"));
        year.push_str(&format!("指标{number}: {}.5万元\n", number + 100));
    }
    registry.push_str(
        "招商项目: {类型: 台账, 主键: 企业, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}, \
         安置就业: {单位: 人, 类型: 时期}, 签约时间: 日期}}\n",
    );
    std::fs::create_dir(folder.path().join("facts")).expect("a folder");
    std::fs::write(folder.path().join("facts/指标.yaml"), registry).expect("a file");
    std::fs::write(folder.path().join("facts/2011.yaml"), year).expect("a file");
    folder
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// In the process that is measured: the file read, told row by row what it would change, and the new fact file made,
/// unless it would be larger than a fact file may be.
fn read(path: &str) {
    let bytes = std::fs::read(path).expect("the workbook");
    let start = Instant::now();
    let book = book::read(&bytes, "台账.xlsx").expect("a workbook");
    let (cells, after) = (book.sheets[0].rows().map(<[_]>::len).sum::<usize>(), milliseconds(start));
    println!("read {cells} cells: {after:.0} ms, peak {}", peak());
    let folder = project();
    let figures = Project::open(folder.path()).figures(Period::year(2011)).expect("figures");
    let asked = ledger::Asked { ledger: "招商项目", ..ledger::Asked::default() };
    let start = Instant::now();
    let mut proposal = ledger::propose(&book, &figures, &asked).expect("a ledger");
    println!("told {} changes: {:.0} ms, peak {}", proposal.changes.len(), milliseconds(start), peak());
    drop(book);
    let start = Instant::now();
    let size = proposal.make(figures.facts(), 50).first().map(|file| file.after.len() / 1024);
    println!("made {size:?} KB: {:.0} ms, peak {}", milliseconds(start), peak());
}

/// The largest memory that this process has had, as the kernel counts it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |line| line.trim().to_owned())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|one| one == READ) {
        return read(&arguments[at + 1]);
    }
    let own = std::env::current_exe().expect("this program");
    for rows in ROWS {
        let bytes = workbook(rows);
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&bytes).expect("the workbook");
        println!("{rows} rows, {} KB", bytes.len() / 1024);
        for _ in 0..3 {
            let status = Command::new(&own).arg(READ).arg(file.path()).status();
            assert!(status.expect("a process").success());
        }
    }
    let folder = project();
    let figures = Project::open(folder.path()).figures(Period::year(2011)).expect("figures");
    let start = Instant::now();
    let size = black_box(export::workbook(&figures, &[Period::year(2011)]).expect("a workbook")).len();
    println!("500 facts written: {:.0} ms, {} KB", milliseconds(start), size / 1024);
}
