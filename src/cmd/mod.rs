//! One file a verb: arguments in, library called, nothing computed.

mod check;
mod diff;
mod excel;
mod explain;
mod golden;
mod new;
mod render;
mod schema;
mod shell;
mod trace;
mod year;

use std::path::Path;

use crate::cli::{Cli, Verb};
use crate::diag::{Diagnostic, Problems};
use crate::document::{self, Document};
use crate::files;
use crate::marked::Marked;
use crate::template::Templates;
use crate::ui::Ui;
use crate::{facts, figures, template};

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
        Verb::Year(arguments) => year::run(project, &arguments, ui),
        Verb::Golden(arguments) => golden::run(project, &arguments, ui),
        Verb::Schema(arguments) => schema::run(project, &arguments, ui),
        Verb::Completions(arguments) => shell::completions(&arguments, ui),
        Verb::Man => shell::manual(ui),
    }
}

/// The line from files to a document, with what was remarked on the way.
fn document(
    project: &Path,
    year: Option<i32>,
    template: Option<&str>,
    draft: bool,
) -> Result<(Document, Marked), Problems> {
    let facts = facts::load(project, year)?;
    let figures = figures::compute(facts)?;
    let templates = template::load(project)?;
    let name = chosen(&templates, template)?;
    let marked = template::render(&templates, name, &figures, draft)?;
    let document = document::build(&marked)?;
    Ok((document, marked))
}

/// The template asked for, or the only one.
fn chosen<'t>(templates: &'t Templates, wanted: Option<&str>) -> Result<&'t str, Diagnostic> {
    let names = templates.names();
    let list = names.join("、");
    match (wanted, names.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Diagnostic::error("which-template", "这个项目有几个模板，不知道用哪一个")
            .hint(format!("请用 --template 指定其中一个：{list}"))),
        (Some(wanted), names) => names.iter().find(|name| **name == wanted).copied().ok_or_else(|| {
            Diagnostic::error("unknown-template", format!("没有“{wanted}”这个模板"))
                .hint(format!("现有的模板：{list}"))
        }),
    }
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
