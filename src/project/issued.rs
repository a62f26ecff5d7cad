//! 定稿: the reports that were issued stay as they were, whatever becomes of facts and templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::{Basis, Edition, Project};
use crate::diag::{Act, Diagnostic, Level, Problems};
use crate::document::issued::{Head, dated, day};
use crate::document::{Block, Document, Line, Origin, Plate};
use crate::import::again;
use crate::input::{self, Read};
use crate::output::{self, Format};
use crate::period::Period;
use crate::report::{Gaps, Report};
use crate::trace::{Trace, trace};

/// What a 定稿 is made from where it is no file.
const TEMPLATE: &str = "模板";

/// How a report is made final.
#[derive(Clone, Copy)]
pub struct Issue<'i> {
    /// The name of a file and what it holds, where the report is taken from there.
    pub file: Option<(&'i str, &'i Read)>,
    /// The day since which it is final.
    pub on: Date,
    /// Why it is made final once more.
    pub again: Option<&'i str>,
}

impl Project {
    /// The year asked for, if it has a 定稿 or facts; else the newest with facts.
    ///
    /// # Errors
    /// There is no such year, or none at all.
    pub fn shown(&self, asked: Option<Period>) -> Result<Period, Problems> {
        match asked.filter(|year| self.issued_reports(*year).next().is_some()) {
            Some(year) => Ok(year),
            None => self.period(asked),
        }
    }

    /// The period asked for, as [`Project::shown`]; where none is, the newest on file that the report is written of.
    ///
    /// # Errors
    /// As [`Project::shown`].
    pub fn shown_of(&self, report: Option<&str>, asked: Option<Period>) -> Result<Period, Problems> {
        let span = report.and_then(|report| self.settings().ok()?.reports.get(report).copied());
        let newest = span.and_then(|span| self.years().filter(|period| span.has(*period)).max());
        match (asked, newest) {
            (None, Some(newest)) => Ok(newest),
            _ => self.shown(asked),
        }
    }

    /// The reports of a year that have a 定稿.
    pub fn issued_reports(&self, of: Period) -> impl Iterator<Item = &str> {
        self.texts().iter().filter_map(move |(text, _)| match text {
            Text::Issued(name, year) if *year == of => Some(name.as_str()),
            _ => None,
        })
    }

    /// The report asked for: the only one, where none is named.
    ///
    /// # Errors
    /// There is none of that name, or there are several and none is named.
    fn named(&self, name: Option<&str>, of: Period) -> Result<String, Problems> {
        let mut issued = self.issued_reports(of);
        if let Some(name) = name.filter(|name| issued.any(|issued| issued == *name)) {
            return Ok(name.to_owned());
        }
        let mut issued = self.issued_reports(of);
        match (self.templates().and_then(|templates| Ok(templates.report(name)?)), issued.next(), name) {
            (Ok(name), ..) => Ok(name.to_owned()),
            (Err(_), Some(only), None) if issued.next().is_none() => Ok(only.to_owned()),
            (Err(problems), _, None) => self.obvious(of).ok().flatten().ok_or(problems),
            (Err(problems), ..) => Err(problems),
        }
    }

    /// A report as it was issued, where it was.
    ///
    /// # Errors
    /// Its text is damaged, or is that of another report.
    pub fn issued(&self, name: &str, of: Period) -> Result<Option<(Document, Head)>, Problems> {
        let Some(stored) = self.texts().get(&Text::Issued(name.to_owned(), of)) else { return Ok(None) };
        let (document, head) = input::issued::read(stored.source()?)?;
        let Origin { template, year } = &head.origin;
        if template != name || *year != of {
            let message = format!("{} 里写的是{year}的“{template}”，和文件名不符", stored.name());
            let problem = Diagnostic::error("wrong-issued", message);
            return Err(problem.hint("请核对是不是放错了文件，或改过名").into());
        }
        let blocks = document.blocks.into_iter().map(|block| self.with_picture(block)).collect();
        Ok(Some((Document { blocks, ..document }, head)))
    }

    /// A picture of a 定稿 with its file, where that is still the one that was issued.
    fn with_picture(&self, block: Block) -> Block {
        match block {
            Block::Picture(plate) => {
                let now = self.picture(&plate.picture.name).ok();
                let picture = now.filter(|now| now.digest == plate.picture.digest);
                Block::Picture(Plate { picture: picture.unwrap_or(plate.picture), ..plate })
            }
            block => block,
        }
    }

