//! Changes of one entry: its value, its fields, its name, its end.

use super::{At, EditError, Form, Plain, Spot, Twin, path, words};
use crate::facts::edit::path::Step;
use crate::facts::edit::spot;
use crate::facts::edit::written::Slot;
use crate::facts::store::{CELL_FORM, LONG_FORM, PERIOD, REVISIONS, SERIES, UNVERIFIED, YEAR};

/// `Change::Set`.
pub(super) fn set(twin: &mut Twin<'_>, path: &str, value: &str) -> Result<(), EditError> {
    refuse_lines(value)?;
    let steps = path::steps(path).ok_or_else(|| EditError::NotFound(path.to_owned()))?;
    match twin.plain.find_value(&steps) {
        Some(at) => set_at(twin, &at, path, value),
        None => add(twin, path, &steps, Plain::text(value)),
    }
}

fn refuse_lines(value: &str) -> Result<(), EditError> {
    if words::is_one_line(value) { Ok(()) } else { Err(EditError::BadValue) }
}

/// Sets a scalar that is there.
pub(super) fn set_at(twin: &mut Twin<'_>, at: &At, path: &str, value: &str) -> Result<(), EditError> {
    let is_same = match twin.plain.at(at) {
        Some(Plain::Text(old)) => old == value,
        _ => return Err(EditError::NotSingle(path.to_owned())),
    };
    if is_same {
        return Ok(());
    }
    if twin.written.is_block_text(at) {
        return Err(EditError::NotSingle(path.to_owned()));
    }
    let list = at.split_last().and_then(|(_, above)| twin.plain.at(above));
    if value.trim().is_empty() && matches!(list, Some(Plain::List(_))) {
        return Err(EditError::EmptyItem(path.to_owned()));
    }
    twin.set(at, value);
    Ok(())
}

/// Adds an entry that is not there, in groups that are made around it.
pub(super) fn add<'s>(
    twin: &mut Twin<'s>,
    path: &str,
    steps: &[Step<'_>],
    value: Plain<'s>,
) -> Result<(), EditError> {
    let last_row = steps.iter().rposition(|step| matches!(step, Step::Row(_)));
    let (base, names) = match last_row {
        None => (At::new(), path::names(path)?),
        Some(row) => {
            let not_found = || EditError::NotFound(path.to_owned());
            let base = twin.plain.find(&steps[..=row]).ok_or_else(not_found)?;
            let names: Vec<&str> = steps[row + 1..].iter().filter_map(name_of).collect();
            if names.is_empty() {
                return Err(not_found());
            }
            (base, path::names(&names.join(".")).map(|_| names)?)
        }
    };
    if last_row.is_none() && twin.plain.first_under(&names).is_some() {
        return Err(EditError::IsGroup(path.to_owned()));
    }
    let (spot, key) = spot::make(twin, base, &names)?;
    twin.add(&spot, &key, value, Form::Flow);
    Ok(())
}

fn name_of<'p>(step: &Step<'p>) -> Option<&'p str> {
    match step {
        Step::Name(name) => Some(name),
        Step::Row(_) => None,
    }
}

/// `Change::Field`.
pub(super) fn field(twin: &mut Twin<'_>, path: &str, field: &str, value: &str) -> Result<(), EditError> {
    refuse_lines(value)?;
    if !path::is_name(field) {
        return Err(EditError::BadName(field.to_owned()));
    }
    let steps = path::steps(path).ok_or_else(|| EditError::NotFound(path.to_owned()))?;
    let Some(at) = twin.plain.find(&steps) else { return register(twin, path, field, value) };
    let is_row = steps.iter().any(|step| matches!(step, Step::Row(_)));
    let is_cell = is_row && matches!(steps.last(), Some(Step::Name(_)));
    let is_registry = is_registry(twin);
    // Revisions are a list, which can only be taken out.
    let single = field != REVISIONS || value.is_empty();
    let of_series = !is_registry && SERIES.contains(&field) && single;
    let is_remark = of_series || LONG_FORM.contains(&field);
    if is_cell && is_remark && !CELL_FORM.contains(&field) {
        return Err(EditError::NoSuchCellField(path.to_owned()));
    }
    match twin.plain.at(&at) {
        Some(node) if node.is_long() && is_remark => set_field(twin, &at, path, field, value),
        Some(node @ Plain::Map(_)) if !node.is_long() => {
            match is_registry && !is_row && field != LONG_FORM[0] {
                true => set_field(twin, &at, path, field, value),
                false => Err(EditError::NotSingle(path.to_owned())),
            }
        }
        Some(_) if is_row && !is_cell => Err(EditError::NotSingle(path.to_owned())),
        Some(Plain::Text(_)) if field == LONG_FORM[0] => set_at(twin, &at, path, value),
        Some(Plain::List(_)) if field == LONG_FORM[0] => Err(EditError::NotSingle(path.to_owned())),
        Some(Plain::Text(_) | Plain::List(_)) if is_remark => {
            if !value.is_empty() {
                twin.lengthen(&at, field, value);
            }
            Ok(())
        }
        _ => Err(EditError::NoSuchField { path: path.to_owned(), field: field.to_owned() }),
    }
}

