//! What a table is besides its words: the marks of its caption, the line of its unit, notes, and how wide its columns
//! have to be so that no figure is broken.

use super::measure::{area, cell_width};
use super::{Block, Cell, Document, Element, Merged, Row, Table, plain};
use crate::diag::Diagnostic;
use crate::zh::pattern::Pattern;
use crate::zh::scan::written;
use crate::zh::width::half_cells;

/// Begins the line that says the unit of the numbers below it.
pub const UNIT: &str = "单位：";
/// Begins a caption.
pub const CAPTION: &str = "表：";
/// Begins a note where it does not begin as notes do.
pub const NOTE: &str = "表注：";
/// In the marks of a caption: the table stands on a page that lies on its side.
const LANDSCAPE: &str = "横排";
/// In the marks of a caption: widths of the columns, in characters; 0 leaves one to the program.
const WIDTHS: &str = "列宽";
/// Widest column that a template may ask for, in characters.
const WIDEST: usize = 40;
/// Longest piece that is kept whole, in half characters: no figure is longer.
const LONGEST: usize = 40;

/// What a line right under a table begins with that is a note of it.
static NOTE_BEGINS: Pattern = Pattern::new("^(?:注[0-9]{0,2}|资料来源|数据来源)[：:]");
/// A cell of one number and a unit of a few characters, which is whole whatever it counts: most cells are, and for them
/// the grammar of numbers need not be built.
static AMOUNT: Pattern = Pattern::new("^-?[0-9][0-9.,]{0,20}[^0-9\\s]{0,4}$");
/// Latin letters and digits, which are never broken.
static WORD: Pattern = Pattern::new("[!-~]+");

/// Whether a line right under a table is a note of it.
pub fn is_note(line: &str) -> bool {
    NOTE_BEGINS.is_match(line)
}

/// What stands in brackets behind 表, and the caption: `表（横排，列宽 8、4）：各村情况`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The table stands on pages that lie on their side.
    pub landscape: bool,
    /// Widths of its columns, in half characters.
    pub widths: Vec<usize>,
}

impl Marks {
    /// The marks of a line that is the caption of a table, and its words; nothing where it is another line.
    pub fn read(line: &str) -> Option<(Marks, &str)> {
        if let Some(caption) = line.strip_prefix(CAPTION) {
            return Some((Marks::default(), caption));
        }
        let (inside, caption) = line.strip_prefix("表（")?.split_once("）：")?;
        let mut marks = Marks::default();
        for mark in inside.split('，') {
            match mark.trim() {
                LANDSCAPE => marks.landscape = true,
                mark => marks.widths = widths(mark.strip_prefix(WIDTHS)?.trim())?,
            }
        }
        Some((marks, caption))
    }

    /// The start of the caption that says them.
    pub fn written(&self) -> String {
        let characters = |half: &usize| {
            if half.is_multiple_of(2) { (half / 2).to_string() } else { format!("{}.5", half / 2) }
        };
        let widths: Vec<String> = self.widths.iter().map(characters).collect();
        let widths = (!widths.is_empty()).then(|| format!("{WIDTHS} {}", widths.join("、")));
        let marks: Vec<String> =
            self.landscape.then(|| LANDSCAPE.to_owned()).into_iter().chain(widths).collect();
        if marks.is_empty() { CAPTION.to_owned() } else { format!("表（{}）：", marks.join("，")) }
    }
}

/// Widths in characters, halves allowed, as half characters.
fn widths(words: &str) -> Option<Vec<usize>> {
    let width = |word: &str| {
        let (whole, half) = match word.trim().split_once('.') {
            Some((whole, "5")) => (whole, 1),
            Some(_) => return None,
            None => (word.trim(), 0),
        };
        let whole: usize = whole.parse().ok()?;
        (whole <= WIDEST).then_some(whole * 2 + half)
    };
    words.split('、').map(width).collect()
}

impl Table {
    /// What its caption says besides its words.
    pub fn marks(&self) -> Marks {
        Marks { landscape: self.landscape, widths: self.widths.clone() }
    }

