//! A word that stands twice in a row: 的的, 贯彻贯彻.

use super::super::prelude::*;
use super::super::punctuation::marks::place;

/// Practice of editors: what the hand wrote twice is taken out once.
pub(super) const RULE: Rule = Rule::prose("doc-twice", Level::Warning, run);

/// A word of one character that never stands twice, the characters before it with which it makes a word of its own,
/// and those behind it with which the second one does: 目的|的, 不|了了, 为了|了解.
const SINGLE: [(char, &str, &str); 23] = [
    ('的', "目标靶端", "确士哥"),
    ('了', "", "解却断结然事无之望不"),
    ('是', "于但凡可国若正实唯求自", "否非"),
    (
        '和',
        "共饱温缓调平总谐祥亲随柔暖中讲议附应掺",
        "谐平睦美解气善顺田静硕县布龙林约声颜缓好悦合亲政盛安康蔼",
    ),
    ('在', "现存所实潜内外好旨意健自尚犹同", "建职校岗编册线场家外读位网逃押园籍场座库营乎意于即"),
    ('与', "参赋给授干", "会时众日民世共其"),
    ('对', "核反校应相面结派一绝查比成配敌作", "口外接象比策标照方联手立内待应于称话付"),
    ('把', "车火一", "握关手控脉门守"),
    ('被', "植棉盖", "褥子告动"),
    ('将', "干名大", "军来士领"),
    ('也', "", ""),
    ('就', "成造迁俯", "业近地医读学诊餐绪此任职"),
    ('以', "可予所加足难得给借用", "上下及内外后来前至致为便工奖人旧往期案身防点德点法房赛"),
    ('为', "行有人所", "民了农人期何首数主由中此"),
    ('从', "服盲听随跟", "事业严优快而前业众简政容"),
    ('向', "方意动倾导取走志去流面风", "上前阳好导心往"),
    ('由', "理自缘因事", "来此衷"),
    ('到', "签报周迟", "位达底期会场账户村点岗家来手处"),
    ('着', "", "力眼重手实装陆火急想落色"),
    ('们', "", ""),
    ('其', "", "他中它次实余间"),
    ('于', "", "都谦田是"),
    ('并', "合归兼", "网入购轨联发存非肩排"),
];

/// Words of two characters that are said twice for a while of doing, or to make them strong.
const REPEATED: &str = "研究讨论学习商量了解考虑宣传活动锻炼休息打扫收拾整理交流放松体验感受认识参观准备帮助观察检查\
    琢磨商议议论彼此意思非常特别很多许多好多真的很久热闹高兴比划溜达打听安慰调查走访看望慰问凉快合计指导指点体会总结如何见识如此这样那样";
/// Units that stand twice behind a figure: 420万万元.
const UNITS: &str = "万亿元人亩吨个件户名次场期家条项";
/// What makes another word of the second one: 项目|项目库, 责任|责任人.
const TAILS: &str = "员家业部厅局站室化性力率者人组委库生量额点户院园队团校司长口地";
/// The length of a word that another one may begin with.
const PAIR: usize = 2;
/// No word that is looked for is longer, in characters.
const LONGEST: usize = 8;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let mut at = 0;
        while at + 1 < characters.len() {
            let Some(length) = twice(&characters, at) else {
                at += 1;
                continue;
            };
            let byte = |index: usize| characters.get(index).map_or(text.len(), |(byte, _)| *byte);
            let (first, second, end) = (byte(at), byte(at + length), byte(at + 2 * length));
            if !line.is_quoted(&(first..end)) {
                let word = &text[first..second];
                let message = format!("“{word}”接连写了两遍");
                if length == PAIR {
                    // Two words may stand side by side that only a person tells apart.
                    found.at(&prose.source, place(line, &(first..end)), message, "请删去一个，或者换个说法");
                } else {
                    found.fix(&prose.source, place(line, &(second..end)), "", message, "请删去一个");
                }
            }
            at += 2 * length;
        }
    }
}

