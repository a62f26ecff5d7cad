//! What may be judged where a draft still has gaps: a finding must hold whatever will be filled in.
//!
//! `Prose` gives no figures of a line with a gap and no table with one; here it is told how far the words reach
//! that a rule judges by, and a finding is dropped where there is a gap among them.

use std::ops::Range;

use super::prose::{Prose, ProseLine};
use super::rule::Rule;
use crate::diag::Diagnostic;

/// How far the words reach that a rule judges by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those it shows and the character on either side.
    Words,
    /// The line.
    Line,
    /// The items and headings of the text; a gap that may hold some of them is among them.
    Order,
    /// All of the text.
    Text,
    /// None: it looks for gaps.
    Gap,
}

/// Rules that look at one mark and what stands beside it.
const MARKS: [&str; 12] = [
    "pun-half",
    "pun-repeat",
    "pun-range",
    "pun-dash",
    "pun-ellipsis",
    "pun-paren",
    "pun-etc-dot",
    "pun-bracket-no",
    "pun-middot",
    "pun-dun-num",
    "pun-dun-deng",
    "pun-slash",
];

/// Rules that look in one place for what belongs to another.
const WHOLE: [&str; 6] = ["doc-abbr", "doc-att", "doc-att-ref", "doc-close", "doc-jinnian", "pun-bang"];

fn reach(rule: &Rule) -> Reach {
    let group = rule.name.split('-').next().unwrap_or_default();
    match (group, rule.name) {
        (_, "doc-leftover") => Reach::Gap,
        ("chr" | "spc" | "term", _) => Reach::Words,
        ("seq", _) => Reach::Order,
        (_, name) if MARKS.contains(&name) => Reach::Words,
        (_, name) if WHOLE.contains(&name) => Reach::Text,
        _ => Reach::Line,
    }
}

/// Keeps of what a rule found that which no gap has a part in.
pub(super) fn settled(rule: &Rule, prose: &Prose, found: &mut Vec<Diagnostic>) {
    if prose.lines.iter().all(|line| line.gaps.is_empty()) {
        return;
    }
    let reach = reach(rule);
    found.retain(|finding| {
        let Some(place) = &finding.place else { return true };
        let mut touched = prose.lines.iter().filter(|line| touches(&line.span, &place.span));
        let in_gap = |line: &ProseLine| {
            let near = |gap: &Range<usize>| {
                touches(&(line.span.start + gap.start..line.span.start + gap.end), &place.span)
            };
            line.gaps.iter().any(near)
        };
        let clear = |line: &ProseLine| line.gaps.is_empty();
        match reach {
            Reach::Gap => !prose.wanted.iter().any(|gap| touches(gap, &place.span)),
            Reach::Words => !touched.any(in_gap),
            Reach::Line => touched.all(clear),
            Reach::Order => {
                touched.all(clear) && !prose.each().any(|(line, text)| may_hold_items(line, text))
            }
            Reach::Text => prose.lines.iter().all(clear),
        }
    });
}

/// Whether two stretches share a byte or stand side by side.
fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Whether a gap of a line may hold items: it is the whole line, or what a colon leads up to.
fn may_hold_items(line: &ProseLine, text: &str) -> bool {
    let marks: &[char] = &['。', '；', '，', '、', ' ', '　'];
    line.gaps.iter().any(|gap| {
        let before = text[..gap.start].trim_end_matches(marks);
        before.is_empty() && text[gap.end..].trim_matches(marks).is_empty() || before.ends_with('：')
    })
}

#[cfg(test)]
mod tests {
    use crate::check::{self, Prose};

    fn found(text: &str) -> Vec<&'static str> {
        let prose = Prose::of_text("稿", text);
        check::prose(&prose)
            .iter()
            .map(|finding| finding.rule)
            .filter(|rule| *rule != "doc-leftover")
            .collect()
    }

    #[test]
    fn nothing_is_judged_by_what_is_still_to_be_filled_in() {
        for text in [
            "云溪镇2025年工作总结\n\n全年引进项目【待填：产业.引进项目】，到位资金9850万元。\n",
            "云溪镇2025年工作总结\n\n全镇共有党员120名，其中男党员70名、女党员【待填：党建.女党员】。\n",
            "云溪镇2025年工作总结\n\n全年收入120万元，比上年的【待填：2024年收入】增长50%。\n",
            "云溪镇2025年工作总结\n\n全年开展了一系列卓有成效的活动，群众满意度明显提高，【待填：说明】\n",
            "云溪镇2025年工作总结\n\n主要做法：【待填：做法】\n\n三是抓好督查落实。\n",
            "| 村 | 户 |\n|---|---|\n| 东村 | 30 |\n| 西村 | 【待填：西村】 |\n| 合计 | 60 |\n",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_beside_a_gap_is_still_said() {
        for (text, rule) in [
            ("云溪镇2025年工作总结\n\n全镇开展宣讲,引进项目【待填：产业.引进项目】。\n", "pun-half"),
            (
                "云溪镇2025年工作总结\n\n引进项目【待填：项目】。\n\n党员120名，其中男70名、女60名。\n",
                "num-total",
            ),
        ] {
            assert_eq!(found(text), [rule], "{text}");
        }
    }

    #[test]
    fn a_gap_that_was_typed_is_said() {
        let prose = Prose::of_text("稿", "云溪镇2025年工作总结\n\n引进项目【待填：项目】个。\n");
        assert_eq!(check::prose(&prose)[0].rule, "doc-leftover");
    }
}
