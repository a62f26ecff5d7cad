//! The styles of a file: what a paragraph style says of headings and numbers.

use std::collections::BTreeMap;

use super::xml::{attribute, child, is_word, parse, value};

/// What is known of a style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    name: String,
    based: String,
    /// `w:outlineLvl`, from 0.
    outline: Option<u8>,
    number: Numbered,
}

/// What a paragraph or a style says of its number: each of the two may be left to a style below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// `w:numId`; 0 takes a number away.
    pub list: Option<u32>,
    /// `w:ilvl`.
    pub level: Option<usize>,
}

impl Numbered {
    /// Of properties that hold a `w:numPr`, or none.
    pub fn of(properties: &roxmltree::Node<'_, '_>) -> Numbered {
        let Some(number) = child(properties, "numPr") else { return Numbered::default() };
        let list = value(&number, "numId").and_then(|list| list.parse().ok());
        Numbered { list, level: value(&number, "ilvl").and_then(|level| level.parse().ok()) }
    }
}

/// The styles of a file, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// Deepest chain of styles that is followed.
const DEEPEST: usize = 16;

impl Styles {
    /// Of a part; none where it is no XML.
    pub fn read(xml: &str) -> Styles {
        let Ok(document) = parse(xml) else { return Styles::default() };
        let styles = document.root_element().children().filter(|node| is_word(node, "style"));
        let style = |node: roxmltree::Node<'_, '_>| {
            let properties = child(&node, "pPr");
            let outline = properties.and_then(|properties| value(&properties, "outlineLvl"));
            let style = Style {
                name: value(&node, "name").unwrap_or_default().to_lowercase(),
                based: value(&node, "basedOn").unwrap_or_default().to_owned(),
                outline: outline.and_then(|level| level.parse().ok()).filter(|level| *level < 9),
                number: properties.map(|properties| Numbered::of(&properties)).unwrap_or_default(),
            };
            (attribute(&node, "styleId").to_owned(), style)
        };
        Styles(styles.map(style).collect())
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

    /// The numbering of a style: list and level may come from different styles of its chain.
    pub fn number(&self, id: &str) -> Numbered {
        Numbered {
            list: self.chain(id).find_map(|style| style.number.list),
            level: self.chain(id).find_map(|style| style.number.level),
        }
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
