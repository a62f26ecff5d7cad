//! The rows under a head: which are data, which are totals, notes, or the head again.

use std::collections::{BTreeMap, BTreeSet};

use super::book::place::{Address, Area};
use super::book::{Cell, Content, Sheet};
use super::head::Head;
use super::row_words::{Line, is_about, is_numbering, is_numeral, is_remark, is_serial, total};
use super::said::words;
use super::title::{self, plain};

/// What stands in a cell of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Held<'s> {
    /// Nothing.
    Nothing,
    /// Its own content.
    Own(&'s Content),
    /// The content of a cell that is merged downwards from this row.
    Merged(&'s Content, u32),
}

/// A table of a sheet.
#[derive(Debug)]
pub struct Table<'s> {
    sheet: &'s Sheet,
    head: &'s Head,
    /// The column that names a row, where there is one.
    key: Option<u32>,
    /// The rows that name a group: their number is 一 or has others below it, 1 above 1.1.
    groups: BTreeSet<u32>,
    /// Cells under the head that run over several rows: by column and first row, the last row and the first cell.
    tall: BTreeMap<(u32, u32), (u32, Address)>,
}

/// How a remark under or between the rows begins.
const NOTES: [&str; 18] = [
    "注",
    "备注",
    "说明",
    "填表",
    "填报",
    "制表",
    "审核",
    "审批",
    "复核",
    "负责",
    "分管",
    "单位负责",
    "主要负责",
    "联系",
    "报送",
    "经办",
    "统计",
    "日期",
];

impl<'s> Table<'s> {
    /// The table under a head; `key` names the column that names a row.
    pub fn new(sheet: &'s Sheet, head: &'s Head, key: Option<&str>) -> Table<'s> {
        let key =
            head.columns.iter().find(|found| key == Some(found.name.as_str())).map(|found| found.column);
        let merged =
            sheet.merged.iter().filter(|area| area.from.row > head.last && area.to.row > area.from.row);
        let columns = |area: &Area| {
            let (area, columns) = (*area, head.columns.iter().map(|found| found.column));
            let inside = columns.filter(move |column| (area.from.column..=area.to.column).contains(column));
            inside.map(move |column| ((column, area.from.row), (area.to.row, area.from)))
        };
        Table { sheet, head, key, groups: groups(sheet, head, key), tall: merged.flat_map(columns).collect() }
    }

    /// Rows with content, and what each is.
    pub fn lines(&self) -> impl Iterator<Item = (u32, Line)> {
        let (mut first, mut other) = (true, false);
        let below = self.sheet.rows().filter(|cells| cells[0].at.row > self.head.last);
        below.map(move |cells| {
            let line = self.line(cells, first);
            first &= line == Line::Head;
            other = line == Line::Other || other && line != Line::Head;
            (cells[0].at.row, if other { Line::Other } else { line })
        })
    }

    fn line(&self, cells: &[Cell], first: bool) -> Line {
        let row = cells[0].at.row;
        let key = self.key.and_then(|key| self.sheet.get(Address { row, column: key })).map(words);
        let (opening, key) = (plain(&opening(cells)), key.as_deref().map(plain));
        let name = key.as_ref().unwrap_or(&opening);
        if let Some(line) = total(&opening, key.is_none()).or_else(|| total(name, true)) {
            return line;
        }
        if self.is_head(cells) || (first && is_numbering(&said(cells))) {
            return Line::Head;
        }
        if self.is_other_head(cells) {
            return Line::Other;
        }
        if self.groups.contains(&row) {
            return if cells.len() == 1 { Line::Note } else { Line::Subtotal };
        }
        if is_about(name) || self.is_note(cells, key.as_deref()) { Line::Note } else { Line::Data }
    }

    /// Whether two cells or more say the words of their heads again.
    fn is_head(&self, cells: &[Cell]) -> bool {
        let again = |cell: &&Cell| {
            let title = self.head.titles().find(|(column, _)| *column == cell.at.column);
            let said = plain(&words(&cell.content));
            title.is_some_and(|(_, title)| {
                !said.is_empty() && plain(title).contains(&said) && said.chars().count() > 1
            })
        };
        is_words(cells) && cells.iter().filter(again).count() > 1
    }

    /// Whether the head of another table begins: what names a row is called the same, the rest otherwise.
    fn is_other_head(&self, cells: &[Cell]) -> bool {
        let key = self.head.columns.iter().find(|found| Some(found.column) == self.key);
        let again = |cell: &Cell| key.is_some_and(|key| plain(&words(&cell.content)) == plain(&key.title));
        cells.len() > 1 && is_words(cells) && cells.iter().any(again)
    }

    fn is_note(&self, cells: &[Cell], key: Option<&str>) -> bool {
        let said = plain(&words(&cells[0].content));
        let remark = NOTES.iter().any(|word| {
            let rest = said.strip_prefix(word).unwrap_or_default();
            rest.chars().take(6).any(|c| c == ':')
                || rest.starts_with(|c: char| c.is_ascii_digit() || c == '、')
        });
        remark || cells.len() == 1 && self.is_alone_a_note(&cells[0], &said, key)
    }

    /// Whether what stands alone in a row is no row of the ledger: a heading, a remark, a day, something merged over
    /// the table or outside the column that names a row.
    fn is_alone_a_note(&self, cell: &Cell, said: &str, key: Option<&str>) -> bool {
        let outside = key.is_none() && self.key.is_some() && matches!(cell.content, Content::Text(_));
        let over = |area: &&Area| area.from == cell.at && area.to.column > cell.at.column + 1;
        let merged = || self.sheet.merged.iter().any(|area| over(&area));
        let whole = words(&cell.content);
        is_numbered(said)
            || is_remark(said)
            || whole.trim_start().starts_with(['*', '＊', '★', '☆'])
            || title::is_caption(&whole)
            || matches!(cell.content, Content::Date(_))
            || outside
            || merged()
    }

    /// What stands in a column of a row.
    pub fn cell(&self, row: u32, column: u32) -> Held<'s> {
        let above = self.tall.range((column, 0)..=(column, row)).next_back();
        if let Some((_, (_, first))) = above.filter(|(_, (last, _))| row <= *last) {
            return match self.sheet.get(*first) {
                Some(content) => Held::Merged(content, first.row),
                None => Held::Nothing,
            };
        }
        self.sheet.get(Address { row, column }).map_or(Held::Nothing, Held::Own)
    }
}

