//! The elements of an official document as paragraphs; where each stands is said by [`crate::document::stand`].
//!
//! 版记 comes to the foot of its page by the white above it, which [`crate::layout`] knows: LibreOffice sets
//! neither a table nor a frame of the width of the text there. Only the mark of a 信函, above the type area,
//! stands in a frame.

use std::fmt::Write;

use super::pen::{BLANK, Pen};
use super::section;
use super::styles::{
    ANNEX, COPY_NUMBER, IMPRINT, LETTER_MARK, LIST_LABEL, LISTED, MARK, NUMBER, SEALED, SECRECY, SIGNER,
};
use crate::document::measure::{PITCH, TOP, WIDTH};
use crate::document::stand::{
    Elements, IMPRINT_OVER, IMPRINT_PITCH, IMPRINT_UNDER, Line, RAISED, RULE_SPACE, Rule, Side, Start,
};
use crate::document::{Block, Change, Document, Element, Form, Inline};
use crate::layout::{Foot, Footing, lay_out};

/// The frame of the mark of a 信函, as wide as its double line.
const FRAME: &str =
    r#"<w:framePr w:w="9638" w:wrap="none" w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="{y}"/>"#;
/// Height of a paragraph that is a rule below a line.
const RULE_LINE: usize = 20;
/// Word and layout may differ by a rounding, which must not send 版记 to another page.
const SLACK: usize = 40;
/// Size of a mark in its style, 初号.
const MARK_SIZE: usize = 42;

/// How the elements of a document are written.
pub(super) struct Letter {
    pub elements: Elements,
    /// Where 版记 stands, if there is one.
    foot: Option<Footing>,
}

impl Letter {
    /// Thinks out the elements of a document; a redline has no pages of its own.
    pub fn of(document: &Document, redline: bool) -> Letter {
        let elements = Elements::of(document);
        let footed = !redline && elements.lines().any(|line| line.start == Start::Foot);
        let foot = if footed { lay_out(document).foot } else { None };
        Letter { elements, foot }
    }

    /// Whether the first page is that of a 信函: it has no number, and a double line at its foot (10.1).
    pub fn is_letter(&self) -> bool {
        self.framed().next().is_some()
    }

    /// Whether 版记 stands behind a blank page, both without a number (7.5).
    pub fn is_apart(&self) -> bool {
        self.foot.is_some_and(|footing| footing.foot == Foot::Apart)
    }

    /// Whether 版记 stands on the page after the text, an even one.
    pub fn is_next(&self) -> bool {
        self.foot.is_some_and(|footing| footing.foot == Foot::Next)
    }

    /// Whether a section ends with this block: 版记 that follows stands on pages of its own.
    pub fn ends_section(&self, index: usize) -> bool {
        let next = self.elements.at(index + 1).first().is_some_and(|line| line.start == Start::Foot);
        next && (self.is_apart() || self.is_next())
    }

    /// The lines that stand in a frame above the type area.
    fn framed(&self) -> impl Iterator<Item = &Line> {
        let letter = self.elements.form == Some(Form::Letter);
        self.elements.at(0).iter().filter(move |line| letter && line.parts.iter().any(|(_, stand)| stand.red))
    }

    /// How far what is framed reaches below the head of the type area.
    fn under_frame(&self) -> usize {
        let height = |line: &Line| {
            let stand = line.parts[0].1;
            line.above + stand.pitch + line.below
        };
        self.framed().map(height).sum::<usize>().saturating_sub(RAISED)
    }

    /// White above a block that is no element, under the head.
    pub fn white(&self, index: usize) -> usize {
        let white = self.elements.white(index);
        let all_framed = self.framed().count() == self.elements.at(0).len();
        if white > 0 && all_framed { white + self.under_frame() } else { white }
    }

    /// The white above a line that is written as such, and the blank lines above it: those of the head and of
    /// 版记 have white, the others blank lines, which keep their height at the head of a page.
    fn above(&self, line: &Line, nth: usize) -> (usize, usize) {
        let index = line.parts[0].0;
        let head = self.elements.at(0).iter().any(|one| std::ptr::eq(one, line));
        let ruled = line.over.map_or(0, |_| line.above);
        match line.start {
            Start::Foot => {
                let white = self.foot.map_or(PITCH, |footing| footing.white);
                (white.saturating_sub(SLACK), 0)
            }
            _ if head && self.is_letter() && nth == self.framed().count() => {
                (line.above + self.under_frame(), 0)
            }
            _ if head || index == 0 => (line.above, 0),
            _ => (0, (line.above - ruled) / PITCH),
        }
    }
}

