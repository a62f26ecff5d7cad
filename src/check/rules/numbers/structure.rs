//! Shares of one whole that do not make a hundred.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::kinds;
use super::reading::{self, Exact};
use super::told::Line;
use crate::clause::Relation;
use crate::zh::number::{Manner, Said, half_up, plain, read};

/// Arithmetic: the shares of everything that a whole is divided into make 100%.
pub(super) const RULE: Rule = Rule::prose("num-structure", Level::Warning, run);

/// What is said before the figures of a structure.
const STRUCTURE: [&str; 5] = ["结构", "构成", "比重", "比例", "比为"];

/// What is said before shares that are all there are.
const WHOLE: [&str; 6] = ["结构", "构成", "三次产业", "第一产业", "来源", "比例分别"];

/// Words of a part that is left over by the others.
const REST: [&str; 4] = ["及以下", "及以上", "其他", "不满意"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains(['%', '％', '∶', ':', '：'])) {
        let told = Line::of(prose, line);
        let mut said = |span: Range<usize>, sum: Decimal| {
            let message = format!("“{}”各项合起来不是100%", &text[span.clone()]);
            let hint = format!("各项合计是{}%，请核对", plain(sum));
            found.at(&prose.source, reading::place(line, span), message, hint);
        };
        for at in 0..told.figures.len() {
            if let Some(sum) = ratio(&told, at) {
                said(told.figures[at].span.clone(), sum);
            }
        }
        for list in lists(&told) {
            if let Some(sum) = shares(&told, &list) {
                said(told.figures[list[0]].span.start..told.figures[list[list.len() - 1]].span.end, sum);
            }
        }
        for at in 0..told.figures.len() {
            if let Some((list, right)) = apart(&told, at) {
                let span = told.figures[list[0]].span.start..told.figures[list[list.len() - 1]].span.end;
                let ratio = &text[told.figures[at].span.clone()];
                let message = format!("“{}”和比例“{ratio}”对不上", &text[span.clone()]);
                let hint = format!("按{ratio}算是{right}，请核对");
                found.at(&prose.source, reading::place(line, span), message, hint);
            }
        }
    }
}

/// The terms of a ratio with the decimals of the finest.
fn terms(line: &Line<'_>, at: usize) -> Option<(Vec<Decimal>, u32)> {
    let written = read(&line.text[line.figures[at].span.clone()], Manner::Prose).ok()?;
    let Said::Ratio(terms) = written.said else { return None };
    let decimals = terms.iter().map(Decimal::scale).max().unwrap_or_default();
    Some((terms, decimals))
}

/// What the terms of 31.2∶26.5∶42.3 come to, where they should make a hundred and do not.
fn ratio(line: &Line<'_>, at: usize) -> Option<Decimal> {
    let (terms, decimals) = terms(line, at).filter(|(terms, _)| terms.len() > 2)?;
    let sum: Decimal = terms.iter().sum();
    let clause = reading::since(line.text, line.figures[at].span.start, &reading::STOPS);
    let said = STRUCTURE.iter().any(|word| clause.contains(word));
    let near = (sum - Decimal::ONE_HUNDRED).abs() < Decimal::from(20);
    (said && near && is_off(sum, terms.len(), decimals)).then_some(sum)
}

/// Whether shares that were rounded each for itself stray farther from a hundred than rounding does.
fn is_off(sum: Decimal, count: usize, decimals: u32) -> bool {
    let slack = Decimal::new(5, decimals + 1) * Decimal::from(count);
    (sum - Decimal::ONE_HUNDRED).abs() > slack
}

/// The lists of shares: percentages of one sentence, with nothing else between them.
fn lists(line: &Line<'_>) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for at in 0..line.figures.len() {
        if !is_share(line, at) {
            continue;
        }
        let follows = at > 0
            && lists.last().is_some_and(|list| list.last() == Some(&(at - 1)))
            && joined(line.gap(at - 1, at))
            && line.figures[at].depth == line.figures[at - 1].depth;
        match lists.last_mut().filter(|_| follows) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists.into_iter().filter(|list| list.len() > 1).collect()
}

/// Whether a figure may be a share of a list.
fn is_share(line: &Line<'_>, at: usize) -> bool {
    let told = &line.figures[at];
    let share = match &told.claim.relation {
        Relation::Share { of } => of.is_empty(),
        Relation::Level | Relation::State => true,
        _ => false,
    };
    share && told.exact.is_some() && told.base == "%"
}

