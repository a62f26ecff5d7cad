//! Measure words and units, as a regular expression with the longest first.

/// Units that begin with a word which is a scale elsewhere (千, 百), or hold one.
const SCALE_LIKE: &str = "千瓦时|个百分点|个千分点|百分点|千分点|千瓦|千米|千克|千伏|千卡|百万千瓦";

/// Every other measure word; sorted by length when the pattern is built.
const PLAIN: &str = "人民币 立方米 平方米 平方公里 平方千米 微克 毫克 公顷 公里 公斤 市斤 厘米 毫米 海里 英里 \
    兆瓦 吉瓦 摄氏度 小时 分钟 秒 工日 人次 户次 件次 场次 车次 批次 班次 架次 人天 台次 台套 台班 \
    美元 港元 港币 欧元 日元 英镑 元整 块钱 元 角 分 % ％ ‰ ℅ ㎡ km kg kW MW 倍 番 \
    人 名 位 户 家 个 件 项 条 次 处 起 所 座 台 辆 部 套 份 本 册 篇 幅 张 块 片 面 根 株 棵 头 只 羽 匹 尾 口 \
    眼 盏 把 支 枝 批 类 种 场 期 轮 届 班 组 队 支队 对 双 间 栋 幢 层 亩 吨 斤 两 克 升 米 里 度 宗 例 具 笔 \
    单 门 节 堂 课 员 艘 架 列 站 道 顶 副 枚 颗 粒 瓶 箱 袋 包 桶 床 岁 周岁 天 步 字 句 段 页 版 首 \
    曲 盘 堆 车 船 顷 方 股 桩 席 款 尊 环 遍 趟 回 厅 室 集 代 卷 顿 孔 丈 尺 寸 丛 棒";

/// Words that are too common after a Chinese numeral as something other than a measure word.
const AFTER_ARABIC_ONLY: [&str; 23] = [
    "站", "室", "厅", "车", "船", "环", "席", "盘", "堆", "里", "角", "分", "面", "方", "代", "道", "度",
    "步", "回", "单", "列", "员", "把",
];

/// The alternation of units that may follow a number in Arabic digits.
pub(super) fn after_arabic() -> String {
    alternation(|_| true)
}

/// The alternation of units that may follow a Chinese numeral.
pub(super) fn after_chinese() -> String {
    alternation(|word| !AFTER_ARABIC_ONLY.contains(&word))
}

/// Units written with 千 or 百, to be tried before those words are taken for scales.
pub(super) fn scale_like() -> &'static str {
    SCALE_LIKE
}

/// Whether a text begins with a unit that is written with 千 or 百.
pub(super) fn begins(text: &str) -> bool {
    SCALE_LIKE.split('|').any(|unit| text.starts_with(unit))
}

fn alternation(keep: impl Fn(&str) -> bool) -> String {
    let mut words: Vec<&str> = PLAIN.split_whitespace().filter(|word| keep(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    format!("(?:{SCALE_LIKE}|{})", words.join("|"))
}
