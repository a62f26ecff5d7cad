//! Every rule, by group.

mod characters;
mod facts;
mod numbers;
mod order;
mod punctuation;
mod templates;
pub mod wording;

use super::Rule;

/// Every rule, in the order of the handbook.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        facts::RULES,
        templates::RULES,
        punctuation::RULES,
        characters::RULES,
        numbers::RULES,
        order::RULES,
        wording::RULES,
    ];
    groups.into_iter().flatten()
}

/// The rule of a name.
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
