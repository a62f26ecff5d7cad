//! A project as a value: its texts, and what they say as soon as somebody asks. No disk, no clock.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::mapping::Meant;
use super::settings::{self, Settings};
use super::stored::{Edited, Edits, Texts};
use super::texts::Text;
use super::{confirm, mapping, terms};
use crate::check::{Confirmed, Terms};
use crate::diag::{Act, Diagnostic, Problems, Source};
use crate::diff::Side;
use crate::diff::facts::{self as changes, FactChange};
pub use crate::document::issued::Basis;
use crate::document::{Document, Picture};
use crate::facts::registry::Registry;
use crate::facts::{self, Facts};
use crate::figures::{self, Computed, Figures};
use crate::fonts::Names;
use crate::period::Period;
use crate::report::{self, Gaps, Report};
use crate::template::Templates;

/// Something that is made of texts once, and shared by all values with the same texts.
type Part<T> = Arc<OnceLock<Result<T, Problems>>>;

/// A project. It never fails as a whole: what is wrong in a text is said where the text is needed.
#[derive(Clone)]
pub struct Project {
    place: Arc<Path>,
    texts: Texts,
    /// What was computed before the texts of the facts changed: what they share with it stays as it is.
    known: Option<Arc<Computed>>,
    facts: Part<Arc<Facts>>,
    figures: Part<Arc<Computed>>,
    templates: Part<Templates>,
    settings: Part<Settings>,
    confirmed: Part<Vec<Confirmed>>,
    terms: Part<Terms>,
}

impl Project {
    /// A project of texts, which need no folder.
    pub fn of(texts: Texts) -> Project {
        Project::at(Path::new(""), texts)
    }

    pub(super) fn at(place: &Path, texts: Texts) -> Project {
        Project {
            place: Arc::from(place),
            texts,
            known: None,
            facts: Part::default(),
            figures: Part::default(),
            templates: Part::default(),
            settings: Part::default(),
            confirmed: Part::default(),
            terms: Part::default(),
        }
    }

    /// The same project with other texts; what was understood of those that did not change is kept.
    pub(super) fn turned(&self, texts: Texts) -> Project {
        let same = |wanted: &dyn Fn(&Text) -> bool| texts.shares(&self.texts, wanted);
        let facts = same(&|text| matches!(text, Text::Registry | Text::Year(_)))
            && texts.remarks == self.texts.remarks
            && texts.unreadable == self.texts.unreadable;
        let computed = self.figures.get().and_then(|computed| computed.as_ref().ok());
        Project {
            place: Arc::clone(&self.place),
            known: computed.filter(|_| !facts).or(self.known.as_ref()).map(Arc::clone),
            facts: kept(&self.facts, facts),
            figures: kept(&self.figures, facts),
            templates: kept(&self.templates, same(&|text| matches!(text, Text::Template(_)))),
            settings: kept(&self.settings, same(&|text| *text == Text::Settings)),
            confirmed: kept(&self.confirmed, same(&|text| *text == Text::Confirmed)),
            terms: kept(&self.terms, same(&|text| *text == Text::Terms)),
            texts,
        }
    }

    /// The project after edits, which are written nowhere. Whole values of facts are laid over what their file says,
    /// whose places stay; everything else is read anew.
    pub fn with(&self, edits: &Edits) -> Project {
        let project = self.turned(self.texts.with(edits));
        match self.laid_over(edits) {
            Some(facts) => Project { facts: Arc::new(OnceLock::from(Ok(Arc::new(facts)))), ..project },
            None => project,
        }
    }

    /// The facts where all that edits change of them is whole values.
    fn laid_over(&self, edits: &Edits) -> Option<Facts> {
        let mut facts = None;
        for (text, edit) in edits.iter() {
            match (text, &edit.edited) {
                (Text::Year(year), Edited::Values(values)) => {
                    let known = facts.take().or_else(|| Some((**self.facts().ok()?).clone()))?;
                    facts = Some(known.with(*year, values)?);
                }
                (Text::Year(_) | Text::Registry, _) => return None,
                _ => {}
            }
        }
        facts
    }

