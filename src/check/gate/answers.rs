//! What facts answer where a draft says something of an indicator: its value, a sum of years, a change, a share.

use rust_decimal::Decimal;

use super::fit::Figure;
use super::known::{Known, Printed, Subject, Told};
use super::line::Said;
use super::name::{Kin, Name};
use crate::clause::{Base, Relation, When, Window};
use crate::facts::registry::{Check, IndicatorKind};
use crate::figures::compare::{growth, multiple, ratio, yearly_growth};
use crate::figures::{self, Cited};
use crate::period::Period;
use crate::zh::number::{Amount, Unit, half_up};

/// A value that a figure may be held against.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The indicator.
    pub path: String,
    /// In base units; of a change it is positive where it goes the way that the draft says.
    pub amount: Amount,
    /// Worked out from facts, so that it is said rounded.
    pub computed: bool,
    /// Whether the draft says without doubt that this value is meant.
    pub sure: bool,
    /// As staff read it: `2011年“宣传.会议”是14次`.
    pub says: String,
    /// As it is printed.
    pub text: String,
    pub derivation: String,
    pub facts: Cited,
}

/// A direction in words.
pub(super) fn way(rises: bool) -> &'static str {
    if rises { "增长" } else { "下降" }
}

impl Known<'_> {
    /// What an indicator answers to a figure.
    pub fn answers(&self, subject: &Subject, said: &Said<'_>, figure: &Figure<'_>) -> Vec<Answer> {
        match (&said.relation, &subject.told) {
            (Relation::Change { rises, .. }, Told::Change { rises: told }) => {
                let usual = matches!(said.base, Base::Unsaid | Base::LastYear);
                self.told_change(subject, *told, *rises, self.period_of(said))
                    .filter(|_| usual)
                    .into_iter()
                    .collect()
            }
            (Relation::Change { rises, .. }, Told::Level) if let Base::Other(whom) = &said.base => {
                let whom = whom.trim_start_matches("高于").trim_start_matches("低于");
                self.apart(subject, &said.owner, whom, *rises, self.period_of(said))
            }
            (Relation::Change { rises, .. }, Told::Level) => {
                self.changed(subject, said, *rises, figure).into_iter().collect()
            }
            (Relation::Change { .. }, _) => Vec::new(),
            (Relation::Share { of }, Told::Level) => self.shares(subject, of, self.period_of(said)),
            (Relation::Completion { of }, Told::Level) => {
                self.completed(subject, &said.owner, of, self.period_of(said))
            }
            (Relation::Share { .. } | Relation::Completion { .. }, Told::Share)
            | (Relation::Rank { .. }, Told::Rank { .. }) => self.level(subject, said),
            (Relation::Multiple, Told::Level) => self.times(subject, said).into_iter().collect(),
            // 失业率4.6%，低于5%: the figure itself is what it is held against.
            (Relation::Against { whom, .. }, Told::Level) if whom.is_empty() => self.level(subject, said),
            (Relation::Against { whom, above }, Told::Level) => {
                self.apart(subject, &said.owner, whom, *above, self.period_of(said))
            }
            (
                Relation::Share { .. }
                | Relation::Completion { .. }
                | Relation::Multiple
                | Relation::Against { .. },
                _,
            ) => Vec::new(),
            (Relation::Rank { .. }, _) | (_, Told::Rank { .. })
                if !matches!(figure.unit.base.as_str(), "位" | "名" | "") =>
            {
                Vec::new()
            }
            (_, Told::Change { rises }) => {
                let turned = said.owner.contains(['降', '减', '跌']);
                self.told_change(subject, *rises, !turned, self.period_of(said)).into_iter().collect()
            }
            _ => self.level(subject, said),
        }
    }

    /// The year that a figure speaks of.
    fn period_of(&self, said: &Said<'_>) -> Period {
        match said.when {
            When::Year(year) | When::Part(year, _) | When::Plan(Some(year)) => year,
            _ => self.figures.period(),
        }
    }

    /// How much there was, in a year or in several together.
    fn level(&self, subject: &Subject, said: &Said<'_>) -> Vec<Answer> {
        let year = self.figures.period();
        let base = said.relation == Relation::BaseValue;
        match &said.when {
            When::Window(window) if said.relation != Relation::State => {
                self.window(subject, window).into_iter().collect()
            }
            When::Window(window) => self.of_year(subject, window.last, true),
            When::Unsaid if base => self.of_year(subject, year.before(), false),
            _ => self.of_year(subject, self.period_of(said), true),
        }
    }

    /// What an indicator was in other years, where a figure says that without saying when: over several years up to
    /// this one, or the year before; and in the last year alone of those that it speaks of.
    pub fn elsewhere(&self, path: &str, said: &Said<'_>, figure: &Figure<'_>) -> Option<String> {
        const LONGEST: u32 = 4;
        let subject = self.subjects.iter().find(|one| one.path == path && one.told == Told::Level)?;
        let year = self.figures.period();
        let fits = |answer: &Answer| {
            let amount = figure.in_unit(&answer.amount);
            amount.is_some_and(|amount| figure.fits(&amount, answer.computed).is_some())
        };
        let sum = |count: u32| {
            let words = format!("近{}年", count + 1);
            let sum = self.figures.window(&subject.path, year.back(count), &words).ok()?;
            Some(Answer::of(subject, &sum, true, format!("{}是{}", sum.derivation, sum.text)))
        };
        let others: Vec<Answer> = match &said.when {
            When::Unsaid | When::Report if said.clause.contains(['今', '年']) => Vec::new(),
            When::Unsaid | When::Report => {
                (1..=LONGEST).filter_map(sum).chain(self.values(subject, year.before())).collect()
            }
            When::Window(window) => self.values(subject, window.last),
            _ => Vec::new(),
        };
        others.into_iter().find(fits).map(|answer| answer.says)
    }

    /// The value of a year.
    pub fn values(&self, subject: &Subject, year: Period) -> Vec<Answer> {
        self.of_year(subject, year, true)
    }

    fn of_year(&self, subject: &Subject, year: Period, sure: bool) -> Vec<Answer> {
        let Ok(figure) = self.figures.figure(&subject.path, year) else { return Vec::new() };
        let says = format!("{year}“{}”是{}", subject.path, figure.text);
        vec![Answer { sure, ..Answer::of(subject, &figure, false, says) }]
    }

    fn window(&self, subject: &Subject, window: &Window) -> Option<Answer> {
        let (first, last) = (window.first, window.last);
        let figure = self.figures.window(&subject.path, first.through(last), &window.words).ok()?;
        let says = format!("“{}”{}是{}", subject.path, figure.derivation, figure.text);
        Some(Answer::of(subject, &figure, true, says))
    }

    /// A change that a fact tells itself: 降幅 7.3%.
    fn told_change(&self, subject: &Subject, told: bool, rises: bool, year: Period) -> Option<Answer> {
        let figure = self.figures.figure(&subject.path, year).ok()?;
        let says = format!("{year}“{}”是{}{}", subject.path, way(told), figure.text);
        let mut answer = Answer::of(subject, &figure, false, says);
        if told != rises {
            answer.amount.value = -answer.amount.value;
        }
        answer.text = format!("{}{}", way(told), figure.text);
        Some(answer)
    }

    /// A change worked out from two years.
    fn changed(
        &self,
        subject: &Subject,
        said: &Said<'_>,
        rises: bool,
        figure: &Figure<'_>,
    ) -> Option<Answer> {
        let now = self.period_of(said);
        let (now, yearly) = match (&said.when, &said.base) {
            (When::Window(window), Base::Yearly) => (window.last, Some(window)),
            (When::Window(_), _)
            | (_, Base::Yearly | Base::YearBegin | Base::Previous | Base::Window(_) | Base::Other(_)) => {
                return None;
            }
            _ => (now, None),
        };
        let then = match (&said.base, yearly) {
            (_, Some(window)) => window.first.before(),
            (Base::Year(year), None) => *year,
            _ => now.before(),
        };
        let of = |year| self.figures.figure(&subject.path, year).ok();
        let (before, after) = (of(then)?, of(now)?);
        let facts = Cited::all([&before.facts, &after.facts]);
        let is_rate = matches!(figure.unit.base.as_str(), "%" | "倍" | "成" | "‰");
        let amount = match yearly {
            Some(_) => rate(
                yearly_growth(&before.amount, &after.amount, u32::try_from(now.since(then)).ok()?).ok()?,
            ),
            None if is_rate => rate(growth(&before.amount, &after.amount).ok()?),
            None => after.amount.minus(&before.amount).ok()?,
        };
        let amount =
            if figure.unit.base == "倍" { times(amount.value / Decimal::ONE_HUNDRED) } else { amount };
        let upwards = !amount.value.is_sign_negative();
        let text = format!("{}{}", way(upwards), shown(&amount));
        let yearly = if yearly.is_some() { "年均" } else { "" };
        let says = format!("“{}”{now}比{then}{yearly}{text}", subject.path);
        let figure = figures::Figure::from_facts(amount, format!("比{then}{yearly}的变化"), facts);
        let mut answer = Answer { text, ..Answer::of(subject, &figure, true, says) };
        if !rises {
            answer.amount.value = -answer.amount.value;
        }
        Some(answer)
    }

    /// How many times as much as then.
    fn times(&self, subject: &Subject, said: &Said<'_>) -> Option<Answer> {
        let now = self.period_of(said);
        let then = match said.base {
            Base::Year(year) => year,
            _ => now.before(),
        };
        let of = |year| self.figures.figure(&subject.path, year).ok();
        let (before, after) = (of(then)?, of(now)?);
        let facts = Cited::all([&before.facts, &after.facts]);
        let amount = times(multiple(&before.amount, &after.amount).ok()?);
        let says = format!("“{}”{now}是{then}的{}", subject.path, shown(&amount));
        let figure = figures::Figure::from_facts(amount, format!("{now}除以{then}"), facts);
        Some(Answer { sure: matches!(said.base, Base::Year(_)), ..Answer::of(subject, &figure, true, says) })
    }

    /// Its part of what the draft names; where it names nothing, of all that it may be a part of.
    fn shares(&self, subject: &Subject, of: &str, year: Period) -> Vec<Answer> {
        let named = Name::of(of);
        let wholes: Vec<(&str, bool)> = if named.says_nothing() {
            self.wholes(&subject.path).into_iter().map(|whole| (whole, false)).collect()
        } else {
            self.called(&named, Kin::Near).into_iter().map(|whole| (whole, true)).collect()
        };
        let share = |(whole, sure): (&str, bool)| {
            let answer = self.quotient(subject, whole, year, "占")?;
            (answer.amount.value <= Decimal::ONE_HUNDRED).then_some(Answer { sure, ..answer })
        };
        wholes.into_iter().filter(|(whole, _)| *whole != subject.path).filter_map(share).collect()
    }

    /// How much was reached of a plan that the draft names.
    fn completed(&self, subject: &Subject, owner: &str, of: &str, year: Period) -> Vec<Answer> {
        let plan = Name::of(&format!("{owner}{of}"));
        let plans = self.subjects.iter().filter(|other| {
            let meant = other.names.iter().any(|name| plan.likeness(name).kin >= Kin::Near);
            meant
                && other.path != subject.path
                && ["计划", "目标", "任务", "预算"].iter().any(|word| other.path.contains(word))
        });
        plans.filter_map(|plan| self.quotient(subject, &plan.path, year, "完成")).collect()
    }

    fn quotient(&self, subject: &Subject, whole: &str, year: Period, verb: &str) -> Option<Answer> {
        let of = |path: &str| self.figures.figure(path, year).ok();
        let (part, all) = (of(&subject.path)?, of(whole)?);
        let value = ratio(&part.amount, &all.amount).ok()?;
        let facts = Cited::all([&part.facts, &all.facts]);
        let amount = rate(value * Decimal::ONE_HUNDRED);
        let says = format!("“{}”{verb}“{whole}”的{}", subject.path, shown(&amount));
        let figure = figures::Figure::from_facts(amount, format!("{}{verb}{whole}", subject.path), facts);
        Some(Answer::of(subject, &figure, true, says))
    }

    /// By how much it differs from another.
    fn apart(&self, subject: &Subject, owner: &str, whom: &str, above: bool, year: Period) -> Vec<Answer> {
        let of = |path: &str| self.figures.figure(path, year).ok();
        let difference = |other: &str| {
            let (own, theirs) = (of(&subject.path)?, of(other)?);
            let amount = own.amount.minus(&theirs.amount).ok()?;
            let facts = Cited::all([&own.facts, &theirs.facts]);
            let more = if amount.value.is_sign_negative() { "少" } else { "多" };
            let says = format!("“{}”比“{other}”{more}{}", subject.path, shown(&amount));
            let figure = figures::Figure::from_facts(amount, format!("{}与{other}相差", subject.path), facts);
            let mut answer = Answer::of(subject, &figure, true, says);
            if !above {
                answer.amount.value = -answer.amount.value;
            }
            Some(answer)
        };
        // 城镇居民收入比农村高: what is left out of the other's name is that of its own.
        let ends = owner.char_indices().map(|(at, _)| &owner[at..]);
        let named = |end: &str| {
            let others = self.called(&Name::of(&format!("{whom}{end}")), Kin::Same);
            others.into_iter().find(|other| *other != subject.path)
        };
        let others: Vec<&str> = ends.chain([""]).find_map(named).into_iter().collect();
        others.into_iter().filter_map(difference).collect()
    }

    /// 税收收入和非税收入合计: the sum of several that are named.
    pub fn sum_of_named(&self, said: &Said<'_>, figure: &Figure<'_>) -> Option<Answer> {
        let words = said.clause.split(said.text).next()?;
        let words = ["合计", "共计", "总计", "共"].iter().find_map(|word| words.strip_suffix(word))?;
        let parts: Vec<&str> = words.split(['和', '与', '及']).collect();
        let year = self.figures.period();
        let named = |part: &&str| {
            let path = *self.called(&Name::of(part), Kin::Same).first()?;
            Some((path, self.figures.figure(path, year).ok()?))
        };
        let found: Vec<_> =
            parts.iter().map(named).collect::<Option<_>>().filter(|found: &Vec<_>| found.len() > 1)?;
        let facts = Cited::all(found.iter().map(|(_, figure)| &figure.facts));
        let amount =
            Amount::total(found.iter().map(|(_, figure)| &figure.amount), figure.unit.clone()).ok()?;
        let paths: Vec<&str> = found.iter().map(|(path, _)| *path).collect();
        let derivation = format!("{}合计", paths.join("、"));
        Some(Answer {
            path: derivation.clone(),
            computed: true,
            sure: true,
            says: format!("“{}”{year}合计是{}", paths.join("”“"), amount.text()),
            text: amount.text(),
            amount,
            derivation,
            facts,
        })
    }

    /// The indicators that some words name, only those that they name best.
    fn called(&self, words: &Name, least: Kin) -> Vec<&str> {
        let alike = |subject: &Subject| {
            let best = subject
                .names
                .iter()
                .map(|name| words.likeness(name))
                .max_by_key(|one| (one.kin, one.shared))?;
            (best.kin >= least && subject.told == Told::Level).then_some((best.kin, best.shared))
        };
        let found: Vec<(_, &str)> = self
            .subjects
            .iter()
            .filter_map(|subject| Some((alike(subject)?, subject.path.as_str())))
            .collect();
        let best = found.iter().map(|(alike, _)| *alike).max();
        found.into_iter().filter(|(alike, _)| Some(*alike) == best).map(|(_, path)| path).collect()
    }

    /// Indicators that the registry sets above one, and those of its group; of large groups none, as any number would
    /// be a share in them.
    fn wholes(&self, path: &str) -> Vec<&str> {
        const LARGEST: usize = 12;
        let indicators = &self.figures.facts().registry.indicators;
        let checks = indicators.get(path).map(|indicator| indicator.checks.as_slice()).unwrap_or_default();
        let above = checks.iter().filter_map(|check| match check {
            Check::AtMost(total) => Some(total.as_str()),
            Check::Equals(_) | Check::Range(..) | Check::Near(..) => None,
        });
        let group = path.rsplit_once('.').map(|(group, _)| group);
        let counts = |kind| matches!(kind, IndicatorKind::Flow | IndicatorKind::Stock);
        let siblings: Vec<&str> = indicators
            .iter()
            .filter(|(other, indicator)| {
                counts(indicator.kind) && other.rsplit_once('.').map(|(of, _)| of) == group
            })
            .map(|(other, _)| other.as_str())
            .collect();
        let siblings = if group.is_none() || siblings.len() > LARGEST { Vec::new() } else { siblings };
        let mut wholes: Vec<&str> = above.chain(siblings).filter(|total| *total != path).collect();
        wholes.sort_unstable();
        wholes.dedup();
        wholes
    }
}

