//! Changes that go through a whole project: an indicator gets another name, is none after all, or is split
//! into its years. Every report says the same words before and after; that is held by rendering them.

use std::ops::Range;
use std::sync::Arc;

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems};
use crate::document::Line;
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::figures;
use crate::period::Period;
use crate::report::Gaps;
use crate::template::{self, Named, TemplateText};

/// A project that is being changed; nothing is written before the edits are committed.
#[derive(Clone)]
pub struct Amended {
    /// What the edits are made on.
    start: Project,
    now: Project,
    edits: Edits,
}

impl Amended {
    /// A project with no changes yet.
    ///
    /// # Errors
    /// The facts or a template have errors.
    pub fn of(project: &Project) -> Result<Amended, Problems> {
        if project.texts().iter().any(|(text, _)| matches!(text, Text::Template(_))) {
            project.templates()?;
        }
        project.facts()?;
        Ok(Amended { start: project.clone(), now: project.clone(), edits: Edits::default() })
    }

    /// The project with the changes.
    pub fn project(&self) -> &Project {
        &self.now
    }

    /// The changes of the project that was begun with.
    pub fn edits(&self) -> &Edits {
        &self.edits
    }

    /// The words of a text; empty where it is not there yet.
    pub fn text(&self, text: &Text) -> &str {
        self.now.texts().words(text)
    }

    /// The project that was begun with.
    pub fn start(&self) -> &Project {
        &self.start
    }

    /// Puts another content in the place of a text.
    pub fn put(&mut self, text: &Text, content: String) {
        if self.text(text) != content {
            self.replace(text, Edited::Text(content));
        }
    }

    /// The same with whatever it is to become.
    pub fn replace(&mut self, text: &Text, edited: Edited) {
        self.now = self.now.with(&Edits::one(self.now.texts(), text.clone(), edited.clone()));
        self.edits.add(self.start.texts(), text.clone(), edited);
    }

    /// The words of every report of a year.
    fn words(&self, year: Period) -> Result<Vec<String>, Problems> {
        let mut all = Vec::new();
        for template in self.now.templates()?.names() {
            let document = self.now.rendered(Some(template), year, Gaps::Show)?.document;
            all.extend(document.blocks.iter().map(|block| Line::of(block).text));
        }
        Ok(all)
    }

    /// Makes changes of which no report may show anything; otherwise all is as it was.
    ///
    /// # Errors
    /// What hinders it, or the first words that would be others.
    pub fn keeping_words(
        &mut self,
        year: Period,
        change: impl FnOnce(&mut Amended) -> Result<(), Problems>,
    ) -> Result<(), Problems> {
        let before = self.words(year)?;
        let saved = self.clone();
        let outcome = change(self).and_then(|()| self.words(year)).and_then(|after| same(&before, &after));
        if outcome.is_err() {
            *self = saved;
        }
        outcome
    }

    /// Edits one text of facts.
    ///
    /// # Errors
    /// The edit cannot be made.
    pub fn edit(&mut self, text: &Text, changes: &[FactEdit]) -> Result<(), Problems> {
        let edited = edit::apply(self.text(text), changes).map_err(|error| refused(text, &error))?;
        self.put(text, edited);
        Ok(())
    }

    /// Takes an indicator away: `words` stand in the templates in its place.
    ///
    /// # Errors
    /// A tag or an indicator needs it.
    pub fn unfact(&mut self, path: &str, words: &str) -> Result<(), Problems> {
        let plain = [format!("{{{{{path}}}}}"), format!("{{{{数 {path} 样式=\"汉字\"}}}}")];
        let typed = crate::import::typed(words);
        let before = self.now.clone();
        for written in before.templates()?.written() {
            let source = written.source.text.clone();
            let text = plain.iter().fold(source, |text, tag| text.replace(tag, &typed));
            self.put(&Text::Template(name(written)), text);
        }
        if self.now.templates()?.named().any(|(named, ..)| named == path) {
            return Err(Diagnostic::error("still-used", format!("模板里别的算式还用着“{path}”，不能去掉"))
                .hint("请先把占比、同比等算式改成文字")
                .into());
        }
        let remove = || FactEdit::Remove { path: path.to_owned() };
        for year in self.years_with(path)? {
            self.edit(&Text::Year(year), &[remove()])?;
        }
        if self.has_registry() {
            self.forget(path)?;
            self.edit(&Text::Registry, &[remove()])?;
        }
        Ok(())
    }

    /// Takes an indicator out of the limits of others.
    fn forget(&mut self, path: &str) -> Result<(), Problems> {
        let facts = self.now.facts()?;
        let limited = facts.registry.indicators.values().filter(|one| {
            one.checks
                .iter()
                .any(|check| matches!(check, facts::registry::Check::AtMost(total) if total == path))
        });
        let changes: Vec<FactEdit> = limited
            .map(|one| FactEdit::Field {
                path: one.path.clone(),
                field: "不超过".to_owned(),
                value: String::new(),
            })
            .collect();
        self.edit(&Text::Registry, &changes)
    }

