//! 、 within an approximate number.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 15834-2011, 4.5.3.4; GB/T 15835-2011, 5.2.1: two digits side by side that make an approximate number
/// have no 、 between them.
pub(super) const RULE: Rule = Rule::prose("pun-dun-num", Level::Error, run);

/// The first number, the mark, the second number with its place, and the words behind.
static NUMBER: Pattern = Pattern::new(
    "([一二三四五六七八九十百千]*[一二两三四五六七八九])(、)([一二两三四五六七八九][十百千万亿]*)\
         (\\p{Han}{0,4})",
);
/// What is counted. Without a place before it 一、二产业, 三、四级, 五、六年级 are ordinals.
static COUNTED: Pattern = Pattern::new(
    "^(?:来|多|余)?(?:个|名|户|人|家|天|次|岁|年|条|件|项|公里|里|亩|成|倍|处|座|台|辆|吨|公斤|斤|米|元\
         |块\
         |分钟|小时|周|种|位|支|只|头|步|遍|回|番|张|份|间|棵|株|口|场|代|趟|车|袋|箱|句\
         |篇|本|册|门|桌|笔|起|宗|例|顿)",
);
static ORDINAL: Pattern = Pattern::new(
    "^(?:年级|年生|次会议|次全|次代表|次党代|人民|支队|支部|支渠|处室|处长|家庭|条例|项目部|车间\
    |门诊|门类|代会)",
);

static HEAD: Pattern = Pattern::new("^[ 　]*[一二三四五六七八九十]{1,3}、");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let heads = prose.each().filter(|(_, text)| HEAD.is_match(text)).count();
    for (line, text) in prose.each().filter(|(_, text)| text.contains('、')) {
        // At the start of a line it may be the number of a heading; one alone is none.
        let numbered = |hit: &Captures<'_>| {
            text[..part(hit, 0).start].trim().is_empty() && (heads > 1 || !line.kind.is_body())
        };
        for hit in NUMBER.captures_iter(text).filter(|hit| !numbered(hit) && is_approximate(hit, text)) {
            let (left, right) = (&hit[1], &hit[3]);
            let message = format!("概数“{left}、{right}”中间多了“、”");
            let hint = format!("请写成“{left}{right}”");
            found.fix(&prose.source, place(line, &part(&hit, 2)), "", message, hint);
        }
    }
}

fn is_approximate(hit: &Captures<'_>, text: &str) -> bool {
    let start = part(hit, 0).start;
    let ordinal = before(text, start).is_some_and(|c| "第、".contains(c));
    let numeral = |c: char| "一二三四五六七八九十、".contains(c);
    let counted = if hit[3].chars().nth(1).is_some() {
        !text[part(hit, 3).end..].starts_with(numeral)
    } else {
        COUNTED.is_match(&hit[4]) && !ORDINAL.is_match(&hit[4])
    };
    !ordinal && counted && is_next(hit[1].chars().next_back(), hit[3].chars().next())
}

/// Whether two digits make an approximate number: one and the next, or a set pair (三五个, 三两个).
fn is_next(left: Option<char>, right: Option<char>) -> bool {
    let value =
        |c: char| "一二三四五六七八九".chars().position(|one| one == if c == '两' { '二' } else { c });
    match (left, right) {
        (Some('三'), Some('五' | '两')) => true,
        (Some(left), Some(right)) => value(left).map(|n| n + 1) == value(right),
        _ => false,
    }
}
