//! Places in templates where a fact is named or a helper is called.

use crate::diag::Place;

/// What stands at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A call of a helper.
    Helper,
    /// A fact by its dotted path; inside `#each` without `as`, perhaps a column of the row.
    Fact(String),
    /// A column of the row (or the item itself, where the column is empty) of the `#each` that is
    /// so many levels out.
    Row { level: usize, column: String },
    /// What is said of the group of the `#分组` that is so many levels out: the group itself where `column` is empty, its
    /// 名, 条数 or 占比, or a column of its ledger; `path` is that of the ledger or the column.
    Group { level: usize, path: String, column: String },
    /// `@index`, `@first` or `@last` of the innermost `#each`.
    Loop(String),
}

/// A path with something below it.
pub fn joined(path: &str, below: &str) -> String {
    match (path, below) {
        (path, "") => path.to_owned(),
        ("", below) => below.to_owned(),
        (path, below) => format!("{path}.{below}"),
    }
}

/// Whether a path is a name, or something below it: 人, 队.总数.
pub fn is_at_or_below(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// One site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Where it stands.
    pub place: Place,
    /// What stands there.
    pub target: Target,
    /// The lists and ledgers of the `#each` blocks around it, innermost last.
    pub loops: Vec<String>,
    /// Whether it stands in a condition, or in a loop with an {{else}}, where finding nothing is an answer.
    pub asks: bool,
    /// Of a loop: whether it prints the year, so that rows of several years can be told apart.
    pub dated: bool,
    /// Of a block: whether what is inside names the row that the loop around it is at.
    pub names_row: bool,
    /// Whether it names what a template is given where it is included: `{{> 队伍 人=委员.总数}}`.
    pub given: bool,
    /// Whether it stands there, as what is given: an indicator, or a group of them.
    pub gives: bool,
}
