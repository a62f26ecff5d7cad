//! A report that this program wrote and somebody changed: what they changed, and taking it over one by one.

use std::sync::Arc;

use super::amend::Amended;
use super::another::kind;
use super::stored::Edits;
use super::texts::Text;
use super::value::Project;
use crate::check::fix;
use crate::check::origin::Typed;
use crate::diag::{Diagnostic, Fix, Place, Problems, Source};
use crate::document::{Block, Document, Line, Origin, plain};
use crate::facts::edit::FactEdit;
use crate::facts::entry;
use crate::import::edits::{Edit, What, edits};
use crate::import::{Value, typed};
use crate::input::{self, Ours, Read};
use crate::period::Period;
use crate::report::Gaps;

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

    /// With one change taken over.
    ///
    /// # Errors
    /// It has to be made by hand; the message says where and how.
    pub fn accepted(&self, edit: &Edit) -> Result<Returned, Problems> {
        let before = self.edits()?;
        let mut texts = self.amended.clone();
        self.make(&mut texts, edit)?;
        let after = self.against(&texts)?;
        let still = |one: &&Edit| (one.block, &one.old, &one.new) == (edit.block, &edit.old, &edit.new);
        if after.iter().any(|one| still(&one)) || after.len() >= before.len() {
            return Err(by_hand(edit, "照这样改，别处也会跟着变").into());
        }
        Ok(Returned { amended: texts, ..self.clone() })
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

    fn make(&self, texts: &mut Amended, edit: &Edit) -> Result<(), Problems> {
        match &edit.what {
            What::Fact { path, year, value, .. } => fact(texts, path, *year, value),
            What::Computed { paths } => {
                let why = format!("这个数是由{}算出来的，要改请改那些事实", paths.join("、"));
                Err(by_hand(edit, &why).into())
            }
            What::Words { span } => {
                let place = |source: &Arc<Source>| Place::new(source, span.clone());
                self.rewrite(texts, edit, &place, &typed(&edit.new))
            }
            What::Added { block } => self.add(texts, edit, block),
            What::Removed => self.remove(texts, edit),
            What::Mixed => Err(by_hand(edit, "文字和数字一起改了，分不清各是什么").into()),
            What::Merged => Err(by_hand(edit, "表格里的格子怎样合并，写在模板的表格里").into()),
        }
    }

    /// The report as it is now.
    fn rendered(&self, texts: &Amended) -> Result<Document, Problems> {
        let origin = &self.ours.origin;
        Ok(texts.project().rendered(Some(&origin.template), origin.year, Gaps::Show)?.document)
    }

    /// The line of a block of the project's report as it is now.
    fn line(&self, texts: &Amended, edit: &Edit) -> Result<Line, Problems> {
        let current = self.rendered(texts)?;
        let block = edit.block.and_then(|block| current.blocks.get(block));
        block.map(Line::of).ok_or_else(|| by_hand(edit, "找不到原来的段落").into())
    }

    /// Other words in the one place of the templates where the old ones were typed.
    fn rewrite(
        &self,
        texts: &mut Amended,
        edit: &Edit,
        place: &dyn Fn(&Arc<Source>) -> Place,
        new: &str,
    ) -> Result<(), Problems> {
        let source = Arc::new(Source::new("", self.line(texts, edit)?.text));
        let place = place(&source);
        let fix = Fix { span: place.span.clone(), new: new.to_owned() };
        let problem = Diagnostic { fix: Some(fix), ..Diagnostic::error("words", "").at(&place) };
        let found = Typed::of(texts.project().templates()?.written()).place(vec![problem]);
        let Some((text, source)) = found.first().and_then(template_of) else {
            return Err(by_hand(edit, "这句话在模板里找不到，或不止一处").into());
        };
        let (edited, _) = fix::apply(&source, &found);
        texts.put(&text, edited);
        Ok(())
    }

    /// The template and the bytes of the line in it that a block came from: where its longest words stand.
    fn template_line(
        &self,
        texts: &Amended,
        edit: &Edit,
    ) -> Result<(Text, std::ops::Range<usize>), Problems> {
        let line = self.line(texts, edit)?;
        let mut stretches = Vec::new();
        let mut at = line.number;
        for (span, _) in &line.figures {
            stretches.push(at..span.start.max(at));
            at = span.end;
        }
        stretches.push(at..line.text.len().max(at));
        stretches.sort_by_key(|stretch| std::cmp::Reverse(stretch.len()));
        let source = Arc::new(Source::new("", line.text.clone()));
        let templates = texts.project().templates()?;
        let typed = Typed::of(templates.written());
        for stretch in stretches.into_iter().filter(|stretch| !stretch.is_empty()) {
            let problem = Diagnostic::error("words", "").at(&Place::new(&source, stretch));
            let found = typed.place(vec![problem]);
            let Some((text, template)) = found.first().and_then(template_of) else { continue };
            let place = found.first().and_then(|one| one.place.as_ref());
            let Some(place) = place else { continue };
            let start = template[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
            let end = template[place.span.end..].find('\n').map_or(template.len(), |at| place.span.end + at);
            return Ok((text, start..end));
        }
        Err(by_hand(edit, "这一段在模板里找不到，或不止一处").into())
    }

    fn add(&self, texts: &mut Amended, edit: &Edit, block: &Block) -> Result<(), Problems> {
        let (text, line) = self.template_line(texts, edit)?;
        let new = written(block).ok_or_else(|| by_hand(edit, "表格请在模板里手工加"))?;
        let mut template = texts.text(&text).to_owned();
        template.insert_str(line.end, &format!("\n\n{new}"));
        texts.put(&text, template);
        Ok(())
    }

    fn remove(&self, texts: &mut Amended, edit: &Edit) -> Result<(), Problems> {
        let (text, line) = self.template_line(texts, edit)?;
        let mut template = texts.text(&text).to_owned();
        // The blank line behind it goes, too.
        let rest = &template[line.end..];
        let blank = rest.len() - rest.trim_start_matches('\n').len();
        template.replace_range(line.start..line.end + blank, "");
        texts.put(&text, template);
        Ok(())
    }
}

fn fact(texts: &mut Amended, path: &str, year: Period, value: &Value) -> Result<(), Problems> {
    let facts = Arc::clone(texts.project().facts()?);
    let change = match value {
        Value::List(items) => FactEdit::List { path: path.to_owned(), items: items.clone() },
        Value::Text(words) => {
            let value = entry::typed(&facts.registry, path, None, words).map_err(|wrong| wrong.problem)?;
            FactEdit::Set { path: path.to_owned(), value }
        }
        Value::Ledger(_) => return Ok(()),
    };
    texts.edit(&Text::Year(year), &[change])
}

/// The template that a finding is in, and its text.
fn template_of(problem: &Diagnostic) -> Option<(Text, String)> {
    let source = &problem.place.as_ref()?.source;
    let name = source.name.strip_prefix("templates/")?.strip_suffix(".hbs")?;
    Some((Text::template(name)?, source.text.clone()))
}

/// A block as it is typed into a template; the program numbers it.
fn written(block: &Block) -> Option<String> {
    let words = |line: &[crate::document::Inline]| typed(&plain(line));
    match block {
        Block::Heading { level, text, .. } => {
            Some(format!("{} {}", "#".repeat(usize::from(*level) + 1), words(text)))
        }
        Block::Point { lead, text, .. } => Some(format!("- {}{}", words(lead), words(text))),
        Block::Table(_) | Block::Changed(..) => None,
        block => Some(typed(&Line::of(block).text)),
    }
}

fn by_hand(edit: &Edit, why: &str) -> Diagnostic {
    Diagnostic::error("by-hand", format!("“{}”改成“{}”没有办成：{why}", short(&edit.old), short(&edit.new)))
        .hint("请直接改事实文件或模板，再重新生成")
}

fn short(words: &str) -> String {
    const LONGEST: usize = 24;
    let shown: String = words.chars().take(LONGEST).collect();
    if shown.len() < words.len() { format!("{shown}……") } else { shown }
}
