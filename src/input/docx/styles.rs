//! `word/styles.xml`: what a paragraph style says of headings and numbers.

use std::collections::BTreeMap;

use super::xml::{attribute, each_tag};

/// What is known of a style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    name: String,
    based: String,
    /// `w:outlineLvl`, from 0.
    outline: Option<u8>,
    /// `w:numId` and `w:ilvl`.
    number: Option<(u32, usize)>,
}

/// The paragraph styles of a file, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// Deepest chain of styles that is followed.
const DEEPEST: usize = 16;

impl Styles {
    pub fn read(xml: &str) -> Styles {
        let mut styles = BTreeMap::new();
        let mut open = String::new();
        each_tag(xml, |tag| {
            let value = || attribute(tag, "w:val");
            if tag.name().as_ref() == "w:style" {
                open = attribute(tag, "w:styleId");
                styles.insert(open.clone(), Style::default());
            }
            let Some(style) = styles.get_mut(&open) else { return };
            match tag.name().as_ref() {
                "w:name" => style.name = value().to_lowercase(),
                "w:basedOn" => style.based = value(),
                "w:outlineLvl" => style.outline = value().parse().ok().filter(|level| *level < 9),
                "w:ilvl" => style.number.get_or_insert((0, 0)).1 = value().parse().unwrap_or(0),
                "w:numId" => style.number.get_or_insert((0, 0)).0 = value().parse().unwrap_or(0),
                _ => {}
            }
        });
        Styles(styles)
    }

    /// A style and those it is based on.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.0.get(id);
        std::iter::successors(first, |style| self.0.get(&style.based)).take(DEEPEST)
    }

    /// The heading level of a style, from 1.
    pub fn heading(&self, id: &str) -> Option<u8> {
        let named = |style: &Style| {
            let level = style.name.strip_prefix("heading ").or(style.name.strip_prefix("标题 "))?;
            level.trim().parse().ok().filter(|level| (1..=9).contains(level))
        };
        let own = id.strip_prefix("Heading").and_then(|level| level.parse().ok());
        self.chain(id).find_map(|style| named(style).or(style.outline.map(|level| level + 1))).or(own)
    }

    /// The numbering of a style: list and level.
    pub fn number(&self, id: &str) -> Option<(u32, usize)> {
        self.chain(id).find_map(|style| style.number)
    }

    /// Whether the style is one of these, by id or by name.
    pub fn is(&self, id: &str, names: &[&str]) -> bool {
        let name = self.0.get(id).map_or("", |style| style.name.as_str());
        names.iter().any(|one| id.eq_ignore_ascii_case(one) || name == *one)
    }

    /// Whether the paragraph belongs to a table of contents.
    pub fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.name.starts_with("toc ")) || id.starts_with("TOC")
    }
}
