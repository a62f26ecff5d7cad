//! What a report is about: the year that its title says, and whether it looks back at it.

use crate::check::{LineKind, Prose, ProseLine};
use crate::zh::pattern::Pattern;

use super::dates::{self, Date};

/// The titles of what looks back at a year that is over.
static BACK: Pattern = Pattern::new("总结|汇报|述职(?:报告)?|回顾|情况的?报告|工作报告|小结|自查");

/// The titles of what looks forward, or is about a part of a year.
static FORWARD: Pattern = Pattern::new(
    "政府工作报告|委员会工作报告|代表大会|计划|要点|方案|打算|安排|规划|预算|意见|通知|部署|思路|目标|半年|季度|[0-9一二三四五六七八九十]月|阶段|中期",
);

/// What a title says of the time that its report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// It looks back at a whole year.
    Back(u32),
    /// It names no year, or there is no title.
    Unsaid,
    /// It looks forward, at a part of a year, or at several.
    Other,
}

/// What the title of a report says.
pub(super) fn title(prose: &Prose) -> Title {
    let title: String =
        prose.each().filter(|(line, _)| is_title(prose, line)).map(|(_, text)| text).collect();
    if FORWARD.is_match(&title) {
        return Title::Other;
    }
    let mut years: Vec<u32> = dates::dates(&title).into_iter().filter_map(|date| date.year).collect();
    years.dedup();
    match years.as_slice() {
        [] => Title::Unsaid,
        [year] if BACK.is_match(&title) => Title::Back(*year),
        _ => Title::Other,
    }
}

/// Whether a line is the title; over an excerpt of one or two lines it is told by what it says.
pub(super) fn is_title(prose: &Prose, line: &ProseLine) -> bool {
    let first = || prose.lines.first().is_some_and(|first| first.number == line.number);
    let text = prose.text(line).trim();
    let said = || BACK.find_iter(text).last().is_some_and(|kind| kind.end() == text.len());
    line.kind == LineKind::Title || line.kind == LineKind::Paragraph && first() && said()
}

/// The day under a report.
pub(super) fn signed(prose: &Prose) -> Option<Date> {
    let (_, text) = prose.each().filter(|(line, _)| line.kind == LineKind::Date).last()?;
    let date = dates::dates(text).into_iter().next()?;
    (date.year.is_some() && date.day.is_some()).then_some(date)
}
