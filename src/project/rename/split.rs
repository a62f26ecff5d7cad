//! One indicator that is two: a new one like it, the places of the templates that mean the new one, and its values.

use std::ops::Range;
use std::sync::Arc;

use super::{column_of, known, naming, reports};
use crate::diag::{Diagnostic, Problems, Source};
use crate::facts::edit::{FactEdit, Row, scalar};
use crate::facts::tree::{Key, Node};
use crate::facts::value::{Fact, Value};
use crate::facts::{self, Facts};
use crate::figures::value_text;
use crate::period::Period;
use crate::project::amend::Amended;
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::template::{self, Mention, Named};

/// A place of a template that names an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The template.
    pub report: String,
    /// The words around, with the name in brackets.
    pub words: String,
}

/// What the new indicator takes of the old one.
pub struct Taken<'t> {
    /// Places as [`places`] lists them, from 1.
    pub places: &'t [usize],
    /// Years; all that have a value where none is named.
    pub years: &'t [Period],
    /// Whether their values are not the old one's any more.
    pub moved: bool,
}

impl Taken<'_> {
    /// Whether nothing but places is to be taken.
    fn is_places_only(&self) -> bool {
        !self.places.is_empty() && self.years.is_empty() && !self.moved
    }
}

/// Every place of the templates that names an indicator, in order.
pub fn places(project: &Project, path: &str) -> Vec<Place> {
    let found = found(project, path).unwrap_or_default();
    found
        .into_iter()
        .map(|(report, mention)| {
            let text = project.texts().words(&Text::Template(report.clone()));
            Place { words: around(text, &mention, path), report }
        })
        .collect()
}

fn found(project: &Project, path: &str) -> Result<Vec<(String, Mention)>, Problems> {
    let facts = Arc::clone(project.facts()?);
    let below = |named: &str| {
        named
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || facts.is_ledger(path) && rest.starts_with('.'))
    };
    let mut found = Vec::new();
    for (text, _) in project.texts().iter() {
        let Text::Template(name) = text else { continue };
        let of = template::mentions(project.texts().words(text), &facts);
        let named = of.into_iter().filter(|one| matches!(&one.of, Named::Fact(named) if below(named)));
        found.extend(named.map(|one| (name.clone(), one)));
    }
    Ok(found)
}

