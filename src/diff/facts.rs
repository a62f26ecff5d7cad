//! The facts of two years side by side: change, rate, and what a second look should fall on.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::facts::value::{Row, Value};
use crate::figures::compare::{is_rank, shown_rate};
use crate::figures::{Figure, Figures, value_text};
use crate::zh::number::{Amount, Bound, are_kin, half_up, points, shift};

/// A swing of more per cent than this is remarked unless the project says otherwise, if the larger value
/// is at least `SWING_LEAST`.
pub const SWING: u32 = 50;
const SWING_LEAST: i64 = 10;
/// How near to 1,000 or 10,000 times a quotient must lie to look like a wrong unit: three quarters to four thirds.
const NEAR: (Decimal, Decimal) =
    (Decimal::from_parts(75, 0, 0, false, 2), Decimal::from_parts(134, 0, 0, false, 2));

/// What a second look should fall on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// 今年没有.
    Missing,
    /// 今年新增.
    New,
    /// 与上年相同.
    Same,
    /// 变化超过N%.
    Swing(u32),
    /// 疑似差N倍 (a power of ten: a slip of unit or point).
    Slip(u32),
    /// One of the two is negative, or last year is 0: no rate.
    NoBase,
    /// 降为0.
    Zero,
    /// 单位换算.
    Converted,
    /// 单位不可比.
    Incomparable,
    /// 约数.
    Approximate,
}

impl Flag {
    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Flag::Missing => "missing",
            Flag::New => "new",
            Flag::Same => "same",
            Flag::Swing(_) => "swing",
            Flag::Slip(_) => "slip",
            Flag::NoBase => "no-base",
            Flag::Zero => "zero",
            Flag::Converted => "converted",
            Flag::Incomparable => "incomparable",
            Flag::Approximate => "approximate",
        }
    }

    /// What it says to staff.
    pub fn label(self) -> String {
        match self {
            Flag::Missing => "今年没有".to_owned(),
            Flag::New => "今年新增".to_owned(),
            Flag::Same => "与上年相同".to_owned(),
            Flag::Swing(most) => format!("变化超过{most}%，请核对"),
            Flag::Slip(power) => format!("疑似差{}倍（单位或小数点）", slip_words(power)),
            Flag::NoBase => "上年为0或负数，不计算增幅".to_owned(),
            Flag::Zero => "降为0，请核对".to_owned(),
            Flag::Converted => "单位已换算".to_owned(),
            Flag::Incomparable => "单位不可比".to_owned(),
            Flag::Approximate => "含约数，增减只是大概".to_owned(),
        }
    }

    /// Whether it asks for a second look; the others only explain.
    pub fn asks(self) -> bool {
        matches!(self, Flag::Missing | Flag::Swing(_) | Flag::Slip(_) | Flag::Zero | Flag::Incomparable)
    }
}

fn slip_words(power: u32) -> &'static str {
    match power {
        1 => "10",
        2 => "100",
        3 => "1000",
        _ => "1万",
    }
}

/// One value of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// As written.
    pub text: String,
    /// The number in its unit; nothing for words.
    pub number: Option<Amount>,
    from: Origin,
}

/// Where a value comes from; it is put into words when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Figure(Arc<Figure>),
    Place(String),
}

impl Said {
    /// How it was computed, and from which file and line.
    pub fn origin(&self) -> String {
        match &self.from {
            Origin::Figure(figure) => figure.trail().origin(),
            Origin::Place(place) => place.clone(),
        }
    }
}

/// What happened to a row of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 新增.
    New,
    /// 删去.
    Removed,
    /// 有变化.
    Changed,
    /// 相同.
    Same,
}

impl Status {
    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Removed => "removed",
            Status::Changed => "changed",
            Status::Same => "same",
        }
    }

    /// Its name for staff.
    pub fn label(self) -> &'static str {
        match self {
            Status::New => "新增",
            Status::Removed => "删去",
            Status::Changed => "有变化",
            Status::Same => "相同",
        }
    }
}

/// A row of a ledger that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// What the row is known by.
    pub key: String,
    /// What happened to it.
    pub status: Status,
    /// Columns that differ: name, then, now.
    pub fields: Vec<(String, String, String)>,
}

