//! Words before a figure as its owner: what does not belong to it falls off, the verb is told from its object.

use std::ops::Range;

use super::fold::{is_figure, is_time, is_token};
use super::lexicon::{ADV, CHANGE, COUNT, ENDWORD, FILL, HEADS, LINK, MODV, NOTVERB, STOP, VERBS, WHOLE};

/// Verbs that say nothing beside an object of two characters.
const LIGHT: [&str; 12] =
    ["召开", "举办", "举行", "进行", "实现", "完成", "达成", "拥有", "取得", "刊出", "收到", "接到"];
/// Longest owner that is taken as it stands, in characters.
const LONG: usize = 18;

/// An owner in its parts; the name is what they say together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// A place or a body before the verb.
    pub subject: String,
    pub verb: String,
    pub object: String,
}

impl Parts {
    pub fn object(words: &str) -> Parts {
        Parts { object: words.to_owned(), ..Parts::default() }
    }

    pub fn done(verb: &str, object: &str) -> Parts {
        Parts { verb: verb.to_owned(), object: object.to_owned(), ..Parts::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.verb.is_empty() && self.object.is_empty()
    }

    pub fn name(&self) -> String {
        format!("{}{}{}", self.subject, self.verb, self.object)
    }

    /// The name without a verb that says nothing: 会议 of 召开会议.
    pub fn heavy_name(&self) -> String {
        if is_light(&self.verb) && chars(&self.object) >= 2 {
            format!("{}{}", self.subject, self.object)
        } else {
            self.name()
        }
    }
}

pub(super) fn is_light(verb: &str) -> bool {
    LIGHT.contains(&verb)
}

pub(super) fn chars(words: &str) -> usize {
    words.chars().count()
}

/// The first bytes of the first `count` characters.
pub(super) fn head(words: &str, count: usize) -> &str {
    words.char_indices().nth(count).map_or(words, |(at, _)| &words[..at])
}

/// The last `count` characters.
pub(super) fn tail(words: &str, count: usize) -> &str {
    let skip = chars(words).saturating_sub(count);
    words.char_indices().nth(skip).map_or("", |(at, _)| &words[at..])
}

/// A text without the stand-ins of times, figures and brackets.
pub(super) fn plain(words: &str) -> String {
    words.chars().filter(|c| !is_token(*c)).collect()
}

/// Words without what ties them to the figure behind them: 达到, 约, 共.
pub(super) fn without_link(mut words: &str) -> &str {
    while ENDWORD.back(words).is_none() {
        let Some(link) = LINK.back(words) else { break };
        words = &words[..words.len() - link.len()];
    }
    words
}

/// Words without what opens the clause: 全年共, 我镇, and marks.
pub(super) fn without_opening(mut words: &str) -> &str {
    loop {
        let bare = words
            .trim_start_matches(['，', '、', '：', ':', '的', ' ', '　', '和', '与', '及', '了', '“', '”']);
        if bare.len() < words.len() {
            words = bare;
            continue;
        }
        if WHOLE.front(words).is_some() {
            return words;
        }
        let opens = |filler: &&str| {
            (chars(filler) > 1 || chars(words) > 1)
                && !words[filler.len()..].starts_with(['、', '和', '与', '及'])
        };
        let filler = FILL.fronts(words).find(opens);
        match filler {
            Some(filler) => words = &words[filler.len()..],
            None => return words,
        }
    }
}

/// Where the last verb with an object behind it begins, and the verb; else a verb at the end.
fn last_verb(words: &str) -> Option<(usize, &'static str)> {
    const NOUNS: [char; 11] = ['业', '率', '额', '量', '值', '员', '站', '班', '费', '度', '队'];
    let ends_as_noun = words.ends_with(&NOUNS[..10]);
    let leaves_object = |at: usize, verb: &str| {
        let left = words.len() - at - verb.len();
        let letter = chars(&words[at + verb.len()..]) == 1;
        left > 0 && !(letter && (at > 0 || ends_as_noun))
    };
    let places = words.char_indices().rev().filter(|(at, _)| NOTVERB.front(&words[*at..]).is_none());
    let mut found = places
        .filter_map(|(at, _)| Some((at, VERBS.fronts(&words[at..]).find(|verb| leaves_object(at, verb))?)));
    let found = found.next().map(|(at, verb)| {
        // 发展 of 新发展.
        let end = at + verb.len();
        let longer = words[..at].char_indices().find_map(|(from, _)| {
            VERBS.fronts(&words[from..]).find(|verb| from + verb.len() == end).map(|verb| (from, verb))
        });
        longer.unwrap_or((at, verb))
    });
    found.or_else(|| VERBS.back(words).map(|verb| (words.len() - verb.len(), verb)))
}

/// An object without what a verb leaves in front of it: 了, 各类, 出 of 刊出专栏.
fn bare_object(mut object: &str) -> &str {
    const WHOLE_OUT: &str = "口栏版生台资动现席让租境勤力土入游院";
    loop {
        let out = object.strip_prefix('出').filter(|rest| !rest.starts_with(|c| WHOLE_OUT.contains(c)));
        let next = ["了", "各类", "各种", "各项"].iter().find_map(|word| object.strip_prefix(word)).or(out);
        match next {
            Some(next) => object = next,
            None => return without_opening(object),
        }
    }
}

/// Subject, verb and object of the words before a figure, without what ties them to it.
pub(super) fn parts(words: &str) -> Parts {
    let words = plain(words);
    let opened = without_opening(&words);
    let last = opened.rsplit(['：', ':', '，', '。', '；']).next().unwrap_or_default();
    let words = without_opening(last);
    if words.is_empty() {
        return Parts::default();
    }
    match last_verb(words).and_then(|(at, verb)| by_verb(words, at, verb)) {
        Some(parts) => parts,
        None => Parts::object(shortened(words)),
    }
}

/// The parts around a verb; nothing where it is a part of a noun.
fn by_verb(words: &str, at: usize, verb: &str) -> Option<Parts> {
    const BODIES: [&str; 9] = ["村", "镇", "委", "会", "级", "所", "站", "局", "队"];
    let (before, object) = (&words[..at], bare_object(&words[at + verb.len()..]));
    let length = chars(words);
    let own = without_opening(before);
    // 贫困村退出7个, and 养老保险参保人数: the words are one name.
    let whole = object.is_empty() && length <= 12 || HEADS.has(object) && VERBS.back(own).is_none();
    if at > 0 && !own.is_empty() && whole {
        return Some(Parts::object(shortened(words)));
    }
    let acting = BODIES.iter().any(|body| before.ends_with(body)) || VERBS.back(own).is_some();
    if at == 0 || length > 10 || acting {
        let place = at > 0 && length <= 12 && (before.ends_with('村') || before.ends_with("社区"));
        let subject = if place { before.to_owned() } else { String::new() };
        return Some(Parts { subject, ..Parts::done(verb, object) });
    }
    if own.is_empty() {
        return Some(Parts::done(verb, object));
    }
    (chars(object) >= 2 && chars(before) <= 4).then(|| Parts::object(words))
}

/// What a long owner ends in: behind its last 的 or 、, else its last characters.
fn shortened(mut words: &str) -> &str {
    if chars(words) <= LONG {
        return words;
    }
    let bounded = bound(words).is_some();
    if !(bounded && chars(words) <= LONG + 2) {
        words = words.rsplit('的').next().filter(|last| chars(last) >= 2).unwrap_or(words);
    }
    if chars(words) > LONG {
        words = words.rsplit('、').next().unwrap_or(words);
    }
    if bounded && chars(words) <= LONG + 4 { words } else { tail(words, LONG) }
}

/// The noun that is counted, behind its figure: 12件实事. Behind other units what follows is another clause.
pub(super) fn noun_behind<'t>(after: &'t str, unit: &str) -> &'t str {
    const LONGEST: usize = 9;
    if !COUNT.has(unit) && !unit.ends_with('米') {
        return "";
    }
    if let Some(place) = counted_place(after) {
        return place;
    }
    let ends = |(at, c): &(usize, char)| is_token(*c) || *c == ' ' || STOP.front(&after[*at..]).is_some();
    let end = after.char_indices().find(ends).map_or(after.len(), |(at, _)| at);
    let words = &after[..end];
    // 未就业毕业生, 返乡青年.
    let made = MODV.front(words).is_some() || words.starts_with(['未', '待']);
    let words = match VERBS.find(words, 0).filter(|_| !made) {
        Some((0, _)) => "",
        Some((at, _)) => &words[..at],
        None => words,
    };
    if chars(words) <= LONGEST { words } else { "" }
}

