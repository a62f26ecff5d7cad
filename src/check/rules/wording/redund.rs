//! Words in a title that its kind already says.

use super::super::prelude::*;

/// Practice: 请示 already asks, 报告 already reports, 关于 already is the preposition.
pub(super) const RULE: Rule = Rule::prose("doc-redund", Level::Warning, run);

static ASKED: Pattern =
    Pattern::new("关于(请求批准|请求同意|恳请|请求|请予|要求|申请)([^，。；：]{2,60}?)的请示");
/// What can stand after 关于 by itself.
static VERB: Pattern = Pattern::new(
    "^(?:解决|增加|追加|调整|拨付|拨给|划拨|安排|成立|设立|新建|修建|扩建|改建|建设|减免|变更|延长|开展|举办|召开|购置|聘用|录用|提高|落实|补助|撤销|命名|表彰|启动|实施|划定|收回|出让)",
);
static TOLD: Pattern =
    Pattern::new("关于(上报|呈报|汇报|报告)([^，。；：会材制]{1,60}?)(情况|问题|进展)?的(?:报告|汇报)");
static TO: Pattern = Pattern::new(
    "关于(对)([^，。；：外口接照台标策联冲象比话应待方][^，。；：]{1,60}?)的(批复|决定|通报|意见|报告|通知|函|请示|复函)",
);
static AGAIN: Pattern = Pattern::new("(的通知)的通知");
/// Verbs that need 对 before their object.
const LIGHT: [&str; 9] = ["进行", "予以", "给予", "开展", "作出", "加以", "实施", "实行", "做出"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for hit in ASKED.captures_iter(text) {
            let word = hit.get(1).filter(|word| !line.is_quoted(&word.range()));
            let Some((word, rest)) = word.zip(hit.get(2)) else { continue };
            let message = format!("“{}”和“请示”意思重复", word.as_str());
            say(prose, line, word.range(), VERB.is_match(rest.as_str()), message, word.as_str(), found);
        }
        for hit in TOLD.captures_iter(text) {
            let Some(word) = hit.get(1).filter(|word| !line.is_quoted(&word.range())) else { continue };
            let message = format!("“{}”和“报告”意思重复", word.as_str());
            say(prose, line, word.range(), hit.get(3).is_some(), message, word.as_str(), found);
        }
        for hit in TO.captures_iter(text) {
            let word = hit.get(1).filter(|word| !line.is_quoted(&word.range()));
            let Some((word, rest)) = word.zip(hit.get(2)) else { continue };
            let plain = !LIGHT.iter().any(|light| rest.as_str().contains(light));
            say(prose, line, word.range(), plain, "“关于”和“对”两个介词重复".to_owned(), "对", found);
        }
        for hit in AGAIN.captures_iter(text) {
            let Some(word) = hit.get(1).filter(|word| !line.is_quoted(&word.range())) else { continue };
            let span = line.span.start + word.start()..line.span.start + word.end();
            found.at(
                &prose.source,
                span,
                "标题里“的通知”用了两次",
                "转发、印发通知时只留一个“的通知”，原通知的标题加书名号",
            );
        }
    }
}

/// The word goes where the title stays whole without it.
fn say(
    prose: &Prose,
    line: &ProseLine,
    span: std::ops::Range<usize>,
    plain: bool,
    message: String,
    word: &str,
    found: &mut Findings<'_>,
) {
    let span = line.span.start + span.start..line.span.start + span.end;
    if plain {
        return found.fix(&prose.source, span, "", message, format!("请去掉“{word}”"));
    }
    found.at(&prose.source, span, message, format!("请去掉“{word}”，并把标题理顺"));
}
