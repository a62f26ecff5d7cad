//! The name that somebody probably meant.

/// The candidate nearest to `name`, if it is near enough to be worth a guess: at most a third of
/// the longer name differs, one character at least; or one name contains the other.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted: Vec<char> = name.chars().collect();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let other: Vec<char> = candidate.chars().collect();
        let distance = edits(&wanted, &other);
        let limit = (wanted.len().max(other.len()) / 3).max(1);
        let contained =
            wanted.len() > 1 && other.len() > 1 && (candidate.contains(name) || name.contains(candidate));
        (distance <= limit && distance < other.len() || contained).then_some((distance, candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edits(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let names = ["委员.总数", "委员.女委员", "宣传.会议"];
        assert_eq!(nearest("委员.总人数", names), Some("委员.总数"));
        assert_eq!(nearest("宣传.会仪", names), Some("宣传.会议"));
        assert_eq!(nearest("粮食", names), None);
        assert_eq!(nearest("", names), None);
    }
}
