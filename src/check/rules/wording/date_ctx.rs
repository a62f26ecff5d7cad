//! 截止 and 截至.

use super::super::prelude::*;

/// 现代汉语词典: 截止 takes no object; 截至 needs one.
pub(super) const RULE: Rule = Rule::prose("doc-date-ctx", Level::Warning, run);

static STOPS: Pattern = Pattern::new(
    "(截止至?)[ 　]*(?:目前|当前|现在|昨[日天]|今[年日天]|去年|[本上][年月]|[0-9xX×*]|[〇一二三四五六七八九十]{1,4}[年月日季]|[上下]半年|第?[一二三四]季度|“十|[年月季]底|[年月]末)",
);
static UNTIL: Pattern = Pattern::new("(截至)(?:[。，；）]|日期|时间|$)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let cases = [
        (&STOPS, "“截止”后面不能带时间", "后面带时间用“截至”，请改成“截至”"),
        (&UNTIL, "“截至”后面缺少时间", "后面不带时间用“截止”，请改成“截止”"),
    ];
    for (pattern, message, hint) in cases {
        for (line, hit) in prose.matches(pattern) {
            let Some(word) = hit.get(1).filter(|word| !line.is_quoted(&word.range())) else { continue };
            let span = line.span.start + word.start()..line.span.start + word.end();
            found.at(&prose.source, span, message, hint);
        }
    }
}
