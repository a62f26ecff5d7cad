//! Laws of the value: a folder and its texts say the same, and edits say what they say once they are written.

use proptest::prelude::*;

use super::*;
use crate::document::{Block, Line};
use crate::facts::edit::FactEdit;
use crate::project::stored::Stored;
use crate::project::{founding, starter};

/// Everything that a project says, in words, without places and in any order: values that are laid over others keep
/// their places, and new ones come last.
fn told(project: &Project) -> Vec<String> {
    let years: Vec<Period> = project.years().collect();
    let mut told = vec![format!("{:?} {years:?}", project.period(None).map_err(words))];
    for year in years.into_iter().chain([Period::year(1999)]) {
        told.push(format!("{:?}", project.before(year)));
        let figures = project.figures(year).map_err(words);
        told.push(figures.as_ref().map_or_else(Clone::clone, |figures| values(figures, year)));
        let changes = project.changes(year).map_err(words);
        told.extend(sorted(
            changes.iter().flatten().map(|one| format!("{} {}", one.path, one.change_words())),
        ));
        for gaps in [Gaps::Refuse, Gaps::Show] {
            told.push(match project.report(None, year, gaps) {
                Ok(edition) => format!("{:?} {:?}", edition.missing, lines(&edition.document.blocks)),
                Err(problems) => words(problems),
            });
        }
    }
    told.push(project.settings().map_or_else(words, |settings| settings.swing.to_string()));
    told.push(project.confirmed().map_or_else(words, |all| format!("{all:?}")));
    told.push(project.mapping().map_or_else(words, |all| format!("{all:?}")));
    told.push(project.templates().map_or_else(words, |all| format!("{:?}", all.names())));
    told
}

fn words(problems: Problems) -> String {
    problems.0.iter().map(|one| format!("{}：{}\n", one.rule, one.message)).collect()
}

fn values(figures: &Figures, year: Period) -> String {
    let text = |path: &str| figures.figure(path, year).map(|figure| figure.text.clone()).unwrap_or_default();
    sorted(figures.paths().into_iter().map(|path| format!("{path}={}", text(path)))).join(" ")
}

