//! One self-contained HTML page in the look of the Word page; where a figure comes from is its title.

use crate::chart::Picture;
use crate::document::stand::Elements;
use crate::document::{
    Align, Block, Cell, Change, Document, Element, Form, Inline, Merged, Plate, Row, Table, down,
};
use crate::markup::escape;

/// Faces of the words of charts.
const FONTS: &str = "宋体, SimSun, STSong, Noto Serif CJK SC, serif";
const STYLE: &str = include_str!("html.css");

/// The page, with a word across it where it is a draft.
pub(super) fn write(document: &Document, watermark: Option<&str>) -> String {
    let mut html = String::with_capacity(32 * 1024);
    html.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escape(&mut html, &document.title().unwrap_or_default());
    html.push_str("</title>\n<style>\n");
    html.push_str(STYLE);
    html.push_str("</style>\n</head>\n<body");
    if let Some(words) = watermark {
        html.push_str(" data-watermark=\"");
        escape(&mut html, words);
        html.push('"');
    }
    html.push_str(">\n<article>\n");
    document.blocks.iter().for_each(|one| block(&mut html, document, one));
    html.push_str("</article>\n</body>\n</html>\n");
    html
}

fn block(html: &mut String, document: &Document, block: &Block) {
    match block {
        Block::Title(text) => element(html, document, "h1", "", text),
        Block::Byline(text) => element(html, document, "p", "byline", text),
        Block::Recipient(text) => element(html, document, "p", "recipient", text),
        Block::Paragraph(text) => element(html, document, "p", "", text),
        Block::Signature(text) => element(html, document, "p", "signature", text),
        Block::Date(text) => element(html, document, "p", "date", text),
        Block::TableNote(text) => element(html, document, "p", "note", text),
        Block::Element { element, label, text } => {
            html.push_str(&format!("<p class=\"{}\"{}>", class(*element), size(document, *element)));
            let hei = matches!(element, Element::Present(_));
            html.push_str(if hei { "<span class=\"hei\">" } else { "" });
            escape(html, label);
            html.push_str(if hei { "</span>" } else { "" });
            inlines(html, document, text);
            html.push_str("</p>\n");
        }
        Block::Heading { level, number, text, body } if !body.is_empty() => {
            // A heading in a paragraph; who listens to the page is told of it all the same.
            let class = ["hei", "lead", "plain"][usize::from(*level).clamp(1, 3) - 1];
            let at = (level + 1).min(5);
            html.push_str(&format!("<p><span class=\"{class}\" role=\"heading\" aria-level=\"{at}\">"));
            escape(html, number);
            inlines(html, document, text);
            html.push_str("</span>");
            inlines(html, document, body);
            html.push_str("</p>\n");
        }
        Block::Heading { level, number, text, .. } => {
            let tag = format!("h{}", (level + 1).min(5));
            html.push_str(&format!("<{tag}>"));
            escape(html, number);
            inlines(html, document, text);
            html.push_str(&format!("</{tag}>\n"));
        }
        Block::Point { number, lead, text } => {
            html.push_str(if lead.is_empty() { "<p>" } else { "<p><span class=\"lead\">" });
            escape(html, number);
            inlines(html, document, lead);
            html.push_str(if lead.is_empty() { "" } else { "</span>" });
            inlines(html, document, text);
            html.push_str("</p>\n");
        }
        Block::Table(one) => match one.filed(&document.trails) {
            Some(picture) => chart(html, document, one, &picture),
            None => table(html, document, one),
        },
        Block::Picture(plate) => picture(html, document, plate),
        Block::Changed(change, one) => {
            // `del` and `ins` may hold whole paragraphs.
            let tag = tag(*change);
            html.push_str(&format!("<{tag}>\n"));
            self::block(html, document, one);
            html.push_str(&format!("</{tag}>\n"));
        }
    }
}

/// How an element of the letter is called in the style sheet.
fn class(element: Element) -> &'static str {
    match element {
        Element::CopyNumber => "copy-number",
        Element::Secrecy | Element::Urgency => "secrecy",
        Element::Mark(Form::Letter) => "mark letter",
        Element::Mark(_) => "mark",
        Element::Number => "number",
        Element::Signer => "signer",
        Element::Attached => "attached",
        Element::Note => "listed",
        Element::Present(_) => "listed present",
        Element::Sealed => "signature",
        Element::Annex => "annex",
        Element::SentTo | Element::CopyTo => "imprint",
        Element::Printer => "imprint printer",
        Element::PrintDate => "imprint printed",
    }
}

/// The size of the marks of a document, which is the largest that they have room for.
fn size(document: &Document, element: Element) -> String {
    let marks = matches!(element, Element::Mark(_)).then(|| Elements::of(document));
    let stands = marks.iter().flat_map(Elements::lines).flat_map(|line| &line.parts);
    let size = stands.map(|(_, stand)| stand).find(|stand| stand.red).map(|stand| stand.size);
    size.map_or_else(String::new, |size| format!(" style=\"font-size: {size}pt\""))
}

fn tag(change: Change) -> &'static str {
    if change.stays() { "ins" } else { "del" }
}

