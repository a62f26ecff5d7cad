//! Whether two names mean the same thing: what they share, and what is left of each.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::words::{ALIKE, DEEDS, EMPTY, EXCLUSIVE, NARROWING, SAME};

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    chars: Vec<char>,
    /// The same, sorted: what two names share is seen at a glance.
    sorted: Vec<char>,
    /// Of every set of words that exclude each other, those that the name holds, as bits.
    exclusive: Vec<u32>,
}

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Kin {
    /// They speak of different things, or of nothing that can be told.
    #[default]
    Apart,
    /// One of them says a word that makes it another thing, or both say something of their own.
    Strange,
    /// One of them says a little more.
    Near,
    /// They say the same.
    Same,
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Likeness {
    pub kin: Kin,
    /// How much of both is shared, in thousandths.
    pub shared: usize,
    /// Whether the draft says a word more than is known: it may mean less of it.
    pub more: bool,
}

/// Names of which less is shared are apart.
const LEAST: usize = 450;
/// So many characters more than a fact says may be said of it without making another thing of it.
const MORE: usize = 1;

struct Sets(Vec<Vec<Vec<char>>>);

static EXCLUDING: LazyLock<Sets> = LazyLock::new(|| Sets::of(EXCLUSIVE));
static DOING: LazyLock<Sets> = LazyLock::new(|| Sets::of(DEEDS));
static SYNONYMS: LazyLock<Sets> = LazyLock::new(|| Sets::of(ALIKE));
static NOTHING: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| longest_first(EMPTY.split_whitespace()));
static NARROW: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| longest_first(NARROWING.split_whitespace()));

impl Sets {
    fn of(sets: &[&str]) -> Sets {
        Sets(sets.iter().map(|set| set.split('|').map(|word| word.chars().collect()).collect()).collect())
    }

    /// Of every set, which of its words stand in some text, as bits; a word within a longer one does not count.
    fn held(&self, text: &[char]) -> Vec<u32> {
        let held = |set: &Vec<Vec<char>>| {
            let mut words: Vec<(usize, &Vec<char>)> = set.iter().enumerate().collect();
            words.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
            let mut taken = vec![false; text.len()];
            let mut bits = 0_u32;
            for (index, word) in words {
                for at in places(text, word) {
                    if !taken[at..at + word.len()].contains(&true) {
                        taken[at..at + word.len()].fill(true);
                        bits |= 1 << index;
                    }
                }
            }
            bits
        };
        self.0.iter().map(held).collect()
    }
}

