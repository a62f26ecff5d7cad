//! Names for indicators: a readable Chinese path from the heading and the words around the number.

use std::collections::BTreeMap;

/// Words of headings and points that name a field of work, the more telling first where two fit.
const FIELDS: [&str; 110] = [
    "招商", "信访", "扶贫", "脱贫", "振兴", "低保", "救助", "社保", "就业", "养老", "残疾", "慈善", "医疗",
    "卫生", "计生", "健康", "疫情", "教育", "科技", "文化", "旅游", "文旅", "体育", "宣传", "学习", "提案",
    "议案", "协商", "调研", "视察", "监督", "代表", "委员", "统战", "党建", "组织", "队伍", "作风", "廉政",
    "纪检", "审计", "预算", "财政", "税收", "金融", "国资", "工业", "园区", "企业", "项目", "投资", "商贸",
    "消费", "外贸", "农业", "粮食", "畜牧", "林业", "水利", "水务", "农村", "土地", "国土", "征拆", "城建",
    "城镇", "交通", "道路", "住房", "电力", "通信", "环境", "环保", "生态", "绿化", "河长", "安全", "应急",
    "消防", "防汛", "综治", "平安", "稳定", "司法", "法治", "审判", "执行", "检察", "刑事", "民事", "公安",
    "民生", "公益", "经济", "产业", "服务", "机制", "制度", "体制", "活动", "联谊", "创业", "议案", "建议",
    "保障", "改革", "开放", "创新", "人才", "效能",
];

/// What a clause says before it comes to the point.
const FILLERS: [&str; 70] = [
    "截至目前",
    "截止目前",
    "到目前为止",
    "目前",
    "今年以来",
    "一年来",
    "全年",
    "今年",
    "本年度",
    "本年",
    "当年",
    "上半年",
    "年末",
    "年底",
    "期间",
    "其中",
    "包括",
    "另有",
    "还有",
    "以及",
    "并且",
    "同时",
    "先后",
    "累计",
    "共计",
    "总计",
    "合计",
    "一共",
    "总共",
    "共有",
    "现有",
    "已有",
    "拥有",
    "设有",
    "下辖",
    "管辖",
    "下设",
    "达到",
    "超过",
    "突破",
    "约为",
    "分别为",
    "分别",
    "仅有",
    "仅",
    "就有",
    "全部",
    "新增了",
    "实现了",
    "完成了",
    "投入了",
    "我镇",
    "我县",
    "我乡",
    "我市",
    "我区",
    "我局",
    "我院",
    "全镇",
    "全县",
    "全乡",
    "全市",
    "全区",
    "该镇",
    "本镇",
    "各级",
    "各类",
    "各种",
    "镇村",
    "广大",
];

/// Verbs whose object is what is counted.
const VERBS: [&str; 98] = [
    "召开", "举办", "开展", "组织", "举行", "进行", "发放", "印发", "编印", "刊出", "刊发", "发布", "制作",
    "悬挂", "张贴", "出动", "走访", "慰问", "调解", "化解", "排查", "整改", "检查", "查处", "办理", "办结",
    "办成", "受理", "审结", "结案", "收到", "提出", "提交", "征集", "采纳", "解决", "落实", "完成", "实现",
    "实施", "建成", "建设", "新建", "改建", "扩建", "修建", "改造", "硬化", "安装", "铺设", "整修", "疏浚",
    "清理", "清运", "拆除", "种植", "栽植", "养殖", "出栏", "流转", "承包", "引进", "签约", "争取", "筹集",
    "筹措", "投入", "投资", "拨付", "兑付", "兑现", "捐款", "捐助", "资助", "救助", "帮扶", "结对", "联系",
    "培训", "转移", "安置", "吸纳", "带动", "发展", "培养", "转正", "选派", "选拔", "表彰", "评选", "获得",
    "荣获", "成立", "组建", "设立", "划分", "覆盖", "受益",
];

/// Words that name nothing by themselves: the verb before them stays.
const GENERIC: [&str; 30] = [
    "资金", "收入", "面积", "人数", "数量", "总数", "总额", "金额", "项目", "群众", "干部", "人员", "户数",
    "支出", "经费", "产值", "总产", "产量", "长度", "企业", "材料", "设施", "工程", "活动", "问题", "案件",
    "事项", "任务", "资料", "费用",
];

/// Where a word before a number ends its clause's subject.
const LINKS: [&str; 21] = [
    "达到", "占", "都", "均", "已", "总", "达", "为", "是", "共", "有", "约", "近", "超", "至", "到", "了",
    "的", "在", "于", "等",
];

/// Places and bodies that are counted; what follows them is what they do.
const PLACES: [&str; 12] =
    ["村民小组", "行政村", "自然村", "贫困村", "县市区", "乡镇", "街道", "社区", "部门", "单位", "村", "镇"];

