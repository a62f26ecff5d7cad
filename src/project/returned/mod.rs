//! A report that this program wrote and somebody changed: what they changed, and taking it over.

mod computed;
mod plan;
mod sheet;
mod splice;
mod wanted;

use std::sync::Arc;

use super::amend::Amended;
use super::another::kind;
use super::stored::Edits;
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems, Source};
use crate::document::{Document, Origin};
use crate::facts::edit::FactEdit;
use crate::facts::entry;
use crate::import::Value;
use crate::import::again;
use crate::import::edits::{Edit, What, edits};
use crate::input::{self, Ours, Read};
use crate::period::Period;
use crate::report::Gaps;
use crate::report::located::Located;
use plan::{Plan, Splice};
pub use sheet::Done;

/// A report that came back.
#[derive(Clone)]
pub struct Returned {
    amended: Amended,
    ours: Ours,
    report: Document,
}

impl Returned {
    /// Holds a file against the project; nothing where the project did not write it.
    ///
    /// # Errors
    /// The project has errors.
    pub fn of(project: &Project, read: &Read) -> Result<Option<Returned>, Problems> {
        let Some(ours) = read.ours.clone() else { return Ok(None) };
        let amended = Amended::of(project)?;
        let known = amended.project().templates()?.names().contains(&ours.origin.template.as_str());
        let year = amended.project().years().any(|year| year == ours.origin.year);
        let report = read.document.clone();
        Ok((known && year).then_some(Returned { amended, ours, report }))
    }

    /// The report and the year that it was written as.
    pub fn origin(&self) -> &Origin {
        &self.ours.origin
    }

    /// 2011年“政协工作汇报”.
    pub fn title(&self) -> String {
        format!("{}“{}”", self.ours.origin.year, self.ours.origin.template)
    }

    /// What is still different between the project and the report that came back.
    ///
    /// # Errors
    /// The project cannot be rendered.
    pub fn edits(&self) -> Result<Vec<Edit>, Problems> {
        self.against(&self.amended)
    }

    fn against(&self, texts: &Amended) -> Result<Vec<Edit>, Problems> {
        let current = self.rendered(texts)?;
        let facts = texts.project().facts()?;
        // Blanks that somebody put before a paragraph are an indent, unless the template has such ones itself.
        let bare = input::unindented(current.clone()) == current;
        let report = if bare { &input::unindented(self.report.clone()) } else { &self.report };
        Ok(edits(&current, report, &self.ours.lines, &|path| kind(facts, path)))
    }

    /// What was taken over, as edits of the project.
    pub fn taken_over(&self) -> &Edits {
        self.amended.edits()
    }

    /// The same with the project as it is now that what was taken over is written.
    ///
    /// # Errors
    /// The project has errors.
    pub fn written(&self, project: &Project) -> Result<Returned, Problems> {
        Ok(Returned { amended: Amended::of(project)?, ..self.clone() })
    }

    /// With these changes taken over, in one go: each knows its place in the templates, so that none depends on its
    /// neighbours. What cannot be taken over is left as it is, with the reason.
    ///
    /// # Errors
    /// The project has errors.
    pub fn taking(&self, edits: &[Edit]) -> Result<Taken, Problems> {
        let before = self.edits()?;
        let mut reasons: Vec<Option<String>> = edits.iter().map(|_| None).collect();
        let texts = self.with_words(edits, &mut reasons)?;
        let amended = self.with_facts(&texts, edits, &mut reasons)?;
        let returned = Returned { amended, ..self.clone() };
        let after = returned.edits()?;
        let done =
            |edit: &Edit| edits.iter().zip(&reasons).any(|(one, reason)| reason.is_none() && one == edit);
        let left: Vec<&Edit> = before.iter().filter(|edit| !done(edit)).collect();
        let followed = after.into_iter().filter(|edit| !left.iter().any(|one| is_same(one, edit))).collect();
        Ok(Taken { returned, reasons, followed })
    }

    /// The report with the places of its words.
    fn located(&self, texts: &Amended) -> Result<Located, Problems> {
        let (project, origin) = (texts.project(), &self.ours.origin);
        let (templates, figures) = (project.templates()?, project.figures(origin.year)?);
        Located::of(templates, &origin.template, &figures, Gaps::Show, &|name| project.picture(name))
    }