fn element(html: &mut String, document: &Document, tag: &str, class: &str, text: &[Inline]) {
    html.push_str(&if class.is_empty() { format!("<{tag}>") } else { format!("<{tag} class=\"{class}\">") });
    inlines(html, document, text);
    html.push_str(&format!("</{tag}>\n"));
}

/// A chart, its figures in words for those who do not see it, and its caption.
fn chart(html: &mut String, document: &Document, table: &Table, picture: &Picture) {
    html.push_str("<figure>\n");
    html.push_str(&picture.svg(FONTS));
    if !table.caption.is_empty() {
        element(html, document, "figcaption", "", &table.caption);
    }
    html.push_str("</figure>\n");
}

/// A picture, held by the page itself, and its caption.
fn picture(html: &mut String, document: &Document, plate: &Plate) {
    /// Twips of a pixel of a page.
    const PIXEL: usize = 15;
    html.push_str("<figure>\n");
    if plate.picture.is_lost() {
        html.push_str("<p class=\"note\">");
        escape(html, &plate.picture.lost());
        html.push_str("</p>\n");
    } else {
        let (width, height) = plate.size();
        let (width, height) = (width.div_ceil(PIXEL), height.div_ceil(PIXEL));
        html.push_str(&format!(
            "<img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"",
            plate.picture.address()
        ));
        escape(html, &plate.described());
        html.push_str("\">\n");
    }
    if !plate.caption.is_empty() {
        element(html, document, "figcaption", "", &plate.caption);
    }
    html.push_str("</figure>\n");
}

fn table(html: &mut String, document: &Document, table: &Table) {
    html.push_str("<table>\n");
    if !table.caption.is_empty() || !table.unit.is_empty() {
        html.push_str("<caption>");
        inlines(html, document, &table.caption);
        if !table.unit.is_empty() {
            html.push_str("<span class=\"unit\">");
            escape(html, &table.unit);
            html.push_str("</span>");
        }
        html.push_str("</caption>\n");
    }
    html.push_str("<thead>\n");
    rows(html, document, &table.head, None);
    html.push_str("</thead>\n<tbody>\n");
    rows(html, document, &table.rows, Some(&table.align));
    html.push_str("</tbody>\n</table>\n");
}

/// Rows of the head, or rows below it, which are set as the columns are.
fn rows(html: &mut String, document: &Document, rows: &[Row], align: Option<&[Align]>) {
    for (index, row) in rows.iter().enumerate() {
        html.push_str(
            &row.change.map_or("<tr>".to_owned(), |change| format!("<tr class=\"{}\">", tag(change))),
        );
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.merged == Merged::Not) {
            let class = match align.and_then(|align| align.get(column)) {
                None | Some(Align::Left) => "",
                Some(Align::Center) => "center",
                Some(Align::Right) => "right",
            };
            let tag = if align.is_none() { "th" } else { "td" };
            self::cell(html, document, (tag, class), cell, (row.across(column), down(rows, index, column)));
        }
        html.push_str("</tr>\n");
    }
}

fn cell(
    html: &mut String,
    document: &Document,
    (tag, class): (&str, &str),
    cell: &Cell,
    span: (usize, usize),
) {
    html.push_str(&format!("<{tag}"));
    for (name, value) in [("colspan", span.0), ("rowspan", span.1)] {
        html.push_str(&if value > 1 { format!(" {name}=\"{value}\"") } else { String::new() });
    }
    html.push_str(&if class.is_empty() { ">".to_owned() } else { format!(" class=\"{class}\">") });
    inlines(html, document, &cell.words);
    html.push_str(&format!("</{tag}>\n"));
}

/// Words; what parts the paragraphs of a cell is a line break.
fn words(html: &mut String, words: &str) {
    for (index, line) in words.split('\n').enumerate() {
        html.push_str(if index > 0 { "<br>" } else { "" });
        escape(html, line);
    }
}

fn inlines(html: &mut String, document: &Document, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Changed { change, inline } => {
                let tag = tag(*change);
                let mut words = String::new();
                inlines(&mut words, document, std::slice::from_ref(inline));
                // A break that came or went has nothing else to be seen by.
                html.push_str(&format!("<{tag}>{}</{tag}>", words.replace("<br>", "⏎<br>")));
            }
            Inline::Noted { remark, alarm, inline } => {
                html.push_str(if *alarm { "<mark title=\"" } else { "<span title=\"" });
                escape(html, remark);
                html.push_str("\">");
                inlines(html, document, std::slice::from_ref(inline));
                html.push_str(if *alarm { "</mark>" } else { "</span>" });
            }
            Inline::Text(text) => words(html, text),
            Inline::Missing(text) => {
                html.push_str("<mark>");
                words(html, text);
                html.push_str("</mark>");
            }
            Inline::Figure { trail, text } => {
                html.push_str("<span class=\"figure\" title=\"");
                escape(html, &document.trails.get(*trail).map(|trail| trail.origin()).unwrap_or_default());
                html.push_str("\">");
                words(html, text);
                html.push_str("</span>");
            }
        }
    }
}
