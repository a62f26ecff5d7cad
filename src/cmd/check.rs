//! `huibao check`: every rule over the project, over any finished text, or over a draft against the facts.

use std::path::{Path, PathBuf};

use super::{Done, Outcome, chosen, deliver};
use crate::check::gate::{self, Gate, Verdict};
use crate::check::{self, Aside, Confirmed, Prose, fix};
use crate::cli::{Check, CheckFormat, Deny};
use crate::diag::{Diagnostic, Level, Problems, html, render};
use crate::diff::view::text::changed_lines;
use crate::document::{self, Block, Document, Inline};
use crate::figures::{self, Figures};
use crate::input::patch::{self, Act, Edit, Signature};
use crate::input::{self, Read};
use crate::output::{self, Format, Revision};
use crate::project::{confirm, examine};
use crate::ui::Ui;
use crate::{facts, files, template};

pub(super) fn run(project: &Path, arguments: &Check, ui: &Ui) -> Done {
    if let Some(wanted) = &arguments.confirm {
        return confirm(project, wanted, arguments, ui);
    }
    let format = format(arguments)?;
    match (&arguments.target, arguments.against) {
        (Some(file), Some(year)) => gate(project, Path::new(file), year, arguments, format, ui),
        (None, Some(_)) => Err(Diagnostic::error("no-draft", "没有写要核对的稿件")
            .hint("例如 huibao check 稿件.docx --against 2011")
            .into()),
        (Some(target), None) if is_year(target) => whole(project, target.parse().ok(), arguments, format, ui),
        (Some(file), None) => one_file(Path::new(file), arguments, format, ui),
        (None, None) => whole(project, None, arguments, format, ui),
    }
}

fn is_year(target: &str) -> bool {
    target.len() == 4 && target.bytes().all(|byte| byte.is_ascii_digit()) && !Path::new(target).exists()
}

/// The format asked for, else that of the file name, else text.
fn format(arguments: &Check) -> Result<CheckFormat, Diagnostic> {
    let by_name = arguments.output.as_deref().map(files::extension);
    if arguments.annotate {
        return match by_name.as_deref() {
            Some("docx") if arguments.against.is_some() => Ok(CheckFormat::Text),
            _ => Err(Diagnostic::error("cannot-annotate", "--annotate 要和 --against、-o 批注.docx 一起用")
                .hint("例如 huibao check 稿件.docx --against 2011 --annotate -o 批注.docx")),
        };
    }
    Ok(arguments.format.unwrap_or(match by_name.as_deref() {
        Some("json") => CheckFormat::Json,
        Some("html" | "htm") => CheckFormat::Html,
        _ => CheckFormat::Text,
    }))
}

/// The whole project.
fn whole(project: &Path, year: Option<i32>, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let mut examined = examine::examine(project, year)?;
    if arguments.fix {
        mend_templates(project, &examined.findings, ui)?;
        examined = examine::examine(project, year)?;
    }
    if let Some(skipped) = examined.skipped {
        ui.say(skipped);
    }
    report("项目检查", &examined.findings, &examined.aside, arguments, format, ui)
}

/// Any finished text.
fn one_file(path: &Path, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let mut read = read(path)?;
    let mut prose = prose_of(path, &read);
    if arguments.fix && mend_file(path, &read, &prose, ui)? {
        read = self::read(path)?;
        prose = prose_of(path, &read);
    }
    ui.problems(&read.warnings);
    let (found, aside) = check::Exceptions::default().apply(check::prose(&prose));
    report(&name_of(path), &found, &aside, arguments, format, ui)
}

/// Texts beyond this are no reports.
const LONGEST: usize = 2 * 1024 * 1024;

