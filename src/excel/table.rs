//! The rows under a head: which are data, which are totals, notes, or the head again.

use std::collections::BTreeMap;

use super::book::place::{Address, Area};
use super::book::{Cell, Content, Sheet};
use super::head::Head;
use super::said::words;
use super::title::plain;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// One row of the ledger.
    Data,
    /// 合计 of all rows.
    Total,
    /// 小计 of some.
    Subtotal,
    /// A remark, a heading between the rows, who filled the table in.
    Note,
    /// The head again, as at the top of a printed page, or a line of column numbers.
    Head,
}

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
        Table { sheet, head, key, tall: merged.flat_map(columns).collect() }
    }

    /// Rows with content, and what each is.
    pub fn lines(&self) -> impl Iterator<Item = (u32, Line)> {
        let mut first = true;
        let below = self.sheet.rows().filter(|cells| cells[0].at.row > self.head.last);
        below.map(move |cells| {
            let line = self.line(cells, first);
            first &= line == Line::Head;
            (cells[0].at.row, line)
        })
    }

    fn line(&self, cells: &[Cell], first: bool) -> Line {
        let row = cells[0].at.row;
        let opening = words(&cells[0].content);
        let key = self.key.and_then(|key| self.sheet.get(Address { row, column: key })).map(words);
        let label = [Some(opening.as_str()), key.as_deref()].into_iter().flatten().find_map(total);
        if let Some(line) = label {
            return line;
        }
        if self.is_head(cells) || (first && is_numbering(cells)) {
            return Line::Head;
        }
        if self.is_note(cells, &opening, key.as_deref()) { Line::Note } else { Line::Data }
    }

    /// Whether two cells or more say the words of their heads again.
    fn is_head(&self, cells: &[Cell]) -> bool {
        let again = |cell: &&Cell| {
            let found = self.head.columns.iter().find(|found| found.column == cell.at.column);
            let said = plain(&words(&cell.content));
            found.is_some_and(|found| {
                !said.is_empty() && plain(&found.title).contains(&said) && said.chars().count() > 1
            })
        };
        cells.iter().filter(again).count() > 1
            && cells.iter().all(|cell| matches!(cell.content, Content::Text(_)))
    }

    fn is_note(&self, cells: &[Cell], opening: &str, key: Option<&str>) -> bool {
        let said = plain(opening);
        let remark = NOTES.iter().any(|word| {
            let rest = said.strip_prefix(word).unwrap_or_default();
            rest.chars().take(6).any(|c| c == ':')
                || rest.starts_with(|c: char| c.is_ascii_digit() || c == '、')
        });
        let heading = cells.len() == 1 && is_numbered(&said);
        let alone = cells.len() == 1
            && key.is_none()
            && self.key.is_some()
            && matches!(cells[0].content, Content::Text(_));
        remark || heading || alone
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

/// Whether words stand before a total, and of which kind.
fn total(words: &str) -> Option<Line> {
    let said = plain(words);
    let short = said.chars().count() <= 8;
    let ends = |all: &[&str]| all.iter().any(|end| said.ends_with(end) && short);
    let begins = |all: &[&str]| {
        all.iter().any(|word| said.strip_prefix(word).is_some_and(|rest| rest.starts_with('(')))
    };
    if ends(&["小计"]) || begins(&["小计"]) {
        Some(Line::Subtotal)
    } else if ends(&["合计", "总计", "累计", "共计", "合计数", "总和"])
        || said == "计"
        || begins(&["合计", "总计"])
    {
        Some(Line::Total)
    } else {
        None
    }
}

/// `一、工业项目`, `（二）农业项目`.
fn is_numbered(said: &str) -> bool {
    let rest = said.strip_prefix('(').unwrap_or(said);
    let numeral = rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    numeral.len() < rest.len() && numeral.starts_with(['、', ')'])
}

/// A line of column numbers under the head: 甲 1 2 3.
fn is_numbering(cells: &[Cell]) -> bool {
    let said: Vec<String> = cells.iter().map(|cell| plain(&words(&cell.content))).collect();
    let bare = |one: &str| one.trim_matches(['(', ')']).to_owned();
    let letters = |one: &String| "甲乙丙丁戊栏次序号—-".contains(one.as_str());
    let numbers: Option<Vec<u32>> =
        said.iter().filter(|one| !letters(one)).map(|one| bare(one).parse().ok()).collect();
    let rising = numbers.is_some_and(|numbers| {
        numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && numbers.len() > 1
    });
    rising && said.len() > 2
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
