//! The sheet of indicators back in.

use std::collections::BTreeMap;

use super::{Page, as_it_stands};
use crate::diag::{Diagnostic, nearest};
use crate::excel::book::Content;
use crate::excel::export::indicators::{self as lines, Line};
use crate::excel::keys::RowKey;
use crate::excel::proposal::{Finding, Proposal, Proposed};
use crate::excel::said::{self, CellText, Wanted, words};
use crate::excel::values::{flat, items, same, written};
use crate::facts;
use crate::facts::edit::FactEdit;
use crate::facts::entry;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Value;
use crate::figures::Figures;
use crate::period::Period;

/// Where the columns of the sheet are; somebody may have moved them.
struct Columns {
    path: u32,
    now: u32,
    source: Option<u32>,
    note: Option<u32>,
}

pub(super) fn propose(page: &Page<'_>, figures: &Figures, year: Period, proposal: &mut Proposal) {
    let columns = Columns {
        path: page.column("指标").unwrap_or(lines::PATH),
        now: page.column(&year.words()).unwrap_or(lines::NOW),
        source: page.column("来源").or(Some(lines::SOURCE)),
        note: page.column("说明").or(Some(lines::NOTE)),
    };
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in page.rows() {
        let mut reader = IndicatorReader { page, figures, year, columns: &columns, row, proposal };
        let Some((path, was)) = reader.identity() else { continue };
        if let Some(first) = seen.insert(path.clone(), row) {
            let problem = Diagnostic::error("row-twice", format!("“{path}”有两行，第一次在第{first}行"));
            reader.refuse(columns.now, problem.hint("请只留一行"));
            continue;
        }
        reader.line(&path, was);
    }
}

struct IndicatorReader<'r, 'b> {
    page: &'r Page<'b>,
    figures: &'r Figures,
    year: Period,
    columns: &'r Columns,
    row: u32,
    proposal: &'r mut Proposal,
}

impl<'b> IndicatorReader<'_, 'b> {
    /// The path of the row, and what stood in it when it was written.
    fn identity(&mut self) -> Option<(String, Option<RowKey>)> {
        if let Some(key) = self.page.key(self.row) {
            return Some((key.key.clone(), Some(key)));
        }
        let path = self.page.get(self.row, self.columns.path).map(words).unwrap_or_default();
        if !path.is_empty() {
            return Some((path, None));
        }
        if self.cell(Some(self.columns.now)).is_some() {
            let problem = Diagnostic::error("no-indicator", "这一行没有写指标");
            self.refuse(self.columns.now, problem.hint("请在“指标”一列写上指标的名称，如 委员.总数"));
        }
        None
    }

    fn cell(&self, column: Option<u32>) -> Option<&'b Content> {
        self.page.get(self.row, column?)
    }

    fn line(&mut self, path: &str, was: Option<RowKey>) {
        let Some(line) = lines::line(self.figures, self.year, path) else { return self.no_line(path) };
        let registry = &self.figures.facts().registry.indicators;
        if line.fact.is_none() && line.indicator.is_none() && !registry.is_empty() {
            return self.no_line(path);
        }
        let was = was.and_then(|key| key.was).or_else(|| line.key().was).unwrap_or_default();
        let before = |name: &str| was.get(name).map(String::as_str).unwrap_or_default();
        if line.computed {
            return self.computed(&line, before("值"));
        }
        let valued = self.value(&line, before("值"));
        self.remark(&line, "来源", self.columns.source, before("来源"), &line.source, valued);
        self.remark(&line, "说明", self.columns.note, before("说明"), &line.note, valued);
    }

    /// A path that the project does not know, or that names a ledger.
    fn no_line(&mut self, path: &str) {
        let edited = [Some(self.columns.now), self.columns.source, self.columns.note];
        if !edited.into_iter().any(|column| self.cell(column).is_some()) {
            return;
        }
        let registry = &self.figures.facts().registry;
        let problem = Diagnostic::error("unknown-indicator", format!("没有“{path}”这个指标，或它是台账"));
        let near = nearest(path, registry.indicators.keys().map(String::as_str));
        let hint =
            near.map_or("请先在“指标.yaml”里登记".to_owned(), |near| format!("是不是“{near}”？"));
        self.refuse(self.columns.now, problem.hint(hint));
    }

    /// A figure that the program computes stays what it was.
    fn computed(&mut self, line: &Line<'_>, before: &str) {
        let said = self.cell(Some(self.columns.now)).map(words).unwrap_or_default();
        if said != before {
            let message = format!("“{}”由公式计算，不在表里填", line.path);
            let hint = "请改它所依据的数；要手填的，就删去“指标.yaml”里的公式";
            self.refuse(self.columns.now, Diagnostic::error("computed-fact", message).hint(hint));
        }
    }

    /// This year's value; whether the fact has an entry in the file afterwards.
    fn value(&mut self, line: &Line<'_>, before: &str) -> bool {
        let on_file = line.fact.is_some();
        let now = line.fact.map(|fact| written(&fact.value)).unwrap_or_default();
        let content = self.cell(Some(self.columns.now));
        let new = match content.map_or_else(
            || Ok(CellText::default()),
            |content| text(content, line, before, self.page.sheet.from_1904),
        ) {
            Ok(said) => {
                self.hint(self.columns.now, said.remark);
                said.text
            }
            Err(problem) => {
                self.refuse(self.columns.now, problem);
                return on_file;
            }
        };
        if is_same(&new, before, line) || is_same(&new, &now, line) {
            return on_file;
        }
        if !is_same(&now, before, line) {
            self.refuse(self.columns.now, changed_since(&line.path, before, &now, &new));
            return on_file;
        }
        if has_paragraphs(line) {
            self.refuse(self.columns.now, entry::paragraphs(&line.path));
            return on_file;
        }
        let edit = match line.kind {
            Some(IndicatorKind::List) => FactEdit::List { path: line.path.clone(), items: items(&new) },
            _ => FactEdit::Set { path: line.path.clone(), value: new.clone() },
        };
        let confirmed = line.fact.is_some_and(|fact| fact.unverified).then(|| FactEdit::Field {
            path: line.path.clone(),
            field: "待核".to_owned(),
            value: String::new(),
        });
        self.propose(&line.path, "值", (&now, &new), self.columns.now, [Some(edit), confirmed]);
        true
    }

    /// 来源 or 说明.
    fn remark(
        &mut self,
        line: &Line<'_>,
        field: &'static str,
        column: Option<u32>,
        before: &str,
        now: &str,
        on_file: bool,
    ) {
        let Some(column) = column else { return };
        let new = match self.cell(Some(column)).map(said::remark) {
            Some(Ok(words)) => words,
            Some(Err(problem)) => return self.refuse(column, problem),
            None => String::new(),
        };
        let (flat_before, flat_now) = (flat(before), flat(now));
        if flat(&new) == flat_before || flat(&new) == flat_now {
            return;
        }
        if flat_now != flat_before {
            let path = format!("{}的{field}", line.path);
            return self.refuse(column, changed_since(&path, before, now, &new));
        }
        let blank = (!on_file).then(|| FactEdit::Set { path: line.path.clone(), value: String::new() });
        let edit = FactEdit::Field { path: line.path.clone(), field: field.to_owned(), value: new.clone() };
        self.propose(&line.path, field, (now, &new), column, [blank, Some(edit)]);
    }

    fn propose<const N: usize>(
        &mut self,
        path: &str,
        what: &'static str,
        (old, new): (&str, &str),
        column: u32,
        edits: [Option<FactEdit>; N],
    ) {
        let change = Proposed {
            year: self.year,
            path: path.to_owned(),
            what,
            old: old.to_owned(),
            new: new.to_owned(),
            at: self.page.at(self.row, column),
        };
        self.proposal.change(change, edits.into_iter().flatten());
    }

    fn hint(&mut self, column: u32, remark: Option<String>) {
        let at = self.page.at(self.row, column);
        self.proposal.findings.extend(remark.map(|remark| Finding::hint(at, remark)));
    }

    fn refuse(&mut self, column: u32, problem: Diagnostic) {
        self.proposal.findings.push(Finding::blocking(self.page.at(self.row, column), problem));
    }
}

