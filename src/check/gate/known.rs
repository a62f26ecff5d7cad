//! Everything that the facts of a project say, by indicator, and in which words its own report speaks of it.

use std::collections::BTreeMap;

use super::line::{Said, read};
use super::name::Name;
use super::stage::Stage;
use crate::clause::{Base, Relation, When};
use crate::document::{Block, Document, Line};
use crate::facts::value::Value;
use crate::figures::{Cited, Figure, Figures, Trail, value_text};
use crate::period::Period;
use crate::zh::number::{Amount, Reader};

/// What is known.
pub(super) struct Known<'f> {
    pub figures: &'f Figures,
    pub subjects: Vec<Subject>,
    pub printed: Vec<Printed>,
    /// Printed as well, but with no words beside it: in a table.
    pub bare: Vec<Printed>,
    pub cells: Vec<Cell>,
}

/// An indicator.
#[derive(Debug)]
pub(super) struct Subject {
    pub path: String,
    /// What it is called, in its own words and in those of the report.
    pub names: Vec<Name>,
    /// What its number says.
    pub told: Told,
    pub stage: Stage,
}

/// What the number of an indicator says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// How much there is or was done.
    Level,
    /// How much it changed against the year before: 增幅, 降幅.
    Change { rises: bool },
    /// Its part of a whole: 占比.
    Share,
    /// Its place, and among whom.
    Rank { scope: String },
}

/// A figure that the report works out, as it prints it.
#[derive(Debug)]
pub(super) struct Printed {
    pub name: Name,
    pub relation: Relation,
    pub when: When,
    pub base: Base,
    pub amount: Amount,
    pub text: String,
    pub derivation: String,
    pub facts: Cited,
}

/// A cell of a ledger, with the names in its row.
#[derive(Debug)]
pub(super) struct Cell {
    pub path: String,
    pub names: Vec<String>,
    pub figure: std::sync::Arc<Figure>,
}

/// What the report says of an indicator.
#[derive(Default)]
struct Spoken {
    names: Vec<String>,
    relations: Vec<Relation>,
    stage: Stage,
}

