//! A page as a fragment of HTML: classes only, no style or script of its own, as a strict content security
//! policy demands. Widths of columns are attributes.

use std::ops::Range;

use super::{Above, Cell, Kind, Look, Page, PageLine, PagePiece, Pages, Row, Stroke};
use crate::chart::Picture;
use crate::document::measure::{PAPER, PICTURE_FOOT, PITCH, WIDTH};
use crate::document::stand::{Face, Side, Stand};
use crate::document::{Align, Change, Plate};
use crate::markup::escape;

/// Faces of the words of charts.
const FONTS: &str = "宋体, SimSun, STSong, Noto Serif CJK SC, serif";

/// Writes a page; `number` counts from 1.
pub(super) fn page(pages: &Pages, page: &Page, number: usize) -> String {
    let mut html = String::with_capacity(8 * 1024);
    let lying = if page.landscape { " landscape" } else { "" };
    let raised = if page.raised > 0 { " raised" } else { "" };
    html.push_str(&format!(
        "<section class=\"page{lying}{raised}\" data-page=\"{number}\" aria-label=\"第{number}页\"{}>\n",
        pages.watermark.map(|words| format!(" data-watermark=\"{words}\"")).unwrap_or_default()
    ));
    rules(&mut html, &page.strokes);
    let numbers: Vec<usize> = page.numbered().map(|(line, _)| line).collect();
    let mut at = 0usize;
    for group in page
        .lines
        .chunk_by(|left, right| left.is_of_table() && right.is_of_table() && left.block == right.block)
    {
        let before = at.checked_sub(1).and_then(|before| page.lines.get(before));
        if let Some(first) = group.first().filter(|row| row.is_of_table()) {
            let widths = pages.columns.get(&first.block).map(Vec::as_slice).unwrap_or_default();
            table(&mut html, group, (before, &numbers[at..]), widths);
        } else {
            for (row, line) in group.iter().zip(&numbers[at..]) {
                match (row.kind, pages.charts.get(&row.block), pages.plates.get(&row.block)) {
                    (Kind::Chart, Some(one), _) => chart(&mut html, row, before, one, *line),
                    (Kind::Picture, _, Some((plate, change))) => {
                        picture(&mut html, row, before, (plate, *change), *line);
                    }
                    _ => set(&mut html, row, before, *line),
                }
            }
        }
        at += group.len();
    }
    if let Some(folio) = page.folio {
        let side = if folio % 2 == 1 { "odd" } else { "even" };
        html.push_str(&format!("<p class=\"folio {side}\">— {folio} —</p>\n"));
    }
    html.push_str("</section>\n");
    html
}

/// Rules of the page, drawn over it: their places are attributes of a drawing, as a page has no style of its own.
fn rules(html: &mut String, strokes: &[Stroke]) {
    if strokes.is_empty() {
        return;
    }
    let (width, height) = PAPER;
    html.push_str(&format!("<svg class=\"rules\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">"));
    for Stroke { x, y, length, thickness, red, .. } in strokes {
        let class = if *red { " class=\"red\"" } else { "" };
        html.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{length}\" height=\"{thickness}\"{class}/>"
        ));
    }
    html.push_str("</svg>\n");
}

/// A line of the page, under the row before it.
fn set(html: &mut String, row: &Row, before: Option<&Row>, number: usize) {
    let Some(line) = row.cells.iter().flat_map(|cell| &cell.lines).next() else { return };
    let mut classes = String::from("line");
    lower(&mut classes, row, before);
    classes.push_str(match row.kind {
        Kind::Title(false) => " title",
        Kind::Title(true) => " title last",
        Kind::Byline => " byline",
        Kind::Caption => " caption",
        Kind::Unit => " unit",
        Kind::Note => " note",
        Kind::Heading(1) => " h1",
        Kind::Heading(2) => " h2",
        Kind::Heading(_) => " h3",
        Kind::Signature(_) | Kind::Date(_) => " ending",
        Kind::Element(_) => " element",
        _ => "",
    });
    let body = match row.kind {
        Kind::Recipient | Kind::Heading(_) | Kind::Text => true,
        Kind::Element(stand) => stand.side == Side::Left,
        _ => false,
    };
    classes.push_str(if line.first { " first" } else { "" });
    classes.push_str(if line.full && body { " full" } else { "" });
    match row.kind {
        Kind::Signature(right) | Kind::Date(right) => bits(&mut classes, "free", right.min(63)),
        Kind::Element(stand) => element(&mut classes, stand),
        _ => {}
    }
    html.push_str(&format!("<p class=\"{classes}\" data-line=\"{number}\" data-block=\"{}\"", row.block));
    html.push_str(&format!(" data-from=\"{}\">", line.span.start));
    pieces(html, line);
    html.push_str("</p>\n");
}