    /// The folder; an empty path where there is none.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// The texts.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The texts of the facts as they are read.
    fn fact_texts(&self) -> Result<facts::Texts, Problems> {
        if let Some(problem) = &self.texts.unreadable {
            return Err((**problem).clone().into());
        }
        let mut texts = facts::Texts { notes: self.texts.remarks.clone(), ..facts::Texts::default() };
        for (text, stored) in self.texts.iter() {
            if !matches!(text, Text::Registry | Text::Year(_)) {
                continue;
            }
            match stored.source() {
                Ok(source) => {
                    texts.notes.extend(stored.remark());
                    match text {
                        Text::Year(year) => drop(texts.years.insert(*year, Arc::clone(source))),
                        _ => texts.registry = Some(Arc::clone(source)),
                    }
                }
                Err(problem) => texts.notes.push(problem),
            }
        }
        Ok(texts)
    }

    /// The facts of all years.
    ///
    /// # Errors
    /// All problems of all their texts; there are no facts.
    pub fn facts(&self) -> Result<&Arc<Facts>, Problems> {
        let known = self.known.as_ref().map(|known| known.facts());
        let read = || Ok(Arc::new(self.fact_texts()?.facts(known)?));
        self.facts.get_or_init(read).as_ref().map_err(Problems::clone)
    }

    /// The registry alone; an empty one where the project has none.
    ///
    /// # Errors
    /// All problems of its text.
    pub fn registry(&self) -> Result<Arc<Registry>, Problems> {
        match self.facts.get() {
            Some(Ok(facts)) => Ok(Arc::clone(&facts.registry)),
            _ => Ok(Arc::new(self.fact_texts()?.registry()?)),
        }
    }

    /// The year asked for, else the newest on file.
    ///
    /// # Errors
    /// There is no such year, or none at all.
    pub fn period(&self, asked: Option<Period>) -> Result<Period, Problems> {
        self.fact_texts()?.period(asked)
    }

    /// Years that have a fact file, oldest first.
    pub fn years(&self) -> impl Iterator<Item = Period> {
        self.texts.iter().filter_map(|(text, _)| if let Text::Year(year) = text { Some(*year) } else { None })
    }

    /// The same part of the newest year on file before another one.
    pub fn before(&self, of: Period) -> Option<Period> {
        self.years().filter(|year| *year < of && year.is_like(of)).max()
    }

    /// The facts with what is computed from them, for the report of a year.
    ///
    /// # Errors
    /// The facts have errors, formulas depend on themselves, or there is no such year.
    pub fn figures(&self, of: Period) -> Result<Figures, Problems> {
        // Where the facts are known, so is the year: its text, which may be one that is not made yet, is not asked.
        if !matches!(self.facts.get(), Some(Ok(facts)) if facts.is_at_hand(of)) {
            self.period(Some(of))?;
        }
        let compute = || {
            let facts = Arc::clone(self.facts()?);
            match &self.known {
                Some(known) => known.with(facts),
                None => figures::compute(facts),
            }
        };
        Ok(self.figures.get_or_init(compute).as_ref().map_err(Problems::clone)?.of(of))
    }

    /// The templates.
    ///
    /// # Errors
    /// There is none, or any problem in any of them.
    pub fn templates(&self) -> Result<&Templates, Problems> {
        self.templates.get_or_init(|| self.compiled()).as_ref().map_err(Problems::clone)
    }

    fn compiled(&self) -> Result<Templates, Problems> {
        let (mut sources, mut problems) = (Vec::new(), Vec::new());
        for (text, stored) in self.texts.iter() {
            let Text::Template(name) = text else { continue };
            match stored.source() {
                Ok(source) => sources.push((name.clone(), Arc::clone(source))),
                Err(problem) => problems.push(problem),
            }
        }
        match (sources.is_empty(), problems.is_empty()) {
            (_, false) => Err(Problems(problems)),
            (true, true) => Err(no_templates().into()),
            _ => Templates::compile(sources),
        }
    }

    /// What the project asks of the program; nothing where it does not say.
    ///
    /// # Errors
    /// Everything that is wrong in `项目.yaml`.
    pub fn settings(&self) -> Result<&Settings, Problems> {
        self.part(&self.settings, &Text::Settings, settings::parse)
    }

