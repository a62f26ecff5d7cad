//! Measure words and units, as a regular expression with the longest first.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Units that begin with a word which is a scale elsewhere (千, 百), or hold one.
const SCALE_LIKE: [&str; 15] = [
    "个多百分点",
    "千瓦时",
    "千瓦小时",
    "千伏安",
    "个百分点",
    "个千分点",
    "百分点",
    "千分点",
    "百万千瓦",
    "千瓦",
    "千米",
    "千克",
    "千伏",
    "千卡",
    "千焦",
];

/// Every other measure word; sorted by length when the pattern is built.
const PLAIN: &str = "人民币 立方米每秒 吨标准煤 千克标准煤 克标准煤 吨标煤 立方米 平方米 平方公里 平方千米 平方厘米 \
    微克 毫克 公顷 公里 公斤 市斤 市亩 厘米 毫米 微米 海里 华里 英里 英寸 英亩 平米 平方 立方 毫升 延米 大卡 \
    兆瓦时 吉瓦时 太瓦时 兆瓦 吉瓦 吉焦 兆伏安 分贝 摄氏度 ℃ 小时 分钟 秒 工日 工时 台时 学时 课时 学分 学年 学期 刻钟 个月 \
    人次 天次 户次 件次 场次 车次 批次 班次 架次 台次 家次 辆次 艘次 列次 航次 亩次 头次 只次 册次 份次 起次 项次 \
    条次 篇次 处次 张次 剂次 针次 期次 轮次 人天 人日 人份 台套 台件 台班 件套 标箱 标准箱 标段 标台 车皮 端口 泊位 \
    美元 美金 韩元 澳元 加元 卢布 港元 港币 欧元 日元 英镑 元整 块钱 元 角 分 % ％ ‰ ℅ ㎡ m² m³ m2 m3 km2 mm cm km km² m kg mg kW kWh kV MW MWh GW \
    GWh GB TB PB hm² TEU 倍 番 成 人 名 位 户 家 个 件 项 条 次 处 起 所 座 台 辆 部 套 份 本 册 篇 幅 张 块 片 面 根 株 \
    棵 头 只 羽 匹 尾 口 眼 盏 把 支 枝 批 类 种 场 期 轮 届 班 组 队 对 双 间 栋 幢 棚 层 亩 吨 斤 克 升 米 里 度 \
    宗 例 具 笔 单 门 节 堂 课 员 艘 架 列 站 道 顶 副 枚 颗 粒 瓶 箱 袋 包 桶 床 岁 周岁 天 周 年 步 字 句 段 页 版 \
    首 曲 盘 堆 车 船 顷 方 股 桩 席 款 尊 环 遍 趟 回 厅 室 集 代 卷 顿 孔 丈 尺 寸 丛 棒 朵 盆 剂 针 穴 通 路 捆 串 \
    发 管 扇 樘 担 筐 端 帧 幕 出 拨 档 朝 味 贴 帖 挂 杆 壶 罐 坛 缸 跨 畦 窝 刀 令 点 元人民币";

/// Words that are too common after a Chinese numeral as something other than a measure word.
const AFTER_ARABIC_ONLY: [&str; 60] = [
    "曲", "站", "室", "厅", "车", "船", "环", "席", "盘", "堆", "里", "角", "分", "面", "方", "代", "道",
    "度", "步", "回", "单", "列", "员", "把", "字", "组", "队", "年", "周", "成", "发", "管", "端", "出",
    "档", "朝", "味", "点", "路", "通", "首", "集", "卷", "孔", "版", "跨", "令", "刀", "针", "秒", "幕",
    "平方", "立方", "刻钟", "丈", "尺", "寸", "丛", "杆", "节",
];