    /// Twips that each column needs at least, so that no figure in it is broken.
    pub fn least(&self) -> Vec<usize> {
        let columns = self.width();
        let mut least = vec![cell_width(2); columns];
        let each = |row: &Row, across: bool, least: &mut Vec<usize>| {
            for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.merged == Merged::Not)
            {
                let span = row.across(column);
                if (span > 1) == across {
                    let has: usize = least[column..column + span].iter().sum();
                    least[column + span - 1] += cell_width(needed(cell)).saturating_sub(has);
                }
            }
        };
        for across in [false, true] {
            self.all_rows().for_each(|row| each(row, across, &mut least));
        }
        least
    }

    /// Whether its columns have room beside each other in the type area, on a page on its side or not.
    pub fn fits(&self, landscape: bool) -> bool {
        self.least().iter().sum::<usize>() <= area(landscape).0
    }

    /// What it is called by: its caption, else the first words of its head.
    pub fn name(&self) -> String {
        let caption = plain(&self.caption);
        let first = || self.heads().into_iter().find(|head| !head.is_empty()).unwrap_or_default();
        if caption.is_empty() { first() } else { caption }
    }

    /// The words over each of its columns, those of the lowest row of the head that has some.
    pub fn heads(&self) -> Vec<String> {
        let head = |column: usize| {
            let words = self.head.iter().rev().filter_map(|row| row.cells.get(column));
            words
                .map(|cell| plain(&cell.words).replace('\n', ""))
                .find(|words| !words.is_empty())
                .unwrap_or_default()
        };
        (0..self.width()).map(head).collect()
    }
}

/// Half characters of the longest piece of a cell that is not to be broken.
fn needed(cell: &Cell) -> usize {
    let words = plain(&cell.words);
    if AMOUNT.is_match(&words) {
        return half_cells(&words).max(2);
    }
    let pieces = written(&words).into_iter().chain(WORD.find_iter(&words).map(|word| word.range()));
    pieces.map(|piece| half_cells(&words[piece])).filter(|half| *half <= LONGEST).max().unwrap_or(2).max(2)
}

/// A table whose figures have no room beside each other stands on a page on its side; one that has none there either
/// cannot be printed.
pub(super) fn turned(table: &mut Table) -> Option<Diagnostic> {
    if table.chart.is_some() || table.fits(table.landscape) {
        return None;
    }
    table.landscape = true;
    if table.fits(true) {
        return None;
    }
    let (name, heads) = (table.name(), table.heads());
    let message = format!("表“{name}”有{}列（{}），横排的一页也放不下", heads.len(), heads.join("、"));
    Some(
        Diagnostic::error("table-too-wide", message)
            .hint("请分成两张表，或少列几列；单位写到表头里（单位=\"表头\"），格子里只留数，也能窄一些"),
    )
}

/// Whether a block stands on a page that lies on its side: a wide table, the notes under it, and what leads to it.
pub fn is_landscape(document: &Document, index: usize) -> bool {
    let above = document.blocks[..document.blocks.len().min(index + 1)].iter().rev().map(Block::itself);
    let table = above.map_while(|block| match block {
        Block::Table(table) => Some(Some(table.landscape)),
        Block::TableNote(_) => Some(None),
        _ => None,
    });
    table.flatten().next().unwrap_or(false) || leads_to_landscape(document, index)
}

/// Whether a block is a heading right above a wide table, or the head or the title of an annex that is one: alone it
/// would stand at the foot of an upright page with nothing below it.
pub fn leads_to_landscape(document: &Document, index: usize) -> bool {
    let mut annex = title_of_annex(document, index);
    for (at, block) in document.blocks.iter().enumerate().skip(index) {
        match block.itself() {
            Block::Heading { body, .. } if body.is_empty() => {}
            Block::Element { element: Element::Annex, .. } => annex = true,
            Block::Title(_) if annex => {}
            Block::Table(table) => return table.landscape && at > index,
            _ => return false,
        }
    }
    false
}

