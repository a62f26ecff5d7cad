//! What blanks within a line are. A blank goes only where nothing can be parted by it: beside a mark that parts by
//! itself, between a number and its unit, or in a sentence. Three people with blanks between them are no slip of one;
//! neither are a name and a post, a label and its value, or the words of a row of particulars, and whether a line is
//! such a row is told by its having none of the marks of a sentence. What cannot be told apart is left as it is
//! written.

use std::ops::Range;

use super::name::{are_places, begins_with_name, count, ends_in_name, head, is_han, is_surname, tail};
use super::pattern::Pattern;

/// What blanks in a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// They stand in a word or a sentence, where none is due.
    Slip,
    /// They may part names, labels or particulars from each other.
    Names,
    /// They are meant: 张　三, “好山 好水”, 5.3 国际合作, 姓名：　　性别：.
    Meant,
}

/// Marks that end a sentence or a clause.
const STOPS: &str = "，。；！？,;!?";
/// Marks behind which, and before which, no blank parts anything that the mark does not part.
const OPENING: &str = "，。；：！？、,;:!?（(《〈“‘〔【—…～";
const CLOSING: &str = "，。；：！？、,;:!?）)》〉”’〕】—…～";
/// What a number of its own belongs to.
static COUNTED: Pattern = Pattern::new("(?:^[ 　]*(?:附?[图表]|附件)|第)$");
/// A label with its colon.
static LABEL: Pattern = Pattern::new("^\\p{Han}{1,8}[ 　]*[：:]");
/// The number of an item.
static ITEM: Pattern = Pattern::new("^[（(][一二三四五六七八九十0-9]{1,3}[）)]");
/// The number of a heading at the beginning of its line.
static HEADING: Pattern = Pattern::new("^[ 　]*[（(][一二三四五六七八九十0-9]{1,3}[）)]$");
/// The number of a heading of several levels, which may look like a date or a figure without its blank.
static NUMBERED: Pattern = Pattern::new("^[ 　]*[0-9]{1,2}(?:[.．][0-9]{1,2})+[.．]?$");
/// A title with its year, which reads on however it was broken.
static TITLE: Pattern = Pattern::new(
    "(?:19|20)[0-9]{2}[ 　]*年.*(?:总结|汇报|报告|要点|方案|计划|通知|讲话|纪要|意见|公报|简报|情况)$",
);
/// Units that may stand alone behind their number.
static UNIT: Pattern = Pattern::new(
    "^(?:[年月日号时分秒个名人户次场件项条家处亩元吨万亿期篇份届位所座台辆套对批天岁米里倍成度类种]|万元|亿元|亿斤\
         |千克|公斤|公里|公顷|万亩|万人|人次|户次|平方米|立方米|平方公里|千瓦|小时|分钟|周岁|余[人户个元亩]|多[人户个元亩]\
         |百分点|个百分点|日印发)$",
);
/// A number at the end.
static NUMBER: Pattern = Pattern::new("[0-9]$");
/// The year or month of a date at the end, and what goes on with it.
static DATED: [(Pattern, Pattern); 2] = [
    (Pattern::new("[0-9][ 　]*年$"), Pattern::new("^[0-9]{1,2}[ 　]*月")),
    (Pattern::new("[0-9][ 　]*月$"), Pattern::new("^[0-9]{1,2}[ 　]*[日号]")),
];
static YEAR: Pattern = Pattern::new("(?:^|[^0-9])(?:19|20)[0-9]{2}$");
/// What people are called by beside their names.
const POSTS: [&str; 22] = [
    "组长",
    "书记",
    "主任",
    "镇长",
    "乡长",
    "村长",
    "县长",
    "局长",
    "所长",
    "站长",
    "院长",
    "校长",
    "会长",
    "主席",
    "委员",
    "代表",
    "经理",
    "负责人",
    "联系人",
    "报告人",
    "主持人",
    "党员",
];
/// What is said of a person and stands for itself.
static PERSONAL: Pattern = Pattern::new(
    "^(?:男|女|\\p{Han}{1,3}族|(?:中共)?党员|预备党员|群众|团员|研究生|硕士|本科|大专|中专|高中|初中|小学|文盲)$",
);
/// The words of a row of particulars in a sentence are no longer, and there are so many of them.
const PARTICULAR: usize = 4;
const PARTICULARS: usize = 3;
/// What stands behind a label is a row where none of its words is longer.
const VALUE: usize = 5;