    /// A report of a year: the one that was issued, else what today's facts and templates give.
    ///
    /// # Errors
    /// Everything that hinders it.
    pub fn report(&self, name: Option<&str>, of: Period, gaps: Gaps) -> Result<Edition, Problems> {
        if self.issued_reports(of).next().is_none() {
            return self.anew(name, of, gaps);
        }
        let name = self.named(name, of)?;
        match self.issued(&name, of)? {
            Some((document, head)) => Ok(Edition {
                warnings: head.edited.then(|| edited(&name, of)).into_iter().chain(lost(&document)).collect(),
                name: Arc::from(name),
                year: of,
                document: Arc::new(document),
                missing: Vec::new(),
                basis: Basis::Issued { on: head.on },
            }),
            None => self.anew(Some(&name), of, gaps),
        }
    }

    /// A report that today's facts and templates give, also where one was issued.
    ///
    /// # Errors
    /// Everything that hinders it.
    pub fn anew(&self, name: Option<&str>, of: Period, gaps: Gaps) -> Result<Edition, Problems> {
        let Report { marked, document } = self.rendered(name, of, gaps)?;
        Ok(Edition {
            name: Arc::from(marked.template),
            year: of,
            document: Arc::new(document),
            missing: marked.missing,
            warnings: marked.warnings,
            basis: Basis::Rendered,
        })
    }

    /// The trace of a report; of one that was issued, with what its facts are today.
    pub fn trace(&self, edition: &Edition) -> Trace {
        let mut trace = trace(&edition.document);
        if let (Basis::Issued { .. }, Ok(figures)) = (edition.basis, self.figures(edition.year)) {
            trace.compared(|fact| Some(figures.reference(&fact.path, fact.year).ok()?.text.clone()));
        }
        trace
    }

    /// Makes a report final: its text is kept, and nothing but this writes over it.
    ///
    /// # Errors
    /// It is final already and nobody says why it should be so again; something in it is still to be filled in;
    /// or the rules find errors.
    pub fn issue(&self, name: Option<&str>, of: Period, how: Issue<'_>) -> Result<Edits, Problems> {
        let name = self.named(name, of)?;
        let text = Text::Issued(name.clone(), of);
        let known = self.texts().get(&text).is_some();
        let before = if known { self.issued(&name, of).ok().flatten().map(|(_, head)| head) } else { None };
        if known && how.again.is_none() {
            let on = before.map(|head| format!("（{}）", day(head.on))).unwrap_or_default();
            let message = format!("{of}的“{name}”已经定稿{on}，没有改");
            return Err(Diagnostic::error("already-issued", message).hint(Act::Correct(of)).into());
        }
        let (mut document, from) = match how.file {
            Some((file, read)) => (self.of_file(&name, of, &read.document), file),
            None => (self.sound(&name, of)?, TEMPLATE),
        };
        refuse_gaps(&document)?;
        let origin = Origin { template: name, year: of };
        document.origin = Some(origin.clone());
        let mut corrections = before.map(|head| head.corrections).unwrap_or_default();
        corrections.extend(how.again.map(|why| format!("{} {}", how.on, one_line(why))));
        let head = Head { origin, on: how.on, from: one_line(from), corrections, edited: false };
        let words = output::issued::write(&document, &head);
        Ok(Edits::one(self.texts(), text, Edited::Text(words)))
    }

    /// What is rendered now, if the rules find no error.
    fn sound(&self, name: &str, of: Period) -> Result<Document, Problems> {
        let report = self.rendered(Some(name), of, Gaps::Refuse)?;
        let mut errors = self.check(Some(of))?.findings;
        errors.retain(|finding| finding.level == Level::Error);
        if errors.is_empty() { Ok(report.document) } else { Err(Problems(errors)) }
    }

    /// The words of a file, with the figures that the project's own report says at the same places.
    fn of_file(&self, name: &str, of: Period, report: &Document) -> Document {
        match self.rendered(Some(name), of, Gaps::Show) {
            Ok(own) => again::bound(&own.document, report),
            // Without facts of that year all of it stays words.
            Err(_) => report.clone(),
        }
    }

