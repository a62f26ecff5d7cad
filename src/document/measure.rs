//! Measures of the page that Word and the preview share, so that both set the same lines (GB/T 9704-2012).
//!
//! Lengths are in twips (1/1440 inch, 1/20 point), widths of text in half characters.

use super::{Block, Document, Element, Form, Inline, Row, Table, plain};
use crate::zh::title;
use crate::zh::width::half_cells;

/// Width and height of the paper, A4 (5.1).
pub const PAPER: (usize, usize) = (11906, 16838);
/// White to the left of the type area (订口), 28 mm, and above it (天头), 37 mm (5.2.1).
pub const LEFT: usize = 1588;
/// White above the type area.
pub const TOP: usize = 2098;
/// Width of the type area (版心), 156 mm.
pub const WIDTH: usize = 8844;
/// Height of the type area, 225 mm.
pub const HEIGHT: usize = 12756;
/// Line pitch: 12756 ÷ 22, rounded down so that the 22nd line fits.
pub const PITCH: usize = 579;
/// One character of body text on the grid: 28 of them and a little stand on a line.
pub const CHARACTER: usize = 315;
/// Half characters of a line.
pub const LINE: usize = 56;
/// Pitch of the lines of a title: 22 pt type with the leading of the body.
pub const TITLE_PITCH: usize = 700;
/// Longest line of a title, in half characters: 20 characters at 22 pt.
pub const TITLE_LINE: usize = 40;
/// Pitch of the lines of a table cell, 12 pt type.
pub const CELL_PITCH: usize = 320;
/// White above and below the lines of a cell, each.
pub const CELL_SPACE: usize = 40;
/// White to the left and to the right of the lines of a cell, each.
pub const CELL_MARGIN: usize = 57;
/// Lines of the page that a chart takes; it is as wide as the type area and stands on the foot of the last of them.
pub const CHART_LINES: usize = 7;
/// White between a picture and the foot of its lines: what letters reach below the line.
pub const PICTURE_FOOT: usize = 45;
/// The low line after a table.
pub const SPACER: usize = 240;
/// Half a character of a cell, 12 pt type.
pub const CELL_HALF: usize = 120;
/// What a cell has beyond the words that it is made for, because word processors round widths.
pub const CELL_SLACK: usize = 20;
/// Narrowest column of a table.
pub const NARROWEST: usize = 700;

const _: () = assert!(PITCH * 22 <= HEIGHT && CHARACTER * 28 <= WIDTH, "28 characters, 22 lines");

/// Where a long title breaks into lines of like length, as byte offsets into its words. Empty where it fits
/// on one line, and where parts of it are missing, changed or noted: such a title is left to the word
/// processor, as a break would be part of the text.
pub fn title_breaks(line: &[Inline]) -> Vec<usize> {
    let whole = |inline: &Inline| !matches!(inline, Inline::Text(_) | Inline::Figure { .. });
    if line.iter().any(whole) { Vec::new() } else { title::breaks(&plain(line), TITLE_LINE) }
}

/// The block itself, new or not; one that is gone stands for nothing.
pub(super) fn kept(block: &Block) -> &Block {
    match block {
        Block::Changed(change, block) if change.stays() => block,
        block => block,
    }
}

/// Free half characters to the right of the signature and of the date. Without a seal (7.3.5.2) the date begins
/// two characters to the right of the signature's first one, and the longer of the two stands two characters from
/// the margin. With a seal (7.3.5.1), and in an order (7.3.5.3), the date stands four from it, further where the
/// name in the middle above it would not fit.
pub fn right_of(document: &Document) -> (usize, usize) {
    let mut last = document.blocks.iter().rev().map(kept);
    let named = last.clone().find_map(|block| match block {
        Block::Signature(line) => Some((false, half_cells(&plain(line)))),
        Block::Element { element: Element::Sealed, text, .. } => Some((true, half_cells(&plain(text)))),
        _ => None,
    });
    let dated = last.find_map(|block| match block {
        Block::Date(line) => Some(half_cells(&plain(line))),
        _ => None,
    });
    let ((sealed, name), date) = (named.unwrap_or((false, 0)), dated.unwrap_or(0));
    match (name, date) {
        (name, date) if sealed => (0, name.saturating_sub(date).div_ceil(2).max(8)),
        _ if document.form() == Some(Form::Order) => (8, 8),
        (_, 0) | (0, _) => (4, 4),
        (name, date) if name >= date => (4, name - date),
        (name, date) => (8 + date - name, 4),
    }
}

