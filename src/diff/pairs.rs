//! Which line of last year's report became which of this year's.

use std::collections::BTreeMap;

use super::UnitLine;
use super::likeness::{Bag, masked, most_permille, permille, shared};

/// Least likeness of a pair, in thousandths.
const FLOOR: usize = 350;
/// Least likeness of short lines, such as headings.
const SHORT_FLOOR: usize = 600;
/// Up to so many characters a line is short.
const SHORT: usize = 12;
/// Least likeness where one line of each report is left over at the same place. Of unrelated
/// paragraphs of reports, none of 532 pairs was more alike than 143.
const LONE_FLOOR: usize = 180;
/// Body text must share so many bigrams: one set phrase does not make a pair.
const LEAST_SHARED: usize = 4;
/// A move must be so alike and so long; what is less is gone and new.
const MOVE_FLOOR: usize = 600;
const MOVE_LENGTH: usize = 10;
/// Of the lines that hold a bigram, so many nearest to the same place are looked at.
const NEAREST: usize = 48;
/// So many of the likeliest lines are compared exactly.
const CANDIDATES: usize = 12;

/// What pairing needs to know of a line.
pub(super) struct Entry {
    /// The line to the letter.
    pub text: String,
    pub bag: Bag,
    pub table: bool,
}

impl Entry {
    /// A block of one line or, for a table, of several.
    pub fn new(lines: &[UnitLine], table: bool) -> Entry {
        let text: Vec<&str> = lines.iter().map(|unit| unit.line.text.as_str()).collect();
        let wording = lines.iter().map(|unit| masked(&unit.line.text, &unit.tokens)).collect();
        Entry { text: text.join("\n"), bag: Bag::of(wording), table }
    }
}

/// A pair of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: usize,
    pub new: usize,
    /// The move it is part of: a run of lines that moved together.
    pub moved: Option<usize>,
    likeness: usize,
}

/// Pairs in the order of the new lines. Time grows with the lines and their length, not with their square.
pub(super) fn pairs(old: &[Entry], new: &[Entry]) -> Vec<Pair> {
    let mut chosen = greedy(candidates(old, new), old.len(), new.len());
    chosen.sort_by_key(|pair| pair.new);
    let spine = spine(&chosen, new);
    let mut pairs = moves(chosen, &spine, new);
    let lone = lone(&pairs, old, new);
    pairs.extend(lone);
    pairs.sort_by_key(|pair| pair.new);
    pairs
}

/// Where between two pairs just one line of each report is left, its place speaks for it.
fn lone(pairs: &[Pair], old: &[Entry], new: &[Entry]) -> Vec<Pair> {
    let (mut paired_old, mut paired_new) = (vec![false; old.len()], vec![false; new.len()]);
    for pair in pairs {
        (paired_old[pair.old], paired_new[pair.new]) = (true, true);
    }
    let only = |paired: &[bool], range: std::ops::Range<usize>| {
        let mut free = range.filter(|at| !paired[*at]);
        free.next().filter(|_| free.next().is_none())
    };
    let stays = pairs.iter().filter(|pair| pair.moved.is_none()).map(|pair| (pair.old, pair.new));
    let mut found = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    for (end_old, end_new) in stays.chain([(old.len(), new.len())]) {
        let gap = (only(&paired_old, from_old..end_old), only(&paired_new, from_new..end_new));
        if let (Some(i), Some(j)) = gap {
            let likeness = permille(&old[i].bag, &new[j].bag);
            if old[i].table == new[j].table && likeness >= LONE_FLOOR {
                found.push(Pair { old: i, new: j, moved: None, likeness });
            }
        }
        (from_old, from_new) = (end_old + 1, end_new + 1);
    }
    found
}

fn candidates(old: &[Entry], new: &[Entry]) -> Vec<(usize, Pair)> {
    let mut index: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut wordings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in old.iter().enumerate() {
        wordings.entry(&entry.bag.wording).or_default().push(at);
        let mut last = None;
        for bigram in &entry.bag.bigrams {
            if last != Some(bigram) {
                index.entry(*bigram).or_default().push(at);
            }
            last = Some(bigram);
        }
    }
    let mut found = Vec::new();
    let mut counts = vec![0u32; old.len()];
    for (j, entry) in new.iter().enumerate() {
        let place = j * old.len() / new.len().max(1);
        let mut touched: Vec<usize> = Vec::new();
        let mut count = |at: usize, weight: u32, touched: &mut Vec<usize>| {
            if counts[at] == 0 {
                touched.push(at);
            }
            counts[at] += weight;
        };
        for at in nearest(wordings.get(entry.bag.wording.as_str()).map_or(&[], Vec::as_slice), place) {
            count(*at, 1_000_000, &mut touched);
        }
        let mut last = None;
        for bigram in &entry.bag.bigrams {
            if last != Some(bigram) {
                for at in nearest(index.get(bigram).map_or(&[], Vec::as_slice), place) {
                    count(*at, 1, &mut touched);
                }
            }
            last = Some(bigram);
        }
        // Shared bigrams against the length of both, nearest first among equals.
        touched.sort_by_key(|at| {
            let share = u64::from(counts[*at]) * 1000 / (old[*at].bag.len + entry.bag.len).max(1) as u64;
            (std::cmp::Reverse(share), at.abs_diff(place))
        });
        for at in touched.iter().take(CANDIDATES) {
            found.extend(scored(old, new, *at, j));
        }
        touched.iter().for_each(|at| counts[*at] = 0);
    }
    found
}

