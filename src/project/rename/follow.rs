//! Every text of a project follows when something is called otherwise.

use std::sync::Arc;

use super::issued;
use super::names::Renaming;
use crate::diag::{Diagnostic, Problems};
use crate::excel;
use crate::facts::edit::FactEdit;
use crate::facts::references::{self, At};
use crate::facts::registry::{Check, Formula, Indicator, Registry};
use crate::facts::value::Value;
use crate::facts::{Facts, of_report, schema};
use crate::import::proposals;
use crate::import::review::{Item, Review, rows_of, rows_of_cells};
use crate::input;
use crate::period::Period;
use crate::project::amend::Amended;
use crate::project::draft;
use crate::project::review;
use crate::project::settings::COLLECTIONS;
use crate::project::stored::Edited;
use crate::project::texts::Text;
use crate::template::{self, Named};

/// Fields of the registry that name other indicators.
const REFERENCES: [&str; 5] = ["公式", "不超过", "等于", "相近", "属于"];
/// The field of a formula that names columns.
const FILTER: &str = "条件";
/// The columns of a ledger.
const COLUMNS: &str = "列";
/// The column that no cell of another may exceed.
const LIMIT: &str = "不超过";
/// The column that names the rows.
const KEY: &str = "主键";

/// Calls something otherwise wherever it is spoken of.
///
/// # Errors
/// A text cannot be changed, or a name would mean something else in a template.
pub fn follow(amended: &mut Amended, renaming: &Renaming) -> Result<(), Problems> {
    let before = Arc::clone(amended.project().facts()?);
    registry(amended, &before.registry, renaming)?;
    for year in before.years.keys() {
        facts(amended, &before, *year, renaming)?;
    }
    spoken_of(amended, &before, renaming)
}

