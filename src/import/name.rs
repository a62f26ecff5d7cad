//! Names for indicators: a readable Chinese path from the heading and the words around the number.

use std::collections::{BTreeMap, BTreeSet};

use super::words::FIELDS;
use crate::clause::{self, Claim, When};

/// The name of what nothing is said of.
const NOTHING: &str = "数量";

/// The group of a heading or of the first sentence of a point.
pub(super) fn group(words: &str) -> Option<&'static str> {
    let found = FIELDS.iter().filter_map(|field| Some((words.find(field)?, *field)));
    found.min_by_key(|(at, _)| *at).map(|(_, field)| field)
}

/// Headings that speak of what is still to be done, and how its figures are kept apart.
const PLANS: [&str; 9] = ["打算", "计划", "目标", "安排", "展望", "下步", "下一步", "今后", "努力方向"];
pub(super) const PLAN: &str = "计划";

/// The field of a heading: that which it names, else the heading itself where it is short.
pub(super) fn field(heading: &str) -> Option<String> {
    if PLANS.iter().any(|word| heading.contains(word)) {
        return Some(PLAN.to_owned());
    }
    let words: String = heading.chars().filter(|c| is_word(*c)).collect();
    let short = || (2..=6).contains(&words.chars().count()) && words.chars().all(|c| !c.is_ascii());
    group(heading).map(str::to_owned).or_else(|| short().then(|| words.clone()))
}

/// The heading that a paragraph begins with, as in `（一）健全机制。全年……`; empty where there is none.
pub(super) fn run_in(text: &str) -> &str {
    const LONGEST: usize = 24;
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let numbered = text.trim_start_matches(['（', '(']);
    let marked = numbered.trim_start_matches(numeral);
    let words = marked.trim_start_matches(['）', ')', '、', '.', '．']);
    // 1.5亿元 begins with a value.
    let value = words.starts_with(|c: char| c.is_ascii_digit());
    let is_number = marked.len() < numbered.len() && words.len() < marked.len() && !value;
    let lead = words.find('。').filter(|_| is_number).map_or("", |end| &words[..end]);
    if lead.chars().count() <= LONGEST { lead } else { "" }
}

/// Longest name that is made of two, in characters.
const LONGEST: usize = 16;

/// Names of what a claim says, the best first; the others say more, for where it is taken.
pub(super) fn names(claim: &Claim, unit: &str) -> Vec<String> {
    let name = bare(&claim.name(unit));
    let counted = (claim.owner.is_empty() && is_vague(&name, unit)).then(|| counted(unit));
    let name = counted.unwrap_or(name);
    let dated = match &claim.when {
        When::Year(year) => Some(format!("{name}{}", year.words())),
        _ => None,
    };
    let with = |front: &str| {
        Some(bare(&format!("{front}{name}"))).filter(|_| !front.is_empty() && !name.contains(front))
    };
    let fuller = with(&claim.verb);
    let of_topic = with(&claim.topic).filter(|name| name.chars().count() <= LONGEST);
    std::iter::once(name.clone())
        .chain(fuller)
        .chain(of_topic)
        .chain(dated)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Only what a path may hold.
fn bare(name: &str) -> String {
    name.chars().filter(|c| is_word(*c)).collect()
}

/// What is entered on a register and struck off it: there is so much of it on a day.
const REGISTERED: [&str; 52] = [
    "党员",
    "党组织",
    "党支部",
    "支部",
    "党委",
    "脱贫户",
    "脱贫人口",
    "低保户",
    "低保对象",
    "低保人员",
    "五保户",
    "特困人员",
    "特困供养人员",
    "监测户",
    "监测对象",
    "残疾人",
    "退役军人",
    "社区",
    "行政村",
    "自然村",
    "村民小组",
    "居民小组",
    "网格",
    "网格员",
    "护林员",
    "河长",
    "户籍人口",
    "常住人口",
    "人口",
    "总户数",
    "学校",
    "幼儿园",
    "卫生院",
    "卫生室",
    "医疗机构",
    "养老机构",
    "企业",
    "规上企业",
    "合作社",
    "家庭农场",
    "个体工商户",
    "市场主体",
    "经营主体",
    "耕地",
    "林地",
    "水田",
    "委员",
    "代表",
    "干部",
    "教师",
    "在校生",
    "床位",
];

/// Whether an owner is what stands on a register, counted; 新发展党员 is what was done.
pub(super) fn is_register(owner: &str, unit: &str) -> bool {
    const COUNTED: [&str; 14] =
        ["人", "名", "位", "户", "个", "家", "所", "处", "亩", "条", "座", "张", "公顷", "社"];
    let owner = clause::bound(owner).map_or(owner, |bound| &owner[..bound.start]);
    let entered = REGISTERED.contains(&owner)
        || REGISTERED.iter().any(|word| owner.ends_with(word)) && !clause::is_done(owner);
    entered && COUNTED.contains(&unit)
}

/// What a unit alone says: 86处 of nothing named.
pub(super) fn counted(unit: &str) -> String {
    match unit {
        "人" | "名" | "位" | "人次" => "人数".to_owned(),
        "户" => "户数".to_owned(),
        "%" | "‰" => "比例".to_owned(),
        unit if unit.ends_with('元') => "金额".to_owned(),
        "" => NOTHING.to_owned(),
        unit if unit.chars().all(is_word) => format!("{unit}数"),
        _ => NOTHING.to_owned(),
    }
}

/// Whether a name only says what kind of number it is.
pub(super) fn is_vague(name: &str, unit: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name == NOTHING || name == counted(unit)
}

pub(super) fn is_word(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}') || c.is_ascii_alphanumeric()
}

