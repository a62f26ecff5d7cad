//! Short names that are used before they are introduced, and two short names for one body.

use std::collections::BTreeMap;

use regex::{Match, Regex};

use super::super::prelude::*;
use crate::check::LineKind;

/// Practice: the full name comes first, with the short name in brackets, and there is one short name.
pub(super) const RULE: Rule = Rule::prose("doc-abbr", Level::Warning, run);

static INTRODUCED: Pattern = Pattern::new(
    "[（(](?:以下|下文|下称|后文)?(?:均|统)?(?:简称|统称)(?:为|：|:)?“?([^“”（）()，。]{2,15})”?(?:(?:或者?|、|和|／|/)?“([^”]{2,15})”)?[）)]",
);
/// A short name of two characters, 项目, may be a plain word elsewhere.
const SHORTEST: usize = 3;
/// Full names are the same when their ends share so many characters.
const SHARED: usize = 6;

/// A short name where it is introduced.
struct Introduced<'t> {
    line: &'t ProseLine,
    short: Match<'t>,
    second: Option<Match<'t>>,
    full: &'t str,
}

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let introduced: Vec<Introduced<'_>> = prose
        .matches(&INTRODUCED)
        .filter_map(|(line, hit)| introduced(line, prose.text(line), &hit))
        .collect();
    if introduced.is_empty() {
        return;
    }
    used_before(prose, &introduced, found);
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for one in &introduced {
        let ending: String = one.full.chars().rev().take(SHARED).collect();
        let earlier =
            known.insert(ending.clone(), one.short.as_str()).filter(|_| ending.chars().count() == SHARED);
        doubled(prose, one, earlier, found);
    }
}

fn introduced<'t>(line: &'t ProseLine, text: &'t str, hit: &Captures<'t>) -> Option<Introduced<'t>> {
    let full = full_name(&text[..hit.get(0)?.start()]);
    Some(Introduced { line, short: hit.get(1)?, second: hit.get(2), full })
}

/// The Han characters before the brackets.
fn full_name(before: &str) -> &str {
    let start =
        before.char_indices().rev().take_while(|(_, c)| is_han(*c)).last().map_or(before.len(), |(at, _)| at);
    &before[start..]
}

/// Where each short name stands first is found in one pass for all of them.
fn used_before(prose: &Prose, introduced: &[Introduced<'_>], found: &mut Findings<'_>) {
    let long = |one: &&Introduced<'_>| {
        one.short.as_str().chars().count() >= SHORTEST && !one.full.contains(one.short.as_str())
    };
    let mut awaited: BTreeMap<&str, &Introduced<'_>> = BTreeMap::new();
    for one in introduced.iter().filter(long) {
        awaited.entry(one.short.as_str()).or_insert(one);
    }
    let mut names: Vec<String> = awaited.keys().map(|short| regex::escape(short)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let Ok(any) = Regex::new(&names.join("|")) else { return };
    let skipped =
        |line: &ProseLine| matches!(line.kind, LineKind::Title | LineKind::Byline | LineKind::Recipient);
    let lines = prose.each().filter(|(line, _)| !skipped(line));
    for (line, name) in lines.flat_map(|(line, text)| any.find_iter(text).map(move |name| (line, name))) {
        if name.is_empty() {
            return;
        }
        let place = line.span.start + name.start()..line.span.start + name.end();
        let Some(one) = awaited.get(name.as_str()) else { continue };
        if place.start >= one.line.span.start + one.short.start() {
            awaited.remove(name.as_str());
        } else if !line.is_quoted(&name.range()) {
            let short = name.as_str();
            let message = format!("简称“{short}”在交代之前就用了");
            let hint = format!("请在这里先写全称“{}”，并注明“（以下简称“{short}”）”", one.full);
            found.at(&prose.source, place, message, hint);
            awaited.remove(short);
        }
    }
}

fn doubled(prose: &Prose, one: &Introduced<'_>, earlier: Option<&str>, found: &mut Findings<'_>) {
    let start = one.line.span.start;
    let hint = "一个单位、一份文件只用一个简称，请前后统一";
    let short = one.short.as_str();
    if let Some(second) = &one.second {
        let message = format!("同一个全称用了“{short}”“{}”两个简称", second.as_str());
        found.at(&prose.source, start + second.start()..start + second.end(), message, hint);
    } else if let Some(earlier) = earlier.filter(|earlier| *earlier != short) {
        let message = format!("同一个全称先简称“{earlier}”，又简称“{short}”");
        found.at(&prose.source, start + one.short.start()..start + one.short.end(), message, hint);
    }
}
