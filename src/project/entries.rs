//! Texts beside `facts/` that hold a list of entries: 确认.yaml, 表头对照.yaml.

use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Problems, Source};
use crate::facts;
use crate::facts::tree::{Node, NodeKind};

/// The entries of a text. `entry` takes one apart, `incomplete` says what is wrong with one that is not whole.
///
/// # Errors
/// It is no list, or an entry is not whole.
pub(super) fn parse<E>(
    source: &Arc<Source>,
    entry: impl Fn(&Node) -> Option<E>,
    incomplete: impl Fn() -> Diagnostic,
) -> Result<Vec<E>, Problems> {
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    match facts::tree(source, &mut problems) {
        Some(Node { kind: NodeKind::List(items), .. }) => {
            for item in &items {
                match entry(item) {
                    Some(entry) => entries.push(entry),
                    None => problems.push(incomplete().at(&place(source, item))),
                }
            }
        }
        Some(Node { kind: NodeKind::Null, .. }) | None => {}
        // What is written here would be lost with the next entry.
        Some(root) => problems.push(incomplete().at(&place(source, &root))),
    }
    if problems.is_empty() { Ok(entries) } else { Err(Problems(problems)) }
}

fn place(source: &Arc<Source>, node: &Node) -> Place {
    Place::new(source, node.span.clone())
}
