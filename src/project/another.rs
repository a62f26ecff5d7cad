//! Another year of a project from a finished report: its sentences are held against the project's own, and
//! what stands in the places of the figures are that year's facts.

use rust_decimal::Decimal;

use super::adopt::From;
use super::amend::{Amended, differing};
use super::issued;
use super::review::workbook;
use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Act, Diagnostic, Elsewhere, Problems};
use crate::diff::{self, Class, Difference, Side};
use crate::document::{Document, Line, Origin};
use crate::facts::edit::FactEdit;
use crate::facts::entry;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Fact, Value as Known};
use crate::facts::{self, Facts};
use crate::figures::{compare, value_text};
use crate::import::again::{self, Matched};
use crate::import::review::{Item, Review};
use crate::import::{self, Value};
use crate::input::Read;
use crate::period::Period;
use crate::report::{Gaps, Report};
use crate::zh::number::{Amount, half_up};

/// What came of it.
#[derive(Debug, Clone)]
pub struct Added {
    /// Facts that were written.
    pub facts: usize,
    /// The table of what was found, relative to the project.
    pub page: String,
    /// What else is to be known, as in the page.
    pub review: Review,
    /// Whether the project's report of that year is now the imported one to the letter.
    pub same: bool,
}

/// The facts of `year` from a report, as edits of the project. `template` is the one to hold it against, the only one or the
/// most alike where it is not said.
///
/// # Errors
/// There is no template, the project has errors, or nothing of the report matches.
pub fn add(
    project: &Project,
    read: &Read,
    year: Period,
    template: Option<&str>,
    from: From<'_>,
) -> Result<(Added, Edits), Problems> {
    let mut amended = Amended::of(project)?;
    let (report, cleaned) = import::clean(&read.document);
    let facts = project.facts()?;
    let base = nearest(&amended, &report, year, template)?;
    let matched = again::matched(&base.document, base.year, &report, year, &|path| kind(facts, path));
    if matched.facts.is_empty() {
        let message = format!("这份报告和模板“{}”没有对得上的句子", base.template);
        let problem = Diagnostic::error("no-match", message);
        return Err(problem.hint(Act::Elsewhere(Elsewhere::OtherKind)).into());
    }
    let mut notes = Notes::default();
    let items = fill(&mut amended, facts, &matched, &mut notes)?;
    let same = compared(&amended, &base.template, year, &report, &mut notes)?;
    notes.growth = growth(amended.project().facts()?);
    let review = Review {
        title: format!("{year}“{}”", base.template),
        items,
        notes: remarks(&matched, notes, &cleaned),
    };
    let mut edits = amended.edits().clone();
    let page = Text::Review(Some(year)).name();
    edits.add(project.texts(), Text::Review(Some(year)), Edited::Text(review.to_md(&page)));
    let table = Edited::Bytes(workbook(&review.items)?);
    edits.add(project.texts(), Text::ReviewTable(Some(year)), table);
    let text = Text::Issued(base.template.clone(), year);
    // One that is there already stays.
    if project.texts().get(&text).is_none() {
        let now = amended.project().rendered(Some(&base.template), year, Gaps::Show)?.document;
        let bound = again::bound(&now, &report);
        let origin = Origin { template: base.template, year };
        let words = issued::taken_in(&bound, origin, from.file, from.today);
        edits.add(project.texts(), text, Edited::Text(words));
    }
    Ok((Added { facts: review.items.len(), page, review, same }, edits))
}

/// What is remarked on the way.
#[derive(Default)]
struct Notes {
    /// Values that are there already and are others.
    conflicts: Vec<String>,
    /// Values that the registry refuses.
    refused: Vec<String>,
    /// Paragraphs whose words are others than the template's.
    differing: Vec<String>,
    /// Rates of growth that follow from two years' facts, and those that do not.
    growth: Vec<String>,
}

