//! 版记 of a letter in 信函格式.

use super::super::prelude::*;
use super::parts;
use crate::document::{Element, Form};

/// GB/T 9704-2012, 10.1: its 版记 has neither 印发机关 nor 印发日期.
pub(super) const RULE: Rule = Rule::prose("let-imprint", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    if parts::mark(prose).is_none_or(|(_, _, form)| form != Form::Letter) {
        return;
    }
    let printed = [Element::Printer, Element::PrintDate];
    if let Some((line, text)) = printed.into_iter().find_map(|element| parts::of(prose, element).next()) {
        let message = format!("信函格式的版记里写了“{}”", text.trim());
        let hint = "信函格式的版记不加印发机关和印发日期，请删去；用“文件”格式的，请改发文机关标志";
        found.at(&prose.source, line.span.clone(), message, hint);
    }
}
