//! Candidates: what is written like a number, between the claims.

use std::ops::Range;

use super::is_han;
use crate::zh::number::grammar::{self, NUMBER, dash, few, scale};
use crate::zh::number::grouping::BLANKS;
use crate::zh::number::{Manner, measure, number_of};
use crate::zh::pattern::Pattern;

/// No name in the first column of a table has so many characters.
const LONGEST_CELL: usize = 7;

static CANDIDATE: Pattern = Pattern::made(|| grammar::pattern(Manner::Prose, None));

/// The ends of a range: number, scale and unit, twice.
static ENDS: Pattern = Pattern::made(|| {
    let ((before, behind), middle) = (grammar::around(), few(""));
    let end = format!("(-?[0-9.,]+)[ 　]?{middle}?({}?){middle}?(.*?)", scale());
    format!("^{before}?{end}{}{end}{behind}?$", dash())
});

/// Digits in groups of three with blanks between them.
static GROUPED: Pattern =
    Pattern::made(|| format!("^[^0-9]{{0,2}}[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}})+(?:[^0-9]|$)"));

/// One of several, with a slash.
static SLASHED: Pattern = Pattern::new("([0-9]+)/([0-9]+)");

/// Numbers up to the first that has a unit, for which they all share it: 、9和15件.
static SHARED: Pattern = Pattern::made(|| {
    let (unit, scale) = (measure::after_arabic(), scale());
    format!(
        "^(?:(?:、|和|及|与){NUMBER}{scale}?){{0,30}}(?:、|和|及|与){NUMBER}({scale}?{unit}(?:/(?:{unit}|月|日))?)"
    )
});

/// The scale and unit that a number without a unit shares with the last of its list; `after` follows it.
pub(super) fn shared(after: &str) -> Option<&str> {
    let found = SHARED.captures(after)?.get(1)?;
    (!measure::is_noun(found.as_str(), &after[found.end()..])).then(|| found.as_str())
}

/// The candidates within one stretch of `text` that no claim covers, as ranges of `text`.
pub(super) fn candidates(text: &str, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut from = gap.start;
    std::iter::from_fn(move || {
        let hit = CANDIDATE.find_at(&text[..gap.end], from)?;
        let end = hit.start() + joined_end(hit.as_str(), &text[..hit.start()], &text[hit.end()..]);
        from = end;
        Some(hit.start()..end)
    })
}

/// Where a candidate ends that only looks as if two things belonged together: 30人到12个村.
fn joined_end(word: &str, before: &str, after: &str) -> usize {
    if let Some(slash) = SLASHED.captures(word) {
        let part = |at: usize| slash.get(at).and_then(|part| part.as_str().parse::<u32>().ok());
        let end = slash.get(1).map_or(word.len(), |part| part.end());
        return if part(1) < part(2) { word.len() } else { end };
    }
    if let Some(ends) = ENDS.captures(word) {
        let low = ends.get(3).map_or(word.len(), |unit| unit.end());
        return if is_range(&ends) && !leads_from(before) { word.len() } else { low };
    }
    let Some(space) = word.find(|c: char| c == '　' || BLANKS.contains(c)) else { return word.len() };
    if is_grouped(word, before) {
        return word.len();
    }
    let whole = if word[space..].contains(|c: char| c.is_ascii_digit()) {
        // 5 9亿元 behind a word is 5.9亿元; in a row of a table it is two numbers.
        before.ends_with(is_han)
    } else {
        !is_row(before, &word[space..], after)
    };
    if whole { word.len() } else { word[..space].trim_end_matches('.').len() }
}

/// Whether blanks part the thousands of one number: 19 800人. In the row of a table they part cells.
fn is_grouped(word: &str, before: &str) -> bool {
    let measured = !word.ends_with(|c: char| c.is_ascii_digit());
    let cell = before.ends_with(|c: char| c.is_whitespace() || c == '|');
    GROUPED.is_match(word) && measured && !cell
}

/// Whether a number, with what looks like its unit behind a blank, stands in the row of a table, where the
/// next name may begin like a unit: 教育 12 人社 15.
fn is_row(before: &str, unit: &str, after: &str) -> bool {
    let number = |cell: &str| cell.trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit());
    if !before.ends_with(char::is_whitespace) || !after.starts_with(is_han) {
        return false;
    }
    let mut cells = after.splitn(3, char::is_whitespace);
    let (name, next) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
    let short = name.chars().take(LONGEST_CELL).count() < LONGEST_CELL && name.chars().all(is_han);
    let followed = short && !unit.is_empty() && next.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    followed || before.split_whitespace().next_back().is_some_and(number)
}

/// Whether what stands before makes two numbers of it: 从5个到8个, 由100户增加50户到150户.
fn leads_from(before: &str) -> bool {
    let clause = before.rsplit(['，', '。', '；', '、']).next().unwrap_or(before);
    let changes = ["增加", "增长", "提高", "上升", "减少", "下降", "降低"];
    before.ends_with(['从', '由', '自'])
        || clause.contains(['从', '由']) && changes.iter().any(|verb| clause.ends_with(verb))
}

/// Whether the ends of a range rise and count the same.
fn is_range(ends: &regex::Captures<'_>) -> bool {
    let text = |at: usize| ends.get(at).map_or("", |part| part.as_str());
    let (Some(low), Some(high)) = (number_of(text(1)), number_of(text(4))) else { return false };
    let (unit, scale) = (text(3), text(2));
    let alike = unit.is_empty() || unit == text(6);
    // 8000元至1.2万元 rises too.
    alike && (low < high || !unit.is_empty() && scale != text(5))
}
