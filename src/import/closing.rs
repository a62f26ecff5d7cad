//! The end of a report: who signs, when, to whom it goes. Its dates move on with the year.

use crate::document::{Block, Document, Line, plain};
use crate::input::is_behind_signature;
use crate::period::Period;
use crate::zh::number::numeral;
use crate::zh::pattern::Pattern;

/// So many blocks may stand behind the text.
const MOST: usize = 12;
/// Longer lines are text.
const LONGEST: usize = 40;
/// Rows of a table that only places a signature.
const MOST_ROWS: usize = 4;

/// A day or month of a year, in any writing.
static DATED: Pattern = Pattern::new(
    "(?:[0-9]{4}|[一二三四五六七八九〇○零]{4})[ 　]*(?:年[ 　]*[0-9一二三四五六七八九十元]{0,3}[ 　]*月|[-./][0-9]{1,2}[-./][0-9]{1,2})",
);

/// The first block of the end of a report; their number where it has none.
pub(super) fn begins(document: &Document) -> usize {
    let count = document.blocks.len();
    let ends = document.blocks.iter().rev().take(MOST).take_while(|block| is_of_end(block)).count();
    count - ends.min(count.saturating_sub(1))
}

fn is_of_end(block: &Block) -> bool {
    match block {
        Block::Table(table) => table.all_rows().count() <= MOST_ROWS,
        Block::Title(_) | Block::Picture(_) | Block::Changed(..) => false,
        Block::Byline(_) | Block::Signature(_) | Block::Date(_) => true,
        _ => {
            let words = Line::of(block).text;
            let words = words.trim();
            is_behind_signature(block) || words.chars().count() <= LONGEST && !words.contains('。')
        }
    }
}

/// Whether a block of the end names a day.
pub(super) fn is_dated(block: &Block) -> bool {
    match block {
        Block::Table(table) => {
            table.all_rows().flat_map(|row| &row.cells).any(|cell| DATED.is_match(&plain(&cell.words)))
        }
        Block::Heading { .. } | Block::Point { .. } | Block::Picture(_) => false,
        _ => DATED.is_match(&Line::of(block).text),
    }
}

/// Words as they stand in a template, with the year of the report, or the next, as one that moves on.
pub(super) fn dated(typed: &str, year: Period) -> String {
    for offset in [0, 1] {
        let of = year.shifted(offset);
        let number = of.calendar_year().to_string();
        let digits = format!("{}年", numeral::digits(&number));
        let after = if offset == 0 { String::new() } else { format!(" {offset}") };
        for (words, manner) in [(of.words(), ""), (digits, " 样式=\"逐位\""), (number, " 样式=\"数字\"")]
        {
            if typed.contains(&words) {
                return typed.replace(&words, &format!("{{{{年度{after}{manner}}}}}"));
            }
        }
    }
    typed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::draft;
    use crate::input;

    #[test]
    fn a_day_moves_on_in_every_writing_of_the_end() {
        for (end, wanted) in [
            ("石桥镇人民政府\n2024年12月26日\n（此件公开发布）", "成文日期：{{年度}}12月26日"),
            ("石桥镇人民政府（盖章）2024年12月26日", "石桥镇人民政府（盖章）{{年度}}12月26日"),
            ("石桥镇人民政府\n时间：2024-12-26", "时间：{{年度 样式=\"数字\"}}-12-26"),
            ("石桥镇人民政府\n2024.12.26", "{{年度 样式=\"数字\"}}.12.26"),
            ("石桥镇人民政府\n二〇二五年元月八日", "{{年度 1 样式=\"逐位\"}}元月八日"),
            ("石桥镇人民政府\n2024年12月 日", "{{年度}}12月"),
            (
                "抄送：县政府办，县财政局。\n石桥镇党政办2024年12月26日印发",
                "印发机关：石桥镇党政办\n\n印发日期：{{年度}}12月26日\n",
            ),
        ] {
            let text = format!("云溪镇2024年工作总结\n一、治理\n全年走访28户，成绩很大。\n{end}\n");
            let draft = draft(&input::text(&text).document, Period::year(2024), "总结").unwrap();
            assert!(draft.template.contains(wanted), "{wanted} not in {}", draft.template);
        }
        // In the text a day stays as it is written.
        let text = "云溪镇2024年工作总结\n一、治理\n2024年12月26日，召开会议。\n末尾还有一句话。\n";
        let draft = draft(&input::text(text).document, Period::year(2024), "总结").unwrap();
        assert!(!draft.template.contains("{{年度}}12月26日"), "{}", draft.template);
    }
}
