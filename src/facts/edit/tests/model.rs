//! What edits should do, on facts by path as another reader of YAML finds them: it knows nothing of groups,
//! styles and bytes.

use std::collections::BTreeMap;

use serde_yaml::Value as Yaml;

use super::{FactEdit, Row};

/// A fact without regard to how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub value: Value,
    pub remarks: BTreeMap<String, String>,
    pub is_long: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<String>),
    Rows(Vec<BTreeMap<String, String>>),
}

/// Facts by path.
pub(super) type Facts = BTreeMap<String, Fact>;

/// The facts of a text.
pub(super) fn read(text: &str) -> Facts {
    let mut facts = Facts::new();
    if let Yaml::Mapping(entries) =
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    {
        entries.iter().for_each(|(key, value)| entry("", key, value, &mut facts));
    }
    facts
}

fn entry(above: &str, key: &Yaml, value: &Yaml, facts: &mut Facts) {
    let path = if above.is_empty() { words(key) } else { format!("{above}.{}", words(key)) };
    let fact = match value {
        Yaml::Mapping(map) => match map.get("值") {
            None => return map.iter().for_each(|(key, value)| entry(&path, key, value, facts)),
            Some(inner) => {
                let remarks = map.iter().filter(|(key, _)| words(key) != "值");
                let remarks = remarks.map(|(key, value)| (words(key), words(value))).collect();
                Fact { value: self::value(inner), remarks, is_long: true }
            }
        },
        other => Fact { value: self::value(other), remarks: BTreeMap::new(), is_long: false },
    };
    assert!(facts.insert(path.clone(), fact).is_none(), "{path} twice");
}

fn value(value: &Yaml) -> Value {
    let Yaml::Sequence(items) = value else { return Value::Text(words(value)) };
    let row = |item: &Yaml| match item {
        Yaml::Mapping(cells) => Some(cells.iter().map(|(key, value)| (words(key), words(value))).collect()),
        _ => None,
    };
    match items.iter().map(row).collect::<Option<Vec<_>>>() {
        Some(rows) if !rows.is_empty() => Value::Rows(rows),
        _ => Value::List(items.iter().map(words).collect()),
    }
}

