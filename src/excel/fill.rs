//! Cells that mean what stands above them: 〃 and 同上, and names of groups that are written once for all their rows.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Content;
use super::book::place::{Address, letters, ranges};
use super::head::{Found, Head};
use super::row_words::{Line, is_serial};
use super::table::{Held, Table};
use super::title::plain;

/// What stands for the cell above.
const DITTO: [&str; 13] = ["〃", "″", "〞", "〝", "\"", "”", "“", "''", "′′", "、", "..", "同上", "同前"];

/// Which cells mean others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    /// The cell whose content counts, by the cell that means it.
    meant: BTreeMap<Address, Address>,
    /// Cells that mean the one above, where nothing stands.
    lost: BTreeSet<Address>,
    /// What was taken from above, for people: the column and the words.
    pub remarks: Vec<(u32, String)>,
}

impl Fill {
    /// What cells mean in the rows of a table. `key` is the column that names a row: names of groups stand left of it.
    pub fn of(table: &Table<'_>, head: &Head, key: Option<&str>, lines: &[(u32, Line)]) -> Fill {
        let mut fill = Fill::default();
        let end = key_column(table, head, key, lines);
        let mut starts = BTreeSet::new();
        for found in &head.columns {
            fill.ditto(table, found, lines);
            if found.column >= end {
                continue;
            }
            if is_group(table, found.column, lines) {
                starts.extend(fill.group(table, found, lines, &starts));
            } else if !is_serial(&plain(&found.title)) {
                starts.extend(changes(table, found.column, lines));
            }
        }
        fill
    }

    /// The cell whose content counts for a cell; nothing where it means one in which nothing stands.
    pub fn source(&self, at: Address) -> Option<Address> {
        (!self.lost.contains(&at)).then(|| self.meant.get(&at).copied().unwrap_or(at))
    }

    fn ditto(&mut self, table: &Table<'_>, found: &Found, lines: &[(u32, Line)]) {
        let (mut above, mut rows) = (None, Vec::new());
        for row in data(lines) {
            let at = Address { row, column: found.column };
            match table.cell(row, found.column) {
                Held::Own(content) if is_ditto(content) => match above {
                    Some(source) => {
                        self.meant.insert(at, source);
                        rows.push(row);
                    }
                    None => drop(self.lost.insert(at)),
                },
                Held::Nothing => above = None,
                Held::Own(_) | Held::Merged(..) => above = Some(at),
            }
        }
        self.tell(found, &rows, "写的是“同上”，按上一行的读");
    }

    /// The rows in which a group begins; one further left that begins (`starts`) ends it.
    fn group(
        &mut self,
        table: &Table<'_>,
        found: &Found,
        lines: &[(u32, Line)],
        starts: &BTreeSet<u32>,
    ) -> Vec<u32> {
        let (mut above, mut rows, mut begun) = (None, Vec::new(), Vec::new());
        for (row, line) in lines {
            let at = Address { row: *row, column: found.column };
            above = above.filter(|_| !starts.contains(row));
            match (line, table.cell(*row, found.column)) {
                // Behind a total another group begins.
                (Line::Total | Line::Subtotal, _) => above = None,
                (Line::Data, Held::Nothing) => {
                    if let Some(source) = above {
                        self.meant.insert(at, source);
                        rows.push(*row);
                    }
                }
                (Line::Data, _) => {
                    above = Some(self.meant.get(&at).copied().unwrap_or(at));
                    begun.push(*row);
                }
                _ => {}
            }
        }
        self.tell(found, &rows, "空着，按上面的名称读");
        begun
    }

    fn tell(&mut self, found: &Found, rows: &[u32], what: &str) {
        if !rows.is_empty() {
            let (column, title, rows) = (letters(found.column), &found.title, ranges(rows));
            self.remarks.push((found.column, format!("{column}列“{title}”第{rows}行{what}")));
        }
    }
}

/// The rows in which a column says other words than in the row above.
fn changes(table: &Table<'_>, column: u32, lines: &[(u32, Line)]) -> Vec<u32> {
    let mut above = None;
    let mut changed = Vec::new();
    for row in data(lines) {
        if let Held::Own(Content::Text(text)) | Held::Merged(Content::Text(text), _) = table.cell(row, column)
        {
            if above.is_some_and(|above| above != text) {
                changed.push(row);
            }
            above = Some(text);
        }
    }
    changed
}

