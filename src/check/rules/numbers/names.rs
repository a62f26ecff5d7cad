//! Lists of names without marks, and how many names they have.

use std::sync::LazyLock;

use crate::zh::name::{begins_with_name, ends_in_name};
use crate::zh::pattern::Pattern;

/// What is counted by its names as a whole: each name is one of it.
const PLACES: &str = "村 社区 镇 乡 街道 乡镇 县 区 市 县区 县市区 城市 省 省份 村民小组 自然村 行政村 村寨 屯 片区 村居 村（社区） \
    试点村 示范村 重点村 村庄 小区 居民小区 集镇 园区 景区 景点 水库 湖泊 河流";
const ASPECTS: &str = "方面 环节 阶段 步骤 领域 层面 板块 品牌 品种 民族 季节 主导产业 特色产业 支柱产业 维度 层级 层次 关键环节 重点领域 \
    方向 大类 节日 单位 部门 站所 科室 支部 党支部 主题 优势产业 产业 时段 关键时段 重要节点 节点 问题 渡口 码头 站点 工作专班 专班 工作组 小组 保障 行动 任务 战役 体系 集群";
/// What may be counted by its kinds instead of its names.
const THINGS: &str = "企业 公司 学校 小学 中学 道路 公路 大桥 桥梁 医院 卫生院 合作社 农场 家庭农场 项目 工程 制度 办法 文件 机制 基地 平台 中心";

/// What may stand in front of what is counted.
const FRONT: [&str; 12] =
    ["重点", "试点", "示范", "主要", "关键", "特色", "建制", "沿线", "贫困", "脱贫", "边远", "街道"];

/// What no name holds: words that join, do or say something.
static WORDS: Pattern = Pattern::new(
    "[的了在对于从把将由向让使给被为是有等每该这那其不含到赴0-9a-zA-Z]|以及|包括|涉及|其中|完成|实施|推进|建设|召开|组织|开展|实现|分别|通过|覆盖|一批|一些|选取|选定|确定|走访|指导|支持|深入|率先",
);

/// The end of what is no name but a kind, a state or a stretch of places, so that the count is of the things in it.
static KINDS: Pattern = Pattern::new(
    "^(?:[新改扩续重翻在拟]建|改造|签约|开工|竣工|投产|重点|一般|其他|其它)$|(?:[级型类式片线]|一带|流域|沿线|两岸|中心|机关|直属)$",
);

/// Kinds of places and bodies; who belongs to another kind than what is counted is no member.
const BODIES: [&str; 12] = ["街道", "社区", "公司", "小学", "中学", "村", "镇", "乡", "县", "区", "市", "省"];

/// What a noun is not if this follows: 村民, 市场, 区域.
const OTHERWISE: &str = "民干支委级场域间织员村镇工居直属校长务";

/// A member is no longer than this, in characters.
const LONGEST: usize = 8;
/// Members of one make differ in length by no more than this.
const UNEQUAL: usize = 2;

/// How many names a list has; where 和 may join two or belong to one, from fewest to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct List {
    fewest: usize,
    most: usize,
    is_open: bool,
    reach: usize,
}

impl List {
    /// A list whose names have marks.
    pub(super) fn sure(count: usize, is_open: bool) -> List {
        List { fewest: count, most: count, is_open, reach: count }
    }

    /// The same with 等 behind it or not.
    pub(super) fn open(self, is_open: bool) -> List {
        List { is_open, ..self }
    }

    /// Whether a count may be that of the list, or is too far off to be meant for it.
    pub(super) fn agrees(&self, count: usize) -> bool {
        let off = if count < self.fewest { self.fewest - count } else { count.saturating_sub(self.most) };
        off == 0 || off > self.reach || self.is_open && count > self.most
    }

    /// How many names it has, in words.
    pub(super) fn counted(&self) -> String {
        if self.fewest == self.most {
            format!("{}个", self.fewest)
        } else {
            format!("{}到{}个", self.fewest, self.most)
        }
    }
}

/// What is counted, with the words in front of it, at the front of a text.
pub(super) fn noun(text: &str) -> Option<&str> {
    static NOUNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut nouns: Vec<&str> =
            [PLACES, ASPECTS, THINGS].iter().flat_map(|nouns| nouns.split_whitespace()).collect();
        nouns.sort_by_key(|noun| std::cmp::Reverse(noun.len()));
        nouns
    });
    let front = FRONT.iter().find(|front| text.starts_with(**front)).map_or(0, |front| front.len());
    let of = |from: usize| {
        NOUNS.iter().find(|noun| text[from..].starts_with(**noun)).map(|noun| from + noun.len())
    };
    let end = of(0).or_else(|| of(front))?;
    let place = text[..end].ends_with(['村', '镇', '乡', '县', '区', '市', '省']);
    let other = place && text[end..].starts_with(|c| OTHERWISE.contains(c));
    (!other).then_some(&text[..end])
}

/// Whether a noun may be counted by a number alone: 4部门, 3村.
pub(super) fn is_counted_bare(noun: &str) -> bool {
    ["部门", "村", "镇", "乡", "县", "区", "市", "省", "社区", "街道", "乡镇", "单位", "方面"].contains(&noun)
}

