//! Laws: what is written and read back unedited changes nothing; of random edits exactly these are found.

use std::collections::{BTreeMap, BTreeSet};

use huibao::excel::book::{self, Book, Content, Sheet};
use huibao::excel::{export, own};
use huibao::facts::edit::scalar;
use huibao::facts::value::Value;
use huibao::figures::{self, Figures};
use huibao::period::Period;
use huibao::project::value::Project as Folder;
use huibao::{excel, facts};
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::sheets::{Typed, number, typed, words};
use crate::project::Project;

const REGISTRY: &str = "\
经济.收入: {单位: 万元, 类型: 时期, 来源: 财政所}
经济.人口: {单位: 人, 类型: 时点}
经济.增幅: {单位: '%', 类型: 比率}
概况.镇名: {类型: 文本}
概况.日期: {类型: 日期}
概况.村: {类型: 名单}
经济.人均: {单位: 元, 类型: 比率, 公式: {平均: [经济.收入, 经济.人口]}}
项目: {类型: 台账, 列: {名称: 文本, 投资: {单位: 万元, 类型: 时期}, 时间: 日期}}
";

/// Words without characters that end a line; some begin like a formula.
fn text() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec!["", "=", "+", "-", "@", "'", "#", "007"]);
    (sign, "[一-龥a-zA-Z0-9（）“”<&: .，]{0,8}[一-龥]").prop_map(|(sign, rest)| format!("{sign}{rest}"))
}

fn decimal() -> impl Strategy<Value = String> {
    prop_oneof![
        (-99_999i64..9_999_999).prop_map(|number| number.to_string()),
        (0u64..99_999_999, 1usize..5).prop_map(|(number, decimals)| {
            let digits = format!("{number:0>width$}", width = decimals + 1);
            let (whole, behind) = digits.split_at(digits.len() - decimals);
            format!("{whole}.{behind}")
        }),
    ]
}

fn quantity(units: &'static [&'static str]) -> impl Strategy<Value = String> {
    let about = prop::sample::select(vec!["5万余元", "近3000万元", "约3亿元"]);
    let exact = (decimal(), prop::sample::select(units)).prop_map(|(number, unit)| format!("{number}{unit}"));
    if units.contains(&"元") {
        prop_oneof![4 => exact, 1 => about.prop_map(str::to_owned)].boxed()
    } else {
        exact.boxed()
    }
}

fn date() -> impl Strategy<Value = String> {
    (1990u32..2030, 1u32..13, 1u32..29, 0u8..3).prop_map(|(year, month, day, parts)| match parts {
        0 => year.to_string(),
        1 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    })
}

/// A year as staff write it: every entry may be blank, long or short.
fn year() -> impl Strategy<Value = String> {
    let maybe = |value: BoxedStrategy<String>| prop_oneof![1 => Just(String::new()), 6 => value].boxed();
    let plain = |value: BoxedStrategy<String>| value.prop_map(|text| scalar(&text)).boxed();
    let list = prop::collection::vec(text(), 1..5).prop_map(|items| {
        format!(
            "[{}]",
            items.iter().map(|item| format!("'{}'", item.replace('\'', "''"))).collect::<Vec<_>>().join(", ")
        )
    });
    let row =
        (text(), quantity(&["万元", "元"]), date(), any::<bool>()).prop_map(|(name, money, day, whole)| {
            let day = if whole { format!(", 时间: {day}") } else { String::new() };
            format!("  - {{名称: '{}', 投资: {money}{day}}}\n", name.replace('\'', "''"))
        });
    let note = prop_oneof![
        Just(String::new()),
        text().prop_map(|note| format!(", 说明: '{}'", note.replace('\'', "''")))
    ];
    (
        maybe(quantity(&["万元", "元", "亿元"]).boxed()),
        (decimal().prop_map(|number| format!("{number}人")), note),
        maybe(quantity(&["%"]).boxed()),
        maybe(plain(text().boxed())),
        maybe(date().boxed()),
        list,
        prop::collection::vec(row, 0..5),
    )
        .prop_map(|(money, (people, note), rate, name, day, list, rows)| {
            let rows = if rows.is_empty() { " []\n".to_owned() } else { format!("\n{}", rows.concat()) };
            format!(
                "年度: 2011\n\n# 备忘\n经济:\n  收入: {money}   # 待核\n  人口: {{值: {people}{note}}}\n  增幅: {rate}\n\
                 概况:\n  镇名: {name}\n  日期: {day}\n  村: {list}\n项目:{rows}"
            )
        })
}

fn figures(text: &str, registry: &str) -> Option<Figures> {
    let project = Project::new().file("facts/2011.yaml", text).file("facts/2010.yaml", "年度: 2010\n");
    let project = if registry.is_empty() { project } else { project.file("facts/指标.yaml", registry) };
    Folder::open(project.path()).figures(Period::year(2011)).ok()
}

fn exported(figures: &Figures) -> Vec<u8> {
    export::workbook(figures, &[Period::year(2011)]).expect("a workbook")
}