/// The entries of an ascending list that are nearest to a place.
fn nearest(list: &[usize], place: usize) -> &[usize] {
    if list.len() <= NEAREST {
        return list;
    }
    let middle = list.partition_point(|at| *at < place);
    let start = middle.saturating_sub(NEAREST / 2).min(list.len() - NEAREST);
    &list[start..start + NEAREST]
}

/// A pair with what it counts, if it may be one: likeness, and a little for standing at the same place.
fn scored(old: &[Entry], new: &[Entry], i: usize, j: usize) -> Option<(usize, Pair)> {
    let (left, right) = (&old[i], &new[j]);
    if left.table != right.table || most_permille(&left.bag, &right.bag) < FLOOR {
        return None;
    }
    let likeness = if left.text == right.text { 1000 } else { permille(&left.bag, &right.bag) };
    let short = left.bag.len.min(right.bag.len) <= SHORT;
    let enough = if likeness == 1000 {
        true
    } else if short {
        likeness >= SHORT_FLOOR
    } else {
        likeness >= FLOOR && shared(&left.bag, &right.bag) >= LEAST_SHARED
    };
    if !enough {
        return None;
    }
    let (here, there) = (j * 1000 / new.len().max(1), i * 1000 / old.len().max(1));
    let nearness = 1000 - here.abs_diff(there).min(1000);
    Some((likeness * 50 + nearness, Pair { old: i, new: j, moved: None, likeness }))
}

/// The best pairs first, every line once.
fn greedy(mut found: Vec<(usize, Pair)>, old: usize, new: usize) -> Vec<Pair> {
    found.sort_by_key(|(key, pair)| {
        let (low, high) = (pair.old.min(pair.new), pair.old.max(pair.new));
        (std::cmp::Reverse(*key), low, high, pair.old)
    });
    let (mut taken_old, mut taken_new) = (vec![false; old], vec![false; new]);
    let mut chosen = Vec::new();
    for (_, pair) in found {
        if !taken_old[pair.old] && !taken_new[pair.new] {
            (taken_old[pair.old], taken_new[pair.new]) = (true, true);
            chosen.push(pair);
        }
    }
    chosen
}

/// Which pairs stand in the same order in both: the heaviest increasing run, found with a tree of
/// prefix maxima.
fn spine(chosen: &[Pair], new: &[Entry]) -> Vec<bool> {
    let size = chosen.iter().map(|pair| pair.old + 1).max().unwrap_or(0);
    // The heaviest run that ends at or before an old line: its weight and its last pair.
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); size + 1];
    let mut previous = vec![None; chosen.len()];
    let mut heaviest = (0, None);
    for (at, pair) in chosen.iter().enumerate() {
        let mut best = (0, None);
        let mut node = pair.old;
        while node > 0 {
            if tree[node].0 > best.0 {
                best = tree[node];
            }
            node &= node - 1;
        }
        previous[at] = best.1;
        let weight = best.0 + pair.likeness * (new[pair.new].bag.len + 1);
        let mut node = pair.old + 1;
        while node <= size {
            if weight > tree[node].0 {
                tree[node] = (weight, Some(at));
            }
            node += node & node.wrapping_neg();
        }
        if weight > heaviest.0 {
            heaviest = (weight, Some(at));
        }
    }
    let mut spine = vec![false; chosen.len()];
    let mut at = heaviest.1;
    while let Some(one) = at {
        spine[one] = true;
        at = previous[one];
    }
    spine
}

/// Pairs off the spine moved, if they are alike and long enough or stand beside one that is; the
/// others are no pairs. Neighbours in both reports are one move.
fn moves(chosen: Vec<Pair>, spine: &[bool], new: &[Entry]) -> Vec<Pair> {
    let strong = |pair: &Pair| pair.likeness >= MOVE_FLOOR && new[pair.new].bag.len >= MOVE_LENGTH;
    let together = |one: &Pair, other: &Pair| one.new + 1 == other.new && one.old + 1 == other.old;
    let mut kept: Vec<Pair> = Vec::with_capacity(chosen.len());
    let (mut number, mut at) = (0, 0);
    while at < chosen.len() {
        if spine[at] {
            kept.push(chosen[at]);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < chosen.len() && !spine[end] && together(&chosen[end - 1], &chosen[end]) {
            end += 1;
        }
        if chosen[at..end].iter().any(strong) {
            number += 1;
            let alike = chosen[at..end].iter().filter(|pair| pair.likeness >= MOVE_FLOOR);
            kept.extend(alike.map(|pair| Pair { moved: Some(number), ..*pair }));
        }
        at = end;
    }
    kept
}
