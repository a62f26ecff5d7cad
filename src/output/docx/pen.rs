//! What writes `word/document.xml`: text, runs and paragraphs, and the marks of tracked changes on them.

use std::sync::Arc;

use crate::document::{Change, Inline};
use crate::markup::escape;
use crate::output::Revision;

/// The XML declaration of every part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of their elements.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Of the blank line above a signature: it stays with what follows.
pub(super) const BLANK: &str = "<w:keepNext/>";

/// What makes words stand out.
const ALARM: &str = r#"<w:highlight w:val="yellow"/>"#;

/// What a paragraph of a redline says of its mark and of its former look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The paragraph's end is new or gone.
    pub change: Option<Change>,
    /// Properties in place of those of its own block.
    pub properties: Option<String>,
    /// Properties that it had in the old report, if they differ.
    pub former: Option<String>,
}

/// A picture in a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Medium {
    /// What its name ends in: emf, png, jpeg.
    pub ending: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// The part being written.
pub(super) struct Pen<'r> {
    pub xml: String,
    /// Remarks on changed figures, by the id of their comment.
    pub comments: Vec<(u32, String)>,
    /// The block being written is new or gone as a whole.
    pub within: Option<Change>,
    /// The document is a redline: every paragraph is text, so none is added for looks.
    pub redline: bool,
    /// The mark of the next paragraph.
    pub mark: Mark,
    /// The files of the pictures so far, and how many pictures stand in the text.
    pub media: Vec<Medium>,
    pub drawings: usize,
    revision: &'r Revision,
    /// The range of a move to be closed after the paragraph.
    range: Option<(&'static str, u32)>,
    /// The last id given; one count for revisions, ranges and comments.
    id: u32,
}

