//! A mean that does not follow from the total and the count beside it.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::quotient::Quotient;
use super::reading::{self, Exact};
use super::told::Line;
use crate::clause::When;
use crate::zh::number::{Amount, Unit, are_kin};

/// Arithmetic: 户均 is the total by the households.
pub(super) const RULE: Rule = Rule::prose("num-mean", Level::Warning, run);

/// What leads to a mean: by what, and of what.
static MEAN: Pattern = Pattern::new(
    "[，,；;。（(、]?(?:(?P<by>[户村人亩社组校班月日年场期次])均|平均每个?(?P<each>季度|网格|社区|[户村人亩组校班月日天年季期场次项件家所镇])|每(?P<every>[户村人亩组场期次月年])平均|(?:平均)?(?P<land>亩产|单产))(?P<of>[^，。；、,;0-9均]{0,8}?)(?:为|达到|达|约)?$",
);

/// How far from a mean its total is looked for, in bytes.
const FAR: usize = 240;

/// Words of a total that stand for those of a mean.
const SAYINGS: [(&str, &str); 4] = [("投入", "投资"), ("投资", "投入"), ("补助", "补贴"), ("收入", "分红")];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains(['均', '产'])) {
        let told = Line::of(prose, line);
        let figures = line.numbers.iter().filter(|number| !line.is_quoted(&number.span));
        for mean in figures.filter_map(Exact::of) {
            let Some(fault) = Mean::read(text, &mean).and_then(|read| read.contradiction(&told)) else {
                continue;
            };
            let words = &text[mean.span.clone()];
            let message = format!("平均数“{words}”和总数、个数对不上");
            found.at(&prose.source, reading::place(line, mean.span.clone()), message, fault);
        }
    }
}

/// A mean as it is stated.
#[derive(Debug)]
struct Mean<'t> {
    figure: &'t Exact,
    /// By what it is taken: 户, 村, 月.
    by: &'t str,
    /// Of what, where that is said.
    of: &'t str,
}