/// Whether the lines of a title right above a block, or the block itself, are those of an annex.
pub fn title_of_annex(document: &Document, index: usize) -> bool {
    let mut above = document.blocks.iter().take(index).rev().map(Block::itself);
    let above = above.find(|block| !matches!(block, Block::Title(_)));
    matches!(above, Some(Block::Element { element: Element::Annex, .. }))
}

/// Whether the last two rows of a table stay together, so that no row, often that of the totals, is alone on a page.
/// Rows of merged cells may part anywhere: word processors differ there.
pub fn last_rows_stay(table: &Table) -> bool {
    let alone = |row: &Row| row.cells.iter().all(|cell| cell.merged != Merged::Up);
    table.rows.len() > 1 && table.rows.iter().rev().take(2).all(alone)
}

/// Whether the block of this index is a note under a table.
pub fn is_note_at(document: &Document, index: usize) -> bool {
    matches!(document.blocks.get(index).map(Block::itself), Some(Block::TableNote(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;

    fn table(rows: &[&[&str]]) -> Table {
        let row = |row: &&[&str]| {
            Row::from(row.iter().map(|cell| vec![Inline::Text((*cell).to_owned())]).collect::<Vec<_>>())
        };
        let mut rows: Vec<Row> = rows.iter().map(row).collect();
        Table { rows: rows.split_off(1), head: rows, ..Table::default() }
    }

    #[test]
    fn marks_of_a_caption_are_read_as_they_are_written() {
        let marks = Marks { landscape: true, widths: vec![16, 0, 9] };
        assert_eq!(marks.written(), "表（横排，列宽 8、0、4.5）：");
        assert_eq!(Marks::read(&format!("{}各村", marks.written())), Some((marks, "各村")));
        assert_eq!(Marks::read("表：各村"), Some((Marks::default(), "各村")));
        for other in ["表（一）：各村", "表（列宽 八）：各村", "表（列宽 41）：各村", "表彰：各村"]
        {
            assert_eq!(Marks::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_column_has_room_for_its_longest_figure() {
        let table = table(&[&["村", "投资"], &["东湾村委会", "计划投资12345.67万元"], &["西岭", "共3件"]]);
        let least = table.least();
        assert_eq!(least, [cell_width(2), cell_width(12)]);
        assert!(table.fits(false));
    }

    #[test]
    fn a_cell_of_one_amount_is_whole_and_never_narrower_than_what_is_written_in_it() {
        for words in
            ["780万元", "-3.5", "1,234.56平方米", "62人", "98.5%", "12个村", "2011年", "5", "3.86亿元"]
        {
            let cell = Cell::from(vec![Inline::Text(words.to_owned())]);
            assert_eq!(needed(&cell), half_cells(words).max(2), "{words}");
            assert!(written(words).iter().all(|span| half_cells(&words[span.clone()]) <= needed(&cell)));
        }
        let needs = |words: &str| needed(&Cell::from(vec![Inline::Text(words.to_owned())]));
        assert_eq!(needs("正在安装，年底完成1200万元"), half_cells("1200万元"));
        assert_eq!(needs("湖南省宝庆农产品出口有限公司"), 2);
    }

    #[test]
    fn the_columns_under_a_merged_figure_share_it() {
        let mut table = table(&[&["甲", "乙", "丙"], &["1", "123456789012万元", ""]]);
        table.rows[0].cells[2].merged = Merged::Left;
        let least = table.least();
        assert_eq!(least[1] + least[2], cell_width(16));
    }

    #[test]
    fn notes_are_told_by_how_they_begin() {
        for note in ["注：含集体经济。", "注1：按常住人口", "资料来源：镇统计站"] {
            assert!(is_note(note), "{note}");
        }
        for other in ["注意：请核对。", "备注：无", "注重实效。", "来源：镇"] {
            assert!(!is_note(other), "{other}");
        }
    }
}
