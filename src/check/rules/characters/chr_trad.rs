//! Traditional and variant characters.

use std::sync::LazyLock;

use super::super::prelude::*;
use super::super::punctuation::marks::place;

/// 国家通用语言文字法; 通用规范汉字表: documents use the standard characters.
pub(super) const RULE: Rule = Rule::prose("chr-trad", Level::Warning, run);

/// Traditional characters, each with its standard one, in the order of their code points. Characters that
/// also stand in simplified text, or in names that keep them, are left out. The pairs are those of OpenCC's
/// character table (Apache-2.0) whose first character is frequent in Big5 and unknown to GB 2312.
static STANDARD: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let pair = |pair: &str| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    };
    include_str!("trad.txt").split_whitespace().filter_map(pair).collect()
});

fn standard(c: char) -> Option<char> {
    let index = STANDARD.binary_search_by_key(&c, |(traditional, _)| *traditional).ok()?;
    Some(STANDARD[index].1)
}

/// Told once a line, at the first of them: such a line has many.
fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut hits = text.char_indices().filter_map(|(at, c)| Some((at, c, standard(c)?)));
        let Some((at, c, right)) = hits.next() else { continue };
        let message = match hits.count() {
            0 => format!("“{c}”是繁体字或异体字"),
            more => format!("“{c}”等{}个字是繁体字或异体字", more + 1),
        };
        let span = place(line, &(at..at + c.len_utf8()));
        found.at(&prose.source, span, message, format!("请改用规范字，“{c}”写成“{right}”"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(STANDARD.is_sorted() && STANDARD.len() > 1500);
        assert_eq!((standard('發'), standard('发')), (Some('发'), None));
    }
}
