//! A sentence read once: whose every figure is, what is said of it, for which period.
//!
//! `fold` puts one character for every figure, time and bracket, `sentence` cuts into clauses and keeps what one
//! of them leaves for the next (topic, period, whole, plan), `figure` and `level` read a figure by the words on
//! either side, `spread` and `rows` what stands behind 分别. The lists are closed (`words`); what they do not decide is a
//! doubt, and a doubt is asked about. Time grows linearly with the line.

mod change;
mod figure;
mod fold;
mod level;
mod lexicon;
mod members;
mod owner;
mod rows;
mod sentence;
mod spread;
mod state;
#[cfg(test)]
mod tests;
mod time;
mod words;

use std::ops::Range;

use crate::period::Period;
use crate::zh::number::{Reader, Written};
use crate::zh::scan::{Number, NumberKind};

/// A figure of a line as the scanner found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// As written.
    pub text: String,
    /// What is counted, without a scale word; empty where that is not said.
    pub unit: String,
}

impl Figure {
    /// A number with what it says.
    pub fn of(number: &Number, reading: &Written) -> Figure {
        Figure { span: number.span.clone(), text: number.text.clone(), unit: reading.base().to_owned() }
    }

    /// Whether it is a share or a rate, not an amount.
    pub fn is_rate(&self) -> bool {
        matches!(self.unit.as_str(), "%" | "‰" | "成") || self.text.contains("分之")
    }

    /// Whether a change by it is one of degree, not of so many things: 12%, 2倍, 1.5个百分点.
    fn is_degree(&self) -> bool {
        self.is_rate() || self.is_points() || matches!(self.unit.as_str(), "倍" | "番")
    }

    /// Whether it is a difference of rates.
    pub fn is_points(&self) -> bool {
        self.unit.ends_with("分点")
    }
}

/// The figures among the numbers of a line that say a number.
pub fn figures(line: &str, numbers: &[Number], reader: &Reader) -> Vec<Figure> {
    let facts = numbers.iter().filter(|number| number.kind == NumberKind::Figure);
    facts.filter_map(|number| Some(Figure::of(number, &reader.read(line, number)?))).collect()
}

/// What a line says of one of its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The figure, by its index.
    pub figure: usize,
    /// Whose figure it is, in words: 清河村流转土地, 党员35岁以下. Empty where nothing says it.
    pub owner: String,
    /// A verb before the owner that says little: 完成 of 完成投资. Empty where there is none.
    pub verb: String,
    /// What the clause before spoke of; empty where nothing did.
    pub topic: String,
    /// What the figure is to its owner.
    pub relation: Relation,
    /// The period it holds for.
    pub when: When,
    /// What a change is measured from.
    pub base: Base,
    /// The figure of the whole that this is a part of.
    pub whole: Option<usize>,
    /// The figure that says how much there is of the owner, where the line says it before.
    pub level: Option<usize>,
    /// The figure that a share or a completion is of: 占800万元的37.5%.
    pub of: Option<usize>,
    /// Why somebody should look at it.
    pub doubt: Option<Doubt>,
}

/// What a figure is to its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// So much was done or came about: 新建公路12公里.
    Level,
    /// So much there is at the end: 达到, 增至.
    State,
    /// A part of a whole: 其中女委员5名.
    Part,
    /// A group that a bound defines: 35岁以下46名.
    Group,
    /// A second count of the same: 315户1128人.
    Second,
    /// 增长12%, 减少3件.
    Change {
        /// Up or down.
        rises: bool,
        /// In percent or a multiple, not in units or points.
        rate: bool,
    },
    /// 占…比重.
    Share {
        /// Of what.
        of: String,
    },
    /// 完成年度计划的96%.
    Completion {
        /// Of what.
        of: String,
    },
    /// 800万元 in 占年初预算800万元的37.5%: its owner is what the share is of.
    Denominator,
    /// The value that a change starts from: 由12万元.
    BaseValue,
    /// 是2019年的2.3倍.
    Multiple,
    /// 居全市第2位.
    Rank {
        /// Among whom, in words.
        scope: String,
    },
    /// 高于全县平均2个百分点.
    Against {
        /// Compared with whom.
        whom: String,
        /// Above or below.
        above: bool,
    },
}

/// The period that a figure holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The report's own.
    Report,
    /// A year that the words say.
    Year(Period),
    /// 上半年, 一季度 of a year.
    Part(Period, String),
    /// Several years together.
    Window(Window),
    /// What is still to be done, in a year where one is said.
    Plan(Option<Period>),
    /// The words leave it open.
    Unsaid,
}

/// Several years together: 五年来, 2021—2023年.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first year that is counted.
    pub first: Period,
    /// The last.
    pub last: Period,
    /// As written, without quotation marks.
    pub words: String,
}

/// What a change is measured from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// It is no change, or its base is not said.
    Unsaid,
    /// 同比, 比上年.
    LastYear,
    /// 较2020年.
    Year(Period),
    /// 较年初.
    YearBegin,
    /// 环比.
    Previous,
    /// 年均.
    Yearly,
    /// Over several years, in their words.
    Window(String),
    /// Not itself but another: 比全县平均.
    Other(String),
}

