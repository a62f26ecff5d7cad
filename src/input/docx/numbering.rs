//! The numbers that Word sets by itself, as the reader sees them (ECMA-376 Part 1, 17.9).
//!
//! Lists over one abstract list count on together; a list that says where a level starts does so once, when it
//! first comes to that level.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::styles::{Numbered, Styles};
use super::walk::chosen;
use super::xml::{Space, attribute, child, is_on, is_word, name, parse, value};
use super::{counting, symbol};

/// Levels of a list (17.9.6).
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`, `（%2）`.
    text: String,
    /// Every number in it is written in Arabic digits (17.9.4).
    legal: bool,
    /// It starts again after this level or one above, counted from 1; 0 is never (17.9.10).
    restart: Option<usize>,
    /// The paragraph style that has this level (17.9.23).
    style: String,
    /// Typeface of a bullet.
    font: String,
    /// No blank stands between the number and the words (17.9.28).
    close: bool,
    /// The number is not shown.
    hidden: bool,
}

/// What is set before a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number or the bullet.
    pub text: String,
    /// The words stand close behind it.
    pub close: bool,
}

/// A list as paragraphs use it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct List {
    base: u32,
    /// Where levels start.
    starts: BTreeMap<usize, u32>,
    /// Levels of its own (17.9.8).
    levels: BTreeMap<usize, Level>,
}

/// An abstract list: levels, or the numbering style that has them (17.9.21).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Base {
    levels: BTreeMap<usize, Level>,
    link: String,
}

/// The lists of a file and how far each has counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbering {
    bases: BTreeMap<u32, Base>,
    lists: BTreeMap<u32, List>,
    /// Counts by abstract list and level.
    counts: BTreeMap<(u32, usize), u32>,
    /// Lists and levels that have started where they say.
    started: BTreeSet<(u32, usize)>,
}

impl Numbering {
    /// Of a part; none where it is no XML. `styles` have the levels of linked lists.
    pub fn read(xml: &str, styles: &Styles) -> Numbering {
        let Ok(document) = parse(xml) else { return Numbering::default() };
        let root = document.root_element();
        let all = |local: &'static str| root.children().filter(move |node| is_word(node, local));
        let number = |node: &Node<'_, '_>, name: &str| attribute(node, name).parse().unwrap_or(0);
        let mut numbering = Numbering {
            bases: all("abstractNum").map(|node| (number(&node, "abstractNumId"), base(&node))).collect(),
            lists: all("num").map(|node| (number(&node, "numId"), list(&node))).collect(),
            ..Numbering::default()
        };
        numbering.follow_links(styles);
        numbering
    }

    /// A list that only links to a numbering style is the list of that style.
    fn follow_links(&mut self, styles: &Styles) {
        let linked = |base: &Base| {
            let list = styles.number(&base.link).list?;
            Some(self.bases.get(&self.lists.get(&list)?.base)?.levels.clone())
        };
        let found: Vec<(u32, BTreeMap<usize, Level>)> = self
            .bases
            .iter()
            .filter(|(_, base)| !base.link.is_empty() && base.levels.is_empty())
            .filter_map(|(id, base)| Some((*id, linked(base)?)))
            .collect();
        for (id, levels) in found {
            self.bases.entry(id).or_default().levels = levels;
        }
    }

    /// List and level of a paragraph in a style, which may name both, one or none of them itself.
    pub fn place(&self, own: Numbered, style: &str, styles: &Styles) -> Option<(u32, usize)> {
        let below = styles.number(style);
        let list = own.list.or(below.list).filter(|list| *list > 0)?;
        let of_style = || {
            let levels = (0..LEVELS).filter_map(|at| Some((at, self.level(list, at)?)));
            levels.into_iter().find(|(_, level)| !style.is_empty() && level.style == style).map(|(at, _)| at)
        };
        Some((list, own.level.or_else(of_style).or(below.level).unwrap_or(0)))
    }

    fn level(&self, list: u32, at: usize) -> Option<&Level> {
        let list = self.lists.get(&list)?;
        list.levels.get(&at).or_else(|| self.bases.get(&list.base)?.levels.get(&at))
    }

    /// Counts a paragraph of a list and gives what is set before it; empty where the list has no such level.
    pub fn next(&mut self, list: u32, level: usize) -> Mark {
        let Some(one) = self.level(list, level).cloned() else { return Mark::default() };
        self.count(list, level, one.start);
        let text = if one.hidden { String::new() } else { self.shown(list, level, &one) };
        Mark { text, close: one.close }
    }

    fn shown(&self, list: u32, level: usize, one: &Level) -> String {
        if one.format == "bullet" {
            return one.text.chars().map(|c| symbol::shown(&one.font, c)).collect();
        }
        let mut text = one.text.clone();
        for at in 0..=level {
            let Some(other) = self.level(list, at) else { continue };
            let count = self.lists.get(&list).and_then(|list| self.counts.get(&(list.base, at)));
            let format = if one.legal && other.format != "none" { "decimal" } else { other.format.as_str() };
            let written = counting::written(count.copied().unwrap_or(other.start), format);
            text = text.replace(&format!("%{}", at + 1), &written);
        }
        text
    }

    fn count(&mut self, id: u32, level: usize, start: u32) {
        let Some(list) = self.lists.get(&id) else { return };
        let base = list.base;
        let own = list.starts.get(&level).copied().filter(|_| !self.started.contains(&(id, level)));
        let before = self.counts.get(&(base, level)).copied();
        let count = own.or(before.map(|count| count.saturating_add(1))).unwrap_or(start);
        self.started.insert((id, level));
        self.counts.insert((base, level), count);
        for deeper in level + 1..LEVELS {
            let restarts =
                self.level(id, deeper).and_then(|one| one.restart).is_none_or(|after| level < after);
            if restarts {
                self.counts.remove(&(base, deeper));
            }
        }
    }
}

fn base(node: &Node<'_, '_>) -> Base {
    let link = value(node, "numStyleLink").unwrap_or_default().to_owned();
    Base { levels: levels(node), link }
}

fn levels(node: &Node<'_, '_>) -> BTreeMap<usize, Level> {
    let levels = node.children().filter(|child| is_word(child, "lvl"));
    levels.filter_map(|node| Some((attribute(&node, "ilvl").parse().ok()?, level(&node)))).collect()
}

fn level(node: &Node<'_, '_>) -> Level {
    let number = |local| value(node, local).and_then(|value| value.parse().ok());
    let alternative = node.children().find(|child| name(child) == (Space::Choice, "AlternateContent"));
    let format = child(node, "numFmt").or_else(|| child(&chosen(&alternative?)?, "numFmt"));
    let own = format.map(|format| attribute(&format, "format")).unwrap_or_default();
    let look = child(node, "rPr");
    let fonts = look.and_then(|look| child(&look, "rFonts"));
    Level {
        start: number("start").unwrap_or(0),
        // A format that the list describes itself is known by its first numbers (17.9.17).
        format: match (own, format) {
            ("", Some(format)) => attribute(&format, "val").to_owned(),
            ("", None) => "decimal".to_owned(),
            (own, _) => own.to_owned(),
        },
        text: value(node, "lvlText").unwrap_or_default().to_owned(),
        legal: child(node, "isLgl").is_some_and(|legal| is_on(&legal)),
        restart: value(node, "lvlRestart").and_then(|level| level.parse().ok()),
        style: value(node, "pStyle").unwrap_or_default().to_owned(),
        font: fonts.map(|fonts| attribute(&fonts, "ascii")).unwrap_or_default().to_owned(),
        close: value(node, "suff") == Some("nothing"),
        hidden: look.and_then(|look| child(&look, "vanish")).is_some_and(|vanish| is_on(&vanish)),
    }
}

fn list(node: &Node<'_, '_>) -> List {
    let base = value(node, "abstractNumId").and_then(|base| base.parse().ok()).unwrap_or(0);
    let mut list = List { base, ..List::default() };
    for own in node.children().filter(|child| is_word(child, "lvlOverride")) {
        let at: usize = attribute(&own, "ilvl").parse().unwrap_or(0);
        list.levels.extend(child(&own, "lvl").map(|one| (at, level(&one))));
        let start = value(&own, "startOverride").and_then(|start| start.parse().ok());
        list.starts.extend(start.map(|start| (at, start)));
    }
    // A level of its own starts where it says.
    let mut starts: BTreeMap<usize, u32> = list.levels.iter().map(|(at, level)| (*at, level.start)).collect();
    starts.append(&mut list.starts);
    List { starts, ..list }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(inner: &str) -> Numbering {
        let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let xml = format!("<w:numbering xmlns:w=\"{space}\">{inner}</w:numbering>");
        Numbering::read(&xml, &Styles::default())
    }

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    fn list(id: u32, more: &str) -> String {
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"3\"/>{more}</w:num>")
    }

    fn counted(numbering: &mut Numbering, steps: &[(u32, usize)]) -> Vec<String> {
        steps.iter().map(|(list, level)| numbering.next(*list, *level).text).collect()
    }

    #[test]
    fn lists_over_one_base_count_on_and_start_once_where_they_say() {
        let levels = level(0, "chineseCounting", "%1、", "") + &level(1, "decimal", "%1.%2", "");
        let own = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
        let xml = format!("<w:abstractNum w:abstractNumId=\"3\">{levels}</w:abstractNum>");
        let mut numbering = numbering(&(xml + &list(1, "") + &list(2, own)));
        let steps = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (2, 0), (2, 1), (1, 0), (9, 0), (1, 7)];
        let wanted = ["一、", "一.1", "一.2", "二、", "二.1", "五、", "六、", "六.1", "七、", "", ""];
        assert_eq!(counted(&mut numbering, &steps), wanted);
    }

    #[test]
    fn legal_levels_count_in_digits_and_some_levels_never_start_again() {
        let levels = level(0, "chineseCounting", "第%1章", "")
            + &level(1, "chineseCounting", "%1.%2", "<w:isLgl/>")
            + &level(2, "decimal", "%3)", "<w:lvlRestart w:val=\"0\"/>");
        let xml = format!("<w:abstractNum w:abstractNumId=\"3\">{levels}</w:abstractNum>");
        let mut numbering = numbering(&(xml + &list(1, "")));
        let steps = [(1, 0), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)];
        assert_eq!(counted(&mut numbering, &steps), ["第一章", "1.1", "1)", "第二章", "2.1", "2)"]);
    }
}