/// A place or body that is counted; what follows it is what it does: 3个村试点.
fn counted_place(after: &str) -> Option<&str> {
    const PLACES: [&str; 12] = [
        "村民小组",
        "行政村",
        "自然村",
        "贫困村",
        "县市区",
        "乡镇",
        "街道",
        "社区",
        "部门",
        "单位",
        "村",
        "镇",
    ];
    // 村级活动室, 社区卫生站.
    const COMPOUND: &str = "级民道委务干庄集镇落容史规医社支部卫书小农电";
    let place = PLACES.iter().find(|place| after.starts_with(**place))?;
    let compound = after[place.len()..].chars().next().is_some_and(|next| COMPOUND.contains(next));
    (!compound).then(|| &after[..place.len()])
}

/// Where a bound that defines a group stands: 35岁以下, 5万元以上, 3至5年.
pub(super) fn bound(words: &str) -> Option<Range<usize>> {
    words.char_indices().find_map(|(at, _)| bound_at(&words[at..]).map(|length| at..at + length))
}

/// The length of a bound that a text begins with.
pub(super) fn bound_at(text: &str) -> Option<usize> {
    const UNITS: [&str; 13] =
        ["周岁", "万元", "亿元", "平方米", "公里", "千瓦", "岁", "年", "元", "亩", "头", "户", "吨"];
    const SIDES: [&str; 9] = ["以上", "以下", "以内", "至", "到", "—", "-", "～", "~"];
    let number = |text: &str, set: &str| {
        text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || set.contains(c)).len()
    };
    let skip = |text: &str, words: &[&str]| {
        words.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len())
    };
    let mut at = number(text, ".一二三四五六七八九十百千万亿");
    if at == 0 {
        return None;
    }
    at += skip(&text[at..], &UNITS);
    at += skip(&text[at..], &["及其", "及", "含"]);
    let side = skip(&text[at..], &SIDES);
    if side == 0 {
        return None;
    }
    at += side;
    at += number(&text[at..], ".");
    at += skip(&text[at..], &UNITS);
    Some(at + skip(&text[at..], &["之间"]))
}

