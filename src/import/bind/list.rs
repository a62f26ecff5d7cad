//! Names before their count: 东湾、西岭、南坪3个村.

use rust_decimal::Decimal;

use super::super::facts::{Indicator, Value};
use super::super::name;
use super::{Binder, Found, Tag};
use crate::clause;
use crate::facts::registry::IndicatorKind;
use crate::zh::number::Written;
use crate::zh::pattern::Pattern;

/// Names joined by 、 right before a count: 东湾、西岭、南坪3个村.
static LIST: Pattern = Pattern::new(r"((?:[\p{Han}]{2,8}、)+[\p{Han}]{2,8}?)(等)?$");

impl Binder<'_, '_> {
    /// 东湾、西岭、南坪3个村: a list and its count; 东湾等7个村 keeps its count as a fact.
    pub(super) fn list(&mut self, index: usize) -> bool {
        let one = &self.numbers[index];
        let Some(amount) = one.reading.as_ref().and_then(Written::exact) else { return false };
        let (value, unit) = (amount.value, &amount.unit.base);
        let before = self.before(index).to_owned();
        let Some(found) = LIST.captures(&before) else { return false };
        let Some(names) = found.get(1) else { return false };
        let items = items(names.as_str());
        let partly = found.get(2).is_some();
        let count = Decimal::from(items.len());
        if items.len() < 2 || (!partly && count != value) || (partly && count > value) || unit.is_empty() {
            return false;
        }
        let noun = clause::noun(self.after(index), unit);
        let noun = if noun.is_empty() { name::counted(unit) } else { noun };
        let path = self.drafting.names.unique(self.group, &[format!("{noun}名单")]);
        let indicator =
            Indicator { definition: self.context(index), ..Indicator::of_kind(IndicatorKind::List) };
        self.drafting.facts.indicators.insert(path.clone(), indicator);
        let year = self.drafting.year;
        self.drafting.facts.years.entry(year).or_default().insert(path.clone(), Value::List(items.clone()));
        let start = one.span.start - before.len() + names.end() - items.join("、").len();
        if partly {
            let claims = self.claims;
            let Some(claim) = &claims[index] else { return false };
            let Some((count_path, tag)) = self.store(index, claim, &[noun], self.group, year) else {
                return false;
            };
            let list = format!("{{{{列举 {path} 末=\"、\"}}}}");
            let end = start + items.join("、").len();
            self.bound.tags.push(Tag { span: start..end, tag: list, paths: vec![path.clone()] });
            self.listed(index, &path, items.join("、"));
            self.push(index, claim, year, tag, &count_path);
            return true;
        }
        let chinese = one.text.chars().next().is_some_and(|c| !c.is_ascii_digit());
        let style = if chinese { " 数字=\"汉字\"" } else { "" };
        let tag = format!("{{{{列举 {path} 末=\"、\" 计=\"{unit}\"{style}}}}}");
        self.listed(index, &path, format!("{}{}", items.join("、"), one.text));
        self.bound.tags.push(Tag { span: start..one.span.end, tag, paths: vec![path] });
        true
    }

    /// A list that was found before the number at an index.
    fn listed(&mut self, index: usize, path: &str, text: String) {
        self.bound.found.push(Found {
            path: path.to_owned(),
            text,
            year: self.drafting.year,
            line: self.number,
            context: self.around(index),
            doubt: String::new(),
            window: None,
            stock: String::new(),
        });
    }
}

/// The names before a count; verbs before the first are no part of it.
fn items(words: &str) -> Vec<String> {
    let mut items: Vec<String> = words.split('、').map(str::to_owned).collect();
    // The others tell how long a name is.
    let longest = items.iter().skip(1).map(|item| item.chars().count()).max().unwrap_or(0);
    if let Some(first) = items.first_mut() {
        let chars: Vec<char> = first.chars().collect();
        *first = chars[chars.len().saturating_sub(longest)..].iter().collect();
    }
    items
}