/// Every text but the facts themselves.
///
/// # Errors
/// As [`follow`].
pub fn spoken_of(amended: &mut Amended, before: &Facts, renaming: &Renaming) -> Result<(), Problems> {
    templates(amended, before, renaming)?;
    confirmed(amended, renaming)?;
    mapped(amended, renaming)?;
    collections(amended, renaming)?;
    let texts: Vec<Text> = amended.project().texts().iter().map(|(text, _)| text.clone()).collect();
    for text in texts {
        match &text {
            Text::Issued(..) => {
                let words = issued::renamed(amended.text(&text), renaming);
                amended.put(&text, words);
            }
            Text::Sample(name) if name.ends_with(".marked") => {
                let words = sample(amended.text(&text), renaming);
                amended.put(&text, words);
            }
            Text::Review(_) => reviewed(amended, &text, renaming),
            Text::ReviewTable(_) => reviewed_table(amended, &text, renaming)?,
            Text::Proposals => proposed(amended, renaming),
            Text::Schema => {
                let registry = amended.project().registry()?;
                amended.put(&text, format!("{:#}\n", schema::schema(&registry)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The entries of the registry and what they say of each other.
fn registry(amended: &mut Amended, registry: &Registry, renaming: &Renaming) -> Result<(), Problems> {
    if amended.project().texts().get(&Text::Registry).is_none() {
        return Ok(());
    }
    let said = mentioned(amended.text(&Text::Registry), registry, renaming)?;
    // An entry is one line of its own, with its whole path: it stays where it is.
    let entry = |at: At<'_>, word: &str| renaming.path(word).filter(|_| at.is_key && at.keys.is_empty());
    amended.put(&Text::Registry, references::rewritten(&said, &entry)?.0);
    Ok(())
}

/// The registry in which entries speak of others, and of columns, by their new names; the entries themselves stay.
///
/// # Errors
/// The registry cannot be read.
pub fn mentioned(text: &str, registry: &Registry, renaming: &Renaming) -> Result<String, Problems> {
    let change = |at: At<'_>, word: &str| {
        let (entry, fields) = at.keys.split_first()?;
        let of = registry.indicators.get(entry)?;
        match fields {
            [COLUMNS] if at.is_key => renaming.column(entry, word),
            [KEY] | [COLUMNS, _, LIMIT] if !at.is_key => renaming.column(entry, word),
            fields if at.is_key && fields.last() == Some(&FILTER) => {
                renaming.column(filtered(of, fields)?, word)
            }
            fields if !at.is_key && !fields.contains(&FILTER) => {
                let names = fields.iter().any(|field| REFERENCES.contains(field));
                renaming.path(word).filter(|_| names)
            }
            _ => None,
        }
    };
    Ok(references::rewritten(text, &change)?.0)
}

/// The ledger whose rows a 条件 chooses.
fn filtered<'i>(of: &'i Indicator, fields: &[&str]) -> Option<&'i str> {
    let equals = of.checks.iter().find_map(|check| match check {
        Check::Equals(formula) => Some(formula),
        _ => None,
    });
    let formula = if fields.first() == Some(&"等于") { equals } else { of.formula.as_ref() };
    match formula? {
        Formula::Sum { ledger, .. } => Some(ledger),
        Formula::Count { of, .. } => Some(of),
        _ => None,
    }
}

/// Whether a path is another, or stands below it.
fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Gives the entries of a file that are below `from` their new paths: as one group where nothing is below `to` yet, and
/// by way of a name that nothing has where one of both paths is below the other.
fn moves(paths: &[&str], from: &str, to: &str) -> Vec<FactEdit> {
    let below = is_below;
    let moved: Vec<&str> = paths.iter().copied().filter(|path| below(path, from)).collect();
    let rename = |from: String, to: String| FactEdit::Rename { path: from, to };
    let each = |away: &str, back: &str| -> Vec<FactEdit> {
        let rest = |path: &&str| path[from.len()..].to_owned();
        let renamed = moved.iter().map(rest);
        renamed.map(|rest| rename(format!("{away}{rest}"), format!("{back}{rest}"))).collect()
    };
    if moved.is_empty() {
        return Vec::new();
    }
    if below(to, from) || below(from, to) {
        let between = std::iter::repeat_n('_', 64).collect::<String>();
        let free = (1..=64)
            .map(|length| &between[..length])
            .find(|name| !paths.iter().any(|path| below(path, name)));
        let between = free.unwrap_or(&between);
        return [each(from, between), each(between, to)].concat();
    }
    match paths.iter().any(|path| below(path, to)) {
        true => each(from, to),
        false => vec![rename(from.to_owned(), to.to_owned())],
    }
}

/// What the file of a year says under the old name.
fn facts(amended: &mut Amended, before: &Facts, year: Period, renaming: &Renaming) -> Result<(), Problems> {
    let Some(of_year) = before.years.get(&year) else { return Ok(()) };
    let edits = match renaming {
        Renaming::Path { from, to } => {
            let paths: Vec<&str> = of_year.facts.keys().map(|path| &**path).collect();
            let of_reports = paths.iter().filter(|path| of_report::report(path).is_some());
            let of_reports = of_reports.filter(|path| !is_below(path, from)).filter_map(|path| {
                Some(FactEdit::Rename { path: (*path).to_owned(), to: renaming.path(path)? })
            });
            moves(&paths, from, to).into_iter().chain(of_reports).collect()
        }
        Renaming::Column { ledger, from, to } => {
            match of_year.facts.get(ledger.as_str()).map(|fact| &fact.value) {
                Some(Value::Ledger(rows)) => {
                    let with =
                        rows.iter().enumerate().filter(|(_, row)| row.cells.contains_key(from.as_str()));
                    let cell = |(index, _): (usize, _)| FactEdit::Rename {
                        path: format!("{ledger}[{}].{from}", index + 1),
                        to: format!("{ledger}[{}].{to}", index + 1),
                    };
                    with.map(cell).collect()
                }
                _ => Vec::new(),
            }
        }
    };
    match edits.is_empty() {
        true => Ok(()),
        false => amended.edit(&Text::Year(year), &edits),
    }
}

/// The tags of the templates; each has to name afterwards what it named before.
fn templates(amended: &mut Amended, before: &Facts, renaming: &Renaming) -> Result<(), Problems> {
    let new_name = |named: &Named| match named {
        Named::Fact(path) => renaming.path(path),
        Named::Column { ledger, column } => renaming.column(ledger, column),
        Named::Part(_) => None,
    };
    let moved = |named: Named| match named {
        Named::Fact(path) => Named::Fact(renaming.path(&path).unwrap_or(path)),
        Named::Column { ledger, column } => Named::Column {
            column: renaming.column(&ledger, &column).unwrap_or(column),
            ledger: renaming.path(&ledger).unwrap_or(ledger),
        },
        part => part,
    };
    let names = |text: &str, facts: &Facts| -> Vec<Named> {
        template::mentions(text, facts).into_iter().map(|mention| mention.of).collect()
    };
    let after = Arc::clone(amended.project().facts()?);
    let all: Vec<Text> = amended.project().texts().iter().map(|(text, _)| text.clone()).collect();
    for text in all.into_iter().filter(|text| matches!(text, Text::Template(_))) {
        let old = amended.text(&text).to_owned();
        let (new, count) = template::renamed(&old, before, &new_name);
        let wanted: Vec<Named> = names(&old, before).into_iter().map(&moved).collect();
        if let Some(other) = names(&new, &after).into_iter().zip(&wanted).find(|(now, wanted)| now != *wanted)
        {
            return Err(ambiguous(&other.0).into());
        }
        if count > 0 {
            amended.put(&text, new);
        }
    }
    Ok(())
}

fn ambiguous(named: &Named) -> Diagnostic {
    let name = match named {
        Named::Fact(name) | Named::Column { column: name, .. } | Named::Part(name) => name,
    };
    Diagnostic::error("name-means-other", format!("新的名称在模板里会和别的“{name}”分不清，没有改"))
        .hint("模板里的循环或参数已经用了这个名称，请换一个")
}

/// 确认.yaml.
fn confirmed(amended: &mut Amended, renaming: &Renaming) -> Result<(), Problems> {
    rewritten(amended, &Text::Confirmed, &|at, word| match at.keys {
        ["指标"] if !at.is_key => renaming.cited(word),
        _ => None,
    })
}

/// 表头对照.yaml.
fn mapped(amended: &mut Amended, renaming: &Renaming) -> Result<(), Problems> {
    rewritten(amended, &Text::Mapping, &|at, word| match at.keys {
        ["台账"] if !at.is_key => renaming.path(word),
        ["列"] if !at.is_key => renaming.column(at.beside("台账")?, word),
        _ => None,
    })
}

/// 采集 of 项目.yaml: the ledger, the list of those who are asked, and the columns.
fn collections(amended: &mut Amended, renaming: &Renaming) -> Result<(), Problems> {
    rewritten(amended, &Text::Settings, &|at, word| match at.keys {
        [COLLECTIONS, "台账" | "名单"] if !at.is_key => renaming.path(word),
        [COLLECTIONS, "列"] if !at.is_key => {
            let ledger = at.beside("台账")?;
            let new = |name: &str| renaming.column(ledger, name).unwrap_or_else(|| name.to_owned());
            let columns: Vec<String> = word.split('、').map(|name| new(name.trim())).collect();
            Some(columns.join("、")).filter(|columns| columns != word)
        }
        _ => None,
    })
}

/// A text beside the facts with other words where names stand; nothing where there is no such text.
fn rewritten(
    amended: &mut Amended,
    text: &Text,
    change: &dyn Fn(At<'_>, &str) -> Option<String>,
) -> Result<(), Problems> {
    let words = amended.text(text);
    if words.is_empty() {
        return Ok(());
    }
    let (words, _) = references::rewritten(words, change)?;
    amended.put(text, words);
    Ok(())
}

/// The names before the figures of a sample: `⟦宣传.会议、委员.总数⟧25%`.
fn sample(text: &str, renaming: &Renaming) -> String {
    let mut new = String::with_capacity(text.len());
    for piece in text.split_inclusive('⟧') {
        let Some((before, names)) = piece.strip_suffix('⟧').and_then(|piece| piece.rsplit_once('⟦'))
        else {
            new.push_str(piece);
            continue;
        };
        let name = |name: &str| renaming.cited(name).unwrap_or_else(|| name.to_owned());
        let names: Vec<String> = names.split('、').map(name).collect();
        new.push_str(&format!("{before}⟦{}⟧", names.join("、")));
    }
    new
}

/// Gives the rows of a sheet their new names, and says whether any has one.
fn items_renamed(items: &mut [Item], renaming: &Renaming) -> bool {
    let mut changed = false;
    for item in items {
        if let Some(new) = renaming.path(&item.path) {
            item.path = new;
            changed = true;
        }
    }
    changed
}

/// 导入核对.md. A page that cannot be read stays: whoever opens it is told.
fn reviewed(amended: &mut Amended, text: &Text, renaming: &Renaming) {
    let page = amended.text(text).to_owned();
    let Ok(mut items) = rows_of(&input::markdown(&page).document) else { return };
    if items_renamed(&mut items, renaming) {
        amended.put(text, Review::with_rows(&page, &items));
    }
}

/// 导入核对.xlsx.
fn reviewed_table(amended: &mut Amended, text: &Text, renaming: &Renaming) -> Result<(), Problems> {
    let Some(stored) = amended.project().texts().get(text).cloned() else { return Ok(()) };
    let Ok(rows) = excel::text::rows(stored.bytes(), stored.name(), None) else { return Ok(()) };
    let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
    let Ok(mut items) = rows_of_cells(&rows) else { return Ok(()) };
    if items_renamed(&mut items, renaming) {
        amended.replace(text, Edited::Bytes(review::workbook(&items)?));
    }
    Ok(())
}

/// 改稿核对.md.
fn proposed(amended: &mut Amended, renaming: &Renaming) {
    let page = amended.text(&Text::Proposals).to_owned();
    if let Ok(read) = draft::held(page.as_bytes(), &Text::Proposals.name())
        && let Some(new) = proposals::renamed(&page, &read.document, &|path| renaming.path(path))
    {
        amended.put(&Text::Proposals, new);
    }
}