/// A field of a long form or of an entry of the registry.
fn set_field(twin: &mut Twin<'_>, at: &At, path: &str, field: &str, value: &str) -> Result<(), EditError> {
    let map = twin.plain.at(at);
    let (index, count) = (map.and_then(|map| map.position(field)), map.map_or(0, |map| map.entries().len()));
    let mut below = at.clone();
    match index {
        Some(index) if value.is_empty() && field != LONG_FORM[0] => {
            below.push(index);
            twin.take(&below);
            twin.shorten(at);
            twin.clear(at);
            Ok(())
        }
        Some(index) => {
            below.push(index);
            set_at(twin, &below, &format!("{path}.{field}"), value)
        }
        None => {
            if !value.is_empty() {
                let spot = Spot { map: below, index: count, is_apart: false };
                twin.add(&spot, field, Plain::text(value), Form::Flow);
            }
            Ok(())
        }
    }
}

/// After a fact got its value: 待核 goes, and beside a value what was noted of the year before.
pub(super) fn is_this_years(twin: &mut Twin<'_>, path: &str) -> Result<(), EditError> {
    let Some(steps) = path::steps(path) else { return Ok(()) };
    let fact: Vec<Step<'_>> = steps.into_iter().take_while(|step| matches!(step, Step::Name(_))).collect();
    let Some(at) = twin.plain.find(&fact) else { return Ok(()) };
    if twin.plain.at(&at).is_some_and(|node| node.is_long() && node.position(UNVERIFIED).is_some()) {
        set_field(twin, &at, path, UNVERIFIED, "")?;
    }
    let Some(value) = twin.plain.find_value(&fact) else { return Ok(()) };
    if twin.plain.at(&value).is_some_and(|value| !value.is_blank()) {
        twin.written.forget(&value);
        twin.written.forget(&at);
    }
    Ok(())
}

/// The registry is what has no period; an indicator of that name is no word.
fn is_registry(twin: &Twin<'_>) -> bool {
    let period = twin.plain.position(PERIOD).and_then(|at| twin.plain.at(&[at]));
    twin.plain.position(YEAR).is_none() && !matches!(period, Some(Plain::Text(_)))
}

/// A new entry of the registry: only its own fields make one, the remarks of facts do not.
fn register(twin: &mut Twin<'_>, path: &str, field: &str, value: &str) -> Result<(), EditError> {
    let is_registry = is_registry(twin);
    if !is_registry || LONG_FORM.contains(&field) || value.is_empty() {
        return Err(EditError::NotFound(path.to_owned()));
    }
    let names = path::names(path)?;
    if twin.plain.first_under(&names).is_some() {
        return Err(EditError::IsGroup(path.to_owned()));
    }
    let spot = spot::in_registry(twin, &names);
    twin.add(&spot, path, Plain::map([(field, value)]), Form::Flow);
    Ok(())
}

/// `Change::Remove`.
pub(super) fn remove(twin: &mut Twin<'_>, path: &str) -> Result<(), EditError> {
    let not_found = || EditError::NotFound(path.to_owned());
    let steps = path::steps(path).ok_or_else(not_found)?;
    if steps.iter().any(|step| matches!(step, Step::Row(_))) {
        let at = twin.plain.find(&steps).ok_or_else(not_found)?;
        return remove_at(twin, &at).ok_or_else(not_found);
    }
    let names: Vec<&str> = path.split('.').collect();
    let mut at = Some(twin.plain.first_under(&names).ok_or_else(not_found)?);
    while let Some(found) = at {
        remove_at(twin, &found).ok_or_else(not_found)?;
        at = twin.plain.first_under(&names);
    }
    Ok(())
}

fn remove_at(twin: &mut Twin<'_>, at: &At) -> Option<()> {
    let (index, above) = at.split_last()?;
    if let Some(Plain::List(items)) = twin.plain.at(above) {
        let slots = (0..items.len()).filter(|item| item != index).map(Slot::Keep).collect();
        twin.arrange(above, slots);
        return Some(());
    }
    twin.take(at)?;
    twin.clear(above);
    Some(())
}

