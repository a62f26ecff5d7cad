//! A unit that cannot measure what stands before the figure: 粮食总产量46695公里.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::{Manner, are_kin, read};
use crate::zh::scan::NumberKind;

/// Reading: every indicator is measured in units of its own kind.
pub(super) const RULE: Rule = Rule::prose("num-unit-fit", Level::Error, run);

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Length,
    Area,
    Mass,
    Volume,
    Money,
    Share,
    Points,
    Persons,
    Visits,
    Households,
    Energy,
    Power,
    Time,
    Animals,
    Events,
}

use Kind::{
    Animals, Area, Energy, Events, Households, Length, Mass, Money, Persons, Points, Power, Share, Time,
    Visits, Volume,
};

/// Kinds by the units that nothing else is meant by; kin of a unit count with it.
const UNITS: [(Kind, &str); 15] = [
    (Length, "公里 里 海里 延米 毫米 厘米"),
    (Area, "亩 平米 平方 ㎡"),
    (Mass, "公斤 市斤"),
    (Volume, "立方米 立方 升 毫升 方"),
    (Money, "元 美元 欧元 港元 日元"),
    (Share, "%"),
    (Points, "个百分点"),
    (Persons, "人 名"),
    (Visits, "人次"),
    (Households, "户"),
    (Energy, "千瓦时 兆瓦时"),
    (Power, "千瓦"),
    (Time, "小时 天 个月"),
    (Animals, "头 只 羽 匹"),
    (Events, "件 起 宗 场 辆 台 座 本 份"),
];

/// Units that are kin by name only: points of a test are no money, degrees no energy.
const OTHERWISE: [&str; 4] = ["分", "角", "度", "成"];

/// Words that an indicator ends with, and what it is measured in; the longest that fits decides. What is not
/// named here is not its unit, if it is one that [`UNITS`] knows.
const HEADS: [(&str, &[Kind]); 29] = [
    ("产量 总产 单产 亩产", &[Mass, Volume, Animals, Events, Share]),
    ("面积 占地 耕地 基本农田 林地 园地 草地 水面 绿地", &[Area, Share]),
    ("里程", &[Length, Share]),
    (
        "公路 道路 水渠 渠道 管道 管网 河道 机耕路 堤防 步道",
        &[Length, Area, Money, Share, Persons, Households, Events, Volume, Time],
    ),
    (
        "总值 产值 增加值 财政收入 预算收入 税收收入 可支配收入 纯收入 总收入 营业收入 销售收入 经营收入 集体收入 旅游收入 零售总额 销售额 成交额 交易额 进出口额 利润 存款余额 贷款余额 人均收入",
        &[Money, Share],
    ),
    (
        "投资 收入 资金 支出 税收 贷款 存款 余额 补贴 补助 经费 赔偿 罚款 善款",
        &[Money, Share, Persons, Households, Events, Animals, Time],
    ),
    ("人口", &[Persons, Households, Share, Visits]),
    ("户数", &[Households, Share]),
    ("人数", &[Persons, Visits, Share]),
    (
        "覆盖率 普及率 合格率 满意率 办结率 完成率 入学率 巩固率 参保率 参合率 就业率 失业率 达标率 优良率 利用率 化解率 调处率 知晓率 增长率 城镇化率 绿化率 硬化率 整改率 通过率 参与率 回访率 处置率 办理率 签约率 到位率 兑现率 使用率 治愈率 破案率 接种率 机械化率 升学率 出勤率 收缴率 处理率 化率 占比 比重 增幅 降幅 增速 毛利率 入住率 成活率 保存率 检出率 发病率 死亡率 出生率 自然增长率",
        &[Share],
    ),
    (
        "老人 儿童 干部 职工 群众 村民 居民 农民 民工",
        &[Persons, Visits, Households, Money, Events, Share, Time, Area],
    ),
    // 走访老党员60户.
    ("游客 师生 学生 教师 志愿者", &[Persons, Visits, Money, Events, Share, Time]),
    ("党员", &[Persons, Visits, Households, Money, Events, Share, Time]),
    ("存栏 出栏 存栏量 出栏量 存栏数 出栏数", &[Animals, Share]),
    ("生猪 肉牛 肉羊 奶牛 山羊 家禽 蛋鸡 肉鸡", &[Animals, Mass, Money, Share, Households, Persons, Events]),
    (
        "出栏生猪 出栏肉牛 出栏肉羊 出栏家禽 存栏生猪 存栏肉牛 存栏奶牛 存栏肉羊 存栏家禽 能繁母猪",
        &[Animals, Share],
    ),
    ("清运量 处理量 吞吐量 货运量 运输量", &[Mass, Volume, Share, Visits, Events]),
    ("销量 销售量 库存量 储备量 排放量", &[Mass, Volume, Animals, Events, Share, Energy]),
    ("容量", &[Power, Energy, Volume, Mass, Share, Events]),
    (
        "种植油菜 种植小麦 种植水稻 种植玉米 种植大豆 种植茶叶 种植蔬菜 种植水果 种植烤烟 种植中药材",
        &[Area, Households, Persons, Events, Share],
    ),
    ("发电量 用电量 售电量 供电量", &[Energy, Share]),
    ("装机 装机容量", &[Power, Share, Events]),
    ("供水量 用水量 蓄水量 排水量 库容 需水量 土石方 土方", &[Volume, Mass, Share]),
    ("降雨量 降水量 加宽 拓宽 全长 总长 长度 宽度 深度 高度 身高 树高 水深 海拔", &[Length, Share]),
    ("案件 事故 信访件 纠纷 矛盾 火灾", &[Events, Persons, Households, Share, Money, Animals, Time, Visits]),
    (
        "粮食 小麦 水稻 玉米 大豆 油菜 茶叶 蔬菜 水果",
        &[Mass, Area, Money, Share, Households, Persons, Events, Volume],
    ),
    ("工期 时限 期限 寿命 时长 用时", &[Time]),
    (
        "总重 重量 载重 垃圾 肥料 化肥 种子",
        &[Mass, Volume, Money, Share, Events, Households, Persons, Area, Animals],
    ),
    ("浓度 年龄 气温 温度", &[Share]),
];

