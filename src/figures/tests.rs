//! What is computed does not depend on the year of the report, nor on what was asked before.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::diag::Source;

const REGISTRY: &str = "\
男: {单位: 名, 类型: 时点, 不超过: 总数}
女: {单位: 名, 类型: 时点}
总数: {单位: 名, 类型: 时点, 公式: {相加: [男, 女]}}
增幅: {单位: '%', 类型: 比率, 公式: {增幅: 总数}}
增幅的增幅: {单位: '%', 类型: 比率, 公式: {增幅: 增幅}}
女占比: {单位: '%', 类型: 比率, 公式: {占比: [女, 总数]}, 范围: [40, 60]}
项目: {类型: 台账, 列: {投资: {单位: 万元, 类型: 时期}}}
投资: {单位: 万元, 类型: 时期, 公式: {合计: 项目.投资}}
";

/// Villages by name, over the years in an order of their own.
const VILLAGES: &str = "村: {类型: 台账, 主键: 名, 列: {名: 文本, 收入: {单位: 万元, 类型: 时期}}}\n";

proptest! {
    #[test]
    fn a_row_of_another_year_is_the_one_of_the_same_name(
        years in prop::collection::vec(prop::collection::btree_map(0usize..5, 1u32..100, 1..5), 2..5),
        shuffle in prop::collection::vec(any::<prop::sample::Index>(), 5),
    ) {
        const NAMES: [&str; 5] = ["甲村", "乙村", "丙村", "丁村", "戊村"];
        let text = |year: Period, rows: &BTreeMap<usize, u32>| {
            let mut rows: Vec<_> = rows.iter().collect();
            for (at, to) in shuffle.iter().enumerate().take(rows.len()) {
                let to = to.index(rows.len());
                rows.swap(at, to);
            }
            let line = |(name, money): (&usize, &u32)| format!("- {{名: {}, 收入: {money}万元}}\n", NAMES[*name]);
            format!("年度: {}\n村:\n{}", year.stem(), rows.into_iter().map(line).collect::<String>())
        };
        let periods = (2010..).map(Period::year);
        let sources = periods.clone().zip(&years).map(|(year, rows)| (year, source("年", text(year, rows)))).collect();
        let facts = crate::facts::parse(Some(source("指标", VILLAGES.to_owned())), sources).unwrap();
        let figures = compute(facts).unwrap().of(Period::year(2010));
        for (year, rows) in periods.clone().zip(&years) {
            for index in 0..rows.len() {
                let row = RowOf { list: "村", year, index };
                let name = figures.row_name(row);
                let name = NAMES.iter().position(|known| name == format!("村（{known}）")).unwrap();
                for (other, rows) in periods.clone().zip(&years) {
                    let found = figures.cell_in(row, "收入", other).ok().map(|figure| figure.text.clone());
                    prop_assert_eq!(found, rows.get(&name).map(|money| format!("{money}万元")));
                }
                let all: Option<u32> = years.iter().map(|rows| rows.get(&name)).sum();
                let window = periods.clone().take(years.len());
                let sum = figures.cell_window(row, "收入", window, "几年").ok().map(|figure| figure.text);
                prop_assert_eq!(sum, all.map(|all| format!("{all}万元")));
            }
        }
    }
}

