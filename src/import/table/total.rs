//! The row of totals of a table: what each of its cells is made from.

use rust_decimal::Decimal;

use super::BLANKS;
use super::column::Column;
use crate::facts::registry::IndicatorKind;
use crate::figures::compare::{percent, ratio};
use crate::zh::number::{Amount, plain};

/// How the row of totals is made.
pub(super) struct Plan {
    /// Columns that are added up, and rates of two sums: `化解率＝化解/排查`.
    pub sums: Vec<String>,
    /// The words of its cells.
    pub labels: Vec<String>,
    /// Whether it stands above the rows.
    pub first: bool,
}

/// Whether a row is one of totals: the first of its cells that says anything.
pub(super) fn is_total(row: &[String]) -> bool {
    const WORDS: [&str; 7] = ["合计", "总计", "共计", "小计", "总数", "累计", "全镇"];
    let label =
        row.iter().take(2).map(|cell| cell.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    let label = label.into_iter().find(|cell| !BLANKS.contains(&cell.as_str())).unwrap_or_default();
    WORDS.contains(&label.as_str()) || label.ends_with("合计") || label.ends_with("总计")
}

/// How a row of totals comes out of the rows.
///
/// # Errors
/// In Chinese: a cell of it is no total of its column.
pub(super) fn plan(
    total: &[String],
    first: bool,
    columns: &[Column],
    rows: &[Vec<String>],
) -> Result<Plan, String> {
    let (mut sums, mut labels) = (Vec::new(), Vec::new());
    if total.len() != columns.len() {
        return Err("合计行的格子不一样多".to_owned());
    }
    for (at, (cell, column)) in total.iter().zip(columns).enumerate() {
        let said = !is_blank(cell) && cell != "<";
        match column.kind {
            _ if !said || column.serial => labels.push(cell.clone()),
            IndicatorKind::Flow | IndicatorKind::Stock => {
                adds_up(cell, column, rows, at)?;
                sums.push(column.name.clone());
                labels.push(String::new());
            }
            IndicatorKind::Rate => {
                let (part, whole) = rate(cell, (column, at), columns, rows)?;
                sums.push(format!("{}＝{part}/{whole}", column.name));
                labels.push(String::new());
            }
            // What is typed there stands still: a figure would be that of last year.
            _ if cell.contains(|c: char| c.is_ascii_digit()) => {
                return Err(format!("合计行的“{cell}”不是各行相加得来的"));
            }
            _ if cell.contains(['、', '"', '|']) => return Err("合计行里有标点".to_owned()),
            _ => labels.push(cell.clone()),
        }
    }
    if sums.is_empty() {
        return Err("合计行没有一列是各行相加的".to_owned());
    }
    while labels.last().is_some_and(String::is_empty) {
        labels.pop();
    }
    Ok(Plan { sums, labels, first })
}

/// A cell says what its column adds up to.
fn adds_up(cell: &str, column: &Column, rows: &[Vec<String>], at: usize) -> Result<(), String> {
    let sum = column.sum(rows, at).ok_or_else(|| format!("“{}”这一列不能相加", column.name))?;
    let printed = column.printed(&sum.text());
    match printed == cell {
        true => Ok(()),
        false => Err(format!("“{}”各行相加是{printed}，合计行写的是{cell}", column.name)),
    }
}

/// The two columns whose sums give the rate that a cell says, and whose cells give that of their rows.
fn rate<'c>(
    cell: &str,
    (column, at): (&Column, usize),
    columns: &'c [Column],
    rows: &[Vec<String>],
) -> Result<(&'c str, &'c str), String> {
    let decimals = rows.iter().map(|row| decimals(&row[at])).max().unwrap_or(0);
    let said = |part: &Amount, whole: &Amount, decimals: u32| {
        let share = ratio(part, whole).ok()?;
        Some(column.printed(&format!("{}%", plain(percent(share, decimals).0))))
    };
    let sums: Vec<(usize, &Column, Amount)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.adds_up())
        .filter_map(|(at, column)| Some((at, column, column.sum(rows, at)?)))
        .collect();
    let of_row = |row: &Vec<String>, part: usize, whole: usize| {
        let amount = |at: usize| columns[at].sum(std::slice::from_ref(row), at);
        let value = amount(part).zip(amount(whole)).and_then(|(part, whole)| said(&part, &whole, decimals));
        value.is_some_and(|value| number(&value) == number(&row[at]))
    };
    for (part_at, part, part_sum) in &sums {
        for (whole_at, whole, whole_sum) in &sums {
            let fits = part_at != whole_at
                && said(part_sum, whole_sum, decimals).as_deref() == Some(cell)
                && rows.iter().all(|row| is_blank(&row[at]) || of_row(row, *part_at, *whole_at));
            if fits {
                return Ok((&part.name, &whole.name));
            }
        }
    }
    Err(format!("合计行的“{}”不是各行相加，也不是两列相除得来的", column.name))
}

fn is_blank(cell: &str) -> bool {
    BLANKS.contains(&cell)
}

fn decimals(cell: &str) -> u32 {
    let behind = cell.split_once('.').map_or("", |(_, behind)| behind);
    behind.chars().take_while(char::is_ascii_digit).count() as u32
}

/// The number that words begin with.
fn number(words: &str) -> Option<Decimal> {
    let end = words.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(words.len());
    words[..end].parse().ok().map(|value: Decimal| value.normalize())
}
