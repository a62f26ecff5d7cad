//! Full stops and semicolons mixed in one enumeration.

use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern;
use super::marks::place;
use crate::check::{Findings, Prose, Rule, Run};
use crate::diag::Level;

/// GB/T 15834-2011, 4.6 and 附录A.5: items are parted by ； up to the last, or each ends with 。.
pub(super) const RULE: Rule =
    Rule { name: "pun-semi", level: Level::Warning, page: include_str!("semi.md"), run: Run::Prose(run) };

/// The mark before an item, and the head of the item.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:^|[。；：，！])(?:([一二三四五六七八九])是|第([一二三四五六七八九])，|（([一二三四五六七八九1-9])）|([①②③④⑤⑥⑦⑧⑨])|([1-9])[.．])",
    )
});
const NUMBERS: [&str; 3] = ["一二三四五六七八九", "123456789", "①②③④⑤⑥⑦⑧⑨"];

/// An item: its number, where the mark before it stands, and where its head begins.
struct Item {
    number: usize,
    mark: usize,
    head: usize,
}

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, text)| line.kind.is_body() && text.contains('；')) {
        let items = items(text);
        for row in items.chunk_by(|left, right| left.number + 1 == right.number) {
            if let Some(at) = mixed(text, row) {
                let span = place(line, &(at..at + '；'.len_utf8()));
                let message = "同一组并列的几项里，有的用“。”断开，有的用“；”断开";
                let hint = "请统一：各项之间都用“；”、末项用“。”，或者各项都用“。”";
                found.at(&prose.source, span, message, hint);
            }
        }
    }
}

/// The items of a line, by kinds.
fn items(text: &str) -> Vec<Item> {
    let number = |c: char| NUMBERS.iter().find_map(|row| row.chars().position(|one| one == c));
    let item = |hit: regex::Captures<'_>| {
        let head = (1..=5).find_map(|group| hit.get(group))?;
        let number = number(head.as_str().chars().next()?)?;
        Some(Item { number, mark: hit.get_match().start(), head: head.start() })
    };
    ITEM.captures_iter(text).filter_map(item).collect()
}

/// The ； in a row of items that also has a 。 between or within items but the last.
fn mixed(text: &str, row: &[Item]) -> Option<usize> {
    let (first, last) = (row.first()?, row.last()?);
    let parted: Vec<&Item> = row[1..].iter().filter(|item| text[item.mark..].starts_with('；')).collect();
    let semi = parted.first()?.mark;
    let span = &text[first.head..last.mark];
    let stops = span.contains('。') || text[last.mark..].starts_with('。');
    stops.then_some(semi)
}