fn words(value: &Yaml) -> String {
    match value {
        Yaml::Null => String::new(),
        Yaml::String(text) => text.trim_end_matches('\n').to_owned(),
        Yaml::Number(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Why the model makes no change; which reason it is does not matter.
#[derive(Debug)]
pub(super) struct Refused;

fn text(words: &str) -> Fact {
    plain(Value::Text(words.to_owned()))
}

fn plain(value: Value) -> Fact {
    Fact { value, remarks: BTreeMap::new(), is_long: false }
}

/// Makes a change; what says a value takes 待核 away.
pub(super) fn make(facts: &mut Facts, change: &FactEdit) -> Result<(), Refused> {
    make_alone(facts, change)?;
    let says = match change {
        FactEdit::Set { path, .. } | FactEdit::List { path, .. } => path,
        FactEdit::Field { path, field, .. } if field == "值" => path,
        FactEdit::Cell { ledger, .. }
        | FactEdit::InsertRow { ledger, .. }
        | FactEdit::RemoveRow { ledger, .. }
        | FactEdit::Rows { ledger, .. } => ledger,
        FactEdit::Field { .. }
        | FactEdit::Remove { .. }
        | FactEdit::Rename { .. }
        | FactEdit::MoveRow { .. } => return Ok(()),
    };
    if let Some(fact) = facts.get_mut(says) {
        fact.remarks.remove("待核");
    }
    Ok(())
}

fn make_alone(facts: &mut Facts, change: &FactEdit) -> Result<(), Refused> {
    match change {
        FactEdit::Set { path, value } => match facts.get_mut(path) {
            Some(Fact { value: Value::Text(old), .. }) if old == value => Ok(()),
            Some(Fact { value: Value::Text(old), .. }) if !old.contains('\n') => {
                value.clone_into(old);
                Ok(())
            }
            Some(_) => Err(Refused),
            None => add(facts, path, text(value)),
        },
        FactEdit::Field { path, field, value } => {
            let fact = facts.get_mut(path).filter(|_| field != "单位").ok_or(Refused)?;
            match value.is_empty() {
                true => drop(fact.remarks.remove(field)),
                false => drop(fact.remarks.insert(field.clone(), value.clone())),
            }
            Ok(())
        }
        FactEdit::Remove { path } => {
            let gone = under(facts, path);
            gone.iter().for_each(|path| drop(facts.remove(path)));
            if gone.is_empty() { Err(Refused) } else { Ok(()) }
        }
        FactEdit::Rename { path, to } => rename(facts, path, to),
        FactEdit::List { path, items } => {
            let is_bad = items.iter().any(|item| item.trim().is_empty());
            let old = listed(facts, path)?;
            if is_bad || matches!(old, Value::Rows(_)) {
                return Err(Refused);
            }
            put(facts, path, Value::List(items.clone()));
            Ok(())
        }
        FactEdit::Cell { ledger, row, column, value } => {
            let rows = ledger_of(facts, ledger)?;
            let old = row.checked_sub(1).and_then(|row| rows.get(row)).ok_or(Refused)?;
            let mut rows = rows.clone();
            if !value.is_empty() || old.contains_key(column) {
                rows[row - 1].insert(column.clone(), value.clone());
            }
            put_rows(facts, ledger, rows);
            Ok(())
        }
        FactEdit::InsertRow { ledger, at, cells } => {
            let mut rows = rows_of(&listed(facts, ledger)?)?;
            let at = at.checked_sub(1).filter(|at| *at <= rows.len()).ok_or(Refused)?;
            rows.insert(at, new_row(cells));
            put_rows(facts, ledger, rows);
            Ok(())
        }
        FactEdit::RemoveRow { ledger, row } => {
            let mut rows = ledger_of(facts, ledger)?;
            let row = row.checked_sub(1).filter(|row| *row < rows.len()).ok_or(Refused)?;
            rows.remove(row);
            put_rows(facts, ledger, rows);
            Ok(())
        }
        FactEdit::MoveRow { ledger, from, to } => {
            let mut rows = ledger_of(facts, ledger)?;
            let inside = |row: &usize| row.checked_sub(1).filter(|row| *row < rows.len()).ok_or(Refused);
            let (from, to) = (inside(from)?, inside(to)?);
            let row = rows.remove(from);
            rows.insert(to, row);
            put_rows(facts, ledger, rows);
            Ok(())
        }
        FactEdit::Rows { ledger, rows } => {
            let olds = rows_of(&listed(facts, ledger)?)?;
            let row = |row: &Row| match row {
                Row::Keep(row) => row.checked_sub(1).and_then(|row| olds.get(row)).cloned().ok_or(Refused),
                Row::New(cells) => Ok(new_row(cells)),
            };
            let rows = rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
            put_rows(facts, ledger, rows);
            Ok(())
        }
    }
}

fn new_row(cells: &[(String, String)]) -> BTreeMap<String, String> {
    cells.iter().filter(|(_, value)| !value.is_empty()).cloned().collect()
}

/// Paths that are this one or below it.
fn under(facts: &Facts, path: &str) -> Vec<String> {
    let below = |other: &&String| *other == path || other.starts_with(&format!("{path}."));
    facts.keys().filter(below).cloned().collect()
}

/// Adds a fact; a blank one above it becomes its group.
fn add(facts: &mut Facts, path: &str, fact: Fact) -> Result<(), Refused> {
    if !under(facts, path).is_empty() {
        return Err(Refused);
    }
    for (dot, _) in path.match_indices('.') {
        match facts.get(&path[..dot]) {
            None => {}
            Some(above) if *above == text("") => drop(facts.remove(&path[..dot])),
            Some(_) => return Err(Refused),
        }
    }
    facts.insert(path.to_owned(), fact);
    Ok(())
}

fn rename(facts: &mut Facts, path: &str, to: &str) -> Result<(), Refused> {
    let olds = under(facts, path);
    if olds.is_empty() {
        return Err(Refused);
    }
    if path == to {
        return Ok(());
    }
    if to.starts_with(&format!("{path}.")) || !under(facts, to).is_empty() {
        return Err(Refused);
    }
    for old in olds {
        let fact = facts.remove(&old).ok_or(Refused)?;
        let new = format!("{to}{}", &old[path.len()..]);
        add(facts, &new, fact)?;
    }
    Ok(())
}

/// The list of this path, made where it is missing.
fn listed(facts: &mut Facts, path: &str) -> Result<Value, Refused> {
    if !facts.contains_key(path) {
        add(facts, path, plain(Value::List(Vec::new())))?;
    }
    match facts.get(path).map(|fact| fact.value.clone()) {
        Some(Value::Text(text)) if text.is_empty() => Ok(Value::List(Vec::new())),
        Some(Value::Text(_)) | None => Err(Refused),
        Some(list) => Ok(list),
    }
}

fn rows_of(value: &Value) -> Result<Vec<BTreeMap<String, String>>, Refused> {
    match value {
        Value::Rows(rows) => Ok(rows.clone()),
        Value::List(items) if items.is_empty() => Ok(Vec::new()),
        Value::Text(text) if text.is_empty() => Ok(Vec::new()),
        _ => Err(Refused),
    }
}

fn ledger_of(facts: &Facts, path: &str) -> Result<Vec<BTreeMap<String, String>>, Refused> {
    rows_of(&facts.get(path).ok_or(Refused)?.value)
}

fn put(facts: &mut Facts, path: &str, value: Value) {
    if let Some(fact) = facts.get_mut(path) {
        fact.value = value;
    }
}

fn put_rows(facts: &mut Facts, path: &str, rows: Vec<BTreeMap<String, String>>) {
    put(facts, path, if rows.is_empty() { Value::List(Vec::new()) } else { Value::Rows(rows) });
}
