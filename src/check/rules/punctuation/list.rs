//! A ， where the members of one list are parted by 、 elsewhere: 工业、农业，服务业.

use super::super::prelude::*;
use super::marks::place;

/// GB/T 15834-2011, 4.5.3: 、 parts the words of one list.
pub(super) const RULE: Rule = Rule::prose("pun-list", Level::Warning, run);

/// Words of one kind; a list goes on where the next one is of the kind of the last.
const KINDS: [&str; 9] = [
    "教育 卫生 文化 体育 交通 水利 民政 社保 医疗 养老 住房 就业 科技 环保 信访 综治 司法 旅游 电力 通信 金融 税务 财政 工商",
    "党建 经济 民生 生态 安全 稳定 治理 产业 法治 廉政 纪检 宣传 统战 武装 意识形态 精神文明",
    "水稻 小麦 玉米 大豆 油菜 花生 红薯 马铃薯 高粱 棉花 烟叶 茶叶 柑橘 脐橙 蔬菜 药材 中药材 水果 油茶 食用菌 辣椒 西瓜 生姜 百合 甘蔗",
    "生猪 肉牛 肉羊 山羊 家禽 鸡 鸭 鹅 鱼 蜜蜂 奶牛 蛋鸡 肉鸡",
    "干部 党员 群众 教师 学生 老人 儿童 妇女 青年 志愿者 网格员 护林员 村民 居民 企业家 乡贤 人大代表 政协委员 民兵 团员",
    "道路 桥梁 供水 供电 供气 通信 网络 电网 水库 渠道 山塘 河道 管网 路灯 厕所 广场 公园",
    "工业 农业 林业 牧业 渔业 服务业 建筑业 旅游业 商贸业 养殖业 种植业 制造业 物流业 加工业 餐饮业",
    "产业 人才 组织",
    "公安 法院 检察院 司法所 派出所 财政所 卫生院 学校 供电所 信用社 税务所",
];
/// Endings that members of a list share: 东湾村、西岭村，南坪村.
const ENDINGS: &str = "村镇乡县市区局办站所院部组队校厂厅业科室户";
/// What before an ending names the whole and no member: 全村, 各镇, 两村.
const WHOLES: &str = "全各该两三四五六七八九十多本我每一几每等共均其此逐入到进在驻涉挨对社片分在农";
/// No name with such an ending is longer, in characters.
const LONGEST: usize = 5;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| line.kind.is_body()) {
        for (at, comma) in text.match_indices('，') {
            let span = at..at + comma.len();
            let left = sentence_before(text, at);
            let right = &text[span.end..];
            if !line.is_quoted(&span) && goes_on(left, right) {
                let message = "并列的几项里，有的用“、”，有的用“，”";
                found.fix(&prose.source, place(line, &span), "、", message, "请把这个“，”改成“、”");
            }
        }
    }
}

/// The words from the last mark that is no 、 up to a byte, unless a ， stands before them.
fn sentence_before(text: &str, at: usize) -> &str {
    let ahead = &text[..at];
    let start = ahead.rfind(['。', '；', '：', '！', '？', '，', '（', '\n']);
    let mark = start.and_then(|at| ahead[at..].chars().next());
    match (start, mark) {
        (Some(_), Some('，')) => "",
        (Some(at), Some(mark)) => &ahead[at + mark.len_utf8()..],
        _ => ahead,
    }
}

/// Whether a bare list before a ， goes on behind it.
fn goes_on(left: &str, right: &str) -> bool {
    let left = left.trim();
    let members: Vec<&str> = left.split('、').collect();
    let listed =
        right.find(['，', '。', '；', '、', '和', '：']).is_some_and(|at| right[at..].starts_with('、'));
    // One word and a ， may be a topic; only a list behind it makes it a member.
    if members.len() < 2 && !listed {
        return false;
    }
    of_a_kind(&members, right) || of_an_ending(&members, right)
}

fn of_a_kind(members: &[&str], right: &str) -> bool {
    KINDS.iter().any(|kind| {
        let is = |word: &str| kind.split(' ').any(|one| one == word);
        let next = kind.split(' ').filter(|one| right.starts_with(one)).max_by_key(|one| one.len());
        members.iter().all(|member| is(member)) && next.is_some_and(|next| !members.contains(&next))
    })
}

fn of_an_ending(members: &[&str], right: &str) -> bool {
    let Some(ending) = members[0].chars().next_back().filter(|c| ENDINGS.contains(*c)) else { return false };
    let is_name = |word: &str| {
        let length = word.chars().count();
        (2..=LONGEST).contains(&length) && word.ends_with(ending) && !word.contains(|c| WHOLES.contains(c))
    };
    let next = right.char_indices().take(LONGEST).find(|(_, c)| *c == ending);
    let next = next.map(|(at, c)| &right[..at + c.len_utf8()]);
    members.iter().all(|member| is_name(member)) && next.is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_only_with_one_of_its_kind() {
        for (text, wanted) in [
            ("工业、农业，服务业协调发展", true),
            ("工业，农业、服务业协调发展", true),
            ("东湾村、西岭村，南坪村完成改厕", true),
            ("党员、干部，群众一起上阵", true),
            ("东湾村、西岭村，全村上下齐动手", false),
            ("东湾村、西岭村，两村相邻", false),
            ("工业，发展势头良好", false),
            ("抓好教育、卫生，文化活动丰富", false),
            ("线上、线下，同步推进", false),
        ] {
            let (left, right) = text.split_once('，').unwrap();
            assert_eq!(goes_on(left, right), wanted, "{text}");
        }
    }
}