/// Writes the lines of the elements that begin with a block; `end` goes into the last paragraph.
pub(super) fn run(pen: &mut Pen<'_>, document: &Document, letter: &Letter, index: usize, end: &str) {
    let lines = letter.elements.at(index);
    if letter.is_apart() && lines.first().is_some_and(|line| line.start == Start::Foot) {
        // The blank page.
        pen.paragraph("");
        pen.end_paragraph();
    }
    let control = control(document, lines, index);
    pen.push(&control.map(opened).unwrap_or_default());
    // A section ends outside of a control.
    let (end, apart) = if control.is_some() { ("", end) } else { (end, "") };
    for (nth, line) in lines.iter().enumerate() {
        let (white, blank) = letter.above(line, nth);
        (0..blank).for_each(|_| {
            pen.paragraph(BLANK);
            pen.end_paragraph();
        });
        let last = nth + 1 == lines.len();
        let white = rule_over(pen, letter, line, white);
        let mut properties = properties(letter, line, nth, white, &document.blocks);
        properties.push_str(if last && !has_rule_under(line) { end } else { "" });
        pen.paragraph(&properties);
        for (nth, (index, stand)) in line.parts.iter().enumerate() {
            if nth > 0 {
                pen.push("<w:r><w:tab/></w:r>");
            }
            if let Some(block) = document.blocks.get(*index) {
                sized(pen, block, stand.size);
            }
        }
        pen.end_paragraph();
        if has_rule_under(line) {
            rule_under(pen, line, if last { end } else { "" });
        }
    }
    pen.push(if control.is_some() { "</w:sdtContent></w:sdt>" } else { "" });
    if !apart.is_empty() {
        pen.paragraph(&section::mark(apart));
        pen.end_paragraph();
    }
}

/// What the content control is called that holds a run of elements which are no text of the document: 版记 at its
/// end, the list of who was there. So a reader tells them from the text without knowing our styles.
fn control(document: &Document, lines: &[Line], index: usize) -> Option<&'static str> {
    match element(document.blocks.get(index)) {
        Some(Element::Present(_)) => Some("与会人员"),
        _ => lines.first().filter(|line| line.start == Start::Foot).map(|_| "版记"),
    }
}