/// `Change::Rename`.
pub(super) fn rename(twin: &mut Twin<'_>, path: &str, to: &str) -> Result<(), EditError> {
    if let Some(Step::Row(_)) = path::steps(path).as_deref().and_then(|steps| steps.iter().rev().nth(1)) {
        return rename_cell(twin, path, to);
    }
    let (from, names) = (path.split('.').collect::<Vec<_>>(), path::names(to)?);
    let first = twin.plain.first_under(&from).ok_or_else(|| EditError::NotFound(path.to_owned()))?;
    if from == names {
        return Ok(());
    }
    if names.starts_with(&from) {
        return Err(EditError::BelowItself(path.to_owned()));
    }
    if twin.plain.first_under(&names).is_some() {
        let taken = if from.starts_with(&names) { EditError::IsGroup } else { EditError::Exists };
        return Err(taken(to.to_owned()));
    }
    let mut at = Some(first);
    while let Some(found) = at {
        rename_at(twin, &found, &from, &names)?;
        at = twin.plain.first_under(&from);
    }
    Ok(())
}

/// Gives a cell of a row another column.
fn rename_cell(twin: &mut Twin<'_>, path: &str, to: &str) -> Result<(), EditError> {
    let not_found = || EditError::NotFound(path.to_owned());
    let column = to.rsplit_once('.').map_or(to, |(_, column)| column);
    if !path::is_name(column) {
        return Err(EditError::BadName(column.to_owned()));
    }
    let at = path::steps(path).and_then(|steps| twin.plain.find(&steps)).ok_or_else(not_found)?;
    let row = at.split_last().and_then(|(_, above)| twin.plain.at(above)).ok_or_else(not_found)?;
    match row.position(column) {
        Some(there) if Some(&there) != at.last() => return Err(EditError::Exists(to.to_owned())),
        Some(_) => {}
        None => twin.set_key(&at, column),
    }
    Ok(())
}

/// Renames one entry whose path is `from` or, where a key holds several names, lies below it.
fn rename_at(twin: &mut Twin<'_>, at: &At, from: &[&str], to: &[&str]) -> Result<(), EditError> {
    let not_found = || EditError::NotFound(from.join("."));
    let (above, key) = names_of(twin, at).ok_or_else(not_found)?;
    let full: Vec<&str> = above.iter().chain(&key).map(String::as_str).collect();
    let target: Vec<&str> = to.iter().chain(&full[from.len()..]).copied().collect();
    let group = &target[..target.len() - 1];
    let is_same_group = from[..from.len() - 1] == to[..to.len() - 1];
    let stays = key.len() > 1 && is_free(twin, &target) && group.len() >= above.len() && !group.is_empty();
    if (is_same_group || stays) && full[..above.len()] == target[..above.len()] {
        twin.set_key(at, &target[above.len()..].join("."));
        return Ok(());
    }
    let out = twin.take(at).ok_or_else(not_found)?;
    let mut source = at[..at.len() - 1].to_vec();
    let (spot, key) = spot::make(twin, At::new(), &target)?;
    twin.settle(&spot, &key, out);
    step_aside(&mut source, &spot);
    twin.clear(&source);
    Ok(())
}

/// Whether neither the group of a path is there nor anything above it has a value.
fn is_free(twin: &Twin<'_>, path: &[&str]) -> bool {
    let has_value = |end: usize| {
        let steps: Vec<Step<'_>> = path[..end].iter().map(|name| Step::Name(name)).collect();
        let at = twin.plain.find(&steps);
        at.and_then(|at| twin.plain.at(&at))
            .is_some_and(|node| !matches!(node, Plain::Map(_)) || node.is_long())
    };
    twin.plain.first_under(&path[..path.len() - 1]).is_none() && !(1..path.len()).any(has_value)
}

/// The names above an entry and those of its own key.
fn names_of(twin: &Twin<'_>, at: &At) -> Option<(Vec<String>, Vec<String>)> {
    let mut above = Vec::new();
    for depth in 0..at.len() {
        let (key, _) = twin.plain.at(&at[..depth])?.entries().get(at[depth])?;
        let names = key.split('.').map(str::to_owned).collect();
        if depth + 1 == at.len() {
            return Some((above, names));
        }
        above.extend(names);
    }
    None
}

/// The way to a map after an entry was put in at `spot`.
fn step_aside(way: &mut At, spot: &Spot) {
    let depth = spot.map.len();
    if way.len() > depth && way[..depth] == *spot.map && way[depth] >= spot.index {
        way[depth] += 1;
    }
}
