//! A value is one line, paragraphs are asked for, and nothing invisible comes in by an escape.

use proptest::prelude::*;

use super::*;

const REGISTRY: &str = "\
名: {类型: 文本}
单: {类型: 名单}
情况: {类型: 文本, 多段: 是}
台账: {主键: 村, 列: {村: 文本, 收入: {单位: 万元, 类型: 时期}}}
";

fn fact(registry: Option<&str>, text: &str, path: &str) -> value::Fact {
    let facts = read(registry, &format!("年度: 2011\n{text}\n"));
    let facts = facts.unwrap_or_else(|problems| panic!("{text}\n{problems:?}"));
    facts.get(path, Period::year(2011)).unwrap().clone()
}

#[test]
fn a_value_over_several_lines_is_refused_however_it_is_written() {
    let values = [
        ("名: |\n  党政办\n  综合科", 3),
        ("名: >\n  党政办\n  综合科", 3),
        ("名: \"党政办\n  综合科\"", 2),
        ("名: '党政办\n  综合科'", 2),
        (r#"名: "党政办\n综合科""#, 2),
        (r#"名: "党政办\r""#, 2),
        ("名: {值: \"党政办\\n综合科\"}", 2),
        ("单:\n  - |\n    东湾村\n    西岭村", 4),
        (r#"单: [甲村, "东湾村\n西岭村"]"#, 2),
        (r#"台账: [{村: "丙\n丁"}]"#, 2),
        ("台账:\n  - 村: |\n      丙\n      丁", 4),
    ];
    for (text, line) in values {
        for registry in [Some(REGISTRY), None] {
            one_problem(
                registry,
                &format!("年度: 2011\n{text}\n"),
                ("several-lines", line, "一个值只写一行"),
            );
        }
    }
    one_problem(None, "年度: 2011\n\"名\\n称\": 甲\n", ("several-lines", 2, "一个值只写一行"));
}

#[test]
fn the_end_of_a_block_text_is_no_content() {
    for text in
        ["名: |\n  办公室", "名: |+\n  办公室\n\n\n", "名: >\n\n  办公室  \n", "名: |-\n  办公室\n# 备忘"]
    {
        assert_eq!(fact(Some(REGISTRY), text, "名").value, Value::Text("办公室".into()), "{text}");
    }
    let number = fact(None, "会议: |\n  12次", "会议").value;
    assert_eq!(number, Value::Text("12次".into()), "a block text is words, as quoted ones are");
}

#[test]
fn remarks_become_one_line() {
    let remarks = "名:\n  值: 甲\n  来源: |\n    会议登记簿\n    第3册\n  说明: \"Word\\n2016\\n版\"";
    let read = fact(Some(REGISTRY), remarks, "名");
    assert_eq!(read.source.as_deref(), Some("会议登记簿第3册"));
    assert_eq!(read.note.as_deref(), Some("Word 2016版"));
    let registry = registry_of("名:\n  类型: 文本\n  口径: >\n    只计\n    公开栏\n").unwrap();
    assert_eq!(registry.indicators["名"].definition.as_deref(), Some("只计公开栏"));
}

#[test]
fn an_escape_says_nothing_that_the_raw_text_may_not() {
    for escape in
        [r"\ue002", r"\u200b", r"\x01", r"\0", r"\e", r"\v", r"\f", r"\N", r"\L", r"\P", r"\U000f0000"]
    {
        let texts = [
            format!("名: \"甲{escape}乙\""),
            format!("\"名{escape}\": 甲"),
            format!("单: [甲, \"乙{escape}\"]"),
            format!("台账: [{{村: \"乙{escape}\"}}]"),
            format!("名: {{值: 甲, 来源: \"乙{escape}\"}}"),
            format!("名: {{值: 甲, 说明: \"乙{escape}\"}}"),
        ];
        for text in texts {
            let found = problems(None, &format!("年度: 2011\n{text}\n"));
            assert_eq!((found[0].0.as_str(), found[0].1), ("bad-character", 2), "{text}");
        }
        let entries =
            [format!("类型: 时期, 单位: \"次{escape}\""), format!("类型: 文本, 口径: \"{escape}\"")];
        for entry in entries {
            let problems = registry_of(&format!("甲: {{{entry}}}\n")).unwrap_err().0;
            assert!(problems.iter().all(|problem| problem.rule == "bad-character"), "{entry}");
        }
    }
}

#[test]
fn a_tab_parts_two_things_and_is_refused() {
    for text in ["名: 甲\t乙", r#"名: "甲\t乙""#, r#"单: ["甲\t乙"]"#, r#"台账: [{村: "甲\t乙"}]"#]
    {
        one_problem(Some(REGISTRY), &format!("年度: 2011\n{text}\n"), ("tab", 2, "分成两处写"));
    }
    let read = fact(Some(REGISTRY), "名: {值: 甲, 来源: \"甲表\\t第3行\"}", "名");
    assert_eq!(read.source.as_deref(), Some("甲表 第3行"));
}

#[test]
fn other_files_have_one_line_a_value_too() {
    for (text, rule) in [("- {理由: \"甲\\n乙\"}\n", "several-lines"), ("甲: \"\\ue000\"\n", "bad-character")]
    {
        let mut problems = Vec::new();
        tree(&source("项目.yaml", text), &mut problems);
        assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), [rule]);
    }
}

#[test]
fn paragraphs_are_asked_for_and_kept_line_by_line() {
    for text in [
        "情况: |\n  第一段。\n\n    第二段。  \n",
        "情况: >\n  第一段。\n  第二段。",
        "情况: \"第一段。\\n第二段。\"",
    ] {
        assert_eq!(
            fact(Some(REGISTRY), text, "情况").value,
            Value::Text("第一段。\n第二段。".into()),
            "{text}"
        );
    }
    assert_eq!(fact(Some(REGISTRY), "情况: 一段。", "情况").value, Value::Text("一段。".into()));
    one_problem(Some(REGISTRY), "年度: 2011\n情况: |\n  甲\t乙\n  丙\n", ("tab", 3, ""));
    let cases = [
        ("甲: {类型: 时期, 多段: 是}", ("not-for-this-kind", 1, "只写给文本")),
        ("甲: {类型: 名单, 多段: 是}", ("not-for-this-kind", 1, "只写给文本")),
        ("甲: {类型: 文本, 多段: 有}", ("wrong-kind", 1, "只写“是”或“否”")),
        ("甲: {列: {乙: {类型: 文本, 多段: 是}}}", ("unknown-key", 1, "“多段”不能写在这里")),
    ];
    for (registry, expected) in cases {
        one_problem(Some(registry), "年度: 2011\n", expected);
    }
}

#[test]
fn a_name_twice_in_a_list_is_said_with_both_places() {
    let hint = "张伟（一村）";
    one_problem(None, "年度: 2011\n单: [东湾村, 西岭村, 东湾村]\n", ("listed-twice", 2, hint));
    let found = problems(None, "年度: 2011\n单:\n  - 甲\n  - 乙\n  - '甲 '\n  - 甲\n");
    assert_eq!(found.len(), 1);
    let (rule, line, words) = &found[0];
    assert_eq!((rule.as_str(), *line), ("listed-twice", 6));
    assert!(
        words.starts_with("名单“单”里“甲”写了3次，重复了：第1项（第3行）、第3项（第5行）、第4项（第6行）"),
        "{words}"
    );
}

/// Any character, those that nobody sees as often as all others.
fn characters() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '\n',
        '\r',
        '\t',
        '\0',
        '\u{1}',
        '\u{7F}',
        '\u{85}',
        '\u{AD}',
        '\u{200B}',
        '\u{2028}',
        '\u{202E}',
        '\u{E000}',
        '\u{E002}',
        '\u{F8FF}',
        '\u{FEFF}',
        '\u{FFFE}',
        '\u{F0000}',
        '\u{10FFFF}',
    ]);
    prop::collection::vec(prop_oneof![any::<char>(), odd], 0..8).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    /// Whatever is escaped: a value that was read is one line of characters that may be printed.
    #[test]
    fn what_is_read_is_one_clean_line(text in characters(), long in any::<bool>()) {
        let escaped: String = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
        let value = if long { format!("{{值: \"{escaped}\", 来源: \"{escaped}\"}}") } else { format!("\"{escaped}\"") };
        let Ok(facts) = read(None, &format!("年度: 2011\n名: {value}\n单: [\"甲{escaped}\"]\n")) else { return Ok(()) };
        for fact in facts.years[&Period::year(2011)].facts.values() {
            let said = match &fact.value {
                Value::Text(text) => vec![text.clone()],
                Value::List(items) => items.iter().map(|item| item.text.clone()).collect(),
                _ => Vec::new(),
            };
            for words in said.iter().chain(&fact.source) {
                prop_assert_eq!(line::judge(words), Ok(()));
            }
        }
    }
}
