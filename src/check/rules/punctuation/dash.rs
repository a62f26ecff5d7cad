//! The form of a dash.

use super::super::prelude::*;
use super::marks::{clause_after, clause_before, place, sides};
use crate::check::LineKind;

/// GB/T 15834-2011, 4.10.2: a dash takes two squares; 4.13: a short one joins places, dates and numbers.
pub(super) const RULE: Rule = Rule::prose("pun-dash", Level::Warning, run);

static DASH: Pattern = Pattern::new("— —|[-—–―─－]+");
/// Words that a dash explains.
static EXPLAINED: Pattern = Pattern::new(
    "(?:目标|任务|主题|主线|口号|抓手|关键|核心|根本|重点|重心|举措|做法|成果|品牌|法宝|路子|道路|路径\
         |方向\
         |名片|精神|典型|代表|模式|产业|特色|亮点|优势|短板|难题|大事|实事|好事|喜事|问题|原则|理念|思路\
         |战略|底线\
         |保障|基础|资源|项目|工程|活动|行动|载体|平台|窗口|标准|希望|梦想|一件事|总结|汇报|报告|讲话|答卷\
         |密码\
         |引擎|心愿|心声|变化|答案|道理|秘诀|真谛|宗旨|使命|初心|共识|信念|决心|承诺|环节|渠道|力量|主角\
         |主体\
         |字|句话|关键词|落脚点|出发点|切入点|着力点|增长点|发力点|突破口|难点|痛点|堵点|症结|根源|成绩\
         |经验)$",
);
/// How an explanation begins that is a clause.
static CLAUSE: Pattern = Pattern::new(
    "^(?:[让为把使以从要用靠敢不既即也那这是]|就是|全力|坚持|推进|实现|打造|做好|抓好|绝不|决不|记\
    |献给|写在)",
);
/// What a short dash joins: places and lines between them, times.
static JOINED: Pattern = Pattern::new(
    "公路|铁路|高速|航|班车|班线|客运|管道|管网|管线|输|路段|路线|线路|国道|省道|县道|村道|沿线|往返\
         |流域|水系\
         |走廊|经济带|物流|直达|专线|公里|一线\
         |[村镇乡县市省州区路站河江桥山湖坝组屯寨岭湾城港段口年月日时点周]—\
         |—\\p{Han}{1,3}(?:[村镇县市省州区路站河江桥湖坝组屯寨岭湾港段线]|乡[^亲村下情])\
         |—[一二三四五六七八九十]+[年月日时]",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| line.kind != LineKind::Cell) {
        for dash in DASH.find_iter(text).filter(|dash| dash.as_str() != "——") {
            let wrong = if dash.as_str().chars().count() > 1 {
                is_long(text, &dash.range())
            } else {
                is_short(text, &dash.range())
            };
            if wrong {
                let message = format!("破折号写成了“{}”", dash.as_str());
                let span = place(line, &dash.range());
                found.fix(&prose.source, span, "——", message, "请写成“——”（占两个字）");
            }
        }
    }
}

/// Whether several strokes stand for a dash; between numbers they stand for a range, which is another rule's.
fn is_long(text: &str, dash: &Range<usize>) -> bool {
    let (left, right) = sides(text, dash);
    let chinese = |c: char| is_han(c) || "“《”》，。：；".contains(c);
    let range = right.is_some_and(|c| c.is_ascii_digit())
        && text[..dash.start].chars().rev().take(3).any(|c| c.is_ascii_digit());
    !range
        && (left.is_some_and(chinese) || left.is_none())
        && right.is_some_and(|c| chinese(c) || c.is_ascii_digit())
}

/// Whether one stroke between Han characters stands for a dash.
fn is_short(text: &str, dash: &Range<usize>) -> bool {
    let (left, right) = sides(text, dash);
    let begins = left.is_none_or(|c| "。；：".contains(c)) && text[dash.clone()] != *"-";
    let side = |c: Option<char>, quote: char| c.is_some_and(|c| is_han(c) || c == quote);
    if !side(right, '“') || !(begins || side(left, '”')) {
        return false;
    }
    let hyphen = matches!(&text[dash.clone()], "-" | "－");
    begins || explains(clause_before(text, dash.start), clause_after(text, dash.end), hyphen)
}

/// Whether a stroke joins a word with what explains it, as against two ends of one thing or, with a hyphen,
/// the halves of a name.
fn explains(left: &str, right: &str, hyphen: bool) -> bool {
    let strokes = |c: char| "-—–―─－".contains(c);
    if left.contains(strokes) || right.contains(strokes) {
        return false;
    }
    let left = left.trim_end_matches(['”', ' ', '　']);
    let near: Vec<char> = left.chars().rev().take(6).collect();
    let near: String = near.into_iter().rev().collect();
    let clause = !hyphen && CLAUSE.is_match(right.trim_start());
    EXPLAINED.is_match(left) || clause && !JOINED.is_match(&format!("{near}—{right}"))
}
