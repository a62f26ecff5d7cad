//! 分别, 依次, 各自: a row of values for a row of members, in any number of rows.

use crate::period::Period;

use super::fold::{is_bracket, is_time};
use super::lexicon::{COUNT, HEADS, LINK, UP, VERBS};
use super::members::{joint_at_front, members, stem_and_tail};
use super::owner::{change_at_end, chars, noun_behind, parts, starts_from, without_base, without_link};
use super::state::{Place, Reading, Topic, width};
use super::time::{Kind, Time};
use super::{Base, Doubt, Relation, When};

/// Who owns the values of a row.
enum Owners {
    Members(Vec<String>),
    /// The values of one owner in several years.
    Years(String, Vec<Period>),
}

/// Where 分别 stands, and where it ends.
fn respectively(clause: &str) -> Option<(usize, usize)> {
    ["分别", "依次", "各自"].iter().filter_map(|word| clause.find(word).map(|at| (at, at + word.len()))).min()
}

/// The places of a clause in runs that are joined by 、 or 和.
fn runs(clause: &str, places: &[Place]) -> Vec<Vec<Place>> {
    let mut runs: Vec<Vec<Place>> = Vec::new();
    for place in places.iter().copied() {
        let joined = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            let between = &clause[last.1 + width(clause, last.1)..place.1];
            let between = between.trim_start_matches(is_bracket);
            joint_at_front(between) == Some(between.len()) && !between.is_empty()
        });
        match runs.last_mut().filter(|_| joined) {
            Some(run) => run.push(place),
            None => runs.push(vec![place]),
        }
    }
    runs
}

