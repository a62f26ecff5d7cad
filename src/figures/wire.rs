//! Trails as JSON: what `trace`, the page and a 定稿 hold of them. Numbers are strings, so that no digit is lost.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Cited, FactRef, Trail};
use crate::zh::number::{Amount, Approx, Bound, Unit};

/// A trail as it stands in JSON; the order of the fields is that of the object.
#[derive(Serialize, Deserialize)]
struct Wire {
    value: String,
    unit: String,
    approx: Option<String>,
    /// What is known of the value, where the word does not say it: 约 printed of an exact number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bound: Option<Claim>,
    derivation: String,
    facts: Vec<FactRef>,
}

/// A [`Bound`], or that the value is no number although it looks like one.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Claim {
    Exact,
    Above,
    AtLeast,
    Below,
    AtMost,
    About,
    Words,
}

const CLAIMS: [(Bound, Claim); 6] = [
    (Bound::Exact, Claim::Exact),
    (Bound::Above, Claim::Above),
    (Bound::AtLeast, Claim::AtLeast),
    (Bound::Below, Claim::Below),
    (Bound::AtMost, Claim::AtMost),
    (Bound::About, Claim::About),
];

/// What a word claims by itself.
fn by_word(approx: Option<Approx>) -> Bound {
    approx.map_or(Bound::Exact, Approx::bound)
}

impl Serialize for Trail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bound = match &self.amount {
            Some(amount) if amount.bound == by_word(self.approx()) => None,
            Some(amount) => CLAIMS.iter().find(|(bound, _)| *bound == amount.bound).map(|(_, claim)| *claim),
            None => amount(&self.words, "").map(|_| Claim::Words),
        };
        let wire = Wire {
            value: self.value(),
            unit: self.unit(),
            approx: self.approx().map(|approx| approx.word().to_owned()),
            bound,
            derivation: self.derivation.clone(),
            facts: self.facts.iter().map(|fact| FactRef::clone(fact)).collect(),
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Trail, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let facts: Cited = wire.facts.into_iter().map(Arc::new).collect();
        let number = amount(&wire.value, &wire.unit).filter(|_| wire.bound != Some(Claim::Words));
        let Some(amount) = number else { return Ok(Trail::of_words(&wire.value, &wire.derivation, facts)) };
        let approx = wire.approx.as_deref().and_then(Approx::named);
        let said = CLAIMS.iter().find(|(_, claim)| Some(*claim) == wire.bound).map(|(bound, _)| *bound);
        let bound = said.unwrap_or(by_word(approx));
        Ok(Trail::of(&Amount { bound, ..amount }, approx, &wire.derivation, facts))
    }
}

/// A value as it stands in JSON; nothing where it is no number.
fn amount(value: &str, unit: &str) -> Option<Amount> {
    let unit = Unit::parse(unit);
    let value = Decimal::from_str_exact(value).ok()?.checked_mul(unit.scale.factor())?;
    Some(Amount::exact(value.normalize(), unit))
}

impl Trail {
    /// The trail as one JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trail(value: &str, unit: &str, bound: Bound, approx: Option<Approx>, said: Option<Approx>) -> Trail {
        let amount = amount(value, unit).expect("a number");
        Trail::of(&Amount { bound, approx, ..amount }, said, "事实", Vec::new())
    }

    #[test]
    fn a_word_that_claims_less_than_is_known_keeps_what_is_known() {
        let json = |trail: Trail| trail.to_json().to_string();
        let plain = trail("17", "名", Bound::Exact, None, None);
        assert_eq!(json(plain), r#"{"value":"17","unit":"名","approx":null,"derivation":"事实","facts":[]}"#);
        let rough = trail("9350", "万元", Bound::Exact, None, Some(Approx::Duo));
        assert!(json(rough).contains(r#""approx":"多","bound":"exact""#));
        let bound = trail("30", "条", Bound::Above, Some(Approx::Duo), None);
        assert!(json(bound).contains(r#""approx":"多","derivation""#));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            value in "-?[1-9][0-9]{0,9}(\\.[0-9]{0,7}[1-9])?",
            unit in "(名|万元|千万元|%|)",
            at in 0..CLAIMS.len(),
            word in prop::option::of(prop::sample::select(vec!["多", "约", "近", "以上", "超过", "突破"])),
        ) {
            let (bound, word) = (CLAIMS[at].0, word.and_then(Approx::named));
            for trail in [trail(&value, &unit, bound, None, word), Trail::of_words(&value, "名单", Vec::new())] {
                let back: Trail = serde_json::from_str(&trail.to_json().to_string()).expect("a trail");
                prop_assert_eq!(back, trail);
            }
        }
    }
}
