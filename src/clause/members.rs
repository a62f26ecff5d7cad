//! Members of a list and the words they share: 城镇、农村|居民人均可支配收入, 受理|民事、刑事案件.

use super::fold::is_token;
use super::lexicon::{CLASS, HEADS, NOTVERB, NOUNV, VERBS};
use super::owner::{chars, head, tail, without_opening};

/// One word for several members.
const SEVERAL: [(&str, &[&str]); 11] = [
    ("三次产业", &["第一产业", "第二产业", "第三产业"]),
    ("一二三产业", &["第一产业", "第二产业", "第三产业"]),
    ("一二三产", &["第一产业", "第二产业", "第三产业"]),
    ("一二产业", &["第一产业", "第二产业"]),
    ("三产", &["第一产业", "第二产业", "第三产业"]),
    ("城乡居民", &["城镇居民", "农村居民"]),
    ("城乡", &["城镇", "农村"]),
    ("男女", &["男", "女"]),
    ("产销量", &["产量", "销量"]),
    ("产销", &["产", "销"]),
    ("进出口额", &["进口额", "出口额"]),
];

/// One word for what is written as a list of ordinals.
const SERIES: [(&str, &str); 5] = [
    ("第一、二、三产业", "三次产业"),
    ("一、二、三产业", "三次产业"),
    ("一、二、三产", "三次产业"),
    ("第一、二产业", "一二产业"),
    ("一、二产业", "一二产业"),
];

/// The length of what joins two members at the front of `rest`; `before` is what stands in front.
fn joint(before: &str, rest: &str) -> Option<usize> {
    // Words in which a joining character joins nothing: 共和国, 参与, 普及.
    const INSIDE: [(char, &str, &str); 3] =
        [('和', "共饱温总", "谐睦平顺田县"), ('与', "参给", "会时"), ('及', "普涉波触惠危", "格时早其以")];
    let first = rest.chars().next()?;
    if first == '、' {
        return Some(first.len_utf8());
    }
    if rest.starts_with("以及") {
        return Some("以及".len());
    }
    let (_, before_it, behind_it) = INSIDE.iter().find(|(joint, ..)| *joint == first)?;
    let inside = before.ends_with(|c| before_it.contains(c))
        || rest[first.len_utf8()..].starts_with(|c| behind_it.contains(c));
    (!inside).then_some(first.len_utf8())
}

/// The joints of some words, as their places and lengths.
fn joints(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut free = 0;
    words.char_indices().filter_map(move |(at, _)| {
        let length = joint(&words[..at], &words[at..]).filter(|_| at >= free)?;
        free = at + length;
        Some((at, length))
    })
}

/// The length of a joint at the front of some words.
pub(super) fn joint_at_front(words: &str) -> Option<usize> {
    ["、", "以及", "和", "及", "与"].iter().find(|word| words.starts_with(**word)).map(|word| word.len())
}