/// Words that begin like a measure word and follow a number without one: 2025回望, 95口罩.
const NOUNS: &str = "人口 人民 方面 方案 方式 方向 部门 部分 支队 单位 项目 家庭 口罩 口岸 年均 年末 年初 年底 年内 年度 年来 车道 车位 环岛 \
    环节 回望 位数 层级 层次 层面 班子 门类 类别 类型 场馆 床位 课题 节点 站点 片区 点位 元旦 元月 元宵 成员 成为 \
    成立 成果 成功 成效 成熟 成本 成绩 成都 成交 成片 成年 成品 成林 成长 期间 双方 组织 队伍 支部 支柱 道路 首届 \
    首批 集团 代表 卷宗 员工 路口 发展 名单 条件 条例 处理 股份 盆地 分别 点击 单项 单元 头部 张贴 面积 版权 人均 \
    户均 面临 面向 面对 面貌 面上 度假 度过 年报 年轻 年产 步入 步伐 步行 首次 首创 首个 车辆 车间 车站 船舶 方法 \
    方便 方针 方可 环境 环保 环评 环卫 环比 环城 回收 回访 回应 回复 回购 回迁 回头 回顾 回升 回落 回流 厅级 厅局 \
    室内 室外 集中 集体 集群 集镇 集聚 代缴 代理 代管 孔子 剂量 针对 通过 通报 通知 通车 通信 通往 路灯 路段 路网 \
    路面 路线 发放 发布 发现 发生 发电 发出 发动 发挥 管理 管网 管护 管道 管控 端午 出台 出席 出现 出动 出口 出栏 \
    出院 出版 档案 朝阳 角度 角色 分类 分析 分布 分局 分管 分为 分散 分级 秒杀 成人 点亮 升级 升至 升学 升规 升本 \
    升旗 升入 版图";

/// Words that begin like a measure word and follow a number only behind a blank, as the next name in the
/// row of a table.
const NAMES: &str = "人工 人才 人大 人民 人居 户籍 户外 户厕 家园 家电 家政 名录 名优 名师 名医 位于 位置 位列 位居 条约 处置 处级 \
    处罚 处分 处方 起草 起步 起诉 起来 所有 所在 所得 所属 座谈 台账 台风 台湾 台资 台商 部署 部队 部级 套餐 套取 \
    份额 本科 本级 本土 本地 本市 本县 本年 本期 本人 本次 本报 根据 根治 根本 头雁 只有 只需 只要 口粮 口径 口号 \
    把握 把关 支持 支出 支付 支撑 支援 支农 批评 批准 批复 种植 种子 种粮 种养 种业 种源 场所 场地 场均 期末 期限 \
    期盼 轮岗 班组 班长 组建 组成 组长 队员 对接 对口 对象 对于 对外 对照 对比 间接 例会 例行 具有 具备 具体 单独 \
    单一 单个 门诊 门户 门店 节约 节能 节目 节水 节省 节日 课程 课堂 架构 列入 列为 列全 列席 站在 站位 道德 包括 \
    包含 包保 包村 包抓 包联 袋装 岁末 天然 天津 天气 周年 周边 周期 字样 字号 股权 席位 款项 元素 倍增 番茄 块状 \
    幅度 辆均 米线 米面 克服 亩均 吨位 次数 次要 次年 条块 户数 户口 户主 家长 家访 家禽 家具 家属 人数 人口 人选 \
    人员 人群 人社 人文 人物 人力 人身 人防 人事 人机 人脸 人饮 人畜 名称 名额 名誉 段落 页岩 颗粒 瓶颈 箱包 桶装 \
    桩基 令人 跨越 跨境 跨度 跨区 跨省 担任 担当 担保";

/// Words of both lists that are cut differently before these characters: 三项目标 is 三项 目标.
const CUT: [(&str, &str); 47] = [
    ("项目", "标录前"),
    ("人大", "多部小会型"),
    ("人口", "头"),
    ("人均", "已为按签获参被有在通达完持合接未"),
    ("户均", "已为按签获参被有在通达完持合接未"),
    ("人员", "工"),
    ("人居", "家住"),
    ("人选", "派择为"),
    ("人数", "十百千"),
    ("户外", "出迁来流地"),
    ("户口", "粮"),
    ("家庭", "院"),
    ("家长", "期"),
    ("家具", "有备体"),
    ("家属", "地于"),
    ("名优", "秀"),
    ("名师", "生傅"),
    ("名医", "生护务"),
    ("名录", "用"),
    ("名称", "职"),
    ("所在", "建校"),
    ("处分", "散别布"),
    ("起诉", "讼"),
    ("本地", "方"),
    ("场地", "方"),
    ("支部", "队"),
    ("支队", "伍"),
    ("批准", "备"),
    ("种植", "物"),
    ("种粮", "食"),
    ("部分", "别"),
    ("倍增", "长加"),
    ("成人", "员口均民"),
    ("成员", "工"),
    ("成本", "地土省县市"),
    ("成长", "期"),
    ("成立", "项"),
    ("次年", "度"),
    ("家电", "商力厂站子信"),
    ("家园", "区林"),
    ("家政", "府务"),
    ("处方", "便"),
    ("所属", "于"),
    ("次要", "求"),
    ("天气", "温"),
    ("种业", "务态"),
    ("条件", "件"),
];

