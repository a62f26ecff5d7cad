//! Trails as JSON: what `trace`, the page and a 定稿 hold of them. Numbers are strings, so that no digit is lost.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FactRef, Trail};

/// A trail as it stands in JSON; the order of the fields is that of the object.
#[derive(Serialize, Deserialize)]
struct Wire {
    value: String,
    unit: String,
    approx: Option<String>,
    derivation: String,
    facts: Vec<FactRef>,
}

impl Serialize for Trail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = Wire {
            value: self.value.clone(),
            unit: self.unit.clone(),
            approx: self.approx.clone(),
            derivation: self.derivation.clone(),
            facts: self.facts.iter().map(|fact| FactRef::clone(fact)).collect(),
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Trail, D::Error> {
        let Wire { value, unit, approx, derivation, facts } = Wire::deserialize(deserializer)?;
        Ok(Trail { value, unit, approx, derivation, facts: facts.into_iter().map(Arc::new).collect() })
    }
}

impl Trail {
    /// The trail as one JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
