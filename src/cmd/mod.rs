//! One file a verb: arguments in, library called, nothing computed.

mod check;
mod diff;
mod excel;
mod explain;
mod golden;
mod import;
mod new;
mod render;
mod schema;
mod serve;
mod shell;
mod trace;
pub(crate) mod words;
mod year;

use std::path::Path;

use clap::ValueEnum;

use crate::cli::{Cli, Verb};
use crate::diag::Problems;
use crate::files;
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
        Verb::Golden(arguments) => golden::run(project, &arguments, ui),
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
