//! Tables that are ledgers, those that are none, and the law of both: what was drafted says the same again.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::document::{Block, Line};
use crate::import::prove::rendered;
use crate::import::{Draft, draft};
use crate::input;
use crate::period::Period;

fn drafted(text: &str) -> Draft {
    draft(&input::markdown(text).document, Period::year(2024), "汇报").unwrap()
}

fn report(before: &str, rows: &[&str]) -> String {
    let rule = format!("|{}", " --- |".repeat(rows[0].matches('|').count() - 1));
    let mut lines = vec![rows[0].to_owned(), rule];
    lines.extend(rows[1..].iter().map(|row| (*row).to_owned()));
    format!("云溪镇2024年工作总结\n\n一、治理\n\n{before}\n\n{}\n\n特此报告。\n", lines.join("\n"))
}

/// The tag and the line of the registry that a table becomes; else why it stays typed.
fn taken(before: &str, rows: &[&str]) -> String {
    let draft = drafted(&report(before, rows));
    match draft.tables.first() {
        Some(typed) => format!("{}: {}", typed.figures, typed.why),
        None => draft.template.lines().find(|line| line.contains("{{表")).unwrap_or_default().to_owned(),
    }
}

#[test]
fn a_table_is_a_ledger_and_what_it_adds_up_to_is_bound() {
    let rows = [
        "| 片区 | 排查纠纷（起） | 化解纠纷（起） |",
        "| 东片 | 72 | 70 |",
        "| 西片 | 114 | 111 |",
        "| 合计 | 186 | 181 |",
    ];
    let draft = drafted(&report("全年排查矛盾纠纷186起，化解181起。各片区情况如下：", &rows));
    assert!(
        draft.template.contains("纠纷{{合计 治理.片区情况.排查纠纷}}，化解{{合计 治理.片区情况.化解纠纷}}。"),
        "{}",
        draft.template
    );
    let wanted = "治理.片区情况: {类型: 台账, 主键: 片区, 列: {片区: 文本, 排查纠纷: {类型: 时期, 单位: 起}, 化解纠纷: {类型: 时期, 单位: 起}}, 口径: 各片区情况如下}";
    assert_eq!(draft.facts.registry().lines().nth(2), Some(wanted));
    // What the report said is held against the rows.
    let stated = "治理.排查矛盾纠纷: {类型: 时期, 单位: 起, 等于: {合计: 治理.片区情况.排查纠纷}, 口径: 全年排查矛盾纠纷…}";
    assert_eq!(draft.facts.registry().lines().next(), Some(stated));
    assert_eq!(
        draft.facts.year(draft.year),
        "年度: 2024\n\n治理:\n  排查矛盾纠纷: 186起\n  化解矛盾纠纷: 181起\n  片区情况:\n    - {片区: 东片, 排查纠纷: 72起, 化解纠纷: 70起}\n    - {片区: 西片, 排查纠纷: 114起, 化解纠纷: 111起}\n"
    );
    assert_eq!(draft.found.len(), 1);
    assert!(
        draft.found[0].doubt.ends_with("合计行由各行算出来；正文里的“186起”“181起”用它的合计"),
        "{}",
        draft.found[0].doubt
    );
}

#[test]
fn units_heads_and_totals_come_out_as_they_stand() {
    for (before, rows, wanted) in [
        (
            "各村办理情况见下表：",
            &[
                "| 村名 | 受理(件) | 办结(件) | 办结率 |",
                "| 甲村 | 60 | 57 | 95% |",
                "| 乙村 | 40 | 39 | 97.5% |",
                "| 总计 | 100 | 96 | 96% |",
            ][..],
            "{{表 治理.村办理情况 列=\"村名、受理、办结、办结率\" 单位=\"表头：受理、办结\" 表头=\"村名、受理(件)、办结(件)、办结率\" 合计=\"受理、办结、办结率＝办结/受理\" 合计行=\"总计\"}}",
        ),
        (
            "项目情况如下（单位：万元）：",
            &[
                "| 序号 | 项目 | 投资 | 备注 |",
                "| 合计 | | 350 | |",
                "| 1 | 路灯 | 100 | |",
                "| 2 | 水渠 | 250 | 已完工 |",
            ][..],
            "{{表 治理.项目情况 列=\"序号、项目、投资、备注\" 单位=\"\" 合计=\"投资\" 合计位置=\"首行\" 缺=\"\"}}",
        ),
        (
            "如下：",
            &["| 村 | 投资（元） | 备注 |", "| 甲 | 35 | / |", "| 乙 | / | 停建 |", "| 合计 | 35 | |"][..],
            "{{表 治理.治理情况 列=\"村、投资、备注\" 单位=\"表头\" 合计=\"投资\" 零=\"/\" 缺=\"/\"}}",
        ),
        (
            "如下：",
            &["| 村 | 户数 | 投资（万元） |", "| 甲 | 35 | / |", "| 乙 | 40 | 3.5 |"][..],
            "{{表 治理.治理情况 列=\"村、户数、投资\" 单位=\"表头：投资；不印：户数\" 缺=\"/\"}}",
        ),
    ] {
        assert_eq!(taken(before, rows), wanted);
    }
}

