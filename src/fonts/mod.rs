//! Faces on this computer: which file draws which face of the standard, and what stands in where it is missing.
//!
//! The names are those of a project (`字体` of 项目.yaml); the files are looked for in a folder that somebody
//! names, then where the system and office programs keep fonts. Nothing of a font is part of the program, and
//! nothing is kept on the disk.

mod file;
mod folders;
mod image;
mod ladder;
mod shelf;
#[cfg(test)]
mod tests;
mod typeface;

use std::collections::{BTreeMap, BTreeSet};

pub use shelf::Shelf;
pub use typeface::{Glyph, Typeface};

use crate::diag::Diagnostic;
use crate::layout::Face;

/// Names of the faces of a project; at first those of GB/T 9704-2012.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// 标题.
    pub title: String,
    /// 正文.
    pub body: String,
    /// 楷体, for headings of the second level and leads.
    pub kai: String,
    /// 黑体, for headings of the first level and heads of tables.
    pub hei: String,
    /// Digits and Latin letters within the text; nothing where they are those of the face around them. Page
    /// numbers are 宋体 always (7.5).
    pub digits: Option<String>,
}

impl Default for Names {
    fn default() -> Names {
        let name = |face| ladder::standard(face).to_owned();
        Names {
            title: name(Face::Title),
            body: name(Face::Body),
            kai: name(Face::Kai),
            hei: name(Face::Hei),
            digits: None,
        }
    }
}

impl Names {
    /// The name of a face.
    pub fn of(&self, face: Face) -> &str {
        match face {
            Face::Title => &self.title,
            Face::Body => &self.body,
            Face::Kai => &self.kai,
            Face::Hei => &self.hei,
            Face::Song => ladder::standard(Face::Song),
        }
    }
}

/// What is to be set: the characters of each face, and those that are digits or Latin within the text.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Characters by their face.
    pub faces: BTreeMap<Face, BTreeSet<char>>,
    /// ASCII characters of all faces but that of page numbers.
    pub digits: BTreeSet<char>,
    /// Marks that stand with a character and are drawn only where its face has them.
    pub marks: BTreeSet<char>,
}

/// The faces that a report is set in.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    /// For each face the one that draws it, then those that have the characters that it lacks.
    faces: BTreeMap<Face, Vec<Typeface>>,
    digits: Vec<Typeface>,
}

impl Fonts {
    /// The face that draws a character, with its glyph; where none has it, the first one's sign for that.
    pub fn glyph(&self, face: Face, c: char) -> Option<(&Typeface, Glyph)> {
        let of_digits = self.digits.iter().filter(|_| c.is_ascii() && face != Face::Song);
        let own = self.faces.get(&face).into_iter().flatten();
        let mut all = of_digits.chain(own).peekable();
        let first = *all.peek()?;
        let found = all.find_map(|one| Some((one, one.glyph(c)?)));
        Some(found.unwrap_or((first, Glyph::default())))
    }

    /// Reads the outlines of what is wanted, of each face of a file once: two that are one have the same.
    fn draw(&mut self, wanted: &Wanted) -> Result<(), Diagnostic> {
        let mut read: Vec<(Typeface, BTreeSet<u32>)> = Vec::new();
        let mut add = |face: &Typeface, glyph: Glyph| match read.iter_mut().find(|(one, _)| one.is(face)) {
            Some((_, glyphs)) => _ = glyphs.insert(glyph.id),
            None => read.push((face.clone(), BTreeSet::from([glyph.id]))),
        };
        for (face, characters) in &wanted.faces {
            let glyphs = characters.iter().filter_map(|c| self.glyph(*face, *c));
            glyphs.for_each(|(one, glyph)| add(one, glyph));
        }
        for one in self.all() {
            wanted.marks.iter().filter_map(|c| one.glyph(*c)).for_each(|glyph| add(one, glyph));
        }
        for (face, glyphs) in read {
            let outlines = face.read(&glyphs).map_err(|why| shelf::unfit(face.path(), why))?;
            let same = self.faces.values_mut().flatten().chain(&mut self.digits).filter(|one| one.is(&face));
            same.for_each(|one| one.drawn(outlines.clone()));
        }
        Ok(())
    }

    fn all(&self) -> impl Iterator<Item = &Typeface> {
        self.faces.values().flatten().chain(&self.digits)
    }
}

/// Finds the faces for what is wanted, with what there is to say of them.
///
/// # Errors
/// There is no face at all, or one of the folder that somebody named cannot be used.
pub fn find(shelf: &Shelf, names: &Names, wanted: &Wanted) -> Result<(Fonts, Vec<Diagnostic>), Diagnostic> {
    let mut found = Fonts::default();
    let (mut notices, mut standing) = (Vec::new(), Vec::new());
    for (face, characters) in &wanted.faces {
        let (main, stands) = shelf.face(*face, names.of(*face), &mut notices)?;
        standing.extend(stands);
        let of_digits = |c: &char| names.digits.is_some() && c.is_ascii() && *face != Face::Song;
        let lacking: BTreeSet<char> =
            characters.iter().copied().filter(|c| !of_digits(c) && main.glyph(*c).is_none()).collect();
        let spare = shelf.spare(*face, &main, lacking, &mut notices)?;
        found.faces.insert(*face, std::iter::once(main).chain(spare).collect());
    }
    if let Some(name) = names.digits.as_deref().filter(|_| !wanted.digits.is_empty()) {
        match shelf.named(name, &mut notices)? {
            Some(one) => found.digits.push(one),
            None => notices.push(missing_digits(name)),
        }
    }
    notices.splice(0..0, shelf.unreadable().chain(shelf::stand_in(&standing)));
    found.draw(wanted)?;
    Ok((found, notices))
}

fn missing_digits(name: &str) -> Diagnostic {
    Diagnostic::warning("font-stands-in", format!("没有找到“{name}”，数字和字母用各处文字的字体"))
        .hint("请装上这种字体，或改“项目.yaml”里“字体”的“数字”")
}
