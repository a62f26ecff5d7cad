//! Tags of templates with the facts that they need, and what the manual says that they print.

mod bounds;
mod comparisons;
mod formulas;
mod growth;
mod ledgers;
mod numbers;
mod parts;
mod rows;
mod sums;
mod words;

use std::collections::BTreeMap;

use super::dice::Dice;
use super::world::{Quantity, Series, World, YEAR};

/// What is expected of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This text, without a warning.
    Text(String),
    /// This text, and a warning.
    Warned(String),
    /// There is no report.
    Stops,
}

/// What a clause says.
pub enum Clause {
    /// These words.
    Said(String),
    /// These words, and a warning.
    Noted(String),
    /// Nothing; it is left out with the comma before it, with a warning.
    LeftOut,
    /// The run stops.
    Stops,
}

/// One tag, alone with what it needs.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is about, to count by.
    pub kind: String,
    /// Lines of the registry.
    pub registry: String,
    /// Lines of the years.
    pub facts: BTreeMap<i32, String>,
    /// A paragraph of the template.
    pub template: String,
    /// What becomes of it.
    pub wanted: Wanted,
    number: usize,
}

/// Makes a case.
type Maker = fn(&mut Dice, &World, Case) -> Case;

/// The makers of all files.
const MAKERS: [&[Maker]; 10] = [
    numbers::MAKERS,
    sums::MAKERS,
    parts::MAKERS,
    growth::MAKERS,
    comparisons::MAKERS,
    ledgers::MAKERS,
    rows::MAKERS,
    bounds::MAKERS,
    formulas::MAKERS,
    words::MAKERS,
];

/// A random case, whose names carry its number.
pub fn throw(dice: &mut Dice, world: &World, number: usize) -> Case {
    let empty = Case {
        kind: String::new(),
        registry: String::new(),
        facts: BTreeMap::new(),
        template: String::new(),
        wanted: Wanted::Stops,
        number,
    };
    let group = dice.pick(&MAKERS);
    dice.pick(group)(dice, world, empty)
}

impl Case {
    /// A name that no other case has.
    pub fn name(&self, word: &str) -> String {
        format!("{word}{}", self.number)
    }

    /// A line of the registry.
    pub fn registered(mut self, name: &str, entry: &str) -> Case {
        self.registry += &format!("{name}: {entry}\n");
        self
    }

    /// A line of a year.
    pub fn fact(mut self, year: i32, name: &str, value: &str) -> Case {
        *self.facts.entry(year).or_default() += &format!("{name}: {value}\n");
        self
    }

    /// An indicator with its values; what is a percentage cannot be summed over years.
    pub fn series(mut self, name: &str, of: &Series) -> Case {
        let unit = of.values().next().expect("the report's own year").unit;
        let kind = if ["%", "‰"].contains(&unit) { "比率" } else { "时期" };
        let unit = if unit.is_empty() { String::new() } else { format!("单位: \"{unit}\", ") };
        self = self.registered(name, &format!("{{{unit}类型: {kind}}}"));
        of.iter().fold(self, |case, (year, quantity)| case.fact(*year, name, &quantity.text()))
    }

    /// An indicator of the report's year alone.
    pub fn one(self, name: &str, quantity: &Quantity) -> Case {
        self.series(name, &Series::from([(YEAR, quantity.clone())]))
    }

    /// The tag stands alone.
    pub fn prints(self, kind: &str, template: String, wanted: Wanted) -> Case {
        Case { kind: kind.to_owned(), template, wanted, ..self }
    }

    /// The tag is a clause behind a comma.
    pub fn adds(self, kind: &str, tag: &str, clause: Clause) -> Case {
        let wanted = match clause {
            Clause::Said(words) => Wanted::Text(format!("有数，{words}。")),
            Clause::Noted(words) => Wanted::Warned(format!("有数，{words}。")),
            Clause::LeftOut => Wanted::Warned("有数。".to_owned()),
            Clause::Stops => Wanted::Stops,
        };
        self.prints(kind, format!("有数，{tag}。"), wanted)
    }
}

/// ` 小数=2`, or nothing.
pub fn decimals(asked: Option<i32>) -> String {
    asked.map(|decimals| format!(" 小数={decimals}")).unwrap_or_default()
}

/// Decimals to ask for, most often none.
pub fn some_decimals(dice: &mut Dice) -> Option<i32> {
    dice.pick(&[None, None, Some(0), Some(1), Some(2), Some(3)])
}
