//! 定稿: what was written is read again to the letter, and what is damaged is refused in words.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use huibao::diag::{Diagnostic, Source, render};
use huibao::document::issued::Head;
use huibao::document::{self, Align, Block, Change, Document, Inline, Origin, Row, Table};
use huibao::figures::{self, FactRef, Trail};
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::zh::number::{Amount, Approx, Unit};
use huibao::{facts, input, template};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::project::root;

fn head(origin: Origin) -> Head {
    Head {
        origin,
        on: "2024-12-26".parse().expect("a day"),
        from: "模板".to_owned(),
        corrections: vec!["2025-01-05 数字有误".to_owned()],
        edited: false,
    }
}

fn read(text: &str) -> Result<(Document, Head), Diagnostic> {
    input::issued::read(&Arc::new(Source::new("golden/汇报-2024.定稿.md", text)))
}

fn bytes(document: &Document) -> Vec<Vec<u8>> {
    let formats = [Format::Txt, Format::Md, Format::Html, Format::Docx, Format::Marked];
    formats.iter().map(|format| output::write(document, *format).expect("bytes")).collect()
}

/// What is written is read, is written again alike, and gives the same files.
fn stands(document: &Document) {
    let origin = document.origin.clone().expect("an origin");
    let text = output::issued::write(document, &head(origin.clone()));
    let (again, said) = match read(&text) {
        Ok(read) => read,
        Err(problem) => panic!("{}\n{text}", render::text(&problem, |_| String::new(), false)),
    };
    assert_eq!((&again, &said), (document, &head(origin)), "{text}");
    assert_eq!(output::issued::write(&again, &said), text);
    assert_eq!(bytes(&again), bytes(document));
}

/// The reports of a project, each year that renders.
fn reports(project: &Path) -> Vec<Document> {
    let Ok(templates) = template::load(project) else { return Vec::new() };
    let Ok(facts) = facts::load(project) else { return Vec::new() };
    let years: Vec<Period> = facts.years.keys().copied().collect();
    let Ok(computed) = figures::compute(facts) else { return Vec::new() };
    let mut reports = Vec::new();
    for figures in years.into_iter().map(|year| computed.of(year)) {
        for name in templates.names() {
            let marked = template::render(&templates, name, &figures, false);
            reports.extend(marked.and_then(|marked| document::build(&marked)));
        }
    }
    reports
}

#[test]
fn every_report_of_the_golden_projects_comes_back_to_the_letter() {
    let mut folders = vec![root()];
    for group in ["golden/导入", "golden/用例"] {
        let entries = std::fs::read_dir(root().join(group)).expect("a folder");
        folders.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    let inner = |folder: PathBuf| if folder.join("项目").is_dir() { folder.join("项目") } else { folder };
    let mut seen = 0;
    for folder in folders.into_iter().map(inner) {
        for document in reports(&folder) {
            stands(&document);
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn word_files_come_back_too() {
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("golden/导入")).expect("a folder") {
        let path = entry.expect("an entry").path().join("报告.docx");
        if path.is_file() {
            let mut document = input::read(&path).expect("a report").document;
            document.origin = Some(Origin { template: "汇报".into(), year: Period::year(2024) });
            stands(&document);
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

const WORDS: [&str; 24] = [
    "全镇",
    "17名",
    "。",
    "⟦",
    "⟧",
    "｜",
    "⟦1｜",
    "⟦出处⟧",
    "⟦后⟧",
    "\\",
    "#",
    "# ",
    "- ",
    "|",
    " | ",
    "\n",
    "\r\n",
    "\u{FEFF}",
    "\u{2028}",
    "表：",
    "署名：",
    "一、",
    "一是",
    "（1）",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(0..WORDS.len(), 0..5)
            .prop_map(|picks| picks.into_iter().map(|at| WORDS[at]).collect::<String>()),
        1 => "\\PC{0,8}",
        1 => "[ \\t　]{0,3}",
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Inserted),
        Just(Change::Deleted),
        (0..30usize).prop_map(Change::MovedHere),
        (0..30usize).prop_map(Change::MovedAway),
    ]
}

const TRAILS: usize = 3;

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        4 => words().prop_map(Inline::Text),
        2 => (0..TRAILS, words()).prop_map(|(trail, text)| Inline::Figure { trail, text }),
        1 => words().prop_map(Inline::Missing),
    ];
    leaf.prop_recursive(3, 6, 1, |inner| {
        prop_oneof![
            (change(), inner.clone())
                .prop_map(|(change, inline)| Inline::Changed { change, inline: Box::new(inline) }),
            (words(), any::<bool>(), inner).prop_map(|(remark, alarm, inline)| Inline::Noted {
                remark,
                alarm,
                inline: Box::new(inline)
            }),
        ]
    })
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), 0..4)
}

