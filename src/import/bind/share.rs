//! Parts and shares of a total: 其中, 占, 办结率.

use rust_decimal::Decimal;

use super::{Binder, Tag, last};
use crate::clause::{self, Claim, Relation, When};
use crate::figures::compare::percent;
use crate::zh::number::{Written, plain};

/// A count of the line that became a fact.
struct Count {
    index: usize,
    value: Decimal,
    path: String,
}

impl Binder<'_, '_> {
    /// 占29.4%, 办结率97.7%: bound to part and total where the arithmetic gives what is written. A rate that
    /// agrees with no two counts before it is one of its own.
    pub(super) fn share(&mut self, index: usize, claim: &Claim) -> bool {
        let one = &self.numbers[index];
        let Some(amount) = one.reading.as_ref().and_then(Written::exact) else { return false };
        let (value, decimals) = (amount.value, amount.decimals);
        let divides = matches!(claim.relation, Relation::Share { .. } | Relation::Completion { .. });
        // 100% fits any two equal counts.
        let rate = claim.name("").ends_with('率') && value != Decimal::ONE_HUNDRED;
        if amount.unit.base != "%" || !(divides || rate) || claim.when != When::Report {
            return false;
        }
        let counts = self.counts(index);
        let (mut parts, mut totals): (Vec<&Count>, Vec<&Count>) =
            (counts.iter().rev().collect(), counts.iter().rev().collect());
        if let Some(part) = claim.level {
            parts.retain(|count| count.index == part);
        }
        if let Some(total) = claim.of {
            totals.retain(|count| count.index == total);
        }
        // The nearest count is the part; any other of its unit may be the total.
        for (part, total) in parts.iter().flat_map(|part| totals.iter().map(move |total| (*part, *total))) {
            let fits = part.index != total.index && self.unit(part.index) == self.unit(total.index);
            if !fits || total.value < part.value || total.value.is_zero() {
                continue;
            }
            let (share, held) = percent(part.value / total.value, decimals);
            if share != value || held || one.text != format!("{}%", plain(share)) {
                continue;
            }
            let tag = format!("{{{{占比 {} {}{}}}}}", part.path, total.path, digits(part, total, decimals));
            let paths = vec![part.path.clone(), total.path.clone()];
            if let Some(indicator) = self.drafting.facts.indicators.get_mut(&part.path) {
                indicator.at_most = Some(total.path.clone());
            }
            self.bound.tags.push(Tag { span: one.span.clone(), tag, paths });
            return true;
        }
        self.contradicted_share(index, claim, &counts, value);
        false
    }

    /// The exact counts that a share may be of: those of its sentence, and of the one before where it says 其中.
    fn counts(&self, index: usize) -> Vec<Count> {
        let from = self.since_total(index);
        let near = &self.used[self.used.len().saturating_sub(super::NEAR_FIGURES)..];
        let inside =
            near.iter().filter(|used| used.index < index && self.numbers[used.index].span.start >= from);
        let count = |used: &super::Used| {
            let of = self.claims[used.index].as_ref()?;
            let amount = self.numbers[used.index].reading.as_ref()?.exact()?;
            (of.when == When::Report && super::is_level(of) || of.relation == Relation::Denominator)
                .then(|| Count { index: used.index, value: amount.value, path: used.path.clone() })
        };
        inside.filter_map(count).collect()
    }

    /// Where the counts begin that a share may be of.
    fn since_total(&self, index: usize) -> usize {
        let stop = '。';
        let before = &self.line[..self.numbers[index].span.start];
        let start = before.rfind(stop).map_or(0, |at| at + stop.len_utf8());
        if !self.line[start..].starts_with("其中") {
            return start;
        }
        before[..start].trim_end_matches(stop).rfind(stop).map_or(0, |at| at + stop.len_utf8())
    }

    /// A share or a rate that does not follow from the two counts that it is surely of.
    fn contradicted_share(&mut self, index: usize, claim: &Claim, counts: &[Count], value: Decimal) {
        let part = claim.level.and_then(|level| counts.iter().find(|count| count.index == level));
        let whole = part.and_then(|part| self.claims[part.index].as_ref()?.whole);
        let total = claim.of.or(whole).and_then(|total| counts.iter().find(|count| count.index == total));
        let pair = match (part, total, counts) {
            (Some(part), Some(total), _) => (part, total),
            // 调解纠纷232起，调成228起，调成率98%.
            (_, _, [.., total, part]) if self.is_done_of(claim, part, total) => (part, total),
            _ => return,
        };
        let (part, total) = pair;
        if self.unit(part.index) != self.unit(total.index)
            || part.value > total.value
            || total.value.is_zero()
        {
            return;
        }
        let (computed, _) = percent(part.value / total.value, 1);
        let words = format!(
            "“{}”按{}、{}算是{}%，原文写的是{}%，照原文保留，请核对",
            self.around(index),
            self.numbers[part.index].text,
            self.numbers[total.index].text,
            plain(computed),
            plain(value),
        );
        self.bound.contradictions.push((self.numbers[index].span.clone(), words));
    }

    /// 调成率 says of two counts which was done: 调成.
    fn is_done_of(&self, claim: &Claim, part: &Count, total: &Count) -> bool {
        let name = claim.name("");
        let Some(verb) = name.strip_suffix('率').filter(|verb| !verb.is_empty()) else { return false };
        let short: String = verb.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        last(&part.path).contains(&short) && !last(&total.path).contains(&short)
    }

    /// 其中女委员5名: a part of the total before it in the sentence.
    pub(super) fn part_of(&mut self, index: usize, claim: &Claim, path: &str) {
        let Some(total) = claim.whole else { return };
        let Some(whole_path) = self.path_of(total).map(str::to_owned) else { return };
        let exact = |at: usize| self.numbers[at].reading.as_ref().and_then(Written::exact).cloned();
        let (Some(whole), Some(own)) = (exact(total), exact(index)) else { return };
        let levels = [total, index].iter().all(|at| self.claims[*at].as_ref().is_some_and(super::is_level));
        if whole.unit.base != own.unit.base || !levels || whole_path == path {
            return;
        }
        if own.value > whole.value {
            let words = format!(
                "“{}”：其中的{}比总数{}还多，原文照留",
                self.around(index),
                self.numbers[index].text,
                self.numbers[total].text
            );
            self.bound.contradictions.push((self.numbers[index].span.clone(), words));
            return;
        }
        let kind = self.drafting.facts.indicators.get(&whole_path).map(|total| total.kind);
        if let Some(indicator) = self.drafting.facts.indicators.get_mut(path) {
            indicator.at_most = Some(whole_path);
            // 新发展党员 was done, whatever it is a part of.
            if !clause::is_done(&claim.owner) {
                indicator.kind = kind.unwrap_or(indicator.kind);
            }
        }
    }
}

/// How many digits the tag asks for, where the usual one would print others: 98% of 98.3%.
fn digits(part: &Count, total: &Count, decimals: u32) -> String {
    let usual = percent(part.value / total.value, 1).0;
    let wanted = percent(part.value / total.value, decimals).0;
    if decimals > 1 || usual != wanted { format!(" 小数={decimals}") } else { String::new() }
}
