//! Findings of one kind as one: 187 half-width commas are one finding with a count and its first places.

use std::collections::HashMap;

use super::{Diagnostic, Place};

/// How many places are said before the others are only counted.
const SAID: usize = 5;

/// Findings that say the same of several places of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike<'p> {
    /// The first of them.
    pub first: &'p Diagnostic,
    /// Those behind it.
    pub others: Vec<&'p Diagnostic>,
}

/// Problems by what they say, each kind where its first one stands. What is about a fact stays by itself, since
/// somebody may confirm it by itself.
pub fn alike(problems: &[Diagnostic]) -> Vec<Alike<'_>> {
    let mut kinds: Vec<Alike<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for problem in problems {
        let place = problem.place.as_ref().filter(|_| problem.about.is_none());
        let key = place.map(|place| (problem.rule, problem.message.as_str(), place.source.name.as_str()));
        match key.and_then(|key| known.get(&key)) {
            Some(index) => kinds[*index].others.push(problem),
            None => {
                known.extend(key.map(|key| (key, kinds.len())));
                kinds.push(Alike { first: problem, others: Vec::new() });
            }
        }
    }
    kinds
}

impl<'p> Alike<'p> {
    /// How many places there are.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = &'p Place> {
        std::iter::once(self.first).chain(self.others.iter().copied()).filter_map(|one| one.place.as_ref())
    }

    /// Whether a machine can mend all of them.
    pub fn can_be_mended(&self) -> bool {
        self.first.fix.is_some() && self.others.iter().all(|one| one.fix.is_some())
    }

    /// 共187处，另见第3行第5字、…; nothing where there is only one.
    pub fn said(&self) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let place = |place: &Place| format!("第{}行第{}字", place.line(), place.column());
        let others: Vec<String> = self.places().skip(1).take(SAID).map(place).collect();
        let more = if self.others.len() > SAID { "……" } else { "" };
        Some(format!("共{}处，另见{}{more}", self.count(), others.join("、")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Source;

    #[test]
    fn what_says_the_same_is_one_with_its_places() {
        let source = Arc::new(Source::new("稿.txt", "甲,乙,丙\n丁,戊。。".to_owned()));
        let comma =
            |at: usize| Diagnostic::error("pun-half", "逗号是半角").at(&Place::new(&source, at..at + 1));
        let other = Diagnostic::error("pun-repeat", "句号重复").at(&Place::new(&source, 19..22));
        let found = [comma(3), other.clone(), comma(7), comma(15)];
        let kinds = alike(&found);
        assert_eq!(kinds.len(), 2);
        assert_eq!((kinds[0].count(), kinds[1].first), (3, &other));
        assert_eq!(kinds[0].said().as_deref(), Some("共3处，另见第1行第4字、第2行第2字"));
        assert_eq!((kinds[1].said(), kinds[0].can_be_mended()), (None, false));
    }
}
