//! Requests in a report.

use super::super::prelude::*;
use super::genre;

/// 党政机关公文处理工作条例, 15: a report carries no request; a request is a 请示 of its own.
pub(super) const RULE: Rule = Rule::prose("doc-qingshi", Level::Error, run);

/// Words at the end that wait for a decision.
static CLOSING: Pattern = Pattern::new(
    "(?:^|[，。；])[　 ]*((?:(?:以上)?[^，。；]{0,8}(?:妥否|当否|可否|是否妥当|是否可行|如无不妥)[，,]?)?(?:请|敬请|恳请|特请|提请)(?:予以?|给予|速予|尽快|及时|领导|上级|党委|政府|县委|县政府|市委|市政府|镇党委|、)*(?:批示|批准|批复|审批|核准|核批|核示|审定|研究决定)|特此请示|(?:以上)?[^，。；]{0,8}(?:妥否|当否|可否|是否妥当)(?:[，,]请[^，。；]{0,8})?)",
);
/// Requests in the text.
static ASKING: Pattern = Pattern::new(
    "(?:^|[，。；：])[　 ]*((?:恳请|特请|呈请|请求|拟请|敬请|为此[，,]?特?(?:恳)?请求?)[^。；]{0,40}?(?:解决|批准|批复|批示|审批|核准|拨付|拨款|划拨|追加|增拨|安排专项|安排资金|给予支持|予以支持|给予资金|增加编制|立项))",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let report = genre::is_report(prose);
    if genre::is_request(prose) {
        return;
    }
    for (line, text) in prose.each() {
        if !line.kind.is_body() || !report && !genre::says_report(text) {
            continue;
        }
        let hit = CLOSING.captures(text).or_else(|| ASKING.captures(text)).and_then(|hit| hit.get(1));
        let Some(hit) = hit.filter(|hit| !line.is_quoted(&hit.range())) else { continue };
        found.at(
            &prose.source,
            line.span.start + hit.start()..line.span.start + hit.end(),
            format!("报告里夹带了请示事项“{}”", hit.as_str()),
            "报告不得夹带请示事项，请把这一事项另写一份请示，报告末尾用“特此报告”",
        );
    }
}