/// The words of this year's cell.
fn text(content: &Content, line: &Line<'_>, before: &str, from_1904: bool) -> Result<CellText, Diagnostic> {
    if line.kind == Some(IndicatorKind::List) {
        return said::list(content);
    }
    let stands = as_it_stands(content, line.fact.map(|fact| &fact.value));
    if let Some(text) = stands.or_else(|| has_paragraphs(line).then(|| words(content))) {
        return Ok(CellText { text, remark: None });
    }
    let unit = line.indicator.and_then(|indicator| indicator.unit.as_ref());
    let wanted = Wanted {
        kind: line.kind,
        unit,
        written: line.unit.as_ref(),
        exact: Some(decimals(line, before)),
        from_1904,
    };
    said::read(content, wanted)
}

/// Whether the value may have several paragraphs; it is then edited in the fact file alone.
fn has_paragraphs(line: &Line<'_>) -> bool {
    line.indicator.is_some_and(|indicator| indicator.paragraphs)
}

/// Decimals with which the value was written, so that a new one is written alike.
fn decimals(line: &Line<'_>, before: &str) -> u32 {
    match facts::judge(before, line.kind, None) {
        Ok(Value::Quantity(quantity)) if line.unit.as_ref() == Some(&quantity.amount.unit) => {
            quantity.amount.decimals
        }
        _ => 0,
    }
}

/// Whether two texts of one indicator say the same.
fn is_same(left: &str, right: &str, line: &Line<'_>) -> bool {
    if flat(left) == flat(right) {
        return true;
    }
    if line.kind == Some(IndicatorKind::List) {
        return items(left) == items(right);
    }
    match (facts::judge(left, line.kind, None), facts::judge(right, line.kind, None)) {
        (Ok(left), Ok(right)) => same(&left, &right),
        _ => false,
    }
}

/// The fact file was edited after the workbook was written, and says something else than either.
pub(super) fn changed_since(path: &str, before: &str, now: &str, new: &str) -> Diagnostic {
    let shown = |words: &str| if words.is_empty() { "空的".to_owned() } else { format!("“{words}”") };
    let message = format!(
        "导出以后，“{path}”在事实文件里已由{}改成{}，表里填的是{}",
        shown(before),
        shown(now),
        shown(new)
    );
    Diagnostic::error("changed-since", message).hint("请核实哪个对；重新导出一份再填，或直接改事实文件")
}