fn read(bytes: &[u8]) -> Book {
    book::read(bytes, "事实.xlsx").expect("a workbook of ours")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn facts_out_and_back_unedited_change_nothing(text in year(), registered in any::<bool>()) {
        let figures = figures(&text, if registered { REGISTRY } else { "" });
        prop_assume!(figures.is_some());
        let figures = figures.unwrap();
        let proposal = own::propose(&read(&exported(&figures)), &figures);
        prop_assert!(proposal.is_empty(), "{:?}\n{text}", proposal.changes);
        prop_assert!(!proposal.is_blocked(), "{:?}\n{text}", proposal.findings);
    }
}

#[test]
fn quoted_words_that_look_like_a_wrong_number_stand() {
    let text = "年度: 2011\n概况:\n  口号: '3 个'\n项目:\n  - {名称: '-0 一', 投资: 1万元}\n";
    let figures = figures(text, "").expect("sound facts");
    let proposal = own::propose(&read(&exported(&figures)), &figures);
    assert!(proposal.is_empty() && !proposal.is_blocked(), "{:?}", proposal.findings);
}

#[test]
fn what_is_computed_with_more_digits_than_a_cell_keeps_stands() {
    let text = "年度: 2011\n经济:\n  收入: 1023004亿元\n  人口: 1.9982人\n";
    let figures = figures(text, REGISTRY).expect("sound facts");
    let proposal = own::propose(&read(&exported(&figures)), &figures);
    assert!(proposal.is_empty() && !proposal.is_blocked(), "{:?}", proposal.findings);
}

/// What may be typed, by path: every edit differs from what any year says.
fn edits() -> impl Strategy<Value = Vec<(&'static str, &'static str, Typed)>> {
    let all: Vec<(&str, &str, BoxedStrategy<Typed>)> = vec![
        ("经济.收入", "值", (1u32..999).prop_map(|n| number(&format!("{n}.0625"))).boxed()),
        ("经济.收入", "来源", Just(words("新来源甲")).boxed()),
        ("经济.人口", "值", (20_000_000u32..90_000_000).prop_map(|n| number(&n.to_string())).boxed()),
        ("经济.人口", "说明", Just(words("=新说明")).boxed()),
        ("经济.增幅", "值", Just(number("7.654321")).boxed()),
        ("概况.镇名", "值", Just(words("@新镇")).boxed()),
        ("概况.日期", "值", Just(words("2035年3月8日")).boxed()),
        ("概况.村", "值", Just(words("甲村、乙村")).boxed()),
        ("概况.村", "来源", Just(words("民政办")).boxed()),
    ];
    let count = all.len();
    subsequence((0..count).collect::<Vec<_>>(), 0..=count).prop_flat_map(move |chosen| {
        let picked = chosen.iter().map(|at| {
            let (path, what, typed) = all[*at].clone();
            typed.prop_map(move |typed| (path, what, typed))
        });
        picked.collect::<Vec<_>>()
    })
}

/// The cell of a path in a sheet of indicators.
fn place(sheet: &Sheet, path: &str, what: &str) -> String {
    let is =
        |cell: &book::Cell, words: &str| matches!(&cell.content, Content::Text(text) if &**text == words);
    let row = sheet.rows().find(|row| is(&row[0], path)).expect(path)[0].at.row;
    let column = match what {
        "值" => 'E',
        "来源" => 'F',
        _ => 'G',
    };
    format!("{column}{row}")
}

