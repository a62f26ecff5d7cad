//! Figures of the prose that are the sum of a column: they are said by adding it up, so that they cannot disagree with
//! the table next year. What the report said stays beside it as a fact that equals the sum (等于), by which the rows are
//! checked.

use std::collections::BTreeSet;

use super::facts::{Facts, Value};
use super::name;
use super::prove::{Piece, used, wrong};
use crate::document::Document;
use crate::facts::registry::IndicatorKind;
use crate::period::Period;

/// How many blocks from a table its figures stand as a rule.
const NEAR: usize = 2;
/// Figures with fewer digits are equal by chance.
const TELLING: usize = 3;
/// More rounds than this take nothing more back.
const ROUNDS: usize = 4;

/// A figure that is a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sum {
    /// The fact that it takes the place of.
    fact: String,
    ledger: String,
    column: String,
    /// As written.
    text: String,
}

/// Binds every figure that is the sum of one column; of those that may be the sum of several it is asked which.
/// Returns the facts that are left.
pub(super) fn bind(
    pieces: &mut [Piece],
    document: &Document,
    facts: Facts,
    year: Period,
    name: &str,
) -> Facts {
    let mut sums = sums(pieces, &facts, year);
    for _ in 0..ROUNDS {
        if sums.is_empty() {
            break;
        }
        let mut tried: Vec<_> = pieces.iter().map(|piece| piece.bound.clone()).collect();
        let swap = |pieces: &mut [Piece], tried: &mut Vec<_>| {
            pieces.iter_mut().zip(tried).for_each(|(piece, tried)| std::mem::swap(&mut piece.bound, tried));
        };
        for sum in &sums {
            tried.iter_mut().for_each(|filled| filled.sum(&sum.fact, &sum.ledger, &sum.column));
        }
        swap(pieces, &mut tried);
        let kept = used(pieces, &equal(&facts, &sums));
        let wrong = wrong(pieces, document, &kept, year, name);
        if wrong.is_empty() {
            told(pieces, &sums);
            return kept;
        }
        swap(pieces, &mut tried);
        let blamed: BTreeSet<String> = wrong
            .keys()
            .filter_map(|at| pieces.get(*at))
            .flat_map(|piece| piece.bound.paths())
            .map(str::to_owned)
            .collect();
        sums.retain(|sum| !blamed.contains(&sum.fact));
    }
    facts
}

/// The facts with what is equal to a sum; a column is what its sum was taken for: 共有3650户 is what there is on a day.
fn equal(facts: &Facts, sums: &[Sum]) -> Facts {
    let mut facts = facts.clone();
    for sum in sums {
        let Some(fact) = facts.indicators.get_mut(&sum.fact) else { continue };
        fact.sum_of = Some((sum.ledger.clone(), sum.column.clone()));
        let kind = fact.kind;
        let columns = facts.indicators.get_mut(&sum.ledger).map(|ledger| &mut ledger.columns);
        let column = columns.into_iter().flatten().find(|column| column.name == sum.column);
        if let (IndicatorKind::Stock, Some(column)) = (kind, column) {
            column.kind = kind;
        }
    }
    facts
}

/// Says at the ledgers which figures are their sums.
fn told(pieces: &mut [Piece], sums: &[Sum]) {
    for found in pieces.iter_mut().flat_map(|piece| &mut piece.found) {
        let own: Vec<String> =
            sums.iter().filter(|sum| sum.ledger == found.path).map(|sum| format!("“{}”", sum.text)).collect();
        if !own.is_empty() {
            found.doubt.push_str(&format!("；正文里的{}用它的合计", own.concat()));
        }
    }
}

