//! `huibao check`: every rule over the project, over any finished text, or over a draft against the facts.

use std::path::Path;

use super::words::words;
use super::{Done, Outcome, by_ending, deliver, written};
use crate::check::gate::{Gate, Verdict};
use crate::check::{self, Confirmed};
use crate::cli::{Check, CheckFormat, Deny};
use crate::diag::html::{self, Part};
use crate::diag::{Alike, Diagnostic, Level, alike, render};
use crate::files;
use crate::input::Read;
use crate::input::patch;
use crate::output::{self, Format};
use crate::period::Period;
use crate::project::confirm;
use crate::project::draft::{self, Mended};
use crate::project::examine::Examination;
use crate::project::tasks::{Tasked, Tasks};
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Check, ui: &Ui) -> Done {
    let project = &Project::open(folder);
    if let Some(wanted) = &arguments.confirm {
        return confirm(project, wanted, arguments, ui);
    }
    let format = format(arguments)?;
    match (&arguments.target, arguments.against) {
        (Some(file), Some(year)) => gate(project, Path::new(file), year, arguments, format, ui),
        (None, Some(_)) => Err(Diagnostic::error("no-draft", "没有写要核对的稿件")
            .hint("例如 huibao check 稿件.docx --against 2011")
            .into()),
        (Some(target), None) => match Period::read(target).filter(|_| !Path::new(target).exists()) {
            Some(year) => whole(project, Some(year), arguments, format, ui),
            None => one_file(project, Path::new(target), arguments, format, ui),
        },
        (None, None) => whole(project, None, arguments, format, ui),
    }
}

/// The format asked for, else that of the file name, else text.
fn format(arguments: &Check) -> Result<CheckFormat, Diagnostic> {
    if arguments.annotate {
        let word = arguments.output.as_deref().is_some_and(|path| files::extension(path) == "docx");
        return match word && arguments.against.is_some() {
            true => Ok(CheckFormat::Text),
            false => {
                Err(Diagnostic::error("cannot-annotate", "--annotate 要和 --against、-o 批注.docx 一起用")
                    .hint("例如 huibao check 稿件.docx --against 2011 --annotate -o 批注.docx"))
            }
        };
    }
    let by_name = || arguments.output.as_deref().and_then(by_ending);
    Ok(arguments.format.or_else(by_name).unwrap_or(CheckFormat::Text))
}

/// The whole project.
fn whole(project: &Project, year: Option<Period>, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let mut examined = project.check(year)?;
    if arguments.fix {
        let (mended, edits) = draft::mend_templates(project, &examined.findings);
        let count: usize = mended.iter().map(|mended| mended.count).sum();
        let after = written(project, &edits, &format!("按检查改正{count}处"))?;
        mended.iter().for_each(|mended| told(mended, ui));
        examined = after.check(year)?;
    }
    if let Some(skipped) = examined.skipped {
        ui.say(skipped);
    }
    report("项目检查", &examined, arguments, format, ui)
}

/// Any finished text.
fn one_file(project: &Project, path: &Path, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let mut read = draft::read(path)?;
    if arguments.fix
        && let Some(mended) = draft::mend(path, &read, project)?
    {
        told(&mended, ui);
        read = draft::read(path)?;
    }
    ui.problems(&read.warnings);
    let prose = draft::prose(path, &read);
    let examined = project.check_draft(&prose)?;
    report(&draft::name(path), &examined, arguments, format, ui)
}