    /// How many paragraphs of an issued report would read otherwise if it were made now; nothing where it was not
    /// issued, or cannot be made.
    pub fn drifted(&self, name: &str, of: Period) -> Option<(usize, Head)> {
        let (document, head) = self.issued(name, of).ok()??;
        let now = self.rendered(Some(name), of, Gaps::Show).ok()?.document;
        Some((differing(&document, &now), head))
    }
}

/// A report that was issued, as the list of them shows it.
pub struct Kept {
    /// The report.
    pub name: String,
    /// Its period.
    pub of: Period,
    /// What it says of itself; or why it cannot be read.
    pub head: Result<Head, Problems>,
    /// How many paragraphs would read otherwise if it were made now; nothing where it cannot be made.
    pub differing: Option<usize>,
}

impl Kept {
    /// 2024年《政协工作汇报》 2024年12月26日定稿，来自 报出的.docx……, as one line.
    pub fn line(&self) -> String {
        let Kept { name, of, head, differing } = self;
        let head = match head {
            Ok(head) => head,
            Err(problems) => {
                let why = problems.0.first().map_or("读不出来", |problem| problem.message.as_str());
                return format!("{of}《{name}》 定稿读不出来：{why}");
            }
        };
        let mut said = vec![format!("{}定稿", day(head.on)), format!("来自{}", head.from)];
        match head.corrections.as_slice() {
            [] => {}
            [.., last] => said.push(format!("更正{}次（{last}）", head.corrections.len())),
        }
        said.extend(head.edited.then(|| "定稿后手工改过".to_owned()));
        said.extend(differing.filter(|count| *count > 0).map(|count| format!("现在生成的有{count}段不同")));
        format!("{of}《{name}》 {}", said.join("，"))
    }
}

impl Project {
    /// Every report that was issued, the newest period first.
    pub fn all_issued(&self) -> Vec<Kept> {
        let kept = |(text, _)| match text {
            &Text::Issued(ref name, of) => {
                let drifted = self.drifted(name, of);
                let head = match self.issued(name, of) {
                    Ok(found) => Ok(found?.1),
                    Err(problems) => Err(problems),
                };
                Some(Kept { name: name.clone(), of, head, differing: drifted.map(|(count, _)| count) })
            }
            _ => None,
        };
        let mut all: Vec<Kept> = self.texts().iter().filter_map(kept).collect();
        all.sort_by(|one, other| other.of.cmp(&one.of).then_with(|| one.name.cmp(&other.name)));
        all
    }

    /// The year on file before another one, if nothing of it was issued: it is time to say so when the next begins.
    pub fn unissued_before(&self, of: Period) -> Option<Period> {
        self.before(of).filter(|before| self.issued_reports(*before).next().is_none())
    }

    /// A warning for each fact that a report of an earlier year printed otherwise than it stands today, where the
    /// reports of this year build on it: growth, sums over years and comparisons would contradict what was issued.
    pub fn rebased(&self, of: Period) -> Vec<Diagnostic> {
        let printed = self.printed_otherwise(of);
        if printed.is_empty() {
            return Vec::new();
        }
        let Ok(templates) = self.templates() else { return Vec::new() };
        let names = templates.names();
        let reports = names.iter().filter_map(|name| self.rendered(Some(name), of, Gaps::Show).ok());
        let cited: BTreeSet<(String, Period)> = reports
            .flat_map(|report| report.document.trails.clone())
            .flat_map(|trail| {
                trail.facts.iter().map(|fact| (fact.path.clone(), fact.year)).collect::<Vec<_>>()
            })
            .collect();
        printed.iter().filter(|(fact, _)| cited.contains(fact)).map(rebased).collect()
    }

    /// The facts of issued years before one that stand otherwise today: what the report said, and what they are.
    fn printed_otherwise(&self, of: Period) -> BTreeMap<(String, Period), [String; 2]> {
        let mut printed = BTreeMap::new();
        for earlier in self.years().filter(|year| *year < of && year.is_like(of)) {
            for name in self.issued_reports(earlier) {
                let Ok(edition) = self.report(Some(name), earlier, Gaps::Show) else { continue };
                for figure in self.trace(&edition).figures {
                    for (at, now) in figure.now {
                        let Some(fact) = figure.trail.facts.get(at) else { continue };
                        if fact.year == earlier {
                            printed.insert((fact.path.clone(), fact.year), [fact.text.clone(), now]);
                        }
                    }
                }
            }
        }
        printed
    }

