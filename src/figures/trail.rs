//! Where a printed figure comes from: the facts, and the words for how it was computed.

use std::sync::Arc;

use super::cited::Cited;
use super::ready::FactRef;
use crate::zh::number::{Amount, Approx, plain};

/// Where a printed figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// What is known, before it is rounded or said roughly; none of texts.
    pub amount: Option<Amount>,
    /// The approximation word that is printed of an exact amount.
    pub printed: Option<Approx>,
    /// What is said where there is no amount.
    pub words: String,
    /// Chinese words for how it was computed: `事实`, `近3年合计`, `占比`.
    pub derivation: String,
    /// The facts, in the order they were used.
    pub facts: Cited,
}

/// Decimals that a trail keeps of a number that does not come out even.
const KEPT: u32 = 6;

impl Trail {
    /// The trail of a number, and the word with which it is said. Of a number that does not come out even it keeps
    /// six decimals.
    pub fn of(amount: &Amount, said: Option<Approx>, derivation: &str, facts: impl Into<Cited>) -> Trail {
        let value = amount.coefficient_to(KEPT) * amount.unit.scale.factor();
        let exact = Amount::exact(value.normalize(), amount.unit.clone());
        let carried = said.or(amount.approx).filter(|_| !amount.is_exact());
        let amount = Amount { bound: amount.bound, approx: carried, ..exact };
        let printed = said.filter(|_| amount.is_exact());
        Trail {
            amount: Some(amount),
            printed,
            words: String::new(),
            derivation: derivation.to_owned(),
            facts: facts.into(),
        }
    }

    /// The trail of what is no number.
    pub fn of_words(words: &str, derivation: &str, facts: impl Into<Cited>) -> Trail {
        let (words, derivation) = (words.to_owned(), derivation.to_owned());
        Trail { amount: None, printed: None, words, derivation, facts: facts.into() }
    }

    /// The value in [`Trail::unit`] as a plain decimal, or the words.
    pub fn value(&self) -> String {
        let value = |amount: &Amount| plain(amount.coefficient());
        self.amount.as_ref().map_or_else(|| self.words.clone(), value)
    }

    /// The unit of the value; empty for texts.
    pub fn unit(&self) -> String {
        self.amount.as_ref().map(|amount| amount.unit.to_string()).unwrap_or_default()
    }

    /// The approximation word printed or carried by the facts: 多.
    pub fn approx(&self) -> Option<Approx> {
        self.printed.or(self.amount.as_ref()?.approx)
    }

    /// Where the figure comes from, in one line of Chinese.
    pub fn origin(&self) -> String {
        self.said(|fact| {
            let source = fact.source.as_ref().map(|source| format!("，来源：{source}")).unwrap_or_default();
            format!("（{} 第{}行{source}）", fact.file, fact.line)
        })
    }

    /// The same where somebody can go to the facts themselves, without their files and lines.
    pub fn sources(&self) -> String {
        self.said(|fact| fact.source.as_ref().map(|source| format!("（来源：{source}）")).unwrap_or_default())
    }

    /// The facts, each with what stands behind it, and how the figure comes of them.
    fn said(&self, behind: impl Fn(&FactRef) -> String) -> String {
        let fact = |fact: &Arc<FactRef>| format!("{} {} {}{}", fact.year, fact.path, fact.text, behind(fact));
        let facts: Vec<String> = self.facts.iter().map(fact).collect();
        if facts.is_empty() {
            self.derivation.clone()
        } else {
            format!("{}：{}", self.derivation, facts.join("；"))
        }
    }
}
