//! Names for indicators: a readable Chinese path from the heading and the words around the number.

use std::collections::BTreeSet;

use super::words::{FIELDS, FILLERS, GENERIC, LINKS, PLACES, VERBS, WHOLE};

/// The name of what nothing is said of.
const NOTHING: &str = "数量";
/// Longest name, in characters.
const LONGEST: usize = 14;
/// A clause as short as this is a name as it stands.
const SHORT: usize = 8;

/// The group of a heading or of the first sentence of a point.
pub(super) fn group(words: &str) -> Option<&'static str> {
    let found = FIELDS.iter().filter_map(|field| Some((words.find(field)?, *field)));
    found.min_by_key(|(at, _)| *at).map(|(_, field)| field)
}

/// Headings that speak of what is still to be done, and how its figures are kept apart.
const PLANS: [&str; 9] = ["打算", "计划", "目标", "安排", "展望", "下步", "下一步", "今后", "努力方向"];
const PLAN: &str = "计划";

/// The field of a heading: that which it names, else the heading itself where it is short.
pub(super) fn field(heading: &str) -> Option<String> {
    if PLANS.iter().any(|word| heading.contains(word)) {
        return Some(PLAN.to_owned());
    }
    let words: String = heading.chars().filter(|c| is_word(*c)).collect();
    let short = || (2..=6).contains(&words.chars().count()) && words.chars().all(|c| !c.is_ascii());
    group(heading).map(str::to_owned).or_else(|| short().then(|| words.clone()))
}

/// Names of what a number counts, the best first; the others say more, for where it is taken.
pub(super) fn names(before: &str, unit: &str, after: &str) -> Vec<String> {
    let clause = clause(before);
    let (subject, noun) = (subject(clause), noun(after, unit));
    let best = match (subject.as_str(), noun.as_str()) {
        ("", "") => bare(unit, after),
        ("", noun) => noun.to_owned(),
        (subject, "") => subject.to_owned(),
        // 办成实事12件 and 12件实事 are one thing.
        (subject, noun) if subject.contains(noun) => subject.to_owned(),
        (subject, noun) => match verb_at_end(subject) {
            Some(verb) => format!("{verb}{noun}"),
            None if noun.chars().count() > 1 => noun.to_owned(),
            None => format!("{subject}{noun}"),
        },
    };
    let with_verb = last_verb(clause).map_or_else(String::new, |at| format!("{}{noun}", &clause[at..]));
    let whole = format!("{clause}{noun}");
    let said = [best, with_verb, whole].into_iter().filter(|name| !name.is_empty());
    let mut names: Vec<String> = said.map(|name| shortened(&name)).collect();
    names.dedup();
    names
}

/// The best name.
pub(super) fn name(before: &str, unit: &str, after: &str) -> String {
    names(before, unit, after).swap_remove(0)
}

fn verb_at_end(subject: &str) -> Option<&'static str> {
    VERBS.iter().find(|verb| subject.ends_with(**verb)).copied()
}

/// Nothing is named: what is done with it tells it apart, as in 18件已经落实.
fn bare(unit: &str, after: &str) -> String {
    let words = after.trim_start_matches(['已', '经', '均', '全', '部', '的']);
    let verb = VERBS.iter().find(|verb| words.starts_with(**verb));
    let count = counted(unit);
    verb.map_or_else(|| count.clone(), |verb| format!("{verb}{count}"))
}

/// What changes by a number: the clause before the verb of its change; nothing where it only compares.
pub(super) fn subject_of(before: &str) -> Option<String> {
    const COMPARED: [&str; 7] = ["同比", "比上年", "较上年", "比去年", "较去年", "同期", "平均"];
    let before = before.strip_suffix("年均").unwrap_or(before).trim_end_matches(['净', '，']);
    let before =
        COMPARED.iter().fold(before, |words, compared| words.strip_suffix(compared).unwrap_or(words));
    let subject = shortened(clause(before));
    (subject != NOTHING).then_some(subject)
}

/// What a unit alone says: 86处 of nothing named.
pub(super) fn counted(unit: &str) -> String {
    match unit {
        "人" | "名" | "位" | "人次" => "人数".to_owned(),
        "户" => "户数".to_owned(),
        "%" | "‰" => "比例".to_owned(),
        unit if unit.ends_with('元') => "金额".to_owned(),
        "" => NOTHING.to_owned(),
        unit if unit.chars().all(is_word) => format!("{unit}数"),
        _ => NOTHING.to_owned(),
    }
}

/// Whether a name only says what kind of number it is.
pub(super) fn is_vague(name: &str, unit: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name == NOTHING || name == counted(unit)
}

/// The last words before a number, without what leads up to it and what joins it on.
fn clause(before: &str) -> &str {
    let clause = before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    let mut words = clause;
    while let Some(rest) = without_link(words).filter(|rest| !rest.is_empty()) {
        words = rest;
    }
    while let Some(rest) = longest_front(words) {
        words = rest;
    }
    words = without_opening(words);
    if LINKS.contains(&words) || FILLERS.contains(&words) { "" } else { words }
}

