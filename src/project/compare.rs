//! Two reports against each other: years of this project, of another one, or finished documents.

use super::value::{Basis, Edition, Project};
use crate::diag::{Act, Diagnostic, Problems};
use crate::diff::facts::{self as changes, FactChange};
use crate::diff::{self, Difference, Side};
use crate::document::Document;
use crate::figures::Figures;
use crate::input;
use crate::period::Period;
use crate::report::Gaps;

/// Behind the name of a year whose 定稿 is held against what it would be now.
const ISSUED: &str = "定稿";

/// What is held against something.
pub enum Against {
    /// A year of the project: what was issued, where it was.
    Year(Period),
    /// A year of the project as today's facts and templates give it, also where it was issued.
    Anew(Period),
    /// The newest year of another project, under the name that staff know it by.
    Other(String, Project),
    /// A finished document, under its name.
    Document(String, Document),
}

/// One side of a comparison.
pub struct Half {
    side: Side,
    /// What is known of it, where it is a report of a project.
    pub of_project: Option<(Edition, Figures)>,
}

/// Two sides that are held against each other.
pub struct Compared {
    /// The older one.
    pub old: Half,
    /// The newer one.
    pub new: Half,
    settings: super::settings::Settings,
}

impl Project {
    /// Holds two reports against each other: the newest year and the one on file before it, where nothing else is
    /// said. What is still missing stands as 【待填】, as the comparison is made while drafting.
    ///
    /// # Errors
    /// A report cannot be rendered, there is no year before, or the settings are wrong.
    pub fn diff(
        &self,
        old: Option<Against>,
        new: Option<Against>,
        name: Option<&str>,
    ) -> Result<Compared, Problems> {
        let settings = self.settings()?.clone();
        let new = match (&old, new) {
            // A year against itself is what was issued against what it would be now.
            (Some(Against::Year(then)), Some(Against::Year(now))) if *then == now => Against::Anew(now),
            (_, Some(new)) => new,
            (_, None) => Against::Year(self.period(None)?),
        };
        let mut new = self.half(new, name)?;
        let mut old = match old {
            Some(old) => self.half(old, name)?,
            None => self.half(Against::Year(self.earlier(&new)?), name)?,
        };
        if old.side.year.is_some() && old.side.name == new.side.name {
            old.side.name = format!("{}{ISSUED}", old.side.name);
            new.side.name = format!("{}现在生成的", new.side.name);
        }
        Ok(Compared { old, new, settings })
    }

    fn half(&self, against: Against, name: Option<&str>) -> Result<Half, Problems> {
        match against {
            Against::Year(year) => self.half_of(self.report(name, year, Gaps::Show)?),
            Against::Anew(year) => self.half_of(self.anew(name, year, Gaps::Show)?),
            Against::Other(shown, other) => {
                let mut half = other.half(Against::Year(other.period(None)?), name)?;
                half.side.name = format!("{shown} {}", half.side.name);
                Ok(half)
            }
            Against::Document(name, document) => {
                let document = input::unindented(document);
                Ok(Half { side: Side { name, year: None, document, basis: None }, of_project: None })
            }
        }
    }

    fn half_of(&self, edition: Edition) -> Result<Half, Problems> {
        let side = edition.clone().side();
        match (self.figures(edition.year), edition.basis) {
            (Ok(figures), _) => Ok(Half { side, of_project: Some((edition, figures)) }),
            // What was issued stands without its facts, too.
            (Err(_), Basis::Issued { .. }) => Ok(Half { side, of_project: None }),
            (Err(problems), Basis::Rendered) => Err(problems),
        }
    }

    /// The year on file before that of a side.
    fn earlier(&self, new: &Half) -> Result<Period, Diagnostic> {
        let year = new.side.year;
        year.and_then(|year| self.before(year)).ok_or_else(|| {
            let when = year.map_or_else(|| new.side.name.clone(), Period::words);
            Diagnostic::error("no-earlier-year", format!("{when}之前没有事实文件，没有可对比的上年"))
                .hint(Act::Against)
        })
    }
}

impl Compared {
    /// How the sides are called.
    pub fn names(&self) -> (&str, &str) {
        (&self.old.side.name, &self.new.side.name)
    }

    /// The facts behind the two, where both are of projects.
    pub fn changes(&self) -> Option<Vec<FactChange>> {
        let ((_, old), (_, new)) = (self.old.of_project.as_ref()?, self.new.of_project.as_ref()?);
        Some(changes::compare(old, new, self.settings.swing))
    }

    /// What staff are told of the two, where they are years of a project: what the older was made of, and that the
    /// newer was issued.
    pub fn basis(&self) -> Vec<String> {
        let said =
            |side: &Side| Some(side.basis?.of_earlier(side.name.strip_suffix(ISSUED).unwrap_or(&side.name)));
        let new = Some(&self.new.side).filter(|side| matches!(side.basis, Some(Basis::Issued { .. })));
        said(&self.old.side).into_iter().chain(new.and_then(said)).collect()
    }

    /// The prose of the two.
    pub fn difference(self) -> Difference {
        diff::compare(self.old.side, self.new.side, &self.settings.fixed_wording)
    }
}
