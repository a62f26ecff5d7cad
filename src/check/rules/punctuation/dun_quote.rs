//! 、 between quotations and between titles.

use super::super::prelude::*;
use super::marks::place;

/// GB/T 15834-2011, 4.5.3.5: as a rule no 、 stands between quotations or titles in a row, unless something
/// stands between them.
pub(super) const RULE: Rule = Rule::prose("pun-dun-quote", Level::Warning, run);

/// A row of quotations or titles, with the notes that follow them.
static ROWS: [Pattern; 3] = [
    Pattern::new("(?:“[^“”]*”(?:（[^（）]*）)?[ 　]?、?[ 　]?){2,}"),
    Pattern::new("(?:‘[^‘’]*’(?:（[^（）]*）)?[ 　]?、?[ 　]?){2,}"),
    Pattern::new("(?:《[^《》]*》(?:（[^（）]*）)?[ 　]?、?[ 　]?){2,}"),
];
static MARK: Pattern = Pattern::new("[”’》][ 　]?(?P<mark>、)[ 　]?[“‘《]");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for row in &ROWS {
        for (line, hit) in prose.matches(row) {
            let row = hit.get_match();
            if row.as_str().contains("）、") {
                continue;
            }
            for mark in MARK.captures_iter(row.as_str()).filter_map(|hit| hit.name("mark")) {
                let span = row.start() + mark.start()..row.start() + mark.end();
                let kind = if row.as_str().starts_with('《') { "书名号" } else { "引号" };
                let message = format!("并列的{kind}之间多用了“、”");
                found.fix(&prose.source, place(line, &span), "", message, "请删去这个“、”");
            }
        }
    }
}