fn read(path: &Path) -> Result<Read, Diagnostic> {
    let read = input::read(path)?;
    let size = |block: &Block| document::Line::of(block).text.len();
    if read.document.blocks.iter().map(size).sum::<usize>() > LONGEST {
        return Err(Diagnostic::error(
            "file-too-large",
            format!("“{}”的文字超过2 MB，不像一份报告", path.display()),
        )
        .hint("请核对是不是选错了文件；汇编请分篇检查"));
    }
    Ok(read)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn prose_of(path: &Path, read: &Read) -> Prose {
    match &read.written {
        Some(written) => Prose::of_written(&name_of(path), &read.document, written),
        None => Prose::of_document(&name_of(path), &read.document),
    }
}

fn report(
    title: &str,
    found: &[Diagnostic],
    aside: &[Aside],
    arguments: &Check,
    format: CheckFormat,
    ui: &Ui,
) -> Done {
    let outcome = if check::fails(found, arguments.deny == Some(Deny::Warnings)) {
        Outcome::Found
    } else {
        Outcome::Fine
    };
    match format {
        CheckFormat::Json => {
            deliver(arguments.output.as_deref(), format!("{:#}\n", render::json(found)).as_bytes(), ui)?;
        }
        CheckFormat::Html => {
            let asides: Vec<(&Diagnostic, &str)> =
                aside.iter().map(|one| (&one.finding, one.reason.as_str())).collect();
            deliver(arguments.output.as_deref(), html::page(title, found, &asides).as_bytes(), ui)?;
        }
        CheckFormat::Text => {
            let mut text = String::new();
            for problem in found {
                text.push_str(&render::text(problem, ui.colours_results() && arguments.output.is_none()));
                text.push_str(&format!("\n   = 规则: {}\n\n", problem.rule));
            }
            text.push_str(&counted(found, aside));
            deliver(arguments.output.as_deref(), text.as_bytes(), ui)?;
        }
    }
    Ok(outcome)
}

/// `3处错误，5处警告，2处提示；放过4处。`
fn counted(found: &[Diagnostic], aside: &[Aside]) -> String {
    let count = |level: Level| found.iter().filter(|problem| problem.level == level).count();
    let mut text = if found.is_empty() {
        "没有发现问题。".to_owned()
    } else {
        let (errors, warnings, hints) = (count(Level::Error), count(Level::Warning), count(Level::Hint));
        format!("{errors}处错误，{warnings}处警告，{hints}处提示。")
    };
    if !aside.is_empty() {
        let mut reasons: Vec<&str> = aside.iter().map(|one| one.reason.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        text.push_str(&format!("另有{}处已说明理由，没有列出：{}。", aside.len(), reasons.join("；")));
    }
    text.push('\n');
    text
}

/// Repairs templates in place, each with a copy of what it was.
fn mend_templates(project: &Path, found: &[Diagnostic], ui: &Ui) -> Result<(), Problems> {
    let mut names: Vec<&str> = found
        .iter()
        .filter(|problem| problem.fix.is_some())
        .filter_map(|problem| Some(problem.place.as_ref()?.source.name.as_str()))
        .filter(|name| name.starts_with("templates/"))
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let of_file: Vec<Diagnostic> = found
            .iter()
            .filter(|problem| problem.place.as_ref().is_some_and(|place| place.source.name == name))
            .cloned()
            .collect();
        let Some(source) = of_file.iter().find_map(|one| one.place.as_ref()).map(|place| &place.source)
        else {
            continue;
        };
        let (mended, count) = fix::apply(&source.text, &of_file);
        replace(&project.join(name), mended.as_bytes(), &changed_lines(&source.text, &mended), count, ui)?;
    }
    Ok(())
}

/// Repairs a finished text; whether anything was mended.
fn mend_file(path: &Path, read: &Read, prose: &Prose, ui: &Ui) -> Result<bool, Problems> {
    if read.written.is_some() {
        let markdown = files::extension(path) == "md";
        let (mended, count) = fix::until_stable(&prose.source.text, |text| {
            let read = if markdown { input::markdown(text) } else { input::text(text) };
            let written = read.written.unwrap_or_default();
            check::prose(&Prose::of_written("", &read.document, &written))
        });
        if count > 0 {
            replace(path, mended.as_bytes(), &changed_lines(&prose.source.text, &mended), count, ui)?;
        }
        return Ok(count > 0);
    }
    mend_word(path, prose, ui)
}

/// Rounds after which a Word file must be stable.
const ROUNDS: usize = 8;

fn mend_word(path: &Path, prose: &Prose, ui: &Ui) -> Result<bool, Problems> {
    let mut bytes = std::fs::read(path).map_err(|_| {
        Diagnostic::error("cannot-read", format!("“{}”打不开", path.display()))
            .hint("如果正被 Word、WPS 打开，请先关闭")
    })?;
    let (mut current, mut all) = (prose.clone(), 0);
    for _ in 0..ROUNDS {
        let found = check::prose(&current);
        let edits: Vec<Edit> = fix::chosen(&found)
            .into_iter()
            .filter_map(|fix| {
                let line = current
                    .lines
                    .iter()
                    .find(|line| line.span.start <= fix.span.start && fix.span.end <= line.span.end)?;
                let span = fix.span.start - line.span.start..fix.span.end - line.span.start;
                Some(Edit { line: line.number, span, act: Act::Replace(fix.new.clone()) })
            })
            .collect();
        let (mended, count) = patch::apply(&bytes, &path.display().to_string(), &edits, signature())?;
        if count == 0 {
            break;
        }
        all += count;
        bytes = mended;
        current = prose_of(path, &input::word(&bytes, &path.display().to_string())?);
    }
    if all > 0 {
        let difference = changed_lines(&prose.source.text, &current.source.text);
        replace(path, &bytes, &difference, all, ui)?;
    }
    Ok(all > 0)
}

fn signature() -> Signature<'static> {
    Signature { author: "汇报", date: "2000-01-01T00:00:00Z" }
}

