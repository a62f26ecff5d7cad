//! What a draft works out from its own figures: sums, shares, rates and differences.

use rust_decimal::Decimal;

use super::fit::Figure;
use super::line::Said;
use super::name::Name;
use super::{Judged, Verdict, lists};
use crate::clause::Relation;
use crate::figures::Cited;
use crate::zh::number::{Amount, Unit};

/// Words before a figure that is the sum of others.
const TOTALS: [&str; 8] = ["合计", "共计", "总计", "一共", "总共", "累计", "共有", "共"];

/// Judges the figures that no fact bears out by those beside them that are true.
pub(super) fn worked_out(said: &[Said<'_>], found: &mut [Judged]) {
    for index in 0..said.len() {
        let open = matches!(found[index].verdict, Verdict::Unknown | Verdict::Unclear);
        if !open && !is_bare_total(&said[index]) {
            continue;
        }
        if let Some(count) = enumerated(said, index).filter(|_| open) {
            found[index] = Judged::of(Verdict::Derived, &format!("前面说了{count}项"), None);
            continue;
        }
        let line = Line { said, found };
        if let Some(judged) = line
            .sum(index)
            .or_else(|| line.whole(index))
            .or_else(|| line.share(index))
            .or_else(|| line.rate(index))
        {
            found[index] = judged;
        }
    }
}

/// Judges the counts of names that are all named: 石桥村、杨柳村2个村.
pub(super) fn counted(said: &[Said<'_>], lists: &[lists::Found], found: &mut [Judged]) {
    for (said, found) in said.iter().zip(found) {
        let exact = said.written.as_ref().and_then(|written| written.exact());
        let behind = |list: &&lists::Found| {
            let between = said.before.get(list.span.end..);
            let count = list.count.map(Decimal::from);
            between.is_some_and(|words| words.chars().count() < 3)
                && exact.is_some_and(|amount| Some(amount.value) == count)
        };
        if !found.is_true()
            && let Some(list) = lists.iter().find(behind)
        {
            let message = format!("{}，共{}个", list.judged.message, list.count.unwrap_or_default());
            *found =
                Judged { facts: list.judged.facts.clone(), ..Judged::of(Verdict::Derived, &message, None) };
        }
    }
}

/// Judges the counts of what the sentence has named: 两项合计, 三类主体.
fn enumerated(said: &[Said<'_>], index: usize) -> Option<usize> {
    const KINDS: [&str; 5] = ["项", "类", "种", "者", "个方面"];
    let own = &said[index];
    let amount = own.written.as_ref()?.exact().filter(|amount| KINDS.contains(&amount.unit.base.as_str()))?;
    let spelled = !own.text.contains(|c: char| c.is_ascii_digit());
    let count = usize::try_from(amount.value).ok().filter(|count| spelled && (2..10).contains(count))?;
    let start = own.before.rfind(['。', '；', '\n']).unwrap_or(0);
    (said[..index].iter().filter(|one| one.span.start >= start).count() == count).then_some(count)
}

/// 共20个, 两类主体共77家.
fn is_total(said: &Said<'_>) -> bool {
    TOTALS.iter().any(|word| words_before(said).ends_with(word))
}

/// A total without any words of its own, so that nothing else can be meant.
fn is_bare_total(said: &Said<'_>) -> bool {
    is_total(said) && Name::of(words_before(said)).says_nothing()
}

fn words_before<'l>(said: &Said<'l>) -> &'l str {
    said.clause.split(said.text).next().unwrap_or_default()
}

struct Line<'l> {
    said: &'l [Said<'l>],
    found: &'l [Judged],
}