/// Blank lines above 署名 and 成文日期: one above the first signature, none above those of other organs under it
/// (7.3.5.2); in an order two above the signature and one above the date (7.3.5.3).
pub fn blank_above(document: &Document, index: usize) -> usize {
    // Asked of these blocks alone: the form is looked for among all.
    let order = || document.form() == Some(Form::Order);
    let before = index.checked_sub(1).and_then(|before| document.blocks.get(before)).map(kept);
    match (document.blocks.get(index).map(kept), before) {
        (Some(Block::Signature(_)), Some(Block::Signature(_))) => 0,
        (Some(Block::Signature(_)), _) => 1 + usize::from(order()),
        (Some(Block::Date(_)), Some(Block::Signature(_))) if order() => 1,
        _ => 0,
    }
}

/// How a paragraph keeps to what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// It does not.
    Apart,
    /// Its last lines stand on the page of what follows.
    Next,
    /// All of it stands there.
    Whole,
}

/// The last words of the text go along with the signature (7.3.5.5): a paragraph of up to half a page as a
/// whole. Word would part a shorter one too, LibreOffice never does, so only what is longer is left to them.
pub fn keep(document: &Document, index: usize) -> Keep {
    let following = document.blocks.get(index + 1);
    match document.blocks.get(index) {
        Some(Block::Paragraph(line)) if following.is_some_and(ends) => {
            if half_cells(&plain(line)) <= 10 * LINE { Keep::Whole } else { Keep::Next }
        }
        _ => Keep::Apart,
    }
}

/// Width and height of the type area, of an upright page or of one on its side.
pub fn area(landscape: bool) -> (usize, usize) {
    if landscape { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) }
}

/// Width of the type area that a table stands in: on a page on its side the height of an upright one.
pub fn table_width(table: &Table) -> usize {
    area(table.landscape).0
}

/// Whether a block belongs to the end of the text, which does not stand on a page without words of the text.
pub(super) fn ends(block: &Block) -> bool {
    let sealed = matches!(block, Block::Element { element: Element::Sealed, .. });
    sealed || matches!(block, Block::Signature(_) | Block::Date(_))
}

/// Widths of the columns of a table, together exactly the type area: those that it names, the others in proportion to
/// the longest entry of each, and all of them wide enough for their figures.
pub fn columns(table: &Table) -> Vec<usize> {
    let area = table_width(table);
    let mut least = table.least();
    if least.is_empty() {
        return vec![area];
    }
    let needed: usize = least.iter().sum();
    if needed >= area {
        least.iter_mut().for_each(|width| *width = *width * area / needed);
        return filled(least, area);
    }
    let wanted = wanted(table, area);
    let lacking: usize = least.iter().zip(&wanted).map(|(least, has)| least.saturating_sub(*has)).sum();
    let spare: usize = least.iter().zip(&wanted).map(|(least, has)| has.saturating_sub(*least)).sum();
    let width = |(least, has): (&usize, &usize)| match has.checked_sub(*least) {
        Some(own) => least + own * (spare - lacking.min(spare)) / spare.max(1),
        None => *least,
    };
    filled(least.iter().zip(&wanted).map(width).collect(), area)
}

/// Width of a column in whose cells so many half characters stand on a line.
pub fn cell_width(half: usize) -> usize {
    half * CELL_HALF + 2 * CELL_MARGIN + CELL_SLACK
}

/// Widths with what is left of the type area given to the last column. None is so near to a whole number of characters
/// that programs which round it differently break its lines differently.
fn filled(mut widths: Vec<usize>, area: usize) -> Vec<usize> {
    let over = |width: usize| width.saturating_sub(2 * CELL_MARGIN) % CELL_HALF;
    let less = |width: usize| if over(width) < CELL_SLACK { over(width) + CELL_SLACK } else { 0 };
    widths.iter_mut().for_each(|width| *width -= less(*width).min(*width));
    let rest = area.saturating_sub(widths.iter().sum());
    if let Some((last, others)) = widths.split_last_mut() {
        *last += rest;
        let lacking = CELL_SLACK.saturating_sub(over(*last));
        let other = others.iter_mut().max_by_key(|other| over(**other)).filter(|_| lacking > 0);
        match other {
            Some(other) if over(*other) >= CELL_SLACK + lacking => {
                (*last, *other) = (*last + lacking, *other - lacking);
            }
            Some(other) => (*last, *other) = (*last - less(*last), *other + less(*last)),
            None => {}
        }
    }
    widths
}