/// A list of persons.
pub(super) fn of_persons(words: &str) -> Option<List> {
    let members: Vec<&str> = words.split(['、', '和']).collect();
    let (first, rest) = members.split_first()?;
    let is_name = |word: &&str| {
        (2..=4).contains(&word.chars().count()) && begins_with_name(word) && body(word).is_none()
    };
    let begun = is_name(first) || ends_in_name(first) && body(first).is_none();
    let all = !rest.is_empty() && rest.iter().all(is_name) && begun;
    all.then_some(List { reach: 2, ..List::sure(members.len(), false) })
}

/// A list of places, aspects or things that are counted by a noun; `led` where words may stand in front of the first.
pub(super) fn of_things(words: &str, noun: &str, led: bool) -> Option<List> {
    let all: Vec<&str> = words.split('、').collect();
    // Words of the sentence reach as far as the last member that holds one.
    let lead = all.iter().rposition(|member| WORDS.is_match(member));
    let members = match lead {
        Some(at) if led && at + 1 < all.len() => &all[at..],
        Some(_) => return None,
        None => &all[..],
    };
    let (last, front) = members.split_last()?;
    let joined = joined(last, front.get(1).or(front.first().filter(|_| !led)).copied());
    let (first, rest) = members.split_first()?;
    let parts: Vec<&str> = rest.iter().flat_map(|member| member.split(['和', '与', '及'])).collect();
    let plain = |part: &&str| {
        let length = part.chars().count();
        (1..=LONGEST).contains(&length) && !KINDS.is_match(part) && belongs(part, noun)
    };
    let sizes = || parts.iter().map(|part| part.chars().count());
    let even = sizes().max()? - sizes().min()? <= UNEQUAL && first.chars().count() >= sizes().min()?;
    let ok = parts.iter().all(plain)
        && even
        && !KINDS.is_match(first)
        && belongs(first, noun)
        && !first.chars().skip(1).any(|c| "和与及".contains(c));
    let count = members.len();
    let list = List {
        fewest: count + joined.0,
        most: count + joined.1,
        is_open: false,
        reach: reach(noun, &parts, count)?,
    };
    ok.then_some(list)
}

/// How many names more than one the last member is, at least and at most: 西岭和南坪 beside 东湾 are surely two.
fn joined(last: &str, beside: Option<&str>) -> (usize, usize) {
    let pieces: Vec<&str> = last.split(['和', '与', '及']).collect();
    let [one, other] = pieces.as_slice() else { return (0, pieces.len() - 1) };
    let size = |word: &str| word.chars().count();
    let two = size(one) > 1 && size(other) > 1;
    let like = size(one) == size(other)
        || beside.is_some_and(|beside| size(beside) == size(one) || size(beside) == size(other));
    (usize::from(two && like), usize::from(two))
}

/// How far a count may be off and still be meant for the names; nothing where it may count the things in them.
fn reach(noun: &str, parts: &[&str], count: usize) -> Option<usize> {
    let of = |nouns: &str| nouns.split_whitespace().any(|one| noun.ends_with(one));
    let alike = || {
        let end = |part: &&str| part.chars().next_back();
        parts.iter().all(|part| end(part) == end(&parts[0]))
    };
    match () {
        () if noun.is_empty() || of(PLACES) || of(ASPECTS) => Some(if count > 3 { 3 } else { 2 }),
        () if alike() && parts[0].chars().count() > 2 => Some(2),
        () => (count > 2).then_some(1),
    }
}

/// The kind of place or body that a word ends in.
fn body(word: &str) -> Option<&'static str> {
    BODIES.into_iter().find(|body| word.ends_with(body))
}

/// Whether a word may be one of what is counted: no 镇 is one of 4个村.
fn belongs(word: &str, noun: &str) -> bool {
    let general =
        ["单位", "部门", "站所", "企业", "学校", "片区", "地区"].iter().any(|all| noun.ends_with(all));
    body(word).is_none_or(|body| general || noun.contains(body) || body == "街道" && noun.ends_with('镇'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_where_they_are_sure() {
        for (words, noun, wanted) in [
            ("东湾、西岭、南坪", "村", Some((3, 3))),
            ("东湾、西岭和南坪", "村", Some((3, 3))),
            ("产业基础较好、群众积极的东湾、西岭", "村", Some((2, 2))),
            ("东湾镇、西岭镇", "村", None),
            ("新建、续建", "项目", None),
            ("东湾、西岭片", "村", None),
            ("水、电、路、气", "方面", Some((4, 4))),
            ("东湾", "村", None),
        ] {
            let list = of_things(words, noun, true).map(|list| (list.fewest, list.most));
            assert_eq!(list, wanted, "{words}");
        }
    }

    #[test]
    fn what_is_counted_is_a_noun_of_its_own() {
        assert_eq!(noun("个重点村完成改厕"), None);
        assert_eq!(noun("重点村完成改厕"), Some("重点村"));
        assert_eq!(noun("村民小组"), Some("村民小组"));
        assert_eq!(noun("村民"), None);
    }
}
