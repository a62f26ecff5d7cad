//! One form back in.

use indexmap::IndexMap;

use super::{Form, Given};
use crate::diag::{Diagnostic, nearest};
use crate::excel::book::place::Address;
use crate::excel::book::{Book, Content, Sheet};
use crate::excel::export::ledgers::Column;
use crate::excel::form::Collection;
use crate::excel::keys::SheetKey;
use crate::excel::own::{self, Page};
use crate::excel::proposal::Finding;
use crate::excel::said::{self, CellText, Wanted, words};
use crate::excel::title;
use crate::zh::number::Unit;

/// Where the columns of a form are unless its heads say otherwise: 单位, 今年, 说明.
const UNIT: u32 = 1;
const NOW: u32 = 2;
const NOTE: u32 = 4;
/// Rows among which the heads of a form that somebody typed anew are looked for.
const LOOKED_AT: usize = 12;

/// The forms of a file. A sheet that carries no key is read by its heads, where they are those of a form.
pub(super) fn forms(
    name: &str,
    book: &Book,
    collection: &Collection<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Form> {
    let mut forms = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.is_empty()) {
        let found = match own::page(sheet) {
            Some((SheetKey::Form { ledger, year, unit }, page)) => {
                (ledger == collection.ledger.path && year == collection.year).then_some((unit, page))
            }
            Some(_) => None,
            None => typed_anew(name, sheet, collection),
        };
        if let Some((unit, page)) = found {
            if let Err(problem) = book.refuse_links(sheet) {
                findings.push(Finding::remark("", problem));
                continue;
            }
            let file = format!("{name} {}", sheet.name);
            let form = Form { unit, file, given: IndexMap::new(), blank: Vec::new(), refused: Vec::new() };
            forms.push(FormReader { page: &page, collection, findings, form, file: name }.read());
        }
    }
    forms
}

/// A sheet without a key: a head that says 指标, and a village named in the name of the sheet or file, or in the lines
/// above the head.
fn typed_anew<'b>(name: &str, sheet: &'b Sheet, collection: &Collection<'_>) -> Option<(String, Page<'b>)> {
    let mut rows = sheet.rows().take(LOOKED_AT);
    let is_head = |cells: &&[crate::excel::book::Cell]| {
        let said: Vec<String> = cells.iter().map(|cell| title::plain(&words(&cell.content))).collect();
        said.iter().any(|one| one == "指标") && said.len() > 1
    };
    let head = rows.find(is_head)?[0].at.row;
    let above = sheet.rows().flatten().take_while(|cell| cell.at.row < head).map(|cell| words(&cell.content));
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let places: Vec<String> = [sheet.name.clone(), stem.to_owned()].into_iter().chain(above).collect();
    let named = |unit: &&String| places.iter().any(|place| place.contains(unit.as_str()));
    // 东湾村 before 湾村: the longest name that is there.
    let unit = collection.units.iter().filter(named).max_by_key(|unit| unit.chars().count())?;
    Some((unit.clone(), Page::without_key(sheet, head)))
}

struct FormReader<'r, 'b> {
    page: &'r Page<'b>,
    collection: &'r Collection<'r>,
    findings: &'r mut Vec<Finding>,
    form: Form,
    file: &'r str,
}

impl FormReader<'_, '_> {
    fn read(mut self) -> Form {
        let columns = self.collection.columns();
        let year = self.collection.year.words();
        let now = self.page.column(&year).or_else(|| self.page.column("数")).unwrap_or(NOW);
        let unit = self.page.column("单位").unwrap_or(UNIT);
        let note = self.page.column("说明").unwrap_or(NOTE);
        for row in self.page.rows() {
            let said = self.page.get(row, 0).map(|content| title::plain(&words(content))).unwrap_or_default();
            let name = self.page.key(row).map_or(said, |key| key.key);
            match columns.iter().find(|column| column.name == name || title::plain(&column.name) == name) {
                Some(column) => self.line(row, column, (now, unit, note)),
                None => self.unknown(row, &name, now, &columns),
            }
        }
        let missing = |column: &&Column<'_>| {
            !self.form.given.contains_key(&column.name) && !self.form.refused.contains(&column.name)
        };
        self.form.blank = columns.iter().filter(missing).map(|column| column.name.clone()).collect();
        self.form
    }

    /// `各村/东湾村.xlsx 指标!C5`.
    fn at(&self, row: u32, column: u32) -> String {
        format!("{} {}!{}", self.file, self.page.sheet.name, Address { row, column })
    }

    fn line(&mut self, row: u32, column: &Column<'_>, (now, unit, note): (u32, u32, u32)) {
        let Some(content) = self.page.get(row, now) else { return };
        let at = self.at(row, now);
        match self.text(content, self.page.get(row, unit), column) {
            Ok(said) if said.text.is_empty() => {}
            Ok(said) => {
                self.findings.extend(said.remark.map(|remark| Finding::hint(at.clone(), remark)));
                let note = self.note(row, note);
                self.form.given.insert(column.name.clone(), Given { text: said.text, note, at });
            }
            Err(problem) => {
                self.form.refused.push(column.name.clone());
                self.findings.push(Finding::remark(at, problem));
            }
        }
    }

    /// What is remarked beside a number; one that cannot be written down is left out.
    fn note(&mut self, row: u32, column: u32) -> String {
        match self.page.get(row, column).map(said::remark) {
            Some(Ok(words)) => words,
            Some(Err(problem)) => {
                self.findings.push(Finding::remark(self.at(row, column), problem));
                String::new()
            }
            None => String::new(),
        }
    }

    /// The words of a number, in the unit that stands beside it.
    fn text(
        &self,
        content: &Content,
        beside: Option<&Content>,
        column: &Column<'_>,
    ) -> Result<CellText, Diagnostic> {
        let own = column.unit.as_ref();
        let beside = beside.map(|content| Unit::parse(&title::plain(&words(content))));
        let beside = beside.filter(|unit| *unit != Unit::default());
        if let (Some(beside), Some(own)) = (&beside, own)
            && beside.base != own.base
        {
            let message = format!("单位写的是“{beside}”，应当是“{own}”");
            return Err(
                Diagnostic::error("wrong-unit", message).hint("请核对这个数是按什么单位填的，改好再汇总")
            );
        }
        let wanted = Wanted {
            kind: column.kind(),
            unit: own,
            written: beside.as_ref().filter(|_| own.is_some()),
            exact: Some(0),
            from_1904: self.page.sheet.from_1904,
        };
        said::read(content, wanted)
    }

    /// A line that is no column of the ledger, in which something was filled in.
    fn unknown(&mut self, row: u32, name: &str, now: u32, columns: &[Column<'_>]) {
        if name.is_empty() || self.page.get(row, now).is_none() {
            return;
        }
        let names = columns.iter().map(|column| column.name.as_str());
        let problem = Diagnostic::error("unknown-column", format!("“{name}”不是要收的指标，没有读"));
        let problem = match nearest(name, names) {
            Some(near) => problem.hint(format!("是不是“{near}”？")),
            None => problem,
        };
        self.findings.push(Finding::remark(self.at(row, now), problem));
    }
}
