//! Whether the figures of a change agree.

use rust_decimal::Decimal;

use super::change::Change;
use super::reading::{self, Exact};
use crate::zh::number::{half_up, numeral, plain, shift};
use crate::zh::pattern::Pattern;

/// 翻一番 behind the figure that was reached.
static DOUBLED: Pattern = Pattern::new("^[，,]?[^，。；,;0-9]*?翻了?([一两二三四五1-5])番(多|以上)?");

/// What is wrong with the figures of a change, and how to mend it.
pub(super) fn fault(change: &Change, text: &str) -> Option<(&'static str, String)> {
    if change.from.base() != change.to.base() {
        return None;
    }
    if turned(change) {
        let verb = if change.rises == Some(true) { "减少" } else { "增加" };
        return Some(("的升降和前后两个数对不上", format!("请核对数字，或者把动词改成“{verb}到”")));
    }
    if let Some(right) = change.by.as_ref().and_then(|by| contradiction(change, by)) {
        return Some(("里的变化量和前后两个数对不上", format!("按前后两个数算是{right}，请核对")));
    }
    let times = doubling(change, text)?;
    let hint = format!("后一个数是前一个的{times}倍，翻一番是2倍，翻两番是4倍");
    Some(("翻番的倍数和前后两个数对不上", hint))
}

/// What a stated change really is by its two ends, in words; nothing where it agrees.
pub(super) fn of_change(change: &Change) -> Option<String> {
    if change.from.base() != change.to.base() {
        return None;
    }
    if turned(change) {
        return Some("升降和前后两个数相反，请核对".to_owned());
    }
    let right = contradiction(change, change.by.as_ref()?)?;
    Some(format!("按前后两个数算是{right}，请核对"))
}

/// Whether the verb says up where the figures go down, or the other way round. A rank rises downwards.
fn turned(change: &Change) -> bool {
    let (from, to) = (change.from.value(), change.to.value());
    let rank = ["位", "名"].contains(&change.to.base());
    !rank && from != to && change.rises.is_some_and(|rises| rises != (to > from))
}

/// What the change really is, where another is stated.
fn contradiction(change: &Change, by: &Exact) -> Option<String> {
    let percent = change.to.base() == "%";
    match by.base() {
        "%" if percent => None,
        "个百分点" | "百分点" if percent => differs(change, by),
        "%" => strays(change.rate()?, by, change.slack(Decimal::ZERO)?, "%"),
        "倍" if change.to.value() > change.from.value() => {
            let slack = change.slack(Decimal::ZERO)? / Decimal::ONE_HUNDRED;
            strays(change.rate()? / Decimal::ONE_HUNDRED, by, slack, "倍")
        }
        base if base == change.to.base() => differs(change, by),
        _ => None,
    }
}

/// The real value, where the stated one is neither rounded from it nor cut off.
fn strays(real: Decimal, by: &Exact, slack: Decimal, unit: &str) -> Option<String> {
    let (off, step) = (real - by.value(), by.step());
    let rounded = off.abs() <= step / Decimal::TWO + slack;
    let cut = off.is_sign_positive() && off < step + slack;
    (!rounded && !cut).then(|| format!("{}{unit}", plain(half_up(real, by.amount.decimals.max(1)))))
}

/// The difference in the unit of the stated one, where they differ by more than rounding.
fn differs(change: &Change, by: &Exact) -> Option<String> {
    let difference = change.difference();
    let figures = [&change.from, &change.to, by];
    let whole = figures.iter().all(|figure| figure.is_whole_as(by));
    let coarsest = figures.iter().map(|figure| figure.step()).max().unwrap_or_default();
    let off = (difference - by.value()).abs();
    let finer = by.step() < coarsest;
    let agrees = off.is_zero() || !whole && (off < coarsest || off == coarsest && !finer);
    let unit = &by.amount.unit;
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