fn table() -> impl Strategy<Value = Table> {
    let align = prop_oneof![Just(Align::Left), Just(Align::Center), Just(Align::Right)];
    (0..4usize).prop_flat_map(move |width| {
        let cells = move || prop::collection::vec(line(), width..=width);
        let row = (cells(), prop::option::of(change())).prop_map(|(cells, change)| Row { cells, change });
        let rows = prop::collection::vec(row, 0..3);
        (line(), cells(), rows, prop::collection::vec(align.clone(), width..=width))
            .prop_map(|(caption, head, rows, align)| Table { caption, head, rows, align })
    })
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("一、".to_owned()),
        Just("（十二）".to_owned()),
        Just("3.".to_owned()),
        Just("（4）".to_owned()),
        Just("二是".to_owned()),
        words(),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        1 => line().prop_map(Block::Title),
        1 => line().prop_map(Block::Byline),
        1 => line().prop_map(Block::Recipient),
        1 => (1..=9u8, number(), line()).prop_map(|(level, number, text)| Block::Heading { level, number, text }),
        1 => (number(), line(), line()).prop_map(|(number, lead, text)| Block::Point { number, lead, text }),
        3 => line().prop_map(Block::Paragraph),
        2 => table().prop_map(Block::Table),
        1 => line().prop_map(Block::Signature),
        1 => line().prop_map(Block::Date),
    ];
    leaf.prop_recursive(2, 4, 1, |inner| {
        (change(), inner).prop_map(|(change, block)| Block::Changed(change, Box::new(block)))
    })
}