/// Whether words are a bound and nothing else, but perhaps 的.
pub(super) fn is_bound(words: &str) -> bool {
    bound_at(words).is_some_and(|length| matches!(&words[length..], "" | "的"))
}

/// A name does not begin with a digit: 35岁以下党员 is 党员35岁以下.
pub(super) fn bound_last(name: &str) -> String {
    match bound_at(name) {
        Some(length) => {
            let (bound, rest) = name.split_at(length);
            let rest = rest.strip_prefix('的').unwrap_or(rest);
            if rest.is_empty() { name.to_owned() } else { format!("{rest}{bound}") }
        }
        None => name.to_owned(),
    }
}

/// A name without its bound.
pub(super) fn unbound(name: &str) -> String {
    let mut left = name.to_owned();
    while let Some(span) = bound(&left) {
        left.replace_range(span, "");
    }
    left.trim_matches('的').to_owned()
}

/// The verb of a change at the end of some words, perhaps with 了, 约: where it begins, and the verb.
pub(super) fn change_at_end(words: &str) -> Option<(usize, &'static str)> {
    const GAINS: [&str; 5] = ["新增", "人均增收", "户均增收", "带动增收", "促农增收"];
    if GAINS.iter().any(|word| words.ends_with(word)) {
        return None;
    }
    let ends = ["", "了", "约", "近", "超", "超过", "逾"].iter().filter_map(|end| words.strip_suffix(end));
    let found = ends.filter_map(|words| CHANGE.back(words).map(|verb| (words.len() - verb.len(), verb)));
    found.min_by_key(|(at, _)| *at)
}

/// Where the first adverb behind the first character stands.
pub(super) fn adverb(words: &str) -> Option<usize> {
    let first = words.chars().next()?.len_utf8();
    ADV.find(words, first).map(|(at, _)| at)
}

