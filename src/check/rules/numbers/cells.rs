//! The cells of a table as they are added up: heads, labels, totals and their parts.

use std::ops::Range;

use rust_decimal::Decimal;

use super::parts::slack;
use super::reading::Exact;
use crate::check::Grid;
use crate::zh::number::{Manner, Scale, read};

/// What a head says of a column whose figures are not added up.
const NO_SUMS: [&str; 31] = [
    "率", "比", "%", "％", "‰", "均", "价", "序号", "编号", "年份", "年度", "时间", "日期", "排名", "名次",
    "位次", "电话", "标准", "得分", "分数", "增长", "增幅", "降幅", "增减", "增速", "占", "年龄", "亩产",
    "单产", "指数", "倍",
];

/// Labels of rows that are taken off, or stand beside the sum.
const NO_PARTS: [&str; 6] = ["减", "结余", "结转", "余额", "上年", "去年"];

/// A cell.
#[derive(Debug)]
struct Cell<'t> {
    text: &'t str,
    figure: Option<Exact>,
}

impl<'t> Cell<'t> {
    fn of(text: &'t str, span: &Range<usize>) -> Cell<'t> {
        let words = &text[span.clone()];
        let start = span.start + words.len() - words.trim_start().len();
        let words = words.trim();
        Cell { text: words, figure: figure(words, start..start + words.len()) }
    }

    fn is_blank(&self) -> bool {
        self.text.chars().all(|c| "-—–－/\\ 　".contains(c))
    }

    /// Whether it may stand in a head: words, and in a row that is said to be one also a year without 年.
    fn is_heading(&self, said: bool) -> bool {
        let years = Decimal::from(1900)..Decimal::from(2100);
        let is_year = |figure: &Exact| {
            figure.base() == "年" || said && figure.base().is_empty() && years.contains(&figure.value())
        };
        self.figure.as_ref().is_none_or(is_year)
    }
}

/// The exact amount that all the words of a cell are.
fn figure(words: &str, span: Range<usize>) -> Option<Exact> {
    let written = read(words, Manner::Cell).ok()?;
    let amount = written.exact()?.clone();
    let sane = amount.value.abs() < Decimal::from(1_000_000_000_000_000_u64) && amount.decimals <= 6;
    (amount.is_exact() && sane).then_some(Exact { span, amount })
}

/// What comes of adding up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The total is right.
    Fits,
    /// It is not; the parts come to this.
    Off(Decimal),
}

/// A table without its head.
#[derive(Debug)]
pub(super) struct Table<'t> {
    heads: Vec<Vec<&'t str>>,
    /// Its rows.
    pub(super) rows: Vec<Row<'t>>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row<'t> {
    cells: Vec<Cell<'t>>,
    label: String,
    level: Option<u8>,
}

impl<'t> Table<'t> {
    /// A table of a text.
    pub(super) fn of(text: &'t str, grid: &Grid) -> Table<'t> {
        let cells = |row: &Vec<Range<usize>>| row.iter().map(|cell| Cell::of(text, cell)).collect::<Vec<_>>();
        let mut rows: Vec<Vec<Cell<'t>>> = grid.rows.iter().map(cells).collect();
        let heads = |(index, row): &(usize, &Vec<Cell<'t>>)| {
            row.iter().all(|cell| cell.is_heading(*index < grid.head))
        };
        let words = rows.iter().enumerate().take_while(heads).count();
        let body = rows.split_off(words.min(grid.head.max(2)));
        let width = body.iter().chain(&rows).map(Vec::len).max().unwrap_or(0);
        let heads = (0..width).map(|column| {
            let head = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text);
            head.filter(|text| !text.is_empty()).collect()
        });
        Table { heads: heads.collect(), rows: body.into_iter().map(Row::of).collect() }
    }

    /// How many columns it has.
    pub(super) fn width(&self) -> usize {
        self.heads.len()
    }

    /// Whether it says that it leaves rows out.
    pub(super) fn is_partial(&self) -> bool {
        self.rows
            .iter()
            .any(|row| row.label.contains('…') || NO_PARTS.iter().any(|no| row.label.contains(no)))
    }

    /// The amount in a cell.
    pub(super) fn figure(&self, row: usize, column: usize) -> Option<&Exact> {
        self.rows.get(row)?.cells.get(column)?.figure.as_ref()
    }

    /// The name of a row.
    pub(super) fn label(&self, row: usize) -> &str {
        &self.rows[row].label
    }

    /// The name of a column, or its place where it has none.
    pub(super) fn heading(&self, column: usize) -> String {
        match self.heads[column].last() {
            Some(head) => (*head).to_owned(),
            None => format!("第{}", column + 1),
        }
    }

    /// The kind of total that a row is: the higher, the more it takes in.
    pub(super) fn level(&self, row: usize) -> Option<u8> {
        self.rows[row].level
    }

    /// Whether the figures of a column may be added up.
    pub(super) fn adds_up(&self, column: usize) -> bool {
        !self.heads[column].iter().any(|head| NO_SUMS.iter().any(|no| head.contains(no)))
    }

