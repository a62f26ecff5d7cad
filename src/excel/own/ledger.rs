//! The sheet of a ledger back in: cells, new rows, removed rows, another order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::{Page, as_it_stands};
use crate::diag::Diagnostic;
use crate::excel::book::Content;
use crate::excel::export::ledgers::{self, Column};
use crate::excel::proposal::{Finding, Proposal, Proposed};
use crate::excel::row_words::is_no_row;
use crate::excel::said::{self, CellText, Wanted, words};
use crate::excel::title;
use crate::excel::values::{flat, same, written};
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::facts::value::{Row, Value};
use crate::figures::Figures;
use crate::period::Period;

/// A row of the sheet: its number there, the old row it comes from, and its words by column.
struct Line {
    row: u32,
    from: Option<usize>,
    cells: IndexMap<String, String>,
    /// Where each column stands.
    places: BTreeMap<String, u32>,
}

/// Reads the sheet. `rows` is how many rows the ledger had when the sheet was written.
pub(super) fn propose(
    page: &Page<'_>,
    figures: &Figures,
    (year, path, rows): (Period, &str, usize),
    proposal: &mut Proposal,
) {
    let columns = ledgers::columns(figures, year, path);
    let old = ledgers::rows(figures, year, path);
    let mut reader = LedgerReader { page, columns: &columns, old, year, path, proposal };
    let places = reader.places();
    let mut lines = reader.lines(&places);
    reader.match_rows(&mut lines);
    let kept: Vec<usize> = lines.iter().filter_map(|line| line.from).collect();
    let untouched = lines.len() == rows && kept.iter().copied().eq(0..rows) && reader.is_as_exported(&lines);
    if untouched || reader.is_on_file(&lines) {
        return;
    }
    if rows != old.len() || !reader.is_current(&lines) {
        let message = format!("导出以后，事实文件里的台账“{path}”改过，现在有{}行", old.len());
        let problem = Diagnostic::error("changed-since", message).hint("请重新导出一份，在新表里改");
        return reader.proposal.findings.push(Finding::blocking(&page.sheet.name, problem));
    }
    reader.cells(&lines);
    reader.rows(&lines, &kept);
}

struct LedgerReader<'r, 'b> {
    page: &'r Page<'b>,
    columns: &'r [Column<'r>],
    old: &'r [Arc<Row>],
    year: Period,
    path: &'r str,
    proposal: &'r mut Proposal,
}

