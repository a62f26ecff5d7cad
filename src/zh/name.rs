//! Blanks and dots that may belong to names. Three people with blanks between them are no slip of one, and the dot
//! in 买买提·依明 ends no sentence; what cannot be told apart is left as it is written.

use std::ops::Range;

/// Whether a character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// What blanks between Han characters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// They stand in a word or a sentence, where none is due.
    Slip,
    /// They may part names from each other.
    Names,
    /// They are meant: 张　三, “好山 好水”.
    Meant,
}

/// What a dot between Han characters is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// It stands in a name that is written by its sound.
    Name,
    /// It may do so, or stand for something else than a full stop.
    Unsure,
    /// It does not.
    Stop,
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚\
    沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温\
    芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐梅庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯\
    阮桂闵解强柴华车冉房边净阎佘尚阿迟娄郎仇窦冷丛宫巩蒙巫湛匡古米邬郁岑褚臧应明卞连隗楼滕宗简苟蒲鞠敖骆";
const DOUBLE_SURNAMES: [&str; 12] =
    ["欧阳", "上官", "司马", "诸葛", "皇甫", "夏侯", "东方", "尉迟", "公孙", "慕容", "令狐", "司徒"];
/// What names of places, bodies and bureaus end in.
const PLACES: &str = "村镇乡县市区局办站所院校厂组湾岭坪寨屯";
/// The characters that names of other languages are written with.
const SOUNDS: &str = "阿艾爱埃安昂巴拜班贝比别波伯布才次达丹旦德迪丁顿多尔法菲弗夫尕嘎盖冈格贡古哈海罕汗合赫洪霍吉加坚江杰金津\
    卡凯坎康柯科克肯库夸拉莱兰朗勒雷里丽利力列林仁隆卢鲁伦罗洛麻马玛买麦曼芒梅蒙米莫木姆穆纳娜乃奈南尼涅宁努诺帕派潘佩彭皮普齐奇恰钦曲热茹\
    若萨赛桑色森沙舍斯松苏索塔泰坦唐特提图吐托瓦旺威维温翁沃乌吾西希夏雪亚扬央依伊衣益因尤玉约孜泽扎詹珠卓兹宗祖佐肉娅代黛赞朝其呼和敖甫";
/// A clause that is no longer than this in front of a dot hardly is a sentence.
const SHORT_CLAUSE: usize = 5;

/// What a run of blanks is, told by what stands around it.
pub fn gap(text: &str, gap: &Range<usize>) -> Gap {
    let (left, right) = (tail(&text[..gap.start]), head(&text[gap.end..]));
    if left.is_empty() || right.is_empty() {
        return Gap::Slip;
    }
    if is_slogan(text, gap) || is_widened(&text[gap.clone()], left, right) {
        return Gap::Meant;
    }
    let words = chain(text, gap);
    // What one of a row is, all are: else closing one would make another look closable.
    if is_list(&words) || words.windows(2).any(|pair| may_part(pair[0], pair[1])) {
        Gap::Names
    } else {
        Gap::Slip
    }
}

/// The Han characters that a text ends with.
fn tail(text: &str) -> &str {
    let kept = text.trim_end_matches(is_han).len();
    &text[kept..]
}

/// The Han characters that a text begins with.
fn head(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_han).len()]
}

fn count(words: &str) -> usize {
    words.chars().count()
}

/// A name of two characters that a full-width blank sets as wide as one of three.
fn is_widened(blanks: &str, left: &str, right: &str) -> bool {
    let wide = blanks.chars().all(|c| c == '\u{3000}');
    wide && count(right) == 1 && (count(left) == 1 || left.ends_with(is_surname))
}

fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
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
fn chain<'t>(text: &'t str, gap: &Range<usize>) -> Vec<&'t str> {
    let (mut before, mut rest) = (Vec::new(), &text[..gap.start]);
    while !tail(rest).is_empty() {
        before.push(tail(rest));
        let ahead = &rest[..rest.len() - tail(rest).len()];
        rest = ahead.trim_end();
        if rest.len() == ahead.len() {
            break;
        }
    }
    before.reverse();
    let mut rest = &text[gap.end..];
    while !head(rest).is_empty() {
        before.push(head(rest));
        let behind = &rest[head(rest).len()..];
        rest = behind.trim_start();
        if rest.len() == behind.len() {
            break;
        }
    }
    before
}