    /// Whether figures below a head are measured, not counted, so that each of them may be rounded.
    fn is_measured(&self, column: usize) -> bool {
        self.heads[column].iter().any(|head| head.contains(['万', '亿', '千']))
    }

    /// Whether a column is headed as a total.
    pub(super) fn is_total_column(&self, column: usize) -> bool {
        self.heads[column].last().is_some_and(|head| total(head).is_some()) && self.adds_up(column)
    }

    /// The columns that a total may be made of: those beside it up to the next total, or the nearest of them.
    pub(super) fn columns_of(&self, column: usize) -> Vec<Vec<usize>> {
        let counts = |one: &usize| {
            self.adds_up(*one) && (0..self.rows.len()).any(|row| self.figure(row, *one).is_some())
        };
        let near = |columns: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            columns.take_while(|one| !self.is_total_column(*one)).filter(counts).collect()
        };
        let sides = [near(&mut (0..column).rev()), near(&mut (column + 1..self.width()))];
        let all = |side: Vec<usize>| (2..=side.len()).rev().map(|count| side[..count].to_vec()).collect();
        sides.into_iter().flat_map(|side| -> Vec<Vec<usize>> { all(side) }).collect()
    }

    /// Whether columns of a row make its total.
    pub(super) fn across(&self, row: usize, column: usize, parts: &[usize]) -> Option<Verdict> {
        let all = self.figure(row, column)?;
        let cells = self.addends(all, parts.iter().map(|part| (row, *part)))?;
        (!cells.is_empty()).then_some(())?;
        let sum = sum(&cells);
        let fits = self.fits(all, &cells, column);
        Some(if fits { Verdict::Fits } else { Verdict::Off(sum) })
    }

    /// The figures in cells, of which empty ones count nothing. None where one has words or another unit.
    fn addends(&self, all: &Exact, cells: impl Iterator<Item = (usize, usize)>) -> Option<Vec<&Exact>> {
        let mut found = Vec::new();
        for (row, column) in cells {
            let Some(cell) = self.rows[row].cells.get(column).filter(|cell| !cell.is_blank()) else {
                continue;
            };
            found.push(cell.figure.as_ref().filter(|figure| figure.base() == all.base())?);
        }
        (all.base() != "%").then_some(found)
    }

    fn fits(&self, all: &Exact, parts: &[&Exact], column: usize) -> bool {
        let parts: Vec<Exact> = parts.iter().map(|part| (*part).clone()).collect();
        let steps: Decimal = parts.iter().chain([all]).map(Exact::step).sum();
        let large = all.amount.unit.scale != Scale::ONE || self.is_measured(column);
        let finer = parts.iter().any(|part| part.amount.decimals > 0) || all.amount.decimals > 0;
        let allowed = if large || finer { steps / Decimal::TWO } else { slack(all, &parts) };
        (all.value() - parts.iter().map(Exact::value).sum::<Decimal>()).abs() <= allowed
    }

    /// The rows that a total of a level is made of: those above up to the last total of its level, else those below.
    pub(super) fn parts_of(&self, row: usize, level: u8) -> Option<Parts> {
        let ends = |one: &usize| self.rows[*one].level.is_some_and(|other| other >= level);
        let start = (0..row).rev().find(ends).map_or(0, |last| last + 1);
        let end = (row + 1..self.rows.len()).find(ends).unwrap_or(self.rows.len());
        let (above, below) = (start..row, row + 1..end);
        if above.is_empty() {
            return (!below.is_empty()).then_some(Parts { rows: below, other: row..row, plain: false });
        }
        let part = |one: usize| self.rows[one].level.is_none();
        let labels = || above.clone().filter(|one| part(*one)).map(|one| self.rows[one].label.as_str());
        let within = labels().any(|label| label.starts_with("其中"));
        let depth: Vec<u8> = labels().map(depth).collect();
        let plain = !within && depth.iter().all(|one| *one == depth[0]);
        Some(Parts { rows: above, other: below, plain })
    }
}

/// What the parts of a total are.
#[derive(Debug)]
pub(super) struct Parts {
    rows: Range<usize>,
    /// Where they are, if the total stands at the head of its parts.
    other: Range<usize>,
    plain: bool,
}

impl Parts {
    /// Whether nothing in the labels tells one row from another.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether the parts make the total of a column. Nothing where they cannot be added up, or where the total is
    /// no larger than one of them, as a mean is.
    pub(super) fn verdict(&self, table: &Table<'_>, row: usize, column: usize) -> Option<Verdict> {
        let all = table.figure(row, column)?;
        let rows: Vec<usize> = self.rows.clone().filter(|one| !table.rows[*one].is_within()).collect();
        let details = rows.iter().copied().filter(|one| table.rows[*one].level.is_none());
        let parts = table.addends(all, details.map(|one| (one, column)))?;
        let lesser = |part: &&Exact| part.value() < all.value() || part.value() <= Decimal::ZERO;
        let fits = |rows: &[usize]| {
            let cells = table.addends(all, rows.iter().map(|one| (*one, column)));
            cells.is_some_and(|cells| !cells.is_empty() && table.fits(all, &cells, column))
        };
        if self.readings(table, column).iter().any(|rows| fits(rows)) {
            return Some(Verdict::Fits);
        }
        let sure = parts.len() > 1 && parts.iter().all(lesser);
        sure.then(|| Verdict::Off(sum(&parts)))
    }

