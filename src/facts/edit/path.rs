//! Paths as they are typed: `宣传.会议`, `委员.界别[2]`, `投资项目[2].投资`; rows count from 1.

use super::EditError;
use super::words;
use crate::facts::tree::MAX_DEPTH;

/// One step of a path: a name, or a row counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'p> {
    Name(&'p str),
    Row(usize),
}

/// The steps of a path; `None` where a row is no number.
pub(super) fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, row) = match part.strip_suffix(']').and_then(|part| part.rsplit_once('[')) {
            Some((name, row)) => (name, Some(row.parse::<usize>().ok()?)),
            None => (part, None),
        };
        steps.push(Step::Name(name));
        steps.extend(row.map(Step::Row));
    }
    Some(steps)
}

/// The names of a path without rows, each fit to be a key.
///
/// # Errors
/// A name is empty, has blanks around it or a character that no file may hold; too many levels.
pub(super) fn names(path: &str) -> Result<Vec<&str>, EditError> {
    let names: Vec<&str> = path.split('.').collect();
    match names.iter().all(|name| is_name(name)) {
        true if names.len() >= MAX_DEPTH => Err(EditError::TooDeep(path.to_owned())),
        true => Ok(names),
        false => Err(EditError::BadName(path.to_owned())),
    }
}

/// Whether a text may be a key: words without a point.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.trim() == name && !name.contains('.') && words::is_one_line(name)
}
