//! A page as a fragment of HTML: classes only, no style or script of its own, as a strict content security
//! policy demands. Widths of columns are attributes.

use std::ops::Range;

use super::{Above, Cell, Kind, Look, Page, PageLine, PagePiece, Pages, Row};
use crate::chart::Picture;
use crate::document::Align;
use crate::markup::escape;

/// Faces of the words of charts.
const FONTS: &str = "宋体, SimSun, STSong, Noto Serif CJK SC, serif";

/// Writes a page; `number` counts from 1.
pub(super) fn page(pages: &Pages, page: &Page, number: usize) -> String {
    let mut html = String::with_capacity(8 * 1024);
    let lying = if page.landscape { " landscape" } else { "" };
    html.push_str(&format!(
        "<section class=\"page{lying}\" data-page=\"{number}\" aria-label=\"第{number}页\">\n"
    ));
    let mut at = 0;
    for group in page
        .lines
        .chunk_by(|left, right| left.is_of_table() && right.is_of_table() && left.block == right.block)
    {
        if group.iter().any(Row::is_of_table) {
            let widths = group.first().and_then(|row| pages.columns.get(&row.block));
            table(&mut html, group, at, widths.map_or(&[], Vec::as_slice));
        } else {
            for (row, line) in group.iter().zip(at + 1..) {
                match pages.charts.get(&row.block).filter(|_| row.kind == Kind::Chart) {
                    Some(picture) => chart(&mut html, row, picture, line),
                    None => set(&mut html, row, line),
                }
            }
        }
        at += group.len();
    }
    let side = if number % 2 == 1 { "odd" } else { "even" };
    html.push_str(&format!("<p class=\"folio {side}\">— {number} —</p>\n</section>\n"));
    html
}

/// A line of the page.
fn set(html: &mut String, row: &Row, number: usize) {
    let Some(line) = row.cells.iter().flat_map(|cell| &cell.lines).next() else { return };
    let mut classes = String::from("line");
    classes.push_str(above(row.above));
    classes.push_str(match row.kind {
        Kind::Title(false) => " title",
        Kind::Title(true) => " title last",
        Kind::Byline => " byline",
        Kind::Caption => " caption",
        Kind::Heading(1) => " h1",
        Kind::Heading(2) => " h2",
        Kind::Heading(_) => " h3",
        Kind::Signature(_) | Kind::Date(_) => " ending",
        _ => "",
    });
    let body = matches!(row.kind, Kind::Recipient | Kind::Heading(_) | Kind::Text);
    classes.push_str(if line.first { " first" } else { "" });
    classes.push_str(if line.full && body { " full" } else { "" });
    if let Kind::Signature(right) | Kind::Date(right) = row.kind {
        free(&mut classes, right);
    }
    html.push_str(&format!("<p class=\"{classes}\" data-line=\"{number}\" data-block=\"{}\"", row.block));
    html.push_str(&format!(" data-from=\"{}\">", line.span.start));
    pieces(html, line);
    html.push_str("</p>\n");
}

/// A chart, as wide as the type area.
fn chart(html: &mut String, row: &Row, picture: &Picture, number: usize) {
    let (above, block) = (above(row.above), row.block);
    html.push_str(&format!("<div class=\"drawn{above}\" data-line=\"{number}\" data-block=\"{block}\">\n"));
    html.push_str(&picture.svg(FONTS));
    html.push_str("</div>\n");
}

fn above(above: Above) -> &'static str {
    match above {
        Above::Nothing => "",
        Above::Blank => " blank",
        Above::Low => " low",
        Above::LowAndBlank => " low blank",
    }
}

/// Free half characters to the right, as a sum of powers of two: one class each.
fn free(classes: &mut String, right: usize) {
    for power in (0..6).map(|bit| 1 << bit).filter(|power| right.min(63) & power != 0) {
        classes.push_str(&format!(" free-{power}"));
    }
}

