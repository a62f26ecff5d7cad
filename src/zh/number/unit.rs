//! Units as they are written: a scale (万, 亿, 万亿) and a base (元, 人, 亩, %).

use std::fmt;

/// The scale words and their powers of ten, longest first.
const SCALES: [(&str, u32); 3] = [("万亿", 12), ("亿", 8), ("万", 4)];

/// A unit: `万元` is scale 4 and base `元`; a bare count has an empty base.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Unit {
    /// Power of ten of the scale word: 0, 4 (万), 8 (亿) or 12 (万亿).
    pub scale: u32,
    /// What is counted, without the scale word.
    pub base: String,
}

impl Unit {
    /// Splits a written unit into scale and base; every text is a unit.
    pub fn parse(text: &str) -> Unit {
        for (word, scale) in SCALES {
            if let Some(base) = text.strip_prefix(word) {
                return Unit { scale, base: base.to_owned() };
            }
        }
        Unit { scale: 0, base: text.to_owned() }
    }

    /// The same base in another scale.
    pub fn with_scale(&self, scale: u32) -> Unit {
        Unit { scale, base: self.base.clone() }
    }

    /// The scale word, empty for scale 0.
    pub fn scale_word(&self) -> &'static str {
        SCALES.iter().find(|(_, scale)| *scale == self.scale).map_or("", |(word, _)| word)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.scale_word(), self.base)
    }
}
