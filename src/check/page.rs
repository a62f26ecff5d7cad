//! The page of a rule: what it looks for, why, wrong and right cases.
//!
//! ```text
//! # 半角标点
//!
//! 查什么：……
//!
//! 为什么：……
//!
//! ## 反例
//!
//! - 新建大棚126个,投资1860万元。 → 新建大棚126个，投资1860万元。
//!
//! ## 正例
//!
//! - 新建大棚126个，投资1860万元。
//! ```
//!
//! In a case `⏎` begins a new line of the text. Cases of rules on facts and templates are code blocks whose
//! info line names the file (`yaml facts/2011.yaml`), one after the other; `或` on a line of its own
//! begins the next case.

use super::Rule;

/// The page of a rule as it is shown: with its name and level under the heading.
pub fn shown(rule: &Rule) -> String {
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    format!("{title}\n\n规则：`{}`　级别：{}\n{rest}", rule.name, rule.level.label())
}

/// A page, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'p> {
    /// Its heading.
    pub title: &'p str,
    /// Cases in which the rule must speak.
    pub wrong: Vec<Case<'p>>,
    /// Cases in which it must not.
    pub right: Vec<Case<'p>>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case<'p> {
    /// A text, and what the fix makes of it where there is one.
    #[allow(missing_docs, reason = "the comment of the variant names its fields")]
    Text { text: String, mended: Option<String> },
    /// Files of a project: name and content.
    Files(Vec<(&'p str, String)>),
}

/// Takes a page apart.
pub fn parse(page: &str) -> Page<'_> {
    let title = page.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    let section = |name: &str| {
        let lines = page.lines().skip_while(move |line| line.strip_prefix("## ") != Some(name)).skip(1);
        cases(lines.take_while(|line| !line.starts_with("## ")))
    };
    Page { title, wrong: section("反例"), right: section("正例") }
}

fn cases<'p>(lines: impl Iterator<Item = &'p str>) -> Vec<Case<'p>> {
    let mut cases = Vec::new();
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in lines {
        if let Some((name, mut content)) = open.take() {
            if line == "```" {
                files.push((name, content));
            } else {
                content.push_str(line);
                content.push('\n');
                open = Some((name, content));
            }
        } else if let Some(info) = line.strip_prefix("```") {
            let name = info.split_once(' ').map_or(info, |(_, name)| name);
            open = Some((name, String::new()));
        } else if line == "或" {
            cases.push(Case::Files(std::mem::take(&mut files)));
        } else if let Some(text) = line.strip_prefix("- ") {
            cases.push(text_case(text));
        }
    }
    if !files.is_empty() {
        cases.push(Case::Files(files));
    }
    cases
}

fn text_case<'p>(line: &str) -> Case<'p> {
    let text = |words: &str| words.replace('⏎', "\n");
    match line.split_once(" → ") {
        Some((wrong, mended)) => Case::Text { text: text(wrong), mended: Some(text(mended)) },
        None => Case::Text { text: text(line), mended: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart() {
        let page = "# 题\n\n查什么：甲\n\n## 反例\n\n- 一⏎二 → 三\n\n```yaml facts/2011.yaml\n年度: 2011\n```\n或\n```hbs templates/汇报.hbs\n文\n```\n\n## 正例\n\n- 四\n";
        let page = parse(page);
        assert_eq!(page.title, "题");
        assert_eq!(page.wrong[0], Case::Text { text: "一\n二".into(), mended: Some("三".into()) });
        assert_eq!(page.wrong[1], Case::Files(vec![("facts/2011.yaml", "年度: 2011\n".into())]));
        assert_eq!(page.wrong[2], Case::Files(vec![("templates/汇报.hbs", "文\n".into())]));
        assert_eq!(page.right, [Case::Text { text: "四".into(), mended: None }]);
    }
}
