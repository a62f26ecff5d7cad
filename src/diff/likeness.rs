//! How alike two texts are: bigrams of their wording, figures masked and enumerators left out.

use crate::zh::token::{Token, TokenKind, tokens};

/// A multiset of bigrams, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bag {
    pub bigrams: Vec<u64>,
    /// The masked wording itself.
    pub wording: String,
    /// Its characters.
    pub len: usize,
}

impl Bag {
    /// The bag of a wording, as [`masked`] gives it.
    pub fn of(wording: String) -> Bag {
        let chars: Vec<char> = wording.chars().collect();
        let mut bigrams: Vec<u64> = chars
            .windows(2)
            .map(|pair| (u64::from(pair[0] as u32) << 32) | u64::from(pair[1] as u32))
            .collect();
        bigrams.sort_unstable();
        Bag { bigrams, len: chars.len(), wording }
    }
}

/// The wording, with `#` for every number, without enumerators, marks and spaces.
pub(super) fn masked(text: &str, tokens: &[Token]) -> String {
    let mut wording = String::with_capacity(text.len());
    for token in tokens {
        match token.kind {
            TokenKind::Figure | TokenKind::Number => wording.push('#'),
            TokenKind::Word | TokenKind::Character => wording.push_str(&text[token.span.clone()]),
            TokenKind::Enumerator | TokenKind::Mark => {}
        }
    }
    wording
}

/// How alike the wordings of two texts are, in thousandths.
pub fn alike(left: &str, right: &str) -> usize {
    let bag = |text: &str| Bag::of(masked(text, &tokens(text)));
    permille(&bag(left), &bag(right))
}

/// Dice's coefficient in thousandths; of texts without bigrams, whether they are the same.
pub(super) fn permille(left: &Bag, right: &Bag) -> usize {
    if left.wording == right.wording {
        return if left.len == 0 { 0 } else { 1000 };
    }
    dice(shared(left, right), left, right)
}

/// The likeness that lengths alone allow: what is too unlike in length need not be compared.
pub(super) fn most_permille(left: &Bag, right: &Bag) -> usize {
    if left.len == right.len { 1000 } else { dice(left.bigrams.len().min(right.bigrams.len()), left, right) }
}

fn dice(shared: usize, left: &Bag, right: &Bag) -> usize {
    let all = left.bigrams.len() + right.bigrams.len();
    (2000 * shared).checked_div(all).unwrap_or(0)
}

/// Bigrams that both hold, as often as both do.
pub(super) fn shared(left: &Bag, right: &Bag) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(one), Some(other)) = (left.bigrams.get(i), right.bigrams.get(j)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    shared
}