impl Reading<'_> {
    /// Reads a clause as rows of values; `false` where it is none.
    pub fn spread(&mut self, clause: &str) -> bool {
        let places: Vec<Place> =
            clause.char_indices().filter_map(|(at, c)| Some((Self::figure_at(c)?, at))).collect();
        if self.counted_list(clause, &places) {
            return true;
        }
        match respectively(clause) {
            Some(word) => self.spread_by(clause, &places, word),
            None => self.spread_unsaid(clause, &places),
        }
    }

    /// 东门、西门、北门三条商业街年营业额依次达到…: the members are counted before their values.
    fn counted_list(&mut self, clause: &str, places: &[Place]) -> bool {
        let Some(((count, at), values)) = places.split_first() else { return false };
        let rows = runs(clause, values);
        let [row] = rows.as_slice() else { return false };
        let (list, unit) = (&clause[..*at], &self.figures[*count].unit);
        let names = members(list);
        let counts = COUNT.has(unit) && LINK.back(list).is_none() && respectively(list).is_none();
        if !counts || names.len() < 2 || names.len() != row.len() {
            return false;
        }
        let behind = at + width(clause, *at);
        let between = &clause[behind..row[0].1];
        let said = respectively(between).map_or(between, |(at, _)| &between[..at]);
        let noun = noun_behind(said, unit);
        // 商业街|年营业额.
        let (stem, shared) = stem_and_tail(noun);
        let (noun, tail) = match shared {
            "" => (noun, parts(without_link(&said[noun.len()..])).heavy_name()),
            shared => (stem.trim_end_matches('年'), shared.to_owned()),
        };
        let when = self.when(false);
        self.claim(*count, noun, Relation::Level, when);
        let owners: Vec<String> = names.iter().map(|name| format!("{name}{tail}")).collect();
        let when = self.when(true);
        for (owner, (figure, _)) in owners.iter().zip(row) {
            self.claim(*figure, owner, Relation::State, when.clone());
            self.main(owner, *figure);
        }
        self.members = owners;
        true
    }

    /// A、B、C增长3%、4%和5%: as many values as members, without the word.
    fn spread_unsaid(&mut self, clause: &str, places: &[Place]) -> bool {
        let runs = runs(clause, places);
        let [row] = runs.as_slice() else { return false };
        if row.len() < 2 {
            return false;
        }
        let head = &clause[..row[0].1];
        let verb = change_at_end(head);
        let own = without_link(verb.map_or(head, |(at, _)| &head[..at]));
        if let Some((at, inner)) =
            starts_from(head).filter(|(_, inner)| inner.chars().all(|c| is_time(c) || c == '的'))
        {
            let names = members(&head[..at]);
            if names.len() == row.len() {
                let time = self.times_in(inner).next_back().map(|(_, time)| time.clone());
                self.base_row(&names, row, time.as_ref());
                self.topic = names.last().map(|name| Topic::named(name)).unwrap_or_default();
                self.members = names;
                return true;
            }
        }
        let own = without_base(own);
        let own = own.strip_suffix('占').unwrap_or(own);
        let names = members(own);
        let alone = parts(own).is_empty();
        let names = match names.len() == row.len() {
            true => names,
            false if verb.is_some() && alone && self.members.len() == row.len() => self.members.clone(),
            false => return false,
        };
        self.rows(clause, &runs, names, None, Some(&clause[own.len()..row[0].1]))
    }

    /// Values on either side of 分别.
    fn spread_by(&mut self, clause: &str, places: &[Place], word: (usize, usize)) -> bool {
        let before: Vec<Place> = places.iter().copied().filter(|(_, at)| *at < word.0).collect();
        if before.len() == places.len() && self.values_first(clause, places, word) {
            return true;
        }
        if let Some((_, last)) = before.last() {
            let cut = last + width(clause, *last);
            self.clause(&clause[..cut]);
            if before.len() < places.len() {
                self.clause_of_rest(&clause[cut..]);
            }
            return true;
        }
        let rows = runs(clause, places);
        let Some(first) = rows.first() else { return false };
        match (first.len(), rows.len()) {
            (1, 1) => false,
            (1, _) => self.one_by_one(clause, &rows, word),
            _ => self.by_members(clause, &rows, word),
        }
    }

    fn clause_of_rest(&mut self, rest: &str) {
        if !self.spread(rest) {
            self.figures_of(rest);
        }
    }

    /// 12件和8件分别为提案和建议: the values stand first.
    fn values_first(&mut self, clause: &str, places: &[Place], word: (usize, usize)) -> bool {
        let rows = runs(clause, places);
        let names = members(&clause[word.1..]);
        if rows.len() != 1 || places.len() < 2 || names.len() != places.len() {
            return false;
        }
        for (name, (figure, _)) in names.iter().zip(places) {
            let when = self.when(false);
            self.claim(*figure, name, Relation::Level, when);
            self.main(name, *figure);
        }
        true
    }

    /// 分别下降2%、增长1%: a verb for each value. Else names stand with their values: 分别投入A3万元、B2万元.
    fn one_by_one(&mut self, clause: &str, rows: &[Vec<Place>], word: (usize, usize)) -> bool {
        let mut names = members(without_base(&clause[..word.0]));
        let bare = parts(without_base(&clause[..word.0])).is_empty();
        if bare && self.members.len() == rows.len() {
            names.clone_from(&self.members);
        } else if bare && self.mains.len() >= rows.len() {
            names =
                self.mains[self.mains.len() - rows.len()..].iter().map(|main| main.name.clone()).collect();
        }
        let singles: Vec<Place> = rows.iter().map(|row| row[0]).collect();
        if names.len() < 2 || names.len() != singles.len() || rows.iter().any(|row| row.len() != 1) {
            let without = format!("{}{}", &clause[..word.0], &clause[word.1..]);
            self.clause(&without);
            return true;
        }
        let mut from = word.1;
        for (name, (figure, at)) in names.iter().zip(singles) {
            let words = clause[from..at].trim_start_matches(['、', '和']);
            let when = self.when(true);
            match change_at_end(words) {
                Some((_, verb)) => self.changed_member(name, figure, verb, Base::Unsaid, when),
                None => {
                    let owner = format!("{name}{}", parts(without_link(words)).name());
                    self.claim(figure, &owner, Relation::State, when);
                    self.main(&owner, figure);
                }
            }
            from = at + width(clause, at);
        }
        self.members = names;
        true
    }

    fn changed_member(&mut self, owner: &str, figure: usize, verb: &str, base: Base, when: When) {
        let rate = self.figures[figure].is_degree();
        let level = self.level_of(owner);
        let relation = Relation::Change { rises: UP.has(verb), rate };
        let claim = self.claim(figure, owner, relation, when);
        claim.base = base;
        claim.level = level;
    }

    /// Rows of values for members or years.
    fn by_members(&mut self, clause: &str, rows: &[Vec<Place>], word: (usize, usize)) -> bool {
        let before = &clause[..word.0];
        let between = &clause[word.1..rows[0][0].1];
        let count = rows[0].len();
        if self.two_heads(clause, rows, before, word) {
            return true;
        }
        match self.owners(before, between, count) {
            Some((Owners::Years(name, years), doubt)) => {
                self.years_row(&name, &years, &rows[0], between, doubt);
                true
            }
            Some((Owners::Members(names), _)) => {
                let inner = members(without_link(between)).len() == count
                    && members(before_words(before)).len() != count;
                self.rows(clause, rows, names, Some(word), inner.then_some(""))
            }
            None => {
                self.unsure(rows, Doubt::ListOwner);
                true
            }
        }
    }

    /// A、B种植面积和产量分别为1亩、2亩和3吨、4吨: two heads for each member.
    fn two_heads(&mut self, clause: &str, rows: &[Vec<Place>], before: &str, word: (usize, usize)) -> bool {
        let [row] = rows else { return false };
        let words = before_words(before);
        let split = words.char_indices().rev().find(|(_, c)| matches!(c, '和' | '与' | '及'));
        let Some((at, joint)) = split else { return false };
        let (list, head) = (&words[..at], &words[at + joint.len_utf8()..]);
        let names = members(list);
        let count = names.len();
        let unit = |place: &Place| &self.figures[place.0].unit;
        let changes = row.first().zip(row.last()).is_some_and(|(first, last)| unit(first) != unit(last));
        if !HEADS.has(head) || members(words).len() == row.len() || 2 * count != row.len() || !changes {
            return false;
        }
        let others: Vec<String> = names
            .iter()
            .map(|name| {
                let stem = stem_and_tail(name).0;
                format!("{}{head}", if stem.is_empty() { name } else { stem })
            })
            .collect();
        let (one, two) = row.split_at(count);
        self.rows(clause, &[one.to_vec()], names, Some(word), Some(""));
        self.rows(clause, &[two.to_vec()], others, Some(word), Some(""));
        self.members.clear();
        true
    }

    /// To whom the values of a row belong, the first that has as many.
    fn owners(&self, before: &str, between: &str, count: usize) -> Option<(Owners, Option<Doubt>)> {
        let words = before_words(before);
        let listed = members(words);
        if let Some(years) = self.years(before, listed.len(), count).filter(|_| listed.len() != count) {
            return Some((Owners::Years(self.owner_over_years(before, between), years), None));
        }
        if let Some((own, both)) = two_bases(before).filter(|_| count == 2) {
            let own = parts(own).name();
            let own = if own.is_empty() { self.topic.name.clone() } else { own };
            return Some((Owners::Members(both.map(|base| format!("{own}{base}")).into()), None));
        }
        if listed.len() == count {
            return Some((Owners::Members(listed), None));
        }
        if let Some(names) = objects_behind(between).filter(|names| names.len() == count) {
            return Some((Owners::Members(names), None));
        }
        let own = parts(without_link(words)).name();
        if self.members.len() == count {
            let with = !own.is_empty() && change_at_end(between).is_none();
            let name = |member: &String| if with { format!("{member}{own}") } else { member.clone() };
            return Some((Owners::Members(self.members.iter().map(name).collect()), None));
        }
        // 婴幼儿420名，幼儿960名，入托率分别为…: of as many as the sentence counts.
        if self.mains.len() == count && !own.is_empty() && change_at_end(between).is_none() {
            let names = self.mains.iter().map(|main| format!("{}{own}", main.name));
            return Some((Owners::Members(names.collect()), None));
        }
        if self.mains.len() >= count && (own.is_empty() || words.ends_with("同比") || words.ends_with("环比"))
        {
            let last = self.mains[self.mains.len() - count..].iter().map(|main| main.name.clone());
            return Some((Owners::Members(last.collect()), None));
        }
        let years = self.years_from_first(count)?;
        Some((Owners::Years(self.subject().name, years), Some(Doubt::YearsInOrder)))
    }

    /// The years of a row, where the words before it list or count as many.
    fn years(&self, before: &str, listed: usize, count: usize) -> Option<Vec<Period>> {
        let own: Vec<&Time> = self.times_in(before).map(|(_, time)| time).collect();
        let of = |time: &Time| years_of(time, count);
        let said = own.iter().rev().find_map(|time| of(time));
        let sentence = self.period.as_ref();
        let list = sentence.filter(|time| matches!(time.kind, Kind::List(_))).and_then(of);
        said.or(list).or_else(|| sentence.filter(|_| own.is_empty() && listed < 2).and_then(of))
    }

    /// 2020年以来 with as many values as years: counted from the first, and asked.
    fn years_from_first(&self, count: usize) -> Option<Vec<Period>> {
        let Some(Time { kind: Kind::Window { from, count: None, .. }, .. }) = &self.period else {
            return None;
        };
        let last = from.shifted(i32::try_from(count).ok()?.checked_sub(1)?);
        (last <= self.year && !self.subject().name.is_empty()).then(|| from.through(last).collect())
    }

    /// The owner of values over years: 近三年|办理提案.
    fn owner_over_years(&self, before: &str, between: &str) -> String {
        let own = parts(without_link(before)).name();
        let verb = change_at_end(between);
        let tail = match verb {
            Some((at, _)) => parts(without_base(&between[..at])).name(),
            None => parts(without_link(between)).name(),
        };
        let name = format!("{own}{tail}");
        if name.is_empty() { self.subject().name } else { name }
    }

    fn years_row(
        &mut self,
        name: &str,
        years: &[Period],
        row: &[Place],
        between: &str,
        doubt: Option<Doubt>,
    ) {
        let verb = change_at_end(between);
        for (year, (figure, _)) in years.iter().zip(row) {
            let when = if *year == self.year { When::Report } else { When::Year(*year) };
            match verb {
                Some((_, verb)) => self.changed_member(name, *figure, verb, Base::Unsaid, when),
                None => {
                    self.claim(*figure, name, Relation::Level, when);
                }
            }
            if let Some(claim) = self.claims.last_mut() {
                claim.doubt = claim.doubt.or(doubt);
            }
        }
        let unit = row.last().map(|(figure, _)| self.figures[*figure].unit.clone()).unwrap_or_default();
        self.topic = Topic { unit, figure: row.last().map(|(figure, _)| *figure), ..Topic::named(name) };
    }

    /// Values whose owners nobody says: each is asked about.
    pub fn unsure(&mut self, rows: &[Vec<Place>], doubt: Doubt) {
        let owner = self.subject().name;
        for (figure, _) in rows.iter().flatten() {
            self.claim(*figure, &owner, Relation::Level, When::Unsaid).doubt = Some(doubt);
        }
    }

    pub fn base_row(&mut self, names: &[String], row: &[Place], time: Option<&Time>) {
        let compared = self.compared.clone();
        let when = self.base_when(time.or(compared.as_ref()));
        for (name, (figure, _)) in names.iter().zip(row) {
            self.claim(*figure, name, Relation::BaseValue, when.clone());
        }
    }
}

