//! The year and the name of a report, as its title, its first lines or its file say.

use crate::document::{Block, Document, Line};
use crate::period::Period;
use crate::zh::pattern::Pattern;

/// How many paragraphs are read for a year where the title names none.
const FIRST: usize = 4;
/// Longest name of a template, in characters.
const LONGEST: usize = 16;

static YEAR: Pattern = Pattern::new("(?:19|20)[0-9]{2}|二[〇零○]{1}[〇零○一二三四五六七八九]{2}");

/// The year that a report speaks of: that of its title, of its file name, or of its first paragraphs.
pub fn year(document: &Document, file: &str) -> Option<Period> {
    let title = document.blocks.iter().filter(|block| is_title(block));
    let first = document.blocks.iter().take(FIRST);
    let title = title.map(|block| Line::of(block).text).find_map(|text| in_words(&text));
    title
        .or_else(|| in_words(file))
        .or_else(|| first.map(|block| Line::of(block).text).find_map(|text| in_words(&text)))
}

fn is_title(block: &Block) -> bool {
    matches!(block, Block::Title(_))
}

fn in_words(text: &str) -> Option<Period> {
    let found = YEAR.find(text)?.as_str();
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        _ => c
            .to_digit(10)
            .or_else(|| "一二三四五六七八九".chars().position(|one| one == c).map(|at| at as u32 + 1)),
    };
    let year = found.chars().filter_map(digit).fold(0, |year, digit| year * 10 + digit as i32);
    (1949..=2999).contains(&year).then(|| Period::year(year))
}

/// A name for the template: the title without its year, else that of the file, else 工作汇报.
pub fn name(document: &Document, file: &str) -> String {
    let title = document.title().unwrap_or_default();
    let names = [title.as_str(), file].map(plain_name);
    names
        .into_iter()
        .find(|name| (2..=LONGEST).contains(&name.chars().count()))
        .unwrap_or_else(|| "工作汇报".to_owned())
}

/// The Chinese characters of a title, without its year and what ties it on.
fn plain_name(title: &str) -> String {
    let title = YEAR.replace_all(title, "");
    let title = title.replace("年度", "").trim_start_matches("关于").replace("年的", "").replace('年', "");
    title.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input;

    #[test]
    fn the_title_tells_year_and_name_before_the_file() {
        for (text, file, wanted) in [
            (
                "云溪镇2010年政协工作总结\n2009年以来，变化大。\n末\n",
                "汇报2011",
                (Some(2010), "云溪镇政协工作总结"),
            ),
            ("关于二〇一一年度信访工作的报告\n正文。\n末\n", "稿", (Some(2011), "信访工作的报告")),
            ("工作总结\n一年来，成绩大。\n末\n", "2012年总结", (Some(2012), "工作总结")),
            ("云溪镇2024年\n工作总结\n一年来，成绩大。\n末\n", "x", (Some(2024), "云溪镇工作总结")),
            ("短句。\n2013年，开了会。\n末。\n", "x", (Some(2013), "工作汇报")),
            ("短句。\n20xx年，开了会。\n末。\n", "x", (None, "工作汇报")),
        ] {
            let document = input::text(text).document;
            let wanted = (wanted.0.map(Period::year), wanted.1);
            assert_eq!((year(&document, file), name(&document, file).as_str()), wanted, "{text}");
        }
    }
}
