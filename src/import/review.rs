//! 导入核对: every fact that was found as a table that staff go through in their own time, and back again.
//!
//! The table is a page of Markdown, so that it opens in any editor; a workbook holds the same. What is
//! filled into its last columns are decisions; nothing else in it is read.

use std::collections::BTreeSet;

use super::bind::OPEN_SUM;
use super::tidy::{self, Mending};
use super::{Column, Draft, Found, Typed};
use crate::document::{Block, Document, Row, Table, bars, plain};
use crate::facts::value::Quantity;
use crate::input::Read;
use crate::period::Period;

/// Heads of the columns, in order; the last three are for staff.
pub const COLUMNS: [&str; 9] = ["序号", "指标", "年度", "值", "原文", "请核对", "改名为", "各年的数", "处理"];

/// What may be written under 处理.
const NO_FACT: [&str; 4] = ["不是", "不是事实", "否", "不是指标"];
const ACCEPTED: [&str; 5] = ["对", "是", "接受", "好", "已核"];
/// What 处理 says after something was done.
pub const DONE: &str = "已办";
/// What the row of a column of a ledger says for a value.
const COLUMN: &str = "一列";
/// How many years such a row names to begin with.
const YEARS: u32 = 3;
/// What it says where nothing goes by the name of the row any more.
pub const GONE: &str = "已没有";

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Path of the indicator.
    pub path: String,
    /// Year of the value.
    pub year: Period,
    /// The value.
    pub value: String,
    /// The words around it.
    pub context: String,
    /// Why somebody should look at it.
    pub doubt: String,
    /// A new name.
    pub rename: String,
    /// `2008：10次；2009：13次；2010：15次`.
    pub yearly: String,
    /// What is to be done, or was.
    pub verdict: String,
}

/// What staff decided.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Decision {
    /// It is right as it is.
    Accept,
    /// It gets another path.
    Rename { to: String },
    /// It is no fact: the report's words stay.
    NotFact,
    /// It is a sum; these are the values of its years.
    Split { years: Vec<(Period, String)> },
}

impl Item {
    /// A value to look at, of which nothing more is known.
    pub fn new(path: String, year: Period, value: String) -> Item {
        let nothing = String::new;
        Item {
            path,
            year,
            value,
            context: nothing(),
            doubt: nothing(),
            rename: nothing(),
            yearly: nothing(),
            verdict: nothing(),
        }
    }

    /// The row of a fact that was found.
    pub fn of(found: &Found) -> Item {
        let open = found.doubt.contains(OPEN_SUM).then_some(YEARS);
        let years = found.window.or(open).map(|count| {
            found
                .year
                .back(count.saturating_sub(1))
                .map(|year| format!("{}：", year.stem()))
                .collect::<Vec<_>>()
                .join("；")
        });
        Item {
            context: found.context.clone(),
            doubt: found.doubt.clone(),
            yearly: years.unwrap_or_default(),
            ..Item::new(found.path.clone(), found.year, found.text.clone())
        }
    }

    /// Whether somebody should still look at it.
    pub fn is_open(&self) -> bool {
        !self.doubt.is_empty() && self.verdict.is_empty()
    }

    /// Whether it is a sum of years, nobody says of how many.
    pub fn is_open_sum(&self) -> bool {
        self.doubt.contains(OPEN_SUM)
    }

    /// Whether it is a table that was taken for a ledger.
    pub fn is_ledger(&self) -> bool {
        self.value.ends_with("行台账")
    }

    /// Whether it is a column of such a table.
    pub fn is_column(&self) -> bool {
        self.value.starts_with(COLUMN)
    }

    /// Whether staff wrote anything into it.
    pub fn is_filled(&self) -> bool {
        let years = self.parts().any(|(_, value)| !value.is_empty());
        !self.rename.is_empty() || years || !matches!(self.verdict.as_str(), "" | DONE | GONE)
    }

    /// The years whose values are asked for.
    pub fn years(&self) -> Vec<Period> {
        self.parts().map(|(year, _)| year).collect()
    }

