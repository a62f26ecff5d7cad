//! Closing words that do not suit a report.

use super::super::prelude::*;
use super::genre;

/// Practice: a report ends with 特此报告, or 以上报告，请审阅.
pub(super) const RULE: Rule = Rule::prose("doc-close", Level::Hint, run);

/// A report that waits for an answer.
static WAITS: Pattern = Pattern::new(
    "(?:特此|以上)(?:情况|工作)?(?:报告|汇报)[，。]?[^。]{0,6}?((?:望|盼)[^，。]{0,8}?(?:批准|批复|批示|答复|回复|函复|复函|支持|解决|帮助|重视)|请[^，。]{0,8}?(?:答复|回复|函复|复函|支持|解决|帮助|重视)|盼复|为盼|为荷)",
);
/// The end of a letter, or of a document of another kind.
static FOREIGN: Pattern = Pattern::new(
    "^[ 　]*(此致[，。\\s]*(?:敬礼)?[！。]?|特此(?:通知|函告|函复|通告|公告|批复|请示))[。！]?$|(为荷|为盼)[。！]?$",
);
static REPORTED: Pattern = Pattern::new("^[ 　]*(特此(?:报告|汇报))[。！]?$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let (report, request) = (genre::is_report(prose), genre::is_request(prose));
    for (line, text) in prose.each() {
        let waits = WAITS.captures(text).and_then(|hit| hit.get(1));
        let foreign = FOREIGN.captures(text).filter(|_| report).and_then(|hit| hit.get(1).or(hit.get(2)));
        let asked = REPORTED.captures(text).filter(|_| request).and_then(|hit| hit.get(1));
        if let Some(hit) = waits.or(foreign).filter(|hit| !line.is_quoted(&hit.range())) {
            say(prose, line, hit, "报告", "请用“特此报告”，或者“以上报告，请审阅”", found);
        } else if let Some(hit) = asked {
            say(prose, line, hit, "请示", "请用“妥否，请批示”", found);
        }
    }
}

fn say(
    prose: &Prose,
    line: &ProseLine,
    hit: regex::Match<'_>,
    kind: &str,
    hint: &'static str,
    found: &mut Findings<'_>,
) {
    let span = line.span.start + hit.start()..line.span.start + hit.end();
    let words = hit.as_str().trim_end_matches(['。', '！']);
    found.at(&prose.source, span, format!("{kind}不用“{words}”结尾"), hint.to_owned());
}