/// The values of a time that lists or counts as many years.
fn years_of(time: &Time, count: usize) -> Option<Vec<Period>> {
    match &time.kind {
        Kind::List(years) if years.len() == count => Some(years.clone()),
        Kind::Window { to, count: Some(years), .. } if *years == count => {
            Some(to.back(u32::try_from(count).ok()?.checked_sub(1)?).collect())
        }
        _ => None,
    }
}

/// The words before 分别 that may list its members.
fn before_words(before: &str) -> &str {
    const EACH: [&str; 6] = ["每人每月", "每月", "每年", "由", "从", "自"];
    let mut words = before;
    while let Some(next) = EACH.iter().find_map(|word| words.strip_suffix(word)) {
        words = next;
    }
    let words = without_comparison(without_base(words));
    words.strip_suffix('的').unwrap_or(words)
}

/// Words less 比全县平均水平, 较年初, 占…比重 at their end.
fn without_comparison(words: &str) -> &str {
    let ends = ["平均水平", "平均", "年初"].iter().any(|end| words.ends_with(end));
    let all = ["全县", "全市", "全省", "全国"].iter().any(|end| words.ends_with(end));
    if (ends || all)
        && let Some(at) = words.rfind(['比', '较', '与', '同']).filter(|at| chars(&words[*at..]) <= 9)
    {
        return &words[..at];
    }
    match words.rfind('占').filter(|_| words.ends_with("比重")) {
        Some(at) => &words[..at],
        None => words,
    }
}

/// 同比、环比分别: two bases of one owner; last year is understood.
fn two_bases(before: &str) -> Option<(&str, [&'static str; 2])> {
    [
        ("同比、环比", ["", "环比"]),
        ("同比和环比", ["", "环比"]),
        ("环比、同比", ["环比", ""]),
        ("环比和同比", ["环比", ""]),
    ]
    .into_iter()
    .find_map(|(words, both)| Some((before.strip_suffix(words)?, both)))
}

/// 分别新建A、B: what was done to each, between 分别 and the values.
fn objects_behind(between: &str) -> Option<Vec<String>> {
    let words = change_at_end(between).map_or_else(|| without_link(between), |(at, _)| &between[..at]);
    let words = without_base(words);
    let mut names = members(words);
    if names.len() < 2 {
        return None;
    }
    let verb = VERBS.fronts(&names[0]).find(|verb| names[0].len() > verb.len());
    if let Some(verb) = verb.filter(|verb| !names[1].starts_with(verb)) {
        names[1..].iter_mut().for_each(|name| *name = format!("{verb}{name}"));
    }
    Some(names)
}