static NOUN_PAIRS: LazyLock<HashSet<[char; 2]>> = LazyLock::new(|| pairs(NOUNS).collect());
static NAME_PAIRS: LazyLock<HashSet<[char; 2]>> = LazyLock::new(|| pairs(NAMES).collect());

/// Every unit by its first character, in the order in which they are tried.
static BY_FIRST: LazyLock<HashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut units: HashMap<char, Vec<&str>> = HashMap::new();
    for unit in SCALE_LIKE.into_iter().chain(longest_first(|_| true)) {
        unit.chars().next().into_iter().for_each(|first| units.entry(first).or_default().push(unit));
    }
    units
});

/// The unit that a text begins with.
fn first(text: &str) -> Option<&'static str> {
    let units = BY_FIRST.get(&text.chars().next()?)?;
    units.iter().copied().find(|unit| text.starts_with(unit))
}

/// The alternation of units that may follow a number in Arabic digits.
pub(in crate::zh) fn after_arabic() -> String {
    alternation(|_| true)
}

/// The alternation of units that may follow a Chinese numeral.
pub(in crate::zh) fn after_chinese() -> String {
    alternation(|word| !AFTER_ARABIC_ONLY.contains(&word))
}

/// Units written with 千 or 百, to be tried before those words are taken for scales.
pub(in crate::zh) fn scale_like() -> String {
    SCALE_LIKE.join("|")
}

/// Whether a text begins with a unit that is written with 千 or 百.
pub(in crate::zh) fn begins(text: &str) -> bool {
    SCALE_LIKE.iter().any(|unit| text.starts_with(unit))
}

/// Whether a text begins with any unit or scale word, so that a number before it is an amount.
pub(in crate::zh) fn begins_amount(text: &str) -> bool {
    let unit = first(text).filter(|unit| !is_noun(unit, &text[unit.len()..]));
    text.starts_with(['万', '亿', '千', '百', '多', '余']) || unit.is_some()
}

/// Whether a text is a unit, perhaps with a scale word and by another unit: 万元, 微克/立方米.
pub(in crate::zh) fn is_unit(text: &str) -> bool {
    let base =
        ["万亿", "亿", "万", "千", "百"].iter().find_map(|scale| text.strip_prefix(scale)).unwrap_or(text);
    let whole = |part: &str| first(part).is_some_and(|unit| unit.len() == part.len());
    whole(text) || !base.is_empty() && base.split('/').all(whole)
}

/// Whether the unit at the end of `before` is the beginning of a word that goes on in `after`.
pub(in crate::zh) fn is_noun(before: &str, after: &str) -> bool {
    let Some(unit) = before.chars().next_back() else { return false };
    let mut rest = after.chars();
    let Some(next) = rest.next() else { return false };
    let cut = CUT.iter().find(|(noun, _)| noun.chars().eq([unit, next]));
    let otherwise = cut.is_some_and(|(_, chars)| rest.next().is_some_and(|c| chars.contains(c)));
    let blank =
        before.strip_suffix(unit).is_some_and(|front| front.ends_with([' ', '　']) || front.is_empty());
    !otherwise && (NOUN_PAIRS.contains(&[unit, next]) || blank && NAME_PAIRS.contains(&[unit, next]))
}

fn pairs(words: &str) -> impl Iterator<Item = [char; 2]> {
    words.split_whitespace().filter_map(|word| {
        let mut chars = word.chars();
        Some([chars.next()?, chars.next()?])
    })
}

fn alternation(keep: impl Fn(&str) -> bool) -> String {
    format!("(?:{}|{})", scale_like(), longest_first(keep).join("|"))
}

fn longest_first(keep: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let mut words: Vec<&str> = PLAIN.split_whitespace().filter(|word| keep(word)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}
