//! 署名 against the name above the head.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;
use crate::document::{Element, Form};

/// GB/T 9704-2012, 7.2.4 and 7.3.5: both name the organ that issues the letter, in full or in its short form.
pub(super) const RULE: Rule = Rule::prose("let-mark", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let marks = prose.each().filter(|(line, _)| matches!(line.kind, LineKind::Element(Element::Mark(_))));
    let Some((_, mark, form)) = parts::mark(prose).filter(|_| marks.count() == 1) else { return };
    if !matches!(form, Form::File | Form::Letter) {
        return;
    }
    let mark = parts::squeezed(mark);
    let mark = mark.strip_suffix("文件").unwrap_or(&mark);
    let signed = prose.each().filter(|(line, _)| line.kind == LineKind::Signature);
    let signed: Vec<(&ProseLine, &str)> = signed.collect();
    // Of several that sign together, one is the host.
    let names = |text: &str| parts::squeezed(text).replace("（盖章）", "").replace("(盖章)", "");
    if signed.is_empty() || signed.iter().any(|(_, text)| is_same(mark, &names(text))) {
        return;
    }
    let (line, text) = signed[0];
    let message = format!("署名“{}”和发文机关标志“{mark}”不是一个机关", text.trim());
    found.at(&prose.source, line.span.clone(), message, "请核对署名，用发文机关的全称或者规范化简称");
}

/// Whether one name is the other or its short form: its characters stand in the other in their order.
fn is_same(mark: &str, name: &str) -> bool {
    let party = |one: &str, other: &str| one.contains("委员会") && other.ends_with("党委");
    let within = |short: &str, long: &str| {
        let mut long = long.chars();
        short.chars().all(|c| long.by_ref().any(|other| other == c))
    };
    within(name, mark) || within(mark, name) || party(mark, name) || party(name, mark)
}