/// The figures that are sums; a doubt is left where it cannot be told of which column.
fn sums(pieces: &mut [Piece], facts: &Facts, year: Period) -> Vec<Sum> {
    let mut columns = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.is_bound()) {
        let Some(ledger) = &piece.ledger else { continue };
        columns.extend(ledger.sums.iter().map(|(name, sum)| Column {
            at,
            ledger: ledger.path.clone(),
            name: name.clone(),
            text: sum.text(),
        }));
    }
    let mut found = Vec::new();
    for (at, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.is_bound()) {
        for one in &mut piece.found {
            if one.year != year || !is_free(&one.path, facts, year) {
                continue;
            }
            let Some(Value::Text(text)) = facts.years.get(&year).and_then(|of| of.get(&one.path)) else {
                continue;
            };
            let equal: Vec<&Column> = columns.iter().filter(|column| column.text == *text).collect();
            let said = format!("{}{}", clause(&one.context), one.path.rsplit('.').next().unwrap_or_default());
            match chosen(&equal, &said, at, text) {
                Chosen::One(column) => found.push(Sum {
                    fact: one.path.clone(),
                    ledger: column.ledger.clone(),
                    column: column.name.clone(),
                    text: one.text.clone(),
                }),
                Chosen::Several(columns) => {
                    let names: Vec<String> =
                        columns.iter().map(|column| format!("“{}.{}”", column.ledger, column.name)).collect();
                    let doubt = format!("和{}的合计相等，分不清是哪一列的，没有绑定", names.concat());
                    let joint = if one.doubt.is_empty() { "" } else { "；" };
                    if !one.doubt.contains(&doubt) {
                        one.doubt.push_str(&format!("{joint}{doubt}"));
                    }
                }
                Chosen::None => {}
            }
        }
    }
    // A fact that is said at several places is bound where all agree.
    let differ = |sum: &Sum| {
        found.iter().any(|other| {
            other.fact == sum.fact && (&other.ledger, &other.column) != (&sum.ledger, &sum.column)
        })
    };
    let mut agreed: Vec<Sum> = Vec::new();
    for sum in found.iter().filter(|sum| !differ(sum)) {
        if agreed.iter().all(|other| other.fact != sum.fact) {
            agreed.push(sum.clone());
        }
    }
    agreed
}

/// A column with what it adds up to.
struct Column {
    /// The block of its table.
    at: usize,
    ledger: String,
    name: String,
    text: String,
}

/// Whether a fact is a figure of this year alone, and no plan.
fn is_free(path: &str, facts: &Facts, year: Period) -> bool {
    let elsewhere = facts.years.iter().any(|(of, values)| *of != year && values.contains_key(path));
    let adds_up = facts
        .indicators
        .get(path)
        .is_some_and(|one| matches!(one.kind, IndicatorKind::Flow | IndicatorKind::Stock));
    adds_up && !elsewhere && !path.starts_with(&format!("{}.", name::PLAN))
}

enum Chosen<'c> {
    None,
    One(&'c Column),
    Several(Vec<&'c Column>),
}

/// Of columns with an equal sum, the one that the words speak of; else the only one, where the figure stands beside its
/// table and is none of those that are equal by chance.
fn chosen<'c>(equal: &[&'c Column], said: &str, at: usize, text: &str) -> Chosen<'c> {
    let fits: Vec<(usize, &Column)> = equal
        .iter()
        .map(|column| (likeness(said, &column.name), *column))
        .filter(|(likeness, _)| *likeness >= 50)
        .collect();
    let best = fits.iter().map(|(likeness, _)| *likeness).max();
    let best: Vec<&Column> =
        fits.into_iter().filter(|(likeness, _)| Some(*likeness) == best).map(|(_, column)| column).collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match (best.as_slice(), equal) {
        ([one], _) => Chosen::One(one),
        ([], [one]) if one.at.abs_diff(at) <= NEAR && digits >= TELLING => Chosen::One(one),
        ([], several) if several.len() < 2 || digits < TELLING => Chosen::None,
        ([], several) => Chosen::Several(several.to_vec()),
        (several, _) => Chosen::Several(several.to_vec()),
    }
}

/// How much of a name words say, its characters in their order, in percent.
fn likeness(said: &str, name: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let mut longest = vec![0; name.len() + 1];
    for c in said.chars() {
        let mut corner = 0;
        for (at, own) in name.iter().enumerate() {
            let above = longest[at + 1];
            longest[at + 1] = if c == *own { corner + 1 } else { above.max(longest[at]) };
            corner = above;
        }
    }
    100 * longest[name.len()] / name.len().max(1)
}

/// The words of a context before its figure, behind the figure before it.
fn clause(context: &str) -> &str {
    let before = context.split_once('【').map_or("", |(before, _)| before);
    before.rsplit(['，', '。', '；', '、', '：']).next().unwrap_or_default()
}