#[test]
fn a_formula_that_no_row_answers_is_said() {
    let registry = "项目: {类型: 台账, 列: {名: 文本, 典型: 文本}}\n典型数: {单位: 个, 类型: 时期, 公式: {计数: 项目, 条件: {典型: 示范}}}\n";
    let said = |rows: &str| {
        let year = (Period::year(2024), source("年", format!("年度: 2024\n项目:\n{rows}")));
        let facts = crate::facts::parse(Some(source("指标", registry.to_owned())), vec![year]).unwrap();
        compute(facts)
            .unwrap()
            .of(Period::year(2024))
            .warnings()
            .iter()
            .map(|one| one.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(said("- {名: 甲, 典型: 示范点}\n"), ["formula-without-rows"]);
    assert!(said("- {名: 甲, 典型: 示范}\n").is_empty());
}

const PATHS: [&str; 9] = ["男", "女", "总数", "增幅", "增幅的增幅", "女占比", "项目", "投资", "没有"];

fn source(name: &str, text: String) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

/// Men, women and investments, each perhaps not written.
type Said = (Option<u32>, Option<u32>, Vec<Option<u32>>);

fn facts(years: &[Said]) -> Facts {
    let text = |year: Period, (men, women, rows): &Said| {
        let mut text = format!("年度: {}\n", year.stem());
        text.extend(men.map(|men| format!("男: {men}名\n")));
        text.extend(women.map(|women| format!("女: {{值: {women}名, 待核: 是}}\n")));
        let row = |money: &Option<u32>| match money {
            Some(money) => format!("- {{投资: {money}万元}}\n"),
            None => "- {投资: }\n".to_owned(),
        };
        text + "项目:"
            + if rows.is_empty() { " []\n" } else { "\n" }
            + &rows.iter().map(row).collect::<String>()
    };
    let years = years.iter().zip(2008..).map(|(said, year)| (Period::year(year), said));
    let sources =
        years.map(|(year, said)| (year, source(&crate::facts::file(year), text(year, said)))).collect();
    crate::facts::parse(Some(source("facts/指标.yaml", REGISTRY.to_owned())), sources).unwrap()
}

fn years() -> impl Strategy<Value = Vec<Said>> {
    let number = || proptest::option::weighted(0.8, 0u32..60);
    prop::collection::vec((number(), number(), prop::collection::vec(number(), 0..3)), 1..5)
}

proptest! {
    #[test]
    fn every_year_of_one_computation_is_what_a_computation_of_its_own_gives(
        years in years(),
        asked in prop::collection::vec((0..PATHS.len(), 2007i32..2014, 2007i32..2014), 0..40),
    ) {
        let facts = Arc::new(facts(&years));
        let shared = compute(Arc::clone(&facts)).unwrap();
        for (path, year, report) in asked {
            let (path, year, report) = (PATHS[path], Period::year(year), Period::year(report));
            let alone = compute((*facts).clone()).unwrap().of(report);
            let figures = shared.of(report);
            prop_assert_eq!(figures.period(), report);
            prop_assert_eq!(figures.figure(path, year), alone.figure(path, year));
            prop_assert_eq!(figures.trouble(path, year), alone.trouble(path, year));
            prop_assert_eq!(figures.cell("项目", year, 0, "投资"), alone.cell("项目", year, 0, "投资"));
            prop_assert_eq!(figures.warnings(), alone.warnings());
        }
    }

    #[test]
    fn formulas_give_what_is_added_by_hand(years in years()) {
        let figures = compute(facts(&years)).unwrap().of(Period::year(2008));
        for ((men, women, rows), year) in years.iter().zip((2008..).map(Period::year)) {
            let value = |path: &str| figures.figure(path, year).ok().map(|figure| figure.amount.value);
            let sum = men.zip(*women).map(|(men, women)| men + women);
            prop_assert_eq!(value("总数"), sum.map(rust_decimal::Decimal::from));
            let money = rows.iter().copied().sum::<Option<u32>>();
            prop_assert_eq!(value("投资"), money.map(|money| rust_decimal::Decimal::from(money * 10_000)));
        }
    }
}

/// One change: of a fact, of a cell, of which rows, facts and years there are.
fn edited(mut facts: Facts, at: usize, what: usize, number: u32) -> Facts {
    let Some(year) = facts.years.keys().nth(at).copied() else { return facts };
    if what == 0 {
        facts.years.remove(&year);
        return facts;
    }
    let of_year = Arc::make_mut(facts.years.get_mut(&year).unwrap());
    let new = Value::Quantity(Quantity::parse(&format!("{number}名")).unwrap());
    if what == 1 {
        of_year.facts.shift_remove("男");
    } else if let (2, Some(fact)) = (what, of_year.facts.get_mut("女")) {
        Arc::make_mut(fact).value = new;
    } else if let Value::Ledger(rows) = &mut Arc::make_mut(of_year.facts.get_mut("项目").unwrap()).value {
        let at = number as usize % 3;
        match what {
            3 if at < rows.len() => Arc::make_mut(&mut rows[at]).cells.get_mut("投资").unwrap().value = new,
            4 if at < rows.len() => rows.push(Arc::clone(&rows[at])),
            5 if at < rows.len() => drop(rows.remove(at)),
            _ => {}
        }
    }
    facts
}

proptest! {
    #[test]
    fn what_is_shared_with_other_facts_gives_what_they_give_alone(
        years in years(),
        edits in prop::collection::vec((0..5usize, 0..6usize, 1u32..60), 1..6),
        asked in prop::collection::vec((0..PATHS.len(), 2007i32..2014), 0..20),
    ) {
        let mut facts = facts(&years);
        let mut shared = compute(facts.clone()).unwrap();
        for (at, what, number) in edits {
            for (path, year) in &asked {
                let _ = shared.of(Period::year(2010)).figure(PATHS[*path], Period::year(*year));
            }
            facts = edited(facts, at, what, number);
            shared = shared.with(Arc::new(facts.clone())).unwrap();
            let (figures, alone) = (shared.of(Period::year(2010)), compute(facts.clone()).unwrap().of(Period::year(2010)));
            for year in (2007..2014).map(Period::year) {
                for path in PATHS {
                    prop_assert_eq!(figures.figure(path, year), alone.figure(path, year));
                    prop_assert_eq!(figures.reference(path, year), alone.reference(path, year));
                }
                for row in 0..4 {
                    prop_assert_eq!(figures.cell("项目", year, row, "投资"), alone.cell("项目", year, row, "投资"));
                }
            }
            prop_assert_eq!(figures.warnings(), alone.warnings());
        }
    }
}

#[test]
fn only_the_report_s_own_facts_are_to_be_confirmed() {
    let computed = compute(facts(&[(Some(1), Some(2), vec![]), (Some(1), None, vec![])])).unwrap();
    let rules =
        |year: i32| computed.of(Period::year(year)).warnings().iter().map(|one| one.rule).collect::<Vec<_>>();
    assert!(rules(2008).contains(&"unverified"));
    assert!(!rules(2009).contains(&"unverified"));
    assert!(rules(2008).contains(&"registry-check") && rules(2009).contains(&"registry-check"));
}

#[test]
fn a_long_chain_of_formulas_is_evaluated() {
    let mut registry = "数0: {单位: 名, 类型: 时点}\n".to_owned();
    for index in 1..3_000 {
        let last = index - 1;
        registry.push_str(&format!("数{index}: {{单位: 名, 类型: 时点, 公式: {{相加: [数{last}, 一]}}}}\n"));
    }
    registry.push_str("一: {单位: 名, 类型: 时点}\n");
    let year = Period::year(2011);
    let text = source("facts/2011.yaml", "年度: 2011\n数0: 1名\n一: 1名\n".to_owned());
    let facts = crate::facts::parse(Some(source("facts/指标.yaml", registry)), vec![(year, text)]).unwrap();
    let figures = compute(facts).unwrap().of(year);
    assert_eq!(figures.figure("数2999", year).unwrap().text, "3000名");
}