    fn parts(&self) -> impl Iterator<Item = (Period, &str)> {
        self.yearly.split(['；', ';', '，', ',', '、']).filter_map(|part| {
            let (year, value) = part.split_once(['：', ':'])?;
            Some((Period::parse(year.trim().trim_end_matches('年'))?, value.trim()))
        })
    }

    /// What was decided, nothing where the row is as it was.
    ///
    /// # Errors
    /// In Chinese: what is written in the row is not understood.
    pub fn decisions(&self) -> Result<Vec<Decision>, String> {
        let mut decisions = Vec::new();
        match self.verdict.trim() {
            "" => {}
            // What was done may still get another name.
            DONE => return Ok(self.other_name().into_iter().collect()),
            GONE => return Ok(Vec::new()),
            words if NO_FACT.contains(&words) => return Ok(vec![Decision::NotFact]),
            words if ACCEPTED.contains(&words) => decisions.push(Decision::Accept),
            words => return Err(format!("看不懂“处理”一栏的“{words}”，请写“对”或“不是”，或空着")),
        }
        let years: Vec<(Period, String)> =
            self.parts().map(|(year, value)| (year, value.to_owned())).collect();
        let mut years = years;
        if self.is_open_sum() {
            years.retain(|(_, value)| !value.is_empty());
            in_a_row(&years, self.year)?;
        }
        let filled = years.iter().filter(|(_, value)| !value.is_empty()).count();
        if filled > 0 && filled < years.len() {
            return Err(format!("“各年的数”没有填全，要填{}年", joined(&years)));
        }
        if let Some((_, value)) =
            years.iter().find(|(_, value)| filled > 0 && Quantity::parse(value).is_err())
        {
            return Err(format!("“各年的数”里的“{value}”不是数字加单位"));
        }
        if filled > 0 {
            decisions.push(Decision::Split { years });
        }
        decisions.extend(self.other_name());
        Ok(decisions)
    }

    /// The new name that is written in the row, where it is another one.
    fn other_name(&self) -> Option<Decision> {
        let name = self.rename.trim();
        let renamed = self.renamed(name);
        (!name.is_empty() && renamed != Decision::Rename { to: self.path.clone() }).then_some(renamed)
    }

    /// A new name; one without a group stays in the group.
    pub fn renamed(&self, name: &str) -> Decision {
        let to = match self.path.rsplit_once('.') {
            Some((group, _)) if !name.contains('.') => format!("{group}.{name}"),
            _ => name.to_owned(),
        };
        Decision::Rename { to }
    }

    /// Its cells.
    pub fn cells(&self, number: usize) -> [String; 9] {
        [
            number.to_string(),
            self.path.clone(),
            self.year.stem(),
            self.value.clone(),
            self.context.clone(),
            self.doubt.clone(),
            self.rename.clone(),
            self.yearly.clone(),
            self.verdict.clone(),
        ]
    }

    fn read(cells: &[String]) -> Option<Item> {
        let [_, path, year, value, context, doubt, rename, yearly, verdict] = cells else { return None };
        Some(Item {
            path: path.clone(),
            year: Period::parse(year)?,
            value: value.clone(),
            context: context.clone(),
            doubt: doubt.clone(),
            rename: rename.clone(),
            yearly: yearly.clone(),
            verdict: verdict.clone(),
        })
    }
}

/// The years of a sum leave none out up to the report's own.
fn in_a_row(years: &[(Period, String)], last: Period) -> Result<(), String> {
    let Some(first) = years.iter().map(|(year, _)| *year).min() else { return Ok(()) };
    match first.through(last).find(|wanted| !years.iter().any(|(year, _)| year == wanted)) {
        Some(missing) => {
            Err(format!("“各年的数”缺{}，从开始的那一年到{}都要填", missing.words(), last.words()))
        }
        None => Ok(()),
    }
}

