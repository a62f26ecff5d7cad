//! A number among those of other years: what it is compared with, and where it is not counted as before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rollup::Parts;
use super::{Figure, Figures, Trouble};
use crate::period::Period;

/// What a number is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The figure of the year before: what the source gives today (同期), else what is on file, as revised.
    Figure(Arc<Figure>),
    /// The two are not counted the same way (口径), and nobody gave a base that is; why.
    Broken(String),
}

impl Figures {
    /// What a number is compared with by 同比. Of what is made of parts, the base is made of theirs.
    ///
    /// # Errors
    /// The year before is missing, or its formula gives nothing.
    pub fn base(&self, path: &str, of: Period) -> Result<Base, Trouble> {
        if let Some(base) = self.given_base(path, of) {
            return Ok(base);
        }
        if let Some(Ok(parts @ Parts::Sum(periods))) = self.parts(path, of).as_ref()
            && self.stated(path, of).is_none()
            && periods.iter().any(|part| self.given_base(path, *part).is_some())
        {
            let mut bases = BTreeMap::new();
            for part in periods {
                match self.base(path, *part)? {
                    Base::Figure(figure) => bases.insert(*part, figure),
                    broken @ Base::Broken(_) => return Ok(broken),
                };
            }
            let of_part = |part| bases.get(&part).map(Arc::clone).ok_or_else(|| Trouble::missing(path, part));
            return self.put_together(path, parts, &of_part).map(Base::Figure);
        }
        self.figure(path, of.before()).map(Base::Figure)
    }

    /// What is written beside a fact about what it is compared with.
    fn given_base(&self, path: &str, of: Period) -> Option<Base> {
        if let Some(base) = self.own_entry(path, of).and_then(|entry| entry.base.as_ref()) {
            return Some(Base::Figure(Arc::clone(base)));
        }
        self.break_in(path, of).map(Base::Broken)
    }

    /// Where a number is counted otherwise than in the year before and no base is given: how.
    fn break_in(&self, path: &str, of: Period) -> Option<String> {
        let definition = |of: Period| {
            self.facts().get(path, of).and_then(|fact| fact.series.as_ref()?.definition.as_deref())
        };
        let now = definition(of)?;
        let has_base = self.own_entry(path, of).is_some_and(|entry| entry.base.is_some());
        (definition(of.before()) != Some(now) && !has_base).then(|| format!("{of}口径有变化（{now}）"))
    }

    /// Where a number is counted otherwise after an earlier year: how.
    pub fn break_since(&self, path: &str, base: Period, of: Period) -> Option<String> {
        let years = base.through(of).skip(1);
        years.filter_map(|year| self.break_in(path, year)).last()
    }

    /// 增速 as the source gives it, which is not computed from the two figures.
    pub fn given_growth(&self, path: &str, of: Period) -> Option<Arc<Figure>> {
        self.own_entry(path, of)?.growth.clone()
    }
}
