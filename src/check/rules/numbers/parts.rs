//! Wholes and their parts: 其中, brackets, 分别, a colon, 农村党员中, or opposites that stand behind a whole.

use rust_decimal::Decimal;

use super::kinds;
use super::reading::{self, Exact};
use super::told::{Line, outside};
use crate::clause::{Relation, When, leading_verb};
use crate::zh::number::Scale;
use crate::zh::pattern::Pattern;

/// A whole with the parts that the line gives.
#[derive(Debug)]
pub(super) struct Division<'l> {
    /// The whole.
    pub(super) total: &'l Exact,
    /// Its parts, in order.
    pub(super) parts: Vec<Exact>,
    /// How they are called.
    pub(super) names: Vec<&'l str>,
    /// Whether they are all there is, so that their sum is the whole.
    pub(super) closed: bool,
}

/// 按类型分 between a total and the first part of a complete list.
static DIVIDED: Pattern = Pattern::new("[，,](?:按|从)[^，。；、,;0-9]+(?:分|看)[，：,:]?[^，。；、,;0-9]*$");

/// 分别 between a total and the first of a row of bare figures.
static EACH: Pattern = Pattern::new("^[^。；;0-9]*分别[^，。；0-9增减提下上降升比较占高低]{0,4}$");

/// 农村党员中， before the first part of a part.
static WITHIN: Pattern = Pattern::new("[，。；,;]([^，。；、,;：0-9]{2,12})中[，,]?[^，。；、,;0-9]*$");

/// Between two figures of a row.
static ROW: Pattern = Pattern::new("^(?:、|和|及|与|，|,)$");

/// Nouns that a verb before them is a part of: 收割机, 加工作坊.
const NOUNS: [&str; 11] = ["作坊", "厂", "企业", "大户", "中心", "站", "点", "队", "员", "户", "合作社"];

/// Words of what is no sum of its parts.
const MEANS: [&str; 8] = ["均", "亩产", "单产", "每", "价", "标准", "最", "密度"];

/// The longest stretch between a whole and its first part, in bytes.
const GAP: usize = 180;

/// The divisions of a line.
pub(super) fn divisions<'l>(line: &'l Line<'_>) -> Vec<Division<'l>> {
    let mean = |at: usize| MEANS.iter().any(|word| line.words(at).contains(word));
    let wholes = (0..line.figures.len()).filter(|at| line.figures[*at].is_amount() && !mean(*at));
    wholes.flat_map(|at| [bracket(line, at), list(line, at), within(line, at)]).flatten().collect()
}

/// 412亩（水田265亩、旱地147亩）.
fn bracket<'l>(line: &'l Line<'_>, whole: usize) -> Option<Division<'l>> {
    let first = whole + 1;
    let depth = line.figures[whole].depth;
    let gap = (line.figures.get(first)?.depth == depth + 1).then(|| line.gap(whole, first))?;
    let opens = gap.starts_with(['（', '(']) && !gap.contains(['）', ')']);
    let parts = opens.then(|| walk(line, whole, first)).flatten().filter(|parts| parts.len() > 1)?;
    let open = ["其中", "含", "包括", "主要"].iter().any(|word| gap.contains(word));
    make(line, whole, parts, !open)
}

/// What stands behind a whole in the same sentence, or begins the next with 其中.
fn list<'l>(line: &'l Line<'_>, whole: usize) -> Option<Division<'l>> {
    let first = next(line, whole).filter(|next| line.figures[*next].base == line.figures[whole].base);
    let said = (whole + 1..line.figures.len()).find(|at| {
        let told = &line.figures[*at];
        told.claim.whole == Some(whole) && told.depth == line.figures[whole].depth && told.is_amount()
    });
    let first = said.or(first)?;
    let gap = outside(line.gap(whole, first));
    let gap = (gap.len() <= GAP).then_some(gap.as_str())?;
    let words = gap.trim_start_matches(char::is_alphanumeric);
    if gap.contains("其中") {
        let parts = among(gap).then(|| walk(line, whole, first)).flatten()?;
        return make(line, whole, parts, false);
    }
    if DIVIDED.is_match(gap) || words.starts_with(['：', ':']) && !gap.contains(['。', '主', '等']) {
        let parts = walk(line, whole, first).filter(|parts| parts.len() > 1)?;
        return make(line, whole, parts, true);
    }
    if EACH.is_match(gap) {
        return row(line, whole, first, gap);
    }
    opposites(line, whole)
}

/// Whether 其中 speaks of what stands before it, and not of something in between.
fn among(gap: &str) -> bool {
    let before = gap.split("其中").next().unwrap_or_default();
    let own = before.rsplit(['。', '！', '；']).next().unwrap_or_default();
    !before.contains(['。', '！']) || own.trim().is_empty()
}

