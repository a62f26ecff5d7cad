//! Ledgers: 合计, 计数, 平均 with conditions and limits, #each with conditions, order and number, groups.

use std::collections::BTreeMap;

use super::{Case, Maker, Wanted, decimals, some_decimals};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{ten, whole};
use crate::oracle::say::{self, plain};
use crate::oracle::world::{MONEY, Manner, Quantity, World, YEAR, sum};

/// The makers of this file.
pub const MAKERS: &[Maker] =
    &[total, total, over_years, count, mean, listed, listed, sorted, in_condition, limited, grouped];

const VILLAGES: [&str; 4] = ["东村", "西村", "南村", "北村"];

struct Row {
    village: &'static str,
    typical: &'static str,
    money: Quantity,
}

/// A ledger by year.
struct Ledger(BTreeMap<i32, Vec<Row>>);

impl Ledger {
    fn throw(dice: &mut Dice, world: &World) -> Ledger {
        let manner = Manner { negative: 3, ..MONEY };
        let row = |dice: &mut Dice| Row {
            village: dice.pick(&VILLAGES),
            typical: dice.pick(&["是", "是", "否"]),
            money: if dice.chance(15) { Quantity::count(5, "元") } else { manner.throw(dice) },
        };
        let mut years = BTreeMap::new();
        for year in world.years.iter().rev().take(2) {
            let most = if *year == YEAR { 6 } else { 2 };
            let rows = (0..dice.between(i64::from(*year == YEAR), most)).map(|_| row(dice)).collect();
            years.insert(*year, rows);
        }
        Ledger(years)
    }

    fn rows(&self) -> &[Row] {
        &self.0[&YEAR]
    }

    fn write(&self, mut case: Case, name: &str) -> Case {
        let entry = "{类型: 台账, 列: {村: 文本, 典型: 文本, 金额: {单位: 元, 类型: 时期}}}";
        case = case.registered(name, entry);
        for (year, rows) in &self.0 {
            let line = |row: &Row| {
                format!("{{村: {}, 典型: {}, 金额: {}}}", row.village, row.typical, row.money.text())
            };
            let rows = rows.iter().map(line).collect::<Vec<_>>().join(", ");
            case = case.fact(*year, name, &format!("[{rows}]"));
        }
        case
    }
}

/// A condition on the rows; each column may be left alone.
struct Filter {
    village: Option<&'static str>,
    typical: Option<&'static str>,
}

impl Filter {
    fn throw(dice: &mut Dice) -> Filter {
        Filter {
            village: dice.chance(60).then(|| dice.pick(&VILLAGES)),
            typical: dice.chance(40).then(|| dice.pick(&["是", "否"])),
        }
    }

    fn parameters(&self) -> String {
        let one = |column: &str, value: Option<&str>| {
            value.map(|value| format!(" {column}=\"{value}\"")).unwrap_or_default()
        };
        one("村", self.village) + &one("典型", self.typical)
    }

    fn fits(&self, row: &Row) -> bool {
        self.village.is_none_or(|village| village == row.village)
            && self.typical.is_none_or(|typical| typical == row.typical)
    }

    fn of<'a>(&self, ledger: &'a Ledger) -> Vec<&'a Row> {
        ledger.rows().iter().filter(|row| self.fits(row)).collect()
    }

    /// Whether it asks for a value that no row of any year has, where there are rows.
    fn unknown(&self, ledger: &Ledger) -> bool {
        let rows: Vec<_> = ledger.0.values().flatten().collect();
        let missing = |value: Option<&str>, of: fn(&Row) -> &str| {
            value.is_some_and(|value| rows.iter().all(|row| of(row) != value))
        };
        !rows.is_empty()
            && (missing(self.village, |row| row.village) || missing(self.typical, |row| row.typical))
    }
}

impl Filter {
    /// What is printed of this year's rows; that none of them fits is said.
    fn wanted(&self, ledger: &Ledger, text: String) -> Wanted {
        match (self.unknown(ledger), self.of(ledger).is_empty()) {
            (true, _) => Wanted::Stops,
            (_, true) => Wanted::Warned(text),
            _ => Wanted::Text(text),
        }
    }
}

/// The money of some rows; of none it is nothing, in the unit of the registry.
fn money(rows: &[&Row]) -> Quantity {
    if rows.is_empty() { Quantity::count(0, "元") } else { sum(rows.iter().map(|row| &row.money)) }
}

fn total(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let sum = money(&filter.of(&ledger));
    let (parameter, text) = if dice.chance(30) {
        (" 量级=\"个\"", format!("{}元", plain(&(sum.number() * ten(sum.scale.1)))))
    } else {
        ("", sum.text())
    };
    let wanted = filter.wanted(&ledger, text);
    let name = case.name("台");
    let tag = format!("{{{{合计 {name}.金额{}{parameter}}}}}", filter.parameters());
    ledger.write(case, &name).prints("合计", tag, wanted)
}

