//! 增加到 and 增加了: both ends and the change must agree.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::super::pattern;
use super::change::{self, Change};
use super::reading::{self, Exact};
use crate::check::{Findings, Line, Prose, Rule, Run};
use crate::diag::Level;
use crate::facts::quantity::plain;
use crate::figures::amount::{half_up, shift};
use crate::zh::numeral;

/// Usage: 到 names the new level, 了 or nothing the change, and the three numbers follow from each other.
pub(super) const RULE: Rule =
    Rule { name: "num-to-le", level: Level::Warning, page: include_str!("to_le.md"), run: Run::Prose(run) };

/// 由100户增加50户到150户.
static CROSSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"((?:由|从)[^，。；,;]{0,20}?[0-9.]+[万亿]?[\p{Han}%]{0,3}?(?:增加|增长|提高|上升|减少|下降|降低)了?[0-9.]+[万亿]?[^，。；,;0-9到至]{1,4}(?:到|至))[0-9]",
    )
});

/// 增加了到150户.
static BOTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern("((?:增加|增长|提高|上升|提升|扩大|减少|下降|降低|缩短|压缩)了(?:到|至))[约近]?[0-9]")
});

/// 比上年增长到12%.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "((?:同比|(?:比|较)(?:上年|去年|上一?年度|去年同期|上年同期|年初|上月))\
         (?:增长|增加|提高|上升|下降|减少|降低)(?:到|至)[0-9.]+[%％])",
    )
});

/// 翻一番 behind the figure that was reached.
static DOUBLED: LazyLock<Regex> =
    LazyLock::new(|| pattern("^[，,]?[^，。；,;0-9]{0,8}?翻了?([一两二三1-3])番(多|以上)?"));

/// What a line is about where its per cent is a level.
const LEVELS: [&str; 6] = ["率", "占", "比重", "度", "面", "增幅"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for change in change::changes(line, text) {
            judge(prose, line, text, &change, found);
        }
    }
    wording(prose, found);
}

/// Says where the figures of a change do not agree.
fn judge(prose: &Prose, line: &Line, text: &str, change: &Change, found: &mut Findings<'_>) {
    if change.from.base() != change.to.base() {
        return;
    }
    let span = change.span();
    let wrong = &text[span.clone()];
    let place = reading::place(line, span);
    if turned(change) {
        let message = format!("“{wrong}”的升降和前后两个数对不上");
        let hint = format!("请核对数字，或者把动词改成“{}到”", if change.rises { "减少" } else { "增加" });
        found.at(&prose.source, place, message, hint);
    } else if let Some(right) = change.by.as_ref().and_then(|by| contradiction(change, by)) {
        let message = format!("“{wrong}”里的变化量和前后两个数对不上");
        found.at(&prose.source, place, message, format!("按前后两个数算是{right}，请核对"));
    } else if let Some(right) = doubling(change, text) {
        let message = format!("“{wrong}”翻番的倍数和前后两个数对不上");
        found.at(
            &prose.source,
            place,
            message,
            format!("后一个数是前一个的{right}倍，翻一番是2倍，翻两番是4倍"),
        );
    }
}

/// Whether the verb says up where the figures go down, or the other way round. A rank rises downwards.
fn turned(change: &Change) -> bool {
    let (from, to) = (change.from.value(), change.to.value());
    let rank = ["位", "名"].contains(&change.to.base());
    !rank && from != to && (to > from) != change.rises
}

/// What the change really is, where another is stated.
fn contradiction(change: &Change, by: &Exact) -> Option<String> {
    let percent = change.to.base() == "%";
    match by.base() {
        "%" if percent => None,
        "个百分点" | "百分点" if percent => differs(change, by, change.difference()),
        "%" => {
            let rate = change.rate()?;
            let off = (rate - by.value()).abs() > change.slack(by.step())?;
            off.then(|| format!("{}%", plain(half_up(rate, by.quantity.decimals.max(1)))))
        }
        "倍" if change.rises => {
            let times = change.rate()? / Decimal::ONE_HUNDRED;
            let half = Decimal::new(5, by.quantity.decimals + 1);
            let off = (times - by.value()).abs() > half + change.slack(Decimal::ZERO)? / Decimal::ONE_HUNDRED;
            off.then(|| format!("{}倍", plain(half_up(times, by.quantity.decimals.max(1)))))
        }
        base if base == change.to.base() => differs(change, by, change.difference()),
        _ => None,
    }
}

/// The difference in the unit of the stated one, where they differ by more than rounding.
fn differs(change: &Change, by: &Exact, difference: Decimal) -> Option<String> {
    let figures = [&change.from, &change.to, by];
    let whole = figures.iter().all(|figure| figure.is_whole_as(by));
    let coarsest = figures.iter().map(|figure| figure.step()).max().unwrap_or_default();
    let off = (difference - by.value()).abs();
    let finer = by.step() < coarsest;
    let agrees = off.is_zero() || !whole && (off < coarsest || off == coarsest && !finer);
    let unit = &by.quantity.unit;
    (!agrees).then(|| format!("{}{unit}", plain(shift(difference, unit.scale))))
}

/// How many times as much it became, where 翻一番 and its like say otherwise.
fn doubling(change: &Change, text: &str) -> Option<String> {
    let groups = DOUBLED.captures(reading::lead(text, change.to.span.end, 60))?;
    let times = groups.get(1)?.as_str();
    let times: u32 = times.parse().ok().or_else(|| numeral::parse(times)?.try_into().ok())?;
    let wanted = Decimal::from(2_u32.pow(times));
    let real = change.to.value().checked_div(change.from.value())?;
    let low = wanted * Decimal::new(9, 1);
    let high = wanted * Decimal::new(145, 2);
    let off = real < low || real > high && groups.get(2).is_none();
    off.then(|| plain(half_up(real, 1)))
}

/// Says where 到 and 了 are confused whatever the figures are.
fn wording(prose: &Prose, found: &mut Findings<'_>) {
    for (pattern, message, hint) in [
        (&CROSSED, "增加的量和增加到的数混在一起", "请写成“由A增加到B，增加C”"),
        (&BOTH, "“了”和“到”不能连用", "说结果用“增加到”，说增量用“增加了”，请留一个"),
        (&RATE, "说的是增减幅度，不用“到”", "请去掉“到”，写成“增长x%”；如果说的是水平，请写明是什么率"),
    ] {
        for (line, groups) in prose.matches(pattern) {
            let Some(hit) = groups.get(1).filter(|hit| !line.is_quoted(&hit.range())) else { continue };
            let clause = reading::since(prose.text(line), hit.start(), &reading::STOPS);
            let level = std::ptr::eq(pattern, &RATE) && LEVELS.iter().any(|word| clause.contains(word));
            if !level {
                let message = format!("“{}”{message}", hit.as_str());
                found.at(&prose.source, reading::place(line, hit.range()), message, hint);
            }
        }
    }
}