    /// Puts the values of several years in place of their sum, which becomes a window in the templates.
    ///
    /// # Errors
    /// A year has another value already, or a text cannot be changed.
    pub fn split(&mut self, sum: &str, to: &str, years: &[(Period, String)]) -> Result<(), Problems> {
        let facts = Arc::clone(self.now.facts()?);
        if sum != to {
            self.rename(sum, to)?;
        }
        for (year, value) in years {
            let known = facts.get(to, *year).map(|fact| figures::value_text(&fact.value));
            if known.as_ref().is_some_and(|known| known != value && !known.is_empty() && sum != to) {
                return Err(Diagnostic::error(
                    "year-known",
                    format!("{year}的“{to}”已经是{}，和填的{value}不一样", known.unwrap_or_default()),
                )
                .hint("请先核对哪一个对")
                .into());
            }
            let text = Text::Year(*year);
            if self.text(&text).is_empty() {
                self.put(&text, format!("{}\n", facts::first_line(*year)));
            }
            self.edit(&text, &[FactEdit::Set { path: to.to_owned(), value: value.clone() }])?;
        }
        let count = years.len();
        self.around_tags(to, &format!("{{{{#近 {count}}}}}"), "{{/近}}")
    }

    fn has_registry(&self) -> bool {
        self.now.texts().get(&Text::Registry).is_some()
    }

    /// Years whose file has a value of an indicator, blank ones included.
    fn years_with(&self, path: &str) -> Result<Vec<Period>, Problems> {
        let facts = self.now.facts()?;
        let with = facts.years.iter().filter(|(_, year)| year.facts.contains_key(path));
        Ok(with.map(|(year, _)| *year).collect())
    }

    /// Puts words around every tag that prints an indicator or a column of it.
    fn around_tags(&mut self, path: &str, before: &str, after: &str) -> Result<(), Problems> {
        let facts = Arc::clone(self.now.facts()?);
        let project = self.now.clone();
        let below =
            |named: &str| named == path || named.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        for written in project.templates()?.written() {
            let mut text = written.source.text.clone();
            let mut tags: Vec<Range<usize>> = template::mentions(&text, &facts)
                .into_iter()
                .filter(|one| one.prints && matches!(&one.of, Named::Fact(named) if below(named)))
                .map(|one| one.tag)
                .collect();
            tags.dedup();
            for tag in tags.into_iter().rev() {
                text.insert_str(tag.end, after);
                text.insert_str(tag.start, before);
            }
            self.put(&Text::Template(name(written)), text);
        }
        Ok(())
    }
}

/// The name of a template.
fn name(written: &TemplateText) -> String {
    let file = written.source.name.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".hbs").unwrap_or(file).to_owned()
}

fn refused(text: &Text, error: &edit::EditError) -> Problems {
    Diagnostic::error("cannot-edit", format!("{} 没有改：{error}", text.name()))
        .hint("请用记事本打开核对")
        .into()
}

/// Two renderings with the same words.
fn same(before: &[String], after: &[String]) -> Result<(), Problems> {
    let differs = before.iter().zip(after).find(|(before, after)| before != after);
    match differs {
        None if before.len() == after.len() => Ok(()),
        None => Err(Diagnostic::error("words-change", "改了以后报告的段落会增减，没有改").into()),
        Some((before, after)) => {
            let (old, new) = differing(before, after);
            Err(Diagnostic::error("words-change", format!("改了以后报告里的“{old}”会变成“{new}”，没有改"))
                .hint("请核对填的数；各年的数相加要等于原来的合计")
                .into())
        }
    }
}

/// Where two lines differ, with a few words around.
pub(super) fn differing(before: &str, after: &str) -> (String, String) {
    const AROUND: usize = 8;
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let front = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - front;
    let back =
        old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    // No number is cut in two.
    let digit = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let piece = |chars: &[char]| {
        let (mut from, mut to) = (front.saturating_sub(AROUND), (chars.len() - back + 4).min(chars.len()));
        while from > 0 && digit(chars.get(from)) && digit(chars.get(from - 1)) {
            from -= 1;
        }
        while digit(chars.get(to)) && to > 0 && digit(chars.get(to - 1)) {
            to += 1;
        }
        chars[from..to].iter().collect::<String>()
    };
    (piece(&old), piece(&new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_lines_differ_no_number_is_cut() {
        let (old, new) = differing(
            "完成固定资产投资1234567.5亿元，引进甲",
            "完成固定资产投资1234567.5亿元，引进乙，又100.25万",
        );
        assert_eq!(
            (old.as_str(), new.as_str()),
            ("1234567.5亿元，引进甲", "1234567.5亿元，引进乙，又100.25万")
        );
    }
}