/// An indicator in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// Dotted path.
    pub path: String,
    /// Its value last year.
    pub then: Option<Said>,
    /// Its value this year.
    pub now: Option<Said>,
    /// This year minus last year, in this year's unit (rates: 个百分点), with its sign.
    pub change: Option<Decimal>,
    /// The unit of the change.
    pub unit: String,
    /// Growth in per cent with one decimal and its sign; nothing for rates and words.
    pub rate: Option<Decimal>,
    /// What to look at.
    pub flags: Vec<Flag>,
    /// Rows, where it is a ledger.
    pub rows: Vec<RowChange>,
}

impl FactChange {
    /// Whether anything differs between the years.
    pub fn changed(&self) -> bool {
        let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
        text(&self.then) != text(&self.now) || self.rows.iter().any(|row| row.status != Status::Same)
    }

    /// Whether anything asks for a second look.
    pub fn asks(&self) -> bool {
        self.flags.iter().any(|flag| flag.asks())
    }

    /// Last year's number in this year's unit, where the two can be compared.
    pub fn then_in_unit(&self) -> Option<Decimal> {
        let now = self.now.as_ref()?.number.as_ref()?;
        now.coefficient_to(0).checked_sub(self.change?)
    }
}

/// Every indicator that either report's year knows, in the order of this year's project; `swing` is the
/// per cent from which on a change is remarked.
pub fn compare(old: &Figures, new: &Figures, swing: u32) -> Vec<FactChange> {
    let mut paths = new.paths();
    let known: std::collections::BTreeSet<&str> = paths.iter().copied().collect();
    paths.extend(old.paths().into_iter().filter(|path| !known.contains(path)));
    let changes = paths.into_iter().filter_map(|path| change(path, old, new, swing));
    changes.map(|change| FactChange { rows: row_changes(&change.path, old, new), ..change }).collect()
}

fn said(figures: &Figures, path: &str) -> Option<Said> {
    let year = figures.period();
    if let Ok(figure) = figures.figure(path, year) {
        let number = Some(figure.amount.clone());
        return Some(Said { text: figure.text.clone(), number, from: Origin::Figure(figure) });
    }
    let fact = figures.fact(path, year).ok()?;
    let from = Origin::Place(format!("{} 第{}行", fact.place.source.name, fact.place.line()));
    Some(Said { text: value_text(&fact.value), number: None, from })
}

/// The rows of a ledger in the year of a report.
fn rows<'f>(figures: &'f Figures, path: &str) -> Option<&'f [Arc<Row>]> {
    match &figures.fact(path, figures.period()).ok()?.value {
        Value::Ledger(rows) => Some(rows),
        _ => None,
    }
}

/// One indicator, where either knows it; of a ledger the rows are left out.
pub fn change(path: &str, old: &Figures, new: &Figures, swing: u32) -> Option<FactChange> {
    let (then, now) = (said(old, path), said(new, path));
    let mut change = FactChange {
        path: path.to_owned(),
        change: None,
        unit: String::new(),
        rate: None,
        flags: Vec::new(),
        rows: Vec::new(),
        then,
        now,
    };
    match (&change.then, &change.now) {
        (Some(_), None) => change.flags.push(Flag::Missing),
        (None, Some(_)) => change.flags.push(Flag::New),
        (Some(Said { number: Some(then), .. }), Some(Said { number: Some(now), .. })) => {
            let (then, now) = (then.clone(), now.clone());
            numbers(&mut change, &then, &now, swing);
        }
        _ => {}
    }
    (change.then.is_some() || change.now.is_some()).then_some(change)
}

fn row_changes(path: &str, old: &Figures, new: &Figures) -> Vec<RowChange> {
    let (Some(then), Some(now)) = (rows(old, path), rows(new, path)) else { return Vec::new() };
    let indicator = new.facts().registry.indicators.get(path);
    ledger(then, now, indicator.and_then(|indicator| indicator.key.as_deref()))
}

