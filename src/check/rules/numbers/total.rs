//! Parts that do not add up to their total.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::parts::{list, row, slack, sum};
use super::reading::{self, Exact};
use crate::zh::number::{plain, shift};

/// Arithmetic: parts are not more than their total, and a complete list is equal to it.
pub(super) const RULE: Rule = Rule::prose("num-total", Level::Warning, run);

/// 其中 between a total and its first part.
static AMONG: Pattern = Pattern::new("^[^，。；,;0-9]*[，,（(；;]?其中[：:，]?[^，。；、,;0-9]*$");

/// 按类型分 between a total and the first part of a complete list.
static DIVIDED: Pattern =
    Pattern::new("^[^，。；,;0-9]*[，,](?:按|从)[^，。；、,;0-9]+(?:分|看)[，：,:]?[^，。；、,;0-9]*$");

/// 分别 between a total and the first of a row of bare figures.
static EACH: Pattern = Pattern::new("^[^。；;0-9]*分别[^，。；0-9增减提下上降升比较占高低]{0,4}$");

/// The longest stretch between a total and its first part, in bytes.
const GAP: usize = 180;

/// Between a list and its total.
static SUM: Pattern = Pattern::new("^[，,]?(?:合计|共计|总计)[^，。；、,;0-9]{0,4}$");

/// What follows a list that is complete.
static CLOSED: Pattern = Pattern::new("^[^，。；、,;0-9（(]{0,3}(?:[，。；,;）)]|$)");

/// Names of parts that may overlap.
const OVERLAP: [&str; 16] = [
    "女",
    "少数民族",
    "学历",
    "岁",
    "大专",
    "本科",
    "党外",
    "青年",
    "以上",
    "以下",
    "残疾",
    "低保",
    "党员",
    "职称",
    "退休",
    "等",
];

/// Words before a figure that is a change, not a total.
const CHANGES: [&str; 9] = ["增加", "减少", "增长", "多", "少", "增加了", "减少了", "下降", "缺"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains(['中', '分', '计'])) {
        let figures = reading::exact(line);
        for at in 0..figures.len() {
            let wrong = parts_of(text, &figures[at..])
                .or_else(|| row_of(text, &figures[at..]))
                .or_else(|| sum_of(text, &figures, at));
            if let Some((span, total, sum)) = wrong {
                say(prose, line, span, total, sum, found);
            }
        }
    }
}

/// The longest list before 合计 that is looked at.
const LONGEST: usize = 16;

/// What does not add up: where, the total, and what the parts come to.
type Wrong<'e> = (Range<usize>, &'e Exact, Decimal);

fn say(
    prose: &Prose,
    line: &ProseLine,
    span: Range<usize>,
    total: &Exact,
    sum: Decimal,
    found: &mut Findings<'_>,
) {
    let unit = &total.amount.unit;
    let sum = format!("{}{unit}", plain(shift(sum, unit.scale)));
    let message = format!("“{}”与各分项对不上", &prose.text(line)[total.span.clone()]);
    let hint = format!("各分项合计是{sum}，请核对总数和分项");
    found.at(&prose.source, reading::place(line, span), message, hint);
}

/// A total with 其中, or with a complete division.
fn parts_of<'e>(text: &str, figures: &'e [Exact]) -> Option<Wrong<'e>> {
    let [total, first, ..] = figures else { return None };
    let gap = text.get(total.span.end..first.span.start).filter(|gap| gap.len() <= GAP)?;
    let (among, divided) = (AMONG.is_match(gap), DIVIDED.is_match(gap));
    let change = CHANGES.iter().any(|word| text[..total.span.start].ends_with(word));
    if first.base() != total.base() || change || !(among || divided) {
        return None;
    }
    let parts = list(text, &figures[1..], total.base());
    let (last, sum) = (parts.last()?, sum(parts));
    let names = &text[total.span.end..last.span.end];
    let over = first.value() > total.value() + slack(total, &parts[..1]);
    let overlap =
        OVERLAP.iter().any(|word| names.contains(word)) && !(names.contains('男') && parts.len() == 2);
    let apart = parts.len() > 1 && !overlap && CLOSED.is_match(reading::lead(text, last.span.end, 24));
    let more = sum > total.value() + slack(total, parts);
    let less = divided && sum + slack(total, parts) < total.value();
    (over || apart && (more || less)).then_some((total.span.start..last.span.end, total, sum))
}

/// A total with a row of figures behind 分别.
fn row_of<'e>(text: &str, figures: &'e [Exact]) -> Option<Wrong<'e>> {
    let [total, first, ..] = figures else { return None };
    let gap = text.get(total.span.end..first.span.start).filter(|gap| gap.len() <= GAP)?;
    let said = ["共", "合计", "总计", "累计"]
        .iter()
        .any(|word| reading::tail(text, total.span.start, 24).contains(word));
    if !said || !EACH.is_match(gap) {
        return None;
    }
    let row = row(text, &figures[1..], total.base());
    let (last, sum) = (row.last()?, sum(row));
    let whole = row.len() > 1
        && last.base() == total.base()
        && CLOSED.is_match(reading::lead(text, last.span.end, 24));
    let off =
        (sum - total.value()).abs() > slack(total, row) && (sum > total.value() || !gap.contains("其中"));
    (whole && off).then_some((total.span.start..last.span.end, total, sum))
}

/// A list with 合计 behind it; where it begins, nobody knows, so every beginning is tried.
fn sum_of<'e>(text: &str, figures: &'e [Exact], at: usize) -> Option<Wrong<'e>> {
    let total = figures.get(at + 1)?;
    let gap = text.get(figures[at].span.end..total.span.start)?;
    SUM.is_match(gap).then_some(())?;
    let start = (0..=at)
        .rev()
        .take(LONGEST)
        .take_while(|from| list(text, &figures[*from..=at], total.base()).len() == at + 1 - from)
        .last()?;
    let parts = &figures[start..=at];
    let fits = |parts: &[Exact]| (sum(parts) - total.value()).abs() <= slack(total, parts);
    let any = (0..parts.len()).any(|from| fits(&parts[from..]));
    (parts.len() > 1 && !any).then(|| (parts[0].span.start..total.span.end, total, sum(parts)))
}
