//! A law or standard that a text rests on and that is no longer in force.

use super::super::characters::lexicon::Lexicon;
use super::super::prelude::*;
use super::super::punctuation::marks::place;

/// The laws and standards that took the place of others, as they say themselves.
pub(super) const RULE: Rule = Rule::prose("doc-basis", Level::Warning, run);

/// What is abolished, since when, and what holds now; one a line, with tabs between them.
const ABOLISHED: &str = include_str!("废止.tsv");
/// Words of a sentence that tells of the past.
const PAST: [&str; 10] = ["废止", "失效", "原《", "旧", "当时", "同时停止", "代替", "取代", "修订前", "历史"];
const ORDINAL: &str = "第";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let rows: Vec<Vec<&str>> = ABOLISHED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .filter(|row: &Vec<&str>| row.len() == 3)
        .collect();
    let names: Lexicon<'_> = rows.iter().enumerate().map(|(number, row)| (row[0], number)).collect();
    for (line, text) in prose.each() {
        for (at, name, number) in names.hits(text) {
            let end = at + name.len();
            let sentence = sentence(text, at);
            if !is_cited(text, at, end) || PAST.iter().any(|word| sentence.contains(word)) {
                continue;
            }
            let message = format!("“{name}”已经废止");
            let hint = format!("{}起改为{}，请核对依据", rows[number][1], rows[number][2]);
            found.at(&prose.source, place(line, &(at..end)), message, hint);
        }
    }
}

/// Whether the name stands as a title of its own, and not within that of another law: 《劳动合同法》.
fn is_cited(text: &str, at: usize, end: usize) -> bool {
    let number = text[at..].starts_with("GB");
    let opens = text[..at].ends_with(['《', '〈']) || text[..at].ends_with("中华人民共和国");
    let closes = text[end..].starts_with(['》', '〉', '（']) || text[end..].starts_with(ORDINAL);
    number || opens && closes
}

fn sentence(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['。', '；']).unwrap_or(0);
    let end = text[at..].find(['。', '；']).map_or(text.len(), |end| at + end);
    &text[start..end]
}
