//! 份号.

use super::super::prelude::*;
use super::parts;
use crate::document::Element;

/// GB/T 9704-2012, 7.2.1, and 条例, 9: a secret document bears 份号, six digits as a rule.
pub(super) const RULE: Rule = Rule::prose("let-copy-number", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let numbers: Vec<(&ProseLine, &str)> = parts::of(prose, Element::CopyNumber).collect();
    for (line, text) in &numbers {
        let number = text.trim();
        if number.chars().count() != 6 || !number.chars().all(|c| c.is_ascii_digit()) {
            let message = format!("份号“{number}”不是6位阿拉伯数字");
            found.at(
                &prose.source,
                line.span.clone(),
                message,
                "份号一般用6位阿拉伯数字，不足的前面补0，如“000001”",
            );
        }
    }
    if let Some((line, text)) = parts::of(prose, Element::Secrecy).next().filter(|_| numbers.is_empty()) {
        let message = format!("标了密级“{}”，没有份号", text.trim());
        found.at(
            &prose.source,
            line.span.clone(),
            message,
            "涉密公文应当标注份号，请在密级上面另起一行写6位份号",
        );
    }
}
