//! 签发人.

use super::super::prelude::*;
use super::parts;
use crate::document::{Element, Form};

/// GB/T 9704-2012, 7.2.6: letters to a higher organ name who signs, others do not.
pub(super) const RULE: Rule = Rule::prose("let-signer", Level::Warning, run);

static UP: Pattern = Pattern::new("(?:报告|请示)(?:（[^）]*）)?$");
static DOWN: Pattern =
    Pattern::new("(?:通知|通报|批复|决定|公告|通告|函|纪要|公报|决议|命令)(?:（[^）]*）)?$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let (Some((mark, _, form)), Some((_, title))) = (parts::mark(prose), parts::title(prose)) else { return };
    let signer = parts::of(prose, Element::Signer).next();
    let number = parts::of(prose, Element::Number).next().map_or(mark, |(line, _)| line);
    match signer {
        None if form == Form::File && UP.is_match(&title) => {
            let hint = "请在发文字号的同一行写“签发人：姓名”，几个人会签的都写上";
            found.at(&prose.source, number.span.clone(), "上行文没有标注签发人", hint);
        }
        Some((line, _)) if form != Form::File || DOWN.is_match(&title) => {
            let hint = "只有报告、请示等上行文标注签发人，请删去";
            found.at(&prose.source, line.span.clone(), "这份公文不是上行文，标注了签发人", hint);
        }
        _ => {}
    }
}
