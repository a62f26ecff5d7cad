//! The nearest known name to one that was mistyped.

/// The candidate with the fewest changed characters, if it is near enough to be meant.
pub(super) fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted: Vec<char> = name.chars().collect();
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, candidate), candidate))
        .filter(|(changes, candidate)| *changes * 2 <= wanted.len().max(candidate.chars().count()))
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn distance(wanted: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=wanted.len()).collect();
    for (at, c) in candidate.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, w) in wanted.iter().enumerate() {
            let replaced = diagonal + usize::from(*w != c);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[wanted.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_that_was_meant() {
        let known = ["委员.总数", "委员.女委员", "宣传.会议"];
        assert_eq!(nearest("委员.总署", known), Some("委员.总数"));
        assert_eq!(nearest("宣传.会", known), Some("宣传.会议"));
        assert_eq!(nearest("天气", known), None);
    }
}
