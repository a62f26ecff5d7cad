//! Percent signs.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};

/// GB/T 15835-2011, 4.1.1 and practice: 8.5%, half-width, and no mixture of 百分之 with digits.
pub(super) const RULE: Rule = Rule::prose("chr-percent", Level::Error, run);

static SIGN: Pattern = Pattern::new("[％﹪℅]");
static MIXED: Pattern = Pattern::new("([百千])分之[ 　]?([0-9０-９]+(?:[.．][0-9０-９]+)?)([至到—～~-])?");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&SIGN) {
        let message = format!("百分号写成了“{}”", &hit[0]);
        found.fix(&prose.source, place(line, &part(&hit, 0)), "%", message, "请写成半角的“%”");
    }
    for (line, hit) in prose.matches(&MIXED) {
        let right = format!("{}{}", &hit[2], if &hit[1] == "百" { "%" } else { "‰" });
        let span = place(line, &(part(&hit, 0).start..part(&hit, 2).end));
        let message = format!("“{}分之{}”里汉字和数字混用", &hit[1], &hit[2]);
        let hint = format!("请写成“{right}”");
        if hit.get(3).is_some() {
            found.at(&prose.source, span, message, "请写成“%”，范围的两头都要写");
        } else {
            found.fix(&prose.source, span, right, message, hint);
        }
    }
}
