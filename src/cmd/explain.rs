//! `huibao explain`: the page of a rule.

use super::{Done, Outcome};
use crate::check::page;
use crate::check::rules;
use crate::cli::Explain;
use crate::diag::{Diagnostic, nearest};
use crate::ui::Ui;
use crate::zh::width::pad_right;

pub(super) fn run(arguments: &Explain, ui: &Ui) -> Done {
    match arguments.rule.as_deref() {
        None => ui.result(list().as_bytes()),
        Some(name) => match rules::named(name) {
            Some(rule) => ui.result(page::shown(rule).as_bytes()),
            None => {
                let problem = Diagnostic::error("unknown-rule", format!("没有“{name}”这条规则"));
                return Err(match nearest(name, rules::all().map(|rule| rule.name)) {
                    Some(near) => problem.hint(format!("是不是“{near}”？")),
                    None => problem.hint("不带规则名，可以列出全部规则：huibao explain"),
                }
                .into());
            }
        },
    }
    Ok(Outcome::Fine)
}

/// Every rule in one line: name, level, title.
fn list() -> String {
    let widest = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &crate::check::Rule| {
        let title = page::parse(rule.page).title.to_owned();
        format!("{}  {}  {title}\n", pad_right(rule.name, widest), rule.level.label())
    };
    rules::all().map(line).collect()
}