/// Names that were given, so that each is given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
    /// The next number behind a path that others have.
    next: BTreeMap<String, u32>,
}

impl Names {
    /// A path that nobody has: the first name that is free, else the first with a number behind it.
    pub fn unique(&mut self, group: &str, names: &[String]) -> String {
        let path = |name: &str| format!("{group}.{name}");
        let first = names.first().map_or(NOTHING, String::as_str);
        let free = names.iter().map(|name| path(name)).find(|path| !self.given.contains(path));
        let path = free.unwrap_or_else(|| {
            let next = self.next.entry(path(first)).or_insert(2);
            let numbered = (*next..).map(|number| (number, path(&format!("{first}{number}"))));
            let found = numbered.into_iter().find(|(_, path)| !self.given.contains(path));
            let (number, path) = found.unwrap_or_else(|| (*next, path(first)));
            *next = number;
            path
        });
        self.given.insert(path.clone());
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_a_register_is_a_stock() {
        for (owner, unit) in
            [("党员", "名"), ("女党员", "名"), ("党员35岁以下", "名"), ("脱贫户", "户"), ("社区", "个")]
        {
            assert!(is_register(owner, unit), "{owner}");
        }
        for (owner, unit) in
            [("新发展党员", "名"), ("培训党员", "人次"), ("党员活动", "次"), ("走访脱贫户", "户")]
        {
            assert!(!is_register(owner, unit), "{owner}");
        }
    }

    #[test]
    fn a_heading_that_a_paragraph_begins_with_names_its_group() {
        for (text, wanted) in [
            ("（一）健全工作机制。全年召开会议12次。", "健全工作机制"),
            ("(2)抓招商。引进项目5个。", "抓招商"),
            ("1.5亿元已到位。另有2次。", ""),
            ("一年来，成绩大。", ""),
            ("全年召开会议12次。", ""),
        ] {
            assert_eq!(run_in(text), wanted, "{text}");
        }
    }

    #[test]
    fn groups_come_from_headings_and_paths_are_unique() {
        assert_eq!(group("二、强化宣传引导，凝聚共识"), Some("宣传"));
        assert_eq!(group("三是牵线搭桥，招商引资添后劲。"), Some("招商"));
        assert_eq!(group("一、主要做法"), None);
        let mut names = Names::default();
        let more = ["会议".to_owned(), "召开会议".to_owned()];
        let given = [(); 3].map(|()| names.unique("宣传", &more));
        assert_eq!(given, ["宣传.会议", "宣传.召开会议", "宣传.会议2"]);
    }
}