/// The start of a content control around paragraphs (ECMA-376 Part 1, 17.5.2.29).
fn opened(name: &str) -> String {
    format!(r#"<w:sdt><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/></w:sdtPr><w:sdtContent>"#)
}

/// A rule above a line, which is a paragraph of its own, as the border of one is as short as its words are
/// indented; the white that is left to stand above the line.
fn rule_over(pen: &mut Pen<'_>, letter: &Letter, line: &Line, white: usize) -> usize {
    let Some(rule) = line.over else { return white };
    let begins = if breaks(letter, line) { "<w:pageBreakBefore/>" } else { "" };
    pen.paragraph(&over_properties(rule, begins, white));
    pen.end_paragraph();
    0
}

/// The properties of a paragraph that is a rule above a line; its height is the white between rule and words.
fn over_properties(rule: Rule, begins: &str, white: usize) -> String {
    let border = border("top", rule, 0);
    format!(
        r#"<w:pStyle w:val="{IMPRINT}"/><w:keepNext/>{begins}<w:pBdr>{border}</w:pBdr><w:spacing w:before="{white}" w:line="{IMPRINT_OVER}" w:lineRule="exact"/>"#
    )
}

/// A rule below a line: likewise.
fn rule_under(pen: &mut Pen<'_>, line: &Line, end: &str) {
    let Some(rule) = line.under else { return };
    pen.paragraph(&under_properties(rule, end));
    pen.end_paragraph();
}

/// The properties of a paragraph that is a rule below a line.
fn under_properties(rule: Rule, end: &str) -> String {
    let border = border("bottom", rule, 0);
    let (style, space) = match rule {
        Rule::Red | Rule::Double => (NUMBER, RULE_SPACE),
        Rule::Thick | Rule::Thin => (IMPRINT, IMPRINT_UNDER),
    };
    let before = space - RULE_LINE;
    format!(
        r#"<w:pStyle w:val="{style}"/><w:pBdr>{border}</w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:line="{RULE_LINE}" w:lineRule="exact"/>{end}"#
    )
}

/// A rule of a redline: the properties of its paragraph, and how it changed.
pub(super) type RedlineRule = (String, Option<Change>);

/// The rules of a redline above and below the paragraph of a block: those around all of a head or of 版记 change
/// where all of it does, the others with their block.
pub(super) fn redline_rules(
    document: &Document,
    elements: &Elements,
    index: usize,
) -> (Option<RedlineRule>, Option<RedlineRule>) {
    if element(document.blocks.get(index)).is_none() {
        return (None, None);
    }
    let first = (0..=index).rev().find(|at| !elements.at(*at).is_empty());
    let Some(first) = first.filter(|first| elements.last_of(*first) >= index) else { return (None, None) };
    let (lines, last) = (elements.at(first), elements.last_of(first));
    let own = change(document, index);
    let whole =
        change(document, first).filter(|one| (first..=last).all(|at| change(document, at) == Some(*one)));
    let above = lines.iter().find(|line| line.parts.first().is_some_and(|(at, _)| *at == index));
    let over = above
        .and_then(|line| line.over)
        .map(|rule| (over_properties(rule, "", 0), if rule == Rule::Thick { whole } else { own }));
    let under = lines.last().filter(|line| index == last && has_rule_under(line)).and_then(|line| line.under);
    (over, under.map(|rule| (under_properties(rule, ""), whole)))
}

/// How a block changed as a whole; a move is told as what it is in its report.
fn change(document: &Document, index: usize) -> Option<Change> {
    let change = document.blocks.get(index).and_then(|block| block.changed().0)?;
    Some(if change.stays() { Change::Inserted } else { Change::Deleted })
}

/// Whether the rule below a line is a paragraph; the double one of a 信函 is the border of the framed mark.
fn has_rule_under(line: &Line) -> bool {
    line.under.is_some_and(|rule| rule != Rule::Double)
}

/// Whether a page begins with this line.
fn breaks(letter: &Letter, line: &Line) -> bool {
    line.start == Start::Foot && letter.is_apart()
}

/// The properties of the paragraph of one element in a redline, where each has its own and nothing is framed.
pub(super) fn alone(document: &Document, index: usize) -> String {
    let letter = Letter::of(document, true);
    let first = (0..=index).rev().find(|at| !letter.elements.at(*at).is_empty()).unwrap_or(index);
    let lines = letter.elements.at(first);
    let part = |line: &Line| line.parts.iter().find(|(at, _)| *at == index).copied();
    let found = lines.iter().find_map(|line| part(line).map(|part| (line, part)));
    let Some((line, (_, stand))) = found else { return String::new() };
    let own = Line { parts: vec![(index, stand)], ..line.clone() };
    let white = if line.parts[0].0 == index && line.over.is_none() { line.above } else { 0 };
    properties(
        &Letter { elements: Elements::default(), foot: None },
        &own,
        usize::MAX,
        white,
        &document.blocks,
    )
}

/// Whether a block is an element, new or gone or neither.
pub(super) fn is_element(block: &Block) -> bool {
    element(Some(block)).is_some()
}

/// The words of an element in a paragraph of its own.
pub(super) fn words(pen: &mut Pen<'_>, block: &Block) {
    sized(pen, block, MARK_SIZE);
}

/// The words of an element; `size` is that of a mark.
fn sized(pen: &mut Pen<'_>, block: &Block, size: usize) {
    let (change, inner) = match block {
        Block::Changed(change, inner) => (Some(*change), inner.as_ref()),
        block => (pen.within, block),
    };
    let Block::Element { element, label, text } = inner else { return };
    let outer = std::mem::replace(&mut pen.within, change);
    styled(pen, *element, label, text, size);
    pen.within = outer;
}

/// A label and the names behind it may differ in their face.
fn styled(pen: &mut Pen<'_>, element: Element, label: &str, text: &[Inline], size: usize) {
    match element {
        Element::Signer => {
            pen.runs("", label, &[]);
            pen.runs(&character(SIGNER), "", text);
        }
        Element::Present(_) => {
            pen.runs(&character(LIST_LABEL), label, &[]);
            pen.runs("", "", text);
        }
        Element::Mark(_) if size != MARK_SIZE => {
            let half_points = 2 * size;
            let size = format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#);
            pen.runs(&size, label, text);
        }
        _ => pen.runs("", label, text),
    }
}

fn character(style: &str) -> String {
    format!(r#"<w:rStyle w:val="{style}"/>"#)
}

/// The properties of the paragraph of a line, in the order of the schema.
fn properties(letter: &Letter, line: &Line, nth: usize, white: usize, blocks: &[Block]) -> String {
    let (index, stand) = line.parts[0];
    let element = element(blocks.get(index));
    let mut xml = format!(r#"<w:pStyle w:val="{}"/>"#, style(element));
    xml.push_str(if line.stays || line.under == Some(Rule::Thick) { "<w:keepNext/>" } else { "" });
    if breaks(letter, line) && line.over.is_none() {
        xml.push_str("<w:pageBreakBefore/>");
    }
    let framed = letter.framed().any(|one| std::ptr::eq(one, line));
    let mut white = white;
    if framed {
        let y = TOP - RAISED + if nth == 0 { white } else { 0 };
        xml.push_str(&FRAME.replace("{y}", &y.to_string()));
        white = 0;
    }
    if line.under == Some(Rule::Double) {
        let _ = write!(xml, "<w:pBdr>{}</w:pBdr>", border("bottom", Rule::Double, 7));
    }
    tabs(&mut xml, line);
    spacing(&mut xml, line, white);
    indents(&mut xml, line);
    match (line.parts.len(), stand.side) {
        (1, Side::Centre) => xml.push_str(r#"<w:jc w:val="center"/>"#),
        (1, Side::Right) => xml.push_str(r#"<w:jc w:val="right"/>"#),
        _ => {}
    }
    xml
}

fn element(block: Option<&Block>) -> Option<Element> {
    match block {
        Some(Block::Element { element, .. }) => Some(*element),
        Some(Block::Changed(_, block)) => element(Some(block.as_ref())),
        _ => None,
    }
}

fn style(element: Option<Element>) -> &'static str {
    match element {
        Some(Element::CopyNumber) | None => COPY_NUMBER,
        Some(Element::Secrecy | Element::Urgency) => SECRECY,
        Some(Element::Mark(Form::Letter)) => LETTER_MARK,
        Some(Element::Mark(_)) => MARK,
        Some(Element::Number | Element::Signer) => NUMBER,
        Some(Element::Attached | Element::Note | Element::Present(_)) => LISTED,
        Some(Element::Sealed) => SEALED,
        Some(Element::Annex) => ANNEX,
        Some(Element::SentTo | Element::CopyTo | Element::Printer | Element::PrintDate) => IMPRINT,
    }
}

/// A rule as a border (7.2.7, 7.4.1, 10.1), `space` points from the words; its size are eighths of a point.
fn border(side: &str, rule: Rule, space: usize) -> String {
    let (kind, size, colour) = match rule {
        Rule::Red => ("single", 12, "FF0000"),
        Rule::Double => ("thickThinSmallGap", 16, "FF0000"),
        Rule::Thick => ("single", 8, "000000"),
        Rule::Thin => ("single", 6, "000000"),
    };
    format!(r#"<w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>"#)
}

/// Elements beside each other stand at tab stops.
fn tabs(xml: &mut String, line: &Line) {
    if line.parts.len() < 2 {
        return;
    }
    xml.push_str("<w:tabs>");
    for (_, stand) in line.parts.iter().skip(1) {
        let (kind, place) = match stand.side {
            Side::Right => ("right", WIDTH - stand.right),
            Side::Left | Side::Centre => ("left", stand.left),
        };
        let _ = write!(xml, r#"<w:tab w:val="{kind}" w:pos="{place}"/>"#);
    }
    xml.push_str("</w:tabs>");
}

fn spacing(xml: &mut String, line: &Line, white: usize) {
    let stand = line.parts[0].1;
    let after = if stand.pitch == IMPRINT_PITCH && !has_rule_under(line) { line.below } else { 0 };
    let pitch = stand.red && stand.size != MARK_SIZE;
    if white == 0 && after == 0 && !pitch {
        return;
    }
    xml.push_str("<w:spacing");
    for (name, twips) in [("before", white), ("after", after)].into_iter().filter(|(_, twips)| *twips > 0) {
        let _ = write!(xml, r#" w:{name}="{twips}""#);
    }
    if pitch {
        let _ = write!(xml, r#" w:line="{}" w:lineRule="exact""#, stand.pitch);
    }
    xml.push_str("/>");
}

/// Edges; a line that others follow begins further left than those, or further right.
fn indents(xml: &mut String, line: &Line) {
    let stand = line.parts[0].1;
    let (left, hanging) = match line.parts.len() {
        1 => (line.hanging, stand.left),
        _ => (stand.left, stand.left),
    };
    if stand.side == Side::Right {
        let _ = write!(
            xml,
            r#"<w:ind w:rightChars="{}" w:right="{}" w:firstLineChars="0" w:firstLine="0"/>"#,
            stand.right * 100 / stand.character(),
            stand.right
        );
        return;
    }
    if stand.side == Side::Centre || (left == 0 && hanging == 0 && stand.right == 0) {
        return;
    }
    let _ = write!(xml, r#"<w:ind w:left="{left}""#);
    if stand.right > 0 && line.parts.len() == 1 {
        let _ = write!(xml, r#" w:right="{}""#, stand.right);
    }
    xml.push_str(r#" w:firstLineChars="0""#);
    let _ = match hanging.checked_sub(left) {
        Some(further) => write!(xml, r#" w:firstLine="{further}"/>"#),
        None => write!(xml, r#" w:hanging="{}"/>"#, left - hanging),
    };
}