impl LedgerReader<'_, '_> {
    /// The column of the sheet for each column of the ledger; heads that are none are refused where something
    /// stands under them.
    fn places(&mut self) -> BTreeMap<String, u32> {
        let mut places = BTreeMap::new();
        for cell in
            self.page.sheet.row(self.page.head).iter().filter(|cell| cell.at.column != self.page.hidden)
        {
            let head = words(&cell.content);
            let said = title::plain(&head);
            let known = |column: &&Column<'_>| {
                said == title::plain(&column.head()) || said == title::plain(&column.name)
            };
            let name = self.columns.iter().find(known).map(|column| column.name.clone());
            // A ledger without registered columns takes new ones.
            let open = self.columns.iter().all(|column| column.registered.is_none());
            match name.or_else(|| (open && !said.is_empty()).then(|| said.clone())) {
                Some(name) => drop(places.entry(name).or_insert(cell.at.column)),
                None => self.unknown_column(&head, cell.at.column),
            }
        }
        places
    }

    fn unknown_column(&mut self, head: &str, column: u32) {
        let used = self.page.rows().any(|row| self.page.get(row, column).is_some());
        if used {
            let problem =
                Diagnostic::error("unknown-column", format!("台账“{}”没有“{head}”这一列", self.path));
            let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
            let hint = format!("可用的列：{}；要加列的，请先在“指标.yaml”里登记", names.join("、"));
            self.refuse(self.page.at(self.page.head, column), problem.hint(hint));
        }
    }

    fn lines(&mut self, places: &BTreeMap<String, u32>) -> Vec<Line> {
        let mut lines = Vec::new();
        for row in self.page.rows() {
            let cells: IndexMap<String, &Content> = places
                .iter()
                .filter_map(|(name, column)| Some((name.clone(), self.page.get(row, *column)?)))
                .collect();
            if cells.is_empty() {
                continue;
            }
            let from = self.page.key(row).and_then(|key| key.key.parse::<usize>().ok()?.checked_sub(1));
            let plain: Vec<String> = cells.values().map(|content| title::plain(&words(content))).collect();
            if from.is_none() && is_no_row(&plain) {
                let remark = "像是合计或者说明，没有当作新的一行".to_owned();
                self.proposal
                    .findings
                    .push(Finding::hint(format!("{}!第{row}行", self.page.sheet.name), remark));
                continue;
            }
            let mut texts = IndexMap::new();
            for (name, content) in cells {
                match self.text(&name, content, from) {
                    Ok(said) => {
                        let at = self.page.at(row, places[&name]);
                        self.proposal.findings.extend(said.remark.map(|remark| Finding::hint(at, remark)));
                        (!said.text.is_empty()).then(|| texts.insert(name, said.text));
                    }
                    Err(problem) => self.refuse(self.page.at(row, places[&name]), problem),
                }
            }
            lines.push(Line { row, from, cells: texts, places: places.clone() });
        }
        lines
    }

    /// The words of a cell, those of the old one where they say the same.
    fn text(&self, name: &str, content: &Content, from: Option<usize>) -> Result<CellText, Diagnostic> {
        let column = self.columns.iter().find(|column| column.name == name);
        let registered = column.and_then(|column| column.registered);
        let unit = column.and_then(|column| column.unit.as_ref());
        let old = from.and_then(|from| self.old.get(from)).and_then(|row| row.cells.get(name));
        if let Some(text) = as_it_stands(content, old.map(|cell| &cell.value)) {
            return Ok(CellText { text, remark: None });
        }
        let decimals = match old.map(|cell| &cell.value) {
            Some(Value::Quantity(quantity)) if Some(&quantity.amount.unit) == unit => {
                quantity.amount.decimals
            }
            _ => 0,
        };
        let kind = registered.map(|registered| registered.kind);
        let wanted = Wanted {
            kind,
            unit: registered.and_then(|registered| registered.unit.as_ref()),
            written: unit,
            exact: Some(decimals),
            from_1904: self.page.sheet.from_1904,
        };
        said::read(content, wanted)
    }

    /// Tells which old row each line comes from: by its key, which may have been copied or left behind by sorting.
    fn match_rows(&self, lines: &mut [Line]) {
        let mut taken = BTreeSet::new();
        let mut unsure = Vec::new();
        for line in lines {
            match line.from.filter(|from| self.says_row(line, *from) && taken.insert(*from)) {
                Some(_) => {}
                None => unsure.push(line),
            }
        }
        let mut elsewhere: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in (0..self.old.len()).rev().filter(|at| !taken.contains(at)) {
            let cells = self.old[at].cells.iter().map(|(name, cell)| (name, written(&cell.value)));
            elsewhere.entry(whole(cells)).or_default().push(at);
        }
        unsure.retain_mut(|line| {
            let cells = line.cells.iter().map(|(name, text)| (name, text.clone()));
            let found = elsewhere.get_mut(&whole(cells)).and_then(Vec::pop);
            taken.extend(found);
            line.from = found.or(line.from);
            found.is_none()
        });
        for line in unsure {
            line.from = line.from.filter(|from| *from < self.old.len() && taken.insert(*from));
        }
    }

    /// Whether a line says what an old row says.
    fn says_row(&self, line: &Line, at: usize) -> bool {
        self.old.get(at).is_some_and(|row| {
            let names: BTreeSet<&String> = row.cells.keys().chain(line.cells.keys()).collect();
            names.into_iter().all(|name| {
                let said = line.cells.get(name).map(String::as_str).unwrap_or_default();
                let value = row.cells.get(name).map(|cell| &cell.value);
                self.says(name, said, value)
            })
        })
    }

    fn says(&self, name: &str, said: &str, value: Option<&Value>) -> bool {
        let stands = value.map(written).unwrap_or_default();
        if flat(said) == flat(&stands) {
            return true;
        }
        let registered =
            self.columns.iter().find(|column| column.name == name).and_then(|column| column.registered);
        let read = facts::judge(said, registered.map(|registered| registered.kind), None);
        matches!((read, value), (Ok(read), Some(value)) if same(&read, value))
    }

    /// Whether the lines are the rows on file, one by one.
    fn is_on_file(&self, lines: &[Line]) -> bool {
        lines.len() == self.old.len() && (0..).zip(lines).all(|(at, line)| self.says_row(line, at))
    }

    /// Whether every line says what stood in it when the sheet was written.
    fn is_as_exported(&self, lines: &[Line]) -> bool {
        lines.iter().all(|line| self.was(line).is_some_and(|was| self.says_words(line, &was)))
    }

    /// Whether the rows on file are still those that the sheet was written from.
    fn is_current(&self, lines: &[Line]) -> bool {
        lines.iter().all(|line| match (line.from, self.page.key(line.row)) {
            (Some(from), Some(key)) => match key.was {
                // A key that was copied or left behind by sorting is no witness of its line.
                Some(was) if key.key == (from + 1).to_string() => {
                    let row: IndexMap<String, String> =
                        ledgers::key(from, &self.old[from]).was.unwrap_or_default();
                    row == was
                }
                _ => true,
            },
            _ => true,
        })
    }

    fn was(&self, line: &Line) -> Option<IndexMap<String, String>> {
        self.page.key(line.row)?.was
    }

    fn says_words(&self, line: &Line, was: &IndexMap<String, String>) -> bool {
        let names: BTreeSet<&String> = was.keys().chain(line.cells.keys()).collect();
        names.into_iter().all(|name| {
            let (said, stood) = (line.cells.get(name), was.get(name));
            let kind = self.columns.iter().find(|column| column.name == *name).and_then(Column::kind);
            let stood = stood.map(String::as_str).unwrap_or_default();
            let value = facts::judge(stood, kind, None).ok().filter(|_| !stood.is_empty());
            self.says(name, said.map(String::as_str).unwrap_or_default(), value.as_ref())
                || flat(said.map(String::as_str).unwrap_or_default()) == flat(stood)
        })
    }

    /// Cells of old rows that say something else.
    fn cells(&mut self, lines: &[Line]) {
        for line in lines {
            let Some(from) = line.from else { continue };
            for (name, column) in &line.places {
                let value = self.old[from].cells.get(name).map(|cell| &cell.value);
                let new = line.cells.get(name).map(String::as_str).unwrap_or_default();
                if self.says(name, new, value) {
                    continue;
                }
                let change = Proposed {
                    year: self.year,
                    path: format!("{}[{}].{name}", self.path, from + 1),
                    what: "值",
                    old: value.map(written).unwrap_or_default(),
                    new: new.to_owned(),
                    at: self.page.at(line.row, *column),
                };
                let (ledger, row) = (self.path.to_owned(), from + 1);
                let edit = FactEdit::Cell { ledger, row, column: name.clone(), value: new.to_owned() };
                self.proposal.change(change, [edit]);
            }
        }
    }

    /// Rows that are new, gone, or in another order.
    fn rows(&mut self, lines: &[Line], kept: &[usize]) {
        let staying: BTreeSet<usize> = kept.iter().copied().collect();
        let gone: Vec<usize> = (0..self.old.len()).filter(|at| !staying.contains(at)).collect();
        let new: Vec<(usize, &Line)> = (1..).zip(lines).filter(|(_, line)| line.from.is_none()).collect();
        let moved = kept.windows(2).any(|pair| pair[0] > pair[1]);
        if gone.is_empty() && new.is_empty() && !moved {
            return;
        }
        for at in &gone {
            let old = summary(self.old[*at].cells.iter().map(|(name, cell)| (name, written(&cell.value))));
            self.row_change(at + 1, "删去", &old, "", self.page.sheet.name.clone());
        }
        for (number, line) in &new {
            let words = summary(line.cells.iter().map(|(name, text)| (name, text.clone())));
            let at = self.page.at_row(line.row);
            self.row_change(*number, "新增", "", &words, at);
        }
        if moved {
            let order: Vec<String> = kept.iter().take(12).map(|at| (at + 1).to_string()).collect();
            let more = if kept.len() > 12 { "……" } else { "" };
            let words = format!("依次是原来的第{}行{more}", order.join("、"));
            self.row_change(1, "顺序", "", &words, self.page.sheet.name.clone());
        }
        let row = |line: &Line| match line.from {
            Some(from) => edit::Row::Keep(from + 1),
            None => edit::Row::New(self.ordered(line)),
        };
        let rows = lines.iter().map(row).collect();
        let edit = FactEdit::Rows { ledger: self.path.to_owned(), rows };
        self.proposal.edits.entry(self.year).or_default().push(edit);
    }

    /// The cells of a new row in the order of the columns.
    fn ordered(&self, line: &Line) -> Vec<(String, String)> {
        let order = |name: &String| self.columns.iter().position(|column| column.name == *name);
        let mut cells: Vec<(String, String)> =
            line.cells.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
        cells.sort_by_key(|(name, _)| order(name).unwrap_or(usize::MAX));
        cells
    }

    fn row_change(&mut self, number: usize, what: &'static str, old: &str, new: &str, at: String) {
        let path = format!("{}[{number}]", self.path);
        let change = Proposed { year: self.year, path, what, old: old.to_owned(), new: new.to_owned(), at };
        self.proposal.change(change, []);
    }

    fn refuse(&mut self, at: String, problem: Diagnostic) {
        self.proposal.findings.push(Finding::blocking(at, problem));
    }
}

/// All of a row, whatever the order of its cells.
fn whole<'n>(cells: impl Iterator<Item = (&'n String, String)>) -> String {
    let mut cells: Vec<String> = cells
        .map(|(name, text)| (name, flat(&text)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("{name}\u{1}{text}"))
        .collect();
    cells.sort_unstable();
    cells.join("\u{2}")
}

/// A row in one line: 企业：甲厂，投资：640万元.
pub(crate) fn summary<'n>(cells: impl Iterator<Item = (&'n String, String)>) -> String {
    let words: Vec<String> =
        cells.filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}：{text}")).collect();
    words.join("，")
}