/// A clause without the word that ties it to its number: 达到, 约 and the like, unless it ends a word itself.
fn without_link(words: &str) -> Option<&str> {
    let whole = WHOLE.iter().chain(VERBS).any(|whole| words.ends_with(whole));
    LINKS.iter().filter(|_| !whole).find_map(|link| words.strip_suffix(link))
}

/// A clause without the longest filler that opens it.
fn longest_front(words: &str) -> Option<&str> {
    FILLERS.iter().filter_map(|filler| words.strip_prefix(filler)).min_by_key(|rest| rest.len())
}

/// Where the last verb of a clause begins: its object is what is counted.
fn last_verb(clause: &str) -> Option<usize> {
    let verbs = VERBS.iter().filter_map(|verb| Some((clause.rfind(verb)?, verb.len())));
    verbs.max_by_key(|(at, length)| (*at, *length)).map(|(at, _)| at)
}

/// What a clause says of a number: the object of its verb, else all of it. A clause that begins with a verb
/// is about what stands behind that one: 收到医疗救助申请.
fn subject(words: &str) -> String {
    let first = VERBS.iter().find_map(|verb| words.strip_prefix(verb));
    if let Some(object) = first.filter(|object| object.chars().count() > 1 && !GENERIC.contains(object)) {
        let object = without_fillers(object);
        // 组织开展座谈会.
        let chained = VERBS.iter().any(|verb| object.starts_with(verb));
        return if chained { subject(object) } else { object.to_owned() };
    }
    let Some(at) = last_verb(words) else { return words.to_owned() };
    let verb = VERBS.iter().filter(|verb| words[at..].starts_with(**verb)).max_by_key(|verb| verb.len());
    let verb = verb.copied().unwrap_or_default();
    let object = without_fillers(&words[at + verb.len()..]);
    if object.is_empty() {
        // Who did it tells several of the same verb apart.
        return if words.chars().count() <= SHORT { words } else { &words[at..] }.to_owned();
    }
    let letter = object.chars().count() < 2;
    if letter && words.chars().count() <= SHORT {
        // 举办培训班, 城镇建设类: what looks like a verb is part of the noun.
        let done = verb_at_end(&words[..at]).is_some();
        words[if done { at } else { 0 }..].to_owned()
    } else if letter || GENERIC.contains(&object) {
        format!("{verb}{object}")
    } else {
        object.to_owned()
    }
}

fn without_fillers(mut object: &str) -> &str {
    while let Some(rest) = FILLERS.iter().chain(&["了", "各"]).find_map(|filler| object.strip_prefix(filler))
    {
        object = rest;
    }
    without_opening(object)
}

/// A clause without the auxiliary that opens it: 有政协委员, 将工作专设, 出专栏.
fn without_opening(words: &str) -> &str {
    const OPENINGS: [&str; 9] = ["有", "共", "将", "已", "另", "还", "出", "也", "又"];
    /// Words that begin with one of them.
    const WHOLE: [&str; 32] = [
        "有关", "有效", "有限", "有线", "有机", "有色", "共同", "共享", "共有", "共产", "共建", "共青",
        "将来", "将士", "已婚", "出版", "出栏", "出口", "出生", "出台", "出资", "出动", "出现", "出席",
        "出让", "出租", "出境", "出勤", "出力", "出土", "出入", "出游",
    ];
    let opening = OPENINGS.iter().find_map(|opening| words.strip_prefix(opening));
    match opening {
        Some(rest) if rest.chars().count() > 1 && !WHOLE.iter().any(|whole| words.starts_with(whole)) => rest,
        _ => words,
    }
}

/// The noun behind a measure word: 12件实事. Behind other units what follows is another clause.
pub(super) fn noun(after: &str, unit: &str) -> String {
    const COUNTING: [&str; 30] = [
        "亩",
        "公里",
        "米",
        "平方米",
        "吨",
        "平方公里",
        "个",
        "件",
        "项",
        "家",
        "名",
        "条",
        "所",
        "座",
        "位",
        "户",
        "处",
        "支",
        "场",
        "次",
        "起",
        "批",
        "类",
        "种",
        "对",
        "台",
        "辆",
        "份",
        "间",
        "栋",
    ];
    const STOPS: [&str; 52] = [
        "，", "。", "；", "、", "的", "和", "及", "与", "为", "在", "被", "将", "已", "全", "均", "都", "也",
        "并", "又", "同比", "比", "较", "以", "由", "从", "占", "其", "到", "至", "得", "上", "下", "共",
        "参加", "参与", "达", "提高", "增加", "增长", "正在", "跟进", "铺开", "率先", "专门", "负责", "从事",
        "用于", "列入", "已经", "担任", "帮助", "同",
    ];
    if !COUNTING.contains(&unit) {
        return String::new();
    }
    if let Some(place) = PLACES.iter().find(|place| after.starts_with(**place)) {
        let next = after[place.len()..].chars().next();
        if !next.is_some_and(|next| "级民道委务干庄集镇落容史规医社支部".contains(next)) {
            return (*place).to_owned();
        }
    }
    let end = after
        .char_indices()
        .find(|(at, c)| {
            !is_word(*c) || c.is_ascii_digit() || STOPS.iter().any(|stop| after[*at..].starts_with(stop))
        })
        .map_or(after.len(), |(at, _)| at);
    let words = &after[..end];
    let end = VERBS.iter().filter_map(|verb| words.find(verb)).min().unwrap_or(words.len());
    let words = &words[..end];
    if words.chars().count() > 8 { String::new() } else { words.to_owned() }
}

