//! Exclamation and question marks in the body.

use super::marks::place;
use crate::check::{Findings, Prose, Rule, Run};
use crate::diag::Level;

/// Practice: a report states; a call or a question stands only in a quotation or at the close.
pub(super) const RULE: Rule =
    Rule { name: "pun-bang", level: Level::Hint, page: include_str!("bang.md"), run: Run::Prose(run) };

/// So many lines at the end may hold the closing call.
const CLOSE: usize = 4;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (index, line) in prose.lines.iter().enumerate() {
        let text = prose.text(line);
        for (at, mark) in text.match_indices(['！', '？']) {
            let span = at..at + mark.len();
            let close = mark == "！"
                && (prose.lines.len() > CLOSE && index + CLOSE >= prose.lines.len() || calls(text));
            if line.kind.is_body() && !line.is_quoted(&span) && !close {
                let message = format!("正文里用了“{mark}”");
                let hint =
                    if mark == "！" { "请改用“。”" } else { "请改成陈述句，用“。”" };
                found.at(&prose.source, place(line, &span), message, hint);
            }
        }
    }
}

/// Whether a line is a closing call.
fn calls(text: &str) -> bool {
    ["奋斗", "篇章", "华章", "谢谢", "致敬", "敬意", "前进", "祝", "新年", "努力", "贡献"]
        .iter()
        .any(|word| text.contains(word))
}
