//! A project of random tags, rendered and held against what is wanted of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use huibao::output::{self, Format};
use huibao::project::stored::Stored;
use huibao::project::texts::Text;
use huibao::project::{Project, Texts};
use huibao::report::Gaps;

use super::dice::Dice;
use super::tags::{self, Case, Wanted};
use super::world::World;

/// Stands behind every tag, where the paragraph is a paragraph.
const END: char = '◇';

/// What differs.
pub struct Failure {
    /// What the tag is about.
    pub kind: String,
    /// The seed of its project.
    pub seed: u64,
    /// The project, what is printed and what is wanted.
    pub text: String,
}

/// A project with its tags.
pub struct Trial {
    seed: u64,
    years: Vec<i32>,
    cases: Vec<Case>,
}

/// What a project printed: a paragraph a tag, and the tags that were warned of.
struct Printed {
    paragraphs: Vec<String>,
    warned: BTreeSet<usize>,
}

impl Trial {
    /// The project of a seed: several tags that print, or one that stops the run.
    pub fn throw(seed: u64) -> Trial {
        let mut dice = Dice::new(seed);
        let world = World::throw(&mut dice);
        let stops = dice.chance(20);
        let wanted = if stops { 1 } else { dice.between(4, 8) };
        let mut cases = Vec::new();
        while (cases.len() as i64) < wanted {
            let case = tags::throw(&mut dice, &world, cases.len());
            if (case.wanted == Wanted::Stops) == stops {
                cases.push(case);
            }
        }
        Trial { seed, years: world.years, cases }
    }

    /// A project of one of the tags.
    fn alone(&self, case: &Case) -> Trial {
        Trial { seed: self.seed, years: self.years.clone(), cases: vec![case.clone()] }
    }

    fn texts(&self) -> Vec<(String, String)> {
        let mut registry = String::new();
        let mut years: BTreeMap<i32, String> =
            self.years.iter().map(|year| (*year, format!("年度: {year}\n"))).collect();
        let mut template = String::new();
        for case in &self.cases {
            registry += &case.registry;
            template += &format!("〔{}{END}\n\n", case.template);
            for (year, lines) in &case.facts {
                *years.get_mut(year).expect("a year on file") += lines;
            }
        }
        let mut texts = vec![("facts/指标".to_owned(), registry), ("templates/汇报".to_owned(), template)];
        texts.extend(years.into_iter().map(|(year, text)| (format!("facts/{year}"), text)));
        texts
    }

    /// The report, or why there is none.
    fn print(&self) -> Result<Printed, String> {
        let project = Project::of(stored(self.texts()));
        project.facts().map_err(|problems| format!("the facts are refused: {problems:?}"))?;
        let year = project.period(None).expect("a year");
        let report = project.report(None, year, Gaps::Refuse).map_err(|problems| {
            problems.0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("；")
        })?;
        let bytes = output::write(&report.document, Format::Txt).expect("writing to memory");
        let text = String::from_utf8(bytes).expect("text is UTF-8");
        let lines = report.warnings.iter().filter_map(|warning| warning.place.as_ref());
        Ok(Printed {
            paragraphs: paragraphs(&text),
            warned: lines.map(|place| (place.line() - 1) / 2).collect(),
        })
    }

    /// The tags that differ, each alone where it differs alone, too.
    pub fn failures(&self) -> Vec<Failure> {
        let outcome = self.print();
        let differing: Vec<_> = self.differing(&outcome).collect();
        if differing.is_empty() {
            return Vec::new();
        }
        // One that stops the run makes all others differ with it.
        let alone: Vec<_> = differing.iter().filter_map(|(case, _)| self.alone(case).failure()).collect();
        if !alone.is_empty() || self.cases.len() == 1 {
            return alone;
        }
        differing.iter().map(|(case, difference)| self.failed(case, difference)).collect()
    }

    fn differing(&self, outcome: &Result<Printed, String>) -> impl Iterator<Item = (&Case, String)> {
        let cases = self.cases.iter().enumerate();
        cases.filter_map(move |(at, case)| Some((case, differs(outcome, at, case)?)))
    }

    /// Of a project with one tag.
    fn failure(&self) -> Option<Failure> {
        let outcome = self.print();
        let (case, difference) = self.differing(&outcome).next()?;
        Some(self.failed(case, &difference))
    }

    fn failed(&self, case: &Case, difference: &str) -> Failure {
        let texts = self.texts().into_iter().filter(|(_, text)| text.lines().count() > 1);
        let texts = texts.map(|(name, text)| format!("--- {name}\n{}\n", text.trim_end()));
        let text = format!("{}{difference}\n", texts.collect::<String>());
        Failure { kind: case.kind.clone(), seed: self.seed, text }
    }
}

/// Texts as a project holds them.
fn stored(texts: Vec<(String, String)>) -> Texts {
    let mut project = Texts::default();
    for (id, words) in texts {
        let text = Text::parse(&id).expect("the name of a text");
        let stored = Stored::new(text.name(), words.as_bytes());
        project.put(text, Arc::new(stored));
    }
    project
}

/// What stands between the marks.
fn paragraphs(text: &str) -> Vec<String> {
    let parts = text.split('〔').skip(1);
    parts.map(|part| part.split(END).next().unwrap_or_default().to_owned()).collect()
}

/// How the outcome differs from what is wanted of a tag.
fn differs(outcome: &Result<Printed, String>, at: usize, case: &Case) -> Option<String> {
    let got = match outcome {
        Err(problems) if problems.starts_with("the facts") => problems.clone(),
        Err(_) if case.wanted == Wanted::Stops => return None,
        Err(problems) => format!("stops: {problems}"),
        Ok(printed) => {
            let text = printed.paragraphs.get(at).cloned().unwrap_or_default();
            let got = if printed.warned.contains(&at) { Wanted::Warned(text) } else { Wanted::Text(text) };
            if got == case.wanted {
                return None;
            }
            format!("{got:?}")
        }
    };
    Some(format!("printed {got}\nwanted  {:?}", case.wanted))
}