fn report(title: &str, examined: &Examination, arguments: &Check, format: CheckFormat, ui: &Ui) -> Done {
    let (found, tasks) = (&examined.findings, &examined.tasks);
    let strict = arguments.deny == Some(Deny::Warnings);
    let outcome = match check::fails(found, strict) || strict && !tasks.are_done() {
        true => Outcome::Found,
        false => Outcome::Fine,
    };
    match format {
        CheckFormat::Json => {
            let mut json = render::json_alike(found, words);
            json["tasks"] = tasks.to_json();
            json["carried"] = render::json_alike(&tasks.carried, words)["findings"].take();
            deliver(arguments.output.as_deref(), format!("{json:#}\n").as_bytes(), ui)?;
        }
        CheckFormat::Html => {
            let asides: Vec<(&Diagnostic, &str)> =
                examined.aside.iter().map(|one| (&one.finding, one.reason.as_str())).collect();
            let html = html::page(title, found, &to_do(tasks), &asides, words);
            deliver(arguments.output.as_deref(), html.as_bytes(), ui)?;
        }
        CheckFormat::Text => {
            let mut text = String::new();
            let colour = ui.colours_results() && arguments.output.is_none();
            for kind in alike(found) {
                text.push_str(&render::text(kind.first, words, colour));
                text.push_str(&kind.said().map(|said| others(&said, &kind)).unwrap_or_default());
                text.push_str(&format!("\n   = 规则: {}\n\n", kind.first.rule));
            }
            for part in to_do(tasks) {
                text.push_str(&format!("{}\n", part.heading));
                part.lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
                text.push('\n');
            }
            text.push_str(&counted(examined));
            deliver(arguments.output.as_deref(), text.as_bytes(), ui)?;
        }
    }
    Ok(outcome)
}

/// What is to be filled in and what to be looked at, each under its heading; nothing where all of it is done.
fn to_do(tasks: &Tasks) -> Vec<Part> {
    let mut parts = Vec::new();
    if !tasks.open.is_empty() {
        let lines = tasks.open.iter().map(Tasked::words).collect();
        parts.push(Part { heading: tasks.progress(), lines });
    }
    if !tasks.carried.is_empty() {
        let heading = format!("上年沿用，请核：{}项", tasks.carried.len());
        parts.push(Part { heading, lines: carried(&tasks.carried) });
    }
    parts
}

/// A line for each thing that was carried over, and what to do below those it holds for.
fn carried(found: &[Diagnostic]) -> Vec<String> {
    let kinds = alike(found);
    let hint = |kind: &Alike<'_>| kind.first.hints.first().map(|hint| hint.words(words).into_owned());
    let mut lines = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        let place = kind.first.place.as_ref();
        let place = place.map(|place| format!("（{} 第{}行）", place.source.name, place.line()));
        lines.push(format!("{}{}", kind.first.message, place.unwrap_or_default()));
        let next = kinds.get(index + 1).and_then(hint);
        lines.extend(
            hint(kind).filter(|own| next.as_ref() != Some(own)).map(|own| format!("  怎么改: {own}")),
        );
    }
    lines
}

/// The line about the other places of a finding.
fn others(said: &str, kind: &Alike<'_>) -> String {
    let mended = if kind.can_be_mended() { "；加 --fix 可以一次改好" } else { "" };
    format!("\n   = 同样的: {said}{mended}")
}

