//! Runs: how their words look, whether anybody sees them, and where they stand in the XML.

use std::ops::Range;

use roxmltree::Node;

use super::super::script::{Script, small};
use super::super::styles::Look;
use super::super::symbol;
use super::super::unread::Kind;
use super::super::xml::{attribute, child, is_word, value, words};
use super::{Piece, Walker};
use crate::markup::entity;
use crate::zh::number::{WIDE, reads_on};
use crate::zh::private::{UNREADABLE, is_private, unicode};

/// What stands between the words before and those that come next and is no word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seam {
    #[default]
    None,
    /// Something that ends a figure: a formula, small characters.
    Figures,
    /// Something that ends a word: a picture.
    Words,
}

impl Walker<'_> {
    pub(super) fn run(&mut self, node: &Node<'_, '_>) {
        let properties = child(node, "rPr");
        let mut look = self.styles.run(&self.style, properties.as_ref());
        if look.script == Script::Level {
            look.script = lifted(node);
        }
        self.look = look;
        self.children(node);
        self.look = Look::default();
    }

    /// Words that stand nowhere in the XML as such.
    pub(super) fn push(&mut self, words: &str) {
        if let Some(field) = self.fields.iter_mut().rev().find(|field| !field.shows) {
            field.told.push_str(words);
        } else if self.look.vanished {
            self.gathered(Kind::Hidden, words);
        } else if !self.is_of_contents(words) {
            self.part(words);
            self.open.line.words.push_str(words);
        }
    }

    /// Takes words of a table of contents, which are none of the text.
    fn is_of_contents(&mut self, words: &str) -> bool {
        let shown = !words.is_empty();
        self.fields.iter_mut().for_each(|field| field.filled |= shown);
        let contents = self.in_contents();
        if contents {
            self.open.contents.get_or_insert_default().push_str(words);
        }
        contents
    }

    /// Parts these words from those before, where something stands between them and they would read on.
    fn part(&mut self, words: &str) {
        let Some(next) = words.chars().next() else { return };
        let seam = std::mem::take(&mut self.open.seam);
        let line = &mut self.open.line.words;
        let Some(last) = line.chars().next_back() else { return };
        let word = seam == Seam::Words && last.is_alphanumeric() && next.is_alphanumeric();
        if word || seam != Seam::None && reads_on(last, next) {
            line.push_str(WIDE);
        }
    }

    /// Something that is no word stands here.
    pub(super) fn seam(&mut self, seam: Seam) {
        if !self.is_instruction() && !self.look.vanished {
            self.open.seam = self.open.seam.max(seam);
        }
    }

    /// A formula; a fraction behind a whole number is counted with it.
    pub(super) fn formula(&mut self, words: &str) {
        self.seam(Seam::Figures);
        let whole = self.open.line.words.ends_with(|c: char| c.is_ascii_digit());
        if whole && super::super::math::is_fraction(words) {
            self.push("又");
        }
        self.push(words);
        self.seam(Seam::Figures);
    }

    /// Words of one kind that stand together are one place.
    fn gathered(&mut self, kind: Kind, words: &str) {
        match self.open.unread.last_mut() {
            Some(last) if last.kind == kind => last.words.push_str(words),
            _ => self.unread(kind, words),
        }
    }

    pub(super) fn text(&mut self, node: &Node<'_, '_>) {
        for part in node.children().filter(Node::is_text) {
            let words = part.text().unwrap_or_default();
            // A break among the words of an element is a blank.
            let words = words.replace(['\n', '\r'], " ");
            if self.look.vanished || self.is_instruction() {
                self.push(&words);
                continue;
            }
            if self.look.struck && !words.trim().is_empty() {
                self.gathered(Kind::Struck, &words);
            }
            match self.look.script {
                Script::Level => self.pieces(&words, part.range()),
                script => self.small(&words, script, part.range()),
            }
        }
    }

    /// Words above or below the line: in small signs; else as they are, apart from figures, and said.
    fn small(&mut self, words: &str, script: Script, xml: Range<usize>) {
        match small(words, script) {
            Some(small) if script == Script::Up && is_reference(&self.open.line.words, words) => {
                let figure = figure_of(&self.open.line.words).to_owned();
                self.unread(Kind::Raised, figure + &small);
                self.seam(Seam::Figures);
            }
            Some(small) => self.push(&small),
            None => {
                let before = self.open.line.words.chars().next_back();
                let formula = script == Script::Down && before.is_some_and(|c| c.is_ascii_alphabetic());
                if !formula && words.contains(char::is_alphanumeric) {
                    self.unread(Kind::Small, words);
                }
                self.seam(Seam::Figures);
                self.pieces(words, xml);
                self.seam(Seam::Figures);
            }
        }
    }

    /// Words with where they stand: stretches that are in the XML as they are, and single characters that are
    /// not.
    fn pieces(&mut self, words: &str, xml: Range<usize>) {
        let source = &self.xml[xml.clone()];
        let mut at = xml.start;
        let mut made = Vec::new();
        for stretch in source.split_inclusive('&').flat_map(|part| part.split_inclusive(';')) {
            let reference = self.xml[..at].ends_with('&').then(|| stretch.strip_suffix(';')).flatten();
            match reference.and_then(entity) {
                Some(c) => made.push((c.to_string(), at - 1..at + stretch.len())),
                None => {
                    let plain = stretch.strip_suffix('&').unwrap_or(stretch);
                    made.push((plain.replace(['\n', '\r'], " "), at..at + plain.len()));
                }
            }
            at += stretch.len();
        }
        let whole: String = made.iter().map(|(words, _)| words.as_str()).collect();
        if whole != words {
            // A section of characters as they are: nobody can change it without rewriting it.
            return self.push(words);
        }
        for (words, xml) in made {
            self.stretch(&words, xml);
        }
    }

    /// Words that stand in the XML, but for characters that show something else.
    fn stretch(&mut self, words: &str, xml: Range<usize>) {
        let plain = words.len() == xml.len();
        let mut from = 0;
        let signs = !self.look.font.is_empty();
        for (at, c) in words.char_indices().filter(|(_, c)| is_private(*c) || signs && u32::from(*c) < 0x100)
        {
            self.piece(&words[from..at], xml.start + from..xml.start + at);
            from = at + c.len_utf8();
            let shown = self.shown(c);
            let place = if plain { xml.start + at..xml.start + from } else { xml.clone() };
            self.piece(shown.encode_utf8(&mut [0; 4]), place);
        }
        let place = if from == 0 { xml } else { xml.start + from..xml.end };
        self.piece(&words[from..], place);
    }

    /// What a character shows in the typeface of the run; one that nobody can read is said.
    fn shown(&mut self, c: char) -> char {
        let code = u32::from(c);
        if !self.look.font.is_empty() && (code < 0x100 || is_private(c)) {
            return symbol::of(&self.look.font, code).unwrap_or_else(|| {
                self.unread(Kind::Symbol, "");
                UNREADABLE
            });
        }
        if !is_private(c) {
            return c;
        }
        unicode(c).unwrap_or_else(|| {
            let before: Vec<char> = self.open.line.words.chars().rev().take(6).collect();
            let before: String = before.into_iter().rev().collect();
            self.unread(Kind::Private, format!("{before}{UNREADABLE}"));
            c
        })
    }

    fn piece(&mut self, words: &str, xml: Range<usize>) {
        if words.is_empty() || self.is_of_contents(words) {
            return;
        }
        self.part(words);
        let line = &mut self.open.line;
        let start = line.words.len();
        line.words.push_str(words);
        line.pieces.push(Piece { at: start..line.words.len(), xml });
    }

    pub(super) fn symbol(&mut self, node: &Node<'_, '_>) {
        let code = u32::from_str_radix(attribute(node, "char"), 16).unwrap_or(0);
        let sign = symbol::of(attribute(node, "font"), code).unwrap_or_else(|| {
            self.unread(Kind::Symbol, "");
            UNREADABLE
        });
        self.push(sign.encode_utf8(&mut [0; 4]));
    }
}

