//! The mark after 第一 and 首先.

use super::super::prelude::*;

/// GB/T 15834-2011, B.3.1: 第一, 其一 and 首先 are followed by ，.
pub(super) const RULE: Rule = Rule::prose("seq-di", Level::Warning, run);

static WORD: Pattern = Pattern::new(
    "(?:^[ 　*]*|[。；：！？，;:][ 　]*)(第[一二三四五六七八九十]{1,3}|其[一二三四五六七八九十]|首先|其次|再次|最后)([、：:])",
);
static LISTED: Pattern = Pattern::new("^(第|其[一二三四五六七八九十次]|再次|最后|[一二三四五六七八九十])");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&WORD) {
        let (Some(word), Some(mark)) = (hit.get(1), hit.get(2)) else { continue };
        let rest = &prose.text(line)[mark.end()..];
        // 第一、二、三产业 and 第一、第二季度 are lists.
        let listed = mark.as_str() == "、" && LISTED.is_match(rest);
        if listed || line.is_quoted(&word.range()) || line.kind.is_of_table() {
            continue;
        }
        let word = word.as_str();
        found.fix(
            &prose.source,
            line.span.start + mark.start()..line.span.start + mark.end(),
            "，",
            format!("序次语“{word}”后面用了“{}”", mark.as_str()),
            format!("“{word}”后面用逗号，请写成“{word}，”"),
        );
    }
}