fn numbers(change: &mut FactChange, then: &Amount, now: &Amount, swing: u32) {
    if !are_kin(&then.unit.base, &now.unit.base) {
        return change.flags.push(Flag::Incomparable);
    }
    if then.unit != now.unit {
        change.flags.push(Flag::Converted);
    }
    // Last year's value in this year's unit without its scale.
    let Ok(before) = then.value_in(&now.unit) else { return };
    let Some(difference) = now.value.checked_sub(before) else { return };
    let approximate = then.bound != Bound::Exact || now.bound != Bound::Exact;
    if approximate {
        change.flags.push(Flag::Approximate);
    }
    let exact = shift(difference, now.unit.scale);
    let rounded = then.is_rounded() || now.is_rounded();
    let shown = if rounded { half_up(exact, then.decimals.max(now.decimals)) } else { exact };
    change.change = Some(shown.normalize());
    let points = points(&now.unit.base);
    change.unit = points.map_or_else(|| now.unit.to_string(), str::to_owned);
    if difference.is_zero() && !approximate {
        change.flags.push(Flag::Same);
    }
    if points.is_some() || is_rank(&change.path, &now.unit.base) {
        return;
    }
    if before <= Decimal::ZERO || now.value < Decimal::ZERO {
        if !difference.is_zero() {
            change.flags.push(Flag::NoBase);
        }
        return;
    }
    let growth = difference.checked_mul(Decimal::ONE_HUNDRED).and_then(|all| all.checked_div(before));
    change.rate = growth.map(one_decimal);
    if now.value.is_zero() {
        return change.flags.push(Flag::Zero);
    }
    if let Some(power) = slip(before, now.value) {
        change.flags.push(Flag::Slip(power));
    } else if growth.is_some_and(|growth| growth.abs() > Decimal::from(swing))
        && before.max(now.value) >= Decimal::from(SWING_LEAST)
    {
        change.flags.push(Flag::Swing(swing));
    }
}

/// Rounded half up to one decimal, which stays where it is zero; more where it would say nothing of what is something.
fn one_decimal(growth: Decimal) -> Decimal {
    let mut rounded = shown_rate(growth, 1);
    rounded.rescale(rounded.scale().max(1));
    rounded.set_sign_negative(growth.is_sign_negative());
    rounded
}

/// The power of ten that one value seems to be off by: exactly 10 or 100 times, or about 1,000 or 10,000.
fn slip(before: Decimal, now: Decimal) -> Option<u32> {
    let quotient = before.max(now).checked_div(before.min(now))?;
    let about = |times: i64| {
        let part = quotient / Decimal::from(times);
        (NEAR.0..=NEAR.1).contains(&part)
    };
    match quotient {
        exact if exact == Decimal::TEN => Some(1),
        exact if exact == Decimal::ONE_HUNDRED => Some(2),
        _ if about(1000) => Some(3),
        _ if about(10_000) => Some(4),
        _ => None,
    }
}

/// Rows by their key, else by their first words; the order does not matter.
fn ledger(then: &[Arc<Row>], now: &[Arc<Row>], key: Option<&str>) -> Vec<RowChange> {
    let name = |row: &Row| {
        let cell = key.and_then(|key| row.cells.get(key)).or_else(|| {
            row.cells.values().find(|cell| matches!(cell.value, Value::Text(_))).or(row.cells.values().next())
        });
        cell.map(|cell| value_text(&cell.value)).unwrap_or_default()
    };
    // Rows of one name meet in their order.
    let mut before: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    then.iter().rev().for_each(|row| before.entry(name(row)).or_default().push(row));
    let mut changes: Vec<RowChange> = Vec::new();
    for row in now {
        let key = name(row);
        let old = before.get_mut(&key).and_then(Vec::pop);
        let fields = old.map(|old| fields(old, row)).unwrap_or_default();
        let status = match old {
            None => Status::New,
            Some(_) if fields.is_empty() => Status::Same,
            Some(_) => Status::Changed,
        };
        changes.push(RowChange { key, status, fields });
    }
    for row in then {
        let key = name(row);
        if before.get_mut(&key).and_then(Vec::pop).is_some() {
            changes.push(RowChange { key, status: Status::Removed, fields: Vec::new() });
        }
    }
    changes
}

fn fields(then: &Row, now: &Row) -> Vec<(String, String, String)> {
    let text = |row: &Row, column: &str| {
        row.cells.get(column).map(|cell| value_text(&cell.value)).unwrap_or_default()
    };
    let gone = then.cells.keys().filter(|column| !now.cells.contains_key(*column));
    let columns = now.cells.keys().chain(gone);
    columns
        .map(|column| (column.clone(), text(then, column), text(now, column)))
        .filter(|(_, then, now)| then != now)
        .collect()
}

