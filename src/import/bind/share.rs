//! Parts and shares of a total: 其中, 占.

use rust_decimal::Decimal;

use super::{Binder, Extracted, Tag};
use crate::figures::compare::percent;
use crate::zh::number::Written;
use crate::zh::pattern::Pattern;

static SHARE: Pattern = Pattern::new("占[^，。；]{0,12}$");
/// 办结率, 整改率达: a share whose parts stand before it.
static RATE: Pattern = Pattern::new("率(?:达到?|为|是)?$");

impl Binder<'_, '_> {
    /// 占29.4%, 办结率97.7%: bound to part and total where the arithmetic agrees. A rate that agrees with no
    /// two counts before it is one of its own.
    pub(super) fn share(&mut self, index: usize) -> bool {
        let one = &self.numbers[index];
        let Some(amount) = one.reading.as_ref().and_then(Written::exact) else { return false };
        let (value, decimals) = (amount.value, amount.decimals);
        let share = SHARE.is_match(self.before(index));
        // 100% fits any two equal counts.
        let rate = RATE.is_match(self.before(index)) && value != Decimal::ONE_HUNDRED;
        if amount.unit.base != "%" || !(share || rate) {
            return false;
        }
        let sentence = self.since_total(index);
        let counts: Vec<(usize, Decimal, String)> = self
            .used
            .iter()
            .filter(|used| self.numbers[used.index].span.start >= sentence)
            .filter_map(|used| {
                let amount = self.numbers[used.index].reading.as_ref()?.exact()?;
                Some((used.index, amount.value, used.path.clone()))
            })
            .collect();
        let unit_of = |at: usize| self.numbers[at].reading.as_ref().map(Written::base);
        // The nearest count is the part; any other of its unit may be the total.
        for (part_at, part, part_path) in counts.iter().rev() {
            for (total_at, total, total_path) in counts.iter().rev() {
                if part_at == total_at
                    || unit_of(*part_at) != unit_of(*total_at)
                    || total < part
                    || total.is_zero()
                {
                    continue;
                }
                let (share, held) = percent(*part / *total, decimals);
                if share != value || held || one.text != format!("{share}%") {
                    continue;
                }
                let digits = if decimals > 1 { format!(" 小数={decimals}") } else { String::new() };
                let tag = format!("{{{{占比 {part_path} {total_path}{digits}}}}}");
                let paths = vec![part_path.clone(), total_path.clone()];
                if let Some(indicator) = self.drafting.facts.indicators.get_mut(part_path) {
                    indicator.at_most = Some(total_path.clone());
                }
                self.bound.tags.push(Tag { span: one.span.clone(), tag, paths });
                return true;
            }
        }
        if share {
            self.contradicted_share(index, &counts, value);
        }
        false
    }

    /// Where the counts begin that a share may be of: its sentence, and the one before it where it says 其中.
    fn since_total(&self, index: usize) -> usize {
        let stop = '。';
        let before = &self.line[..self.numbers[index].span.start];
        let start = before.rfind(stop).map_or(0, |at| at + stop.len_utf8());
        if !self.line[start..].starts_with("其中") {
            return start;
        }
        before[..start].trim_end_matches(stop).rfind(stop).map_or(0, |at| at + stop.len_utf8())
    }

    /// A share that follows from no two counts of its sentence although it should.
    fn contradicted_share(&mut self, index: usize, counts: &[(usize, Decimal, String)], value: Decimal) {
        let [.., (total_at, total, _), (part_at, part, _)] = counts else { return };
        let clause = &self.line[self.numbers[*total_at].span.end..self.numbers[index].span.start];
        let direct = clause.contains("其中") && !clause.contains('。') && part <= total && !total.is_zero();
        let same_unit = self.unit(*total_at) == self.unit(*part_at);
        if direct && same_unit {
            let (computed, _) = percent(*part / *total, 1);
            let words = format!(
                "“{}”里{}占{}写的是{value}%，算出来是{computed}%，原文照留",
                self.around(index),
                self.numbers[*part_at].text,
                self.numbers[*total_at].text
            );
            self.bound.contradictions.push((self.numbers[index].span.clone(), words));
        }
    }

    /// 其中女委员5名: a part of the total before it in the sentence.
    pub(super) fn part_of(&mut self, index: usize, path: &str) {
        let before = self.before(index);
        if !before.contains("其中") {
            return;
        }
        let Some(total) = self.used.last() else { return };
        let (of, part) = (&self.numbers[total.index], &self.numbers[index]);
        let exact = |number: &'_ Extracted| number.reading.as_ref().and_then(Written::exact).cloned();
        let (Some(whole), Some(own)) = (exact(of), exact(part)) else { return };
        if whole.unit.base != own.unit.base {
            return;
        }
        if own.value > whole.value {
            let words =
                format!("“{}”：其中的{}比总数{}还多，原文照留", self.around(index), part.text, of.text);
            self.bound.contradictions.push((part.span.clone(), words));
            return;
        }
        let kind = self.drafting.facts.indicators.get(&total.path).map(|total| total.kind);
        if let Some(indicator) = self.drafting.facts.indicators.get_mut(path) {
            indicator.at_most = Some(total.path.clone());
            indicator.kind = kind.unwrap_or(indicator.kind);
        }
    }
}