/// The row of a fact, and behind that of a ledger one for each column.
fn rows_of_found(draft: &Draft, found: &Found) -> Vec<Item> {
    let columns =
        draft.facts.indicators.get(&found.path).map(|one| one.columns.as_slice()).unwrap_or_default();
    let column = |column: &Column| {
        let value =
            if column.unit.is_empty() { COLUMN.to_owned() } else { format!("{COLUMN}（{}）", column.unit) };
        let context = format!("台账“{}”的列", found.path);
        Item { context, ..Item::new(format!("{}.{}", found.path, column.name), found.year, value) }
    };
    std::iter::once(Item::of(found)).chain(columns.iter().map(column)).collect()
}

fn joined(years: &[(Period, String)]) -> String {
    years.iter().map(|(year, _)| year.stem()).collect::<Vec<_>>().join("、")
}

/// What reading the file already left out.
fn remarks(read: &Read) -> Vec<String> {
    let mut remarks: Vec<String> = read.warnings.iter().map(|warning| warning.message.clone()).collect();
    if let Some(written) = &read.written {
        let blank = written.text.lines().filter(|line| line.trim().is_empty()).count();
        remarks.extend((blank > 0).then(|| format!("去掉空行：{blank}处")));
    }
    remarks
}

/// The whole of 导入核对.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// 2010年度《…》.
    pub title: String,
    /// The facts.
    pub items: Vec<Item>,
    /// What else is to be known: head and lines.
    pub notes: Vec<(String, Vec<String>)>,
}

impl Review {
    /// What is to be gone through after an import of a file that was read.
    pub fn of(draft: &Draft, read: &Read) -> Review {
        let cleaned = draft.cleaned.iter().map(|(what, count)| format!("{}：{count}处", what.label()));
        let masked = draft.masked.iter().map(|(line, words)| format!("第{line}段：…{words}…"));
        let plain = draft.plain.iter().map(|line| format!("第{line}段"));
        let kept =
            draft.kept.iter().map(|kept| format!("第{}段“{}”：{}", kept.line, kept.context, kept.reason));
        let stocks: BTreeSet<&str> = draft
            .found
            .iter()
            .map(|found| found.stock.as_str())
            .filter(|reason| !reason.is_empty())
            .collect();
        let tables = draft.tables.iter().map(|table| {
            let Typed { line, name, figures, why } = table;
            format!("第{line}段的表格“{name}”：里面的{figures}个数照原样留在模板里，没有作台账——{why}")
        });
        let notes = [
            ("照原样留在模板里的表格（里面的数每年请自己改）", tables.collect()),
            ("互相矛盾的数字（原文照留，请核对）", draft.contradictions.clone()),
            ("照原文保留为手写的数字（请核对）", kept.collect()),
            ("原文盖住的数字（待填）", masked.collect()),
            ("数字没有换成指标的段落（照原文保留）", plain.collect()),
            ("登记为“时点”的指标（不对的请改类型）", stocks.into_iter().map(str::to_owned).collect()),
            ("清理了什么", remarks(read).into_iter().chain(cleaned).collect()),
        ];
        Review {
            title: format!("{}“{}”", draft.year, draft.name),
            items: draft.found.iter().flat_map(|found| rows_of_found(draft, found)).collect(),
            notes: notes
                .into_iter()
                .filter(|(_, lines)| !lines.is_empty())
                .map(|(head, lines)| (head.to_owned(), lines))
                .collect(),
        }
    }

    /// Says what was tidied before.
    pub fn tidied(&mut self, mendings: &[Mending]) {
        let line = |one: &Mending| format!("{}：{}", one.kind.label(), tidy::said(one));
        if !mendings.is_empty() {
            self.notes.push(("整理了什么".to_owned(), mendings.iter().map(line).collect()));
        }
    }

    /// How many rows somebody should still look at.
    pub fn open(&self) -> usize {
        self.items.iter().filter(|item| item.is_open()).count()
    }

