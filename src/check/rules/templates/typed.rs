//! Figures that were typed into a template.

use super::super::prelude::*;
use super::lines;
use crate::zh::scan::{NumberKind, scan};

/// One figure, one place: figures stand in fact files.
pub(super) const RULE: Rule = Rule::templates("tpl-typed", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for written in project.templates.written() {
        for line in lines(written) {
            for number in scan(&line.text).into_iter().filter(|number| number.kind == NumberKind::Figure) {
                let Some(span) = line.place(&number.span) else { continue };
                let message = format!("“{}”是手写在模板里的数字", number.text);
                let hint = "明年要变的，请写进事实文件，这里改成 {{指标}}；年年不变的，请在同一行加 {{!-- 不查 tpl-typed：理由 --}}";
                found.at(&written.source, span, message, hint);
            }
        }
    }
}
