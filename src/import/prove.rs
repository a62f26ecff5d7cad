//! Proves a draft by rendering it: a figure that does not come out to the letter is taken back to words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bind::{Found, Kept};
use super::facts::Facts;
use super::fill::Filled;
use super::table::{Ledger, Typed};
use crate::diag::{Diagnostic, Problems, Source};
use crate::document::{self, Block, Document, Line, Merged, Row, Table};
use crate::figures;
use crate::period::Period;
use crate::report::{self, Gaps};
use crate::template::Templates;

/// How a block stands in the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// With its facts.
    Bound,
    /// With its structure, figures as words.
    Structured,
    /// As a plain paragraph.
    Plain,
}

/// One block of the draft.
pub(super) struct Piece {
    /// With its facts.
    pub bound: Filled,
    pub structured: String,
    pub plain: String,
    pub manner: Manner,
    pub found: Vec<Found>,
    pub kept: Vec<Kept>,
    pub contradictions: Vec<String>,
    /// The table as a ledger.
    pub ledger: Option<Ledger>,
    /// The table as it is spoken of where it stays typed.
    pub typed: Option<Typed>,
}

impl Piece {
    /// A block with no facts.
    pub fn of(bound: Filled, structured: String, plain: String) -> Piece {
        Piece {
            bound,
            structured,
            plain,
            manner: Manner::Bound,
            found: Vec::new(),
            kept: Vec::new(),
            contradictions: Vec::new(),
            ledger: None,
            typed: None,
        }
    }

    /// The table that it is, where that stays typed.
    pub fn typed_table(&self) -> Option<Typed> {
        self.typed.clone().filter(|_| self.ledger.is_none() || !self.is_bound())
    }

    /// The line of the template.
    pub fn line(&self) -> &str {
        match self.manner {
            Manner::Bound => &self.bound.text,
            Manner::Structured => &self.structured,
            Manner::Plain => &self.plain,
        }
    }

    /// The facts of the tags that are left.
    pub fn found(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| self.bound.paths().any(|path| path == found.path))
    }

    /// Whether it stands with its facts.
    pub fn is_bound(&self) -> bool {
        self.manner == Manner::Bound
    }

    /// Takes the figures of some tags back to words; `false` where there is none of them.
    fn untag(&mut self, wrong: &[(usize, String)]) -> bool {
        let mut wrong: Vec<&(usize, String)> = wrong.iter().collect();
        wrong.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
        for (index, reason) in &wrong {
            self.kept.extend(self.bound.untag(*index, reason));
        }
        !wrong.is_empty()
    }
}

/// More rounds than this mean that something is wrong with the proof itself.
const ROUNDS: usize = 12;

/// Renders the draft. A figure that does not come out to the letter is taken back to words, and where it cannot
/// be told which it is, the block says its figures as words, or is a plain paragraph. Returns the facts that are
/// used.
pub(super) fn prove(
    pieces: &mut [Piece],
    document: &Document,
    facts: &Facts,
    year: Period,
    name: &str,
) -> Facts {
    let mut kept = used(pieces, facts);
    for round in 0..ROUNDS {
        let wrong = wrong(pieces, document, &kept, year, name);
        if wrong.is_empty() {
            break;
        }
        for (index, tags) in wrong {
            let last = round + 2 >= ROUNDS;
            if let Some(piece) = pieces.get_mut(index)
                && (last || piece.manner > Manner::Bound || !piece.untag(&tags))
            {
                piece.manner =
                    if piece.manner == Manner::Bound && !last { Manner::Structured } else { Manner::Plain };
            }
        }
        kept = used(pieces, facts);
    }
    kept
}

/// What does not come out to the letter.
pub(super) fn wrong(pieces: &[Piece], document: &Document, facts: &Facts, year: Period, name: &str) -> Wrong {
    match rendered(&assembled(pieces).0, facts, (year, name), document) {
        Ok(rendered) => differing(pieces, document, &rendered),
        Err(problems) => blamed(pieces, &problems, name),
    }
}

/// The facts that the pieces name, and what the report says of the sums of ledgers.
pub(super) fn used(pieces: &[Piece], facts: &Facts) -> Facts {
    let bound = pieces.iter().filter(|piece| piece.manner == Manner::Bound);
    let paths: BTreeSet<&str> = bound.flat_map(|piece| piece.bound.paths()).collect();
    let mut kept = facts.clone();
    kept.retain(|path| {
        paths.contains(path) || facts.indicators.get(path).is_some_and(|one| one.sum_of.is_some())
    });
    kept
}

/// The template, and the byte at which each of its pieces begins.
fn assembled(pieces: &[Piece]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for piece in pieces {
        starts.push(text.len());
        text.push_str(piece.line());
        text.push_str("\n\n");
    }
    (text, starts)
}