    /// The templates with all changes of words; what hinders one stands beside it then.
    fn with_words(&self, edits: &[Edit], reasons: &mut [Option<String>]) -> Result<Amended, Problems> {
        let located = self.located(&self.amended)?;
        let written = self.amended.project().templates()?.written().collect();
        let plan = Plan { located: &located, written };
        let mut all: Vec<Vec<Splice>> = Vec::with_capacity(edits.len());
        for (edit, reason) in edits.iter().zip(reasons.iter_mut()) {
            all.push(match plan.splices(edit) {
                Ok(splices) => splices,
                Err(why) => {
                    *reason = Some(why);
                    Vec::new()
                }
            });
        }
        for (index, why) in plan.disagreed(&all) {
            reasons[index] = Some(why);
            all[index].clear();
        }
        let wanted: Vec<usize> = (0..edits.len()).filter(|index| !all[*index].is_empty()).collect();
        let attempt = |chosen: &[usize]| self.spliced(&plan, edits, &all, chosen);
        if let Ok(texts) = attempt(&wanted) {
            return Ok(texts);
        }
        // Something beside them changed: one after the other, to find which of them it was.
        let (mut texts, mut chosen) = (self.amended.clone(), Vec::new());
        for index in wanted {
            chosen.push(index);
            match attempt(&chosen) {
                Ok(next) => texts = next,
                Err(why) => {
                    chosen.pop();
                    reasons[index] = Some(why);
                }
            }
        }
        Ok(texts)
    }

    /// The templates with the chosen changes, if the report then says what it should.
    fn spliced(
        &self,
        plan: &Plan<'_>,
        edits: &[Edit],
        all: &[Vec<Splice>],
        chosen: &[usize],
    ) -> Result<Amended, String> {
        let splices = chosen.iter().flat_map(|index| &all[*index]);
        let mut texts = self.amended.clone();
        for (template, content) in splice::applied(&plan.written, splices)? {
            let text = template_of(&plan.written[template].source).ok_or("找不到模板")?;
            texts.put(&text, content);
        }
        let chosen: Vec<&Edit> = chosen.iter().map(|index| &edits[*index]).collect();
        let wanted = wanted::lines(&plan.located.document, &chosen);
        let now = self.rendered(&texts).map_err(|problems| first_words(&problems))?;
        match wanted::differing(&wanted, &now) {
            None => Ok(texts),
            Some(words) => Err(format!("照这样改，“{}”也会跟着变", short(&words))),
        }
    }

    /// The facts with all changes of them.
    fn with_facts(
        &self,
        texts: &Amended,
        edits: &[Edit],
        reasons: &mut [Option<String>],
    ) -> Result<Amended, Problems> {
        let mut open: Vec<usize> = Vec::new();
        for (index, edit) in edits.iter().enumerate() {
            let What::Fact { path, year, value, .. } = &edit.what else { continue };
            match self.otherwise(edits, path, *year, value) {
                Some(why) => reasons[index] = Some(why),
                None => open.push(index),
            }
        }
        let now = loop {
            let mut now = texts.clone();
            let mut refused = Vec::new();
            for index in &open {
                if let Err(problems) = self.make(&mut now, &edits[*index]) {
                    refused.push((*index, first_words(&problems)));
                }
            }
            if refused.is_empty() && !open.is_empty() {
                let left = self.against(&now)?;
                let still = |edit: &Edit| left.iter().any(|one| is_same_fact(one, edit));
                let words = "改了这个事实，报告里印出来的还不是稿件的样子".to_owned();
                let wrong = open.iter().filter(|index| still(&edits[**index]));
                refused.extend(wrong.map(|index| (*index, words.clone())));
            }
            if refused.is_empty() {
                break now;
            }
            open.retain(|index| refused.iter().all(|(other, _)| other != index));
            refused.into_iter().for_each(|(index, why)| reasons[index] = Some(why));
        };
        self.with_computed(&now, edits, &open, reasons)?;
        Ok(now)
    }

    /// What hinders figures that are computed, unless the facts that were taken over give them.
    fn with_computed(
        &self,
        now: &Amended,
        edits: &[Edit],
        facts: &[usize],
        reasons: &mut [Option<String>],
    ) -> Result<(), Problems> {
        let computed = |edit: &Edit| matches!(edit.what, What::Computed { .. });
        if !edits.iter().any(computed) {
            return Ok(());
        }
        let left = self.against(now)?;
        // The words of the report stay, so that the figure is found again.
        let mut texts = self.amended.clone();
        for index in facts {
            self.make(&mut texts, &edits[*index])?;
        }
        for (edit, reason) in edits.iter().zip(reasons).filter(|(edit, _)| computed(edit)) {
            if left.iter().any(|one| computed(one) && one.new == edit.new) {
                *reason = Some(computed::reason(self, &texts, edit)?);
            }
        }
        Ok(())
    }

