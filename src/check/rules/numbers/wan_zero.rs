//! Zeros that 万 or the point make needless.

use super::super::prelude::*;
use super::reading::{self, Exact};
use crate::zh::number::{Scale, plain, shift};

/// Practice: 3万元, neither 3.00万元 nor 30000元 beside 5万元.
pub(super) const RULE: Rule = Rule::prose("num-wan-zero", Level::Warning, run);

/// 3.00万元.
static ZEROS: Pattern = Pattern::new(r"[0-9]+(\.0+)[余多]?[万亿]");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let scaled = |text: &str| text.contains(['万', '亿']);
    for (line, text) in prose.each().filter(|(line, text)| scaled(text) && !reading::is_table(line, text)) {
        let figures = reading::exact(line);
        decimals(prose, line, text, &figures, found);
        for (at, figure) in figures.iter().enumerate().filter(|(_, figure)| is_round(figure)) {
            let each = reading::since(text, figure.span.start, &reading::STOPS).contains("人均");
            if !each && reading::around(&figures, at).any(|other| is_beside(text, figure, other)) {
                let right = format!("{}万{}", plain(shift(figure.value(), Scale::WAN)), figure.base());
                let message = format!("“{}”和同一句里的“万”写法不一致", &text[figure.span.clone()]);
                let span = reading::place(line, figure.span.clone());
                found.fix(&prose.source, span, right.clone(), message, format!("请写成“{right}”"));
            }
        }
    }
}

/// Whether the other amount is written with 万 in the same sentence.
fn is_beside(text: &str, figure: &Exact, other: &Exact) -> bool {
    let (first, last) = (figure.span.end.min(other.span.end), figure.span.start.max(other.span.start));
    let scaled = other.amount.unit.scale == Scale::WAN && other.base() == figure.base();
    scaled && reading::together(text, first, last, &reading::ENDS)
}

/// 3.00万元, unless a fellow in the line has as many decimals, so that the zeros show the precision.
fn decimals(prose: &Prose, line: &ProseLine, text: &str, figures: &[Exact], found: &mut Findings<'_>) {
    for groups in ZEROS.captures_iter(text) {
        let (Some(hit), Some(zeros)) = (groups.get(0), groups.get(1)) else { continue };
        let tied = before(text, hit.start()).is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
        let precise = figures.iter().any(|one| is_as_precise(one, zeros.as_str().len() - 1));
        if tied || precise || line.is_quoted(&hit.range()) {
            continue;
        }
        let message = format!("“{}”小数点后的0是多余的", hit.as_str());
        let hint = format!("请写成“{}”", hit.as_str().replacen(zeros.as_str(), "", 1));
        found.fix(&prose.source, reading::place(line, zeros.range()), "", message, hint);
    }
}

/// Whether an amount in 万 or 亿 needs so many decimals.
fn is_as_precise(one: &Exact, decimals: usize) -> bool {
    let scaled = one.amount.unit.is_scaled() && one.amount.decimals as usize == decimals;
    scaled && !one.amount.coefficient().fract().is_zero()
}

/// A whole number of 万 written out: 30000元.
fn is_round(figure: &Exact) -> bool {
    let unit = &figure.amount.unit;
    let wan = Scale::WAN.factor();
    !unit.is_scaled() && !unit.base.is_empty() && figure.value() >= wan && (figure.value() % wan).is_zero()
}
