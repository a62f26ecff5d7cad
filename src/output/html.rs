//! One self-contained HTML page in the look of the Word page; where a figure comes from is its title.

use std::sync::Arc;

use crate::document::{Align, Block, Document, Inline, Table, plain};
use crate::figures::{FactRef, Trail};

const STYLE: &str = include_str!("html.css");

/// The page.
pub(super) fn write(document: &Document) -> String {
    let title = document.blocks.iter().find_map(|block| match block {
        Block::Title(text) => Some(plain(text)),
        _ => None,
    });
    let mut html = String::with_capacity(32 * 1024);
    html.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escaped(&mut html, &title.unwrap_or_default());
    html.push_str("</title>\n<style>\n");
    html.push_str(STYLE);
    html.push_str("</style>\n</head>\n<body>\n<article>\n");
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
        Block::Heading { level, number, text } => {
            let tag = format!("h{}", (level + 1).min(5));
            html.push_str(&format!("<{tag}>"));
            escaped(html, number);
            inlines(html, document, text);
            html.push_str(&format!("</{tag}>\n"));
        }
        Block::Point { number, lead, text } => {
            html.push_str(if lead.is_empty() { "<p>" } else { "<p><span class=\"lead\">" });
            escaped(html, number);
            inlines(html, document, lead);
            html.push_str(if lead.is_empty() { "" } else { "</span>" });
            inlines(html, document, text);
            html.push_str("</p>\n");
        }
        Block::Table(one) => table(html, document, one),
    }
}

fn element(html: &mut String, document: &Document, tag: &str, class: &str, text: &[Inline]) {
    html.push_str(&if class.is_empty() { format!("<{tag}>") } else { format!("<{tag} class=\"{class}\">") });
    inlines(html, document, text);
    html.push_str(&format!("</{tag}>\n"));
}

fn table(html: &mut String, document: &Document, table: &Table) {
    html.push_str("<table>\n");
    if !table.caption.is_empty() {
        element(html, document, "caption", "", &table.caption);
    }
    html.push_str("<thead><tr>");
    table.head.iter().for_each(|cell| element(html, document, "th", "", cell));
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.push_str("<tr>");
        for (cell, align) in row.iter().zip(&table.align) {
            let class = match align {
                Align::Left => "",
                Align::Center => "center",
                Align::Right => "right",
            };
            element(html, document, "td", class, cell);
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

fn inlines(html: &mut String, document: &Document, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Text(text) => escaped(html, text),
            Inline::Missing(text) => {
                html.push_str("<mark>");
                escaped(html, text);
                html.push_str("</mark>");
            }
            Inline::Figure { trail, text } => {
                html.push_str("<span class=\"figure\" title=\"");
                escaped(html, &document.trails.get(*trail).map(|trail| origin(trail)).unwrap_or_default());
                html.push_str("\">");
                escaped(html, text);
                html.push_str("</span>");
            }
        }
    }
}

/// Where a figure comes from, in one line a fact.
fn origin(trail: &Trail) -> String {
    let fact = |fact: &Arc<FactRef>| {
        let source = fact.source.as_ref().map(|source| format!("，来源：{source}")).unwrap_or_default();
        format!("{}年 {} {}（{} 第{}行{source}）", fact.year, fact.path, fact.text, fact.file, fact.line)
    };
    let facts: Vec<String> = trail.facts.iter().map(fact).collect();
    if facts.is_empty() {
        trail.derivation.clone()
    } else {
        format!("{}：{}", trail.derivation, facts.join("；"))
    }
}

fn escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