fn data(lines: &[(u32, Line)]) -> impl Iterator<Item = u32> {
    lines.iter().filter(|(_, line)| *line == Line::Data).map(|(row, _)| *row)
}

fn is_ditto(content: &Content) -> bool {
    matches!(content, Content::Text(text) if DITTO.contains(&text.trim()))
}

/// The column that names a row; without a 主键 the first one that is filled in every row.
fn key_column(table: &Table<'_>, head: &Head, key: Option<&str>, lines: &[(u32, Line)]) -> u32 {
    let filled = |column: u32| data(lines).all(|row| table.cell(row, column) != Held::Nothing);
    let found = match key {
        Some(key) => head.columns.iter().find(|found| found.name == key),
        None => head.columns.iter().find(|found| filled(found.column)),
    };
    found.map_or(0, |found| found.column)
}

/// Whether a column holds names that stand once for several rows: words, the first row filled, and never the same one
/// again right below.
fn is_group(table: &Table<'_>, column: u32, lines: &[(u32, Line)]) -> bool {
    let held: Vec<Held<'_>> = data(lines).map(|row| table.cell(row, column)).collect();
    let words = |held: &Held<'_>| matches!(held, Held::Own(Content::Text(_)) | Held::Nothing);
    let filled: Vec<&Held<'_>> = held.iter().filter(|held| **held != Held::Nothing).collect();
    held.first().is_some_and(|first| *first != Held::Nothing)
        && filled.len() < held.len()
        && held.iter().all(words)
        && filled.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::book::typed;
    use crate::excel::head::{self, Wish};

    fn filled(rows: &[&str], key: Option<&str>) -> (String, String) {
        let sheet = typed(rows).finish();
        let head = head::find(&sheet, &Wish::default()).unwrap();
        let table = Table::new(&sheet, &head, key);
        let lines: Vec<_> = table.lines().collect();
        let fill = Fill::of(&table, &head, key, &lines);
        let meant: Vec<String> = fill.meant.iter().map(|(at, from)| format!("{at}={from}")).collect();
        let lost: Vec<String> = fill.lost.iter().map(Address::to_string).collect();
        (meant.join(" "), lost.join(" "))
    }

    #[test]
    fn what_is_meant_by_a_mark_or_a_gap_is_what_stands_above() {
        let rows = ["片区|村|人口|站长", "东片|甲村|5|张三", "|乙村|〃|同上", "西片|丙村||〃", "|丁村|″|"];
        let (meant, lost) = filled(&rows, Some("村"));
        assert_eq!((meant.as_str(), lost.as_str()), ("A3=A2 C3=C2 D3=D2 D4=D2 A5=A4", "C5"));
        assert_eq!(filled(&rows, None).0, "A3=A2 C3=C2 D3=D2 D4=D2 A5=A4");
    }

    #[test]
    fn a_name_does_not_go_on_into_another_group() {
        let rows = ["片区|组长|村", "东片|张三|甲村", "||乙村", "西片||丙村", "||丁村"];
        assert_eq!(filled(&rows, Some("村")).0, "A3=A2 B3=B2 A5=A4");
        let full = ["序号|片区|组长|村", "1|东片|张三|甲村", "2|东片||乙村", "3|西片||丙村"];
        assert_eq!(filled(&full, Some("村")).0, "C3=C2");
    }

    #[test]
    fn gaps_that_may_be_gaps_stay() {
        for rows in [
            &["村|备注", "甲村|好", "乙村|"][..],
            &["片区|村", "|甲村", "西片|乙村", "|丙村"],
            &["片区|村", "东片|甲村", "东片|乙村", "|丙村"],
            &["号|村", "1|甲村", "|乙村"],
        ] {
            assert_eq!(filled(rows, Some("村")).0, "", "{rows:?}");
        }
        let total = ["片区|村|人口", "东片|甲村|5", "|小计|5", "|乙村|7"];
        assert_eq!(filled(&total, Some("村")).0, "");
    }
}
