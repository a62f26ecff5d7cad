//! The styles of a file: what they say of headings and numbers, and how the words of a run look.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::script::Script;
use super::symbol;
use super::xml::{attribute, child, is_on, is_word, parse, value};

/// What is known of a style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    name: String,
    based: String,
    /// `w:outlineLvl`, from 0.
    outline: Option<u8>,
    number: Numbered,
    look: Own,
}

/// How the words of a run look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Nobody sees them.
    pub vanished: bool,
    /// They are struck through.
    pub struck: bool,
    /// Typeface of signs; empty where it is one of letters.
    pub font: String,
    /// Where they stand.
    pub script: Script,
}

/// What one place says of it: a style, or a run itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Own {
    vanished: Option<bool>,
    struck: Option<bool>,
    font: Option<String>,
    script: Option<Script>,
}

impl Own {
    /// Of run properties.
    fn of(properties: &Node<'_, '_>) -> Own {
        let on = |local| child(properties, local).map(|one| is_on(&one));
        let fonts = child(properties, "rFonts");
        let named = |fonts: Node<'_, '_>| {
            let named = ["ascii", "hAnsi"].map(|local| attribute(&fonts, local));
            let sign = named.into_iter().find(|font| symbol::is_symbolic(font));
            (named != ["", ""]).then(|| sign.unwrap_or_default().to_owned())
        };
        Own {
            vanished: on("vanish"),
            struck: on("strike").filter(|on| *on).or(on("dstrike")).or(on("strike")),
            font: fonts.and_then(named),
            script: value(properties, "vertAlign").map(|place| match place {
                "superscript" => Script::Up,
                "subscript" => Script::Down,
                _ => Script::Level,
            }),
        }
    }

    /// What this one leaves open is what the one below says.
    fn over(&self, below: &Own) -> Own {
        Own {
            vanished: self.vanished.or(below.vanished),
            struck: self.struck.or(below.struck),
            font: self.font.clone().or_else(|| below.font.clone()),
            script: self.script.or(below.script),
        }
    }
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
    pub fn of(properties: &Node<'_, '_>) -> Numbered {
        let Some(number) = child(properties, "numPr") else { return Numbered::default() };
        let list = value(&number, "numId").and_then(|list| list.parse().ok());
        Numbered { list, level: value(&number, "ilvl").and_then(|level| level.parse().ok()) }
    }
}

/// The styles of a file, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: String,
}

/// Deepest chain of styles that is followed.
const DEEPEST: usize = 16;

impl Styles {
    /// Of a part; none where it is no XML.
    pub fn read(xml: &str) -> Styles {
        let Ok(document) = parse(xml) else { return Styles::default() };
        let styles = document.root_element().children().filter(|node| is_word(node, "style"));
        let styles: Vec<Node<'_, '_>> = styles.collect();
        let usual = |node: &&Node<'_, '_>| {
            attribute(node, "type") == "paragraph"
                && matches!(attribute(node, "default"), "1" | "true" | "on")
        };
        let usual = styles.iter().find(usual).map_or("", |node| attribute(node, "styleId")).to_owned();
        let style = |node: &Node<'_, '_>| {
            let properties = child(node, "pPr");
            let outline = properties.and_then(|properties| value(&properties, "outlineLvl"));
            let style = Style {
                name: value(node, "name").unwrap_or_default().to_lowercase(),
                based: value(node, "basedOn").unwrap_or_default().to_owned(),
                outline: outline.and_then(|level| level.parse().ok()).filter(|level| *level < 9),
                number: properties.map(|properties| Numbered::of(&properties)).unwrap_or_default(),
                look: child(node, "rPr").map(|look| Own::of(&look)).unwrap_or_default(),
            };
            (attribute(node, "styleId").to_owned(), style)
        };
        Styles { by_id: styles.iter().map(style).collect(), usual }
    }

    /// A style and those it is based on.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.by_id.get(id);
        std::iter::successors(first, |style| self.by_id.get(&style.based)).take(DEEPEST)
    }

    /// How the words of a run with these properties look in a paragraph of this style. What is on or off turns with
    /// every kind of style that has it, and is as the run says where it says so (17.7.3).
    pub fn run(&self, paragraph: &str, properties: Option<&Node<'_, '_>>) -> Look {
        let of_style = |id: &str| self.chain(id).fold(Own::default(), |own, style| own.over(&style.look));
        let paragraph = of_style(if paragraph.is_empty() { &self.usual } else { paragraph });
        let letters = properties.and_then(|properties| value(properties, "rStyle"));
        let letters = letters.map(of_style).unwrap_or_default();
        let own = properties.map(Own::of).unwrap_or_default();
        let toggled = |own: Option<bool>, of: fn(&Own) -> Option<bool>| {
            own.unwrap_or(of(&paragraph).unwrap_or(false) != of(&letters).unwrap_or(false))
        };
        let all = own.over(&letters).over(&paragraph);
        Look {
            vanished: toggled(own.vanished, |own| own.vanished),
            struck: toggled(own.struck, |own| own.struck),
            font: all.font.unwrap_or_default(),
            script: all.script.unwrap_or_default(),
        }
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
        let name = self.by_id.get(id).map_or("", |style| style.name.as_str());
        names.iter().any(|one| id.eq_ignore_ascii_case(one) || name == *one)
    }

    /// Whether the paragraph belongs to a table of contents.
    pub fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.name.starts_with("toc ")) || id.starts_with("TOC")
    }
}
