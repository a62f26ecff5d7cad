//! What is called otherwise, as a function of names: paths of facts, groups, columns of ledgers.

use crate::facts::of_report;

/// One renaming.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Renaming {
    /// A path, with everything below it: an indicator, a ledger with its columns, a group.
    Path { from: String, to: String },
    /// A column of a ledger.
    Column { ledger: String, from: String, to: String },
}

impl Renaming {
    /// The new name of a path: of a fact, or of `台账.列`; nothing where it stays.
    pub fn path(&self, path: &str) -> Option<String> {
        match self {
            Renaming::Path { from, to } => {
                let moved = |path: &str| {
                    let rest = path.strip_prefix(from.as_str())?;
                    (rest.is_empty() || rest.starts_with('.')).then(|| format!("{to}{rest}"))
                };
                moved(path).or_else(|| {
                    // What is registered for all reports is called otherwise in each.
                    let report = of_report::report(path)?;
                    of_report::own(&moved(&of_report::registered(path)?)?, report)
                })
            }
            Renaming::Column { ledger, from, to } => {
                let (above, column) = path.rsplit_once('.')?;
                (above == ledger && column == from).then(|| format!("{ledger}.{to}"))
            }
        }
    }

    /// The same of what a figure came from, which may be a cell: `投资项目[2].投资`.
    pub fn cited(&self, path: &str) -> Option<String> {
        let Some((above, rest)) = path.split_once('[') else { return self.path(path) };
        let (row, column) = rest.split_once("].").unwrap_or((rest.trim_end_matches(']'), ""));
        let ledger = self.path(above);
        let renamed = self.column(above, column);
        if ledger.is_none() && renamed.is_none() {
            return None;
        }
        let column = renamed.unwrap_or_else(|| column.to_owned());
        let dot = if column.is_empty() { "" } else { "." };
        Some(format!("{}[{row}]{dot}{column}", ledger.as_deref().unwrap_or(above)))
    }

    /// The new name of a column of a ledger, which is named as before.
    pub fn column(&self, ledger: &str, column: &str) -> Option<String> {
        match self {
            Renaming::Column { ledger: of, from, to } => (of == ledger && from == column).then(|| to.clone()),
            Renaming::Path { .. } => None,
        }
    }

    /// Words that a program wrote about some paths, with those that have another name: the longest that stands at a
    /// place is meant, so that 会议 is not found in 会议数. A rate of two columns names them alone: `化解占排查`.
    pub fn in_words(&self, words: &str, paths: &[String]) -> String {
        if let Some((part, whole)) = words.split_once('占') {
            let column = |name: &str| {
                let path =
                    paths.iter().find(|path| path.rsplit_once('.').is_some_and(|(_, last)| last == name))?;
                let (ledger, _) = path.rsplit_once('.')?;
                Some(self.column(ledger, name).unwrap_or_else(|| name.to_owned()))
            };
            if let (Some(part), Some(whole)) = (column(part), column(whole)) {
                return format!("{part}占{whole}");
            }
        }
        let mut text = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            let here = paths.iter().filter(|path| rest.starts_with(path.as_str()));
            match here.max_by_key(|path| path.len()).filter(|path| !path.is_empty()) {
                Some(path) => {
                    text.push_str(&self.cited(path).unwrap_or_else(|| path.clone()));
                    rest = &rest[path.len()..];
                }
                None => {
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_renamed_with_what_is_below_them() {
        let path = Renaming::Path { from: "宣传".into(), to: "文化.宣传".into() };
        let column =
            Renaming::Column { ledger: "项目".into(), from: "投资".into(), to: "总投资".into() };
        for (old, new) in [
            ("宣传", Some("文化.宣传")),
            ("宣传.会议", Some("文化.宣传.会议")),
            ("宣传[2].会议", Some("文化.宣传[2].会议")),
            ("宣传[2]", Some("文化.宣传[2]")),
            ("宣传队", None),
            ("会议.宣传", None),
        ] {
            assert_eq!(path.cited(old).as_deref(), new, "{old}");
        }
        for (old, new) in [
            ("项目.投资", Some("项目.总投资")),
            ("项目[12].投资", Some("项目[12].总投资")),
            ("项目.投资额", None),
            ("项目", None),
            ("乙.投资", None),
            ("项目[1].企业", None),
        ] {
            assert_eq!(column.cited(old).as_deref(), new, "{old}");
        }
        let paths = ["会议", "会议数"].map(str::to_owned);
        let path = Renaming::Path { from: "会议".into(), to: "大会".into() };
        assert_eq!(path.in_words("近3年会议合计，会议数", &paths), "近3年大会合计，会议数");
        let paths = ["项目", "项目.投资", "项目.应投"].map(str::to_owned);
        assert_eq!(column.in_words("投资占应投", &paths), "总投资占应投");
    }
}