    /// The ways in which rows may be parts: all of them, the subtotals, those of the highest number, those that are
    /// no parts of another, those behind what 其中 stands before.
    fn readings(&self, table: &Table<'_>, column: usize) -> Vec<Vec<usize>> {
        let mut readings = Vec::new();
        for rows in [&self.rows, &self.other] {
            let rows: Vec<usize> = rows.clone().filter(|one| !table.rows[*one].is_within()).collect();
            let level = |one: &usize| table.rows[*one].level;
            let details: Vec<usize> = rows.iter().copied().filter(|one| level(one).is_none()).collect();
            if let Some(highest) = rows.iter().filter_map(level).max() {
                let totals: Vec<usize> =
                    rows.iter().copied().filter(|one| level(one) == Some(highest)).collect();
                let last = totals.last().copied().unwrap_or(0);
                let behind = details.iter().copied().filter(|one| *one > last);
                readings.push(totals.iter().copied().chain(behind).collect());
                readings.push(totals);
            }
            let depth = |one: &usize| depth(&table.rows[*one].label);
            if let Some(highest) = details.iter().map(depth).min() {
                readings.push(details.iter().copied().filter(|one| depth(one) == highest).collect());
            }
            readings.push(heads_of_groups(table, column, &details));
            readings.extend(behind_within(table, &details));
            readings.push(details);
        }
        readings
    }
}

/// Rows without those that make up the one above them.
fn heads_of_groups(table: &Table<'_>, column: usize, rows: &[usize]) -> Vec<usize> {
    let value = |row: usize| table.figure(row, column).map_or(Decimal::ZERO, Exact::value);
    let (mut heads, mut at) = (Vec::new(), 0);
    while at < rows.len() {
        heads.push(rows[at]);
        let own = value(rows[at]);
        let mut sum = Decimal::ZERO;
        let below = rows[at + 1..].iter().take(MOST).position(|row| {
            sum += value(*row);
            sum == own && own > Decimal::ZERO
        });
        at += 1 + below.filter(|last| *last > 0).map_or(0, |last| last + 1);
    }
    heads
}

/// How many rows one row may be made of.
const MOST: usize = 40;

/// Rows without so many of those that follow one with 其中.
fn behind_within(table: &Table<'_>, rows: &[usize]) -> Vec<Vec<usize>> {
    let follows = |row: usize| row > 0 && table.rows[row - 1].is_within();
    let firsts: Vec<usize> = (0..rows.len()).filter(|at| follows(rows[*at])).collect();
    let [first] = firsts.as_slice() else { return Vec::new() };
    let without = |count: usize| rows[..*first].iter().chain(&rows[first + count..]).copied().collect();
    (1..=(rows.len() - first).min(MOST)).map(without).collect()
}

fn sum(parts: &[&Exact]) -> Decimal {
    parts.iter().map(|part| part.value()).sum()
}

impl<'t> Row<'t> {
    fn of(cells: Vec<Cell<'t>>) -> Row<'t> {
        let names = cells.iter().filter(|cell| !cell.is_blank() && cell.figure.is_none());
        // 序号 may stand before the name, a group before 小计.
        let level = cells.iter().take(3).find_map(|cell| total(cell.text));
        let is_name = |cell: &&Cell<'_>| level.is_none() || total(cell.text).is_some();
        let label = names.clone().find(is_name).map_or("", |cell| cell.text).to_owned();
        Row { label, level, cells }
    }

    fn is_within(&self) -> bool {
        self.label.starts_with("其中")
    }
}

/// The kind of total that words name.
fn total(words: &str) -> Option<u8> {
    let bare = words.split(['（', '(']).next().unwrap_or(words);
    let bare: String = bare.chars().filter(|c| !c.is_whitespace() && !"：:".contains(*c)).collect();
    if bare.chars().count() > LONGEST {
        return None;
    }
    let ends = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    if ends(&["小计"]) {
        Some(0)
    } else if ends(&["总计"]) {
        Some(2)
    } else {
        (ends(&["合计", "共计"]) || bare == "计" || bare == "合计数").then_some(1)
    }
}

/// The longest words that end in 合计 and name a total, in characters.
const LONGEST: usize = 8;

/// How deep the number of a row puts it: 一、, （一）, 1., none.
fn depth(label: &str) -> u8 {
    let rest = label.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    if rest.len() < label.len() && rest.starts_with('、') {
        return 0;
    }
    let digits = label.trim_start_matches(|c: char| c.is_ascii_digit());
    match label.chars().next() {
        Some('（' | '(') => 1,
        Some('0'..='9') if digits.starts_with(['.', '．', '、']) => 2,
        _ => 3,
    }
}