fn longest_first<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Vec<char>> {
    let mut words: Vec<Vec<char>> = words.map(|word| word.chars().collect()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// Where a word stands in a text.
fn places<'t>(text: &'t [char], word: &'t [char]) -> impl Iterator<Item = usize> + 't {
    text.windows(word.len().max(1)).enumerate().filter(move |(_, part)| *part == word).map(|(at, _)| at)
}

impl Name {
    /// A name in the words of a text.
    pub fn of(words: &str) -> Name {
        let mut text = words.to_owned();
        for (written, meant) in SAME {
            if text.contains(written) && !text.contains(&format!("{meant}{written}")) {
                text = text.replace(written, meant);
            }
        }
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let exclusive = EXCLUDING.held(&chars);
        let mut sorted = chars.clone();
        sorted.sort_unstable();
        Name { chars, sorted, exclusive }
    }

    /// Whether nothing is left that says what is meant.
    pub fn says_nothing(&self) -> bool {
        without(&self.chars, &NOTHING).is_empty()
    }

    /// Whether it holds a word that others stand against: 工业.
    pub fn narrows(&self) -> bool {
        self.exclusive.iter().any(|bits| *bits != 0)
    }

    /// How alike what a draft says is to what is known.
    pub fn likeness(&self, known: &Name) -> Likeness {
        let apart = Likeness::default();
        if !self.may_share(known)
            || excluded(&self.exclusive, &known.exclusive)
            || is_share(&self.chars) != is_share(&known.chars)
        {
            return apart;
        }
        let (own, other) = without_alike(&self.chars, &known.chars);
        let (deeds, known_deeds) = (DOING.held(&own), DOING.held(&other));
        let (shared, own, other) = tiled(own, other);
        let (own, other) = (telling(&own), telling(&other));
        let length = |left: &[Vec<char>]| shared + left.iter().map(Vec::len).sum::<usize>();
        let part = |left: &[Vec<char>]| (1000 * shared).checked_div(length(left)).unwrap_or(0);
        let alike = usize::midpoint(part(&own), part(&other));
        let named = shared > 0 && (shared > 1 || own.is_empty() && other.is_empty());
        if !named || alike < LEAST {
            return apart;
        }
        let kin = match (own.is_empty(), other.is_empty()) {
            _ if excluded(&deeds, &known_deeds) => Kin::Strange,
            (true, true) => Kin::Same,
            (false, false) => Kin::Strange,
            (false, true)
                if does_more(&deeds, &known_deeds) || narrows(&own) || length(&own) - shared > MORE =>
            {
                Kin::Strange
            }
            (true, false) if narrows(&other) => Kin::Strange,
            _ => Kin::Near,
        };
        Likeness { kin, shared: alike, more: length(&own) > shared + 1 }
    }

    /// The best likeness to one of several names of the same thing.
    pub fn best(&self, names: &[Name]) -> Likeness {
        let likenesses = names.iter().map(|name| self.likeness(name));
        likenesses.max_by_key(|one| (one.kin, one.shared)).unwrap_or_default()
    }

    /// Whether a row of words says one of several names, a name of one character by itself.
    pub fn names(&self, names: &[Name]) -> bool {
        names.iter().any(|name| name.chars.len() > 1 && places(&self.chars, &name.chars).next().is_some())
    }

    /// Whether two characters of one are in the other, or its only one.
    fn may_share(&self, other: &Name) -> bool {
        let (mut own, mut theirs) = (self.sorted.iter().peekable(), other.sorted.iter().peekable());
        let least = self.chars.len().min(other.chars.len()).min(2);
        let mut shared = 0;
        while let (Some(one), Some(two)) = (own.peek(), theirs.peek()) {
            match one.cmp(two) {
                Ordering::Less => _ = own.next(),
                Ordering::Greater => _ = theirs.next(),
                Ordering::Equal => {
                    shared += 1;
                    own.next();
                    theirs.next();
                }
            }
        }
        shared > 0 && shared >= least
    }
}

/// Whether a deed is told of which nothing is known: 办结提案 of 提案.
fn does_more(own: &[u32], known: &[u32]) -> bool {
    own.iter().zip(known).any(|(own, known)| *own != 0 && *known == 0)
}

/// Whether each of two names holds a word of a set, and none of them is the same.
fn excluded(own: &[u32], other: &[u32]) -> bool {
    own.iter().zip(other).any(|(own, other)| *own != 0 && *other != 0 && own & other == 0)
}

/// Whether a name is that of a rate: its amount is another thing.
fn is_share(name: &[char]) -> bool {
    name.last() == Some(&'率') || name.ends_with(&['意', '度'])
}

/// How many characters two names share, and the stretches of each that are left.
fn tiled(one: Vec<char>, other: Vec<char>) -> (usize, Vec<Vec<char>>, Vec<Vec<char>>) {
    let (mut left, mut right) = (vec![one], vec![other]);
    let mut shared = 0;
    while let Some((at, from, to, start, length)) = longest_common(&left, &right) {
        cut(&mut left, at, from, length);
        cut(&mut right, to, start, length);
        shared += length;
    }
    (shared, left, right)
}

/// The longest stretch that two lists of stretches share: where it is in each, and its length.
fn longest_common(left: &[Vec<char>], right: &[Vec<char>]) -> Option<(usize, usize, usize, usize, usize)> {
    let mut best: Option<(usize, usize, usize, usize, usize)> = None;
    for (at, one) in left.iter().enumerate() {
        for (to, other) in right.iter().enumerate() {
            for from in 0..one.len() {
                for start in 0..other.len() {
                    let same = one[from..]
                        .iter()
                        .zip(&other[start..])
                        .take_while(|(one, other)| one == other)
                        .count();
                    if same > 0 && best.is_none_or(|(.., length)| same > length) {
                        best = Some((at, from, to, start, same));
                    }
                }
            }
        }
    }
    best
}

/// Takes a stretch out of one of several.
fn cut(pieces: &mut Vec<Vec<char>>, at: usize, from: usize, length: usize) {
    let piece = pieces.swap_remove(at);
    pieces.extend(
        [&piece[..from], &piece[from + length..]]
            .into_iter()
            .filter(|rest| !rest.is_empty())
            .map(<[char]>::to_vec),
    );
}

/// Two names without verbs that may stand for each other.
fn without_alike(one: &[char], other: &[char]) -> (Vec<char>, Vec<char>) {
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    for set in &SYNONYMS.0 {
        let find = |name: &[char]| set.iter().find_map(|word| Some((places(name, word).next()?, word)));
        if let (Some((at, own)), Some((to, theirs))) = (find(&one), find(&other))
            && own != theirs
        {
            one.drain(at..at + own.len());
            other.drain(to..to + theirs.len());
        }
    }
    (one, other)
}

/// What is left of stretches without words that say nothing.
fn telling(pieces: &[Vec<char>]) -> Vec<Vec<char>> {
    pieces.iter().map(|piece| without(piece, &NOTHING)).filter(|piece| !piece.is_empty()).collect()
}

/// A stretch without some words; one of a single character counts only where nothing but such words is left.
fn without(piece: &[char], words: &[Vec<char>]) -> Vec<char> {
    let mut left = piece.to_vec();
    let (single, words): (Vec<&Vec<char>>, Vec<&Vec<char>>) = words.iter().partition(|word| word.len() == 1);
    for word in words {
        let mut next = places(&left, word).next();
        while let Some(at) = next {
            left.drain(at..at + word.len());
            next = places(&left, word).next();
        }
    }
    let nothing = left.iter().all(|c| single.iter().any(|word| word[0] == *c));
    if nothing { Vec::new() } else { left }
}

/// Whether a stretch holds a word that makes another thing of what it stands before.
fn narrows(pieces: &[Vec<char>]) -> bool {
    let narrow = |piece: &Vec<char>| {
        NARROW.iter().any(|word| places(piece, word).next().is_some())
            || EXCLUDING.held(piece).iter().any(|bits| *bits != 0)
    };
    pieces.iter().any(narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_what_is_left_of_them() {
        for (draft, known, kin) in [
            ("信访总量", "信访总量", Kin::Same),
            ("流转土地", "土地流转", Kin::Same),
            ("召开会议", "会议", Kin::Same),
            ("农村居民人均可支配收入", "农村人均可支配收入", Kin::Same),
            ("粮食产量", "粮食总产量", Kin::Same),
            ("民间投资", "民间投资逆势", Kin::Same),
            ("建成文化广场", "新建文化广场", Kin::Same),
            ("高标准农田", "农田", Kin::Strange),
            ("委员", "女委员", Kin::Strange),
            ("重大隐患", "隐患", Kin::Strange),
            ("办结提案", "提案", Kin::Strange),
            ("预备党员", "党员", Kin::Strange),
            ("每人补助", "每户补助", Kin::Apart),
            ("办结案件", "受理案件", Kin::Strange),
            ("县道", "农村公路", Kin::Apart),
            ("新建学校", "新改扩建学校", Kin::Apart),
            ("城镇居民收入", "农村居民收入", Kin::Apart),
            ("满意率", "满意人数", Kin::Apart),
            ("合作社收入", "家庭农场收入", Kin::Apart),
            ("安置就业", "委员企业安置就业", Kin::Strange),
        ] {
            assert_eq!(Name::of(draft).likeness(&Name::of(known)).kin, kin, "{draft} {known}");
        }
    }

    #[test]
    fn a_name_without_a_noun_says_nothing() {
        for (name, nothing) in [("", true), ("全年共计", true), ("目标", true), ("会议", false)] {
            assert_eq!(Name::of(name).says_nothing(), nothing, "{name}");
        }
    }
}