impl Line<'_> {
    fn amount(&self, index: usize) -> Option<&Amount> {
        self.said[index].written.as_ref()?.exact()
    }

    /// The figures before one in its sentence.
    fn before(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let own = &self.said[index];
        let start = own.before.rfind(['。', '；', '\n']).unwrap_or(0);
        (0..index).filter(move |at| self.said[*at].span.start >= start)
    }

    /// 共20个 of 12个 and 8个 before it.
    fn sum(&self, index: usize) -> Option<Judged> {
        let own = &self.said[index];
        if !is_total(own) {
            return None;
        }
        let total = self.amount(index)?;
        let parts: Vec<usize> = self
            .before(index)
            .filter(|at| {
                let level = matches!(
                    self.said[*at].relation,
                    Relation::Level | Relation::State | Relation::Part | Relation::Group
                );
                level && self.amount(*at).is_some_and(|part| part.unit.base == total.unit.base)
            })
            .collect();
        if parts.len() < 2 {
            return None;
        }
        let sum: Decimal = parts.iter().filter_map(|at| self.amount(*at)).map(|part| part.value).sum();
        let texts: Vec<&str> = parts.iter().map(|at| self.said[*at].text).collect();
        let amount = Amount::exact(sum, total.unit.clone());
        let says = format!("前面的{}合计是{}", texts.join("、"), amount.text());
        Some(self.result(index, &parts, &amount, "前面各数合计", &says))
    }

    /// 13个, 其中 5个 and 8个: parts that make the whole bear it out; 其中 need not name all.
    fn whole(&self, index: usize) -> Option<Judged> {
        let total = self.amount(index)?;
        let parts: Vec<usize> =
            (0..self.said.len()).filter(|at| self.said[*at].whole == Some(index)).collect();
        let amounts: Vec<&Amount> = parts.iter().filter_map(|at| self.amount(*at)).collect();
        let alike = amounts.len() > 1 && amounts.iter().all(|part| part.unit.base == total.unit.base);
        let sum: Decimal = amounts.iter().map(|part| part.value).sum();
        if !alike || sum != total.value {
            return None;
        }
        let texts: Vec<&str> = parts.iter().map(|at| self.said[*at].text).collect();
        let says = format!("后面的{}合计是{}", texts.join("、"), self.said[index].text);
        Some(self.result(index, &parts, total, "后面各数合计", &says))
    }

    /// 29.4% of 5名 and 17名 that the line itself says.
    fn share(&self, index: usize) -> Option<Judged> {
        let own = &self.said[index];
        let divided = matches!(own.relation, Relation::Share { .. } | Relation::Completion { .. });
        if !divided {
            return None;
        }
        let part = own.level?;
        let whole = own.of.or(self.said[part].whole)?;
        self.quotient(index, part, whole)
    }

    /// 整改率97.1% of 整改408处 and 420处 before it.
    fn rate(&self, index: usize) -> Option<Judged> {
        let own = &self.said[index];
        let deed = own.owner.strip_suffix('率').filter(|deed| deed.chars().count() > 1)?;
        // 调解成功率 of what was 成功调解.
        let deed: Vec<char> = deed.chars().collect();
        let deeds: Vec<String> = deed.windows(2).rev().map(|pair| pair.iter().collect()).collect();
        let counts: Vec<usize> = self
            .before(index)
            .filter(|at| self.amount(*at).is_some_and(|amount| amount.unit.base != "%"))
            .collect();
        let part = deeds.iter().find_map(|deed| {
            counts.iter().copied().rev().find(|at| self.said[*at].clause.contains(deed.as_str()))
        })?;
        let base = |at: usize| self.amount(at).map(|amount| &amount.unit.base);
        let whole = counts.iter().copied().rev().find(|at| *at < part && base(*at) == base(part))?;
        self.quotient(index, part, whole)
    }

    fn quotient(&self, index: usize, part: usize, whole: usize) -> Option<Judged> {
        let (above, below) = (self.amount(part)?, self.amount(whole)?);
        if above.unit.base != below.unit.base || part == whole {
            return None;
        }
        let value = (above.value * Decimal::ONE_HUNDRED).checked_div(below.value)?;
        let amount = Amount::quotient(value, Unit::parse("%"), 2);
        let says = format!("{}除以{}是{}", self.said[part].text, self.said[whole].text, amount.text());
        Some(self.result(index, &[part, whole], &amount, "前面两数相除", &says))
    }

    /// What is worked out is as true as what it is worked out from.
    fn result(&self, index: usize, parts: &[usize], amount: &Amount, derivation: &str, says: &str) -> Judged {
        let own = &self.said[index];
        let facts = Cited::all(parts.iter().map(|at| &self.found[*at].facts));
        let fit = own.written.as_ref().and_then(|written| {
            let figure = Figure::new(written, own.text, own.before);
            figure.fits(&figure.in_unit(amount)?, true)
        });
        let known = parts.iter().all(|at| self.found[*at].is_true());
        let (verdict, says) = match fit {
            None => (Verdict::Contradicting, says.to_owned()),
            Some(_) if known => (Verdict::Derived, says.to_owned()),
            Some(_) => (Verdict::Unclear, format!("{says}，但这些数还没有依据，请核对")),
        };
        let expected = (verdict == Verdict::Contradicting).then(|| amount.text());
        Judged { expected, derivation: derivation.to_owned(), facts, ..Judged::of(verdict, &says, None) }
    }
}
