//! What a change touches, in words: which texts, how many places, the first of them before and after.

use crate::diff::view::text::changed_lines;
use crate::project::amend::differing;
use crate::project::stored::Edits;
use crate::project::texts::Text;
use crate::project::value::Project;

/// A text that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What it is: 2011年的事实.
    pub what: String,
    /// In how many places.
    pub places: usize,
    /// The first lines that change, before and after.
    pub examples: Vec<(String, String)>,
}

/// Longer lines are shown in part, in characters.
const LONG: usize = 36;
/// Examples of each text.
const EXAMPLES: usize = 3;

/// Every text that changes.
pub fn list(before: &Project, after: &Project, edits: &Edits) -> Vec<Touched> {
    edits.iter().filter_map(|(text, _)| one(before, after, text)).collect()
}

fn one(before: &Project, after: &Project, text: &Text) -> Option<Touched> {
    let what = words(text);
    let gone = after.texts().get(text).is_none();
    let binary = matches!(text, Text::ReviewTable(_));
    if gone || binary {
        // What goes by another name is counted there.
        return binary.then(|| Touched { what, places: 1, examples: Vec::new() });
    }
    let (old, new) = (before.texts().words(text), after.texts().words(text));
    if old.is_empty() {
        return Some(Touched { what, places: 1, examples: Vec::new() });
    }
    let shown = changed_lines(old, new);
    let of = |sign: &str| -> Vec<String> {
        shown.lines().filter_map(|line| line.strip_prefix(sign)).map(|line| line.trim().to_owned()).collect()
    };
    let (gone, came) = (of("- "), of("+ "));
    let places = gone.len().max(came.len());
    let readable = !matches!(text, Text::Issued(..) | Text::Schema | Text::Sample(_));
    let pairs = gone.iter().zip(&came).filter(|(old, new)| readable && are_one(old, new));
    let examples = pairs.map(|(old, new)| piece(old, new)).take(EXAMPLES).collect();
    (places > 0).then_some(Touched { what, places, examples })
}

/// Whether two lines are one that changed, not two that came and went.
fn are_one(old: &str, new: &str) -> bool {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let front = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len());
    let back = old.iter().rev().zip(new.iter().rev()).take(most - front);
    let back = back.take_while(|(one, other)| one == other).count();
    (front + back) * 2 >= most
}

/// What differs, where the lines are long.
fn piece(old: &str, new: &str) -> (String, String) {
    match old.chars().count().max(new.chars().count()) > LONG {
        true => differing(old, new),
        false => (old.to_owned(), new.to_owned()),
    }
}

/// What staff call a text.
fn words(text: &Text) -> String {
    match text {
        Text::Registry => "指标表".to_owned(),
        Text::Year(year) => format!("{year}的事实"),
        Text::Template(name) => format!("报告“{name}”的模板"),
        Text::Settings => "项目设置".to_owned(),
        Text::Confirmed => "确认属实的记录".to_owned(),
        Text::Terms => "提法".to_owned(),
        Text::Mapping => "表头对照".to_owned(),
        Text::Review(_) => "导入核对表".to_owned(),
        Text::ReviewTable(_) => "导入核对表（Excel）".to_owned(),
        Text::Proposals => "改稿核对表".to_owned(),
        Text::Guide => "使用说明".to_owned(),
        Text::Issued(name, year) => format!("{year}“{name}”定稿里数字的出处（正文一字不动）"),
        Text::Sample(name) => format!("样稿 {name}"),
        Text::Schema => "编辑器的补全".to_owned(),
    }
}
