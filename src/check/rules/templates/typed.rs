//! Figures that were typed into a template.

use super::super::prelude::*;
use super::lines;
use crate::document::Element;
use crate::template::TemplateText;
use crate::zh::scan::{Number, NumberKind, scan};

/// One figure, one place: figures stand in fact files.
pub(super) const RULE: Rule = Rule::templates("tpl-typed", Level::Warning, run);

const HINT: &str =
    "明年要变的，请写进事实文件，这里改成 {{指标}}；年年不变的，请在同一行加 {{!-- 不查 tpl-typed：理由 --}}";
/// How many figures of a table are named.
const SHOWN: usize = 3;

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for written in project.templates.written() {
        // The cells of one table are one thing to do.
        let mut table: Vec<(Range<usize>, String)> = Vec::new();
        for line in lines(written) {
            let in_table = line.text.trim_start().starts_with('|');
            if !in_table {
                tell(written, &mut table, found);
            }
            // 份号 counts the copies.
            let copies = line.text.trim_start().starts_with(Element::CopyNumber.start());
            let figure = |number: &Number| number.kind == NumberKind::Figure && !copies;
            for number in scan(&line.text).into_iter().filter(figure) {
                let Some(span) = line.place(&number.span) else { continue };
                table.push((span, number.text));
            }
            if !in_table {
                table.drain(..).for_each(|(span, text)| one(written, span, &text, found));
            }
        }
        tell(written, &mut table, found);
    }
}

fn one(written: &TemplateText, span: Range<usize>, text: &str, found: &mut Findings<'_>) {
    found.at(&written.source, span, format!("“{text}”是手写在模板里的数字"), HINT);
}

/// The figures of a table, as one finding at the first of them.
fn tell(written: &TemplateText, table: &mut Vec<(Range<usize>, String)>, found: &mut Findings<'_>) {
    let figures = std::mem::take(table);
    match figures.as_slice() {
        [] => {}
        [(span, text)] => one(written, span.clone(), text, found),
        [(span, _), ..] => {
            let shown: Vec<&str> = figures.iter().take(SHOWN).map(|(_, text)| text.as_str()).collect();
            let more = if figures.len() > SHOWN { "……" } else { "" };
            let message =
                format!("这张表里的{}个数是手写在模板里的：{}{more}", figures.len(), shown.join("、"));
            let hint = "每年要变的，请作成台账，用 {{表 …}} 印出来；年年不变的，请在这一行加 {{!-- 不查 tpl-typed：理由 --}}";
            found.at(&written.source, span.clone(), message, hint);
        }
    }
}
