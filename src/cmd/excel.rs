//! `huibao excel`: facts to workbooks and back, departments' ledgers, forms for villages and what came back.

use std::path::{Path, PathBuf};

use super::{Done, Outcome, deliver, written};
use crate::cli::{ExcelExport, ExcelForm, ExcelImport, ExcelMerge, ExcelVerb};
use crate::diag::{Diagnostic, Level, Problems};
use crate::excel::book::Book;
use crate::excel::form::Collection;
use crate::excel::proposal::Proposal;
use crate::excel::{export, form, ledger, merge, own, view};
use crate::figures::Figures;
use crate::files;
use crate::period::Period;
use crate::project::value::Project;
use crate::project::{draft, intake, workbook};
use crate::ui::Ui;

pub(super) fn run(folder: &Path, verb: &ExcelVerb, ui: &Ui) -> Done {
    let project = &Project::open(folder);
    match verb {
        ExcelVerb::Export(arguments) => export(project, arguments, ui),
        ExcelVerb::Import(arguments) => import(project, arguments, ui),
        ExcelVerb::Form(arguments) => forms(project, arguments, ui),
        ExcelVerb::Merge(arguments) => merge(project, arguments, ui),
    }
}

fn figures(project: &Project, year: Option<Period>) -> Result<Figures, Problems> {
    project.figures(project.period(year)?)
}

fn export(project: &Project, arguments: &ExcelExport, ui: &Ui) -> Done {
    refuse_other_format(&arguments.output)?;
    let figures = figures(project, arguments.years.last().copied())?;
    let years = if arguments.years.is_empty() { vec![figures.period()] } else { arguments.years.clone() };
    let bytes = export::workbook(&figures, &years)?;
    deliver(Some(&arguments.output), &bytes, ui)?;
    ui.say("白色的格子可以填，灰色的锁住了；填好保存，用 huibao excel import 导回。");
    Ok(Outcome::Fine)
}

fn refuse_other_format(path: &Path) -> Result<(), Diagnostic> {
    if files::extension(path) == "xlsx" {
        return Ok(());
    }
    Err(Diagnostic::error("unknown-format", format!("“{}”不是 .xlsx 文件", path.display()))
        .hint("只能写成 .xlsx，例如 -o 事实.xlsx"))
}

fn import(project: &Project, arguments: &ExcelImport, ui: &Ui) -> Done {
    let book = workbook::open(&arguments.file)?.narrowed(arguments.sheet.as_deref())?;
    ui.problems(&book.notes);
    let figures = figures(project, None)?;
    let proposal = match &arguments.ledger {
        Some(ledger) => of_department(project, &book, &figures, ledger, arguments)?,
        None if own::is_own(&book) => own::propose(&book, &figures),
        None => return Err(not_ours(&book).into()),
    };
    settle(project, proposal, &figures, &draft::name(&arguments.file), arguments.yes, ui)
}

fn not_ours(book: &Book) -> Diagnostic {
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    Diagnostic::error("not-ours", format!("“{}”不是 huibao excel export 导出的表", book.name)).hint(format!(
        "部门的台账请指明导入到哪里：--sheet {} --ledger 台账名；采集表请用 huibao excel merge",
        names.first().copied().unwrap_or("表名")
    ))
}

fn of_department(
    project: &Project,
    book: &Book,
    figures: &Figures,
    ledger: &str,
    arguments: &ExcelImport,
) -> Result<Proposal, Problems> {
    let asked = ledger::Asked {
        ledger,
        year: arguments.year,
        sheet: arguments.sheet.as_deref(),
        said: &arguments.map,
        replace: arguments.replace,
        key: arguments.key.as_deref(),
        add: arguments.add,
        ..ledger::Asked::default()
    };
    intake::department(project, book, figures, &asked)
}

/// Shows what would change, asks, and writes.
fn settle(
    project: &Project,
    mut proposal: Proposal,
    figures: &Figures,
    from: &str,
    yes: bool,
    ui: &Ui,
) -> Done {
    let edited = intake::make(project, &mut proposal, figures)?;
    let found = proposal.told();
    if proposal.is_blocked() {
        ui.say("有错误，一处也没有写：");
        return Err(Problems(found));
    }
    ui.result(view::changes(&proposal).as_bytes());
    ui.problems(&found);
    let grave = found.iter().any(|problem| problem.level == Level::Error);
    let outcome = if grave { Outcome::Found } else { Outcome::Fine };
    if proposal.is_empty() {
        ui.say("和事实文件一样，没有要改的。");
        written(project, &intake::edits(project, &[], &proposal)?, "记下表头对照")?;
        return Ok(outcome);
    }
    if !yes && !ui.confirm("要写入吗？输入 y 回车写入，直接回车不写：") {
        ui.say("没有写。要直接写入，请加 --yes。");
        return Ok(Outcome::Found);
    }
    let label = format!("导入“{from}”，改{}处", proposal.changes.len());
    written(project, &intake::edits(project, &edited, &proposal)?, &label)?;
    for file in &edited {
        let count = proposal.changes.iter().filter(|change| change.year == file.year).count();
        ui.say(&format!("已写好 {}：改了{count}处", file.before.name));
    }
    Ok(outcome)
}

fn forms(project: &Project, arguments: &ExcelForm, ui: &Ui) -> Done {
    let figures = figures(project, arguments.year)?;
    let collection = Collection::of(
        &figures,
        figures.period(),
        &arguments.wanted,
        arguments.units.as_deref(),
        &project.settings()?.collections,
    )?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(&arguments.wanted));
    if files::extension(&output) == "xlsx" {
        return deliver(Some(&output), &form::workbook(&figures, &collection)?, ui);
    }
    let books = form::workbooks(&figures, &collection)?;
    workbook::write_new(&output, &books)?;
    ui.say(&format!(
        "已在“{}”里写好{}张采集表，填好收回后用 huibao excel merge {0} 汇总。",
        output.display(),
        books.len()
    ));
    Ok(Outcome::Fine)
}

fn merge(project: &Project, arguments: &ExcelMerge, ui: &Ui) -> Done {
    let paths = workbook::listed(&arguments.files)?;
    let files: Vec<_> = paths.iter().map(|path| (workbook::shown(path), workbook::open(path))).collect();
    let figures = figures(project, None)?;
    let asked = merge::Asked {
        wanted: arguments.wanted.as_deref(),
        units: arguments.units.as_deref(),
        year: arguments.year,
        said: &project.settings()?.collections,
    };
    let merged = merge::merge(&files, &figures, asked)?;
    ui.result(view::returned(&merged).as_bytes());
    let outcome = settle(project, merged.proposal.clone(), &figures, &merged.ledger, arguments.yes, ui)?;
    let after = project.reread().figures(merged.year)?;
    ui.result(view::totals(&after, &merged.ledger, merged.year).as_bytes());
    Ok(if merged.missing().is_empty() { outcome } else { Outcome::Found })
}