/// Why a claim is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// 分别 has another number of values than of members.
    ListLength,
    /// Nobody says to whom the values behind 分别 belong.
    ListOwner,
    /// The words do not say in which year the change began.
    BaseYear,
    /// Years were counted from the first that is named.
    YearsInOrder,
    /// Nothing but a unit or a verb is said.
    Vague,
}

impl Doubt {
    /// What is to be asked, in Chinese, a sentence without 。.
    pub fn question(self) -> &'static str {
        match self {
            Doubt::ListLength => "“分别”前后的个数不一样，请核对每个数是谁的",
            Doubt::ListOwner => "看不出“分别”后面的数各是谁的，请核对",
            Doubt::BaseYear => "原文没有说是哪一年的数，请补上年份",
            Doubt::YearsInOrder => "各数的年份是按顺序推定的，请核对",
            Doubt::Vague => "名称不明确，请改个名称",
        }
    }
}

impl Claim {
    /// The name of the figure as an indicator: its owner with what is said of it. `unit` is that of the figure.
    pub fn name(&self, unit: &str) -> String {
        let owner = self.owner.as_str();
        let name = match &self.relation {
            Relation::Change { .. } if matches!(self.base, Base::Other(_)) => {
                format!("{owner}{}", self.base.words())
            }
            Relation::Change { rises, rate } => {
                format!("{owner}{}{}", self.base.words(), kind_of_change(*rises, *rate))
            }
            Relation::Share { of } if of.is_empty() => format!("{owner}占比"),
            Relation::Share { of } => format!("{owner}占{of}比重"),
            Relation::Completion { of } => format!("{owner}完成{of}比例"),
            Relation::Multiple => format!("{owner}倍数"),
            Relation::Rank { scope } => format!("{owner}{scope}位次"),
            Relation::Against { whom, above } => {
                format!("{owner}{}{whom}", if *above { "高于" } else { "低于" })
            }
            _ if owner.is_empty() => counted(unit).to_owned(),
            _ => owner.to_owned(),
        };
        owner::bound_last(&self.when.named(&name))
    }
}

/// 增幅 of a rate, 增加 of an amount.
fn kind_of_change(rises: bool, rate: bool) -> &'static str {
    match (rises, rate) {
        (true, true) => "增幅",
        (false, true) => "降幅",
        (true, false) => "增加",
        (false, false) => "减少",
    }
}

/// What a unit alone says of a figure.
pub fn counted(unit: &str) -> &'static str {
    match unit {
        "人" | "名" | "位" => "人数",
        "人次" => "人次",
        "户" => "户数",
        "%" | "‰" => "比例",
        _ => "数量",
    }
}

impl When {
    /// A name with the words of the period, where they are part of it: 五年来新建公路, 新建公路2021—2023年.
    fn named(&self, name: &str) -> String {
        let words = match self {
            When::Part(_, words) => words,
            When::Window(window) => &window.words,
            When::Plan(_) => "计划",
            _ => return name.to_owned(),
        };
        if words.is_empty() || name.starts_with(words) {
            name.to_owned()
        } else if words.starts_with(|c: char| c.is_ascii_digit()) {
            format!("{name}{words}")
        } else {
            format!("{words}{name}")
        }
    }
}

impl Base {
    /// How a name of a change says it; last year is understood.
    fn words(&self) -> String {
        match self {
            Base::Unsaid | Base::LastYear => String::new(),
            Base::Year(year) => format!("较{year}"),
            Base::YearBegin => "较年初".to_owned(),
            Base::Previous => "环比".to_owned(),
            Base::Yearly => "年均".to_owned(),
            Base::Window(words) | Base::Other(words) => words.clone(),
        }
    }
}

/// The noun that a figure of a unit counts, behind it: 12件实事. Empty where what follows is another clause.
pub fn noun(after: &str, unit: &str) -> String {
    owner::noun_behind(after, unit).to_owned()
}

/// Where a bound that defines a group stands in a name: 党员35岁以下.
pub fn bound(name: &str) -> Option<Range<usize>> {
    owner::bound(name)
}

/// Whether a name says what was done, not what there is: 新发展党员.
pub fn is_done(name: &str) -> bool {
    leading_verb(name).is_some()
}

/// The verb of township prose that words begin with: 整改 of 整改隐患, none of 服务业.
pub fn leading_verb(words: &str) -> Option<&'static str> {
    lexicon::VERBS.front(words).filter(|_| lexicon::NOTVERB.front(words).is_none())
}

/// Reads a line of a report of a year. Each figure has one claim, in the order in which they were read; of more
/// than 16,000 figures in one line those behind have none.
pub fn read(line: &str, figures: &[Figure], year: Period) -> Vec<Claim> {
    if figures.is_empty() {
        return Vec::new();
    }
    let folded = fold::fold(line, figures, year);
    let mut reading = state::Reading::new(figures, folded.times, folded.brackets, year);
    for sentence in folded.text.split(['。', '！', '？', '!', '?', '\n']) {
        reading.sentence(sentence);
    }
    let mut claims = reading.claims;
    claims.sort_by_key(|claim| claim.figure);
    claims
}