/// Words between an indicator and its figure.
const LINKS: [&str; 42] = [
    "至",
    "到",
    "达到了",
    "达到",
    "达",
    "为",
    "是",
    "共",
    "共计",
    "总计",
    "合计",
    "累计",
    "约",
    "近",
    "超过",
    "超",
    "突破",
    "逾",
    "有",
    "完成",
    "实现",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "扩大到",
    "扩大至",
    "下降到",
    "下降至",
    "减少到",
    "减少至",
    "发展到",
    "增至",
    "降至",
    "稳定在",
    "保持在",
    "已达",
    "仅",
];

/// What stands behind a figure that no noun follows: 投资300亩茶园 may be meant otherwise.
const CLOSED: [char; 15] =
    ['，', '。', '；', '、', '（', '）', '：', ',', ';', '(', ')', '！', '”', ' ', '　'];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, text)| !reading::is_table(line, text)) {
        let figures = line.numbers.iter().filter(|number| number.kind == NumberKind::Figure);
        for number in figures.filter(|number| !line.is_quoted(&number.span)) {
            let behind = &text[number.span.end..];
            if !(behind.is_empty() || behind.starts_with(CLOSED)) {
                continue;
            }
            let Some(head) = head(reading::tail(text, number.span.start, 60)) else { continue };
            let Some(unit) = read(&number.text, Manner::Prose).ok().map(|read| read.base().to_owned()) else {
                continue;
            };
            if kind(&unit).is_some_and(|kind| !head.takes(kind)) {
                let message = format!("“{}”的单位不会是“{unit}”", head.word);
                let span = reading::place(line, number.span.clone());
                found.at(&prose.source, span, message, "请核对这个数和它的单位，是不是写错了行");
            }
        }
    }
}

/// The end of an indicator before a figure.
struct Head<'t> {
    word: &'t str,
    kinds: &'static [Kind],
    /// Whether a word that says a level stands between: 覆盖率达5个百分点.
    is_level: bool,
}

impl Head<'_> {
    fn takes(&self, kind: Kind) -> bool {
        let points = kind == Points && !(self.is_level && self.kinds == [Share]);
        points || self.kinds.contains(&kind)
    }
}

/// The indicator that words end with, behind which nothing but a link stands.
fn head(words: &str) -> Option<Head<'_>> {
    let bare = bare(words);
    let rows = HEADS.iter().filter_map(|(words, kinds)| {
        Some((words.split(' ').filter(|row| bare.ends_with(row)).max_by_key(|row| row.len())?, *kinds))
    });
    let (word, kinds) = rows.max_by_key(|(word, _)| word.len())?;
    // 低收入30户 tells of people.
    let group = ["低", "高", "中等"]
        .iter()
        .any(|rank| bare.strip_suffix(word).is_some_and(|front| front.ends_with(rank)));
    let word = &bare[bare.len() - word.len()..];
    (!group).then_some(Head { word, kinds, is_level: bare.len() < words.len() })
}

/// Words without the links at their end.
fn bare(words: &str) -> &str {
    let mut bare = words.trim_end_matches([' ', '　']);
    while let Some(rest) =
        LINKS.iter().filter_map(|link| bare.strip_suffix(link)).min_by_key(|rest| rest.len())
    {
        bare = rest;
    }
    bare
}

fn kind(unit: &str) -> Option<Kind> {
    if OTHERWISE.contains(&unit) {
        return None;
    }
    let known = |units: &str| units.split(' ').any(|one| are_kin(one, unit));
    UNITS.iter().find(|(_, units)| known(units)).map(|(kind, _)| *kind)
}
