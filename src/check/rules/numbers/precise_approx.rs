//! A rough word with a precise number.

use std::borrow::Cow;

use rust_decimal::RoundingStrategy;

use super::super::prelude::*;
use super::{reading, rough};
use crate::zh::number::{Amount, Approx, Form, Manner, plain, read, with_word};
use crate::zh::scan::NumberKind;

/// Usage: what is said roughly is said in round numbers.
pub(super) const RULE: Rule = Rule::prose("num-precise-approx", Level::Warning, run);

/// Units of things that are counted one by one, so that three digits are already a count.
const COUNTED: [&str; 14] =
    ["人", "名", "户", "位", "家", "个", "件", "次", "人次", "起", "辆", "台", "座", "只"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for number in line.numbers.iter().filter(|number| number.kind == NumberKind::Figure) {
            let said = if is_about(text, number.span.start) {
                Cow::Owned(format!("约{}", number.text))
            } else {
                Cow::Borrowed(number.text.as_str())
            };
            let Some((amount, word)) = spoken(&said) else { continue };
            if line.is_quoted(&number.span) || digits(&said) < allowed(&amount, word) {
                continue;
            }
            let span = reading::place(line, number.span.clone());
            let message = format!("“{}”说的是约数，数字却很精确", number.text);
            let hint = format!("请去掉“{}”，或者把数字取整，写成“{}”", word.word(), rounded(&amount, word));
            found.at(&prose.source, span, message, hint);
        }
    }
}

/// Whether 约 stands a few words before a number: 约占36.52%. 约合 converts a currency.
fn is_about(text: &str, at: usize) -> bool {
    let word = rough::ahead(text, at).filter(|word| text[word.clone()].ends_with('约'));
    word.is_some_and(|word| !text[word.end..at].contains('合'))
}

/// An amount with 约, 近 or 左右.
fn spoken(text: &str) -> Option<(Amount, Approx)> {
    let written = read(text, Manner::Prose).ok()?;
    let amount = written.one().filter(|_| written.form == Form::Digits)?;
    let word = match amount.approx? {
        Approx::Shangxia => Approx::Zuoyou,
        word => word,
    };
    let rough = matches!(word, Approx::Yue | Approx::Jin | Approx::Zuoyou);
    rough.then(|| (amount.clone(), word))
}

/// The amount in two digits, with the word.
fn rounded(amount: &Amount, word: Approx) -> String {
    let strategy = match word {
        Approx::Jin => RoundingStrategy::AwayFromZero,
        _ => RoundingStrategy::MidpointAwayFromZero,
    };
    let number = amount.coefficient();
    with_word(&plain(number.round_sf_with_strategy(2, strategy).unwrap_or(number)), &amount.unit, word, false)
}

/// How many digits are said: those of the number without the zeros around it, a last 5 counting as round.
fn digits(text: &str) -> usize {
    let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let whole = if number.contains('.') { number.as_str() } else { number.trim_end_matches('0') };
    let said = whole.chars().filter(char::is_ascii_digit).collect::<String>();
    let said = said.trim_start_matches('0');
    said.len() - usize::from(said.len() > 1 && said.ends_with('5'))
}

/// The number of digits from which on the word is out of place.
fn allowed(amount: &Amount, word: Approx) -> usize {
    let counted = !amount.unit.is_scaled() && COUNTED.contains(&amount.unit.base.as_str());
    if word == Approx::Jin || counted { 3 } else { 4 }
}