impl<'f> Known<'f> {
    /// All that facts and report say.
    pub fn all(figures: &'f Figures, report: Option<&Document>) -> Known<'f> {
        let mut spoken: BTreeMap<String, Spoken> = BTreeMap::new();
        let mut all = Vec::new();
        if let Some(report) = report {
            speaks(report, figures.period(), &mut spoken, &mut all);
        }
        let (mut subjects, mut cells) = (Vec::new(), Vec::new());
        for path in figures.paths() {
            if figures.facts().years.keys().any(|year| figures.figure(path, *year).is_ok()) {
                subjects.push(Subject::of(path, spoken.remove(path).unwrap_or_default()));
            }
            rows(figures, path, &mut cells);
        }
        let (bare, printed) = all.into_iter().partition(|one: &Printed| one.name.says_nothing());
        Known { figures, subjects, printed, bare, cells }
    }
}

/// The name of an indicator without its group says by itself what is meant from so many characters on.
const TELLING: usize = 4;

impl Subject {
    fn of(path: &str, spoken: Spoken) -> Subject {
        let (group, own) = path.rsplit_once('.').unwrap_or(("", path));
        let mut names: Vec<String> = spoken.names;
        let whole = format!("{}{own}", group.replace('.', ""));
        // A short name such as 人数 says little without its group or the words of the report.
        if names.is_empty() || own.chars().count() >= TELLING {
            names.push(own.to_owned());
        }
        // 工业.用电量 may be that of all, whatever its group: the report says 全社会用电量.
        if names.iter().all(|name| name == own) || !Name::of(group).narrows() {
            names.push(whole);
        }
        let mut names: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
        names.retain(|name| !name.says_nothing());
        names.dedup();
        let stage = if spoken.stage == Stage::Unsaid { Stage::of_name(own) } else { spoken.stage };
        Subject { path: path.to_owned(), names, told: Told::of(own, &spoken.relations), stage }
    }
}

impl Told {
    /// What an indicator tells, by its name and by what the report says of it.
    fn of(own: &str, relations: &[Relation]) -> Told {
        let ends = |words: &[&str]| words.iter().any(|word| own.ends_with(word));
        if ends(&["增幅", "增速", "增长率", "涨幅", "增长"]) {
            return Told::Change { rises: true };
        }
        if ends(&["降幅", "下降率", "跌幅"]) {
            return Told::Change { rises: false };
        }
        let said = relations.iter().find_map(|relation| match relation {
            Relation::Change { rises, .. } => Some(Told::Change { rises: *rises }),
            Relation::Share { .. } | Relation::Completion { .. } => Some(Told::Share),
            Relation::Rank { scope } => Some(Told::Rank { scope: scope.clone() }),
            _ => None,
        });
        match said {
            Some(said) => said,
            None if ends(&["占比", "比重"]) => Told::Share,
            None if ends(&["位次", "排名", "名次", "排位"]) => Told::Rank { scope: String::new() },
            None => Told::Level,
        }
    }
}

/// Reads the report: in which words it speaks of facts, and what it works out.
fn speaks(
    report: &Document,
    year: Period,
    spoken: &mut BTreeMap<String, Spoken>,
    printed: &mut Vec<Printed>,
) {
    let mut reader = Reader::default();
    for block in &report.blocks {
        let line = Line::of(block);
        reader.enter(&line.text);
        let claims = read(&line.text, &reader, year);
        for (span, trail) in &line.figures {
            let Some(trail) = report.trails.get(*trail) else { continue };
            let Some(said) =
                claims.iter().find(|said| said.span.start < span.end && span.start < said.span.end)
            else {
                continue;
            };
            match trail.facts.only().filter(|_| trail.derivation == "事实") {
                Some(fact) if fact.year == year => spoken.entry(fact.path.clone()).or_default().add(said),
                _ => {
                    let printed_there = Printed::of(said, trail, &line.text[span.clone()]);
                    // In a table the words beside a figure are those of other cells.
                    let table = matches!(block, Block::Table(_));
                    printed.extend(
                        printed_there
                            .map(|one| if table { Printed { name: Name::of(""), ..one } } else { one }),
                    );
                }
            }
        }
    }
}

impl Spoken {
    fn add(&mut self, said: &Said<'_>) {
        self.names.push(said.owner.clone());
        self.relations.push(said.relation.clone());
        if self.stage == Stage::Unsaid {
            self.stage = said.stage;
        }
    }
}

impl Printed {
    fn of(said: &Said<'_>, trail: &Trail, text: &str) -> Option<Printed> {
        let (name, amount) = (Name::of(&said.owner), trail.amount.clone()?);
        text.contains(is_numeral).then(|| Printed {
            name,
            relation: said.relation.clone(),
            when: said.when.clone(),
            base: said.base.clone(),
            amount,
            text: text.to_owned(),
            derivation: trail.derivation.clone(),
            facts: trail.facts.clone(),
        })
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || crate::zh::number::numeral::is_one(c)
}

/// The cells of a ledger, in all years.
fn rows(figures: &Figures, ledger: &str, all: &mut Vec<Cell>) {
    for year in figures.facts().years.keys() {
        let Ok(rows) = figures.rows(ledger, *year) else { continue };
        for (index, row) in rows.iter().enumerate() {
            let words = row.cells.values().filter(|cell| matches!(cell.value, Value::Text(_)));
            let names: Vec<String> =
                words.map(|cell| value_text(&cell.value)).filter(|name| name.chars().count() > 1).collect();
            for column in row.cells.keys() {
                let Ok(figure) = figures.cell(ledger, *year, index, column) else { continue };
                let path = format!("{ledger}[{}].{column}", index + 1);
                all.push(Cell { path, names: names.clone(), figure });
            }
        }
    }
}
