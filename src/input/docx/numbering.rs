//! `word/numbering.xml`: the numbers that Word sets by itself, as the reader sees them.

use std::collections::BTreeMap;

use super::xml::{attribute, each_tag};
use crate::zh::number::numeral;

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`, `（%2）`.
    text: String,
}

/// The lists of a file and how far each has counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    lists: BTreeMap<u32, Vec<Level>>,
    /// Abstract list and starts of its own, by list.
    used: BTreeMap<u32, (u32, BTreeMap<usize, u32>)>,
    /// Counts by list (lists that restart count by themselves) and level.
    counts: BTreeMap<(u32, usize), u32>,
}

/// More levels than Word has are not kept.
const LEVELS: usize = 9;

impl Numbering {
    pub fn read(xml: &str) -> Numbering {
        let mut numbering = Numbering::default();
        let (mut list, mut used, mut level) = (0, None, 0);
        each_tag(xml, |tag| {
            let number = |name: &str| attribute(tag, name).parse::<u32>().unwrap_or(0);
            match tag.name().as_ref() {
                "w:abstractNum" => {
                    (list, used) = (number("w:abstractNumId"), None);
                    numbering.lists.insert(list, Vec::new());
                }
                "w:num" => used = Some(number("w:numId")),
                "w:abstractNumId" => {
                    let list = number("w:val");
                    used.into_iter()
                        .for_each(|used| drop(numbering.used.insert(used, (list, BTreeMap::new()))));
                }
                "w:lvlOverride" => level = number("w:ilvl") as usize,
                "w:startOverride" => {
                    let starts = used.and_then(|used| numbering.used.get_mut(&used));
                    starts.into_iter().for_each(|(_, starts)| starts.extend([(level, number("w:val"))]));
                }
                name => {
                    let Some(levels) = numbering.lists.get_mut(&list).filter(|_| used.is_none()) else {
                        return;
                    };
                    define(levels, name, &attribute(tag, "w:val"), &attribute(tag, "w:ilvl"));
                }
            }
        });
        numbering
    }

    /// Counts a paragraph of a list and gives the number set before it; empty for bullets.
    pub fn next(&mut self, used: u32, level: usize) -> String {
        let Some((list, starts)) = self.used.get(&used).cloned() else { return String::new() };
        let Some(levels) = self.lists.get(&list).filter(|levels| level < levels.len()).cloned() else {
            return String::new();
        };
        // Lists over one abstract list go on counting, unless they say where they start.
        let counter = if starts.is_empty() { list } else { u32::MAX - used };
        let start = |at: usize| starts.get(&at).copied().unwrap_or(levels[at].start);
        let before = self.counts.get(&(counter, level)).copied();
        self.counts.insert((counter, level), before.map_or(start(level), |count| count.saturating_add(1)));
        self.counts.retain(|(of, at), _| *of != counter || *at <= level);
        let mut text = levels[level].text.clone();
        for (at, one) in levels.iter().enumerate().take(level + 1) {
            let count = self.counts.get(&(counter, at)).copied().unwrap_or(start(at));
            text = text.replace(&format!("%{}", at + 1), &written(count, &one.format));
        }
        if levels[level].format == "bullet" { String::new() } else { text }
    }
}

fn define(levels: &mut Vec<Level>, name: &str, value: &str, level: &str) {
    match name {
        "w:lvl" if levels.len() < LEVELS && level.parse() == Ok(levels.len()) => {
            levels.push(Level { start: 1, ..Level::default() });
        }
        "w:start" => {
            levels.iter_mut().last().into_iter().for_each(|one| one.start = value.parse().unwrap_or(1))
        }
        "w:numFmt" => levels.iter_mut().last().into_iter().for_each(|one| value.clone_into(&mut one.format)),
        "w:lvlText" => levels.iter_mut().last().into_iter().for_each(|one| value.clone_into(&mut one.text)),
        _ => {}
    }
}

/// A count in one of Word's formats (ECMA-376 Part 1, 17.18.59).
fn written(count: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographTraditional" => numeral::count(u64::from(count)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => (1..=20)
            .contains(&count)
            .then(|| char::from_u32(0x245F + count))
            .flatten()
            .map_or(count.to_string(), String::from),
        "decimalFullWidth" => {
            count.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
        }
        "lowerLetter" => letter(count, b'a'),
        "upperLetter" => letter(count, b'A'),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

fn letter(count: u32, first: u8) -> String {
    // Word doubles the letter after 26: aa, bb; longer rows are no numbers that anybody sets.
    let index = count.saturating_sub(1) as usize % (26 * 30);
    let letter = char::from(first + u8::try_from(index % 26).unwrap_or(0));
    String::from(letter).repeat(index / 26 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"#;

    #[test]
    fn lists_count_by_level_and_restart() {
        let mut numbering = Numbering::read(XML);
        let steps = [
            ((1, 0), "一、"),
            ((1, 1), "一.1"),
            ((1, 1), "一.2"),
            ((1, 0), "二、"),
            ((1, 1), "二.1"),
            ((2, 0), "五、"),
            ((2, 0), "六、"),
            ((1, 0), "三、"),
            ((9, 0), ""),
        ];
        for ((list, level), wanted) in steps {
            assert_eq!(numbering.next(list, level), wanted);
        }
    }

    #[test]
    fn counts_are_written_in_every_format() {
        for (format, wanted) in [
            ("decimal", "12"),
            ("chineseCounting", "十二"),
            ("decimalEnclosedCircle", "⑫"),
            ("decimalFullWidth", "１２"),
            ("lowerLetter", "l"),
        ] {
            assert_eq!(written(12, format), wanted);
        }
    }
}
