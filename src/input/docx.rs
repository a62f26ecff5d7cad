//! Word back in: the paragraphs and tables of the body, with tracked changes accepted.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Read, shape};
use crate::diag::Diagnostic;
use crate::document::{Block, Document, Inline};

/// `word/document.xml` may unpack to this much; a report has a hundredth of it.
const LARGEST: u64 = 128 * 1024 * 1024;

/// Reads the body.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Read, Diagnostic> {
    let xml = part(bytes, shown)?;
    let mut body = Body::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => body.start(&tag, false),
            Ok(Event::Empty(tag)) => body.start(&tag, true),
            Ok(Event::End(tag)) => body.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => body.text(text.as_ref()),
            Ok(Event::GeneralRef(name)) => body.entity(name.as_ref()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => return Err(broken(shown)),
        }
    }
    body.flush_caption();
    let mut warnings = Vec::new();
    if body.tracked {
        let message = format!("“{shown}”里有修订痕迹，按全部接受后的文字对比");
        warnings.push(
            Diagnostic::warning("tracked-changes", message)
                .hint("如要按拒绝后的文字对比，请先在 Word 中处理修订，再另存一份"),
        );
    }
    let document = Document { blocks: shape::framed(body.blocks), trails: Vec::new() };
    Ok(Read { document, warnings, written: None })
}

fn broken(shown: &str) -> Diagnostic {
    Diagnostic::error("broken-docx", format!("“{shown}”不是完好的 .docx 文件"))
        .hint("请用 Word 或 WPS 打开看看；能打开就另存为 .docx 再试")
}

fn part(bytes: &[u8], shown: &str) -> Result<String, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(shown))?;
    let entry = archive.by_name("word/document.xml").map_err(|_| broken(shown))?;
    let mut xml = Vec::new();
    // The size that the archive declares is not to be trusted: reading stops by itself.
    entry.take(LARGEST + 1).read_to_end(&mut xml).map_err(|_| broken(shown))?;
    if xml.len() as u64 > LARGEST {
        return Err(Diagnostic::error("file-too-large", format!("“{shown}”解压后超过128 MB，不像一份报告"))
            .hint("请核对是不是选错了文件"));
    }
    String::from_utf8(xml).map_err(|_| broken(shown))
}

#[derive(Default)]
struct Body {
    blocks: Vec<Block>,
    /// The caption above a table that has not come yet.
    caption: Option<String>,
    /// Words of the open paragraph; paragraphs inside a cell run together.
    words: String,
    style: String,
    /// The mark of the open paragraph is deleted: it goes on in the next one.
    joined: bool,
    /// Inside a paragraph's properties.
    properties: bool,
    /// Inside `w:t`.
    text: bool,
    /// Depth of what is not read: deletions, former properties, drawings' text.
    hidden: usize,
    /// Open tables: rows of cells. Only the outermost becomes a table.
    tables: usize,
    rows: Vec<Vec<String>>,
    cell: String,
    row_gone: bool,
    tracked: bool,
}

/// Elements whose content is not part of the text.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "w:del"
            | "w:moveFrom"
            | "mc:Fallback"
            | "w:txbxContent"
            | "w:pPrChange"
            | "w:rPrChange"
            | "w:tblPrChange"
    )
}

impl Body {
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.name();
        let name = name.as_ref();
        if matches!(name, "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo") {
            self.tracked = true;
        }
        match name {
            "w:del" | "w:moveFrom" if self.properties => self.joined = true,
            "w:del" if empty => self.row_gone = true,
            hidden if is_hidden(hidden) => self.hidden += usize::from(!empty),
            _ if self.hidden > 0 => {}
            "w:p" if !empty => self.style.clear(),
            "w:pPr" => self.properties = !empty,
            "w:pStyle" => self.style = attribute(tag, "w:val"),
            "w:t" => self.text = !empty,
            "w:tab" if !self.properties => self.push("\t"),
            "w:br" if attribute(tag, "w:type").is_empty() => self.push("\n"),
            "w:noBreakHyphen" => self.push("-"),
            "w:tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                }
            }
            "w:tr" if self.tables == 1 => {
                self.rows.push(Vec::new());
                self.row_gone = false;
            }
            "w:tc" if self.tables == 1 => self.cell.clear(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:del" | "w:moveFrom" if self.properties => {}
            hidden if is_hidden(hidden) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            "w:pPr" => self.properties = false,
            "w:t" => self.text = false,
            "w:p" => self.paragraph(),
            "w:tc" if self.tables == 1 => {
                // In a row of cells a tab stands between cells.
                let cell = std::mem::take(&mut self.cell).replace('\t', " ");
                self.rows.iter_mut().last().into_iter().for_each(|row| row.push(cell.clone()));
            }
            "w:tr" if self.tables == 1 && self.row_gone => {
                self.rows.pop();
            }
            "w:tbl" => self.table(),
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.hidden == 0 {
            self.words.push_str(words);
        }
    }

    fn text(&mut self, words: &str) {
        if self.text {
            self.push(words);
        }
    }

    fn entity(&mut self, name: &str) {
        if !self.text {
            return;
        }
        let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(|decimal| decimal.parse()));
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(Result::ok).and_then(char::from_u32),
        };
        if let Some(c) = known {
            self.push(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn paragraph(&mut self) {
        if std::mem::take(&mut self.joined) && self.tables == 0 {
            return;
        }
        let words = std::mem::take(&mut self.words);
        if self.tables > 0 {
            return self.cell.push_str(&words.replace('\n', ""));
        }
        self.flush_caption();
        let style = std::mem::take(&mut self.style);
        if style == "TableCaption" {
            self.caption = Some(words.replace('\n', ""));
        } else if style == "Title" || self.blocks.is_empty() {
            // A title is broken into lines for its looks.
            self.line(&style, &words.replace('\n', ""));
        } else {
            words.split('\n').for_each(|line| self.line(&style, line));
        }
    }

    fn line(&mut self, style: &str, words: &str) {
        if !words.trim().is_empty() {
            self.blocks.push(styled(style, words));
        }
    }

    /// A caption that no table follows is a paragraph.
    fn flush_caption(&mut self) {
        if let Some(caption) = self.caption.take() {
            self.line("", &caption);
        }
    }

    fn table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables > 0 {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        if rows.iter().flatten().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let mut table = shape::table(rows);
        table.caption = self.caption.take().map(Inline::Text).into_iter().collect();
        self.blocks.push(Block::Table(table));
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.as_ref().to_owned()).unwrap_or_default()
}

/// The block of a paragraph in one of our styles, else what it looks like.
fn styled(style: &str, words: &str) -> Block {
    let line = || vec![Inline::Text(words.to_owned())];
    match style {
        "Title" => Block::Title(line()),
        "Byline" => Block::Byline(line()),
        "Recipient" => Block::Recipient(line()),
        _ => match (
            style.strip_prefix("Heading").and_then(|level| level.parse::<u8>().ok()),
            shape::block(words),
        ) {
            (Some(level), Block::Heading { number, text, .. }) => {
                Block::Heading { level: level.clamp(1, 4), number, text }
            }
            (Some(level), _) => shape::heading(level.clamp(1, 4), "", words),
            (None, block) => block,
        },
    }
}
