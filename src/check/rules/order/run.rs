//! Numbers of headings and order words that are missing, doubled or out of order.

use super::super::prelude::*;
use super::marker::{self, Family, Marker, Section, sections};
use super::outline::{Head, List, head, outline};
use super::serial::{Break, breaks, wanted};
use crate::check::LineKind;

/// Practice: headings count on under one parent, 一是 counts on within its section.
pub(super) const RULE: Rule = Rule::prose("seq-run", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (index, list) in outline(prose).lists.iter().enumerate() {
        heads(prose, list, index == 0 && has_title(prose), found);
    }
    for section in sections(prose) {
        for run in marker::runs(prose, &section) {
            words(prose, &section, &run, found);
        }
    }
}

/// Whether a text is there from its beginning.
fn has_title(prose: &Prose) -> bool {
    let above = |kind: LineKind| matches!(kind, LineKind::Element(element) if element.is_head());
    let first = prose.each().find(|(line, _)| !above(line.kind));
    let first = first.filter(|(line, _)| line.kind == LineKind::Title);
    first.is_some_and(|(line, text)| head(0, line, text).is_none())
}

/// A number that breaks its run: what it is called, and where it stands in the source.
struct Broken {
    name: String,
    before: String,
    wanted: String,
    span: std::ops::Range<usize>,
}

fn heads(prose: &Prose, list: &List, opens: bool, found: &mut Findings<'_>) {
    let numbers: Vec<u64> = list.heads.iter().map(|head| head.number).collect();
    let Some(first) = list.heads.first() else { return };
    let begins_late = first.number > 1 && (list.parent.is_some() || opens);
    let from = list.parent.as_ref().map_or(0, |parent| place(prose, parent).end);
    if begins_late && !stands_between(prose, from, first, 1) {
        say(prose, broken(prose, first, first, 1), Break::Gap(1), found);
    }
    let wanted = wanted(&numbers);
    for (index, fault) in breaks(&numbers) {
        let (head, before) = (&list.heads[index], &list.heads[index - 1]);
        let missing =
            matches!(fault, Break::Gap(from) if stands_between(prose, place(prose, before).end, head, from));
        if !missing {
            say(prose, broken(prose, head, before, wanted[index]), fault, found);
        }
    }
}

fn place(prose: &Prose, head: &Head) -> std::ops::Range<usize> {
    let start = prose.lines[head.line].span.start;
    start + head.span.start..start + head.span.end
}

fn broken(prose: &Prose, head: &Head, before: &Head, wanted: u64) -> Broken {
    Broken {
        name: head.named(head.number),
        before: before.named(before.number),
        wanted: head.named(wanted),
        span: place(prose, head),
    }
}

/// Whether a number that no line begins with stands inside the text before a head.
fn stands_between(prose: &Prose, from: usize, head: &Head, number: u64) -> bool {
    let Some(between) = prose.source.text.get(from..place(prose, head).start) else { return false };
    let name = head.named(number);
    let digits = name.trim_matches(['（', '）', '、', '.']);
    let forms = match head.level {
        1 => [name.clone(), format!("{digits}，")],
        3 => [name.clone(), format!("{digits}、")],
        _ => [name.clone(), format!("({digits})")],
    };
    forms.iter().any(|form| between.contains(form.as_str()))
}

fn words(prose: &Prose, section: &Section, run: &marker::Run, found: &mut Findings<'_>) {
    let numbers = run.numbers();
    let Some(first) = run.markers.first() else { return };
    if first.family == Family::Shi && first.number > 1 && begins_late(prose, section, first) {
        say(prose, broken_word(prose, first, first, 1), Break::Gap(1), found);
    }
    let wanted = wanted(&numbers);
    for (index, fault) in breaks(&numbers) {
        let (marker, before) = (&run.markers[index], &run.markers[index - 1]);
        let elsewhere =
            matches!(fault, Break::Gap(from) if said_otherwise(prose, section, before, marker, from));
        if !elsewhere {
            say(prose, broken_word(prose, marker, before, wanted[index]), fault, found);
        }
    }
}

fn word_place(prose: &Prose, marker: &Marker) -> std::ops::Range<usize> {
    let start = prose.lines[marker.line].span.start;
    start + marker.span.start..start + marker.span.end
}

fn broken_word(prose: &Prose, marker: &Marker, before: &Marker, wanted: u64) -> Broken {
    let span = word_place(prose, marker);
    let words = &prose.source.text[span.clone()];
    Broken {
        name: marker.named(words, marker.number),
        before: before.named(words, before.number),
        wanted: marker.named(words, wanted),
        span,
    }
}

/// Whether 二是 opens a section that the text has from its beginning, with nothing that counts as 一是.
fn begins_late(prose: &Prose, section: &Section, first: &Marker) -> bool {
    let line = &prose.lines[first.line];
    let before = prose.text(line)[..first.span.start].trim_end();
    let whole = section.head.is_some() || has_title(prose);
    let start = section.head.as_ref().map_or(0, |head| prose.lines[head.line].span.start);
    let text = &prose.source.text[start..word_place(prose, first).start];
    let counted =
        section.markers.iter().any(|other| other.number + 1 == first.number && other.line <= first.line);
    (whole || before.ends_with(['：', ':'])) && !counted && !text.contains("一是")
}

/// Whether the missing number stands there in other words: 一是 … 其次 … 三是, or where no clause begins.
fn said_otherwise(prose: &Prose, section: &Section, before: &Marker, marker: &Marker, number: u64) -> bool {
    let (start, end) = (word_place(prose, before).end, word_place(prose, marker).start);
    let name = marker.named(&prose.source.text[word_place(prose, marker)], number);
    let from = section.markers.partition_point(|other| other.place() <= before.place());
    let mut between = section.markers[from..].iter().take_while(|other| other.place() < marker.place());
    prose.source.text[start..end].contains(&name) || between.any(|other| other.number == number)
}

fn say(prose: &Prose, broken: Broken, fault: Break, found: &mut Findings<'_>) {
    let Broken { name, before, wanted, span } = broken;
    let (message, hint) = match fault {
        Break::Gap(_) => (
            format!("“{name}”前面缺少“{wanted}”"),
            format!("请补上“{wanted}”，或者把“{name}”改成“{wanted}”，后面的依次改"),
        ),
        Break::Repeat => (format!("“{name}”接连用了两次"), format!("请把后一个改成“{wanted}”，后面的依次改")),
        Break::Back(_) => (
            format!("“{name}”排在“{before}”后面，次序乱了"),
            format!("请从头核对序号，这里接着应当是“{wanted}”"),
        ),
    };
    found.at(&prose.source, span, message, hint);
}