impl Answer {
    fn of(subject: &Subject, figure: &figures::Figure, computed: bool, says: String) -> Answer {
        Answer {
            path: subject.path.clone(),
            amount: figure.amount.clone(),
            computed,
            sure: true,
            says,
            text: figure.text.clone(),
            derivation: figure.derivation.clone(),
            facts: figure.facts.clone(),
        }
    }

    /// What the report prints, where the draft says the same of it.
    pub fn printed(printed: &Printed, said: &Said<'_>) -> Option<Answer> {
        let turned = match (&printed.relation, &said.relation) {
            (Relation::Change { rises: own, .. }, Relation::Change { rises, .. }) => own != rises,
            (own, other) if own == other || is_amount(own) && is_amount(other) => false,
            (Relation::Share { .. }, Relation::Share { .. }) => false,
            _ => return None,
        };
        let same_time = match (&printed.when, &said.when) {
            (When::Window(own), When::Window(other)) => (own.first, own.last) == (other.first, other.last),
            (own, other) => own == other || is_now(own) && is_now(other),
        };
        if !same_time || !(printed.base == said.base || is_usual(&printed.base) && is_usual(&said.base)) {
            return None;
        }
        let mut answer = Answer::bare(printed);
        if matches!(printed.relation, Relation::Change { .. }) {
            let size = answer.amount.value.abs();
            answer.amount.value = if turned { -size } else { size };
        }
        Some(answer)
    }

