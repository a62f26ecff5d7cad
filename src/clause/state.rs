//! What is known while a line is read: topic, period, whole, plan, and the claims so far.

use crate::period::Period;

use super::fold::{self, Token};
use super::lexicon::VERBS;
use super::owner::{self, Parts, chars};
use super::time::{Kind, Time};
use super::{Base, Claim, Doubt, Figure, Relation, When, Window};

/// What a clause speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Topic {
    pub name: String,
    /// What something is done to, without the verb.
    pub object: String,
    pub verb: String,
    /// The unit of its figure.
    pub unit: String,
    /// The figure that says how much there is of it.
    pub figure: Option<usize>,
}

impl Topic {
    /// A topic without a verb.
    pub fn named(name: &str) -> Topic {
        Topic { name: name.to_owned(), object: name.to_owned(), ..Topic::default() }
    }
}

/// A main figure of the sentence: what a later 分别 or 其中 may be about.
#[derive(Debug, Clone)]
pub(super) struct Main {
    pub name: String,
    pub unit: String,
    pub figure: usize,
}

/// What the next figure is expected to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Awaited {
    #[default]
    Nothing,
    /// The share of a denominator that was named: 占年初预算800万元的.
    Share { owner: String, level: Option<usize>, of: String, divides: bool, figure: usize },
    /// The value that was reached: 由12万元增加到.
    Reached,
    /// 是2019年320户的.
    Times,
    /// 由第9位升至: the rank that was reached, by its owner.
    Rank(String, String),
}

/// A figure of a clause with the words on either side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'c> {
    /// The whole clause.
    pub clause: &'c str,
    /// The figure, and where its character stands in the clause.
    pub figure: usize,
    pub at: usize,
    /// Words since the figure before it, less the noun of that one and what joins the two.
    pub left: &'c str,
    /// Words up to the next figure.
    pub right: &'c str,
    /// Whether 、 or 和 joins it to the figure before it.
    pub joined: bool,
    /// How many figures of the clause stand before it.
    pub nth: usize,
    /// The figure behind it in the clause.
    pub next: Option<usize>,
}

/// A figure of a clause: its index, and where its character stands.
pub(super) type Place = (usize, usize);

/// How wide the character at a byte is.
pub(super) fn width(clause: &str, at: usize) -> usize {
    clause[at..].chars().next().map_or(0, char::len_utf8)
}

/// A line that is being read.
#[derive(Debug)]
pub(super) struct Reading<'r> {
    pub figures: &'r [Figure],
    times: Vec<Time>,
    /// What stands in each bracket that is not read yet.
    brackets: Vec<Option<String>>,
    pub year: Period,
    pub claims: Vec<Claim>,
    pub topic: Topic,
    /// A topic that a clause without a figure gave.
    pub pending: Option<Topic>,
    /// The whole sentence, to look ahead in.
    pub sentence: String,
    pub period: Option<Time>,
    /// The period before the clause opened its own.
    pub earlier: Option<Time>,
    /// The time that a comparison starts from.
    pub compared: Option<Time>,
    pub members: Vec<String>,
    pub mains: Vec<Main>,
    pub whole: Option<Topic>,
    pub in_part: bool,
    pub in_bracket: bool,
    /// Parts of the whole so far.
    pub parts: usize,
    /// What the parts are called besides their whole, and whether the last one was joined to the one before.
    pub part_subject: String,
    pub parts_joined: bool,
    /// Whether the sentence speaks of what is still to be done, and of which year.
    pub plan: Option<Option<Period>>,
    pub awaited: Awaited,
    /// Whether the figure that is read stands for the beginning of the year.
    pub at_beginning: bool,
    /// What was spoken of before the figure that is read.
    pub before: String,
}

