//! 文种: what a text is by its title.

use crate::check::{LineKind, Prose, ProseLine};
use crate::zh::pattern::Pattern;

static TITLE: Pattern = Pattern::new(
    "关于.+(?:报告|请示|汇报|通知|通报|函|批复|意见|决定|总结|方案|情况|纪要|公告|通告|议案|公报|命令|决议)$",
);
static REPORT: Pattern = Pattern::new(
    "(?:报告|汇报|总结|小结|情况|述职|述廉|自查|自评|材料|综述|进展)(?:（[^）]*）)?[。\\s]*$|(?:报告|汇报|总结|小结|情况).*(?:打算|安排|计划|思路|建议)(?:（[^）]*）)?$",
);
/// Words by which a text without a title says that it is a report.
static SAYS_REPORT: Pattern = Pattern::new("(?:以上|特此|现将[^。；]{0,40}|特作)(?:情况|专题)?(?:报告|汇报)");

/// The title of a text.
pub(super) fn title(prose: &Prose) -> Option<(&ProseLine, &str)> {
    let above = |kind: LineKind| matches!(kind, LineKind::Element(element) if element.is_head());
    let (line, text) = prose.each().find(|(line, _)| !above(line.kind))?;
    let titled = !text.contains(['。', '；', '\t']) && TITLE.is_match(text.trim());
    (line.kind == LineKind::Title || line.kind == LineKind::Paragraph && titled).then_some((line, text))
}

/// Whether a text is a report by its title.
pub(super) fn is_report(prose: &Prose) -> bool {
    title(prose).is_some_and(|(_, title)| REPORT.is_match(title) && !title.contains("请示"))
}

/// Whether a text is a request by its title.
pub(super) fn is_request(prose: &Prose) -> bool {
    title(prose).is_some_and(|(_, title)| title.trim().ends_with("请示"))
}

/// Whether a sentence says of itself that it is a report.
pub(super) fn says_report(sentence: &str) -> bool {
    SAYS_REPORT.is_match(sentence)
}