    /// The page; `file` is its own name, for the line that says how to give it back.
    pub fn to_md(&self, file: &str) -> String {
        let mut text = format!(
            "# 导入核对：{}\n\n{}。“改名为”写新的名称；“各年的数”逐年填上；“处理”写“对”或“不是”（不是要每年更新的数）。没有意见的空着。填好存盘，运行：\n\n`huibao import --apply {file}`\n\n{}",
            self.title,
            summary(self.items.len(), self.open()),
            table(&self.items)
        );
        for (head, lines) in &self.notes {
            text.push_str(&format!("\n## {head}\n\n"));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
        }
        text
    }

    /// The page with other rows; what else it says stays.
    pub fn with_rows(page: &str, items: &[Item]) -> String {
        let head = cell_row(&COLUMNS.map(str::to_owned));
        let Some(start) = page.find(head.trim_end()) else { return page.to_owned() };
        let after = page[start..].find("\n\n").map_or(page.len(), |end| start + end + 1);
        let open = items.iter().filter(|item| item.is_open()).count();
        let before =
            match page[..start].find("共有").and_then(|at| Some((at, at + page[at..start].find('。')?))) {
                Some((from, to)) => {
                    format!("{}{}{}", &page[..from], summary(items.len(), open), &page[to..start])
                }
                None => page[..start].to_owned(),
            };
        format!("{before}{}{}", table(items), &page[after..])
    }
}

/// The rows of a page that staff filled in.
///
/// # Errors
/// In Chinese: there is no such table, or a row has lost its cells.
pub fn rows_of(document: &Document) -> Result<Vec<Item>, String> {
    items(table_of(document, &COLUMNS))
}

/// The rows of a workbook, those above its head left out.
///
/// # Errors
/// As [`rows_of`].
pub fn rows_of_cells(rows: &[Vec<String>]) -> Result<Vec<Item>, String> {
    let trimmed = |row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
        cells.resize(COLUMNS.len().max(cells.len()), String::new());
        cells
    };
    let mut rows = rows.iter().map(trimmed);
    let head = rows.find(|cells| *cells == COLUMNS);
    items(head.map(|_| rows.collect()))
}

fn items(rows: Option<Vec<Vec<String>>>) -> Result<Vec<Item>, String> {
    let Some(rows) = rows else {
        return Err(format!("没有找到核对表，表头应是：{}", COLUMNS.join("、")));
    };
    let read = |(index, cells): (usize, Vec<String>)| {
        Item::read(&cells).ok_or_else(|| format!("核对表第{}行的格子不全，或年度不是数字", index + 1))
    };
    rows.into_iter().enumerate().map(read).collect()
}

/// The rows of the first table that has these columns.
pub(super) fn table_of(document: &Document, columns: &[&str]) -> Option<Vec<Vec<String>>> {
    let mut tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let is_asked = |table: &&Table| {
        let names = table.columns().unwrap_or_default();
        names.iter().map(|name| name.trim()).eq(columns.iter().copied())
    };
    let cells = |row: &Row| row.cells.iter().map(|cell| plain(&cell.words).trim().to_owned()).collect();
    Some(tables.find(is_asked)?.rows.iter().map(cells).collect())
}

fn summary(all: usize, open: usize) -> String {
    format!("共有{all}个指标，其中{open}个请核对")
}

fn table(items: &[Item]) -> String {
    let mut text = cell_row(&COLUMNS.map(str::to_owned)) + &cell_row(&COLUMNS.map(|_| "---".to_owned()));
    for (index, item) in items.iter().enumerate() {
        text.push_str(&cell_row(&item.cells(index + 1)));
    }
    text
}

/// A row of a table.
pub(super) fn cell_row(cells: &[String]) -> String {
    let cell = |cell: &String| {
        if bars::joined(cell).is_some() {
            // Alone it would join the cell to another one.
            return format!("\\{cell}");
        }
        bars::parted(&cell.replace('\\', "\\\\").replace('|', "\\|").replace('\n', " "))
    };
    format!("| {} |\n", cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
}