/// Longest name, in characters.
const LONGEST: usize = 10;
/// A clause as short as this is a name as it stands.
const SHORT: usize = 8;

/// The group of a heading or of the first sentence of a point.
pub(super) fn group(words: &str) -> Option<&'static str> {
    let found = FIELDS.iter().filter_map(|field| Some((words.find(field)?, *field)));
    found.min_by_key(|(at, _)| *at).map(|(_, field)| field)
}

/// The field of a heading: that which it names, else the heading itself where it is short.
pub(super) fn field(heading: &str) -> Option<String> {
    let words: String = heading.chars().filter(|c| is_word(*c)).collect();
    let short = || (2..=6).contains(&words.chars().count()) && words.chars().all(|c| !c.is_ascii());
    group(heading).map(str::to_owned).or_else(|| short().then(|| words.clone()))
}

/// The name of what a number counts: from the noun behind it, or the words before it.
pub(super) fn name(before: &str, unit: &str, after: &str) -> String {
    let subject = subject(before);
    let noun = noun(after, unit);
    let name = match (subject.as_str(), noun.as_str()) {
        ("", "") => bare(unit, after),
        ("", noun) => noun.to_owned(),
        (subject, "") => subject.to_owned(),
        // 办成实事12件 and 12件实事 are one thing.
        (subject, noun) if subject.contains(noun) => subject.to_owned(),
        (subject, noun) => match verb_at_end(subject) {
            Some(verb) => format!("{verb}{noun}"),
            None if noun.chars().count() > 1 => noun.to_owned(),
            None => format!("{subject}{noun}"),
        },
    };
    shortened(&name)
}

fn verb_at_end(subject: &str) -> Option<&'static str> {
    VERBS.iter().find(|verb| subject.ends_with(**verb)).copied()
}

/// Nothing is named: what is done with it tells it apart, as in 18件已经落实.
fn bare(unit: &str, after: &str) -> String {
    let words = after.trim_start_matches(['已', '经', '均', '全', '部', '的']);
    let verb = VERBS.iter().find(|verb| words.starts_with(**verb));
    let count = counted(unit);
    verb.map_or_else(|| count.clone(), |verb| format!("{verb}{count}"))
}

/// What a unit alone says: 86处 of nothing named.
fn counted(unit: &str) -> String {
    match unit {
        "人" | "名" | "位" | "人次" => "人数".to_owned(),
        "户" => "户数".to_owned(),
        "%" | "‰" => "比例".to_owned(),
        unit if unit.ends_with('元') => "金额".to_owned(),
        "" => "数量".to_owned(),
        unit if unit.chars().all(is_word) => format!("{unit}数"),
        _ => "数量".to_owned(),
    }
}

/// The last words of the clause before a number.
fn subject(before: &str) -> String {
    let clause = before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    let mut words = clause;
    loop {
        let shorter = LINKS.iter().find_map(|link| words.strip_suffix(link));
        let Some(rest) = shorter.filter(|rest| !rest.is_empty()) else { break };
        words = rest;
    }
    while let Some(rest) = FILLERS.iter().find_map(|filler| words.strip_prefix(filler)) {
        words = rest;
    }
    words = without_opening(words);
    if LINKS.contains(&words) || FILLERS.contains(&words) {
        return String::new();
    }
    // The last verb: its object is what is counted.
    let verb = VERBS
        .iter()
        .filter_map(|verb| Some((words.rfind(verb)?, *verb)))
        .max_by_key(|(at, verb)| (*at, verb.len()));
    if let Some((at, verb)) = verb {
        let mut object = &words[at + verb.len()..];
        while let Some(rest) =
            FILLERS.iter().chain(&["了", "各"]).find_map(|filler| object.strip_prefix(filler))
        {
            object = rest;
        }
        object = without_opening(object);
        if object.is_empty() {
            // Who did it tells several of the same verb apart.
            return if words.chars().count() <= SHORT { words } else { &words[at..] }.to_owned();
        }
        let short = object.chars().count() < 2 || GENERIC.contains(&object);
        return if short { format!("{verb}{object}") } else { object.to_owned() };
    }
    words.to_owned()
}

/// A clause without the auxiliary that opens it: 有政协委员, 将工作专设, 出专栏.
fn without_opening(words: &str) -> &str {
    const OPENINGS: [&str; 9] = ["有", "共", "将", "已", "另", "还", "出", "也", "又"];
    /// Words that begin with one of them.
    const WHOLE: [&str; 32] = [
        "有关", "有效", "有限", "有线", "有机", "有色", "共同", "共享", "共有", "共产", "共建", "共青",
        "将来", "将士", "已婚", "出版", "出栏", "出口", "出生", "出台", "出资", "出动", "出现", "出席",
        "出让", "出租", "出境", "出勤", "出力", "出土", "出入", "出游",
    ];
    let opening = OPENINGS.iter().find_map(|opening| words.strip_prefix(opening));
    match opening {
        Some(rest) if rest.chars().count() > 1 && !WHOLE.iter().any(|whole| words.starts_with(whole)) => rest,
        _ => words,
    }
}