/// The rows of all years of a window, in the order of the years.
fn over_years(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let rows: Vec<_> = ledger.0.values().flatten().filter(|row| filter.fits(row)).collect();
    let complete = ledger.0.contains_key(&(YEAR - 1));
    let text = format!("{}笔{}", rows.len(), money(&rows).text());
    let wanted = match (filter.unknown(&ledger) || !complete, rows.is_empty()) {
        (true, _) => Wanted::Stops,
        (_, true) => Wanted::Warned(text),
        _ => Wanted::Text(text),
    };
    let (name, filter) = (case.name("台"), filter.parameters());
    let template = format!(
        "{{{{#近 2}}}}{{{{计数 {name} 单位=\"笔\"{filter}}}}}{{{{合计 {name}.金额{filter}}}}}{{{{/近}}}}"
    );
    ledger.write(case, &name).prints("台账 近", template, wanted)
}

fn count(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let text = format!("{}笔", filter.of(&ledger).len());
    let wanted = filter.wanted(&ledger, text);
    let name = case.name("台");
    let tag = format!("{{{{计数 {name} 单位=\"笔\"{}}}}}", filter.parameters());
    ledger.write(case, &name).prints("计数", tag, wanted)
}

fn mean(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let (rows, asked) = (filter.of(&ledger), some_decimals(dice));
    let wanted = if filter.unknown(&ledger) || rows.is_empty() {
        Wanted::Stops
    } else {
        let sum = money(&rows);
        let mean = sum.number() / whole(i64::try_from(rows.len()).expect("a few rows"));
        let digits = say::mean(&mean, asked);
        Wanted::Text(format!("{digits}{}元", sum.scale.0))
    };
    let name = case.name("台");
    let tag = format!("{{{{平均 {name}.金额{}{}}}}}", filter.parameters(), decimals(asked));
    ledger.write(case, &name).prints("平均 台账", tag, wanted)
}

/// What a loop says of each row.
fn lines(rows: &[&Row]) -> String {
    rows.iter().map(|row| format!("{}{}；", row.village, row.money.text())).collect()
}

/// How many rows to show, now and then.
fn some_rows(dice: &mut Dice, percent: u64) -> Option<usize> {
    dice.chance(percent).then(|| dice.pick(&[1, 2, 3, 4]))
}

/// Fewer rows than shall be shown.
fn too_few(rows: &[&Row], shown: Option<usize>) -> bool {
    shown.is_some_and(|shown| rows.len() < shown)
}

fn cut(rows: &mut Vec<&Row>, shown: Option<usize>) {
    rows.truncate(shown.unwrap_or(rows.len()));
}

fn listed(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let mut rows = filter.of(&ledger);
    let shown = some_rows(dice, 30);
    let otherwise = dice.chance(40);
    let none = rows.is_empty();
    let warned = if none { !otherwise } else { too_few(&rows, shown) };
    cut(&mut rows, shown);
    let text = if none && otherwise { "没有".to_owned() } else { lines(&rows) };
    let unknown = filter.unknown(&ledger) && !otherwise;
    let wanted = match (unknown, warned) {
        (true, _) => Wanted::Stops,
        (_, true) => Wanted::Warned(format!("有{text}")),
        _ => Wanted::Text(format!("有{text}")),
    };
    let name = case.name("台");
    let template = format!(
        "有{{{{#each {name}{}{} as |行|}}}}{{{{行.村}}}}{{{{行.金额}}}}；{}{{{{/each}}}}",
        filter.parameters(),
        shown.map(|shown| format!(" 显示={shown}")).unwrap_or_default(),
        if otherwise { "{{else}}没有" } else { "" },
    );
    ledger.write(case, &name).prints("each", template, wanted)
}

/// By money, the most first; what is equal stays as it stands in the file, also when the order is turned round.
fn sorted(dice: &mut Dice, world: &World, case: Case) -> Case {
    let ledger = Ledger::throw(dice, world);
    let (reverse, shown) = (dice.chance(50), some_rows(dice, 50));
    let mut order: Vec<_> = ledger.rows().iter().collect();
    order.sort_by(|one, other| {
        let (one, other) = (one.money.value(), other.money.value());
        if reverse { one.cmp(&other) } else { other.cmp(&one) }
    });
    // Where the cut goes between two that are equal, it is said.
    let parted = shown.is_some_and(|shown| {
        shown < order.len() && order[shown].money.value() == order[shown - 1].money.value()
    });
    let warned = parted || too_few(&order, shown);
    cut(&mut order, shown);
    let text = format!("有{}", lines(&order));
    let wanted = if warned { Wanted::Warned(text) } else { Wanted::Text(text) };
    let name = case.name("台");
    let template = format!(
        "有{{{{#each {name} 排序=\"金额\"{}{} as |行|}}}}{{{{行.村}}}}{{{{行.金额}}}}；{{{{/each}}}}",
        if reverse { " 倒序=true" } else { "" },
        shown.map(|shown| format!(" 显示={shown}")).unwrap_or_default(),
    );
    ledger.write(case, &name).prints("each 排序", template, wanted)
}

