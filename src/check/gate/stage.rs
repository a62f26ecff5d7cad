//! Whether something is planned, under way or done.

use super::words::{DONE, PLANNED, UNDERWAY};

/// How far a thing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// Nothing is said of it.
    #[default]
    Unsaid,
    /// 拟建, 力争.
    Planned,
    /// 在建, 正在.
    Underway,
    /// 建成, 已.
    Done,
}

impl Stage {
    /// The stage that a clause speaks of.
    pub fn of(clause: &str) -> Stage {
        let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        // 规划机场1座, but 编制规划2个.
        let drawn = clause.trim_start().starts_with("规划");
        let planned = drawn
            || !clause.contains("计划的")
                && !NO_PLAN.iter().any(|word| clause.contains(word))
                && says(PLANNED);
        match () {
            () if planned => Stage::Planned,
            () if says(UNDERWAY) => Stage::Underway,
            () if says(DONE) => Stage::Done,
            () => Stage::Unsaid,
        }
    }

    /// The stage that the name of an indicator tells: 拟建学校.
    pub fn of_name(name: &str) -> Stage {
        let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        match () {
            () if begins(PLANNED) => Stage::Planned,
            () if begins(UNDERWAY) => Stage::Underway,
            () => Stage::Unsaid,
        }
    }

    /// Its words for staff.
    pub fn words(self) -> &'static str {
        match self {
            Stage::Unsaid => "没有说明进度",
            Stage::Planned => "计划中的",
            Stage::Underway => "正在办的",
            Stage::Done => "已经办成的",
        }
    }

    /// Whether a draft may say so of what is known.
    pub fn may_be_said(self, draft: Stage) -> Agreed {
        match (self, draft) {
            (known, draft) if known == draft => Agreed::Yes,
            (Stage::Planned | Stage::Underway, Stage::Done) | (Stage::Planned, Stage::Underway) => Agreed::No,
            (Stage::Done, Stage::Underway | Stage::Planned) => Agreed::No,
            (Stage::Unsaid, Stage::Done) | (Stage::Done, Stage::Unsaid) => Agreed::Yes,
            _ => Agreed::Perhaps,
        }
    }
}

/// Whether two stages go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreed {
    Yes,
    /// One of them is silent where it matters.
    Perhaps,
    No,
}

/// Words with 计划 and 目标 that plan nothing.
const NO_PLAN: [&str; 8] =
    ["计划生育", "年度计划", "年计划", "完成计划", "计划任务", "目标任务", "目标责任", "目标考核"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_clause_tell_how_far_a_thing_is() {
        for (clause, stage) in [
            ("拟建充电桩", Stage::Planned),
            ("已建成充电桩", Stage::Done),
            ("在建项目", Stage::Underway),
            ("召开会议", Stage::Unsaid),
            ("完成年度计划的", Stage::Done),
            ("力争新增就业", Stage::Planned),
            ("规划机场", Stage::Planned),
            ("编制规划", Stage::Unsaid),
        ] {
            assert_eq!(Stage::of(clause), stage, "{clause}");
        }
    }
}
