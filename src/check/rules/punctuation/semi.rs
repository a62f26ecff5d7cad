//! Full stops and semicolons mixed in one enumeration.

use super::super::prelude::*;
use super::marks::place;

/// GB/T 15834-2011, 4.6 and 附录A.5: items are parted by ； up to the last, or each ends with a full stop.
pub(super) const RULE: Rule = Rule::prose("pun-semi", Level::Warning, run);

/// The mark before an item, and the head of the item, a group for each kind.
static ITEM: Pattern = Pattern::new(
    "(?:^|[。；：，！])(?:([一二三四五六七八九])是|第([一二三四五六七八九])，|（([一二三四五六七八九])）\
         |（([1-9])）|([①②③④⑤⑥⑦⑧⑨])|([1-9])[.．][^0-9])",
);
const NUMBERS: [&str; 3] = ["一二三四五六七八九", "123456789", "①②③④⑤⑥⑦⑧⑨"];

/// An item: its kind and number, where the mark before it stands, and where its head begins.
struct Item {
    kind: usize,
    number: usize,
    mark: usize,
    head: usize,
}

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, text)| line.kind.is_body() && text.contains('；')) {
        let items: Vec<Item> = ITEM.captures_iter(text).filter_map(|hit| item(&hit)).collect();
        let next = |left: &Item, right: &Item| left.kind == right.kind && left.number + 1 == right.number;
        for (at, message, hint) in items.chunk_by(next).filter_map(|row| slip(text, row)) {
            let span = place(line, &(at..at + '；'.len_utf8()));
            found.at(&prose.source, span, message, hint);
        }
    }
}

/// What is said of a row of items, and where.
fn slip(text: &str, row: &[Item]) -> Option<(usize, &'static str, &'static str)> {
    if let Some(at) = mixed(text, row) {
        return Some((
            at,
            "同一组并列的几项里，有的用“。”断开，有的用“；”断开",
            "请统一：各项之间都用“；”、末项用“。”，或者各项都用“。”",
        ));
    }
    let at = text.trim_end().strip_suffix('；')?.len();
    (row.len() > 1).then_some((at, "并列的几项说完了，末尾还用“；”", "请把末尾的“；”改成“。”"))
}

fn item(hit: &Captures<'_>) -> Option<Item> {
    let (kind, head) = (1..=6).find_map(|kind| Some((kind, hit.get(kind)?)))?;
    let digit = head.as_str().chars().next()?;
    let number = NUMBERS.iter().find_map(|row| row.chars().position(|one| one == digit))?;
    Some(Item { kind, number, mark: hit.get_match().start(), head: head.start() })
}

/// The first ； that parts two items of a row, if a full stop stands in it before the last item too.
fn mixed(text: &str, row: &[Item]) -> Option<usize> {
    let (first, last) = (row.first()?, row.last()?);
    let semicolon = row[1..].iter().find(|item| text[item.mark..].starts_with('；'))?;
    let stops = text[first.head..last.mark].contains('。') || text[last.mark..].starts_with('。');
    stops.then_some(semicolon.mark)
}
