//! A figure by the words around it: the first shape that fits tells what it is to whom.

use super::fold::is_time;
use super::owner::{
    self, Parts, chars, first_word, parts, plain, starts_from, without_link, without_opening,
};
use super::state::{Awaited, Reading, Scene, Topic, part_name};
use super::time::{Kind, Time};
use super::{Relation, When};

/// Verbs before a rank, the first that stands.
const RANKED: [&str; 18] = [
    "稳居",
    "位居",
    "居",
    "排名",
    "排",
    "位列",
    "名列",
    "列",
    "跻身",
    "升至",
    "升到",
    "提升至",
    "提升到",
    "上升到",
    "上升至",
    "获得",
    "进入",
    "保持",
];

/// Verbs before what a share or a completion is of.
const DIVIDES: [&str; 8] = ["完成", "达到", "达", "为", "是", "占", "实现", "相当于"];

impl Reading<'_> {
    /// Reads one figure: the first shape that fits says what it is.
    pub fn figure(&mut self, scene: &Scene<'_>) {
        let shapes: [fn(&mut Self, &Scene<'_>) -> bool; 11] = [
            Self::rank,
            Self::multiple,
            Self::completion,
            Self::awaited_share,
            Self::denominator,
            Self::share,
            Self::base_value,
            Self::value_then,
            Self::compared_value,
            Self::change,
            Self::against,
        ];
        self.before = self.subject().name;
        if !shapes.iter().any(|shape| shape(self, scene)) {
            self.level(scene);
        }
    }

    /// The owner that some words name, without what ties them to what stands behind.
    pub fn owner(words: &str) -> Parts {
        parts(without_link(words))
    }

    /// The name of an owner, else that of the topic.
    fn or_topic(&self, parts: &Parts) -> String {
        if parts.is_empty() { self.subject().name } else { parts.name() }
    }

    /// 居全市第2位; 由第9位升至第7位.
    fn rank(&mut self, scene: &Scene<'_>) -> bool {
        let figure = &self.figures[scene.figure];
        let left = scene.left;
        let ordinal = figure.text.starts_with(['第', '前', '首', '榜']) || figure.text.starts_with("倒数");
        let placed = matches!(figure.unit.as_str(), "位" | "名" | "")
            && first_word(left, &["居", "位居", "排名", "排", "位列", "名列", "列"])
                .is_some_and(|(at, word)| is_placed(&left[..at], &left[at + word.len()..]));
        if !ordinal && !placed {
            return false;
        }
        let when = self.when(false);
        let verb = first_word(left, &RANKED);
        let scope = verb.map_or("", |(at, word)| &left[at + word.len()..]);
        let before = verb.map_or(left, |(at, _)| &left[..at]);
        let from = from_whom(left);
        let own = from_whom(before).map_or(before, |(at, _)| &before[..at]);
        let own = own.split("连续").next().unwrap_or_default();
        let owner = self.or_topic(&Self::owner(own));
        if let Some((_, scope)) = from {
            self.awaited = Awaited::Rank(owner.clone(), scope.to_owned());
            let when = self.base_when(self.compared.clone().as_ref());
            self.claim(scene.figure, &format!("{owner}{scope}位次"), Relation::BaseValue, when);
            return true;
        }
        let (owner, scope) = match std::mem::take(&mut self.awaited) {
            Awaited::Rank(owner, scope) if left.ends_with(['至', '到']) => (owner, scope),
            other => {
                self.awaited = other;
                (owner, plain(scope))
            }
        };
        self.claim(scene.figure, &owner, Relation::Rank { scope }, when);
        true
    }

    /// 是2019年的2.3倍.
    fn multiple(&mut self, scene: &Scene<'_>) -> bool {
        if self.figures[scene.figure].unit != "倍" {
            return false;
        }
        let when = self.when(false);
        if scene.left == "的" && self.awaited == Awaited::Times {
            self.awaited = Awaited::Nothing;
            let owner = self.topic.name.clone();
            self.claim(scene.figure, &owner, Relation::Multiple, When::Report);
            return true;
        }
        let Some(words) = scene.left.strip_suffix('的') else { return false };
        let Some((at, _)) = first_word(words, &["是", "为", "相当于", "达到", "达"]) else {
            return false;
        };
        let owner = self.or_topic(&Self::owner(&words[..at]));
        self.claim(scene.figure, &owner, Relation::Multiple, when);
        true
    }

    /// 完成年度计划的96%.
    fn completion(&mut self, scene: &Scene<'_>) -> bool {
        if !self.figures[scene.figure].is_rate() {
            return false;
        }
        let Some((owner, of)) = planned(scene.left) else { return false };
        let parts = Self::owner(owner);
        let name = self.or_topic(&parts);
        let level = self.level_of(&name);
        let (when, unit) = (self.when(false), self.figures[scene.figure].unit.clone());
        let of = plain(of).replace("完成", "");
        self.claim(scene.figure, &name, Relation::Completion { of }, when).level = level;
        self.set_topic(&parts, &unit);
        true
    }

    /// The 37.5% of 占年初预算800万元的37.5%.
    fn awaited_share(&mut self, scene: &Scene<'_>) -> bool {
        match std::mem::take(&mut self.awaited) {
            Awaited::Share { owner, level, of, divides, figure }
                if scene.left == "的" && self.figures[scene.figure].is_rate() =>
            {
                let when = self.when(false);
                let relation = if divides { Relation::Share { of } } else { Relation::Completion { of } };
                let claim = self.claim(scene.figure, &owner, relation, when);
                claim.of = Some(figure);
                claim.level = level;
                true
            }
            Awaited::Share { .. } => false,
            other => {
                self.awaited = other;
                false
            }
        }
    }

    /// 占年初预算800万元 before its share. The topic stays.
    fn denominator(&mut self, scene: &Scene<'_>) -> bool {
        let next = scene.next.map(|next| &self.figures[next]);
        if scene.right != "的" {
            return false;
        }
        // 是2019年的320户的2.3倍.
        if next.is_some_and(|next| next.unit == "倍")
            && let Some(time) =
                self.time_at_end(scene.left.trim_end_matches('的'), &["是", "为", "相当于", "比", "较"])
        {
            let owner = self.subject().name;
            let when = self.base_when(Some(&time));
            self.claim(scene.figure, &owner, Relation::BaseValue, when);
            self.awaited = Awaited::Times;
            return true;
        }
        if !next.is_some_and(super::Figure::is_rate) {
            return false;
        }
        let Some((at, verb)) = first_word(scene.left, &["完成", "占", "达到", "达", "为", "是", "相当于"])
        else {
            return false;
        };
        let parts = Self::owner(&scene.left[..at]);
        let owner = self.or_topic(&parts);
        let level = if parts.is_empty() { self.subject().figure } else { self.level_of(&owner) };
        let of = plain(&scene.left[at + verb.len()..]).trim_matches('的').to_owned();
        let of = if of.is_empty() { owner.clone() } else { of };
        let when = self.when(false);
        self.claim(scene.figure, &of, Relation::Denominator, when);
        self.awaited = Awaited::Share { owner, level, of, divides: verb == "占", figure: scene.figure };
        true
    }

    /// 占总支出的78.7%, 占比25%.
    fn share(&mut self, scene: &Scene<'_>) -> bool {
        if !self.figures[scene.figure].is_rate()
            || starts_from(scene.left)
                .is_some_and(|(_, words)| words.chars().all(|c| is_time(c) || c == '的'))
        {
            return false;
        }
        let Some((before, of)) = divided(scene.left) else { return false };
        let parts = Self::owner(before);
        let topic = self.subject();
        let mut owner = parts.name();
        if owner::is_bound(&owner) && !topic.object.is_empty() {
            owner = format!("{}{owner}", owner::unbound(&topic.object));
        }
        owner = owner.replacen("人中", "人", 1);
        if owner.is_empty() {
            owner.clone_from(&topic.name);
        } else if let Some(whole) =
            self.whole.clone().filter(|_| self.in_part && !scene.joined && chars(&owner) <= 2)
        {
            owner = part_name(&whole, &owner);
        }
        let level = if parts.is_empty() { topic.figure } else { self.level_of(&owner) };
        let when = self.when(false);
        let of = plain(of);
        self.claim(scene.figure, &owner, Relation::Share { of: of.clone() }, when).level = level;
        let said = if of.is_empty() { format!("{owner}占比") } else { format!("{owner}占{of}比重") };
        self.main(&said, scene.figure);
        if !parts.is_empty() && self.topic.name.is_empty() {
            self.topic = Topic::named(&owner);
        }
        true
    }

    /// 由12万元, 从2019年的1.1亿元: what was there before.
    fn base_value(&mut self, scene: &Scene<'_>) -> bool {
        let Some((at, inner)) = starts_from(scene.left) else { return false };
        if chars(inner) > 14 || !self.arrives(scene) {
            return false;
        }
        let before = &scene.left[..at];
        let mut parts = Self::owner(before);
        if before.contains('占') && (before.ends_with("比重") || before.ends_with("比例")) {
            let share = plain(before);
            let share = without_opening(&share);
            let of_topic = if share.starts_with('占') { self.subject().name } else { String::new() };
            parts = Parts::object(&format!("{of_topic}{share}"));
        }
        let time = self.times_in(inner).next_back().map(|(_, time)| time.clone());
        let words = plain(inner);
        let words = words.trim_matches(['的', '末', '底']);
        let unit = self.figures[scene.figure].unit.clone();
        if !parts.is_empty() {
            self.set_topic(&parts, &unit);
        } else if !words.is_empty() && time.is_none() {
            self.set_topic(&owner::parts(words), &unit);
        } else {
            self.take_pending();
        }
        let named = time.as_ref().and_then(Time::year).is_some();
        let when = self.base_when(time.as_ref().or(self.compared.as_ref()));
        let owner = self.topic.name.clone();
        self.claim(scene.figure, &owner, Relation::BaseValue, when);
        self.awaited = Awaited::Reached;
        if time.is_none() {
            self.compared = None;
        }
        if named {
            self.period = None;
        }
        true
    }

    /// Whether the rest of the sentence says that something was reached.
    fn arrives(&self, scene: &Scene<'_>) -> bool {
        const ARRIVE: [&str; 20] = [
            "并为", "合为", "简为", "到", "至", "达", "变", "升", "增", "降", "减", "提高", "发展", "扩",
            "缩", "调整", "涨", "回落", "翻", "跃",
        ];
        let rest = self.rest_of_sentence(scene.figure).unwrap_or(&scene.clause[scene.at..]);
        ARRIVE.iter().any(|word| rest.contains(word)) && !rest.contains("组成") && !rest.contains("构成")
    }

    fn rest_of_sentence(&self, figure: usize) -> Option<&str> {
        let at = self.sentence.find(super::fold::figure(figure))?;
        self.sentence[at..].split('；').next()
    }

    /// 上年为100万元 behind a figure of this year: its value then. The sentence goes on about this year.
    fn value_then(&mut self, scene: &Scene<'_>) -> bool {
        let Some(time) = scene.left.chars().next().and_then(|c| self.time_at(c)).cloned() else {
            return false;
        };
        let words = scene.left.trim_start_matches(is_time);
        let words = words.strip_prefix("同期").unwrap_or(words);
        let earlier = time.year().is_some_and(|year| year < self.year);
        let now = self.earlier.as_ref().is_none_or(|time| time.kind == Kind::This);
        let same = self
            .topic
            .figure
            .is_some_and(|figure| self.figures[figure].unit == self.figures[scene.figure].unit);
        if !(earlier
            && now
            && same
            && scene.nth == 0
            && matches!(words, "为" | "是" | "仅" | "仅为" | "只有" | "有" | "的"))
        {
            return false;
        }
        self.period = self.earlier.take();
        let owner = self.topic.name.clone();
        let when = self.base_when(Some(&time));
        self.claim(scene.figure, &owner, Relation::BaseValue, when);
        true
    }

    /// 比上年的31件: a value of another year to compare with.
    fn compared_value(&mut self, scene: &Scene<'_>) -> bool {
        let words = scene.left.strip_suffix('的').unwrap_or(scene.left);
        let words = words.strip_suffix("同期").unwrap_or(words);
        let Some(at) = words.char_indices().next_back().filter(|(_, c)| is_time(*c)).map(|(at, _)| at) else {
            return false;
        };
        let Some(time) = words[at..].chars().next().and_then(|c| self.time_at(c)).cloned() else {
            return false;
        };
        let Some(before) = ["比", "较", "与", "同"].iter().find_map(|word| words[..at].strip_suffix(word))
        else {
            return false;
        };
        let parts = Self::owner(before);
        let unit = self.figures[scene.figure].unit.clone();
        if parts.is_empty() {
            self.take_pending();
        } else {
            self.set_topic(&parts, &unit);
        }
        let when = self.base_when(Some(&time));
        let owner = self.topic.name.clone();
        self.claim(scene.figure, &owner, Relation::BaseValue, when);
        true
    }

    /// The time that some words end in, behind one of some words.
    fn time_at_end(&self, words: &str, behind: &[&str]) -> Option<Time> {
        let (at, c) = words.char_indices().next_back()?;
        let time = self.time_at(c)?;
        behind.iter().any(|word| words[..at].ends_with(word)).then(|| time.clone())
    }
}

