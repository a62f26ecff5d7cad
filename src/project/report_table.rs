//! Tables of a template that print a ledger which an import made. Where staff do not want it, the table is typed as it
//! stands, and what was added up is a fact of its own again; where a column gets another name, the heads stay as they
//! were printed.

use super::amend::Amended;
use super::indicator::{self, New};
use super::texts::Text;
use crate::diag::{Diagnostic, Problems};
use crate::document::{Block, Line};
use crate::facts::edit::FactEdit;
use crate::facts::registry::{Check, Formula, IndicatorKind};
use crate::facts::value::Value;
use crate::import;
use crate::period::Period;
use crate::report::Gaps;

/// A name that no template of a project has.
const TRIED: &str = "核对表里试印";

/// Takes a ledger back; how many figures are typed in the template from now on.
///
/// # Errors
/// Another year has rows, or something else in the templates needs it.
pub fn typed(amended: &mut Amended, path: &str, year: Period) -> Result<usize, Problems> {
    let facts = amended.project().facts()?;
    let filled = |value: &Value| matches!(value, Value::Ledger(rows) if !rows.is_empty());
    let other = facts
        .years
        .iter()
        .find(|(of, values)| **of != year && values.facts.get(path).is_some_and(|fact| filled(&fact.value)));
    if let Some((other, _)) = other {
        let message = format!("台账“{path}”在{other}也有数，不能改回照原样留着");
        return Err(Diagnostic::error("still-used", message).hint("请先删去那一年的各行").into());
    }
    let templates: Vec<Text> = amended
        .project()
        .texts()
        .iter()
        .map(|(text, _)| text.clone())
        .filter(|text| matches!(text, Text::Template(_)))
        .collect();
    let mut typed = 0;
    for template in templates {
        let text = tables(amended, amended.text(&template).to_owned(), path, year, &mut typed)?;
        let text = sums(amended, text, path, year)?;
        amended.put(&template, text);
    }
    amended.unfact(path, "")?;
    Ok(typed)
}

/// Writes the heads of the tables of a ledger out, as they are printed.
///
/// # Errors
/// A table cannot be printed.
pub fn keep_heads(amended: &mut Amended, path: &str, year: Period) -> Result<(), Problems> {
    let start = format!("{{{{表 {path} ");
    for template in templates(amended) {
        let mut text = amended.text(&template).to_owned();
        let mut from = 0;
        while let Some(at) = text[from..].find(&start).map(|at| from + at) {
            let Some(end) = text[at..].find("}}").map(|end| at + end) else { break };
            from = end;
            if text[at..end].contains(" 表头=\"") {
                continue;
            }
            let blocks = printed(amended, &text[at..end + 2], year)?;
            if let Some(Block::Table(table)) = blocks.first()
                && let Some(heads) = table.columns()
            {
                text.insert_str(end, &format!(" 表头=\"{}\"", heads.join("、")));
            }
        }
        amended.put(&template, text);
    }
    Ok(())
}

fn templates(amended: &Amended) -> Vec<Text> {
    let texts = amended.project().texts().iter().map(|(text, _)| text.clone());
    texts.filter(|text| matches!(text, Text::Template(_))).collect()
}

/// A template with the tables of a ledger typed.
fn tables(
    amended: &Amended,
    mut text: String,
    path: &str,
    year: Period,
    typed: &mut usize,
) -> Result<String, Problems> {
    let start = format!("{{{{表 {path} ");
    while let Some(at) = text.find(&start) {
        let Some(end) = text[at..].find("}}").map(|end| at + end + 2) else { break };
        let blocks = printed(amended, &text[at..end], year)?;
        let Some(Block::Table(table)) = blocks.first() else { break };
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let words = cells.map(|cell| Line::of_cells(std::slice::from_ref(cell)).text);
        *typed += words.filter(|words| words.contains(|c: char| c.is_ascii_digit())).count();
        text.replace_range(at..end, &import::pipe_table(table));
    }
    Ok(text)
}

/// A template with facts in the place of the sums of a ledger.
fn sums(amended: &mut Amended, mut text: String, path: &str, year: Period) -> Result<String, Problems> {
    let start = format!("合计 {path}.");
    let mut from = 0;
    while let Some(at) = text[from..].find(&start).map(|at| from + at) {
        let column = &text[at + start.len()..];
        let column = column[..column.find([' ', ')', '}']).unwrap_or(column.len())].to_owned();
        let end = at + start.len() + column.len();
        let fact = stated(amended, path, &column, year)?;
        let (inside, alone) = (text[..at].ends_with('('), text[end..].starts_with("}}"));
        let (span, words) = match (inside, alone) {
            (true, _) if text[end..].starts_with(')') => (at - 1..end + 1, fact),
            (false, true) => (at..end, fact),
            (false, false) => (at..end, format!("数 {fact}")),
            _ => {
                let message = format!("模板里别的算式还用着“{path}.{column}”，不能改回照原样留着");
                return Err(Diagnostic::error("still-used", message).hint("请先把这处算式改成文字").into());
            }
        };
        from = span.start + words.len();
        text.replace_range(span, &words);
    }
    Ok(text)
}

/// The fact that says what a column adds up to: the one that the report stated, else a new one.
fn stated(amended: &mut Amended, ledger: &str, column: &str, year: Period) -> Result<String, Problems> {
    let path = format!("{ledger}.{column}");
    let facts = amended.project().facts()?;
    let is_sum = |check: &Check| matches!(check, Check::Equals(Formula::Sum { ledger: of, column: name, .. }) if of == ledger && name == column);
    let known = facts.registry.indicators.values().find(|one| one.checks.iter().any(is_sum));
    if let Some(known) = known.map(|one| one.path.clone()) {
        let field = FactEdit::Field { path: known.clone(), field: "等于".to_owned(), value: String::new() };
        amended.edit(&Text::Registry, &[field])?;
        return Ok(known);
    }
    let group = ledger.rsplit_once('.').map_or("", |(group, _)| group);
    let taken = |name: &String| facts.registry.indicators.contains_key(name);
    let named = |number: usize| match (group, number) {
        ("", 1) => format!("{column}合计"),
        ("", _) => format!("{column}合计{number}"),
        (_, 1) => format!("{group}.{column}"),
        _ => format!("{group}.{column}{number}"),
    };
    let fact = (1..).map(named).find(|name| !taken(name)).unwrap_or(path.clone());
    let of = facts.registry.indicators.get(ledger).and_then(|one| one.columns.get(column));
    let new = New {
        path: fact.clone(),
        kind: of.map_or(IndicatorKind::Flow, |column| column.kind),
        unit: of.and_then(|column| column.unit.as_ref()).map(ToString::to_string).unwrap_or_default(),
        source: String::new(),
        definition: String::new(),
        columns: Vec::new(),
        key: String::new(),
    };
    let registered = indicator::registered(amended.text(&Text::Registry), &facts.registry, &new)?;
    let value = printed(amended, &format!("{{{{合计 {path}}}}}"), year)?;
    let value = value.first().map(|block| Line::of(block).text).unwrap_or_default();
    amended.put(&Text::Registry, registered);
    amended.edit(&Text::Year(year), &[FactEdit::Set { path: fact.clone(), value }])?;
    Ok(fact)
}

/// What a tag prints by itself.
fn printed(amended: &Amended, tag: &str, year: Period) -> Result<Vec<Block>, Problems> {
    let mut tried = amended.clone();
    tried.put(&Text::Template(TRIED.to_owned()), format!("{tag}\n"));
    Ok(tried.project().rendered(Some(TRIED), year, Gaps::Refuse)?.document.blocks)
}