impl<'r> Pen<'r> {
    /// A pen for a report or, where `redline` says so, for one whose changes are those of `revision`.
    pub fn new(revision: &'r Revision, redline: bool, capacity: usize) -> Pen<'r> {
        let xml = String::with_capacity(capacity);
        Pen {
            xml,
            comments: Vec::new(),
            within: None,
            redline,
            mark: Mark::default(),
            media: Vec::new(),
            drawings: 0,
            range: None,
            revision,
            id: 0,
        }
    }

    pub fn push(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }

    /// The number of a picture's file, from 1: the same file has the same one.
    pub fn medium(&mut self, medium: Medium) -> usize {
        match self.media.iter().position(|known| *known == medium) {
            Some(known) => known + 1,
            None => {
                self.media.push(medium);
                self.media.len()
            }
        }
    }

    /// Opens the element of the change that the block is; [`Pen::end_revision`] closes it.
    pub fn begin_revision(&mut self) -> Option<Change> {
        let change = self.within?;
        self.push("<w:");
        self.push(name(change));
        self.attributes();
        self.push(">");
        Some(change)
    }

    pub fn end_revision(&mut self, change: Option<Change>) {
        if let Some(change) = change {
            self.push(&format!("</w:{}>", name(change)));
        }
    }

    fn next_id(&mut self) -> u32 {
        self.id += 1;
        self.id
    }

    /// The attributes that every revision has.
    fn attributes(&mut self) {
        let id = self.next_id();
        self.push(&format!(r#" w:id="{id}""#));
        self.signature();
    }

    /// Who made the change, and when.
    fn signature(&mut self) {
        let revision = self.revision;
        self.push(r#" w:author=""#);
        escape(&mut self.xml, &revision.author);
        self.push(r#"" w:date=""#);
        escape(&mut self.xml, &revision.date);
        self.push("\"");
    }

    /// An element of a revision without content.
    pub fn revised(&mut self, change: Change) {
        self.push("<w:");
        self.push(name(change));
        self.attributes();
        self.push("/>");
    }

    /// Begins a paragraph with these properties, and with the mark that is set.
    pub fn paragraph(&mut self, properties: &str) {
        let mark = std::mem::take(&mut self.mark);
        let properties = mark.properties.as_deref().unwrap_or(properties);
        self.push("<w:p>");
        if !properties.is_empty() || mark.change.is_some() || mark.former.is_some() {
            self.push("<w:pPr>");
            self.push(properties);
            if let Some(change) = mark.change {
                self.push("<w:rPr>");
                self.revised(change);
                self.push("</w:rPr>");
            }
            if let Some(former) = &mark.former {
                self.push("<w:pPrChange");
                self.attributes();
                self.push("><w:pPr>");
                self.push(former);
                self.push("</w:pPr></w:pPrChange>");
            }
            self.push("</w:pPr>");
        }
        if let Some((word, number)) = self.within.and_then(range) {
            let id = self.next_id();
            self.push(&format!(r#"<w:{word}RangeStart w:id="{id}""#));
            self.signature();
            self.push(&format!(r#" w:name="move{number}"/>"#));
            self.range = Some((word, id));
        }
    }

    /// Ends the paragraph.
    pub fn end_paragraph(&mut self) {
        self.push("</w:p>");
        if let Some((word, id)) = self.range.take() {
            self.push(&format!(r#"<w:{word}RangeEnd w:id="{id}"/>"#));
        }
    }

    /// Runs of one look, with words set before the first.
    pub fn runs(&mut self, look: &str, before: &str, line: &[Inline]) {
        let mut open = Run::default();
        if !before.is_empty() {
            self.words(&mut open, self.within, look, before);
        }
        for inline in line {
            self.inline(&mut open, look, inline);
        }
        self.close(&mut open);
    }

    fn inline(&mut self, open: &mut Run, look: &str, inline: &Inline) {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => self.words(open, self.within, look, text),
            Inline::Missing(text) => {
                self.close(open);
                let look = format!("{look}{ALARM}");
                self.words(open, self.within, &look, text);
                self.close(open);
            }
            Inline::Changed { change, inline } => {
                let outer = self.within.replace(*change);
                self.inline(open, look, inline);
                self.within = outer;
            }
            Inline::Noted { remark, alarm, inline } => {
                self.close(open);
                let id = self.next_id();
                self.push(&format!(r#"<w:commentRangeStart w:id="{id}"/>"#));
                let look = if *alarm { format!("{look}{ALARM}") } else { look.to_owned() };
                self.inline(open, &look, inline);
                self.close(open);
                self.push(&format!(
                    r#"<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>"#
                ));
                self.comments.push((id, remark.clone()));
            }
        }
    }

    /// Words in the open run, or in a new one where the change differs.
    fn words(&mut self, open: &mut Run, change: Option<Change>, look: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        if open.run && open.change != change {
            self.close(open);
        }
        if !open.run {
            if let Some(change) = change {
                self.push("<w:");
                self.push(name(change));
                self.attributes();
                self.push(">");
            }
            self.push("<w:r>");
            if !look.is_empty() {
                self.push("<w:rPr>");
                self.push(look);
                self.push("</w:rPr>");
            }
            self.push("<w:");
            self.push(element(change));
            self.push(r#" xml:space="preserve">"#);
            *open = Run { run: true, change };
        }
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                // A line break stands beside the text of its run (17.3.3.1).
                let text = element(change);
                self.push(&format!(r#"</w:{text}><w:br/><w:{text} xml:space="preserve">"#));
            }
            escape(&mut self.xml, line);
        }
    }

    fn close(&mut self, open: &mut Run) {
        if open.run {
            self.push("</w:");
            self.push(element(open.change));
            self.push("></w:r>");
            if let Some(change) = open.change {
                self.push("</w:");
                self.push(name(change));
                self.push(">");
            }
            open.run = false;
        }
    }
}

/// The run that is open.
#[derive(Default)]
struct Run {
    run: bool,
    change: Option<Change>,
}

/// The element of a revision (ECMA-376 Part 1, 17.13.5).
fn name(change: Change) -> &'static str {
    match change {
        Change::Inserted => "ins",
        Change::Deleted => "del",
        Change::MovedHere(_) => "moveTo",
        Change::MovedAway(_) => "moveFrom",
    }
}

/// The range that holds moved paragraphs (17.13.5.22–28).
fn range(change: Change) -> Option<(&'static str, usize)> {
    match change {
        Change::MovedHere(number) => Some(("moveTo", number)),
        Change::MovedAway(number) => Some(("moveFrom", number)),
        Change::Inserted | Change::Deleted => None,
    }
}

/// Deleted text has an element of its own (17.3.3.7); moved text has not.
fn element(change: Option<Change>) -> &'static str {
    if change == Some(Change::Deleted) { "delText" } else { "t" }
}
