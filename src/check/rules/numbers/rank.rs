//! Ordinals in two scripts.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::numeral;

/// GB/T 15835-2011, 4.3: ordinals of one kind take one form.
pub(super) const RULE: Rule = Rule::prose("num-rank", Level::Warning, run);

static ORDINAL: Pattern = Pattern::new(
    "(?P<mark>第|前)?(?:(?P<digits>[0-9]{1,2})|(?P<han>[一二三四五六七八九十]{1,3}))个?\
         (?P<noun>季度|次|批次|批|期|届|轮|个|阶段|部分|步|场|名|位|组|站|章|条|标段|类|种|天|周|产业|层|代|方面|场次|梯队)",
);

/// What follows an ordinal without being what is counted.
const NO_THING: [char; 7] = ['和', '与', '及', '或', '的', '是', '为'];

/// An ordinal of a line.
struct Ordinal<'t> {
    span: std::ops::Range<usize>,
    text: &'t str,
    digits: Option<u64>,
    front: &'t str,
    noun: &'t str,
    /// The first two characters of what is counted, where it follows.
    thing: &'t str,
}

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let ordinals: Vec<Ordinal<'_>> =
            ORDINAL.captures_iter(text).filter_map(|groups| ordinal(text, &groups)).collect();
        for (at, one) in ordinals.iter().enumerate().filter(|(_, one)| !line.is_quoted(&one.span)) {
            let Some(value) = one.digits else { continue };
            let mixed =
                reading::around(&ordinals, at).any(|other| other.digits.is_none() && alike(one, other));
            let front = one.front == "前" && one.noun == "季度";
            if mixed || front {
                let right = format!("{}{}{}", one.front, ordinal_word(one.front, value), one.noun);
                let message = if mixed {
                    format!("“{}”和同一段里汉字的序数写法不一致", one.text)
                } else {
                    format!("“{}”习惯用汉字", one.text)
                };
                found.at(
                    &prose.source,
                    reading::place(line, one.span.clone()),
                    message,
                    format!("请写成“{right}”"),
                );
            }
        }
    }
}

/// Whether two ordinals are of one kind: 第4次会议 and 第三次党代会 are not.
fn alike(one: &Ordinal<'_>, other: &Ordinal<'_>) -> bool {
    one.noun == other.noun
        && (one.noun != "次" || one.thing.is_empty() || other.thing.is_empty() || one.thing == other.thing)
}

/// A number as it is said: 前两季度, but 第二季度.
fn ordinal_word(front: &str, value: u64) -> String {
    if front == "前" { numeral::count_before_measure(value) } else { numeral::count(value) }
}

/// An ordinal; a quarter is one without 第 too, and 第一位 may only mean what comes first.
fn ordinal<'t>(text: &'t str, groups: &Captures<'t>) -> Option<Ordinal<'t>> {
    let hit = groups.get(0)?;
    let front = groups.name("mark").map_or("", |mark| mark.as_str());
    let noun = groups.name("noun")?.as_str();
    let han = groups.name("han").map(|han| han.as_str());
    let counted = noun != "季度" && front != "第" || han == Some("一") && ["位", "个", "名"].contains(&noun);
    let digits = groups.name("digits").and_then(|digits| digits.as_str().parse().ok());
    let thing = reading::lead(text, hit.end(), 6);
    let thing = if thing.starts_with(NO_THING) || !thing.chars().all(is_han) { "" } else { thing };
    (!counted).then(|| Ordinal { span: hit.range(), text: hit.as_str(), digits, front, noun, thing })
}
