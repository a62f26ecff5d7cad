//! Rows of values for the members of a list: what each value is, by the words before its row.

use super::fold::is_time;
use super::lexicon::{UP, VERBS};
use super::owner::{self, change_at_end, parts, plain, risen, starts_from, without_base, without_link};
use super::state::{Place, Reading, Topic, part_name, width};
use super::time::Time;
use super::{Base, Doubt, Relation};

impl Reading<'_> {
    /// Rows of values for the same members. `inner` replaces what stands between 分别 and the first row.
    pub fn rows(
        &mut self,
        clause: &str,
        rows: &[Vec<Place>],
        mut names: Vec<String>,
        word: Option<(usize, usize)>,
        inner: Option<&str>,
    ) -> bool {
        if let Some(whole) = self.whole.clone().filter(|_| self.in_part) {
            names = names.iter().map(|name| part_name(&whole, name)).collect();
            self.parts = names.len();
        }
        let mut named = names.clone();
        for (index, row) in rows.iter().enumerate() {
            if row.len() != names.len() {
                self.unsure(std::slice::from_ref(row), Doubt::ListLength);
                continue;
            }
            let last_end = index
                .checked_sub(1)
                .and_then(|before| rows[before].last())
                .map(|(_, at)| at + width(clause, *at));
            let from = last_end.or(word.map(|(_, end)| end)).unwrap_or(0);
            let mut left = &clause[from..row[0].1];
            if let Some(inner) = inner.filter(|_| index == 0) {
                left = inner;
            }
            let end = row.last().map_or(clause.len(), |(_, at)| at + width(clause, *at));
            let right = &clause[end..rows.get(index + 1).map_or(clause.len(), |next| next[0].1)];
            let before = word.filter(|_| index == 0).map(|(at, _)| &clause[..at]);
            named = self.row(&names, row, left, right, before, index > 0 || word.is_some());
        }
        self.members = named;
        true
    }

    /// One row: what its values are, by the words before them. Gives the names of the values.
    fn row(
        &mut self,
        names: &[String],
        row: &[Place],
        left: &str,
        right: &str,
        before: Option<&str>,
        has_tail: bool,
    ) -> Vec<String> {
        let starts = |words: &str| words.ends_with(['由', '从', '自']) || starts_from(words).is_some();
        let arrives = ["到", "至", "为", "达"].iter().any(|word| right.contains(word));
        if arrives && (starts(left) || before.is_some_and(|before| before.ends_with(['由', '从', '自']))) {
            let time = self.times_in(left).next_back().map(|(_, time)| time.clone());
            self.base_row(names, row, time.as_ref());
            return names.to_vec();
        }
        let words = without_rhythm(left);
        if let Some((at, verb)) = change_at_end(&words).filter(|_| !words.ends_with(['到', '至', '为'])) {
            self.change_row(names, row, &words[..at], verb);
            return names.to_vec();
        }
        if let Some(of) = self.share_of(&words, before, row) {
            let when = self.when(false);
            for (name, (figure, _)) in names.iter().zip(row) {
                let owner = name.split('占').next().unwrap_or(name);
                let level = self.level_of(owner);
                self.claim(*figure, owner, Relation::Share { of: of.clone() }, when.clone()).level = level;
            }
            return names.to_vec();
        }
        if let Some(of) = completed(&words).filter(|_| self.is_rate(row)) {
            let when = self.when(false);
            for (name, (figure, _)) in names.iter().zip(row) {
                let level = self.level_of(name);
                self.claim(*figure, name, Relation::Completion { of: of.clone() }, when.clone()).level =
                    level;
            }
            return names.to_vec();
        }
        self.level_row(names, row, &words, right, has_tail)
    }

    fn change_row(&mut self, names: &[String], row: &[Place], before: &str, verb: &str) {
        let base = self.base_of_row(before);
        let own = parts(&without_measure(before)).name();
        let rate = row.last().is_some_and(|(figure, _)| self.figures[*figure].is_degree());
        let when = self.when(true);
        for (name, (figure, _)) in names.iter().zip(row) {
            let owner = format!("{name}{own}");
            let level = self.level_of(name);
            let relation = Relation::Change { rises: UP.has(verb), rate };
            let claim = self.claim(*figure, &owner, relation, when.clone());
            claim.base = base.clone();
            claim.level = level;
        }
    }

    fn base_of_row(&self, before: &str) -> Base {
        let time = self.times_in(before).next().map(|(_, time)| time).or(self.compared.as_ref());
        match time.and_then(Time::year) {
            Some(year) if year != self.year.before() => Base::Year(year),
            Some(_) => Base::LastYear,
            None if before.contains("年均") => Base::Yearly,
            None if before.contains("环比") => Base::Previous,
            None if before.contains("同比") => Base::LastYear,
            None => Base::Unsaid,
        }
    }

    fn is_rate(&self, row: &[Place]) -> bool {
        row.last().is_some_and(|(figure, _)| self.figures[*figure].unit == "%")
    }

    /// What the shares of a row are of: 占GDP比重分别为.
    fn share_of(&self, words: &str, before: Option<&str>, row: &[Place]) -> Option<String> {
        if !self.is_rate(row) {
            return None;
        }
        let of = |words: &str, bare: bool| {
            let words = ["达到", "达", "为"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
            let of = &words[words.rfind('占')? + '占'.len_utf8()..];
            let ended = ["比重", "比例", "比"].iter().find_map(|end| of.strip_suffix(end));
            let of = if bare { ended.unwrap_or(of) } else { ended? };
            Some(plain(of.trim_end_matches('的')))
        };
        of(words, true).or_else(|| before.and_then(|before| of(before, false)))
    }

    fn level_row(
        &mut self,
        names: &[String],
        row: &[Place],
        words: &str,
        right: &str,
        has_tail: bool,
    ) -> Vec<String> {
        let words = words.trim_end_matches(|c| c == '的' || is_time(c));
        let is_state = words.contains(['到', '至', '达', '为']);
        let own =
            if has_tail { parts(without_link(risen(words).unwrap_or(words))).name() } else { String::new() };
        let unit = row.last().map(|(figure, _)| self.figures[*figure].unit.clone()).unwrap_or_default();
        let noun = owner::noun_behind(right, &unit);
        let tail = match own.as_str() {
            "完成" | "实现" | "达到" => String::new(),
            "" if !names.iter().any(|name| name.contains(noun)) => noun.to_owned(),
            verb if VERBS.has(verb) && !noun.is_empty() => format!("{verb}{noun}"),
            other => other.to_owned(),
        };
        let relation = if is_state { Relation::State } else { Relation::Level };
        let when = self.when(is_state);
        let named: Vec<String> = names.iter().map(|name| format!("{name}{tail}")).collect();
        for (name, (figure, _)) in named.iter().zip(row) {
            let whole = self.whole.as_ref().filter(|_| self.in_part).and_then(|whole| whole.figure);
            self.claim(*figure, name, relation.clone(), when.clone()).whole = whole;
            self.main(name, *figure);
        }
        if let (Some(name), Some((figure, _))) = (named.last(), row.last()) {
            self.topic = Topic { unit, figure: Some(*figure), ..Topic::named(name) };
        }
        named
    }
}