/// In a condition every value may be asked for.
fn in_condition(dice: &mut Dice, world: &World, case: Case) -> Case {
    let ledger = Ledger::throw(dice, world);
    let village = if dice.chance(40) { "外村" } else { dice.pick(&VILLAGES) };
    let filter = Filter { village: Some(village), typical: None };
    let rows = filter.of(&ledger);
    let name = case.name("台");
    let (condition, none) = match dice.below(2) {
        0 => (format!("(计数 {name} 单位=\"笔\"{})", filter.parameters()), rows.is_empty()),
        _ => (format!("(合计 {name}.金额{})", filter.parameters()), money(&rows).is_zero()),
    };
    let template = format!("{{{{#若零 {condition}}}}}没有{{{{else}}}}有{{{{/若零}}}}");
    let text = if none { "没有" } else { "有" };
    ledger.write(case, &name).prints("台账 若零", template, Wanted::Text(text.to_owned()))
}

/// A limit that is one of the numbers, or none of them: 以上 and 以下 have it, 超过 and 不到 do not.
fn limited(dice: &mut Dice, world: &World, case: Case) -> Case {
    let ledger = Ledger::throw(dice, world);
    let other = Manner { negative: 3, ..MONEY }.throw(dice);
    let known: Vec<&Quantity> = ledger.rows().iter().map(|row| &row.money).collect();
    let limit = if known.is_empty() || dice.chance(30) { &other } else { dice.pick(&known) };
    let (text, value) = (limit.text(), limit.value());
    let (words, holds): (String, fn(std::cmp::Ordering) -> bool) = match dice.below(6) {
        0 => (format!("{text}以上"), std::cmp::Ordering::is_ge),
        1 => (format!("不低于{text}"), std::cmp::Ordering::is_ge),
        2 => (format!("{text}以下"), std::cmp::Ordering::is_le),
        3 => (format!("超过{text}"), std::cmp::Ordering::is_gt),
        4 => (format!("不到{text}"), std::cmp::Ordering::is_lt),
        _ => (format!("不是{text}"), std::cmp::Ordering::is_ne),
    };
    let met: Vec<&Row> = ledger.rows().iter().filter(|row| holds(row.money.value().cmp(&value))).collect();
    let text = format!("{}笔{}", met.len(), money(&met).text());
    // What is excluded has to be there, so that a slip is not taken for a condition.
    let heard = ledger.0.values().flatten().any(|row| row.money.value() == value);
    let unheard = words.starts_with("不是") && !heard && ledger.0.values().any(|rows| !rows.is_empty());
    let wanted = match (unheard, met.is_empty()) {
        (true, _) => Wanted::Stops,
        (_, true) => Wanted::Warned(text),
        _ => Wanted::Text(text),
    };
    let name = case.name("台");
    let tag =
        format!("{{{{计数 {name} 单位=\"笔\" 金额=\"{words}\"}}}}{{{{合计 {name}.金额 金额=\"{words}\"}}}}");
    ledger.write(case, &name).prints("台账 比大小", tag, wanted)
}

/// The most rows first; what has as many stays in the order of the file.
fn grouped(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (ledger, filter) = (Ledger::throw(dice, world), Filter::throw(dice));
    let mut groups: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in filter.of(&ledger) {
        match groups.iter_mut().find(|(name, _)| *name == row.village) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((row.village, vec![row])),
        }
    }
    groups.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    let said = |(name, rows): &(&str, Vec<&Row>)| format!("{name}{}笔{}", rows.len(), money(rows).text());
    let said: Vec<String> = groups.iter().map(said).collect();
    let wanted = filter.wanted(&ledger, format!("有{}", said.join("；")));
    let name = case.name("台");
    let template = format!(
        "有{{{{#分组 {name} 按=\"村\"{} 连=\"；\" as |组|}}}}{{{{组.名}}}}{{{{计数 组 单位=\"笔\"}}}}{{{{合计 组.金额}}}}{{{{/分组}}}}",
        filter.parameters()
    );
    ledger.write(case, &name).prints("分组", template, wanted)
}