/// What a row begins with: the number that counts it is left out.
fn opening(cells: &[Cell]) -> String {
    let count = |cell: &&Cell| {
        let said = plain(&words(&cell.content));
        is_numeral(&said) || said.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let first = cells.iter().find(|cell| !count(cell)).unwrap_or(&cells[0]);
    words(&first.content)
}

fn said(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| plain(&words(&cell.content))).collect()
}

fn is_words(cells: &[Cell]) -> bool {
    cells.iter().all(|cell| matches!(cell.content, Content::Text(_)))
}

/// The rows that name groups of those that follow, told by their number: 一 where others are 1 and 2, 1 where others
/// are 1.1 and 1.2, 一、工业 where most rows have no such number before their name.
fn groups(sheet: &Sheet, head: &Head, key: Option<u32>) -> BTreeSet<u32> {
    let serial = head.titles().find(|(_, title)| is_serial(&plain(title))).map(|(column, _)| column);
    let below = || sheet.rows().filter(|cells| cells[0].at.row > head.last);
    let column = |column: u32| {
        let number = move |cells: &[Cell]| {
            let row = cells[0].at.row;
            sheet.get(Address { row, column }).map(|content| (row, plain(&words(content))))
        };
        below().filter_map(number).collect::<Vec<(u32, String)>>()
    };
    let numbers = serial.map(column).unwrap_or_default();
    let counted = numbers.iter().any(|(_, said)| said.starts_with(|c: char| c.is_ascii_digit()));
    let parents: BTreeSet<&str> =
        numbers.iter().filter_map(|(_, said)| said.rsplit_once('.')).map(|(parent, _)| parent).collect();
    let group = |said: &str| counted && is_numeral(said) || parents.contains(said);
    let by_number = numbers.iter().filter(|(_, said)| group(said)).map(|(row, _)| *row);

    let name = |cells: &[Cell]| {
        let row = cells[0].at.row;
        let named = key.and_then(|key| sheet.get(Address { row, column: key })).map(words);
        (row, plain(&named.unwrap_or_else(|| opening(cells))))
    };
    let names: Vec<(u32, String)> = below().map(name).collect();
    let by_name: Vec<u32> = names.iter().filter(|(_, said)| is_numbered(said)).map(|(row, _)| *row).collect();
    let most = by_name.len() * 2 <= names.len();
    by_number.chain(by_name.iter().copied().filter(|_| most)).collect()
}

/// `一、工业项目`, `（二）农业项目`.
fn is_numbered(said: &str) -> bool {
    let rest = said.strip_prefix('(').unwrap_or(said);
    let numeral = rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    numeral.len() < rest.len() && numeral.starts_with(['、', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::book::typed;
    use crate::excel::head::{Found, How};

    fn sheet(rows: &[&str]) -> Sheet {
        typed(rows).finish()
    }

    fn head(columns: &[(u32, &str)]) -> Head {
        let found = |(column, name): &(u32, &str)| Found {
            column: *column,
            title: (*name).to_owned(),
            name: (*name).to_owned(),
            beside: None,
            how: How::Named,
        };
        Head { first: 1, last: 1, columns: columns.iter().map(found).collect(), ..Head::default() }
    }

    #[test]
    fn every_row_is_told_apart() {
        use Line::{Data, Note, Subtotal, Total};
        let rows = [
            ("甲|乙|1|2", Line::Head),
            ("|一、工业项目||", Note),
            ("1|甲厂|640|54", Data),
            ("2|乙厂||", Data),
            ("|小 计|640|", Subtotal),
            ("序号|企业|投资|就业", Line::Head),
            ("3|丙合计算机厂|5|6", Data),
            ("合  计||645|60", Total),
            ("合计（万元）||645|60", Total),
            ("注：本表数字以统计站为准", Note),
            ("填表人：张三||审核人：李四|", Note),
            ("本表一式两份，分送有关单位", Note),
        ];
        let lines: Vec<&str> =
            std::iter::once("序号|企业|投资|就业").chain(rows.iter().map(|(line, _)| *line)).collect();
        let sheet = sheet(&lines);
        let head = head(&[(1, "企业"), (2, "投资"), (3, "就业")]);
        let table = Table::new(&sheet, &head, Some("企业"));
        let found: Vec<(u32, Line)> = table.lines().collect();
        let wanted: Vec<(u32, Line)> = (2..).zip(rows.iter().map(|(_, line)| *line)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn numbers_in_data_are_no_numbering() {
        let sheet = sheet(&["企业|投资|就业", "甲厂|1|2", "乙厂|3|4"]);
        let head = head(&[(0, "企业"), (1, "投资"), (2, "就业")]);
        let found: Vec<Line> =
            Table::new(&sheet, &head, Some("企业")).lines().map(|(_, line)| line).collect();
        assert_eq!(found, [Line::Data, Line::Data]);
    }
}
