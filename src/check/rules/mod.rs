//! Every rule, by group.

/// The rules of a group in the order of the handbook: each is a file with a constant `RULE`, and the page
/// that stands beside it under the same name.
macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        /// The rules of this group.
        pub(super) const RULES: &[Rule] =
            &[$($file::RULE.with_page(include_str!(concat!(stringify!($file), ".md")))),*];
    };
}

mod characters;
mod facts;
mod letter;
mod numbers;
mod order;
mod prelude;
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
        letter::RULES,
    ];
    groups.into_iter().flatten()
}

/// The rule of a name.
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