/// Where a run stands that is moved up or down by itself, and is not one of several that are (17.3.2.24).
fn lifted(run: &Node<'_, '_>) -> Script {
    let place = |run: &Node<'_, '_>| -> i32 {
        let properties = child(run, "rPr");
        properties.and_then(|one| value(&one, "position")?.parse().ok()).unwrap_or(0)
    };
    let own = place(run);
    let beside = |one: &Node<'_, '_>| is_word(one, "r") && !words(one).is_empty();
    let around = [run.prev_siblings().skip(1).find(beside), run.next_siblings().skip(1).find(beside)];
    let mut around = around.into_iter().flatten().map(|one| place(&one).signum()).peekable();
    match own.signum() {
        0 => Script::Level,
        _ if around.peek().is_none() || around.any(|one| one == own.signum()) => Script::Level,
        1 => Script::Up,
        _ => Script::Down,
    }
}

/// The digits that a line ends with.
fn figure_of(line: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    &line[line.trim_end_matches(digits).len()..]
}

/// Whether small digits behind a figure refer to a note: they are a power of 10 and of single digits only.
fn is_reference(line: &str, small: &str) -> bool {
    let figure = figure_of(line);
    figure.len() > 1 && figure != "10" && small.chars().all(|c| c.is_ascii_digit())
}