    /// A hint for each report of the year that would not come out as it was issued.
    pub fn drifts(&self, of: Period) -> Vec<Diagnostic> {
        let hint = |name: &str| {
            let (count, head) = self.drifted(name, of).filter(|(count, _)| *count > 0)?;
            let message = format!(
                "{of}的“{name}”已于{}定稿；用现在的事实和模板生成，有{count}段和定稿不同",
                day(head.on)
            );
            let problem = Diagnostic::new("issued-differs", Level::Hint, message);
            Some(problem.hint("定稿不会变，不用处理；定稿本身有错时，请写明理由重新定稿"))
        };
        self.issued_reports(of).filter_map(hint).collect()
    }
}

fn rebased(((path, year), [then, now]): (&(String, Period), &[String; 2])) -> Diagnostic {
    let message =
        format!("{year}的定稿里“{path}”是{then}，现在的事实是{now}；今年的报告按{now}算，会和报出去的对不上");
    Diagnostic::warning("issued-base", message).hint(format!(
        "{year}报的数没有错，就把那一年的事实改回{then}；是后来更正的，请在报告里说明口径，并重新定稿"
    ))
}

/// The 定稿 that say to the letter what their reports say now, with their figures traced to the facts as they are now:
/// after a sum was parted into its years, the 定稿 knows the years, too.
pub fn rebound(now: &Project) -> Vec<(Text, String)> {
    let words = |document: &Document| output::write(document, Format::Md).ok();
    let again = |(text, _)| {
        let &Text::Issued(ref name, of) = text else { return None };
        let (then, head) = now.issued(name, of).ok()??;
        let mut document = now.rendered(Some(name), of, Gaps::Refuse).ok()?.document;
        document.origin.clone_from(&then.origin);
        let same = !head.edited && words(&then) == words(&document);
        (same && then.trails != document.trails)
            .then(|| (text.clone(), output::issued::write(&document, &head)))
    };
    now.texts().iter().filter_map(again).collect()
}

/// The text of a report that was just taken in, as it was sent.
pub fn taken_in(document: &Document, origin: Origin, file: &str, today: Date) -> String {
    let document = Document { origin: Some(origin.clone()), ..document.clone() };
    let on = dated(&document).unwrap_or(today);
    let head = Head { origin, on, from: one_line(file), corrections: Vec::new(), edited: false };
    output::issued::write(&document, &head)
}

/// How many paragraphs of two reports are not the same.
pub fn differing(then: &Document, now: &Document) -> usize {
    let words = |block: &Block| match block {
        Block::Picture(plate) => format!("{}\n{}", plate.picture.digest, Line::of(block).text),
        block => Line::of(block).text,
    };
    let lines = |document: &Document| -> Vec<String> { document.blocks.iter().map(words).collect() };
    let (then, now) = (lines(then), lines(now));
    let same = then.iter().filter(|line| now.contains(line)).count();
    then.len().max(now.len()) - same
}

/// Words that stay on their line of the head.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A report with gaps is no final one.
fn refuse_gaps(document: &Document) -> Result<(), Diagnostic> {
    let gap = |line: &Line| !line.gaps.is_empty() || line.text.contains("【待填");
    match document.blocks.iter().map(Line::of).find(gap) {
        Some(line) => {
            let start: String = line.text.chars().take(20).collect();
            let message = format!("还有【待填】，不能定稿：“{start}……”");
            Err(Diagnostic::error("issue-gaps", message).hint("请先填好，或从文稿里删去"))
        }
        None => Ok(()),
    }
}

/// What is said of the pictures of a 定稿 whose files are others by now, or gone.
fn lost(document: &Document) -> Vec<Diagnostic> {
    let lost = document.blocks.iter().filter_map(|block| match block {
        Block::Picture(plate) if plate.picture.is_lost() => Some(plate.picture.path()),
        _ => None,
    });
    let warning = |path: String| {
        Diagnostic::warning("issued-picture", format!("定稿里的图片 {path} 已经换过或不在了，没有显示"))
            .hint("请从备份里找回当时的那张，放回原处；要用新图，请重新定稿")
    };
    lost.map(warning).collect()
}

fn edited(name: &str, of: Period) -> Diagnostic {
    let file = Text::Issued(name.to_owned(), of).name();
    Diagnostic::new("issued-edited", Level::Hint, format!("{file} 定稿后手工改过，照现在的内容用"))
        .hint("不该改的，请从历史或备份里找回")
}