/// 完成年度计划的: what was completed, of a row of rates.
fn completed(words: &str) -> Option<String> {
    let words = words.strip_suffix('的').unwrap_or(words);
    let at = words.rfind("完成").map(|at| at + "完成".len())?;
    let of = &words[at..];
    let planned = ["计划", "目标", "任务", "预算"].iter().any(|end| of.ends_with(end));
    planned.then(|| plain(of))
}

/// Words without 每人每月, 约.
fn without_rhythm(words: &str) -> String {
    ["每人每月", "每人每年", "每月", "每年", "每亩", "约"]
        .iter()
        .fold(words.to_owned(), |words, each| words.replace(each, ""))
}

/// Words before the verb of a change without what it is measured from.
fn without_measure(words: &str) -> String {
    const ADVERBS: [&str; 9] = ["同比", "环比", "实现", "净", "再", "又", "均", "都", "年均"];
    let mut words = words;
    loop {
        let shorter =
            ADVERBS.iter().find_map(|word| words.strip_suffix(word)).unwrap_or_else(|| without_base(words));
        if shorter.len() == words.len() {
            break;
        }
        words = shorter;
    }
    let compared = words.rfind(['比', '较', '与', '同']).filter(|at| words[*at..].chars().count() < 10);
    compared.map_or(words, |at| &words[..at]).to_owned()
}