    /// Facts that somebody confirmed to be as they are.
    ///
    /// # Errors
    /// `确认.yaml` has errors.
    pub fn confirmed(&self) -> Result<&Vec<Confirmed>, Problems> {
        self.part(&self.confirmed, &Text::Confirmed, confirm::parse)
    }

    /// The wordings that the office keeps itself.
    ///
    /// # Errors
    /// `提法.yaml` has errors.
    pub fn terms(&self) -> Result<&Terms, Problems> {
        self.part(&self.terms, &Text::Terms, terms::parse)
    }

    /// Which heads of departments' tables mean which columns.
    ///
    /// # Errors
    /// `表头对照.yaml` has errors.
    pub fn mapping(&self) -> Result<Vec<Meant>, Problems> {
        mapping::known(&self.texts)
    }

    /// What a text says, nothing where it is not there.
    fn part<'p, T: Default>(
        &self,
        part: &'p Part<T>,
        text: &Text,
        parse: impl FnOnce(&Arc<Source>) -> Result<T, Problems>,
    ) -> Result<&'p T, Problems> {
        let read = || match self.texts.get(text) {
            Some(stored) => parse(stored.source()?),
            None => Ok(T::default()),
        };
        part.get_or_init(read).as_ref().map_err(Problems::clone)
    }

    /// The facts of a year against those of the year before; empty where there is none.
    ///
    /// # Errors
    /// As [`Project::figures`].
    pub fn changes(&self, of: Period) -> Result<Vec<FactChange>, Problems> {
        let now = self.figures(of)?;
        let Some(before) = self.before(of) else { return Ok(Vec::new()) };
        Ok(changes::compare(&self.figures(before)?, &now, self.swing()))
    }

    /// The per cent from which on a change is remarked. What is wrong in the settings is said where they are looked at.
    pub(super) fn swing(&self) -> u32 {
        self.settings().map_or(changes::SWING, |settings| settings.swing)
    }

    /// Names of the faces that reports are set in.
    ///
    /// # Errors
    /// What is wrong in the settings.
    pub fn fonts(&self) -> Result<&Names, Problems> {
        Ok(&self.settings()?.fonts)
    }

    /// A picture file by its name.
    ///
    /// # Errors
    /// There is none of that name, or it is none that a report can show.
    pub fn picture(&self, name: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.texts.pictures.find(name)
    }

    /// A report of today's facts in today's template; where none is named, in the only one, or in the only one that
    /// speaks of this year.
    ///
    /// # Errors
    /// Everything that hinders it.
    pub fn rendered(&self, name: Option<&str>, of: Period, gaps: Gaps) -> Result<Report, Problems> {
        let figures = self.figures(of)?;
        let templates = self.templates()?;
        let known = templates.report(name);
        let obvious = if name.is_none() && known.is_err() { self.obvious(of)? } else { None };
        let name = obvious.as_deref().map_or(known, Ok)?;
        report::of(templates, name, &figures, gaps, &|name| self.picture(name))
    }
}

impl Edition {
    /// The report as a side of a comparison.
    pub fn side(self) -> Side {
        let (name, year) = (self.year.words(), Some(self.year));
        Side { name, year, document: Arc::unwrap_or_clone(self.document), basis: Some(self.basis) }
    }
}

/// A part where its texts are the same, else one that is still to be made.
fn kept<T>(part: &Part<T>, same: bool) -> Part<T> {
    if same { Arc::clone(part) } else { Part::default() }
}

fn no_templates() -> Diagnostic {
    Diagnostic::error("no-template", "templates 文件夹里没有模板").hint(Act::NewProject { templates: true })
}

/// A report of a year.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The name of the report.
    pub name: Arc<str>,
    /// The year.
    pub year: Period,
    /// What it says.
    pub document: Arc<Document>,
    /// Facts that are still to be filled in.
    pub missing: Vec<String>,
    /// What was remarked on the way.
    pub warnings: Vec<Diagnostic>,
    /// What it was made of.
    pub basis: Basis,
}

#[cfg(test)]
mod tests;
