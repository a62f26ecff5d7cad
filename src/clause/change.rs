//! A change: whose it is, how it goes, and what it is measured from.

use super::fold::is_figure;
use super::lexicon::{NEEDBASE, UP};
use super::owner::{Parts, change_at_end, chars, first_word, parts, plain, without_opening};
use super::state::{Reading, Scene, Topic, part_name};
use super::time::{Kind, Time};
use super::{Base, Relation};

impl Reading<'_> {
    /// 同比增长12%, 比上年减少3件.
    pub fn change(&mut self, scene: &Scene<'_>) -> bool {
        let left = scene.left;
        let Some((at, verb)) = change_at_end(left) else { return false };
        let figure = &self.figures[scene.figure];
        let (is_degree, is_points) = (figure.is_degree(), figure.is_points());
        let measured = Measured::of(&left[..at]);
        let bare = without_opening(&plain(measured.owner)).is_empty();
        if NEEDBASE.has(verb) && measured.base.is_empty() && !bare && !figure.is_rate() && !is_points {
            return false;
        }
        // 失业率4.6%，低于5%: no change but a comparison with the figure itself.
        if verb.ends_with('于') && measured.base.is_empty() {
            return false;
        }
        let base = self.base_of_change(&measured, verb);
        let own = ["同比", "环比", "相比", "比较"]
            .iter()
            .find_map(|end| measured.owner.strip_suffix(end))
            .unwrap_or(measured.owner);
        let topic = self.subject();
        // 增速比上年加快1.3个百分点: that of the topic.
        let own = if matches!(without_opening(own), "增速" | "增幅" | "涨幅") { "" } else { own };
        let parts = parts(own);
        let (owner, level) = self.changed(scene, &parts, &topic, is_points);
        if !parts.is_empty() && !scene.joined {
            let object =
                if self.in_part || parts.object.is_empty() { owner.clone() } else { parts.object.clone() };
            self.topic = Topic { object, verb: parts.verb.clone(), figure: level, ..Topic::named(&owner) };
        }
        self.pending = None;
        let when = self.when(true);
        let relation = Relation::Change { rises: UP.has(verb), rate: is_degree };
        let claim = self.claim(scene.figure, &owner, relation, when);
        claim.base = base;
        claim.level = level;
        true
    }

    /// Whose change it is: its own words, the share just before it where it is in points, the whole where the
    /// parts were only listed, else the topic.
    fn changed(
        &mut self,
        scene: &Scene<'_>,
        parts: &Parts,
        topic: &Topic,
        is_points: bool,
    ) -> (String, Option<usize>) {
        let mut owner = parts.name();
        let whole = self.whole.clone().filter(|_| self.in_part);
        if owner.is_empty() {
            if let Some(whole) = whole.filter(|_| self.parts_joined && !self.in_bracket) {
                return (whole.name, whole.figure);
            }
            let share = self
                .claims
                .last()
                .filter(|last| matches!(last.relation, Relation::Share { .. }) && is_points);
            return match share {
                Some(share) => (share.name(""), Some(share.figure)),
                None => (topic.name.clone(), topic.figure),
            };
        }
        if let Some(whole) = whole.filter(|_| chars(&owner) <= 4) {
            owner = part_name(&whole, &owner);
        }
        let level = self.level_of(&owner).filter(|_| !scene.joined);
        (owner, level)
    }

    /// What a change is measured from.
    fn base_of_change(&self, measured: &Measured<'_>, verb: &str) -> Base {
        let times: Vec<&Time> = self.times_in(measured.base).map(|(_, time)| time).collect();
        let time = times.last().copied().or(self.compared.as_ref());
        let whom = plain(measured.base.strip_prefix(['比', '较']).unwrap_or_default());
        if chars(&whom) > 1 && !["年初", "期初", "同期"].iter().any(|time| whom.contains(time)) {
            return Base::Other(format!("{}{whom}", if UP.has(verb) { "高于" } else { "低于" }));
        }
        if measured.yearly {
            return Base::Yearly;
        }
        if measured.base.contains("环比") {
            return Base::Previous;
        }
        match self.base_of_time(time) {
            base @ (Base::LastYear | Base::Year(_) | Base::YearBegin) => base,
            _ if measured.base.contains("年初") => Base::YearBegin,
            _ if measured.base.contains("同比") => Base::LastYear,
            _ => match &self.period {
                Some(Time { kind: Kind::Window { .. }, words }) => Base::Window(window_words(words)),
                _ => Base::Unsaid,
            },
        }
    }

    /// What a time says that a change is measured from.
    fn base_of_time(&self, time: Option<&Time>) -> Base {
        match time.map(|time| &time.kind) {
            Some(Kind::Year(year)) if *year == self.year.before() => Base::LastYear,
            Some(Kind::Year(year)) => Base::Year(*year),
            Some(Kind::Begin) => Base::YearBegin,
            _ => Base::Unsaid,
        }
    }

    /// 高于全县平均2个百分点, 高于上年2个百分点.
    pub fn against(&mut self, scene: &Scene<'_>) -> bool {
        const ABOVE: [&str; 4] = ["高于", "快于", "高出", "多于"];
        const BELOW: [&str; 3] = ["低于", "慢于", "少于"];
        let left = scene.left;
        let words: Vec<&str> = ABOVE.iter().chain(&BELOW).chain(&["优于"]).copied().collect();
        let Some((at, word)) = first_word(left, &words) else { return false };
        let whom = &left[at + word.len()..];
        if let Some(time) =
            whom.chars().next().and_then(|c| self.time_at(c)).cloned().filter(|_| chars(whom) == 1)
        {
            let topic = self.subject();
            let base = self.base_of_time(Some(&time));
            let when = self.when(true);
            let relation = Relation::Change { rises: !BELOW.contains(&word), rate: true };
            let (owner, level) = self.changed(scene, &Parts::default(), &topic, true);
            let claim = self.claim(scene.figure, &owner, relation, when);
            (claim.base, claim.level) = (base, level);
            return true;
        }
        if whom.contains(is_figure)
            || !(whom.starts_with('全') || whom.ends_with("平均") || whom.ends_with("平均水平"))
        {
            return false;
        }
        let parts = Self::owner(&left[..at]);
        let topic = self.subject().name;
        let owner = match parts.name().as_str() {
            "" => topic,
            own @ ("增速" | "增幅") => format!("{topic}{own}"),
            own => own.to_owned(),
        };
        let when = self.when(false);
        let relation = Relation::Against { whom: plain(whom), above: !BELOW.contains(&word) };
        self.claim(scene.figure, &owner, relation, when);
        true
    }
}