/// 共28座，东村、西村、南村分别为10座、8座、10座; all but the last may lack the unit.
fn row<'l>(line: &'l Line<'_>, whole: usize, first: usize, gap: &str) -> Option<Division<'l>> {
    let total = line.exact(whole)?;
    let fits = |at: usize| {
        let exact = line.exact(at)?;
        (exact.base() == total.base() || exact.base().is_empty() && !exact.amount.unit.is_scaled())
            .then(|| exact.clone())
    };
    let mut parts = vec![fits(first)?];
    for at in first + 1..line.figures.len() {
        if !ROW.is_match(line.gap(at - 1, at)) {
            break;
        }
        parts.push(fits(at)?);
    }
    let last = parts.last().filter(|last| last.base() == total.base() && parts.len() > 1)?;
    let sum = sum(&parts);
    let said = ["共", "合计", "总计", "累计"].iter().any(|word| line.words(whole).contains(word));
    let near = sum >= total.value() * Decimal::new(6, 1);
    let open = reading::lead(line.text, last.span.end, 9).starts_with('等') || gap.contains("其中");
    let change = matches!(line.figures[first].claim.relation, Relation::Change { .. });
    let members =
        gap.split(['，', '、', '和', '与', '及']).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    let apart = !kinds::may_overlap(&members);
    (!open && !change && apart && (said || near)).then_some(())?;
    Some(Division { total, parts, names: Vec::new(), closed: true })
}

/// 农村党员中，男党员497名、女党员186名: the whole is itself a part named before.
fn within<'l>(line: &'l Line<'_>, whole: usize) -> Option<Division<'l>> {
    let first = (whole + 1..line.figures.len()).find(|at| {
        let gap = line.gap(at - 1, *at);
        WITHIN.captures(gap).is_some_and(|found| line.name(whole).ends_with(&found[1]))
    })?;
    let same = line.figures[first].base == line.figures[whole].base && line.figures[first].is_amount();
    let parts = same.then(|| walk(line, whole, first)).flatten().filter(|parts| parts.len() > 1)?;
    make(line, whole, parts, false)
}

/// 登记7365辆，已上牌7012辆，未上牌353辆: where two that follow are opposites, some of what follows is the whole.
fn opposites<'l>(line: &'l Line<'_>, whole: usize) -> Option<Division<'l>> {
    let told = &line.figures[whole];
    let parts: Vec<usize> = (whole + 1..line.figures.len())
        .take_while(|at| {
            let near = line.gap(at - 1, *at);
            line.figures[*at].base == told.base
                && line.figures[*at].is_amount()
                && near.matches(reading::ENDS).count() <= usize::from(*at == whole + 1)
        })
        .collect();
    let names: Vec<&str> = parts.iter().map(|at| line.name(*at)).collect();
    let total = line.exact(whole)?;
    let exact: Option<Vec<Exact>> = parts.iter().map(|at| line.exact(*at).cloned()).collect();
    let exact = exact.filter(|_| names.len() > 1 && names.len() < 6 && kinds::opposites(&names))?;
    let all = sum(&exact);
    let smaller = exact.iter().all(|part| part.value() <= total.value());
    let near = all >= total.value() * Decimal::new(6, 1) && all <= total.value() * Decimal::new(14, 1);
    let some = (0..exact.len()).flat_map(|from| (from + 2..=exact.len()).map(move |to| (from, to)));
    let fits = |(from, to): (usize, usize)| {
        let some = &exact[from..to];
        (sum(some) - total.value()).abs() <= slack(total, some)
    };
    let any = some.into_iter().any(fits);
    (smaller && near && !any).then_some(Division { total, parts: exact, names, closed: true })
}

/// The next figure beside a whole that says how much there is.
fn next(line: &Line<'_>, whole: usize) -> Option<usize> {
    let depth = line.figures[whole].depth;
    (whole + 1..line.figures.len())
        .find(|at| line.figures[*at].depth <= depth && line.figures[*at].is_amount())
        .filter(|at| line.figures[*at].depth == depth)
}

/// What separates the parts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// 、 or 和.
    Close,
    /// ， or ；.
    Wide,
}

/// The parts of a whole from the first on: figures of its unit up to the end of the sentence or of the bracket, or
/// up to what is no part any more. Growth and shares between them are passed over. Nothing where one of them is rough.
fn walk(line: &Line<'_>, whole: usize, first: usize) -> Option<Vec<usize>> {
    let depth = line.figures[first].depth;
    let units = units(line, whole);
    let mut parts = vec![first];
    let mut mark = None;
    line.exact(first)?;
    for at in first + 1..line.figures.len() {
        let told = &line.figures[at];
        let last = *parts.last()?;
        let gap = outside(line.gap(last, at));
        if told.depth < depth || is_end(&gap) {
            break;
        }
        if told.depth > depth || !told.is_amount() {
            continue;
        }
        let here = if gap.contains(['，', '；', ',', ';']) { Mark::Wide } else { Mark::Close };
        let narrower = mark == Some(Mark::Close) && here == Mark::Wide;
        if !units.contains(&told.base) || narrower || !is_part(line, whole, first, at) {
            break;
        }
        told.exact.as_ref()?;
        mark = mark.or(Some(here));
        parts.push(at);
    }
    Some(parts)
}