/// The report that a template and facts give, in memory, with the pictures of the one that was read.
pub(super) fn rendered(
    template: &str,
    facts: &Facts,
    (year, name): (Period, &str),
    read: &Document,
) -> Result<Document, Problems> {
    let source = |name: String, text: String| Arc::new(Source::new(name, text));
    let registry = Some(facts.registry()).filter(|text| !text.is_empty());
    let registry = registry.map(|text| source("facts/指标.yaml".to_owned(), text));
    let mut years: BTreeSet<Period> = facts.years.keys().copied().collect();
    years.insert(year);
    let years = years.into_iter().map(|of| (of, source(crate::facts::file(of), facts.year(of)))).collect();
    let figures = figures::compute(crate::facts::parse(registry, years)?)?.of(year);
    let templates = Templates::from_sources(vec![(name.to_owned(), template.to_owned())])?;
    let pictures = |name: &str| {
        let plate = read.blocks.iter().find_map(|block| match block.itself() {
            Block::Picture(plate) if plate.picture.name == name => Some(plate),
            _ => None,
        });
        let picture = plate.map(|plate| Arc::clone(&plate.picture));
        picture.ok_or_else(|| Diagnostic::error(document::picture::MISSING, format!("找不到图片“{name}”")))
    };
    Ok(report::of(&templates, name, &figures, Gaps::Refuse, &pictures)?.document)
}

/// What is wrong with pieces: by index, the tags that are to blame with the reason in words; none where that
/// cannot be told.
pub(super) type Wrong = BTreeMap<usize, Vec<(usize, String)>>;

/// Blocks that came out otherwise.
fn differing(pieces: &[Piece], document: &Document, rendered: &Document) -> Wrong {
    let words = |block: &Block| Line::of(block).text;
    let pairs = document.blocks.iter().zip(&rendered.blocks).enumerate();
    let mut differ = pairs.filter(|(_, (one, other))| words(one) != words(other) || !alike(one, other));
    if document.blocks.len() == rendered.blocks.len() {
        let tags = |index: usize, other: &Block| {
            pieces.get(index).map(|piece| piece.bound.misprinted(&words(other))).unwrap_or_default()
        };
        return differ.map(|(index, (_, other))| (index, tags(index, other))).collect();
    }
    // Something became two blocks or none: what follows it is shifted.
    let first = differ.next().map_or(document.blocks.len().min(rendered.blocks.len()), |(index, _)| index);
    Wrong::from([(first, Vec::new())])
}

/// Whether cells are merged alike.
fn alike(one: &Block, other: &Block) -> bool {
    let (Block::Table(one), Block::Table(other)) = (one, other) else { return true };
    let merged = |table: &Table| -> Vec<Vec<Merged>> {
        let row = |row: &Row| row.cells.iter().map(|cell| cell.merged).collect();
        table.all_rows().map(row).collect()
    };
    merged(one) == merged(other)
}

/// Blocks in which a problem of the template or of its facts lies; all that are bound where that cannot be
/// told.
fn blamed(pieces: &[Piece], problems: &Problems, name: &str) -> Wrong {
    let starts = assembled(pieces).1;
    let mut wrong = Wrong::new();
    for problem in &problems.0 {
        let Some(place) = problem.place.as_ref() else { continue };
        let reason = format!("换成指标后印不出来：{}。照原文保留为手写，请核对", problem.message);
        if place.source.name == format!("templates/{name}.hbs") {
            let Some(index) = starts.partition_point(|start| *start <= place.span.start).checked_sub(1)
            else {
                continue;
            };
            let tag = pieces[index].bound.tag_at(place.span.start - starts[index]);
            let tags = wrong.entry(index).or_default();
            tags.extend(
                tag.filter(|tag| tags.iter().all(|(known, _)| known != tag)).map(|tag| (tag, reason)),
            );
            continue;
        }
        // A line of a fact file or of the registry names its indicator.
        let above = place.source.text.lines().take(place.line()).collect::<Vec<_>>();
        // A row of a ledger stands below its name.
        let line = above.into_iter().rev().find(|line| !line.trim_start().starts_with('-'));
        let key = line.unwrap_or_default().trim().split(':').next().unwrap_or_default();
        for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.manner == Manner::Bound) {
            let named = |path: &String| path.ends_with(key) && !key.is_empty();
            if piece.bound.paths().any(|path| named(&path.to_owned())) {
                let tags = piece.bound.tags_of(named).map(|tag| (tag, reason.clone())).collect();
                wrong.insert(index, tags);
            }
        }
    }
    if wrong.is_empty() {
        let tables =
            pieces.iter().enumerate().filter(|(_, piece)| piece.is_bound() && piece.ledger.is_some());
        wrong.extend(tables.map(|(index, _)| (index, Vec::new())));
    }
    if wrong.is_empty() {
        let bound = pieces.iter().enumerate().filter(|(_, piece)| piece.manner < Manner::Plain);
        wrong.extend(bound.map(|(index, _)| (index, Vec::new())));
    }
    wrong
}