/// What an indicator is, by the registry, else by its values.
pub(super) fn kind(facts: &Facts, path: &str) -> IndicatorKind {
    let registered = facts.registry.indicators.get(path).map(|indicator| indicator.kind);
    let known = facts.years.values().find_map(|year| year.facts.get(path));
    registered.unwrap_or(match known.map(|fact| &fact.value) {
        Some(Known::Quantity(_)) => IndicatorKind::Flow,
        Some(Known::List(_)) => IndicatorKind::List,
        Some(Known::Date(_)) => IndicatorKind::Date,
        Some(Known::Ledger(_)) => IndicatorKind::Ledger,
        Some(Known::Text(_) | Known::Blank) | None => IndicatorKind::Text,
    })
}

/// A report of the project to hold another against.
struct Base {
    template: String,
    year: Period,
    document: Document,
}

/// The report of the year on file that is nearest, by the template asked for or the most alike.
fn nearest(
    amended: &Amended,
    report: &Document,
    year: Period,
    wanted: Option<&str>,
) -> Result<Base, Problems> {
    let templates = amended.project().templates()?;
    if !amended.project().years().any(|one| one != year) {
        return Err(Diagnostic::error("no-other-year", "项目里还没有别的年度，不知道照哪一年对")
            .hint(Act::Elsewhere(Elsewhere::NoYear))
            .into());
    }
    let mut best: Option<(usize, Base)> = None;
    for name in templates.names().into_iter().filter(|name| wanted.is_none_or(|wanted| wanted == *name)) {
        let base = fullest(amended.project(), name, year)?;
        let alike = likeness(&base.document, report);
        if best.as_ref().is_none_or(|(most, _)| alike > *most) {
            best = Some((alike, base));
        }
    }
    let unknown = || {
        Diagnostic::error("unknown-template", format!("没有“{}”这个模板", wanted.unwrap_or_default()))
            .hint(format!("现有的模板：{}", templates.names().join("、")))
    };
    best.map(|(_, base)| base).ok_or_else(|| unknown().into())
}

/// The report of another year that has the fewest gaps, of these the nearest: gaps hold no sentence together.
fn fullest(project: &Project, name: &str, year: Period) -> Result<Base, Problems> {
    let mut best: Option<(usize, Base)> = None;
    let mut hindered = None;
    let mut others: Vec<Period> = project.years().filter(|one| *one != year).collect();
    others.sort_by_key(|one| one.since(year).abs());
    for other in others {
        match project.rendered(Some(name), other, Gaps::Show) {
            Ok(Report { marked, document }) => {
                let gaps = marked.missing.len();
                if best.as_ref().is_none_or(|(fewest, _)| gaps < *fewest) {
                    best = Some((gaps, Base { template: name.to_owned(), year: other, document }));
                }
                if gaps == 0 {
                    break;
                }
            }
            Err(problems) => drop(hindered.get_or_insert(problems)),
        }
    }
    best.map(|(_, base)| base).ok_or_else(|| hindered.unwrap_or_default())
}

fn difference(one: &Document, other: &Document) -> Difference {
    let side = |document: &Document| Side {
        name: String::new(),
        year: None,
        document: document.clone(),
        basis: None,
    };
    diff::compare(side(one), side(other), &[])
}

/// How many paragraphs of a report are much the same as in another.
fn likeness(one: &Document, other: &Document) -> usize {
    difference(one, other).blocks.iter().filter(|block| block.class() < Class::Major).count()
}

/// Writes what was found into the texts; what is there already stays.
fn fill(
    amended: &mut Amended,
    facts: &Facts,
    matched: &Matched,
    notes: &mut Notes,
) -> Result<Vec<Item>, Problems> {
    let mut items = Vec::new();
    for ((year, path), value) in &matched.facts {
        let words = again::words(value);
        if let Some(known) = facts.get(path, *year).filter(|fact| fact.value != Known::Blank) {
            let known = value_text(&known.value);
            if known != words {
                notes.conflicts.push(format!("{year}“{path}”：事实文件里是{known}，报告里是{words}，没有改"));
            }
            continue;
        }
        let change = match change(facts, path, value) {
            Ok(change) => change,
            Err(why) => {
                notes.refused.push(format!("{year}“{path}”：报告里是{words}，{why}"));
                continue;
            }
        };
        let text = Text::Year(*year);
        if amended.text(&text).is_empty() {
            amended.put(&text, format!("{}\n", facts::first_line(*year)));
        }
        amended.edit(&text, &[change])?;
        items.push(Item::new(path.clone(), *year, words));
    }
    Ok(items)
}

