//! Exclamation and question marks in the body.

use super::super::prelude::*;
use super::marks::place;

/// Practice: a report states; a call or a question stands only in a quotation or at the close.
pub(super) const RULE: Rule = Rule::prose("pun-bang", Level::Hint, run);

/// So many lines at the end may hold the closing call.
const CLOSE: usize = 4;

static MARKS: Pattern = Pattern::new("[！？]+");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let close = if prose.lines.len() > CLOSE { prose.lines.len() - CLOSE } else { prose.lines.len() };
    for (index, line) in prose.lines.iter().enumerate().filter(|(_, line)| line.kind.is_body()) {
        let text = prose.text(line);
        for marks in MARKS.find_iter(text).filter(|marks| !line.is_quoted(&marks.range())) {
            let call = !marks.as_str().contains('？') && (index >= close || calls(text));
            if !call {
                let message = format!("正文里用了“{}”", marks.as_str());
                let hint = if marks.as_str().contains('？') {
                    "请改成陈述句，用“。”"
                } else {
                    "请改用“。”"
                };
                found.at(&prose.source, place(line, &marks.range()), message, hint);
            }
        }
    }
}

/// Whether a line is a closing call.
fn calls(text: &str) -> bool {
    ["奋斗", "篇章", "华章", "谢谢", "致敬", "敬意", "前进", "祝", "新年", "而努力", "贡献", "万岁"]
        .iter()
        .any(|word| text.contains(word))
}
