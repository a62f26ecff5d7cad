//! Where a new entry goes: behind its kin, in a group that is there or is made.

use super::EditError;
use super::plain::{At, Plain};
use super::twin::{Spot, Twin};
use super::written::Form;
use crate::facts::store::LONG_FORM;

/// The place and the key of a new entry below `base`; groups on the way are made where they are missing.
///
/// # Errors
/// A name on the way has a value of its own.
pub(super) fn make(twin: &mut Twin<'_>, base: At, names: &[&str]) -> Result<(Spot, String), EditError> {
    let (mut map, mut rest) = (base, names);
    let mut is_apart = map.is_empty();
    loop {
        twin.fill(&map, true);
        let node = twin.plain.at(&map).filter(|node| matches!(node, Plain::Map(_)));
        let node = node.ok_or_else(|| EditError::HasValue(names.join(".")))?;
        if let Some((index, count)) = group_on_the_way(node, rest) {
            let below = &node.entries()[index].1;
            rest = &rest[count..];
            refuse_value(below, rest, &names[..names.len() - rest.len()])?;
            map.push(index);
        } else if let Some(index) = behind_kin(node, rest) {
            return Ok((Spot { map, index, is_apart: false }, rest.join(".")));
        } else {
            let index = node.entries().len();
            let spot = Spot { map: map.clone(), index, is_apart: is_apart && rest.len() > 1 };
            let Some((name, below)) = rest.split_first().filter(|(_, below)| !below.is_empty()) else {
                return Ok((spot, rest.join(".")));
            };
            twin.add(&spot, name, Plain::Map(Vec::new()), Form::Block);
            map.push(index);
            rest = below;
        }
        is_apart = false;
    }
}

/// The place of a new entry of the registry, which has its whole path as its key.
pub(super) fn in_registry(twin: &mut Twin<'_>, names: &[&str]) -> Spot {
    twin.fill(&[], true);
    let index = behind_kin(&twin.plain, names);
    Spot {
        map: At::new(),
        index: index.unwrap_or(twin.plain.entries().len()),
        is_apart: index.is_none() && names.len() > 1,
    }
}

/// The entry with the longest key that begins the path, and how many names it holds.
fn group_on_the_way(node: &Plain<'_>, names: &[&str]) -> Option<(usize, usize)> {
    let counted = node.entries().iter().enumerate().filter_map(|(index, (key, _))| {
        let count = key.split('.').count();
        let begins = count < names.len() && key.split('.').zip(names).all(|(one, other)| one == *other);
        begins.then_some((index, count))
    });
    counted.max_by_key(|(_, count)| *count)
}

/// Only a blank value can become a group; a long form has its own fields and nothing else.
fn refuse_value(below: &Plain<'_>, rest: &[&str], path: &[&str]) -> Result<(), EditError> {
    let fits = match below {
        Plain::Map(_) if below.is_long() => matches!(rest, [field] if LONG_FORM.contains(field)),
        Plain::Map(_) => true,
        other => other.is_blank(),
    };
    if fits { Ok(()) } else { Err(EditError::HasValue(path.join("."))) }
}

/// Behind the last entry whose key holds the longest part of the same group: `会议.地点` behind `会议.日期`.
fn behind_kin(node: &Plain<'_>, names: &[&str]) -> Option<usize> {
    let group = &names[..names.len().saturating_sub(1)];
    let shared = |key: &str| {
        let above = key.rsplit_once('.').map_or("", |(above, _)| above);
        above.split('.').zip(group).take_while(|(one, other)| one == *other).count()
    };
    let kin = node.entries().iter().enumerate().map(|(index, (key, _))| (shared(key), index));
    kin.max().filter(|(shared, _)| *shared > 0).map(|(_, index)| index + 1)
}