/// The noun behind a measure word: 12件实事. Behind other units what follows is another clause.
fn noun(after: &str, unit: &str) -> String {
    const COUNTING: [&str; 30] = [
        "亩",
        "公里",
        "米",
        "平方米",
        "吨",
        "平方公里",
        "个",
        "件",
        "项",
        "家",
        "名",
        "条",
        "所",
        "座",
        "位",
        "户",
        "处",
        "支",
        "场",
        "次",
        "起",
        "批",
        "类",
        "种",
        "对",
        "台",
        "辆",
        "份",
        "间",
        "栋",
    ];
    const STOPS: [&str; 49] = [
        "，", "。", "；", "、", "的", "和", "及", "与", "为", "在", "被", "将", "已", "全", "均", "都", "也",
        "并", "又", "同比", "比", "较", "以", "由", "从", "占", "其", "到", "至", "得", "上", "下", "共",
        "参加", "参与", "达", "提高", "增加", "增长", "正在", "跟进", "铺开", "率先", "专门", "负责", "从事",
        "用于", "列入", "已经",
    ];
    if !COUNTING.contains(&unit) {
        return String::new();
    }
    if let Some(place) = PLACES.iter().find(|place| after.starts_with(**place)) {
        let next = after[place.len()..].chars().next();
        if !next.is_some_and(|next| "级民道委务干庄集镇落容史规医社支部".contains(next)) {
            return (*place).to_owned();
        }
    }
    let end = after
        .char_indices()
        .find(|(at, c)| {
            !is_word(*c) || c.is_ascii_digit() || STOPS.iter().any(|stop| after[*at..].starts_with(stop))
        })
        .map_or(after.len(), |(at, _)| at);
    let words = &after[..end];
    let end = VERBS.iter().filter_map(|verb| words.find(verb)).min().unwrap_or(words.len());
    let words = &words[..end];
    if words.chars().count() > 8 { String::new() } else { words.to_owned() }
}

fn is_word(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}') || c.is_ascii_alphanumeric()
}

/// What a long name ends in, which names the thing: behind its last 的, else its last characters.
fn shortened(name: &str) -> String {
    let name: String = name.chars().filter(|c| is_word(*c)).collect();
    let thing = name.rsplit('的').next().filter(|thing| thing.chars().count() > 1);
    let long = name.chars().count() > LONGEST;
    let chars: Vec<char> = thing.filter(|_| long).unwrap_or(&name).chars().collect();
    let start = chars.len().saturating_sub(LONGEST);
    let short: String = chars[start..].iter().collect();
    // A name begins with a Chinese character.
    let rest = short.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    if rest.is_empty() { "数量".to_owned() } else { rest.to_owned() }
}

/// Names that were given, so that each is given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeMap<String, usize>,
}

impl Names {
    /// A path that nobody has: the name itself, or with a number behind it.
    pub fn unique(&mut self, group: &str, name: &str) -> String {
        let path = format!("{group}.{name}");
        let count = self.given.entry(path.clone()).or_default();
        *count += 1;
        if *count == 1 { path } else { format!("{path}{count}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_clerk_would_say() {
        for (before, unit, after, wanted) in [
            ("全年共召开会议", "次", "，刊出专栏", "会议"),
            ("三年来，刊出专栏", "期", "。", "专栏"),
            ("招商引资到位资金", "万元", "，", "招商引资到位资金"),
            ("争取资金", "万元", "", "争取资金"),
            ("办成", "件", "实事，", "办成实事"),
            ("新建", "个", "村级活动室，", "新建村级活动室"),
            ("我镇共有政协委员", "名", "，", "政协委员"),
            ("硬化道路", "公里", "；", "道路"),
            ("", "个", "村的道路", "村"),
            ("走访慰问", "户", "困难群众", "慰问困难群众"),
            ("", "%", "", "比例"),
            ("养老保险参保率达", "%", "，", "养老保险参保率"),
        ] {
            assert_eq!(name(before, unit, after), wanted, "{before}#{unit}{after}");
        }
    }

    #[test]
    fn groups_come_from_headings_and_paths_are_unique() {
        assert_eq!(group("二、强化宣传引导，凝聚共识"), Some("宣传"));
        assert_eq!(group("三是牵线搭桥，招商引资添后劲。"), Some("招商"));
        assert_eq!(group("一、主要做法"), None);
        let mut names = Names::default();
        assert_eq!([names.unique("宣传", "会议"), names.unique("宣传", "会议")], ["宣传.会议", "宣传.会议2"]);
    }
}