/// The first of some words in a clause, the longest there.
pub(super) fn first_word<'w>(words: &str, wanted: &[&'w str]) -> Option<(usize, &'w str)> {
    let longest = |at: usize| {
        wanted.iter().filter(|word| words[at..].starts_with(**word)).max_by_key(|word| word.len())
    };
    words.char_indices().find_map(|(at, _)| Some((at, *longest(at)?)))
}

/// 由, 从 or 自 that opens a change: where it stands, and what stands behind it.
pub(super) fn starts_from(words: &str) -> Option<(usize, &str)> {
    let (at, c) = words.char_indices().rfind(|(_, c)| matches!(c, '由' | '从' | '自'))?;
    let (before, behind) = (&words[..at], &words[at + c.len_utf8()..]);
    let opens = match c {
        '由' => !before.ends_with(['自', '理', '经']) && !behind.starts_with('于'),
        '从' => !behind.starts_with(['业', '事', '而', '严', '速', '重', '轻']),
        _ => behind.is_empty() || behind.starts_with(is_time),
    };
    (opens && !behind.contains(is_figure)).then_some((at, behind))
}

/// The word of a base at the end of some words: 同比, 比上年.
pub(super) fn without_base(words: &str) -> &str {
    if let Some(before) = ["同比", "环比"].iter().find_map(|word| words.strip_suffix(word)) {
        return before;
    }
    let timed = words.strip_suffix(is_time).and_then(|before| before.strip_suffix(['比', '较', '与', '同']));
    timed.unwrap_or(words)
}

/// The words before 增加到, 降至 and the like, where the clause ends so.
pub(super) fn risen(left: &str) -> Option<&str> {
    const RISING: [&str; 30] = [
        "撤并", "整合", "精简", "合并", "扩容", "缩减", "缩短", "收窄", "压缩", "扩", "压减", "压降", "增加",
        "增长", "提高", "提升", "上升", "扩大", "发展", "下降", "减少", "降低", "回落", "调整", "跃升",
        "攀升", "增", "降", "升", "减",
    ];
    let words = left.trim_end_matches(|c| c == '的' || is_time(c));
    let words = words.strip_suffix(['约', '近']).unwrap_or(words);
    let words = words.strip_suffix(['到', '至', '为', '成'])?;
    RISING.iter().find_map(|verb| words.strip_suffix(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ties_and_opens_falls_off() {
        for (words, wanted) in [
            ("全年共召开会议", "召开会议"),
            ("我镇共有政协委员", "政协委员"),
            ("有效灌溉面积", "有效灌溉面积"),
            ("共同富裕示范村", "共同富裕示范村"),
        ] {
            assert_eq!(without_opening(words), wanted);
        }
        for (words, wanted) in [
            ("财政收入达到", "财政收入"),
            ("修订村规民约", "修订村规民约"),
            ("收入增加到", "收入"),
            ("签订合同共", "签订合同"),
        ] {
            assert_eq!(without_link(words), wanted);
        }
    }

    #[test]
    fn verb_and_object_are_told_apart() {
        for (words, subject, verb, object) in [
            ("召开会议", "", "召开", "会议"),
            ("清河村流转土地", "清河村", "流转", "土地"),
            ("全年刊出专栏", "", "刊出", "专栏"),
            ("就业率", "", "", "就业率"),
            ("生产总值", "", "", "生产总值"),
            ("办结", "", "办结", ""),
        ] {
            let found = parts(words);
            assert_eq!(
                (found.subject.as_str(), found.verb.as_str(), found.object.as_str()),
                (subject, verb, object),
                "{words}"
            );
        }
    }

    #[test]
    fn bounds_are_found_and_stand_last() {
        assert_eq!(bound_last("35岁以下党员"), "党员35岁以下");
        assert_eq!(bound_last("10万至50万元的村"), "村10万至50万元");
        assert_eq!(unbound("年收入5万元以上的农户"), "年收入的农户");
        assert_eq!(bound("党员"), None);
        assert!(is_bound("60周岁及以上"));
    }

    #[test]
    fn the_noun_stands_behind_counts_only() {
        assert_eq!(noun_behind("实事，", "件"), "实事");
        assert_eq!(noun_behind("退役军人参加", "名"), "退役军人");
        assert_eq!(noun_behind("建成投产", "个"), "");
        assert_eq!(noun_behind("左右", "万元"), "");
    }
}