/// The words of the line around a place; other tags are dots.
fn around(text: &str, mention: &Mention, path: &str) -> String {
    const SIDE: usize = 16;
    let start = text[..mention.tag.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[mention.tag.end..].find('\n').map_or(text.len(), |at| mention.tag.end + at);
    let before: Vec<char> = plain(&text[start..mention.tag.start]).chars().collect();
    let after: String = plain(&text[mention.tag.end..end]).chars().take(SIDE).collect();
    let before: String = before[before.len().saturating_sub(SIDE)..].iter().collect();
    format!("{before}【{path}】{after}")
}

fn plain(words: &str) -> String {
    let mut plain = String::new();
    let mut rest = words;
    while let Some(start) = rest.find("{{") {
        plain.push_str(&rest[..start]);
        let end = rest[start..].find("}}").map_or(rest.len(), |at| start + at + 2);
        let opens = rest[start..].starts_with("{{#") || rest[start..].starts_with("{{/");
        plain.push_str(if opens { "" } else { "…" });
        rest = rest[end..].trim_start_matches('}');
    }
    plain + rest
}

/// Makes the new indicator.
///
/// # Errors
/// The name is taken or cannot be one, or a value cannot be written again.
pub fn split(
    amended: &mut Amended,
    path: &str,
    new: &str,
    taken: &Taken<'_>,
    notes: &mut Vec<String>,
) -> Result<String, Problems> {
    let facts = Arc::clone(amended.project().facts()?);
    if column_of(amended.project(), path).is_some() {
        return Err(refused(format!("“{path}”是台账的一列，不能分出"), "请在台账里加一列").into());
    }
    known(&facts, path)?;
    let new = naming::within(path, new.trim());
    let places = found(amended.project(), path)?;
    if let Some(wrong) = taken.places.iter().find(|place| **place == 0 || **place > places.len()) {
        let message = format!("模板里用到“{path}”的有{}处，没有第{wrong}处", places.len());
        return Err(refused(message, "请先看有哪几处").into());
    }
    // A place that means another one that is there already.
    if known(&facts, &new).is_ok() && new != path && taken.is_places_only() {
        repointed(amended, path, &new, &places, taken.places);
        return Ok(format!("模板里的{}处 {path} 改用 {new}", taken.places.len()));
    }
    naming::free(&facts, &new)?;
    if facts.registry.indicators.get(path).is_some_and(|one| one.formula.is_some()) {
        return Err(refused(format!("“{path}”由公式计算，不能分出"), "请新增一个指标").into());
    }
    for year in taken.years {
        if facts.get(path, *year).is_none() {
            return Err(refused(format!("{year}没有“{path}”的值"), "请核对年度").into());
        }
    }
    let computed = reports::computed(amended.project());
    registered(amended, &facts, path, &new)?;
    values(amended, &facts, path, &new, taken)?;
    repointed(amended, path, &new, &places, taken.places);
    reports::same_figures(&computed, amended.project(), false)?;
    if taken.places.is_empty() && !places.is_empty() {
        notes.push(format!("模板里的{}处还是用“{path}”", places.len()));
    }
    Ok(format!("从 {path} 分出 {new}"))
}

/// Lets places of the templates name another indicator.
fn repointed(amended: &mut Amended, path: &str, new: &str, places: &[(String, Mention)], chosen: &[usize]) {
    let chosen = places.iter().enumerate().filter(|(at, _)| chosen.contains(&(at + 1)));
    for (_, (report, mention)) in chosen.rev() {
        let text = Text::Template(report.clone());
        let mut words = amended.text(&text).to_owned();
        let Named::Fact(named) = &mention.of else { continue };
        words.replace_range(mention.span.clone(), &format!("{new}{}", &named[path.len()..]));
        amended.put(&text, words);
    }
}

/// The entry of the registry once more, under the new name.
fn registered(amended: &mut Amended, facts: &Facts, path: &str, new: &str) -> Result<(), Problems> {
    let Some(known) = facts.registry.indicators.get(path) else { return Ok(()) };
    let text = amended.text(&Text::Registry).to_owned();
    let Some((key, value)) = entry(&text, path) else { return Err(not_written(new).into()) };
    let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let behind = text[..end].len() - text[..end].trim_end_matches('\r').len();
    let copy = format!("{line_end}{}{}", scalar(new), &text[key.end..value.end].trim_end());
    let mut edited = text.clone();
    edited.insert_str(end - behind, &copy);
    let read = facts::registry_of(&edited)?;
    let same = read.indicators.get(new).is_some_and(|made| {
        let mut made = made.clone();
        made.path.clone_from(&known.path);
        made.place.clone_from(&known.place);
        made == *known
    });
    if !same || read.indicators.len() != facts.registry.indicators.len() + 1 {
        return Err(not_written(new).into());
    }
    amended.put(&Text::Registry, edited);
    Ok(())
}

/// The bytes of the key and of the value of an entry.
fn entry(text: &str, path: &str) -> Option<(Range<usize>, Range<usize>)> {
    let source = Arc::new(Source::new("", text));
    let root = facts::tree(&source, &mut Vec::new())?;
    let is = |(key, _): &&(Key, Node)| key.text == path;
    let (key, node) = root.entries()?.iter().find(is)?;
    Some((key.span.clone(), node.span.clone()))
}

fn not_written(new: &str) -> Diagnostic {
    Diagnostic::error("cannot-register", format!("“{new}”没有登记成")).hint("指标表没有改动")
}

/// The values of the chosen years.
fn values(
    amended: &mut Amended,
    facts: &Facts,
    path: &str,
    new: &str,
    taken: &Taken<'_>,
) -> Result<(), Problems> {
    for fact in facts.through(path) {
        if !taken.years.is_empty() && !taken.years.contains(&fact.year) {
            continue;
        }
        let edits = match taken.moved {
            true => vec![FactEdit::Rename { path: path.to_owned(), to: new.to_owned() }],
            false => copied(facts, fact, new),
        };
        amended.edit(&Text::Year(fact.year), &edits)?;
    }
    Ok(())
}

/// A fact once more, with what is said beside its value.
fn copied(facts: &Facts, fact: &Fact, new: &str) -> Vec<FactEdit> {
    let path = new.to_owned();
    let mut edits = match &fact.value {
        Value::List(items) => {
            vec![FactEdit::List { path, items: items.iter().map(|item| item.text.clone()).collect() }]
        }
        Value::Ledger(rows) => {
            let cells = |row: &Arc<crate::facts::value::Row>| {
                Row::New(
                    row.cells.iter().map(|(name, cell)| (name.clone(), value_text(&cell.value))).collect(),
                )
            };
            vec![FactEdit::Rows { ledger: path, rows: rows.iter().map(cells).collect() }]
        }
        value => vec![FactEdit::Set { path, value: value_text(value) }],
    };
    let registered = facts.registry.indicators.get(&fact.path).and_then(|one| one.source.as_ref());
    let yes = |said: bool| said.then(|| "是".to_owned());
    let remarks = [
        ("来源", fact.source.clone().filter(|source| Some(source) != registered)),
        ("说明", fact.note.clone()),
        ("估计", yes(fact.estimate)),
        ("待核", yes(fact.unverified)),
    ];
    edits.extend(remarks.into_iter().filter_map(|(field, value)| {
        Some(FactEdit::Field { path: new.to_owned(), field: field.to_owned(), value: value? })
    }));
    edits
}

fn refused(message: String, hint: &'static str) -> Diagnostic {
    Diagnostic::error("cannot-split", message).hint(hint)
}
