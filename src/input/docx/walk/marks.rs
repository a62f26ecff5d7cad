//! Fields: what they are told, what they show, and which of their marks belong together (17.16.18).

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::super::field::Field;
use super::super::unread::Kind;
use super::super::xml::{Space, attribute, is_word, name, words};
use super::{Seam, Walker, chosen};

impl Walker<'_> {
    /// Whether a table of contents is open.
    pub(super) fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.shows && field.kind() == "TOC")
    }

    /// Whether what stands here tells a field what to do.
    pub(super) fn is_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.shows)
    }

    pub(super) fn simple_field(&mut self, node: &Node<'_, '_>) {
        let told = attribute(node, "instr").to_owned();
        self.fields.push(Field { told, shows: true, ..Field::begun(node) });
        self.children(node);
        self.end_field();
    }

    pub(super) fn field_mark(&mut self, node: &Node<'_, '_>) {
        let kind = attribute(node, "fldCharType");
        let live = self.live.get_or_insert_with(|| live(&node.document().root_element()));
        if !live.contains(&node.id().get()) {
            // Without an end nobody can tell what it would take in: all is words.
            return if kind == "begin" {
                self.unread(Kind::Field, "")
            };
        }
        match kind {
            "begin" => self.fields.push(Field::begun(node)),
            "separate" => self.fields.iter_mut().last().into_iter().for_each(|field| field.shows = true),
            "end" => self.end_field(),
            _ => {}
        }
        if self.in_contents() {
            self.open.contents.get_or_insert_default();
        }
    }

    /// A form shows its state, whatever stands in it; what else shows no text shows its own.
    fn end_field(&mut self) {
        let own = |field: &Field| !field.shows || !field.filled || field.kind() == "FORMCHECKBOX";
        let ended = self.fields.pop();
        if ended.as_ref().is_some_and(|field| field.kind() == "TOC") {
            self.seam(Seam::Words);
        }
        ended.filter(own).iter().for_each(|field| self.own_words(field));
    }

    fn own_words(&mut self, field: &Field) {
        if field.counts() {
            return self.unread(Kind::Counted, "");
        }
        let shown = field.own();
        if !shown.reading.is_empty() {
            self.unread(Kind::Reading, format!("{}：{}", shown.words, shown.reading));
        }
        match field.kind().as_str() {
            "EQ" => self.formula(&shown.words),
            _ => self.push(&shown.words),
        }
    }

    pub(super) fn told(&mut self, node: &Node<'_, '_>) {
        let open = self.fields.iter_mut().rev().find(|field| !field.shows);
        open.into_iter().for_each(|field| field.told += &words(node));
    }
}

/// The marks of fields that begin and end in the same story. Cells, boxes and notes are stories of their own.
fn live(root: &Node<'_, '_>) -> BTreeSet<u32> {
    let mut live = BTreeSet::new();
    let mut open: BTreeMap<u32, Vec<Vec<u32>>> = BTreeMap::new();
    let mut waiting = vec![(*root, root.id().get())];
    while let Some((node, story)) = waiting.pop() {
        match name(&node) {
            (Space::Word, "del" | "moveFrom") => continue,
            (Space::Choice, "AlternateContent") => {
                waiting.extend(chosen(&node).map(|way| (way, story)));
                continue;
            }
            (Space::Word, "fldChar") => mark(&node, open.entry(story).or_default(), &mut live),
            _ => {}
        }
        let apart = ["tc", "txbxContent", "footnote", "endnote", "comment"];
        let story = if apart.iter().any(|local| is_word(&node, local)) { node.id().get() } else { story };
        waiting.extend(node.children().rev().filter(Node::is_element).map(|child| (child, story)));
    }
    live
}

fn mark(node: &Node<'_, '_>, open: &mut Vec<Vec<u32>>, live: &mut BTreeSet<u32>) {
    match attribute(node, "fldCharType") {
        "begin" => open.push(vec![node.id().get()]),
        "separate" => open.iter_mut().last().into_iter().for_each(|marks| marks.push(node.id().get())),
        "end" => {
            if let Some(marks) = open.pop() {
                live.extend(marks.into_iter().chain([node.id().get()]));
            }
        }
        _ => {}
    }
}
