//! Words before a number that make it rough or bound it.

use std::ops::Range;

use super::reading::tail;
use crate::check::is_han;

/// Such words, longer ones first.
const WORDS: [&str; 17] = [
    "不少于",
    "不多于",
    "不低于",
    "不高于",
    "不超过",
    "差不多",
    "大约",
    "大概",
    "接近",
    "将近",
    "超过",
    "至少",
    "最少",
    "起码",
    "最多",
    "至多",
    "不足",
];

/// Those that may stand a few words ahead: 大约投入300万元.
const AHEAD: [&str; 10] = ["差不多", "大约", "大概", "将近", "至少", "最少", "起码", "最多", "至多", "约"];

/// Characters that make another word of 约 and 不到.
const NOT_YUE: &str = "签节合契条预履违公特制相集简邀规民租续要大";
const NOT_BUDAO: &str = "达找看想";

/// What does not stand between such a word and its number.
const APART: &str = "的时全上较比谈定束见请会访法";

/// The longest stretch between, in characters.
const BETWEEN: usize = 4;

/// A word right before a place of the text.
pub(super) fn close(text: &str, at: usize) -> Option<Range<usize>> {
    let whole = tail(text, at, 24);
    let near = whole
        .strip_suffix(['了', '有', '为', '达', '过'])
        .filter(|_| !whole.ends_with("超过"))
        .unwrap_or(whole);
    let length = WORDS.iter().find(|word| near.ends_with(**word)).map(|word| word.len());
    let length =
        length.or_else(|| single(near, "约", NOT_YUE)).or_else(|| single(near, "不到", NOT_BUDAO))?;
    let end = at - (whole.len() - near.len());
    Some(end - length..end)
}

/// The length of a word at the end of a text, unless the character before makes another word of it.
fn single(near: &str, word: &str, others: &str) -> Option<usize> {
    let before = near.strip_suffix(word)?;
    (!before.ends_with(|c| others.contains(c))).then_some(word.len())
}

/// A word a few words before a place of the text.
pub(super) fn ahead(text: &str, at: usize) -> Option<Range<usize>> {
    let near = tail(text, at, 48);
    let found = AHEAD.iter().filter_map(|word| near.rfind(word).map(|start| start..start + word.len()));
    let word = found.max_by_key(|word| (word.end, word.len()))?;
    let own = &near[word.clone()] != "约" || single(&near[..word.end], "约", NOT_YUE).is_some();
    let from = at - near.len();
    (own && leads(&near[word.end..])).then(|| from + word.start..from + word.end)
}

/// Whether words may stand between such a word and its number: 投入, or 占全镇的.
fn leads(between: &str) -> bool {
    let count = between.chars().count();
    let apart = |c: char| !is_han(c) || APART.contains(c);
    let share = between.starts_with('占') && between.chars().all(is_han) && count <= 2 * BETWEEN + 2;
    (1..=BETWEEN).contains(&count) && !between.contains(apart) || share && between.ends_with('的')
}
