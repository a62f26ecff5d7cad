//! `PublicRes.xml`: the fonts of the pages (11.1), named alone, or with the part of each that the pages need.

use std::collections::BTreeMap;
use std::io::{Error, Result};
use std::sync::Arc;

use skrifa::{FontRef, Tag};
use subsetter::GlyphRemapper;

use super::pen::{HEAD, Ids, NAMESPACE};
use super::sfnt;
use crate::fonts::{Fonts as Drawn, Names, Typeface};
use crate::layout::Face;
use crate::markup::escape;

/// A file of the archive: its name and what it holds.
type File = (String, Vec<u8>);

/// The fonts of a file, each listed when it is first used.
#[derive(Debug)]
pub(super) struct Fonts<'f> {
    names: &'f Names,
    /// What is embedded; nothing where fonts are only named.
    drawn: Option<&'f Drawn>,
    listed: Vec<Listed>,
}

/// A font of the file.
#[derive(Debug)]
struct Listed {
    id: u32,
    name: String,
    embedded: Option<Embedded>,
}

/// A font that is embedded, with the glyphs of the characters that the pages show.
#[derive(Debug)]
struct Embedded {
    face: Typeface,
    glyphs: BTreeMap<char, u16>,
}

impl<'f> Fonts<'f> {
    /// None yet.
    pub fn new(names: &'f Names, drawn: Option<&'f Drawn>) -> Fonts<'f> {
        Fonts { names, drawn, listed: Vec::new() }
    }

    /// The identity of the font of a character.
    pub fn id(&mut self, face: Face, character: &str, ids: &mut Ids) -> u32 {
        let drawn = self.drawn.zip(character.chars().next());
        match drawn.and_then(|(drawn, first)| drawn.glyph(face, first)) {
            Some((face, _)) => self.embedded(face, character, ids),
            None => self.named(face, character, ids),
        }
    }

    /// Digits and letters have a font of their own where a project names one; those of page numbers are always
    /// those of their face (7.5).
    fn named(&mut self, face: Face, character: &str, ids: &mut Ids) -> u32 {
        let digits = self.names.digits.as_deref().filter(|_| face != Face::Song && character.is_ascii());
        let name = digits.unwrap_or_else(|| self.names.of(face));
        if let Some(known) = self.listed.iter().find(|one| one.name == name && one.embedded.is_none()) {
            return known.id;
        }
        self.listed.push(Listed { id: ids.next(), name: name.to_owned(), embedded: None });
        ids.last()
    }

    fn embedded(&mut self, face: &Typeface, character: &str, ids: &mut Ids) -> u32 {
        let is = |one: &Embedded| Arc::ptr_eq(one.face.outlines(), face.outlines());
        let known = self.listed.iter().position(|one| one.embedded.as_ref().is_some_and(is));
        let at = known.unwrap_or_else(|| {
            let embedded = Some(Embedded { face: face.clone(), glyphs: BTreeMap::new() });
            self.listed.push(Listed { id: ids.next(), name: face.name().to_owned(), embedded });
            self.listed.len() - 1
        });
        let glyph = |c: char| Some((c, u16::try_from(face.glyph(c)?.id).ok()?));
        if let Some(embedded) = &mut self.listed[at].embedded {
            let new = character.chars().filter(|c| !embedded.glyphs.contains_key(c)).filter_map(glyph);
            let new: Vec<(char, u16)> = new.collect();
            embedded.glyphs.extend(new);
        }
        self.listed[at].id
    }

    /// The part, and the files of what is embedded with their names.
    ///
    /// # Errors
    /// A font cannot be cut down to what is needed of it.
    pub fn parts(&self) -> Result<(String, Vec<File>)> {
        let mut xml = format!(r#"{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>"#);
        let mut files = Vec::new();
        for Listed { id, name, embedded } in &self.listed {
            xml.push_str(&format!(r#"<ofd:Font ID="{id}" FontName=""#));
            escape(&mut xml, name);
            xml.push_str("\" FamilyName=\"");
            escape(&mut xml, name);
            xml.push_str("\" Charset=\"unicode\">");
            if let Some(embedded) = embedded {
                let file = format!("font_{id}.otf");
                xml.push_str(&format!("<ofd:FontFile>{file}</ofd:FontFile>"));
                let cut = embedded.cut().ok_or_else(|| Error::other(format!("字体“{name}”不能嵌入")))?;
                files.push((format!("Doc_0/Res/{file}"), cut));
            }
            xml.push_str("</ofd:Font>");
        }
        xml.push_str("</ofd:Fonts></ofd:Res>");
        Ok((xml, files))
    }
}

impl Embedded {
    /// The font with the glyphs that are needed, under the characters that they stand for.
    fn cut(&self) -> Option<Vec<u8>> {
        let (data, index) = (self.face.outlines(), self.face.index());
        let mut order = GlyphRemapper::new();
        let glyphs: BTreeMap<char, u16> =
            self.glyphs.iter().map(|(c, glyph)| (*c, order.remap(*glyph))).collect();
        let font = subsetter::subset(data, index, &order).ok()?;
        let whole = FontRef::from_index(data, index).ok()?;
        let metrics = whole.table_data(Tag::new(b"OS/2"));
        sfnt::with_characters(&font, &glyphs, metrics.map(|table| table.as_bytes()))
    }
}