/// The unit of a whole, and the other that stands in brackets behind it: 120台（套）.
pub(super) fn units<'l>(line: &Line<'l>, whole: usize) -> Vec<&'l str> {
    let behind = &line.text[line.figures[whole].span.end..];
    let other = behind.strip_prefix('（').and_then(|rest| rest.split_once('）')).map(|(unit, _)| unit);
    let short =
        other.filter(|unit| unit.chars().count() <= 2 && !unit.contains(|c: char| c.is_ascii_digit()));
    std::iter::once(line.figures[whole].base).chain(short).collect()
}

/// Whether a list is over with these words.
fn is_end(gap: &str) -> bool {
    gap.contains(reading::ENDS) || gap.contains("其中") || gap.contains("中，") || gap.contains('：')
}

/// Whether a figure that follows a part is a part, too, and does not say what was done with the whole.
fn is_part(line: &Line<'_>, whole: usize, first: usize, at: usize) -> bool {
    let told = &line.figures[at];
    let planned = |at: usize| matches!(line.figures[at].claim.when, When::Plan(_));
    if planned(at) != planned(whole) {
        return false;
    }
    let words = line.words(at);
    let bare = |words: &str| leading_verb(words).is_some_and(|verb| verb == words);
    let done = words.starts_with(['已', '未', '共']) || words.starts_with("累计");
    if done {
        return kinds::opposites(&[line.words(first), words]);
    }
    // 限期整改25处 says what was done with all of them, unless the first part says the like.
    if ends_in_verb(words) && !ends_in_verb(line.words(first)) {
        return false;
    }
    match leading_verb(words) {
        Some(verb) if verb == words => bare(line.words(first)),
        Some(verb) if told.claim.whole != Some(whole) => {
            let rest = &words[verb.len()..];
            let alike = rest.chars().count() > 1 && line.words(first).ends_with(rest);
            rest.chars().count() == 1 || alike || NOUNS.iter().any(|noun| rest.ends_with(noun))
        }
        _ => true,
    }
}

/// Whether words end in a verb of two characters.
fn ends_in_verb(words: &str) -> bool {
    let last = words.char_indices().rev().nth(1).map_or(words, |(at, _)| &words[at..]);
    leading_verb(last).is_some_and(|verb| verb == last)
}

/// A division of figures by their index.
fn make<'l>(line: &'l Line<'_>, whole: usize, parts: Vec<usize>, closed: bool) -> Option<Division<'l>> {
    let total = line.exact(whole)?;
    let names: Vec<&str> = parts.iter().map(|at| line.name(*at)).collect();
    let parts: Option<Vec<Exact>> = parts.iter().map(|at| line.exact(*at).cloned()).collect();
    let parts = parts?;
    let behind = reading::lead(line.text, parts.last()?.span.end, 24);
    let behind = behind.split(['，', '。', '；', '）', '、']).next().unwrap_or_default();
    let open = behind.contains('等');
    let closed = !open && (closed || parts.len() > 1 && kinds::are_all(&names));
    (!open || parts.len() == 1).then_some(Division { total, parts, names, closed })
}

/// What parts come to; one without a unit has the unit of the last.
pub(super) fn sum(parts: &[Exact]) -> Decimal {
    let scale = parts.last().map_or(Scale::ONE, |last| last.amount.unit.scale);
    let value = |part: &Exact| match part.base() {
        "" => part.value() * scale.factor(),
        _ => part.value(),
    };
    parts.iter().map(value).sum()
}

/// How far sums of rounded figures may stray.
pub(super) fn slack(total: &Exact, parts: &[Exact]) -> Decimal {
    let parts = || parts.iter().filter(|part| !part.base().is_empty());
    let steps: Decimal = parts().map(Exact::step).sum();
    let whole = parts().all(|part| part.is_whole_as(total)) && total.amount.decimals == 0;
    if whole { Decimal::ZERO } else { (total.step() + steps) / Decimal::TWO }
}

/// Whether all would come out right if two neighbouring digits of one figure changed places: then one of them was
/// mistyped, whatever else the list may leave out.
pub(super) fn is_slip(total: &Exact, parts: &[Exact]) -> bool {
    let off = total.value() - sum(parts);
    let turned = |figure: &Exact, off: Decimal| swaps(figure).any(|more| more == off);
    parts.len() > 1 && (turned(total, -off) || parts.iter().any(|part| turned(part, off)))
}

/// By how much a figure of three digits and more grows when two neighbouring digits change places.
pub(super) fn swaps(figure: &Exact) -> impl Iterator<Item = Decimal> {
    let step = figure.step();
    let digits = figure.value().checked_div(step).unwrap_or_default().trunc().normalize().to_string();
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let long = digits.len() > 2;
    (1..digits.len()).filter(move |_| long).filter_map(move |at| {
        let place = 10_i64.checked_pow(u32::try_from(digits.len() - 1 - at).ok()?)?;
        let (left, right) = (i64::from(digits[at - 1]), i64::from(digits[at]));
        let more = (right - left) * 9 * place;
        (more != 0).then(|| Decimal::from(more) * step)
    })
}