fn sorted(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

fn lines(blocks: &[Block]) -> String {
    blocks.iter().map(|block| Line::of(block).text + "\n").collect()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    founding::create(folder.path(), &starter::small(), "x").unwrap();
    folder
}

#[test]
fn texts_alone_are_a_project() {
    let project = Project::of(Texts::from([
        ("facts/2010", "年度: 2010\n会议: 11次\n"),
        ("facts/2011", "年度: 2011\n会议: 12次\n"),
        ("templates/汇报", "共开会{{会议}}，{{同比 会议 式=\"量\" 前=\"比上年\"}}。\n"),
        ("项目", "检查:\n  变化超过: 5%\n"),
    ]));
    let year = project.period(None).unwrap();
    assert_eq!((year, project.before(year)), (Period::year(2011), Some(Period::year(2010))));
    let edition = project.report(Some("汇报"), year, Gaps::Refuse).unwrap();
    assert_eq!(lines(&edition.document.blocks), "共开会12次，比上年增加1次。\n");
    assert_eq!(project.changes(year).unwrap()[0].change_words(), "+1次");
    assert_eq!(project.settings().unwrap().swing, 5);
    let nothing = Project::of(Texts::default());
    assert_eq!(nothing.period(None).unwrap_err().0[0].rule, "no-fact-file");
    assert_eq!(nothing.templates().err().unwrap().0[0].rule, "no-template");
    let strange = Project::of(Texts::from([("facts/草稿", "x"), ("facts/2011", "年度: 2011\n甲: 1次\n")]));
    assert_eq!(strange.facts().unwrap().notes[0].rule, "file-ignored");
}

#[test]
fn what_did_not_change_is_not_understood_again() {
    let folder = folder();
    let first = Project::open(folder.path());
    let (templates, facts) =
        (std::ptr::from_ref(first.templates().unwrap()), Arc::clone(first.facts().unwrap()));
    first.figures(Period::year(2025)).unwrap();
    let second = first.reread();
    assert!(std::ptr::eq(templates, second.templates().unwrap()));
    assert!(Arc::ptr_eq(&facts, second.facts().unwrap()));
    Text::Settings.write(folder.path(), Some("检查:\n  变化超过: 7%\n".as_bytes())).unwrap();
    Text::Year(Period::year(2025)).write(folder.path(), Some("年度: 2025\n".as_bytes())).unwrap();
    let third = second.reread();
    assert!(std::ptr::eq(templates, third.templates().unwrap()));
    assert!(!Arc::ptr_eq(&facts, third.facts().unwrap()));
    let (old, new) = (&facts.years, &third.facts().unwrap().years);
    let same = |year: i32| Arc::ptr_eq(&old[&Period::year(year)], &new[&Period::year(year)]);
    assert_eq!((same(2024), same(2025)), (true, false));
    assert_eq!((first.settings().unwrap().swing, third.settings().unwrap().swing), (changes::SWING, 7));
}

#[test]
fn what_cannot_be_read_is_said_where_it_is_needed() {
    let folder = folder();
    let open = || Project::open(folder.path());
    let first = |problems: Problems| problems.0[0].rule;
    std::fs::create_dir(folder.path().join("templates/别的.hbs")).unwrap();
    assert_eq!(open().templates().err().map(first), Some("folder-not-file"));
    assert!(open().figures(Period::year(2025)).is_ok());
    std::fs::write(folder.path().join("facts/2026.yaml"), [0xFF, 0x00, 0x01]).unwrap();
    assert_eq!(open().figures(Period::year(2025)).err().map(first), Some("unknown-encoding"));
    std::fs::write(folder.path().join("facts/2026.yaml"), "\n").unwrap();
    assert_eq!(open().figures(Period::year(2025)).err().map(first), Some("empty-file"));
    std::fs::rename(folder.path().join("facts/2026.yaml"), folder.path().join("facts/2025.yml")).unwrap();
    assert_eq!(open().figures(Period::year(2025)).err().map(first), Some("file-twice"));
    std::fs::remove_dir_all(folder.path().join("facts")).unwrap();
    assert_eq!(open().period(None).err().map(first), Some("no-facts-folder"));
    std::fs::remove_dir_all(folder.path().join("templates")).unwrap();
    assert_eq!(open().templates().err().map(first), Some("no-template"));
}

#[test]
fn a_text_keeps_its_encoding_and_refuses_what_it_cannot_hold() {
    let words = "年度: 2011\n会议: 12次\n";
    let (gbk, ..) = encoding_rs::GB18030.encode(words);
    let mut texts = Texts::default();
    texts.put(Text::Year(Period::year(2011)), Arc::new(Stored::new("facts/2011.yaml", gbk.as_ref())));
    let project = Project::of(texts);
    assert_eq!(project.facts().unwrap().notes[0].rule, "not-utf8");
    let change = FactEdit::Set { path: "会议".into(), value: "13次".into() };
    let edited = Edited::Values(vec![change]);
    let after = project.texts().after(&Text::Year(Period::year(2011)), &edited).unwrap().unwrap();
    assert_eq!(after, encoding_rs::GB18030.encode(&words.replace("12", "13")).0.into_owned());
    let strange = Edited::Text(words.replace("会议", "会议\u{E5E5}"));
    let refused =
        project.texts().after(&Text::Year(Period::year(2011)), &strange).map_err(|problem| problem.rule);
    assert_eq!(refused, Err("cannot-encode"));
}

/// Edits as they are made in an office, most of them sound.
fn edit() -> impl Strategy<Value = (Text, Edited)> {
    let path = prop::sample::select(vec![
        "辖区.人口",
        "经济.财政收入",
        "民生.培训",
        "民生.新",
        "信访.办结",
        "成文",
        "单位名称",
        "重点村",
        "项目",
    ]);
    let value = prop::sample::select(vec![
        "20个",
        "约30人次",
        "",
        "1.5亿元",
        "2025-12-31",
        "甲镇: #1",
        "是 否",
        "0件",
    ]);
    let year = (2023..=2026).prop_map(Period::year);
    let set = (year.clone(), prop::collection::vec((path, value), 1..3)).prop_map(|(year, all)| {
        let set = |(path, value): (&str, &str)| FactEdit::Set { path: path.into(), value: value.into() };
        (Text::Year(year), Edited::Values(all.into_iter().map(set).collect()))
    });
    let list = (year.clone(), prop::collection::vec("[甲乙丙]村", 0..3)).prop_map(|(year, items)| {
        (Text::Year(year), Edited::Values(vec![FactEdit::List { path: "重点村".into(), items }]))
    });
    let cell = (year.clone(), 1..4_usize, "[1-9]{1,3}万元").prop_map(|(year, row, value)| {
        let change = FactEdit::Cell { ledger: "项目".into(), row, column: "投资".into(), value };
        (Text::Year(year), Edited::Values(vec![change]))
    });
    let template =
        prop::sample::select(vec!["新{{信访.受理}}", "{{没有}}", "{{#近 2}}{{民生.培训}}{{/近}}", "{{", ""])
            .prop_map(|words| {
                (Text::Template("工作汇报".into()), Edited::Text(format!("# 题\n\n{words}\n")))
            });
    let whole = (year.clone(), "[甲乙]{1,2}: [1-9]{1,2}次\n")
        .prop_map(|(year, line)| (Text::Year(year), Edited::Text(format!("年度: {}\n{line}", year.stem()))));
    let gone =
        prop_oneof![year.prop_map(Text::Year), Just(Text::Registry), Just(Text::Template("工作汇报".into()))]
            .prop_map(|text| (text, Edited::Gone));
    let settings = (1..200_u32)
        .prop_map(|per_cent| (Text::Settings, Edited::Text(format!("检查:\n  变化超过: {per_cent}%\n"))));
    prop_oneof![8 => set, 2 => list, 2 => cell, 2 => template, 2 => whole, 1 => gone, 1 => settings]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is edited in memory says what it says once it is written, and a folder says what its texts say.
    #[test]
    fn an_edit_in_hand_says_what_the_written_one_says(edits in prop::collection::vec(edit(), 1..4)) {
        let folder = folder();
        let mut project = Project::open(folder.path());
        for (text, edited) in edits {
            let mut one = Edits::default();
            one.put(text.clone(), project.texts().revision(&text), edited.clone());
            let written = Project::open(folder.path()).texts().after(&text, &edited);
            if let Ok(bytes) = &written {
                text.write(folder.path(), bytes.as_deref()).unwrap();
            }
            project = project.with(&one);
            let opened = Project::open(folder.path());
            let said = told(&project);
            prop_assert_eq!(&said, &told(&opened), "{:?} {:?}", text, edited);
            prop_assert_eq!(&said, &told(&Project::of(opened.texts().clone())));
        }
    }
}

/// What is typed is seen as it will stand once it is saved.
#[test]
fn a_value_in_hand_gives_the_report_that_the_saved_file_gives() {
    let folder = tempfile::tempdir().unwrap();
    founding::create(folder.path(), &starter::example(), "x").unwrap();
    let project = Project::open(folder.path());
    let year = Text::Year(Period::year(2011));
    let set = |path: &str, value: &str| FactEdit::Set { path: path.into(), value: value.into() };
    for change in [
        set("宣传.会议", "20次"),
        set("宣传.会议", "约20次"),
        set("宣传.会议", ""),
        set("调研.主题", "农村水利: #建设"),
        set("单位.成文日期", "2011-12-31"),
        FactEdit::List { path: "农技.作物".into(), items: vec!["大豆".into(), "玉米".into()] },
        FactEdit::List { path: "农技.作物".into(), items: Vec::new() },
    ] {
        let values = Edited::Values(vec![change]);
        let bytes = project.texts().after(&year, &values).unwrap().unwrap();
        let with = |edited: Edited| {
            let mut edits = Edits::default();
            edits.put(year.clone(), project.texts().revision(&year), edited);
            project.with(&edits)
        };
        let (fast, slow) = (with(values.clone()), with(Edited::Bytes(bytes)));
        assert_eq!(told(&fast), told(&slow), "{values:?}");
        assert_ne!(told(&fast), told(&project), "{values:?}");
    }
}
