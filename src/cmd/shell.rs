//! `huibao completions` and `huibao man`.

use super::{Done, Outcome};
use crate::cli::{Completions, command};
use crate::diag::Diagnostic;
use crate::ui::Ui;

pub(super) fn completions(arguments: &Completions, ui: &Ui) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "huibao", &mut script);
    ui.result(&script);
    Ok(Outcome::Fine)
}

pub(super) fn manual(ui: &Ui) -> Done {
    let mut page = Vec::new();
    clap_mangen::Man::new(command())
        .render(&mut page)
        .map_err(|error| Diagnostic::error("cannot-write", format!("手册页没有写成：{error}")))?;
    ui.result(&page);
    Ok(Outcome::Fine)
}
