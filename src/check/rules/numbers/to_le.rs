//! 增加到 and 增加了: both ends and the change must agree.

use super::super::prelude::*;
use super::{agreement, change, reading};

/// Usage: 到 names the new level, 了 or nothing the change, and the three numbers follow from each other.
pub(super) const RULE: Rule = Rule::prose("num-to-le", Level::Warning, run);

/// 增加了到150户.
static BOTH: Pattern =
    Pattern::new("((?:增加|增长|提高|上升|提升|扩大|减少|下降|降低|缩短|压缩)了(?:到|至))[约近]?[0-9]");

/// 比上年增长到12%, 财政收入增长到12%.
static RATE: Pattern = Pattern::new(
    "((?:(?:同比|(?:比|较)(?:上年|去年|上一?年度|去年同期|上年同期|年初|上月))\
         (?:增长|增加|提高|上升|下降|减少|降低)|增长|增加|减少)(?:到|至)[0-9.]+[%％])",
);

/// What a clause is about where its per cent is a level, separated by spaces.
const LEVELS: &str =
    "率 占 比重 比例 份额 含量 浓度 标准 程度 满意度 覆盖 普及 增幅 增速 负债 能力 水平 % ％";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let figures = reading::exact(line);
        for change in change::changes(text, &figures) {
            if let Some((fault, hint)) = agreement::fault(&change, text) {
                let span = change.span();
                let message = format!("“{}”{fault}", &text[span.clone()]);
                found.at(&prose.source, reading::place(line, span), message, hint);
            }
        }
        for span in (0..figures.len()).filter_map(|start| change::crossed(text, &figures[start..])) {
            let message = format!("“{}”把增加的量和增加到的数混在一起", &text[span.clone()]);
            found.at(&prose.source, reading::place(line, span), message, "请写成“由A增加到B，增加C”");
        }
        wording(prose, line, text, found);
    }
}

/// Says where 到 and 了 are confused whatever the figures are.
fn wording(prose: &Prose, line: &ProseLine, text: &str, found: &mut Findings<'_>) {
    let level = "请去掉“到”，写成“增长x%”；如果说的是水平，请写明是什么率";
    for (pattern, fault, hint) in [
        (&BOTH, "里“了”和“到”连用了", "说结果用“增加到”，说增量用“增加了”，请留一个"),
        (&RATE, "说的是增减幅度，不用“到”", level),
    ] {
        for hit in pattern.captures_iter(text).filter_map(|groups| groups.get(1)) {
            let clause = reading::since(text, hit.start(), &reading::STOPS);
            let level =
                hit.as_str().ends_with(['%', '％']) && LEVELS.split(' ').any(|word| clause.contains(word));
            if !level && !line.is_quoted(&hit.range()) {
                let message = format!("“{}”{fault}", hit.as_str());
                found.at(&prose.source, reading::place(line, hit.range()), message, hint);
            }
        }
    }
}