/// Whether 居 or 列 says a place among others: 居全市 12位, not 独居老人 12名.
fn is_placed(before: &str, scope: &str) -> bool {
    const AMONG: [&str; 8] = ["全", "同类", "各", "省", "市", "县", "区", "国"];
    let inside = before.ends_with(['独', '同', '侨', '旅', '新', '定', '移', '寄', '群', '陈', '下']);
    !inside && (scope.is_empty() || AMONG.iter().any(|word| scope.starts_with(word)))
}

/// 由, 从 at the end of some words, perhaps with 全市: where it stands, and among whom.
fn from_whom(words: &str) -> Option<(usize, &str)> {
    let all = ["全县", "全市", "全省", "全国", "全镇", "全区"].iter().find(|all| words.ends_with(**all));
    let before = words.len() - all.map_or(0, |all| all.len());
    let at = words[..before].strip_suffix(['由', '从'])?.len();
    Some((at, &words[before..]))
}

/// Whose share, and of what: 民生支出, 总支出 of 民生支出占总支出比重达到.
fn divided(left: &str) -> Option<(&str, &str)> {
    let reached =
        ["提高到", "提升至", "提升到", "上升到", "下降到", "降低到", "回落到", "降至", "提升", "超过"];
    let words = without_link(left);
    let words = ["提高", "提升", "上升", "下降", "降低", "回落"]
        .iter()
        .find_map(|verb| words.strip_suffix(verb))
        .unwrap_or(words);
    let words = reached.iter().find_map(|word| words.strip_suffix(word)).unwrap_or(words);
    let at = words.rfind('占')?;
    let of = &words[at + '占'.len_utf8()..];
    if of.starts_with(['地', '用', '道', '据', '有']) {
        return None;
    }
    let of = of.trim_end_matches('的');
    let of = ["比重", "比例", "比"].iter().find_map(|end| of.strip_suffix(end)).unwrap_or(of);
    let before = without_link(&words[..at]);
    let before = ["均", "分别"].iter().find_map(|end| before.strip_suffix(end)).unwrap_or(before);
    Some((before.trim_end_matches('的'), of.trim_end_matches('的')))
}