impl<'r> Reading<'r> {
    pub fn new(figures: &'r [Figure], times: Vec<Time>, brackets: Vec<String>, year: Period) -> Reading<'r> {
        Reading {
            figures,
            times,
            brackets: brackets.into_iter().map(Some).collect(),
            year,
            claims: Vec::new(),
            topic: Topic::default(),
            pending: None,
            sentence: String::new(),
            period: None,
            earlier: None,
            compared: None,
            members: Vec::new(),
            mains: Vec::new(),
            whole: None,
            in_part: false,
            in_bracket: false,
            parts: 0,
            part_subject: String::new(),
            parts_joined: false,
            plan: None,
            awaited: Awaited::Nothing,
            at_beginning: false,
            before: String::new(),
        }
    }

    /// The figure that a character stands for.
    pub fn figure_at(c: char) -> Option<usize> {
        match fold::token(c) {
            Some(Token::Figure(index)) => Some(index),
            _ => None,
        }
    }

    /// The time that a character stands for.
    pub fn time_at(&self, c: char) -> Option<&Time> {
        match fold::token(c) {
            Some(Token::Time(index)) => self.times.get(index),
            _ => None,
        }
    }

    /// What stands in a bracket, once.
    pub fn take_bracket(&mut self, c: char) -> Option<String> {
        match fold::token(c) {
            Some(Token::Bracket(index)) => self.brackets.get_mut(index).and_then(Option::take),
            _ => None,
        }
    }

    /// Every time in some words with where it stands.
    pub fn times_in<'s>(&'s self, words: &'s str) -> impl DoubleEndedIterator<Item = (usize, &'s Time)> + 's {
        words.char_indices().filter_map(|(at, c)| Some((at, self.time_at(c)?)))
    }

    /// The topic in force: what a clause without a figure gave, else that of the last figure.
    pub fn subject(&self) -> Topic {
        self.pending.clone().unwrap_or_else(|| self.topic.clone())
    }

    /// Sets the topic to the owner of a figure, if that has a name.
    pub fn set_topic(&mut self, parts: &Parts, unit: &str) {
        if parts.is_empty() {
            return;
        }
        let name = parts.heavy_name();
        let object = if parts.object.is_empty() { name.clone() } else { parts.object.clone() };
        let unit = unit.to_owned();
        self.topic = Topic { name, object, verb: parts.verb.clone(), unit, figure: None };
        self.pending = None;
    }

    /// A topic that waits becomes the topic.
    pub fn take_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.topic = pending;
        }
    }

    /// The period of a figure. What there is at the end of several years is of the last of them; what was done is
    /// of all together.
    pub fn when(&self, is_state: bool) -> When {
        if let Some(plan) = self.plan {
            return When::Plan(plan);
        }
        match self.period.as_ref().map(|time| (&time.kind, time.words.as_str())) {
            None | Some((Kind::This | Kind::Begin | Kind::List(_), _)) => When::Report,
            Some((Kind::Part(year), words)) => When::Part(*year, without_year(words).to_owned()),
            Some((Kind::Year(year), _)) if *year == self.year => When::Report,
            Some((Kind::Year(year), _)) => When::Year(*year),
            Some((Kind::Window { to, .. }, _)) if is_state && *to < self.year => When::Year(*to),
            Some((Kind::Window { .. }, _)) if is_state => When::Report,
            Some((Kind::Window { from, to, .. }, words)) => When::Window(self.window(*from, *to, words)),
            Some((Kind::Plan(year), _)) => When::Plan(*year),
        }
    }

    /// 近三年 counts from the year behind its base; a range of years from its first.
    fn window(&self, from: Period, to: Period, words: &str) -> Window {
        let named = words.trim_start_matches(['自', '从']).starts_with(|c: char| c.is_ascii_digit())
            || words.contains("五”");
        let first = if named { from } else { from.after() };
        Window { first, last: to, words: words.trim_matches(['“', '”', '"']).replace(['“', '”'], "") }
    }

    /// The year of a value that a change starts from: that of the words before it, else the first of the years
    /// that the sentence speaks of. Never guessed.
    pub fn base_when(&self, time: Option<&Time>) -> When {
        const OPEN: [&str; 3] = ["期间", "时期", "以来"];
        if let Some(year) = time.and_then(Time::year) {
            return When::Year(year);
        }
        match (&self.period, time) {
            (Some(Time { kind: Kind::Window { from, count: Some(_), .. }, words }), None)
                if !OPEN.iter().any(|word| words.contains(word))
                    || words.starts_with(|c| "一两二三四五六七八九十".contains(c)) =>
            {
                When::Year(*from)
            }
            _ => When::Unsaid,
        }
    }

    /// A claim of a figure; what is not said is filled in by whoever reads it.
    pub fn claim(&mut self, figure: usize, owner: &str, relation: Relation, when: When) -> &mut Claim {
        let doubt = (when == When::Unsaid).then_some(Doubt::BaseYear);
        let claim = Claim {
            figure,
            owner: clean(owner),
            verb: String::new(),
            topic: clean(&self.before),
            relation,
            when,
            base: Base::Unsaid,
            whole: None,
            level: None,
            of: None,
            doubt,
        };
        self.claims.push(claim);
        let last = self.claims.len() - 1;
        &mut self.claims[last]
    }

    /// A figure that says how much there is of something.
    pub fn main(&mut self, name: &str, figure: usize) {
        let unit = self.figures[figure].unit.clone();
        self.mains.push(Main { name: clean(name), unit, figure });
    }

    /// The figure that says how much there is of an owner in this sentence.
    pub fn level_of(&self, name: &str) -> Option<usize> {
        self.mains.iter().rev().find(|main| main.name == name).map(|main| main.figure)
    }
}

/// 2024年1—5月 without its year.
fn without_year(words: &str) -> &str {
    words.get(4..).and_then(|rest| rest.strip_prefix('年')).unwrap_or(words)
}

/// An owner without stand-ins, quotation marks and brackets; a bound stands last.
pub(super) fn clean(name: &str) -> String {
    const MARKS: &str = "“”\"《》（）() 　：";
    let words: String = name.chars().filter(|c| !fold::is_token(*c) && !MARKS.contains(*c)).collect();
    owner::bound_last(&words)
}

/// The name of a part: alone where it ends like its whole, else with it.
pub(super) fn part_name(whole: &Topic, part: &str) -> String {
    let base = if whole.object.is_empty() { &whole.name } else { &whole.object };
    if base.is_empty() || part.is_empty() {
        return part.to_owned();
    }
    if owner::bound_at(part).is_some() {
        return if owner::is_bound(part) {
            format!("{}{part}", owner::unbound(base))
        } else {
            part.to_owned()
        };
    }
    let alike = |count: usize| owner::tail(part, count) == owner::tail(base, count);
    if chars(part) >= 2 && chars(base) >= 2 && alike(2) || chars(part) >= 3 && chars(base) <= 4 && alike(1) {
        return part.to_owned();
    }
    if !whole.verb.is_empty() && whole.object.is_empty() {
        return format!("{}{part}", whole.verb);
    }
    // 刑事警情 of 警情 says enough by itself.
    if chars(part) >= 4 && chars(base) <= 4 {
        return part.to_owned();
    }
    let short = chars(part) <= 6 && chars(part) + chars(base) <= 16;
    match short {
        true if chars(part) <= 4 && VERBS.front(part).is_none() => format!("{part}{base}"),
        true => format!("{base}{part}"),
        false => part.to_owned(),
    }
}