/// Everything that a year says, by path and part.
fn said(facts: &facts::Facts) -> BTreeMap<(String, &'static str), String> {
    let mut said = BTreeMap::new();
    for (path, fact) in &facts.years[&Period::year(2011)].facts {
        let value = match &fact.value {
            Value::Quantity(quantity) => {
                format!("{}{}", quantity.amount.value.normalize(), quantity.amount.unit.base)
            }
            other => figures::value_text(other),
        };
        let parts = [
            ("值", value),
            ("来源", fact.source.clone().unwrap_or_default()),
            ("说明", fact.note.clone().unwrap_or_default()),
        ];
        said.extend(parts.into_iter().map(|(what, words)| ((path.to_string(), what), words)));
        if let Value::Ledger(rows) = &fact.value {
            for (at, row) in rows.iter().enumerate() {
                said.extend(row.cells.iter().map(|(name, cell)| {
                    ((format!("{path}[{}].{name}", at + 1), "值"), figures::value_text(&cell.value))
                }));
            }
        }
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_are_found_and_nothing_else(text in year(), edits in edits(), row in 0usize..8) {
        let figures = figures(&text, REGISTRY);
        prop_assume!(figures.is_some());
        let figures = figures.unwrap();
        let mut bytes = exported(&figures);
        let sheet = &read(&bytes).sheets[0];
        let cells: Vec<(String, Typed)> =
            edits.iter().map(|(path, what, typed)| (place(sheet, path, what), typed.clone())).collect();
        let cells: Vec<(&str, Typed)> = cells.iter().map(|(at, typed)| (at.as_str(), typed.clone())).collect();
        bytes = typed(&bytes, 1, &cells);
        let mut wanted: BTreeSet<(String, &str)> =
            edits.iter().map(|(path, what, _)| ((*path).to_owned(), *what)).collect();
        // A row of the ledger, where there is such a row.
        let rows = text.matches("  - {名称").count();
        if row < rows {
            bytes = typed(&bytes, 2, &[(&format!("B{}", row + 2), number("123456.789"))]);
            wanted.insert((format!("项目[{}].投资", row + 1), "值"));
        }

        let mut proposal = own::propose(&read(&bytes), &figures);
        let found: BTreeSet<(String, &str)> =
            proposal.changes.iter().map(|change| (change.path.clone(), change.what)).collect();
        prop_assert_eq!(&found, &wanted, "{}", text);
        prop_assert_eq!(proposal.changes.len(), wanted.len());

        let edited = proposal.make(figures.facts(), 1_000_000);
        prop_assert!(!proposal.is_blocked(), "{:?}\n{text}", proposal.findings);
        prop_assert_eq!(edited.is_empty(), wanted.is_empty());
        let Some(edited) = edited.first() else { return Ok(()) };
        let project = Project::new().file("facts/指标.yaml", REGISTRY).file("facts/2011.yaml", &edited.after);
        let folder = Folder::open(project.path());
        let (before, after) = (said(figures.facts()), said(folder.facts().expect(&edited.after)));
        let paths: BTreeSet<&(String, &str)> = before.keys().chain(after.keys()).collect();
        for part in paths {
            let differs = before.get(part).map_or("", String::as_str) != after.get(part).map_or("", String::as_str);
            let ledger = part.0 == "项目" && wanted.iter().any(|(path, _)| path.starts_with("项目["));
            prop_assert!(differs == wanted.contains(part) || ledger, "{part:?}\n{}", edited.after);
        }
        prop_assert!(edited.after.contains("# 备忘\n") && edited.after.contains("   # 待核\n"), "{}", edited.after);
    }

    #[test]
    fn any_bytes_are_a_workbook_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), start in 0usize..3) {
        let starts: [&[u8]; 3] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b""];
        let bytes = [starts[start], &bytes].concat();
        for name in ["a.xlsx", "a.xls", "a.csv"] {
            let _ = excel::text::rows(&bytes, name, None);
        }
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), which in 0usize..3) {
        let file = ["招商台账.xls", "招商台账.xlsx", "招商台账.ods"][which];
        let mut bytes = std::fs::read(crate::project::root().join("tests/样表").join(file)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = excel::text::rows(&bytes, file, Some("2011"));
    }
}

proptest! {
    /// Sums and differences of amounts in cents, computed in binary as workbooks do it, are the amounts again.
    #[test]
    fn what_was_added_in_binary_is_what_was_meant(
        cents in prop::collection::vec(-99_999_999_i64..99_999_999, 1..12),
    ) {
        use book::number::{binary, settled, written};
        let sum = cents.iter().fold(0.0_f64, |sum, cents| sum + *cents as f64 / 100.0);
        let meant = rust_decimal::Decimal::new(cents.iter().sum(), 2);
        for read in [written(&format!("{sum:?}")), binary(sum.to_le_bytes())] {
            let read = read.unwrap();
            prop_assert_eq!(settled(read).unwrap_or(read), meant);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A table that was imported and comes again, its rows in any order, is what is on file: nothing is doubled, nothing
    /// is asked.
    #[test]
    fn a_table_that_comes_again_changes_nothing(
        rows in prop::collection::vec(("[甲乙丙]厂", 1u32..4, prop::option::of("[东西]村")), 1..7),
        turn in 0usize..7,
    ) {
        use crate::excel::sheets::{raw, row};
        let registry = "项目: {类型: 台账, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}, 村: 文本}}\n";
        let table = |rows: &[(String, u32, Option<String>)]| {
            let head = row(1, &["企业", "投资（万元）", "村"]);
            let lines = (2..).zip(rows).map(|(at, (name, amount, village))| {
                row(at, &[name, &amount.to_string(), village.as_deref().unwrap_or_default()])
            });
            let bytes = raw(&[head, lines.collect()].concat(), &[]);
            book::read(&bytes, "台账.xlsx").expect("a workbook")
        };
        let asked = excel::ledger::Asked { ledger: "项目", ..Default::default() };
        let before = figures("年度: 2011\n项目: []\n", registry).expect("sound facts");
        let mut first = excel::ledger::propose(&table(&rows), &before, &asked).expect("a table");
        let written = first.make(before.facts(), 50);
        let after = figures(&written[0].after, registry).expect("sound facts");
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        let again = excel::ledger::propose(&table(&turned), &after, &asked).expect("a table");
        prop_assert!(again.is_empty() && !again.is_blocked(), "{:?}\n{}", again, written[0].after);
    }
}
