//! Facts that belong to a report and not to the year: the date of its meeting, the session, who speaks. They stand in the
//! file of the year below `报告`, then the name of the report; what they are is registered once for all reports.
//!
//! `报告.政府工作报告.会议日期` is an ordinary path of a year. `报告.会议日期` is its entry in the registry, what the
//! template of that report calls it, and, with a value of its own, what holds for every report that says nothing else.

/// The group of what belongs to reports.
pub const REPORTS: &str = "报告";

fn below(path: &str) -> Option<&str> {
    path.strip_prefix(REPORTS)?.strip_prefix('.')
}

/// The path by which a fact of a report is registered: 报告.会议日期 of 报告.政府工作报告.会议日期.
pub fn registered(path: &str) -> Option<String> {
    let (_, name) = below(path)?.split_once('.')?;
    Some(format!("{REPORTS}.{name}"))
}

/// The report that a path belongs to.
pub fn report(path: &str) -> Option<&str> {
    below(path)?.split_once('.').map(|(report, _)| report)
}

/// The path of a report's own fact: 报告.政府工作报告.会议日期 of 报告.会议日期.
pub fn own(path: &str, report: &str) -> Option<String> {
    Some(format!("{REPORTS}.{report}.{}", below(path)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_its_own_of_what_is_registered_for_all() {
        let own = own("报告.会议日期", "政府工作报告").unwrap();
        assert_eq!(own, "报告.政府工作报告.会议日期");
        assert_eq!(
            (registered(&own).unwrap().as_str(), report(&own)),
            ("报告.会议日期", Some("政府工作报告"))
        );
        for other in ["报告.会议日期", "报告", "报告数.甲.乙", "会议.日期"] {
            assert_eq!(registered(other), None, "{other}");
        }
    }
}