/// Three words and more, those in the middle as long as names are.
fn is_list(words: &[&str]) -> bool {
    words.len() > 2 && words[1..words.len() - 1].iter().all(|word| (2..=5).contains(&count(word)))
}

/// Whether a word may end in a name, and the next begin with one.
fn may_part(left: &str, right: &str) -> bool {
    let named = ends_in_name(left) && begins_with_name(right);
    // 张 三: the name itself is parted.
    let parted = left.ends_with(is_surname) && (count(left) == 1 || count(right) == 1);
    named || parted || are_places(left, right)
}

fn begins_with_name(word: &str) -> bool {
    count(word) > 1 && word.starts_with(is_surname)
        || DOUBLE_SURNAMES.iter().any(|name| word.starts_with(name))
}

fn ends_in_name(word: &str) -> bool {
    let mut ends = word.char_indices().rev().map(|(at, _)| &word[at..]).skip(1).take(3);
    ends.any(|end| {
        begins_with_name(end) && (count(end) < 4 || DOUBLE_SURNAMES.iter().any(|name| end.starts_with(name)))
    })
}

fn are_places(left: &str, right: &str) -> bool {
    let Some(kind) = left.chars().next_back().filter(|c| PLACES.contains(*c)) else { return false };
    count(left) > 1 && right.chars().take(5).skip(1).any(|c| c == kind)
}

/// What a dot is, told by the Han characters at both its sides.
pub fn dot(text: &str, dot: &Range<usize>) -> Dot {
    let (left, right) = (&text[..dot.start], &text[dot.end..]);
    if tail(left).is_empty() || head(right).is_empty() {
        return Dot::Stop;
    }
    let sound = |c: &char| SOUNDS.contains(*c);
    let (before, behind) =
        (left.chars().rev().take_while(sound).count(), right.chars().take_while(sound).count());
    if before > 1 && behind > 1 && before + behind > 4 {
        return Dot::Name;
    }
    let short = count(tail(left)) <= SHORT_CLAUSE;
    if short || before > 1 { Dot::Unsure } else { Dot::Stop }
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
                found.push(gap(text, &(at..end)));
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
            ("获奖者欧阳小明\t司马光", &[Names]),
            ("组长张　三", &[Meant]),
            ("有张　三、李　四到会", &[Meant, Names]),
            ("涉及东湾村 西岭村", &[Names]),
            ("在东湾 西岭 南坪铺开", &[Names, Names]),
            ("打响“好山 好水 好云溪”品牌", &[Meant, Meant]),
            ("青石 镇的茶叶种植面积", &[Slip]),
            ("政协的日 常工作", &[Slip]),
            ("今年四月 份，对", &[Slip]),
            ("全镇　上下齐心协力", &[Slip]),
        ] {
            assert_eq!(gaps(text), wanted, "{text}");
        }
    }

    #[test]
    fn dots_in_names_are_no_stops() {
        for (text, wanted) in [
            ("阿依古丽.买买提同志参加了会议。", Dot::Name),
            ("表彰劳动模范卓玛.次仁多吉。", Dot::Name),
            ("陪同的有托马斯.李。", Dot::Unsure),
            ("附件.名单", Dot::Unsure),
            ("全年任务圆满完成.明年的工作已经安排", Dot::Stop),
        ] {
            let at = text.find('.').unwrap();
            assert_eq!(dot(text, &(at..at + 1)), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_row_is_one_thing(words in prop::collection::vec("[王李三四村镇全上的]{1,5}", 2..6)) {
            let found = gaps(&words.join(" "));
            prop_assert!(found.iter().all(|one| *one == found[0]), "{:?}", found);
        }
    }
}