/// The rows of a table that stand on this page.
fn table(html: &mut String, rows: &[Row], before: usize, widths: &[usize]) {
    let low = rows.first().map_or("", |row| above(row.above));
    html.push_str(&format!("<table class=\"ruled{low}\">\n<colgroup>"));
    let all = widths.iter().sum::<usize>().max(1);
    for width in widths {
        let share = width * 10_000 / all;
        html.push_str(&format!("<col width=\"{}.{:02}%\"/>", share / 100, share % 100));
    }
    html.push_str("</colgroup>\n");
    for (index, row) in rows.iter().enumerate() {
        html.push_str(&format!("<tr data-line=\"{}\" data-block=\"{}\">", before + index + 1, row.block));
        for (column, one) in row.cells.iter().enumerate().filter(|(_, one)| one.across > 0) {
            if index == 0 || !rows[index - 1].goes_on(row, column) {
                let pairs = rows[index..].windows(2);
                let down = 1 + pairs.take_while(|pair| pair[0].goes_on(&pair[1], column)).count();
                cell(html, one, row.kind, down);
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
}

/// A cell of so many rows.
fn cell(html: &mut String, cell: &Cell, kind: Kind, down: usize) {
    let tag = if kind == Kind::Cells { "td" } else { "th" };
    let class = match cell.align {
        _ if kind != Kind::Cells => "",
        Align::Left => "",
        Align::Center => " class=\"center\"",
        Align::Right => " class=\"right\"",
    };
    html.push_str(&format!("<{tag}{class}"));
    for (name, span) in [("colspan", cell.across), ("rowspan", down)] {
        html.push_str(&if span > 1 { format!(" {name}=\"{span}\"") } else { String::new() });
    }
    html.push('>');
    for line in &cell.lines {
        html.push_str(&format!("<span class=\"cell-line\" data-from=\"{}\">", line.span.start));
        pieces(html, line);
        html.push_str("</span>");
    }
    html.push_str(&format!("</{tag}>"));
}

/// The pieces of a line; what hangs stands in the margin.
fn pieces(html: &mut String, line: &PageLine) {
    let set = line.span.len().saturating_sub(line.hanging);
    let mut from = 0;
    for one in &line.pieces {
        let to = from + one.text.len();
        let cut = set.clamp(from, to) - from;
        piece(html, one, 0..cut);
        if cut < one.text.len() {
            html.push_str("<span class=\"hang\">");
            piece(html, one, cut..one.text.len());
            html.push_str("</span>");
        }
        from = to;
    }
}

/// A part of a piece in its elements: change, remark, and what it is.
fn piece(html: &mut String, piece: &PagePiece, part: Range<usize>) {
    let text = piece.text.get(part).unwrap_or_default();
    if text.is_empty() {
        return;
    }
    let mut close: Vec<&str> = Vec::new();
    open(html, &piece.look, &piece.text, &mut close);
    words(html, text);
    close.iter().rev().for_each(|tag| html.push_str(tag));
}

/// Text in which runs of half-width characters are marked, as only they may take a font's half-width forms.
fn words(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_graphic()) {
        let end = rest[at..].find(|c: char| !c.is_ascii_graphic()).map_or(rest.len(), |len| at + len);
        escape(html, &rest[..at]);
        html.push_str("<span class=\"half\">");
        escape(html, &rest[at..end]);
        html.push_str("</span>");
        rest = &rest[end..];
    }
    escape(html, rest);
}

fn open(html: &mut String, look: &Look, whole: &str, close: &mut Vec<&str>) {
    if let Some(change) = look.change {
        html.push_str(if change.stays() { "<ins>" } else { "<del>" });
        close.push(if change.stays() { "</ins>" } else { "</del>" });
    }
    if let Some((remark, alarm)) = &look.note {
        html.push_str(if *alarm { "<mark class=\"note\" title=\"" } else { "<span class=\"note\" title=\"" });
        escape(html, remark);
        html.push_str("\">");
        close.push(if *alarm { "</mark>" } else { "</span>" });
    }
    if look.lead || look.hei {
        html.push_str(if look.hei { "<span class=\"hei\">" } else { "<span class=\"lead\">" });
        close.push("</span>");
    }
    if let Some(trail) = look.trail {
        html.push_str(&format!("<button type=\"button\" class=\"figure\" data-trail=\"{trail}\">"));
        close.push("</button>");
    }
    if look.missing {
        html.push_str("<mark class=\"missing\"");
        if let Some((path, year)) = gap(whole) {
            html.push_str(" data-path=\"");
            escape(html, path);
            html.push('"');
            html.push_str(&year.map_or(String::new(), |year| format!(" data-year=\"{year}\"")));
        }
        html.push('>');
        close.push("</mark>");
    }
}

/// The first fact that 【待填：…】 names, and its year where it is not the report's.
fn gap(text: &str) -> Option<(&str, Option<u16>)> {
    let names = text.strip_prefix("【待填：")?.split(['、', '】']).next()?;
    let year = names.split_once('年').and_then(|(year, path)| Some((path, Some(year.parse().ok()?))));
    let (path, year) = year.unwrap_or((names, None));
    (!path.is_empty()).then_some((path, year))
}