/// Whose completion, and of what: 完成年度计划的.
fn planned(left: &str) -> Option<(&str, &str)> {
    let words = left.strip_suffix('的')?;
    let verbs = words.char_indices().rev().filter_map(|(at, _)| {
        let verb =
            DIVIDES.iter().filter(|verb| words[at..].starts_with(**verb)).max_by_key(|verb| verb.len())?;
        Some((at, *verb))
    });
    let mut verbs = verbs.filter(|(at, verb)| is_planned(&words[at + verb.len()..]));
    match verbs.next() {
        Some((_, "占")) => None,
        Some((at, verb)) => Some((&words[..at], &words[at + verb.len()..])),
        None => {
            let at = words.char_indices().map(|(at, _)| at).find(|at| is_planned(&words[*at..]))?;
            Some((&words[..at], &words[at..]))
        }
    }
}

/// 年度计划任务, 既定目标: what is completed.
fn is_planned(words: &str) -> bool {
    const OPEN: [&str; 10] =
        ["全年", "年度", "年初", "全县", "全镇", "全市", "上级下达", "下达", "既定", "目标"];
    const PLANS: [&str; 9] = ["计划", "目标", "任务", "预算", "预期", "比例", "总量", "总额", "总数"];
    const ENDS: [&str; 4] = ["任务", "目标", "数", "值"];
    let mut rest = words;
    while let Some(next) = OPEN
        .iter()
        .find_map(|open| rest.strip_prefix(open))
        .or_else(|| rest.strip_prefix(is_time))
        .filter(|next| !next.is_empty())
    {
        rest = next;
    }
    let named = |words: &str| {
        PLANS.iter().any(|plan| words.strip_suffix(plan).is_some_and(|before| chars(before) <= 8))
    };
    let ended = ENDS.iter().filter_map(|end| rest.strip_suffix(end)).any(named);
    !words.contains('，') && (named(rest) || ended || PLANS.contains(&words))
}