/// The parts between the joints of some words.
fn split(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, length) in joints(words) {
        parts.push(&words[from..at]);
        from = at + length;
    }
    parts.push(&words[from..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a name ends in a quantity (收入, 产量), not in a class of things (案件, 居民).
pub(super) fn is_quantity(name: &str) -> bool {
    const ENDS: [char; 6] = ['率', '额', '量', '度', '数', '值'];
    let head = HEADS.has(name) && !CLASS.has(name) || longest_head(name, |head| !CLASS.has(head)).is_some();
    head || name.ends_with(ENDS) && chars(name) > 2
}

/// The longest head that a name ends in, its own words before it.
fn longest_head(name: &str, wanted: impl Fn(&str) -> bool) -> Option<&'static str> {
    HEADS.backs(name).find(|head| head.len() < name.len() && wanted(head))
}

/// A name as its own words and the longest tail made of heads: 农村, 居民人均可支配收入.
pub(super) fn stem_and_tail(name: &str) -> (&str, &str) {
    let mut end = name.len();
    while let Some(head) = longest_head(&name[..end], |head| chars(head) > 1)
        .or_else(|| longest_head(&name[..end], |head| chars(&name[..end]) >= chars(head) + 2))
    {
        end -= head.len();
    }
    let tail = &name[end..];
    let letter = tail.starts_with(['率', '量', '额', '度', '数']);
    if letter && chars(&name[..end]) >= 4 {
        // 率 takes the two characters before it along.
        let from = end - self::tail(&name[..end], 2).len();
        return name.split_at(from);
    }
    name.split_at(end)
}

/// The members that some words list, each with what they share; one where they list nothing.
pub(super) fn members(words: &str) -> Vec<String> {
    let words: String = words.chars().filter(|c| !is_token(*c)).collect();
    let words = SERIES.iter().fold(words, |words, (series, name)| words.replace(series, name));
    let words = words.rsplit(['：', ':']).next().unwrap_or_default();
    let words = without_opening(words).trim_end_matches(['的', '，']);
    let words = without_count(words);
    let parts = split(words);
    match parts.as_slice() {
        [] | [_] => match SEVERAL.iter().find(|(word, _)| words.contains(word)) {
            Some((word, names)) => names.iter().map(|name| words.replacen(word, name, 1)).collect(),
            None => parts.into_iter().map(str::to_owned).collect(),
        },
        [others @ .., last] => shared(others, last),
    }
}

/// 预算收入、投资、零售额等三项主要指标 without what counts them.
fn without_count(words: &str) -> &str {
    if !words.contains('、') {
        return words;
    }
    let Some(mut rest) = words.strip_suffix("指标") else { return words };
    rest = rest.strip_suffix("主要").or_else(|| rest.strip_suffix("重点")).unwrap_or(rest);
    rest = ["项", "个", "类", "方面"].iter().find_map(|unit| rest.strip_suffix(unit)).unwrap_or(rest);
    let counted = rest.strip_suffix(|c: char| "两三四五六七八九".contains(c) || c.is_ascii_digit());
    counted.map_or(words, |rest| rest.strip_suffix('等').unwrap_or(rest))
}

/// Ways in which members share words, the surer first; `None` where a way does not hold.
type Way = fn(&[&str], &str) -> Option<Vec<String>>;

fn shared(others: &[&str], last: &str) -> Vec<String> {
    const WAYS: [Way; 7] = [bare_head, verb_of_last, letters, suffix, heads, equal_length, verb_at_end];
    WAYS.iter().find_map(|way| way(others, last)).unwrap_or_else(|| verb_of_first(others, last))
}

/// Every other member with a tail, then the last.
fn with_tail(others: &[&str], tail: &str, last: &str) -> Vec<String> {
    let with = others.iter().map(|other| format!("{other}{tail}"));
    with.chain(std::iter::once(last.to_owned())).collect()
}

/// 一般公共预算收入和支出.
fn bare_head(others: &[&str], last: &str) -> Option<Vec<String>> {
    let [one] = others else { return None };
    let head = HEADS.backs(one).filter(|head| chars(head) > 1 && head.len() < one.len()).last()?;
    let stem = &one[..one.len() - head.len()];
    (HEADS.has(last) && chars(one) > chars(last)).then(|| vec![(*one).to_owned(), format!("{stem}{last}")])
}

/// A、B、C办结信访件: a verb that no other member has, and what it is done to.
fn verb_of_last(others: &[&str], last: &str) -> Option<Vec<String>> {
    let done = |words: &str| {
        words.char_indices().any(|(at, _)| VERBS.front(&words[at..]).is_some_and(|verb| chars(verb) > 1))
    };
    let from = head(last, 2).len();
    let verb = |at: usize| {
        let (_, verb) = VERBS.find(last, at).filter(|(found, _)| *found == at)?;
        (!NOUNV.has(verb) && NOTVERB.front(&last[at..]).is_none()).then_some(at)
    };
    let at = last[from..].char_indices().find_map(|(at, _)| verb(from + at))?;
    let fits =
        !others.iter().any(|other| done(other)) && !is_quantity(&last[..at]) && chars(&last[at..]) >= 3;
    fits.then(|| with_tail(others, &last[at..], last))
}

/// 早、中、晚稻亩产.
fn letters(others: &[&str], last: &str) -> Option<Vec<String>> {
    let single = others.iter().all(|other| chars(other) == 1) && chars(last) >= 2;
    single.then(|| with_tail(others, &last[head(last, 1).len()..], last))
}

/// 城镇居民和农村居民|人均消费支出: an end that all others have.
fn suffix(others: &[&str], last: &str) -> Option<Vec<String>> {
    if others.iter().any(|other| is_quantity(other)) {
        return None;
    }
    let first = others.first()?;
    [3, 2].into_iter().find_map(|count| {
        let end = tail(first, count);
        let common = chars(first) > count && others.iter().all(|other| other.ends_with(end));
        let at = last.find(end).filter(|at| common && *at > 0 && !last.ends_with(end))?;
        Some(with_tail(others, &last[at + end.len()..], last))
    })
}

/// 城镇、农村|居民人均可支配收入: the longest run of heads, unless another member has one of its own.
fn heads(others: &[&str], last: &str) -> Option<Vec<String>> {
    let (stem, tail) = stem_and_tail(last);
    if tail.is_empty() || others.iter().any(|other| is_quantity(other) || other.ends_with(tail)) {
        return None;
    }
    let even = even_length(others);
    let by_length = even.filter(|count| {
        *count <= 4 && chars(last) >= count + 2 && chars(stem) > *count && ends_alike(others, last, *count)
    });
    let short = || even.unwrap_or_else(|| chars(others[0]).min(chars(last) - 1));
    let stem = match by_length {
        Some(count) => head(last, count),
        None if stem.is_empty() => head(last, short()),
        None => stem,
    };
    Some(with_tail(others, &last[stem.len()..], last))
}

/// 东片、西片|管网建设.
fn equal_length(others: &[&str], last: &str) -> Option<Vec<String>> {
    let has_head = !stem_and_tail(last).1.is_empty();
    let count = even_length(others).filter(|count| !has_head && *count <= 4 && chars(last) >= count + 2)?;
    ends_alike(others, last, count).then(|| with_tail(others, &last[head(last, count).len()..], last))
}

/// 水库、塘坝、河道清淤: what was done stands behind the last.
fn verb_at_end(others: &[&str], last: &str) -> Option<Vec<String>> {
    let verb = VERBS.back(last).filter(|verb| chars(last) >= chars(verb) + 2)?;
    let alone = others.iter().all(|other| VERBS.back(other).is_none() && !is_quantity(other));
    alone.then(|| with_tail(others, verb, last))
}

/// How many characters all members have, where they have as many.
fn even_length(others: &[&str]) -> Option<usize> {
    let count = chars(others.first()?);
    others.iter().all(|other| chars(other) == count).then_some(count)
}

/// Whether another member ends in the character that the last has at the same place.
fn ends_alike(others: &[&str], last: &str, count: usize) -> bool {
    let end = count.checked_sub(1).and_then(|at| last.chars().nth(at));
    end.is_some_and(|end| others.iter().any(|other| other.ends_with(end)))
}

/// 受理民事案件、刑事案件: the verb before the first is that of all.
fn verb_of_first(others: &[&str], last: &str) -> Vec<String> {
    let all: Vec<&str> = others.iter().copied().chain(std::iter::once(last)).collect();
    let verb = VERBS.fronts(all[0]).find(|verb| chars(all[0]) > chars(verb) + 1);
    let shared =
        verb.filter(|verb| !is_quantity(all[0]) && !NOUNV.has(verb) && VERBS.front(all[1]).is_none());
    let verb = |index: usize| shared.filter(|_| index > 0).unwrap_or_default();
    all.iter().enumerate().map(|(index, name)| format!("{}{name}", verb(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_share_what_the_last_of_them_says() {
        for (words, wanted) in [
            ("城镇、农村居民人均可支配收入", "城镇居民人均可支配收入 农村居民人均可支配收入"),
            ("集成电路、汽车、锂电池出口", "集成电路出口 汽车出口 锂电池出口"),
            ("早、中、晚稻亩产", "早稻亩产 中稻亩产 晚稻亩产"),
            ("一般公共预算收入和支出", "一般公共预算收入 一般公共预算支出"),
            ("城镇居民和农村居民人均消费支出", "城镇居民人均消费支出 农村居民人均消费支出"),
            ("东片、西片管网建设", "东片管网建设 西片管网建设"),
            ("受理民事案件、刑事案件", "受理民事案件 受理刑事案件"),
            ("粮食产量、财政收入", "粮食产量 财政收入"),
            ("三次产业增加值", "第一产业增加值 第二产业增加值 第三产业增加值"),
            ("普及率和覆盖率", "普及率 覆盖率"),
            ("办结率、满意率", "办结率 满意率"),
            ("参与人数", "参与人数"),
        ] {
            assert_eq!(members(words).join(" "), wanted, "{words}");
        }
    }

    #[test]
    fn a_tail_is_made_of_heads() {
        assert_eq!(stem_and_tail("农村居民人均可支配收入"), ("农村", "居民人均可支配收入"));
        assert_eq!(stem_and_tail("医疗保险参保率"), ("医疗", "保险参保率"));
        assert_eq!(stem_and_tail("清河村"), ("清河村", ""));
    }
}