/// A chart, as wide as the type area.
fn chart(html: &mut String, row: &Row, before: Option<&Row>, picture: &Picture, number: usize) {
    let (mut above, block) = (String::new(), row.block);
    lower(&mut above, row, before);
    html.push_str(&format!("<div class=\"drawn{above}\" data-line=\"{number}\" data-block=\"{block}\">\n"));
    html.push_str(&picture.svg(FONTS));
    html.push_str("</div>\n");
}

/// A picture on the foot of its lines, drawn to the measure of the type area, as a page has no style of its own.
fn picture(
    html: &mut String,
    row: &Row,
    before: Option<&Row>,
    (plate, change): (&Plate, Option<Change>),
    number: usize,
) {
    let (mut above, block) = (String::new(), row.block);
    lower(&mut above, row, before);
    let ((width, height), all) = (plate.size(), row.height);
    let (x, y) = ((WIDTH - width) / 2, all - PICTURE_FOOT - height);
    let place = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
    html.push_str(&format!("<div class=\"plate{above}\" data-line=\"{number}\" data-block=\"{block}\">"));
    html.push_str(&format!("<svg viewBox=\"0 0 {WIDTH} {all}\" role=\"img\" aria-label=\""));
    escape(html, &plate.described());
    html.push_str("\">");
    if plate.picture.is_lost() {
        html.push_str(&format!("<text x=\"{}\" y=\"{}\">", WIDTH / 2, y + height / 2));
        escape(html, &plate.picture.lost());
        html.push_str("</text>");
    } else {
        html.push_str(&format!(
            "<image {place} preserveAspectRatio=\"none\" href=\"{}\"/>",
            plate.picture.address()
        ));
    }
    let class = match change {
        Some(change) if change.stays() => Some("new"),
        Some(_) => Some("gone"),
        None => plate.picture.is_lost().then_some("lost"),
    };
    if let Some(class) = class {
        html.push_str(&format!("<rect class=\"{class}\" {place}/>"));
    }
    html.push_str("</svg></div>\n");
}

/// Face, colour, size and place of an element; `in` and `out` are twips free to the left and to the right.
fn element(classes: &mut String, stand: Stand) {
    classes.push_str(match stand.face {
        Face::Body => "",
        Face::Hei => " hei",
        Face::Title => " xbs",
    });
    classes.push_str(if stand.red { " red" } else { "" });
    classes.push_str(match stand.side {
        Side::Left => "",
        Side::Centre => " middle",
        Side::Right => " right",
    });
    bits(classes, "in", stand.left);
    bits(classes, "out", stand.right);
    if stand.size != 16 {
        classes.push_str(if stand.leading > 0 { " mark" } else { " imprint" });
        bits(classes, "size", stand.size);
    }
}

/// The white above a row. Around elements it may be of any height and is a sum of powers of two.
fn lower(classes: &mut String, row: &Row, before: Option<&Row>) {
    if row.above == Above::Beside {
        return classes.push_str(" beside");
    }
    let own = matches!(row.above, Above::Space(_)) || matches!(row.kind, Kind::Element(_));
    if !own && !before.is_some_and(|row| matches!(row.kind, Kind::Element(_))) {
        return classes.push_str(above(row.above));
    }
    // Under the title is white of its own.
    let end = |row: &Row| row.top + row.height + if row.kind == Kind::Title(true) { PITCH } else { 0 };
    classes.push_str(" lower");
    bits(classes, "down", row.top.saturating_sub(before.map_or(0, end)));
}

fn above(above: Above) -> &'static str {
    match above {
        Above::Nothing => "",
        Above::Blank => " blank",
        Above::Low => " low",
        Above::LowAndBlank => " low blank",
        Above::Space(_) | Above::Beside => "",
    }
}

/// A number as a sum of powers of two: one class each.
fn bits(classes: &mut String, name: &str, number: usize) {
    for power in (0..14).map(|bit| 1 << bit).filter(|power| number & power != 0) {
        classes.push_str(&format!(" {name}-{power}"));
    }
}

/// The rows of a table that stand on this page, with the row before them and the numbers of their lines.
fn table(html: &mut String, rows: &[Row], (before, numbers): (Option<&Row>, &[usize]), widths: &[usize]) {
    let mut low = String::new();
    rows.first().into_iter().for_each(|row| lower(&mut low, row, before));
    html.push_str(&format!("<table class=\"ruled{low}\">\n<colgroup>"));
    let all = widths.iter().sum::<usize>().max(1);
    for width in widths {
        let share = width * 10_000 / all;
        html.push_str(&format!("<col width=\"{}.{:02}%\"/>", share / 100, share % 100));
    }
    html.push_str("</colgroup>\n");
    for (index, (row, line)) in rows.iter().zip(numbers).enumerate() {
        html.push_str(&format!("<tr data-line=\"{line}\" data-block=\"{}\">", row.block));
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