/// `3处错误，5处警告，2处提示；还有5项要填，2项请核。另有…`
fn counted(examined: &Examination) -> String {
    let Examination { findings: found, aside, tasks, .. } = examined;
    let count = |level: Level| found.iter().filter(|problem| problem.level == level).count();
    let mut text = if found.is_empty() && tasks.are_done() {
        "没有发现问题。".to_owned()
    } else {
        let (errors, warnings, hints) = (count(Level::Error), count(Level::Warning), count(Level::Hint));
        let left = [(tasks.left(), "项要填"), (tasks.carried.len(), "项请核")];
        let left: Vec<String> = left
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{count}{words}"))
            .collect();
        let left = if left.is_empty() { String::new() } else { format!("；还有{}", left.join("，")) };
        format!("{errors}处错误，{warnings}处警告，{hints}处提示{left}。")
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

/// A draft against the facts.
fn gate(
    project: &Project,
    path: &Path,
    year: Period,
    arguments: &Check,
    format: CheckFormat,
    ui: &Ui,
) -> Done {
    let read = draft::read(path)?;
    ui.problems(&read.warnings);
    let prose = draft::prose(path, &read);
    let gate = project.gate(&prose, year)?;
    if arguments.annotate {
        let bytes = annotated(path, &read, &gate, ui)?;
        deliver(arguments.output.as_deref(), &bytes, ui)?;
        ui.say(gate.summary().trim_end());
    } else {
        let text = match format {
            CheckFormat::Json => format!("{:#}\n", gate.to_json()),
            CheckFormat::Text => gate.text(),
            CheckFormat::Html => html::page(&gate.summary(), &gate.findings(&prose), &[], &[], words),
        };
        deliver(arguments.output.as_deref(), text.as_bytes(), ui)?;
    }
    let open = gate.count(Verdict::Unknown) + gate.count(Verdict::Unclear);
    let passes = gate.count(Verdict::Contradicting) == 0
        && (open == 0 || arguments.allow_unknown && arguments.deny.is_none());
    Ok(if passes { Outcome::Fine } else { Outcome::Found })
}

/// The draft with a comment on every figure: a Word file as it is, a text as a new Word file.
fn annotated(path: &Path, read: &Read, gate: &Gate, ui: &Ui) -> Result<Vec<u8>, Diagnostic> {
    let not_written = |error: std::io::Error| {
        Diagnostic::error("cannot-write", format!("批注稿没有写成：{error}")).hint("请检查磁盘和权限")
    };
    if read.written.is_some() {
        return output::write(&gate.noted(&read.document), Format::Docx).map_err(not_written);
    }
    let bytes = std::fs::read(path).map_err(not_written)?;
    let made = patch::apply(&bytes, &path.display().to_string(), &gate.edits(), draft::SIGNATURE)?;
    if !made.missed.is_empty() {
        ui.say(&without_comment(gate, &made.missed));
    }
    Ok(made.bytes)
}

/// What is said of figures that stand where no comment can be put.
fn without_comment(gate: &Gate, missed: &[usize]) -> String {
    let figures = missed.iter().filter_map(|index| gate.figures.get(*index));
    let named: Vec<String> = figures
        .map(|figure| format!("第{}段“{}”：{}", figure.line + 1, figure.text, figure.message))
        .collect();
    format!(
        "有{}处数字在文件里没有对应的文字（如自动编号、域），写不进批注，请另外核对：\n{}",
        named.len(),
        named.join("\n")
    )
}

/// What was mended.
fn told(mended: &Mended, ui: &Ui) {
    let kept = match &mended.backup {
        Some(backup) => format!("原来的存为“{}”", backup.display()),
        None => "要退回用 huibao undo".to_owned(),
    };
    ui.say(&format!("已改好“{}”{}处，{kept}：", mended.path.display(), mended.count));
    ui.say(mended.difference.trim_end());
}

/// Keeps that a fact is as it is.
fn confirm(project: &Project, wanted: &str, arguments: &Check, ui: &Ui) -> Done {
    let usage = || {
        Diagnostic::error("wrong-confirmation", format!("看不懂“{wanted}”"))
            .hint("请写成 规则:指标，例如 --confirm fact-swing:创业.投资总额")
    };
    let (rule, path) = wanted.split_once([':', '：']).ok_or_else(usage)?;
    let Some(by) = &arguments.by else {
        return Err(Diagnostic::error("no-name", "没有写谁确认").hint("请加上 --by 姓名").into());
    };
    let year = arguments.target.as_deref().and_then(Period::read);
    let examined = project.check(year)?;
    let about = |problem: &Diagnostic| {
        problem.about.clone().filter(|about| problem.rule == rule && about.path == path)
    };
    let Some(about) = examined.all().find_map(about) else {
        return Err(Diagnostic::error("nothing-to-confirm", format!("“{path}”没有“{rule}”要确认的问题"))
            .hint("用 huibao check 看看现在有哪些问题；规则名在每条问题的最后一行")
            .into());
    };
    let date = jiff::Zoned::now().date().to_string();
    let note = arguments.note.clone().unwrap_or_default();
    let label = format!("确认属实：{} {}", about.path, about.value);
    let confirmed =
        Confirmed { rule: rule.to_owned(), about: about.clone(), by: by.clone(), date: date.clone(), note };
    written(project, &confirm::edits(project.texts(), confirmed)?, &label)?;
    ui.say(&format!(
        "已记下：{}“{}”是{}，{by}于{date}确认属实。值变了会重新提醒。",
        about.year, about.path, about.value
    ));
    Ok(Outcome::Fine)
}