/// Puts a mended file in place of the old one, which is kept beside it, and shows what changed.
fn replace(path: &Path, new: &[u8], difference: &str, count: usize, ui: &Ui) -> Result<(), Problems> {
    let backup = free_name(path);
    std::fs::copy(path, &backup).map_err(|_| {
        Diagnostic::error("cannot-write", format!("备份“{}”没有写成，没有改动原文件", backup.display()))
            .hint("请检查磁盘和权限")
    })?;
    files::write(path, new)?;
    ui.say(&format!("已改好“{}”{count}处，原来的存为“{}”：", path.display(), backup.display()));
    ui.say(difference.trim_end());
    Ok(())
}

/// `稿件.docx.bak`, or the next number that is free.
fn free_name(path: &Path) -> PathBuf {
    let name = |number: usize| {
        let number = if number > 1 { number.to_string() } else { String::new() };
        PathBuf::from(format!("{}.bak{number}", path.display()))
    };
    (1..).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(1))
}

/// A draft against the facts.
fn gate(project: &Path, path: &Path, year: i32, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let read = read(path)?;
    ui.problems(&read.warnings);
    let figures = figures::compute(facts::load(project, Some(year))?)?;
    let report = own_report(project, &figures);
    let prose = prose_of(path, &read);
    let gate = gate::judge(&prose, &figures, report.as_ref());
    if arguments.annotate {
        let bytes = annotated(path, &read, &gate)?;
        deliver(arguments.output.as_deref(), &bytes, ui)?;
        ui.say(gate.summary().trim_end());
    } else {
        let text = match format {
            CheckFormat::Json => format!("{:#}\n", gate.to_json()),
            CheckFormat::Text => gate.text(),
            CheckFormat::Html => html::page(&gate.summary(), &gate.findings(&prose), &[]),
        };
        deliver(arguments.output.as_deref(), text.as_bytes(), ui)?;
    }
    let strict = arguments.deny == Some(Deny::Warnings) && gate.count(Verdict::Unknown) > 0;
    Ok(if strict || gate.count(Verdict::Contradicting) > 0 { Outcome::Found } else { Outcome::Fine })
}

/// What the project itself renders, if it can: it tells in which words facts are spoken of.
fn own_report(project: &Path, figures: &Figures) -> Option<Document> {
    let templates = template::load(project).ok()?;
    let name = chosen(&templates, None).ok()?;
    document::build(&template::render(&templates, name, figures, true).ok()?).ok()
}

