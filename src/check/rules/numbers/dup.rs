//! Two words that make one number rough.

use super::super::prelude::*;
use super::reading::{self, lead, tail};
use super::rough;
use crate::zh::scan::{Number, NumberKind, Why};

/// Usage of 公文: one number takes one word that makes it rough or bounds it.
pub(super) const RULE: Rule = Rule::prose("num-dup", Level::Error, run);

/// Words right behind a number, beyond those that the scanner takes along.
const BEHIND: [&str; 7] = ["左右", "之内", "之外", "开外", "以上", "以下", "以内"];

/// Words in front of a number that the scanner takes along.
const FRONTS: [&str; 7] = ["超过", "约", "近", "超", "逾", "数", "几"];

/// Words behind a unit that the scanner takes along.
const BACKS: [&str; 5] = ["以上", "以下", "以内", "左右", "上下"];

/// How far behind a number 左右 is looked for, in bytes: behind a noun of four characters.
const NOUN: usize = 18;

/// Where a word stands against the number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Before it, with words between that only go with a word behind.
    Far,
    /// Before it.
    Front,
    /// Within it: 余, 多, 来.
    Middle,
    /// Behind it.
    Back,
}

/// A word that makes the number rough.
struct Word {
    slot: Slot,
    at: Range<usize>,
}

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for number in line.numbers.iter().filter(|number| may_be_rough(line, number)) {
            let words = words(text, number);
            if let [first, second, ..] = words.as_slice() {
                let span = first.at.start.min(number.span.start)
                    ..words.iter().map(|word| word.at.end).fold(number.span.end, usize::max);
                let (wrong, one, other) =
                    (&text[span.clone()], &text[first.at.clone()], &text[second.at.clone()]);
                let message = format!("“{wrong}”把“{one}”和“{other}”用重了");
                let hint = format!(
                    "请留一个，写成“{}”或“{}”",
                    only(text, number, first),
                    only(text, number, second)
                );
                found.at(&prose.source, reading::place(line, span), message, hint);
            }
        }
    }
}

fn may_be_rough(line: &ProseLine, number: &Number) -> bool {
    let kind = match number.kind {
        NumberKind::Figure => true,
        NumberKind::Typed(why) => {
            matches!(why, Why::Routine | Why::Standard | Why::Period | Why::Date | Why::Year)
        }
    };
    let ages = number.kind == NumberKind::Typed(Why::Standard) && number.text.contains('岁');
    kind && !ages && !line.is_quoted(&number.span)
}

/// Whether a number says what kind of thing is meant: at least three 5000万元以上项目.
fn defines(number: &Number) -> bool {
    number.kind == NumberKind::Typed(Why::Standard) && number.text.contains(['元', '亩', '年', '吨', '%'])
}

/// The words that make a number rough, in the order of the text.
fn words(text: &str, number: &Number) -> Vec<Word> {
    let middle = middle(text, number);
    let front = front(text, number)
        .filter(|front| middle.is_some() || !text[front.at.clone()].starts_with(['数', '几']));
    let start = front.as_ref().map_or(number.span.start, |word| word.at.start);
    let (rough, begun) = (middle.is_some(), front.is_some());
    let mut words: Vec<Word> = front.into_iter().chain(middle).chain(backs(text, number)).collect();
    if words.is_empty() {
        return words;
    }
    let reaches = |far: &Range<usize>| {
        let about = text[far.clone()].ends_with(['约', '概', '近']);
        (about || !rough && !begun) && !defines(number)
    };
    let close = rough::close(text, start).map(|at| Word { slot: Slot::Front, at });
    let far = || rough::ahead(text, start).filter(reaches).map(|at| Word { slot: Slot::Far, at });
    if let Some(outer) = close.or_else(far) {
        words.insert(0, outer);
    }
    words
}

/// 约 and its like within what the scanner takes for the number, 大约 and 将近 whole. 近三年 is no number.
fn front(text: &str, number: &Number) -> Option<Word> {
    if matches!(number.kind, NumberKind::Typed(Why::Period)) {
        return None;
    }
    let word = FRONTS.iter().find(|word| number.text.starts_with(**word))?;
    let longer = tail(text, number.span.start, 3);
    let more = matches!((longer, *word), ("大", "约") | ("将" | "接", "近"));
    let start = number.span.start - if more { longer.len() } else { 0 };
    Some(Word { slot: Slot::Front, at: start..number.span.start + word.len() })
}

/// 余, 多 or 来 within the number or right behind its digits.
fn middle(text: &str, number: &Number) -> Option<Word> {
    if !matches!(number.kind, NumberKind::Figure | NumberKind::Typed(Why::Routine | Why::Standard)) {
        return None;
    }
    let inside = number.text.char_indices().find(|(at, c)| *at > 0 && "余多来".contains(*c));
    let at = match inside {
        Some((at, _)) => number.span.start + at,
        None if number.text.ends_with(|c: char| c.is_ascii_digit())
            && text[number.span.end..].starts_with('来') =>
        {
            number.span.end
        }
        None => return None,
    };
    Some(Word { slot: Slot::Middle, at: at..at + '余'.len_utf8() })
}

/// 左右 and its like at the end of the number and behind it.
fn backs(text: &str, number: &Number) -> impl Iterator<Item = Word> {
    let end = number.span.end;
    let inside = BACKS.iter().find(|word| number.text.ends_with(**word)).map(|word| end - word.len()..end);
    let direct = BEHIND.iter().find(|word| text[end..].starts_with(**word)).map(|word| end..end + word.len());
    let behind = direct.or_else(|| if inside.is_none() { behind_noun(text, end) } else { None });
    inside.into_iter().chain(behind).map(|at| Word { slot: Slot::Back, at })
}

/// 左右 behind the noun that is counted: 300名群众左右.
fn behind_noun(text: &str, end: usize) -> Option<Range<usize>> {
    let near = lead(text, end, NOUN);
    let at = near.find("左右").or_else(|| near.find("上下"))?;
    let noun = &near[..at];
    let after = end + at + "左右".len();
    let ends = text[after..].chars().next().is_none_or(|c| "，。；、的）)".contains(c));
    let short = (1..=4).contains(&noun.chars().count()) && noun.chars().all(is_han);
    (ends && short).then(|| end + at..after)
}

/// The number with one of the words only.
fn only(text: &str, number: &Number, word: &Word) -> String {
    let said = &text[word.at.clone()];
    let front = FRONTS.iter().find(|front| number.text.starts_with(**front)).map_or(0, |front| front.len());
    let back = BACKS.iter().find(|back| number.text.ends_with(**back)).map_or(0, |back| back.len());
    let amount = &number.text[front..number.text.len() - back];
    let exact = amount.replacen(['余', '多', '来'], "", 1);
    match word.slot {
        Slot::Far => format!("{}{exact}", &text[word.at.start..number.span.start]),
        Slot::Front => format!("{said}{exact}"),
        Slot::Middle => amount.to_owned(),
        Slot::Back if word.at.start > number.span.end => {
            format!("{exact}{}", &text[number.span.end..word.at.end])
        }
        Slot::Back => format!("{exact}{said}"),
    }
}
