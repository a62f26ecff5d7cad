//! Units as they are written: a scale (万, 亿, 千万) and a base (元, 人, 亩, %).

use std::fmt;

use super::Scale;

/// A unit: `万元` is scale 4 and base `元`; a bare count has an empty base.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Unit {
    /// The scale word.
    pub scale: Scale,
    /// What is counted, without the scale word.
    pub base: String,
}

impl Unit {
    /// Splits a written unit into scale and base; every text is a unit.
    pub fn parse(text: &str) -> Unit {
        let (scale, base) = Scale::begins(text).unwrap_or((Scale::ONE, text));
        Unit { scale, base: base.to_owned() }
    }

    /// The same base in another scale.
    pub fn with_scale(&self, scale: Scale) -> Unit {
        Unit { scale, base: self.base.clone() }
    }

    /// Whether this is only ever counted whole, from nothing upwards: people, households, meetings.
    pub fn is_counted(&self) -> bool {
        const COUNTED: [&str; 31] = [
            "人", "名", "位", "户", "家", "个", "件", "项", "条", "次", "起", "所", "座", "台", "辆", "份",
            "期", "篇", "场", "人次", "户次", "届", "支", "处", "宗", "例", "只", "头", "株", "棵", "盏",
        ];
        COUNTED.contains(&self.base.as_str())
    }

    /// Whether it has a scale word.
    pub fn is_scaled(&self) -> bool {
        self.scale > Scale::ONE
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.scale.word(), self.base)
    }
}