/// The words before the verb of a change: whose it is, and what it is measured from.
struct Measured<'w> {
    owner: &'w str,
    base: &'w str,
    yearly: bool,
}

impl<'w> Measured<'w> {
    fn of(before: &'w str) -> Measured<'w> {
        let yearly = before.contains("年均");
        match base_at_end(before) {
            Some(at) => Measured { owner: &before[..at], base: &before[at..], yearly },
            None => Measured { owner: without_adverbs(before), base: "", yearly },
        }
    }
}

/// Adverbs between a base and its verb.
const BETWEEN: [&str; 18] = [
    "实现",
    "净",
    "再",
    "又",
    "均",
    "各",
    "都",
    "共",
    "平均",
    "年均",
    "累计",
    "约",
    "可",
    "将",
    "预计",
    "同口径",
    "可比",
    "逆势",
];

fn without_adverbs(mut words: &str) -> &str {
    while let Some(next) = BETWEEN
        .iter()
        .chain(&["分别"])
        .filter(|word| **word != "年均")
        .find_map(|word| words.strip_suffix(word))
    {
        words = next;
    }
    words
}

/// Where 同比, 比上年, 较年初 begins, which reach up to the end of some words.
fn base_at_end(words: &str) -> Option<usize> {
    words.char_indices().map(|(at, _)| at).find(|at| is_base(&words[..*at], &words[*at..]))
}

fn is_base(before: &str, words: &str) -> bool {
    if let Some(rest) = ["同比", "环比", "年均"].iter().find_map(|word| words.strip_prefix(word)) {
        let rest = ["相比", "比较"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        return without_between(rest).is_empty();
    }
    let Some(rest) = base_word(before, words) else { return false };
    let fits = |words: &str| {
        let words = ["相比", "比较"].iter().find_map(|word| words.strip_suffix(word)).unwrap_or(words);
        (1..=14).contains(&chars(words))
            && !words.contains(|c: char| "，比较与同".contains(c) || is_figure(c))
    };
    fits(without_between(rest)) || fits(rest)
}

fn without_between(mut words: &str) -> &str {
    while let Some(next) = BETWEEN.iter().find_map(|word| words.strip_suffix(word)) {
        words = next;
    }
    words
}

/// What stands behind 比, 较, 与 or 同 where it compares and is no part of a word.
fn base_word<'w>(before: &str, words: &'w str) -> Option<&'w str> {
    const WORDS: [(char, &str, &str); 4] = [
        ('比', "对同环占可无评", "重例率"),
        ('较', "比", "大好快高强"),
        ('与', "参", "会"),
        ('同', "合共协不相等", "比期时步级类意"),
    ];
    let (word, no_before, no_behind) = WORDS.iter().find(|(word, ..)| words.starts_with(*word))?;
    let rest = &words[word.len_utf8()..];
    let inside = before.ends_with(|c| no_before.contains(c)) || rest.starts_with(|c| no_behind.contains(c));
    (!inside).then_some(rest)
}

/// 五年 of 五年来, as the name of a change over them says it.
fn window_words(words: &str) -> String {
    let words = words.strip_prefix("过去").unwrap_or(words).trim_matches(['“', '”', '"']);
    let words = words.strip_suffix("以来").unwrap_or(words);
    words.strip_suffix(['来', '间', '里']).unwrap_or(words).to_owned()
}