fn trail() -> impl Strategy<Value = Arc<Trail>> {
    let approx = prop::option::of("[多约余]").prop_map(|word| word.as_deref().and_then(Approx::named));
    let source = prop::option::of(words());
    let fact = (words(), (1990..2100).prop_map(Period::year), words(), 1..900usize, source);
    let fact = fact.prop_map(|(path, year, text, line, source)| {
        Arc::new(FactRef { file: facts::file(year), path, year, text, line, source })
    });
    let facts = prop::collection::vec(fact, 0..3);
    (-9_999_999..9_999_999i64, words(), approx, words(), facts).prop_map(
        |(value, unit, approx, derivation, facts)| {
            let unit = Unit::parse(&unit);
            let amount = Amount::exact(Decimal::from(value) * unit.scale.factor(), unit);
            Arc::new(Trail::of(&amount, approx, &derivation, facts))
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    (prop::collection::vec(block(), 0..6), prop::collection::vec(trail(), TRAILS..=TRAILS)).prop_map(
        |(blocks, trails)| Document {
            blocks,
            trails,
            origin: Some(Origin { template: "政协-汇报".into(), year: Period::year(2024) }),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_document_comes_back_to_the_letter(document in document()) {
        let origin = document.origin.clone().expect("an origin");
        let text = output::issued::write(&document, &head(origin.clone()));
        let read = read(&text);
        prop_assert!(read.is_ok(), "{:?}\n{text}", read.err().map(|problem| problem.message));
        let (again, said) = read.expect("it was read");
        prop_assert_eq!((&again, &said), (&document, &head(origin)), "{}", text);
    }

    #[test]
    fn a_text_with_other_line_ends_and_a_mark_in_front_is_the_same(document in document()) {
        let text = output::issued::write(&document, &head(document.origin.clone().expect("an origin")));
        let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let (again, said) = read(&windows).expect("it is read");
        prop_assert!(!said.edited);
        prop_assert_eq!(again, document);
    }

    #[test]
    fn a_damaged_text_is_read_or_refused_but_never_breaks(
        document in document(),
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in words(),
    ) {
        let text = output::issued::write(&document, &head(document.origin.clone().expect("an origin")));
        let chars: Vec<char> = text.chars().collect();
        let cut: String = chars[..cut.index(chars.len())].iter().collect();
        if let Ok((_, head)) = read(&cut) {
            prop_assert!(head.edited || cut == text, "a cut text passes for whole\n{cut}");
        }
        let at = at.index(chars.len());
        let changed: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[at..].iter().copied()).collect();
        if let Err(problem) = read(&changed) {
            prop_assert!(!problem.hints.is_empty());
        }
    }
}

/// A small 定稿, changed.
fn changed(from: &str, to: &str) -> String {
    let text = "---\n定稿: 1\n报告: 汇报\n时期: 2024\n日期: 2024-12-26\n来自: 模板\n摘要: 0\n---\n\
        # ⟦1｜云溪镇⟧汇报\n## 一、概况\n- 一是学。全镇学。\n表：\n| 村 | 户 |\n| --- | ---: |\n| 甲 | 3 |\n⟦出处⟧\n\
        1 {\"value\":\"\",\"unit\":\"\",\"approx\":null,\"derivation\":\"事实\",\"facts\":[]}\n";
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn what_is_wrong_is_said_in_words_and_where() {
    let wrong = [
        ("---\n定稿", "定稿", "第一行应是 ---"),
        ("摘要: 0\n---\n", "摘要: 0\n", "缺一行 ---"),
        ("定稿: 1", "定稿: 2", "请升级程序"),
        ("报告: 汇报\n", "", "缺“报告”"),
        ("来自:", "作者:", "没有“作者”这一项"),
        ("日期: 2024-12-26", "日期: 2024-13-26", "2011-12-20"),
        ("时期: 2024", "时期: 去年", "看不懂时期“去年”"),
        ("⟦出处⟧\n", "", "不完整"),
        ("⟦1｜云溪镇⟧", "⟦2｜云溪镇⟧", "出处里没有第2条"),
        ("⟦1｜云溪镇⟧", "⟦1｜云溪镇", "缺“⟧”"),
        ("⟦1｜云溪镇⟧", "云溪镇⟧", "多出一个“⟧”"),
        ("⟦1｜云溪镇⟧", "⟦云溪镇⟧", "看不懂“⟦云溪镇”"),
        ("⟦1｜云溪镇⟧", "⟦增｜甲⟦1｜乙⟧⟧", "只有一处文字"),
        ("# ⟦", "#⟦", "标题应写成"),
        ("| --- | ---: |\n", "", "表头下面"),
        ("| 甲 | 3 |", "| 甲 |", "这一行有1格，表头有2格"),
        ("1 {\"value\"", "3 {\"value\"", "应是第1条出处"),
        ("\"unit\":\"\",", "", "看不懂"),
    ];
    for (from, to, said) in wrong {
        let problem = read(&changed(from, to)).expect_err(said);
        let shown = render::text(&problem, |_| String::new(), false);
        assert!(shown.contains(said) && shown.contains("golden/汇报-2024.定稿.md"), "{said}: {shown}");
    }
}

#[test]
fn a_text_that_somebody_changed_is_read_and_known() {
    let (document, head) = read(&changed("全镇学", "全镇都学")).expect("it is read");
    assert!(head.edited);
    assert_eq!(document::Line::of(&document.blocks[2]).text, "一是学。全镇都学。");
    assert!(read(&changed("摘要: 0\n", "")).expect("it is read").1.edited);
}
