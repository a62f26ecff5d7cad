//! 密级和保密期限.

use super::super::prelude::*;
use super::parts;
use crate::document::Element;

/// GB/T 9704-2012, 7.2.2: a star stands between 密级 and 保密期限.
pub(super) const RULE: Rule = Rule::prose("let-secrecy", Level::Warning, run);

static FORM: Pattern = Pattern::new("^(?:绝密|机密|秘密)★(?:长期|[1-9][0-9]?(?:年|个月|天|日))$");
static PARTS: Pattern =
    Pattern::new("^(绝密|机密|秘密)[ 　]*[★☆*]?[ 　]*(长期|[1-9][0-9]?[ 　]*(?:年|个月|天|日))$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in parts::of(prose, Element::Secrecy) {
        let words = text.trim();
        if FORM.is_match(words) {
            continue;
        }
        let at = line.span.start + text.find(words).unwrap_or(0);
        let span = at..at + words.len();
        let message = format!("密级和保密期限写成了“{words}”");
        match PARTS.captures(words) {
            Some(said) => {
                let new = format!("{}★{}", &said[1], parts::squeezed(&said[2]));
                let hint = format!("请写成“{new}”，密级和保密期限之间用“★”隔开");
                found.fix(&prose.source, span, new, message, hint);
            }
            None => {
                found.at(&prose.source, span, message, "请写上密级和保密期限，中间用“★”隔开，如“机密★1年”")
            }
        }
    }
}