/// The edit that writes a value, or why the registry does not take it.
fn change(facts: &Facts, path: &str, value: &Value) -> Result<FactEdit, String> {
    match value {
        Value::List(items) => Ok(FactEdit::List { path: path.to_owned(), items: items.clone() }),
        Value::Text(text) => match entry::typed(&facts.registry, path, None, text) {
            Ok(value) => Ok(FactEdit::Set { path: path.to_owned(), value }),
            Err(wrong) => Err(wrong.problem.message),
        },
        Value::Ledger(_) => Err("台账请在事实文件里填".to_owned()),
    }
}

/// Holds what the project renders now against the report; tells the paragraphs that are not the same.
fn compared(
    amended: &Amended,
    template: &str,
    year: Period,
    report: &Document,
    notes: &mut Notes,
) -> Result<bool, Problems> {
    let rendered = amended.project().rendered(Some(template), year, Gaps::Show)?.document;
    let lines =
        |document: &Document| document.blocks.iter().map(|block| Line::of(block).text).collect::<Vec<_>>();
    let (ours, theirs) = (lines(&rendered), lines(report));
    for block in &difference(&rendered, report).blocks {
        let (Some(old), Some(new)) = (block.old, block.new) else { continue };
        if ours[old] != theirs[new] {
            let (own, other) = differing(&ours[old], &theirs[new]);
            notes.differing.push(format!("第{}段：报告是“{other}”，模板印成“{own}”", new + 1));
        }
    }
    Ok(ours == theirs)
}

/// 增幅 and 降幅 that were published, against what two years' facts give.
fn growth(facts: &Facts) -> Vec<String> {
    let mut said = Vec::new();
    for (year, values) in &facts.years {
        for (path, fact) in &values.facts {
            let Some(base) = path.strip_suffix("增幅").or_else(|| path.strip_suffix("降幅")) else {
                continue;
            };
            let (Some(new), Some(old)) = (facts.get(base, *year), facts.get(base, year.before())) else {
                continue;
            };
            let Some((published, computed)) = rate(fact, old, new, path.ends_with("降幅")) else {
                continue;
            };
            said.push(if published == computed {
                format!(
                    "{year}“{path}”{published}%和两年的“{base}”算出来一致，模板里可以改用 {{{{同比 {base}}}}}"
                )
            } else {
                format!("{year}“{path}”写的是{published}%，按两年的“{base}”算是{computed}%，请核对")
            });
        }
    }
    said
}

/// What a fact says, where that is an exact number.
fn exact(fact: &Fact) -> Option<&Amount> {
    match &fact.value {
        Known::Quantity(quantity) => Some(&quantity.amount).filter(|amount| amount.is_exact()),
        _ => None,
    }
}

/// The published rate and what it should be.
fn rate(published: &Fact, old: &Fact, new: &Fact, falls: bool) -> Option<(Decimal, Decimal)> {
    let (said, old, new) = (exact(published)?, exact(old)?, exact(new)?);
    let rate = compare::growth(old, new).ok()?;
    let rate = if falls { -rate } else { rate };
    Some((said.value.normalize(), half_up(rate, said.value.scale()).normalize()))
}

fn remarks(matched: &Matched, notes: Notes, cleaned: &import::Cleaned) -> Vec<(String, Vec<String>)> {
    let strange = matched.strange.iter().map(|(number, words)| format!("第{number}段：{words}"));
    let cleaned = cleaned.iter().map(|(what, count)| format!("{}：{count}处", what.label()));
    let all = [
        ("报告里自相矛盾的数", matched.contradictions.clone()),
        ("和事实文件不一致的数（没有改）", notes.conflicts),
        ("口径表不收的数（没有填）", notes.refused),
        ("没有和模板对上的段落", strange.collect()),
        ("和模板文字不同的段落", notes.differing),
        ("增幅核对", notes.growth),
        ("清理了什么", cleaned.collect()),
    ];
    let there = all.into_iter().filter(|(_, lines)| !lines.is_empty());
    there.map(|(head, lines)| (head.to_owned(), lines)).collect()
}
