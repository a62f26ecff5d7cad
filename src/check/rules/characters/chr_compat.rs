//! Signs that fonts lack: squared units, bracketed numbers, radicals in place of characters.

use std::borrow::Cow;

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};

/// GB 3100 and practice: units are written out, and signs that many fonts lack are written with plain ones.
pub(super) const RULE: Rule = Rule::prose("chr-compat", Level::Warning, run);

static SIGN: Pattern =
    Pattern::new("[㎡㎥㎢㎞㎝㎜㎏㎎㎍㎖㏄㎘㎾㎿㏊⑴-⒇⒈-⒛㈠-㈩⼀-⿕⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻢⻥⻦⻩⻬⻰⻳]");
/// Roman numerals as numbers of headings; Ⅱ级, Ⅲ类 are right.
static ROMAN: Pattern = Pattern::new("^[ 　]*([Ⅰ-Ⅻ])[、.．，： 　]");

const UNITS: [(&str, &str); 15] = [
    ("㎡", "平方米"),
    ("㎥", "立方米"),
    ("㎢", "平方公里"),
    ("㎞", "公里"),
    ("㎝", "厘米"),
    ("㎜", "毫米"),
    ("㎏", "千克"),
    ("㎎", "毫克"),
    ("㎍", "微克"),
    ("㎖", "毫升"),
    ("㏄", "毫升"),
    ("㎘", "千升"),
    ("㎾", "千瓦"),
    ("㎿", "兆瓦"),
    ("㏊", "公顷"),
];
/// The characters of the Kangxi radicals ⼀ to ⿕ in their order.
const RADICALS: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
    用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷\
    豆豕豸贝赤走足身车辛辰辵邑酉釆里金长门阜隶隹雨青非面革韦韭音页风飞食首香马骨高髟斗鬯鬲鬼鱼鸟卤鹿麦麻黄\
    黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠";
/// Radicals of another block, each before its character.
const OTHER_RADICALS: &str =
    "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻢马⻥鱼⻦鸟⻩黄⻬齐⻰龙⻳龟";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&SIGN) {
        let Some(right) = plain(&hit[0]) else { continue };
        let message = format!("“{}”是多数字体没有的符号", &hit[0]);
        let hint = format!("请写成“{right}”");
        found.fix(&prose.source, place(line, &part(&hit, 0)), right, message, hint);
    }
    for (line, hit) in prose.matches(&ROMAN) {
        let message = format!("用“{}”作层次序号", &hit[1]);
        let hint = "请按层次用“一、”“（一）”“1.”“（1）”";
        found.at(&prose.source, place(line, &part(&hit, 1)), message, hint);
    }
}

/// What a sign is written with.
fn plain(sign: &str) -> Option<Cow<'static, str>> {
    if let Some((_, right)) = UNITS.iter().find(|(one, _)| *one == sign) {
        return Some(Cow::Borrowed(right));
    }
    let c = sign.chars().next()?;
    let after = |first: char| u32::from(c) - u32::from(first);
    let han = |n: u32| "一二三四五六七八九十".chars().nth(n as usize);
    match c {
        '⑴'..='⒇' => Some(format!("（{}）", after('⑴') + 1).into()),
        '⒈'..='⒛' => Some(format!("{}.", after('⒈') + 1).into()),
        '㈠'..='㈩' => Some(format!("（{}）", han(after('㈠'))?).into()),
        '⼀'..='⿕' => Some(RADICALS.chars().nth(after('⼀') as usize)?.to_string().into()),
        c => Some(OTHER_RADICALS.split(c).nth(1)?.chars().next()?.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_has_its_character() {
        assert_eq!(RADICALS.chars().count(), 214);
        for (sign, right) in [("⼀", "一"), ("⽤", "用"), ("⻰", "龙"), ("⒇", "（20）"), ("㈩", "（十）")]
        {
            assert_eq!(plain(sign).as_deref(), Some(right));
        }
    }
}
