//! 、 between quotations and between titles.

use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern;
use super::marks::place;
use crate::check::{Findings, Prose, Rule, Run};
use crate::diag::Level;

/// GB/T 15834-2011, 4.5.3.5: as a rule no 、 stands between quotations or titles in a row, unless something
/// stands between them.
pub(super) const RULE: Rule = Rule {
    name: "pun-dun-quote",
    level: Level::Warning,
    page: include_str!("dun_quote.md"),
    run: Run::Prose(run),
};

/// A row of quotations or titles, with the notes that follow them.
static ROWS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [("“", "”"), ("‘", "’"), ("《", "》")].map(|(open, close)| {
        pattern(&format!("(?:{open}[^{open}{close}]*{close}(?:（[^（）]*）)?[ 　]?、?[ 　]?){{2,}}"))
    })
});
static MARK: LazyLock<Regex> = LazyLock::new(|| pattern("[”’》][ 　]?(?P<mark>、)[ 　]?[“‘《]"));

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for row in ROWS.iter() {
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