impl<'t> Mean<'t> {
    fn read(text: &'t str, figure: &'t Exact) -> Option<Mean<'t>> {
        let near = reading::tail(text, figure.span.start, 60);
        let clause = near.rsplit(['，', '；', '。', '、', ',', ';']).next().unwrap_or(near);
        let groups = MEAN.captures(clause)?;
        let part = |name: &str| groups.name(name).map(|part| part.as_str());
        let land = part("land").map(|_| "亩");
        let by = part("by").or(land).or(part("each")).or(part("every")).filter(|by| !by.is_empty())?;
        let rate = matches!(figure.base(), "%" | "‰" | "") || figure.base().ends_with("分点");
        (!rate).then_some(Mean { figure, by, of: part("of").unwrap_or_default() })
    }

    /// What total and count make, where no pair of them in the sentence makes the mean.
    fn contradiction(&self, line: &Line<'_>) -> Option<String> {
        let own = |at: &usize| line.figures[*at].span != self.figure.span;
        let near: Vec<usize> =
            (0..line.figures.len()).filter(own).filter(|at| self.is_near(line, *at)).collect();
        let counts: Vec<(Decimal, String)> = self.counts(line, &near);
        let totals: Vec<usize> = near.iter().copied().filter(|at| self.is_total(line, *at)).collect();
        let total = *totals.last()?;
        let (count, said) = counts.last()?;
        let any = totals.iter().any(|total| {
            counts.iter().any(|(count, _)| self.quotient(line, *total, *count).is_none_or(|one| one.1))
        });
        if any {
            return None;
        }
        let (right, _) = self.quotient(line, total, *count)?;
        let unit = &self.figure.amount.unit;
        let total = &line.text[line.figures[total].span.clone()];
        Some(format!("{total}按{said}平均是{right}{unit}，请核对"))
    }

    /// Whether a figure stands in the sentence of the mean.
    fn is_near(&self, line: &Line<'_>, at: usize) -> bool {
        let span = &line.figures[at].span;
        let before = span.end <= self.figure.span.start;
        let (from, to) =
            if before { (span.end, self.figure.span.start) } else { (self.figure.span.end, span.start) };
        let words = line.text.get(from..to).unwrap_or_default();
        // 户均种植油茶5亩，640户共种植3200亩: what follows is the same only where it sums up.
        let rest = reading::lead(line.text, self.figure.span.end, FAR);
        let sums = rest.split(reading::ENDS).next().is_some_and(|rest| rest.contains('共'));
        (before || sums) && !words.contains(reading::ENDS) && words.len() < FAR
    }

    /// The numbers by which the mean may be taken.
    fn counts(&self, line: &Line<'_>, near: &[usize]) -> Vec<(Decimal, String)> {
        let text = line.text;
        let year = ["全年", "一年", "年初至年末"].iter().any(|word| text.contains(word));
        match self.by {
            "月" if year => vec![(Decimal::from(12), "12个月".to_owned())],
            "季度" if year || text.contains("四个季度") => {
                vec![(Decimal::from(4), "4个季度".to_owned())]
            }
            "日" if year => [365, 366].map(|days| (Decimal::from(days), format!("{days}天"))).to_vec(),
            "年" => line.figures.iter().filter_map(|told| years(&told.claim.when)).take(1).collect(),
            "月" | "季度" | "日" => Vec::new(),
            _ => near.iter().copied().filter_map(|at| self.count(line, at)).collect(),
        }
    }

    /// A figure as the number by which the mean is taken.
    fn count(&self, line: &Line<'_>, at: usize) -> Option<(Decimal, String)> {
        let told = &line.figures[at];
        let exact = told.exact.as_ref().filter(|_| told.is_amount())?;
        let behind = reading::lead(line.text, told.span.end, 18);
        let behind = behind.split(['，', '。', '；', '、', '（']).next().unwrap_or_default();
        let noun = behind.find(self.by).is_some_and(|from| behind[..from].chars().count() <= 3)
            || line.words(at).trim_end_matches(['有', '共']).ends_with(self.by);
        let fits = match (self.by, told.base) {
            ("人", "人" | "名" | "位") => true,
            (by, base) if base.starts_with(by) => true,
            (by, "个") => by != "人" && by != "亩" && noun,
            (_, _) => false,
        };
        fits.then(|| (exact.value(), line.text[told.span.clone()].to_owned()))
    }

    /// Whether a figure may be what the mean is of.
    fn is_total(&self, line: &Line<'_>, at: usize) -> bool {
        let told = &line.figures[at];
        let counted = self.count(line, at).is_some();
        let words = line.words(at);
        let said = self.of.is_empty()
            || words.contains(self.of)
            || told.span.start > self.figure.span.start
                && self.of.starts_with(words.trim_start_matches('共'))
            || SAYINGS.iter().any(|(of, total)| self.of.ends_with(of) && words.contains(total));
        let mean = words.contains('均') || words.contains("平均") || words.contains('每');
        told.exact.is_some()
            && told.is_amount()
            && are_kin(told.base, self.figure.base())
            && said
            && !counted
            && !mean
    }

    /// What a total by a count is in the unit of the mean, and whether that is what is stated.
    fn quotient(&self, line: &Line<'_>, total: usize, count: Decimal) -> Option<(String, bool)> {
        let total = line.exact(total)?;
        let own = &self.figure.amount.unit;
        let one = Amount::exact(Decimal::ONE, Unit { base: total.base().to_owned(), ..Unit::default() });
        let worth = one.value_in(own).ok()?.checked_div(own.scale.factor())?;
        let real =
            Quotient::between((total.value(), total.rounding()), (count, Decimal::ZERO), 0)?.times(worth);
        Some((real.shown(self.figure), real.agrees(self.figure) || real.is_near(self.figure)))
    }
}

/// How many years a window is.
fn years(when: &When) -> Option<(Decimal, String)> {
    let When::Window(window) = when else { return None };
    let years = window.last.since(window.first) + 1;
    (years > 1).then(|| (Decimal::from(years), format!("{years}年")))
}