/// How many characters the word has that stands twice at a place.
fn twice(text: &[(usize, char)], at: usize) -> Option<usize> {
    let (here, next) = (text[at].1, text[at + 1].1);
    if !is_han(here) {
        return None;
    }
    let before = at.checked_sub(1).map(|index| text[index].1);
    if here == next && before.is_some_and(|before| before.is_ascii_digit()) && UNITS.contains(here) {
        // 12户|户均, 3个|个体户.
        let after = text.get(at + 2).map(|(_, c)| *c);
        return (!after.is_some_and(|after| "均人体性案别".contains(after))).then_some(1);
    }
    if here == next {
        return is_single(before, here, text.get(at + 2).map(|(_, c)| *c)).then_some(1);
    }
    let longest = LONGEST.min((text.len() - at) / 2);
    let same = |length: &usize| (0..*length).all(|index| text[at + index].1 == text[at + length + index].1);
    let length = (2..=longest).find(same)?;
    let word: String = text[at..at + length].iter().map(|(_, c)| *c).collect();
    let after = text.get(at + 2 * length).map(|(_, c)| *c);
    is_word(before, &word, after).then_some(length)
}

/// Whether a character stands twice by mistake.
fn is_single(before: Option<char>, c: char, after: Option<char>) -> bool {
    SINGLE.iter().any(|(single, left, right)| {
        *single == c
            && !before.is_some_and(|before| left.contains(before) || before == c)
            && !after.is_some_and(|after| right.contains(after))
    })
}

/// Whether a word of two characters or more stands twice by mistake.
fn is_word(before: Option<char>, word: &str, after: Option<char>) -> bool {
    if !word.chars().all(is_han)
        || word.starts_with(['一', '逐', '每', '半', '某', '很', '好', '真', '太', '大', '小'])
    {
        return false;
    }
    if word.chars().count() > PAIR {
        return true;
    }
    // 越来|越来越, 读着读着, 去年一|年一些.
    if word.contains(['越', '着', '一']) {
        return false;
    }
    let said = REPEATED.match_indices(word).any(|(at, _)| REPEATED[..at].chars().count().is_multiple_of(2));
    let numeral = word.chars().all(|c| "零〇一二三四五六七八九十百千万亿两几".contains(c));
    let compound = after.is_some_and(|after| TAILS.contains(after));
    // The second half of 乌鲁乌鲁 and the like is no word: a name goes on at both sides.
    !said && !numeral && !compound && before != Some('·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let starts = 0..characters.len() - 1;
        let word =
            |at: usize| Some(characters[at..at + twice(&characters, at)?].iter().map(|(_, c)| *c).collect());
        starts.filter_map(word).collect()
    }

    #[test]
    fn a_character_that_belongs_to_two_words_is_no_slip() {
        for text in [
            "达到了预期的目的的村",
            "为了了解民情",
            "不了了之",
            "看是是否到位",
            "饱和和谐",
            "现在在建",
            "参与与会",
            "针对对口帮扶",
            "以以工代赈方式",
            "成就就业",
            "作为为民办事的窗口",
            "服从从严要求",
            "家家户户常常年年",
            "研究研究再定",
            "走访走访困难户",
            "一户一户地查",
            "重点项目项目库",
            "落实责任责任人",
            "扎扎实实点点滴滴",
            "三三两两",
            "惠及12户户均增收",
            "签到到岗",
            "人人有责",
            "是是非非",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_word_that_stands_twice_is_told() {
        for (text, word) in [
            ("在县委的的领导下", "的"),
            ("完成了了任务", "了"),
            ("这是是全镇的", "是"),
            ("镇村和和部门", "和"),
            ("在在各村", "在"),
            ("贯彻贯彻精神", "贯彻"),
            ("进行进行整治", "进行"),
            ("人民政府人民政府", "人民政府"),
            ("进一步进一步加强", "进一步"),
            ("到位资金420万万元", "万"),
            ("每年1200元元", "元"),
            ("党委政府党委政府", "党委政府"),
        ] {
            assert_eq!(found(text), [word], "{text}");
        }
    }
}