/// What a run of blanks is, told by what stands around it.
pub fn kind(text: &str, gap: &Range<usize>) -> Gap {
    let (left, right) = (&text[..gap.start], &text[gap.end..]);
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return Gap::Slip;
    };
    if ":：".contains(last) && LABEL.is_match(right) {
        return Gap::Meant;
    }
    if is_parted(left, right) || is_measured(left, right) {
        return Gap::Slip;
    }
    if NUMBERED.is_match(left) || is_slogan(text, gap) || is_widened(&text[gap.clone()], left, right) {
        return Gap::Meant;
    }
    if LABEL.is_match(right) || is_row(text, gap) || parts_names(text, gap, last, first) {
        Gap::Names
    } else {
        Gap::Slip
    }
}

/// Whether a mark at the blank parts what stands there, or nothing is to be parted.
fn is_parted(left: &str, right: &str) -> bool {
    let bracket = right.starts_with(['（', '(']) && !ITEM.is_match(right);
    let mark = left.ends_with(|c| OPENING.contains(c)) || right.starts_with(|c| CLOSING.contains(c));
    mark || bracket || HEADING.is_match(left)
}

/// Whether the blank stands in a number with its unit, or in a date.
fn is_measured(left: &str, right: &str) -> bool {
    let word = head(right);
    let single = count(word) == 1 && !word.starts_with(['男', '女']) && !word.starts_with(is_surname);
    let unit = right.starts_with(['%', '％', '‰', '℃']) || single || UNIT.is_match(word);
    NUMBER.is_match(left) && unit
        || COUNTED.is_match(left) && right.starts_with(|c: char| c.is_ascii_digit())
        || YEAR.is_match(left) && right.starts_with('年')
        || DATED.iter().any(|(before, behind)| before.is_match(left) && behind.is_match(right))
}

/// Whether the blanks part words of a row: a line without the marks of a sentence, the value of a label, or
/// particulars.
fn is_row(text: &str, gap: &Range<usize>) -> bool {
    let mut stops =
        text.char_indices().filter(|(at, c)| is_stop(text, *at, *c)).map(|(at, c)| at..at + c.len_utf8());
    let start = stops.by_ref().take_while(|stop| stop.end <= gap.start).map(|stop| stop.end).last();
    let end = text.char_indices().find(|(at, c)| *at >= gap.end && is_stop(text, *at, *c)).map(|(at, _)| at);
    if start.is_none() && end.is_none() {
        return !TITLE.is_match(text.trim_end()) && !is_foreign_word(text, gap);
    }
    let clause = &text[start.unwrap_or(0)..end.unwrap_or(text.len())];
    let at = gap.start - start.unwrap_or(0);
    let label = LABEL.find(clause.trim_start()).map(|label| &clause.trim_start()[label.end()..]);
    let label = label.filter(|value| clause.len() - value.len() <= at);
    let short = |words: &str, most: usize| words_of(words).iter().all(|word| count(word) <= most);
    let words = words_of(clause);
    let named = words.first().is_some_and(|word| begins_with_name(word)) && short(clause, PARTICULAR);
    let listed = words.len() >= PARTICULARS && (named || words.iter().any(|word| PERSONAL.is_match(word)));
    listed || label.is_some_and(|value| short(value, VALUE))
}

/// Whether the blanks of a line are those around one foreign word: POC 先行.
fn is_foreign_word(text: &str, gap: &Range<usize>) -> bool {
    let (left, right) = (&text[..gap.start], &text[gap.end..]);
    let letter = |c: char| c.is_ascii_alphabetic();
    let foreign = left.ends_with(letter) || right.starts_with(letter);
    let named = ends_in_name(tail(left)) || begins_with_name(head(right));
    foreign && !named && !text.contains(['：', ':']) && words_of(text).len() == 2
}

/// Whether a character ends a clause; a comma within a number does not.
fn is_stop(text: &str, at: usize, c: char) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let number = c == ',' && digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next());
    STOPS.contains(c) && !number
}