    /// What the report prints.
    pub fn bare(printed: &Printed) -> Answer {
        let path = printed.facts.first().map_or_else(|| printed.derivation.clone(), |fact| fact.path.clone());
        Answer {
            says: format!("报告里“{path}”（{}）是{}", printed.derivation, printed.text),
            path,
            amount: printed.amount.clone(),
            computed: true,
            sure: true,
            text: printed.text.clone(),
            derivation: printed.derivation.clone(),
            facts: printed.facts.clone(),
        }
    }

    /// Whether it is a fact as it stands.
    pub fn is_fact(&self) -> bool {
        !self.computed
    }
}

fn is_amount(relation: &Relation) -> bool {
    matches!(
        relation,
        Relation::Level | Relation::State | Relation::Part | Relation::Group | Relation::Second
    )
}

fn is_now(when: &When) -> bool {
    matches!(when, When::Report | When::Unsaid)
}

fn is_usual(base: &Base) -> bool {
    matches!(base, Base::Unsaid | Base::LastYear)
}

fn rate(value: Decimal) -> Amount {
    Amount::quotient(value, Unit::parse("%"), 1)
}

fn times(value: Decimal) -> Amount {
    Amount::quotient(value, Unit::parse("倍"), 2)
}

/// An amount without its sign, as it is printed.
fn shown(amount: &Amount) -> String {
    let size = Amount { value: amount.value.abs(), ..amount.clone() };
    match amount.unit.base.as_str() {
        "%" => format!("{}%", half_up(size.value, 1).normalize()),
        _ => size.text(),
    }
}