/// The draft with a comment on every figure: a Word file as it is, a text as a new Word file.
fn annotated(path: &Path, read: &Read, gate: &Gate) -> Result<Vec<u8>, Problems> {
    let shown = path.display().to_string();
    let not_written = |why: String| Diagnostic::error("cannot-write", format!("批注稿没有写成：{why}"));
    if read.written.is_some() {
        let document = noted(&read.document, gate);
        let bytes =
            output::write_revised(&document, Format::Docx, &Revision { track: false, ..Revision::default() });
        return Ok(bytes.map_err(|error| not_written(error.to_string()))?);
    }
    let bytes = std::fs::read(path).map_err(|error| not_written(error.to_string()))?;
    let edit = |one: &gate::Judged| Edit {
        line: one.line,
        span: one.span.clone(),
        act: Act::Comment(one.comment()),
    };
    let edits: Vec<Edit> = gate.figures.iter().map(edit).collect();
    Ok(patch::apply(&bytes, &shown, &edits, signature())?.0)
}

/// A text as a document whose figures carry their verdicts.
fn noted(document: &Document, gate: &Gate) -> Document {
    let mut number = 0;
    let block = |block: &Block| {
        let table = matches!(block, Block::Table(_));
        let mut at = document::Line::of(block).number;
        let made = block.map(&mut |line| {
            let length: usize = line.iter().map(|inline| inline.text().len()).sum();
            let text: String = line.iter().map(Inline::text).collect();
            let made = notes(&text, at, number, gate);
            at += length;
            if table {
                (number, at) = (number + 1, 0);
            }
            made
        });
        number += usize::from(!table);
        made
    };
    Document { blocks: document.blocks.iter().map(block).collect(), trails: Vec::new() }
}

/// A stretch of a line that begins at `from`, with its figures noted.
fn notes(text: &str, from: usize, line: usize, gate: &Gate) -> Vec<Inline> {
    let mut made = Vec::new();
    let mut at = 0;
    let inside =
        |one: &&gate::Judged| one.line == line && from <= one.span.start && one.span.end <= from + text.len();
    for judged in gate.figures.iter().filter(inside) {
        let (start, end) = (judged.span.start - from, judged.span.end - from);
        made.push(Inline::Text(text[at..start].to_owned()));
        made.push(Inline::Noted {
            remark: judged.comment(),
            alarm: judged.verdict >= Verdict::Unknown,
            inline: Box::new(Inline::Text(text[start..end].to_owned())),
        });
        at = end;
    }
    made.push(Inline::Text(text[at..].to_owned()));
    made.retain(|inline| !inline.text().is_empty());
    made
}

/// Keeps that a fact is as it is.
fn confirm(project: &Path, wanted: &str, arguments: &Check, ui: &Ui) -> Done {
    let usage = || {
        Diagnostic::error("wrong-confirmation", format!("看不懂“{wanted}”"))
            .hint("请写成 规则:指标，例如 --confirm fact-swing:创业.投资总额")
    };
    let (rule, path) = wanted.split_once([':', '：']).ok_or_else(usage)?;
    let Some(by) = &arguments.by else {
        return Err(Diagnostic::error("no-name", "没有写谁确认").hint("请加上 --by 姓名").into());
    };
    let year = arguments.target.as_deref().and_then(|year| year.parse().ok());
    let examined = examine::examine(project, year)?;
    let about = |problem: &Diagnostic| {
        problem.about.clone().filter(|about| problem.rule == rule && about.path == path)
    };
    let Some(about) = examined.findings.iter().find_map(about) else {
        return Err(Diagnostic::error("nothing-to-confirm", format!("“{path}”没有“{rule}”要确认的问题"))
            .hint("用 huibao check 看看现在有哪些问题；规则名在每条问题的最后一行")
            .into());
    };
    let date = jiff::Zoned::now().date().to_string();
    let note = arguments.note.clone().unwrap_or_default();
    ui.say(&format!(
        "已记下：{}年“{}”是{}，{by}于{date}确认属实。值变了会重新提醒。",
        about.year, about.path, about.value
    ));
    confirm::add(project, Confirmed { rule: rule.to_owned(), about, by: by.clone(), date, note })?;
    Ok(Outcome::Fine)
}
