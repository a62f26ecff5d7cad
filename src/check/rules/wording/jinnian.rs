//! 今年 and 去年 in a text that does not say which year that is.

use super::super::prelude::*;
use super::genre;

/// Practice: a text that is read in another year names its years.
pub(super) const RULE: Rule = Rule::prose("doc-jinnian", Level::Hint, run);

static RELATIVE: Pattern = Pattern::new("今年|去年|前年|明年|本年度|本年(?:[，来内])");
static YEAR: Pattern = Pattern::new("((?:19|20)[0-9]{2})年");
static DATED: Pattern =
    Pattern::new("^[ 　（(]*((?:19|20)[0-9]{2})年[0-9]{1,2}月(?:[0-9]{1,2}日)?[）)]?[ 　]*$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let unsaid = !YEAR.is_match(&prose.source.text);
    if !unsaid && !printed_later(prose) {
        return;
    }
    let mut hits = prose.matches(&RELATIVE).filter_map(|(line, hit)| {
        let word = hit.get(0).filter(|word| !line.is_quoted(&word.range()) && line.kind.is_body())?;
        Some((line, word))
    });
    let Some((line, word)) = hits.next() else { return };
    let name = word.as_str().trim_end_matches(['，', '来', '内']);
    let span = line.span.start + word.start()..line.span.start + word.start() + name.len();
    let message = if unsaid { "看不出是哪一年" } else { "和成文日期不在同一年" };
    found.at(&prose.source, span, format!("“{name}”{message}"), "请写明年份，如“2025年”，隔年再看也不会弄错");
}

/// Whether the year in the title is over when the text is dated.
fn printed_later(prose: &Prose) -> bool {
    let year = |hit: Option<regex::Captures<'_>>| {
        hit.and_then(|hit| hit.get(1)).and_then(|year| year.as_str().parse::<u32>().ok())
    };
    let titled = genre::title(prose).and_then(|(_, title)| year(YEAR.captures(title)));
    let dated = prose.each().filter_map(|(_, text)| year(DATED.captures(text))).last();
    titled.zip(dated).is_some_and(|(titled, dated)| titled < dated)
}
