//! One file a verb: arguments in, library called, nothing computed.

mod check;
mod diff;
mod excel;
mod explain;
mod golden;
mod import;
mod issue;
mod new;
mod rename;
mod render;
mod schema;
mod serve;
mod shell;
mod trace;
mod undo;
pub(crate) mod words;
mod year;

use std::path::Path;

use clap::ValueEnum;
use jiff::Timestamp;

use crate::cli::{Cli, Excel, ExcelVerb, Verb};
use crate::diag::{Diagnostic, Problems};
use crate::document::issued::day;
use crate::files;
use crate::fonts::Shelf;
use crate::project::stored::Edits;
use crate::project::texts::Text;
use crate::project::value::{Basis, Edition, Project};
use crate::ui::Ui;

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// Differences or findings.
    Found,
}

/// What a verb gives.
pub type Done = Result<Outcome, Problems>;

/// Runs the verb.
///
/// # Errors
/// Why it could not be done.
pub fn run(cli: Cli, ui: &Ui) -> Done {
    let project = cli.global.project.as_path();
    if let Some(output) = output(&cli.verb) {
        refuse_own_text(project, output)?;
    }
    match cli.verb {
        Verb::New(arguments) => new::run(&arguments, ui),
        Verb::Render(arguments) => render::run(project, &arguments, ui),
        Verb::Trace(arguments) => trace::run(project, &arguments, ui),
        Verb::Check(arguments) => check::run(project, &arguments, ui),
        Verb::Explain(arguments) => explain::run(&arguments, ui),
        Verb::Diff(arguments) => diff::run(project, &arguments, ui),
        Verb::Excel(arguments) => excel::run(project, &arguments.verb, ui),
        Verb::Import(arguments) => import::run(project, &arguments, ui),
        Verb::Year(arguments) => year::run(project, &arguments, ui),
        Verb::Rename(arguments) => rename::run(project, &arguments, ui),
        Verb::Golden(arguments) => golden::run(project, &arguments, ui),
        Verb::Undo(arguments) => undo::run(project, &arguments, ui),
        Verb::Issue(arguments) => issue::run(project, &arguments, ui),
        Verb::Serve(arguments) => serve::run(project, &arguments, ui),
        Verb::Schema(arguments) => schema::run(project, &arguments, ui),
        Verb::Completions(arguments) => shell::completions(&arguments, ui),
        Verb::Man => shell::manual(ui),
    }
}

/// The format that the ending of a file names among those of a verb.
fn by_ending<F: ValueEnum>(path: &Path) -> Option<F> {
    let ending = files::extension(path);
    let name = match ending.as_str() {
        "txt" => "text",
        "htm" => "html",
        ending => ending,
    };
    F::from_str(name, false).ok()
}

/// The file that a result is to be written to.
fn output(verb: &Verb) -> Option<&Path> {
    let output = match verb {
        Verb::Render(arguments) => &arguments.output,
        Verb::Trace(arguments) => &arguments.output,
        Verb::Check(arguments) => &arguments.output,
        Verb::Diff(arguments) => &arguments.output,
        Verb::Schema(arguments) => &arguments.output,
        Verb::Excel(Excel { verb: ExcelVerb::Form(arguments) }) => &arguments.output,
        Verb::Excel(Excel { verb: ExcelVerb::Export(arguments) }) => return Some(&arguments.output),
        _ => return None,
    };
    output.as_deref()
}

/// A result is not written over a text of the project; samples and the schema are results themselves.
fn refuse_own_text(project: &Path, output: &Path) -> Result<(), Diagnostic> {
    match Project::open(project).text_at(output) {
        None | Some(Text::Sample(_) | Text::Schema) => Ok(()),
        Some(text) => {
            let message = format!("“{}”是项目自己的 {}，没有覆盖", output.display(), text.name());
            Err(Diagnostic::error("own-text", message).hint("请在 -o 后面换一个文件名"))
        }
    }
}

/// Writes edits of a project as one step, and returns the project as it is then.
fn written(project: &Project, edits: &Edits, label: &str) -> Result<Project, Problems> {
    Ok(project.commit(edits, label, now())?.project)
}

/// The time of a change.
fn now() -> Timestamp {
    Timestamp::now()
}

/// Says what an earlier report was made of, where it is the one that was issued.
fn say_basis(edition: &Edition, ui: &Ui) {
    if let Basis::Issued { on } = edition.basis {
        ui.say(&format!(
            "{}已定稿，用的是{}的定稿；要用现在的模板重新生成，请加 --anew",
            edition.year,
            day(on)
        ));
    }
}

/// Today.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// The fonts at hand: those of a folder, if one is named, before those of the system.
fn shelf(folder: Option<&Path>) -> Result<Shelf, Diagnostic> {
    folder.map_or_else(|| Ok(Shelf::of_system()), Shelf::with)
}

/// Writes a result to the file, or shows it.
fn deliver(output: Option<&Path>, bytes: &[u8], ui: &Ui) -> Done {
    match output {
        Some(path) => {
            files::write(path, bytes)?;
            ui.say(&format!("已写好 {}", path.display()));
        }
        None => ui.result(bytes),
    }
    Ok(Outcome::Fine)
}
