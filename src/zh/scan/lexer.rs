//! Candidates: what is written like a number, between the claims.

use std::ops::Range;

use rust_decimal::Decimal;

use super::claims::CN;
use super::{is_han, measure};
use crate::zh::pattern::Pattern;

/// A number in Arabic digits.
const NUMBER: &str = r"[-－−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?";
/// Scale words that may follow it.
const SCALE: &str = "(?:[十百千]?(?:万亿|亿|万)|千|百)";
/// No name in the first column of a table has so many characters.
const LONGEST_CELL: usize = 7;
/// What joins the ends of a range.
const DASH: &str = "(?:[-—–~～]{1,2}|至|到)";

static CANDIDATE: Pattern = Pattern::made(candidate_pattern);

/// The ends of a range: number, scale and unit, twice.
static ENDS: Pattern = Pattern::made(|| {
    let end = format!("(-?[0-9.,]+)[ 　]?[多余几]?({SCALE}?)[多余几]?(.*?)");
    format!("^(?:约|近|超过|超|逾)?{end}{DASH}{end}(?:及?以上|及?以下|以内|左右|上下)?$")
});

/// One of several, with a slash.
static SLASHED: Pattern = Pattern::new("([0-9]+)/([0-9]+)");

/// Numbers up to the first that has a unit, for which they all share it: 、9和15件.
static SHARED: Pattern = Pattern::made(|| {
    let unit = measure::after_arabic();
    format!(
        "^(?:(?:、|和|及|与){NUMBER}{SCALE}?){{0,30}}(?:、|和|及|与){NUMBER}({SCALE}?{unit}(?:/(?:{unit}|月|日))?)"
    )
});

/// The scale and unit that a number without a unit shares with the last of its list; `after` follows it.
pub(super) fn shared(after: &str) -> Option<&str> {
    let found = SHARED.captures(after)?.get(1)?;
    (!measure::is_noun(found.as_str(), &after[found.end()..])).then(|| found.as_str())
}

/// Alternatives by falling rank: ordinal, place, fraction, ratio, range, number, 大写, Chinese numeral, 成,
/// 一半, 首位 and 零.
fn candidate_pattern() -> String {
    let (unit, cn_unit, kilo) = (measure::after_arabic(), measure::after_chinese(), measure::scale_like());
    let about = "(?:约|近|超过|超|逾)?";
    let after = "(?:及?以上|及?以下|以内|左右|上下)?";
    let rate = format!(
        "{unit}(?:[/／·](?:{unit}|月|日|季度|季)){{0,2}}(?:每(?:立方米|平方米|秒|小时|千克|公斤|升|千瓦时|平方公里))?"
    );
    let scaled = format!("[多余几]?{SCALE}?[多余几]?{rate}多?|[多余几]?{SCALE}[多余]?|[多余]");
    let tail = format!("(?:[ 　]?(?:[多余几]?[亿万]?[多余几]?(?:{kilo})|{scaled}))?");
    [
        format!("第(?:[0-9]+(?:\\.[0-9])?|[{CN}]+)(?:{cn_unit})?"),
        format!("前(?:[{CN}]+(?:名|位)?|[0-9]+(?:名|位))"),
        format!("{about}(?:[{CN}]+|[0-9]+)分之(?:[{CN}]+(?:点[{CN}]+)?|{NUMBER}){after}"),
        format!("{about}[0-9]+(?:\\.[0-9]+)?(?:[:：∶︰][0-9]+(?:\\.[0-9]+)?)+{after}"),
        format!("{about}[0-9]{{1,3}}/[0-9]{{1,3}}{after}"),
        format!("{about}{NUMBER}(?:{SCALE}?{unit}|{SCALE})?{DASH}[0-9]+(?:\\.[0-9]+)?{tail}{after}"),
        format!("{about}[0-9]+(?:亿[0-9]+千?万|万[0-9]+千|万[0-9]{{3,4}}){unit}{after}"),
        format!("{about}[0-9]+(?: \\. ?|\\. )[0-9]+ ?(?:%|{SCALE}?元){after}"),
        format!("{about}[0-9]{{1,3}} [0-9]{{1,2}}[万亿]元{after}"),
        format!("{about}{NUMBER}{tail}{after}"),
        "[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[元圆角分](?:[壹贰叁肆伍陆柒捌玖零]*[角分])*整?"
            .to_owned(),
        format!("{about}[数几上]?[{CN}]+(?:点[{CN}]+)?[多余来几]?[万亿]?[多余]?{cn_unit}多?{after}"),
        format!("{about}[一二两三四五六七八九]成[一二三四五六七八九半]?{after}"),
        format!("{about}一半{after}"),
        "[数上]?[十百千]?(?:万亿|[万亿])".to_owned(),
        "首位|榜首|零".to_owned(),
    ]
    .join("|")
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
    let Some(space) = word.find([' ', '　']) else { return word.len() };
    let whole = if word[space..].contains(|c: char| c.is_ascii_digit()) {
        // 5 9亿元 behind a word is 5.9亿元; in a row of a table it is two numbers.
        before.ends_with(is_han)
    } else {
        !is_row(before, &word[space..], after)
    };
    if whole { word.len() } else { word[..space].trim_end_matches('.').len() }
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
    let value = |at: usize| text(at).replace(',', "").parse::<Decimal>().ok();
    let (Some(low), Some(high)) = (value(1), value(4)) else { return false };
    let (unit, scale) = (text(3), text(2));
    let alike = unit.is_empty() || unit == text(6);
    // 8000元至1.2万元 rises too.
    alike && (low < high || !unit.is_empty() && scale != text(5))
}