fn is_word(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}') || c.is_ascii_alphanumeric()
}

/// What a long name ends in, which names the thing: behind its last 的, else its last characters.
fn shortened(name: &str) -> String {
    let name: String = name.chars().filter(|c| is_word(*c)).collect();
    let thing = name.rsplit('的').next().filter(|thing| thing.chars().count() > 1);
    let long = name.chars().count() > LONGEST;
    let chars: Vec<char> = thing.filter(|_| long).unwrap_or(&name).chars().collect();
    let start = chars.len().saturating_sub(LONGEST);
    let short: String = chars[start..].iter().collect();
    let name = short.trim_start_matches('的');
    // A name begins with a Chinese character: 35岁以下党员 is 党员35岁以下.
    let latin = name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    match (latin, name.find(BOUND).map(|at| at + BOUND.len())) {
        (0, _) if !name.is_empty() => name.to_owned(),
        (_, Some(end)) if end < name.len() => format!("{}{}", &name[end..], &name[..end]),
        _ if latin < name.len() => name[latin..].to_owned(),
        _ => NOTHING.to_owned(),
    }
}

/// Ends a threshold, as does 以上.
const BOUND: &str = "以下";

/// Names that were given, so that each is given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// A path that nobody has: the first name that is free, else the first with a number behind it.
    pub fn unique(&mut self, group: &str, names: &[String]) -> String {
        let path = |name: &str| format!("{group}.{name}");
        let first = names.first().map_or(NOTHING, String::as_str);
        let free = names.iter().map(|name| path(name)).find(|path| !self.given.contains(path));
        let numbered =
            || (2..).map(|number| path(&format!("{first}{number}"))).find(|path| !self.given.contains(path));
        let path = free.or_else(numbered).unwrap_or_else(|| path(first));
        self.given.insert(path.clone());
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_clerk_would_say() {
        for (before, unit, after, wanted) in [
            ("全年共召开会议", "次", "，刊出专栏", "会议"),
            ("三年来，刊出专栏", "期", "。", "专栏"),
            ("招商引资到位资金", "万元", "，", "招商引资到位资金"),
            ("争取资金", "万元", "", "争取资金"),
            ("办成", "件", "实事，", "办成实事"),
            ("新建", "个", "村级活动室，", "新建村级活动室"),
            ("我镇共有政协委员", "名", "，", "政协委员"),
            ("硬化道路", "公里", "；", "道路"),
            ("", "个", "村的道路", "村"),
            ("走访慰问", "户", "困难群众", "慰问困难群众"),
            ("", "%", "", "比例"),
            ("、35岁以下党员", "名", "。", "党员35岁以下"),
            ("义务教育阶段适龄儿童入学率", "%", "", "义务教育阶段适龄儿童入学率"),
            ("镇党委会专题研究信访工作", "次", "", "专题研究信访工作"),
            ("收到医疗救助申请", "人次", "，", "医疗救助申请"),
            ("组织开展座谈会", "次", "，", "座谈会"),
            ("开展帮扶活动", "次", "，", "帮扶活动"),
            ("正式签约", "个", "，", "正式签约"),
            ("和", "吨", "。", "吨数"),
            ("举办培训班", "期", "", "培训班"),
            ("其中城镇建设类", "件", "", "城镇建设类"),
            ("养老保险参保率达", "%", "，", "养老保险参保率"),
        ] {
            assert_eq!(name(before, unit, after), wanted, "{before}#{unit}{after}");
        }
    }

    #[test]
    fn groups_come_from_headings_and_paths_are_unique() {
        assert_eq!(group("二、强化宣传引导，凝聚共识"), Some("宣传"));
        assert_eq!(group("三是牵线搭桥，招商引资添后劲。"), Some("招商"));
        assert_eq!(group("一、主要做法"), None);
        let mut names = Names::default();
        let more = ["会议".to_owned(), "召开会议".to_owned()];
        let given = [(); 3].map(|()| names.unique("宣传", &more));
        assert_eq!(given, ["宣传.会议", "宣传.召开会议", "宣传.会议2"]);
    }
}