/// The widths that a table names, and what is left shared by the length of the entries; where it names all of them,
/// they are shares.
fn wanted(table: &Table, area: usize) -> Vec<usize> {
    let columns = table.width().max(1);
    let named = |column: usize| table.widths.get(column).copied().filter(|width| *width > 0);
    let fixed: Vec<Option<usize>> = (0..columns).map(|column| named(column).map(cell_width)).collect();
    let taken: usize = fixed.iter().flatten().sum();
    let open = fixed.iter().filter(|width| width.is_none()).count();
    if open == 0 || taken + open * NARROWEST > area {
        let all = taken + open * NARROWEST;
        let width = |width: &Option<usize>| width.unwrap_or(NARROWEST) * area / all.max(1);
        return filled(fixed.iter().map(width).collect(), area);
    }
    // The columns under a merged cell share its words.
    let length = |row: &Row, index: usize| {
        let words = row.cells.get(index).map(|cell| plain(&cell.words)).unwrap_or_default();
        let longest = words.split('\n').map(half_cells).max().unwrap_or(0);
        longest.div_ceil(row.across(index).max(1))
    };
    let longest =
        |index: usize| table.all_rows().map(|row| length(row, index)).max().unwrap_or(1).clamp(4, 36);
    let lengths: Vec<usize> =
        (0..columns).map(|column| if fixed[column].is_some() { 0 } else { longest(column) }).collect();
    let all: usize = lengths.iter().sum();
    let spare = area - taken - NARROWEST * open;
    let width = |(width, length): (&Option<usize>, &usize)| {
        width.unwrap_or_else(|| NARROWEST + spare * length / all.max(1))
    };
    let widths: Vec<usize> = fixed.iter().zip(&lengths).map(width).collect();
    // What the division leaves goes to the last column that is not named.
    let rest = area.saturating_sub(widths.iter().sum());
    let last = fixed.iter().rposition(Option::is_none);
    widths
        .into_iter()
        .enumerate()
        .map(|(at, width)| width + if Some(at) == last { rest } else { 0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cell;

    #[test]
    fn a_long_title_breaks_unless_something_is_missing_in_it() {
        let text = "清溪镇关于二〇一一年度人民政协工作情况和下一步打算的汇报";
        let breaks = title_breaks(&[Inline::Text(text.into())]);
        assert_eq!(breaks.len(), 1);
        assert_eq!(text.split_at(breaks[0]).1, "工作情况和下一步打算的汇报");
        assert!(title_breaks(&[Inline::Text("短题".into())]).is_empty());
        let gap = [Inline::Text(text.into()), Inline::Missing("【待填：甲】".into())];
        assert!(title_breaks(&gap).is_empty());
    }

    #[test]
    fn columns_have_the_widths_that_are_named_and_room_for_their_figures() {
        let row = |cells: [&str; 3]| Row::from(cells.map(|cell| vec![Inline::Text(cell.into())]).to_vec());
        let table = |widths: &[usize]| Table {
            head: vec![row(["企业名称", "投资", "备注"])],
            rows: vec![row(["云溪茶业", "123456789.12万元", &"长".repeat(40)])],
            widths: widths.to_vec(),
            ..Table::default()
        };
        let cell = cell_width;
        let free = columns(&table(&[]));
        assert!(free[1] >= cell(16), "{free:?}");
        let named = columns(&table(&[20]));
        assert_eq!((named[0], named.iter().sum::<usize>()), (cell(20), WIDTH));
        let narrow = columns(&table(&[0, 4]));
        assert_eq!(narrow[1], cell(16), "a figure is not broken, whatever width is named");
        let shares = columns(&table(&[20, 20, 20]));
        assert_eq!(shares[0], shares[1]);
    }

    #[test]
    fn columns_fill_the_type_area() {
        for count in [1usize, 2, 5, 12, 13, 40] {
            let head: Vec<Cell> =
                (0..count).map(|at| vec![Inline::Text("列".repeat(at + 1))].into()).collect();
            let head = vec![head.into()];
            let table = Table { head, ..Table::default() };
            let widths = columns(&table);
            assert_eq!((widths.len(), widths.iter().sum::<usize>()), (count, WIDTH), "{count}");
        }
    }

    #[test]
    fn no_column_is_so_wide_that_rounding_decides_where_its_lines_end() {
        for (count, length) in (2..=12).flat_map(|count| (1..30).map(move |length| (count, length))) {
            let words = |column: usize| vec![Inline::Text("列".repeat(1 + (column * 7 + 1) % length))];
            let head = vec![(0..count).map(words).map(Cell::from).collect::<Vec<_>>().into()];
            let widths = columns(&Table { head, ..Table::default() });
            assert_eq!(widths.iter().sum::<usize>(), WIDTH);
            let near = widths.iter().filter(|width| (*width - 2 * CELL_MARGIN) % CELL_HALF < CELL_SLACK);
            assert_eq!(near.count(), 0, "{count} columns, {length}: {widths:?}");
        }
    }
}