/// A number with its sign: `+3`, `-0.5`, `0`.
pub fn signed(number: Decimal) -> String {
    let sign = if number.is_sign_positive() && !number.is_zero() { "+" } else { "" };
    format!("{sign}{number}")
}

impl FactChange {
    /// What went up, as it is felt: a rank rises where its number falls.
    pub fn rise(&self) -> Option<Decimal> {
        self.change.map(|change| if is_rank(&self.path, &self.unit) { -change } else { change })
    }

    /// The change in words: `+3次`, `+0.6个百分点`, `上升2位`, `持平`, or `-` where there is none.
    pub fn change_words(&self) -> String {
        match self.change {
            Some(change) if change.is_zero() => "持平".to_owned(),
            Some(change) if is_rank(&self.path, &self.unit) => {
                let way = if change > Decimal::ZERO { "下降" } else { "上升" };
                let unit = if self.unit.is_empty() { "位" } else { &self.unit };
                format!("{}{way}{}{unit}", self.about(), change.abs())
            }
            Some(change) => format!("{}{}{}", self.about(), signed(change), self.unit),
            None => "-".to_owned(),
        }
    }

    /// The rate in words: `+5.8%`, or `-`.
    pub fn rate_words(&self) -> String {
        match self.rate {
            Some(rate) if self.change != Some(Decimal::ZERO) => format!("{}{}%", self.about(), signed(rate)),
            _ => "-".to_owned(),
        }
    }

    fn about(&self) -> &'static str {
        if self.flags.contains(&Flag::Approximate) { "约" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::value::Quantity;

    fn compared(then: &str, now: &str) -> FactChange {
        of("指标", then, now)
    }

    fn of(path: &str, then: &str, now: &str) -> FactChange {
        let amount = |text: &str| Quantity::parse(text).expect("a quantity").amount;
        let mut change = FactChange {
            path: path.into(),
            then: None,
            now: None,
            change: None,
            unit: String::new(),
            rate: None,
            flags: Vec::new(),
            rows: Vec::new(),
        };
        numbers(&mut change, &amount(then), &amount(now), SWING);
        change
    }

    #[test]
    fn a_rank_rises_where_its_number_falls() {
        for (then, now, words, rise) in
            [("7位", "5位", "上升2位", 2), ("5", "7", "下降2位", -2), ("5名", "5名", "持平", 0)]
        {
            let found = of("综合排名", then, now);
            assert_eq!((found.change_words().as_str(), found.rate_words().as_str()), (words, "-"));
            assert_eq!(found.rise(), Some(Decimal::from(rise)));
        }
    }

    #[test]
    fn changes_are_exact_and_rates_have_one_decimal() {
        for (then, now, change, rate, flags) in [
            ("8.6亿元", "9.1亿元", "+0.5亿元", "+5.8%", ""),
            ("9000万元", "1.2亿元", "+0.3亿元", "+33.3%", "converted"),
            ("98.5%", "99.1%", "+0.6个百分点", "-", ""),
            ("312万元", "3120000万元", "+3119688万元", "+999900.0%", "slip"),
            ("0起", "1起", "+1起", "-", "no-base"),
            ("28公里", "31亩", "-", "-", "incomparable"),
            ("3.2万亩", "32000亩", "持平", "-", "converted same"),
            ("2公里", "2500米", "+500米", "+25.0%", "converted"),
            ("20余人", "30人", "约+10人", "约+50.0%", "approximate"),
            ("12次", "0次", "-12次", "-100.0%", "zero"),
            ("10000次", "3次", "-9997次", "-99.9%", "swing"),
            ("3‰", "5‰", "+2个千分点", "-", ""),
            ("3万元/户", "3.3万元/户", "+0.3万元/户", "+10.0%", ""),
            ("100万元", "-50万元", "-150万元", "-", "no-base"),
            ("12次", "30次", "+18次", "+150.0%", "swing"),
        ] {
            let found = compared(then, now);
            let names: Vec<&str> = found.flags.iter().map(|flag| flag.name()).collect();
            assert_eq!(
                (found.change_words().as_str(), found.rate_words().as_str(), names.join(" ").as_str()),
                (change, rate, flags),
                "{then} {now}"
            );
        }
    }
}
