//! What may be a name, and dots that may belong to one: the dot in 买买提·依明 ends no sentence. What cannot be told
//! apart is left as it is written.

use std::ops::Range;

/// Whether a character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
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
    阮桂闵解强柴华车冉房边净阎佘尚阿迟娄郎仇窦冷丛宫巩蒙巫湛匡古米邬郁岑褚臧应明卞连隗楼滕宗简苟蒲鞠敖骆党";
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

/// The Han characters that a text ends with.
pub(super) fn tail(text: &str) -> &str {
    let kept = text.trim_end_matches(is_han).len();
    &text[kept..]
}

/// The Han characters that a text begins with.
pub(super) fn head(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_han).len()]
}

pub(super) fn count(words: &str) -> usize {
    words.chars().count()
}

/// Whether names begin with a character.
pub(super) fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Whether a word may begin with a name.
pub fn begins_with_name(word: &str) -> bool {
    count(word) > 1 && word.starts_with(is_surname)
        || DOUBLE_SURNAMES.iter().any(|name| word.starts_with(name))
}

/// Whether a word may end in a name.
pub fn ends_in_name(word: &str) -> bool {
    let mut ends = word.char_indices().rev().map(|(at, _)| &word[at..]).skip(1).take(3);
    ends.any(|end| {
        begins_with_name(end) && (count(end) < 4 || DOUBLE_SURNAMES.iter().any(|name| end.starts_with(name)))
    })
}

/// Whether two words may be names of places of one kind.
pub(super) fn are_places(left: &str, right: &str) -> bool {
    let Some(kind) = left.chars().next_back().filter(|c| PLACES.contains(*c)) else { return false };
    count(left) > 1 && right.chars().take(5).skip(1).any(|c| c == kind)
}

/// What a dot is, told by the Han characters at both its sides.
pub fn dot(text: &str, dot: &Range<usize>) -> Dot {
    let (left, right) = (text[..dot.start].trim_end(), text[dot.end..].trim_start());
    if tail(left).is_empty() || head(right).is_empty() {
        return Dot::Stop;
    }
    let sound = |c: &char| SOUNDS.contains(*c);
    let (before, behind) =
        (left.chars().rev().take_while(sound).count(), right.chars().take_while(sound).count());
    // Blanks beside a dot may part sentences, or stand in a name by mistake.
    let close = left.len() == dot.start && right.len() == text.len() - dot.end;
    if before > 1 && behind > 1 && before + behind > 4 {
        return if close { Dot::Name } else { Dot::Unsure };
    }
    let short = count(tail(left)) <= SHORT_CLAUSE;
    if short || before > 1 { Dot::Unsure } else { Dot::Stop }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_in_names_are_no_stops() {
        for (text, wanted) in [
            ("阿依古丽.买买提同志参加了会议。", Dot::Name),
            ("吐尔逊.  买买提到会", Dot::Unsure),
            ("表彰劳动模范卓玛.次仁多吉。", Dot::Name),
            ("陪同的有托马斯.李。", Dot::Unsure),
            ("附件.名单", Dot::Unsure),
            ("全年任务圆满完成.明年的工作已经安排", Dot::Stop),
            ("全年任务圆满完成. 明年的工作已经安排", Dot::Stop),
        ] {
            let at = text.find('.').unwrap();
            assert_eq!(dot(text, &(at..at + 1)), wanted, "{text}");
        }
    }
}