/// The words that blanks part, as against those that a blank only stands in by a slip.
fn words_of(clause: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    for part in clause.split(char::is_whitespace) {
        let (left, right) = (clause[..at].trim_end(), clause[at..].trim_start());
        at += part.len() + clause[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        if part.is_empty() {
            continue;
        }
        let number = NUMBER.is_match(left) && right.starts_with(is_unit);
        match words.last_mut().filter(|_| number || is_parted(left, right) || is_measured(left, right)) {
            Some(word) => word.push_str(part),
            None => words.push(part.to_owned()),
        }
    }
    words
}

fn is_unit(c: char) -> bool {
    UNIT.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Whether the blanks may part names from each other or from posts.
fn parts_names(text: &str, gap: &Range<usize>, last: char, first: char) -> bool {
    // A bracket belongs to the name before it: 张三（组长） 李四.
    let bracket = if "）)".contains(last) { text[..gap.start].rfind(['（', '(']) } else { None };
    let left = bracket.unwrap_or(gap.start);
    if tail(&text[..left]).is_empty() || !is_han(first) {
        return false;
    }
    let words = chain(text, left, gap.end);
    // What one of a row is, all are: else closing one would make another look closable.
    is_list(&words) || words.windows(2).any(|pair| may_part(pair[0], pair[1]))
}

/// A name of two characters that a full-width blank sets as wide as one of three.
fn is_widened(blanks: &str, left: &str, right: &str) -> bool {
    let (left, right) = (tail(left), head(right));
    let wide = blanks.chars().all(|c| c == '\u{3000}');
    wide && count(right) == 1 && (count(left) == 1 || left.ends_with(is_surname))
}

/// Whether the blanks stand in a quotation of phrases and nothing else.
fn is_slogan(text: &str, gap: &Range<usize>) -> bool {
    let start = text[..gap.start].rfind(['“', '‘', '”', '’']);
    let end = text[gap.end..].find(['”', '’', '“', '‘']);
    let (Some(start), Some(end)) = (start, end) else { return false };
    let quoted = &text[start..gap.end + end];
    let Some(inside) = quoted.strip_prefix(['“', '‘']) else { return false };
    let phrases = inside.split(char::is_whitespace).filter(|phrase| !phrase.is_empty());
    let closed = text[gap.end + end..].starts_with(['”', '’']);
    closed && phrases.into_iter().all(|phrase| count(phrase) > 1 && phrase.chars().all(is_han))
}

/// The words of Han characters around a run of blanks that only blanks part.
fn chain(text: &str, left: usize, right: usize) -> Vec<&str> {
    let (mut words, mut rest) = (Vec::new(), &text[..left]);
    while !tail(rest).is_empty() {
        words.push(tail(rest));
        let ahead = &rest[..rest.len() - tail(rest).len()];
        rest = ahead.trim_end();
        if rest.len() == ahead.len() {
            break;
        }
    }
    words.reverse();
    let mut rest = &text[right..];
    while !head(rest).is_empty() {
        words.push(head(rest));
        let behind = &rest[head(rest).len()..];
        rest = behind.trim_start();
        if rest.len() == behind.len() {
            break;
        }
    }
    words
}

/// Three words and more, those in the middle as long as names are.
fn is_list(words: &[&str]) -> bool {
    words.len() > 2 && words[1..words.len() - 1].iter().all(|word| (2..=5).contains(&count(word)))
}

/// Whether a word may end in a name or a post, and the next begin with one.
fn may_part(left: &str, right: &str) -> bool {
    let named = ends_in_name(left) && begins_with_name(right);
    let post = |is: &dyn Fn(&str) -> bool| POSTS.iter().any(|post| is(post));
    let posted = post(&|post| left.ends_with(post)) && begins_with_name(right)
        || ends_in_name(left) && post(&|post| right.starts_with(post));
    // 张 三: the name itself is parted.
    let parted = left.ends_with(is_surname) && (count(left) == 1 || count(right) == 1);
    named || posted || parted || are_places(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gaps(text: &str) -> Vec<Gap> {
        let mut found = Vec::new();
        for (at, blank) in text.match_indices(char::is_whitespace) {
            if !text[..at].ends_with(char::is_whitespace) {
                let rest = &text[at + blank.len()..];
                let end = text.len() - rest.trim_start().len();
                found.push(kind(text, &(at..end)));
            }
        }
        found
    }

    #[test]
    fn blanks_between_names_are_no_slips() {
        use Gap::*;
        for (text, wanted) in [
            ("参加人员：张三 李四 王小五。", &[Names, Names][..]),
            ("由张三 李四负责", &[Names]),
            ("由张三 李四负责，月底办结。", &[Names]),
            ("获奖者欧阳小明\t司马光", &[Names]),
            ("组长张　三", &[Meant]),
            ("有张　三、李　四到会", &[Meant, Names]),
            ("涉及东湾村 西岭村。", &[Names]),
            ("在东湾 西岭 南坪铺开。", &[Names, Names]),
            ("打响“好山 好水 好云溪”品牌", &[Meant, Meant]),
            ("廖红建 党发宁", &[Names]),
            ("李旭杰 工业应用负责人", &[Names]),
            ("阿依古丽 买买提", &[Names]),
            ("张三 男 35岁 中共党员", &[Names, Names, Names]),
            ("获奖的有张三 男 35岁 党员，都是本镇人。", &[Names, Names, Names]),
            ("联系人:张三 电话:0755-12345678", &[Names]),
            ("主持：张三 记录：李四。", &[Names]),
            ("张　三　（组长）　李　四", &[Meant, Slip, Names, Meant]),
            ("张三（组长） 李四（副组长），共两人。", &[Names]),
            ("张三 村医 35岁，李四 村干部 40岁。", &[Names; 4]),
            ("张三 CEO", &[Names]),
            ("区划代码 面积 人口", &[Names, Names]),
            ("出席的有云溪镇镇长 李伟。", &[Names]),
            ("姓名：　　性别：　　民族：", &[Meant, Meant]),
            ("5.3 国际化", &[Meant]),
        ] {
            assert_eq!(gaps(text), wanted, "{text}");
        }
    }

    #[test]
    fn blanks_in_sentences_are_slips() {
        for text in [
            "青石 镇的茶叶种植面积达到1.2 万亩。",
            "政协的日 常工作，有序开展。",
            "今年四月 份，对",
            "全镇　上下齐心协力，完成任务。",
            "一年来, 全镇各村( 社区) 共召开会议 12 次",
            "一年来， 全镇 各村共召开会议 12 次 ， 培训 300 人次。",
            "落实《意见》 《方案》要求， 细化责任。",
            // Nothing is parted by the blank of a number, a date, a title with its year.
            "12 万元",
            "120 盏",
            "图 3.1",
            "POC 先行、阶段验收",
            "而采用可执行的路径：先完成 2 个 POC，验证一套流程。",
            "2024 年 12 月 26 日",
            "云溪镇 2024 年度 工作总结",
        ] {
            assert!(gaps(text).iter().all(|one| *one == Gap::Slip), "{text}: {:?}", gaps(text));
        }
    }

    /// Words of lists: names of people and places, labels, posts, particulars.
    const LISTED: [&str; 14] = [
        "张三",
        "李旭杰",
        "廖红建",
        "欧阳小明",
        "阿依古丽",
        "熊大",
        "东湾村",
        "组长：王五",
        "电话:0755-123",
        "男",
        "35岁",
        "中共党员",
        "工业应用负责人",
        "（组长）李四",
    ];

    proptest! {
        #[test]
        fn a_row_is_one_thing(words in prop::collection::vec("[王李三四村镇全上的]{1,5}", 2..6), end in "[，。]?") {
            let found = gaps(&(words.join(" ") + &end));
            prop_assert!(found.iter().all(|one| *one == found[0]), "{:?}", found);
        }

        #[test]
        fn the_words_of_a_list_stay_apart(words in prop::collection::vec(0..LISTED.len() - 1, 2..6), blanks in "[ 　\t]{1,2}") {
            let words: Vec<&str> = words.iter().map(|word| LISTED[*word]).collect();
            let line = words.join(&blanks);
            prop_assert!(gaps(&line).iter().all(|one| *one != Gap::Slip), "{line}: {:?}", gaps(&line));
        }
    }
}