#[test]
fn what_is_no_ledger_stays_typed_and_says_why() {
    for (rows, wanted) in [
        (
            &["| 村 | 投资（元） |", "| 甲 | 1 |", "| 甲 | 2 |"][..],
            "2: 没有一列能认出各行：名称要每行都有、各不相同",
        ),
        (
            &["| 村 | 投资（元） |", "| 甲 | 1 |", "| 乙 | 2 |", "| 合计 | 4 |"][..],
            "3: “投资”各行相加是3，合计行写的是4",
        ),
        (&["| 项 | 2023年 | 2024年 |", "| 甲 | 1 | 2 |"][..], "2: 表头“2023年”以数字开头，像是各年的数"),
        (&["| 村 | 投资（元） | 投资 |", "| 甲 | 1 | 2 |"][..], "2: 表头里有两个“投资”"),
        (
            &["| 村 | 投资（元） |", "| 甲 | 1 |", "| 小计 | 1 |", "| 乙 | 2 |", "| 合计 | 3 |"][..],
            "4: 中间有小计行",
        ),
        (
            &["| 村 | 投资（元） | 时间 |", "| 甲 | 1 | 3月 |", "| 合计 | 1 | 3月 |"][..],
            "4: 合计行的“3月”不是各行相加得来的",
        ),
        (
            &["| 村 | 满意率 | 户数 |", "| 甲 | 90% | 2 |", "| 乙 | 80% | 3 |", "| 合计 | 85% | 5 |"][..],
            "6: 合计行的“满意率”不是各行相加，也不是两列相除得来的",
        ),
    ] {
        assert_eq!(taken("如下：", rows), wanted);
    }
}

#[test]
fn of_several_sums_the_words_choose_or_it_is_asked() {
    let rows = ["| 村 | 提案（件） | 建议（件） |", "| 甲 | 40 | 60 |", "| 乙 | 60 | 40 |"];
    let draft = drafted(&report("全年办理事项100件，其中提案100件。", &rows));
    assert!(
        draft.template.contains("办理事项{{治理.办理事项}}，其中提案{{合计 治理.治理情况.提案}}。"),
        "{}",
        draft.template
    );
    let asked = draft.found.iter().find(|found| found.path == "治理.办理事项").unwrap();
    assert_eq!(
        asked.doubt,
        "和“治理.治理情况.提案”“治理.治理情况.建议”的合计相等，分不清是哪一列的，没有绑定"
    );
    // A figure with another unit, of another year, or of a plan is none.
    for words in ["投入100万元。", "上年提案100件。", "2025年计划办理提案100件。"] {
        let draft = drafted(&report(words, &rows));
        assert!(!draft.template.contains("{{合计"), "{}", draft.template);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn a_table_comes_out_as_it_went_in_and_its_totals_are_those_of_its_rows(
        rows in prop::collection::vec((1u32..5000, 0u32..300, prop::option::of(1u32..90)), 1..7),
        heads in 0usize..4,
        total in 0usize..4,
        serial in any::<bool>(),
        wrong in any::<bool>(),
    ) {
        let mut rows = rows;
        rows[0].2 = rows[0].2.or(Some(5));
        let head = [["投资（万元）", "户数", "面积（亩）"], ["投资(万元)", "户数（户）", "面积"], ["投资", "参与户", "面积/亩"], ["金额（万元）", "次数", "其中：水田（亩）"]][heads];
        let sums: [u32; 3] = [rows.iter().map(|row| row.0).sum(), rows.iter().map(|row| row.1).sum(), rows.iter().filter_map(|row| row.2).sum()];
        let name = |at: usize| format!("{}村", ["甲", "乙", "丙", "丁", "戊", "己", "庚"][at]);
        let mark = |words: &str| if serial { format!("| {words} ") } else { String::new() };
        let mut lines: Vec<String> = rows.iter().enumerate().map(|(at, (one, two, three))| {
            let three = three.map_or(String::new(), |three| three.to_string());
            format!("{}| {} | {one} | {two} | {three} |", mark(&(at + 1).to_string()), name(at))
        }).collect();
        let shift = u32::from(wrong && total > 0);
        let label = ["", "合计", "总计", "合计"][total];
        let of_all = format!("{}| {label} | {} | {} | {} |", mark(""), sums[0] + shift, sums[1], sums[2]);
        match total { 0 => {} 3 => lines.insert(0, of_all), _ => lines.push(of_all) }
        let first = format!("{}| 村名 | {} |", mark("序号"), head.join(" | "));
        let mut all = vec![first.as_str()];
        all.extend(lines.iter().map(String::as_str));
        let text = report("各村情况如下：", &all);
        let draft = drafted(&text);
        let words = |blocks: &[Block]| blocks.iter().fold(String::new(), |mut text, block| {
            let _ = writeln!(text, "{}", Line::of(block).text);
            text
        });
        let again = rendered(&draft.template, &draft.facts, (draft.year, &draft.name), &draft.document).unwrap();
        prop_assert_eq!(words(&draft.document.blocks), words(&again.blocks), "{}", &draft.template);
        let mixed = total > 0 && rows.iter().any(|row| row.2.is_none()) && rows.iter().any(|row| row.1 == 0);
        prop_assert_eq!(draft.template.contains("{{表 治理.村情况"), shift == 0 && !mixed, "{:?} {}", &draft.tables, &draft.template);
        // Another row, as next year has one, and the total is that of all: by an arithmetic of its own.
        if total > 0 && shift == 0 && !mixed {
            let mut facts = draft.facts.clone();
            let ledger = facts.years.get_mut(&draft.year).unwrap().get_mut("治理.村情况").unwrap();
            let crate::import::Value::Ledger(cells) = ledger else { unreachable!() };
            let unit = |at: usize| facts.indicators["治理.村情况"].columns[at].unit.clone();
            cells.push(vec!["新村".to_owned(), format!("7{}", unit(1)), format!("11{}", unit(2)), format!("13{}", unit(3))]);
            let grown = rendered(&draft.template, &facts, (draft.year, &draft.name), &draft.document).unwrap();
            let said = words(&grown.blocks);
            for value in [sums[0] + 7, sums[1] + 11, sums[2] + 13] {
                prop_assert!(said.contains(&format!("\n{value}\n")), "{} {}", value, &said);
            }
        }
    }
}