/// Whether the words between two shares carry on with the same list.
fn joined(gap: &str) -> bool {
    let marks = gap.matches(['，', '、', '；', ',', ';', '和', '与', '及']).count();
    !gap.contains(reading::ENDS) && !gap.contains("其中") && gap.chars().count() <= 16 && marks >= 1
}

/// What shares come to, where they should make a hundred and do not.
fn shares(line: &Line<'_>, list: &[usize]) -> Option<Decimal> {
    let exact: Vec<&Exact> = list.iter().filter_map(|at| line.exact(*at)).collect();
    let sum: Decimal = exact.iter().map(|one| one.value()).sum();
    let decimals = exact.iter().map(|one| one.amount.decimals).min().unwrap_or_default();
    let head = head(line, list[0]);
    let names: Vec<&str> = list.iter().map(|at| line.words(*at)).collect();
    let shares = list.iter().any(|at| matches!(line.figures[*at].claim.relation, Relation::Share { .. }));
    let said = shares || STRUCTURE.iter().any(|word| head.contains(word));
    let after = reading::lead(line.text, exact.last()?.span.end, 12);
    let open = after.starts_with('等') || names.iter().any(|name| is_loose(name));
    let overlap = names.iter().all(|name| !name.is_empty()) && kinds::may_overlap(&names) && list.len() < 3
        || list.len() > 2 && mixed(&names);
    let whole = WHOLE.iter().any(|word| head.contains(word))
        || REST.iter().any(|word| names.iter().any(|name| name.contains(word)));
    let more = sum > Decimal::ONE_HUNDRED && sum < Decimal::from(112) && list.len() > 2 && !overlap;
    let opposites = list.len() == 2 && kinds::opposites(&names);
    let wide = (sum - Decimal::ONE_HUNDRED).abs() < Decimal::from(30);
    let sure = more || wide && (opposites || whole && list.len() > 2 && !overlap) || is_slip(&exact, sum);
    (said && !open && sure && is_off(sum, list.len(), decimals)).then_some(sum)
}

/// The sentence before the first share of a list, which says what is divided.
fn head<'l>(line: &Line<'l>, first: usize) -> &'l str {
    let start = line.figures[first].span.start;
    reading::since(line.text, start, &['。', '！', '；'])
}

/// Whether a name says that it is no part beside the others.
fn is_loose(name: &str) -> bool {
    ["两者", "都有", "均", "率", "增", "降", "合计", "完成"].iter().any(|word| name.contains(word))
}

/// Whether the names divide in more than one way.
fn mixed(names: &[&str]) -> bool {
    let said: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    said.len() == names.len()
        && kinds::may_overlap(&said)
        && !REST.iter().any(|word| said.iter().any(|name| name.contains(word)))
}

/// Whether shares would make a hundred if two neighbouring digits of one changed places.
fn is_slip(shares: &[&Exact], sum: Decimal) -> bool {
    let off = Decimal::ONE_HUNDRED - sum;
    shares.iter().any(|share| super::parts::swaps(share).any(|more| more == off))
}

/// 比为5∶3∶2，分别占50%、30%、20%: shares that do not follow from the ratio before them.
fn apart(line: &Line<'_>, at: usize) -> Option<(Vec<usize>, String)> {
    let (terms, _) = terms(line, at)?;
    let list: Vec<usize> = (at + 1..line.figures.len()).take(terms.len()).collect();
    let gap = (list.len() == terms.len()).then(|| line.gap(at, at + 1))?;
    let share =
        gap.contains('占') && gap.chars().count() < 10 && list.iter().all(|at| line.figures[*at].base == "%");
    let sum: Decimal = terms.iter().sum();
    let exact: Vec<&Exact> = list.iter().filter_map(|at| line.exact(*at)).collect();
    let right: Option<Vec<Decimal>> =
        terms.iter().map(|term| (*term * Decimal::ONE_HUNDRED).checked_div(sum)).collect();
    let right = right.filter(|_| share && exact.len() == terms.len())?;
    let off = exact.iter().zip(&right).any(|(stated, right)| (stated.value() - right).abs() > stated.step());
    let shown: Vec<String> = right.iter().map(|right| format!("{}%", plain(half_up(*right, 1)))).collect();
    off.then(|| (list, shown.join("、")))
}