    /// Another value of the same fact that the report wants elsewhere.
    fn otherwise(&self, edits: &[Edit], path: &str, year: Period, value: &Value) -> Option<String> {
        let other = edits.iter().find_map(|edit| match &edit.what {
            What::Fact { path: of, year: then, value: other, .. } => {
                (of == path && *then == year && other != value).then(|| again::words(other))
            }
            _ => None,
        })?;
        Some(format!("同一个数稿件里另一处改成了{other}，请先核对哪一个对"))
    }

    fn make(&self, texts: &mut Amended, edit: &Edit) -> Result<(), Problems> {
        match &edit.what {
            What::Fact { path, year, value, .. } => fact(texts, path, *year, value),
            _ => Ok(()),
        }
    }

    /// The report as it is now.
    fn rendered(&self, texts: &Amended) -> Result<Document, Problems> {
        let origin = &self.ours.origin;
        Ok(texts.project().rendered(Some(&origin.template), origin.year, Gaps::Show)?.document)
    }
}

/// What came of changes that were to be taken over.
pub struct Taken {
    /// The report and the project with them.
    pub returned: Returned,
    /// In the order of the changes: why one has to be made by hand, in Chinese; nothing where it is done.
    pub reasons: Vec<Option<String>>,
    /// What changed along in the report, which nobody had changed in it.
    pub followed: Vec<Edit>,
}

/// Whether a change is one that was there before: of figures by what they are, of anything else, whose neighbours may
/// have changed, by its kind.
fn is_same(one: &Edit, other: &Edit) -> bool {
    let figure = |edit: &Edit| matches!(edit.what, What::Fact { .. } | What::Computed { .. });
    if figure(one) || figure(other) {
        return (&one.old, &one.new) == (&other.old, &other.new);
    }
    std::mem::discriminant(&one.what) == std::mem::discriminant(&other.what)
}

fn is_same_fact(one: &Edit, other: &Edit) -> bool {
    match (&one.what, &other.what) {
        (What::Fact { path, year, value, .. }, What::Fact { path: of, year: then, value: wanted, .. }) => {
            path == of && year == then && value == wanted
        }
        _ => false,
    }
}

fn fact(texts: &mut Amended, path: &str, year: Period, value: &Value) -> Result<(), Problems> {
    let facts = Arc::clone(texts.project().facts()?);
    let typed = |path: &str, column: Option<&str>, words: &str| {
        entry::typed(&facts.registry, path, column, words).map_err(|wrong| wrong.problem)
    };
    let change = match (value, cell(path)) {
        (Value::List(items), _) => FactEdit::List { path: path.to_owned(), items: items.clone() },
        (Value::Text(words), Some((ledger, row, column))) => {
            let value = typed(ledger, Some(column), words)?;
            FactEdit::Cell { ledger: ledger.to_owned(), row, column: column.to_owned(), value }
        }
        (Value::Text(words), None) => {
            FactEdit::Set { path: path.to_owned(), value: typed(path, None, words)? }
        }
        (Value::Ledger(_), _) => return Ok(()),
    };
    texts.edit(&Text::Year(year), &[change])
}

/// The ledger, the row and the column of `投资项目[2].投资`.
fn cell(path: &str) -> Option<(&str, usize, &str)> {
    let (ledger, rest) = path.split_once('[')?;
    let (row, column) = rest.split_once("].")?;
    Some((ledger, row.parse().ok()?, column))
}

/// The template that a source is.
fn template_of(source: &Source) -> Option<Text> {
    Text::template(source.name.strip_prefix("templates/")?.strip_suffix(".hbs")?)
}

fn first_words(problems: &Problems) -> String {
    problems.0.first().map_or_else(String::new, |problem| problem.message.clone())
}

fn by_hand(edit: &Edit, why: &str) -> Diagnostic {
    Diagnostic::error("by-hand", format!("“{}”改成“{}”没有办成：{why}", short(&edit.old), short(&edit.new)))
        .hint("请直接改事实或模板，再重新生成")
}

fn short(words: &str) -> String {
    const LONGEST: usize = 24;
    let shown: String = words.chars().take(LONGEST).collect();
    if shown.len() < words.len() { format!("{shown}……") } else { shown }
}
