//! What a workbook would change, in words for the terminal.

use super::merge::Merged;
use super::proposal::{Proposal, Proposed};
use crate::facts;
use crate::facts::registry::{Formula, IndicatorKind};
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::width::{cut, display_width, pad_right};

/// Changes that are shown one by one.
const SHOWN: usize = 200;
/// The widest that a value is shown.
const WIDEST: usize = 60;

/// The changes by year, each with its place in the workbook, what stands there now and what would.
pub fn changes(proposal: &Proposal) -> String {
    let mut text = String::new();
    for year in proposal.changes.iter().map(|change| change.year).collect::<std::collections::BTreeSet<_>>() {
        let of_year: Vec<&Proposed> = proposal.changes.iter().filter(|change| change.year == year).collect();
        text.push_str(&format!("{} 要改{}处：\n", facts::file(year), of_year.len()));
        let rows: Vec<[String; 3]> = of_year.iter().take(SHOWN).map(|change| line(change)).collect();
        let width = |at: usize| rows.iter().map(|row| display_width(&row[at])).max().unwrap_or(0).min(WIDEST);
        let (first, second) = (width(0), width(1));
        for [at, what, words] in &rows {
            text.push_str(&format!("  {}  {}  {words}\n", pad_right(at, first), pad_right(what, second)));
        }
        if of_year.len() > SHOWN {
            text.push_str(&format!("  ……另有{}处\n", of_year.len() - SHOWN));
        }
    }
    text
}

/// Where, which fact, and what becomes of it.
fn line(change: &Proposed) -> [String; 3] {
    let shown = |words: &str| {
        if words.is_empty() { "（空）".to_owned() } else { cut(&words.replace('\n', "、"), WIDEST) }
    };
    let fact = match change.what {
        "值" => change.path.clone(),
        what => format!("{} {what}", change.path),
    };
    let words = match change.what {
        "新增" | "顺序" => shown(&change.new),
        "删去" => shown(&change.old),
        _ => format!("{} → {}", shown(&change.old), shown(&change.new)),
    };
    [change.at.clone(), fact, words]
}

/// Who has returned the form, and who has not.
pub fn returned(merged: &Merged) -> String {
    let missing = merged.missing();
    let count = merged.units.len();
    let mut text =
        format!("{}“{}”：应交{count}个，已交{}个", merged.year, merged.ledger, count - missing.len());
    if missing.is_empty() {
        text.push_str("，都交齐了\n");
    } else {
        text.push_str(&format!("，还差{}个：{}\n", missing.len(), missing.join("、")));
    }
    text
}

/// What the formulas of the registry add up of a ledger: the indicator, and its figure or why there is none.
pub fn sums(figures: &Figures, ledger: &str, year: Period) -> Vec<(String, String)> {
    let words = |path: &str| match figures.figure(path, year) {
        Ok(figure) => format!("{}（{}个数相加）", figure.text, figure.facts.len()),
        Err(trouble) => format!("还算不出来，{}", trouble.diagnostic.message),
    };
    adding(figures, ledger).map(|(path, _)| (path.to_owned(), words(path))).collect()
}

/// The indicators that add up a column of a ledger, each with the column.
fn adding<'f>(figures: &'f Figures, ledger: &str) -> impl Iterator<Item = (&'f str, &'f str)> {
    let registry = &figures.facts().registry.indicators;
    registry.values().filter_map(move |indicator| match &indicator.formula {
        Some(Formula::Sum { ledger: of, column, .. }) if of == ledger => {
            Some((indicator.path.as_str(), column.as_str()))
        }
        _ => None,
    })
}

/// What the formulas of the registry make of a ledger, and its columns that none adds up.
pub fn totals(figures: &Figures, ledger: &str, year: Period) -> String {
    let registry = &figures.facts().registry.indicators;
    let mut text = String::new();
    for (path, words) in sums(figures, ledger, year) {
        text.push_str(&format!("  {path}：{words}\n"));
    }
    let columns = registry.get(ledger).into_iter().flat_map(|indicator| &indicator.columns);
    let open = columns.filter(|(name, column)| {
        matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock)
            && !adding(figures, ledger).any(|(_, summed)| summed == name.as_str())
    });
    for (name, column) in open {
        let unit = column.unit.as_ref().map(|unit| format!("单位: {unit}, ")).unwrap_or_default();
        let kind = if column.kind == IndicatorKind::Flow { "时期" } else { "时点" };
        text.push_str(&format!(
            "  “{name}”还没有合计，需要时在“指标.yaml”里加上：全镇.{name}: {{{unit}类型: {kind}, 公式: {{合计: {ledger}.{name}}}}}\n"
        ));
    }
    text
}
