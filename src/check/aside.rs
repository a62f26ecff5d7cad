//! Findings that are put aside: by a rule that is switched off, by a remark on the line, or because
//! somebody confirmed the fact.

use super::rules;
use crate::diag::{About, Act, Diagnostic, Hint, Level, Place, nearest};
use crate::zh::pattern::Pattern;

/// A rule that a project switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Off {
    /// Its name.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
}

/// A fact that somebody confirmed to be as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The rule that found fault with it.
    pub rule: String,
    /// The fact and its value then.
    pub about: About,
    /// Who.
    pub by: String,
    /// When, `2011-12-20`.
    pub date: String,
    /// Why; may be empty.
    pub note: String,
}

/// What may put findings aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// Rules that are switched off.
    pub off: Vec<Off>,
    /// Facts that were confirmed.
    pub confirmed: Vec<Confirmed>,
}

/// A finding that was put aside, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The finding.
    pub finding: Diagnostic,
    /// Why, in words.
    pub reason: String,
}

/// `不查 pun-half：理由`, to the end of the line or of the comment.
static REMARK: Pattern =
    Pattern::new(r"不查[ 　]*([a-z0-9-]+)[ 　]*(?:[：:][ 　]*([^\n]*?))?[ 　]*(?:-->|--\}\}|\}\}|$)");

impl Exceptions {
    /// What is left, and what is put aside; a confirmation whose value has changed speaks up.
    pub fn apply(&self, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Aside>) {
        let (mut left, mut aside) = (self.wrong_names(), Vec::new());
        for finding in found {
            match self.reason(&finding) {
                Some(reason) => aside.push(Aside { finding, reason }),
                None => left.push(self.changed(finding)),
            }
        }
        (left, aside)
    }

    fn reason(&self, finding: &Diagnostic) -> Option<String> {
        if let Some(off) = self.off.iter().find(|off| off.rule == finding.rule) {
            return Some(format!("项目停用：{}", off.reason));
        }
        if let Some(reason) = remark(finding) {
            return Some(format!("这一行不查：{reason}"));
        }
        let about = finding.about.as_ref()?;
        let confirmed = self.confirmed.iter().find(|one| one.rule == finding.rule && one.about == *about)?;
        let note = if confirmed.note.is_empty() { String::new() } else { format!("：{}", confirmed.note) };
        Some(format!("{}于{}确认属实{note}", confirmed.by, confirmed.date))
    }

    /// A fact that was confirmed with another value.
    fn changed(&self, mut finding: Diagnostic) -> Diagnostic {
        let Some(about) = &finding.about else { return finding };
        let same = |one: &&Confirmed| {
            one.rule == finding.rule && one.about.path == about.path && one.about.year == about.year
        };
        if let Some(confirmed) = self.confirmed.iter().rfind(same) {
            let (by, date, value) = (&confirmed.by, &confirmed.date, &confirmed.about.value);
            finding.hints.push(format!("{by}于{date}确认过的是{value}，现在改了，请重新确认").into());
        }
        finding
    }

    /// Rules that are switched off and do not exist.
    fn wrong_names(&self) -> Vec<Diagnostic> {
        let unknown = self.off.iter().filter(|off| rules::named(&off.rule).is_none());
        let say = |off: &Off| {
            let problem =
                Diagnostic::new("unknown-rule", Level::Warning, format!("没有“{}”这条规则", off.rule));
            let hint = match nearest(&off.rule, rules::all().map(|rule| rule.name)) {
                Some(near) => Hint::from(format!("是不是“{near}”？")),
                None => Act::Explain.into(),
            };
            problem.at(&off.place).hint(hint)
        };
        unknown.map(say).collect()
    }
}

/// The reason that stands on the line of a finding; without one nothing is put aside.
fn remark(finding: &Diagnostic) -> Option<String> {
    let place = finding.place.as_ref()?;
    let text = &place.source.text;
    let start = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[place.span.start..].find('\n').map_or(text.len(), |at| place.span.start + at);
    let line = text[start..end].trim_end_matches('\r');
    let found = REMARK.captures_iter(line).find(|found| &found[1] == finding.rule)?;
    found.get(2).map(|reason| reason.as_str().trim().to_owned()).filter(|reason| !reason.is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Source;
    use crate::period::Period;

    fn finding(line: &str) -> Diagnostic {
        let source = Arc::new(Source::new("facts/2011.yaml", line));
        Diagnostic::warning("fact-date", "日期不对").at(&Place::new(&source, 0..1))
    }

    #[test]
    fn a_remark_needs_its_reason() {
        let none = Exceptions::default();
        for (line, aside) in [
            ("时间: 2010-10  # 不查 fact-date：上一年组织的", true),
            ("a {{!-- 不查 fact-date：年年如此 --}}", true),
            ("时间: 2010-10  # 不查 fact-date", false),
            ("时间: 2010-10  # 不查 fact-sum：不对", false),
        ] {
            assert_eq!(none.apply(vec![finding(line)]).1.len(), usize::from(aside), "{line}");
        }
    }

    #[test]
    fn a_confirmation_holds_for_its_value_only() {
        let about =
            |value: &str| About { path: "投资".into(), year: Period::year(2011), value: value.into() };
        let confirmed = Confirmed {
            rule: "fact-swing".into(),
            about: about("90万元"),
            by: "张三".into(),
            date: "2011-12-20".into(),
            note: String::new(),
        };
        let exceptions = Exceptions { off: Vec::new(), confirmed: vec![confirmed] };
        let with = |value| Diagnostic {
            about: Some(about(value)),
            ..Diagnostic::warning("fact-swing", "变化大")
        };
        let (left, aside) = exceptions.apply(vec![with("90万元"), with("95万元")]);
        assert_eq!(aside[0].reason, "张三于2011-12-20确认属实");
        assert!(left[0].hints[0].words(|_| String::new()).contains("确认过的是90万元"), "{left:?}");
    }
}
