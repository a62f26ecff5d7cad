//! By what the parts of a list are told apart: whether they may overlap, and whether they are all there is.

/// The ways in which people are divided. Parts of one way do not overlap, parts of two ways may.
const WAYS: [&[&str]; 6] = [
    &["男", "女"],
    &["岁", "青年", "中年", "老年", "少年", "儿童"],
    &["研究生", "硕士", "博士", "本科", "大专", "中专", "高中", "初中", "学历", "文盲"],
    &["少数民族", "汉族"],
    &["党员", "党外"],
    &["一般户", "脱贫户", "监测户"],
];

/// What may be true of anybody beside everything else.
const BESIDE: [&str; 13] = [
    "低保",
    "残疾",
    "大病",
    "五保",
    "特困",
    "优抚",
    "职称",
    "退休",
    "高血压",
    "糖尿病",
    "团员",
    "返乡",
    "重点",
];

/// Two names that leave nothing between them.
const PAIRS: [(&str, &str); 16] = [
    ("男", "女"),
    ("专职", "兼职"),
    ("城镇", "乡村"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("水田", "旱地"),
    ("有效", "无效"),
    ("公办", "民办"),
    ("公立", "私立"),
    ("税收", "非税"),
    ("县内", "县外"),
    ("境内", "境外"),
    ("省内", "省外"),
    ("固定", "流动"),
    ("集中", "分散"),
    ("及以下", "及以上"),
];

/// What turns a name into its opposite.
const NOT: [&str; 6] = ["尚未", "未", "不", "非", "无", "没"];

/// What is said of the one and not of its opposite.
const YES: [&str; 5] = ["已经", "已", "有", "可", "能"];

/// Whether something may be counted in two of the parts.
pub(super) fn may_overlap(names: &[&str]) -> bool {
    let ways: Vec<Option<usize>> = names.iter().map(|name| way(name)).collect();
    let mixed = ways.iter().any(|way| *way != ways[0]);
    let beside =
        names.iter().any(|name| name.contains('等') || BESIDE.iter().any(|word| name.contains(word)));
    mixed || beside || nested(names)
}

/// The way by which a name divides.
fn way(name: &str) -> Option<usize> {
    WAYS.iter().position(|words| words.iter().any(|word| name.contains(word)))
}

/// Whether one bound holds another: 35岁以下 and 40岁以下, or 大专以上 beside 研究生.
fn nested(names: &[&str]) -> bool {
    let [above, below] = ["以上", "以下"].map(|word| names.iter().filter(|name| name.contains(word)).count());
    above > 1 || below > 1 || above == 1 && below == 0 || below == 1 && above == 0 && names.len() == 2
}

/// Whether the names say that nothing is left: one of them is 其他, or two are opposites.
pub(super) fn are_all(names: &[&str]) -> bool {
    let rest = |name: &&str| ["其他", "其它", "其余", "剩余", "余下"].iter().any(|word| name.contains(word));
    names.iter().any(rest) || opposites(names)
}

/// Whether two of the names are opposites.
pub(super) fn opposites(names: &[&str]) -> bool {
    names.iter().enumerate().any(|(at, one)| names[at + 1..].iter().any(|other| opposite(one, other)))
}

/// 已上牌 and 未上牌, 男 and 女.
fn opposite(one: &str, other: &str) -> bool {
    let pair = |(left, right): &(&str, &str)| {
        one.contains(left) && other.contains(right) || one.contains(right) && other.contains(left)
    };
    PAIRS.iter().any(pair) || negates(one, other) || negates(other, one)
}

/// Whether the second name is the first with 未 or 不.
fn negates(one: &str, other: &str) -> bool {
    let said = YES.iter().find_map(|yes| one.strip_prefix(yes)).unwrap_or(one);
    NOT.iter().filter_map(|not| other.strip_prefix(not)).any(|rest| {
        let shorter = rest.len().min(said.len());
        shorter >= '字'.len_utf8() * 2 && (rest.starts_with(said) || said.starts_with(rest))
    })
}
