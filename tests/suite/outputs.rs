//! No mark of a figure and no control character ever reaches an output, whatever stands in the texts of a project: it
//! is refused, or the output is clean.

use std::io::Read;

use huibao::diag::render;
use huibao::diff::{self, Manner, facts::FactChange, view};
use huibao::excel::export;
use huibao::marked::is_reserved;
use huibao::output::{self, Format, Revision};
use huibao::period::Period;
use huibao::project::value::Project;
use huibao::project::{Edition, Texts};
use huibao::report::Gaps;
use proptest::prelude::*;

/// How a text gets into a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Fact,
    Paragraphs,
    Item,
    Cell,
    Column,
    Key,
    Source,
    Note,
    Definition,
    Unit,
    Words,
    Parameter,
    Reason,
    Confirmation,
    Wording,
    Template,
    Character,
}

const SLOTS: [Slot; 17] = [
    Slot::Fact,
    Slot::Paragraphs,
    Slot::Item,
    Slot::Cell,
    Slot::Column,
    Slot::Key,
    Slot::Source,
    Slot::Note,
    Slot::Definition,
    Slot::Unit,
    Slot::Words,
    Slot::Parameter,
    Slot::Reason,
    Slot::Confirmation,
    Slot::Wording,
    Slot::Template,
    Slot::Character,
];

/// A text as it is written into YAML: as it is, in quotes, or every character escaped.
#[derive(Debug, Clone, Copy)]
enum Written {
    Plain,
    Quoted,
    Escaped,
}

fn yaml(text: &str, written: Written) -> String {
    match written {
        Written::Plain => text.to_owned(),
        Written::Quoted => format!("'{}'", text.replace('\'', "''")),
        Written::Escaped => {
            let escaped = text.chars().map(|c| format!("\\U{:08X}", u32::from(c)));
            format!("\"{}\"", escaped.collect::<String>())
        }
    }
}

/// A project in which everything is printed somewhere, with the text at its place.
fn texts(slot: Slot, text: &str, written: Written) -> Texts {
    let at = |this: Slot, usual: &str| if slot == this { yaml(text, written) } else { usual.to_owned() };
    let raw = |this: Slot, usual: &str| if slot == this { text.to_owned() } else { usual.to_owned() };
    let (key, column, unit) = (at(Slot::Key, "会议"), at(Slot::Column, "村"), at(Slot::Unit, "次"));
    let registry = format!(
        "{key}: {{类型: 时期, 单位: {unit}, 口径: {}}}\n名: {{类型: 文本}}\n情况: {{类型: 文本, 多段: 是}}\n\
         单: {{类型: 名单}}\n台账: {{类型: 台账, 主键: {column}, 列: {{{column}: 文本, 收入: {{单位: 万元, 类型: 时期}}}}}}\n",
        at(Slot::Definition, "全部"),
    );
    let year = |year: i32| {
        format!(
            "年度: {year}\n{key}: {{值: 1{unit}, 来源: {}, 说明: {}}}\n名: {}\n情况: {}\n单: [甲, {}]\n\
             台账:\n  - {{{column}: {}, 收入: 4万元}}\n",
            at(Slot::Source, "册"),
            at(Slot::Note, "注"),
            at(Slot::Fact, "某某"),
            at(Slot::Paragraphs, "一段"),
            at(Slot::Item, "乙"),
            at(Slot::Cell, "东湾村"),
        )
    };
    let code = text.chars().next().map_or_else(|| "7B".to_owned(), |c| format!("{:X}", u32::from(c)));
    let template = format!(
        "# 汇报\n\n会议{{{{[会议]}}}}，{{{{名}}}}{}。\n\n{{{{情况}}}}\n\n在{{{{列举 单 连=\"{}\"}}}}。{{{{字符 \"{}\"}}}}\n\n{{{{表 台账}}}}\n",
        raw(Slot::Words, "等"),
        raw(Slot::Parameter, "、"),
        if slot == Slot::Character { &code } else { "7B" },
    )
    .replace("{{[会议]}}", if slot == Slot::Key { "开了" } else { "{{会议}}" });
    Texts::from([
        ("facts/指标".to_owned(), registry),
        ("facts/2010".to_owned(), year(2010)),
        ("facts/2011".to_owned(), year(2011)),
        (format!("templates/{}", raw(Slot::Template, "汇报")), template),
        (
            "项目".to_owned(),
            format!("检查:\n  停用:\n    - {{规则: pun-half, 理由: {}}}\n", at(Slot::Reason, "本镇")),
        ),
        (
            "提法".to_owned(),
            format!(
                "整理日期: 2024-01-01\n提法:\n  - {{编号: A, 不用: [在甲], 说明: {}, 来源: 无, 日期: 2024-01}}\n",
                at(Slot::Wording, "本镇的写法")
            ),
        ),
        (
            "确认".to_owned(),
            format!(
                "- {{规则: fact-same, 指标: 名, 年度: 2011, 值: 某某, 确认人: {}, 日期: 2011-12-20}}\n",
                at(Slot::Confirmation, "张三")
            ),
        ),
    ])
}

/// Everything that comes out, by its name; nothing where the project is refused.
fn outputs(project: &Project) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    let year = Period::year(2011);
    if let Ok(checked) = project.check(Some(year)) {
        let json = render::json(&checked.findings, |act| format!("{act:?}"));
        out.push(("check.json".to_owned(), format!("{json:#}").into_bytes()));
    }
    if let Ok(edition) = project.report(None, year, Gaps::Refuse) {
        of_report(project, &edition, &mut out);
    }
    if let Ok(figures) = project.figures(year)
        && let Ok(bytes) = export::workbook(&figures, &[year])
    {
        out.push(("事实.xlsx".to_owned(), bytes));
    }
    if let Ok(compared) = project.diff(None, None, None) {
        let changes = compared.changes().unwrap_or_default();
        of_difference(&compared.difference(), &changes, &mut out);
    }
    out
}

fn of_report(project: &Project, edition: &Edition, out: &mut Vec<(String, Vec<u8>)>) {
    // Of a PDF the text is numbers of glyphs; it has tests of its own.
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Pdf) {
        let bytes = output::write(&edition.document, format).expect("it is written");
        out.push((format!("报告.{}", format.name()), bytes));
    }
    let trace = project.trace(edition);
    out.push(("溯源.txt".to_owned(), trace.table().into_bytes()));
    let json = trace.to_json(&edition.name, edition.year, edition.basis);
    out.push(("溯源.json".to_owned(), format!("{json:#}").into_bytes()));
    out.push(("溯源.xlsx".to_owned(), trace.workbook("核对表").expect("a workbook")));
}

fn of_difference(difference: &diff::Difference, changes: &[FactChange], out: &mut Vec<(String, Vec<u8>)>) {
    out.push(("对比.txt".to_owned(), view::text::prose(difference, false).into_bytes()));
    let json = view::json::whole(difference, changes);
    out.push(("对比.json".to_owned(), format!("{json:#}").into_bytes()));
    out.push(("对比.html".to_owned(), view::html::prose(difference, changes).into_bytes()));
    let redline = diff::redline(difference, Manner { remarks: true, moves: true });
    for format in [Format::Docx, Format::Md] {
        let bytes = output::write_revised(&redline, format, &Revision::default()).expect("it is written");
        out.push((format!("对比.{}", format.name()), bytes));
    }
}

/// The texts of an output: of a packed one its parts, with what JSON and XML write by numbers.
fn parts(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    if !bytes.starts_with(b"PK") {
        return vec![(name.to_owned(), String::from_utf8(bytes.to_vec()).expect("UTF-8"))];
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            (format!("{name} {:?}", part.name().ok()), text)
        })
        .collect()
}

/// Characters that no output holds.
fn is_foul(c: char) -> bool {
    is_reserved(c) || c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The same by its number: `\u0001`, `&#1;`, `&#xE000;`.
fn foul_number(text: &str) -> Option<String> {
    let pattern = regex::Regex::new(r"\\u([0-9a-fA-F]{4})|&#([0-9]+);|&#x([0-9a-fA-F]+);|_x([0-9A-F]{4})_")
        .expect("a pattern");
    let found = pattern.captures_iter(text).find(|found| {
        let radix = |at: usize| if at == 2 { 10 } else { 16 };
        let number = (1..=4).find_map(|at| u32::from_str_radix(found.get(at)?.as_str(), radix(at)).ok());
        number.and_then(char::from_u32).is_some_and(is_foul)
    });
    found.map(|found| found[0].to_owned())
}

fn odd() -> impl Strategy<Value = char> {
    prop::sample::select(vec![
        '\0',
        '\u{1}',
        '\u{7}',
        '\u{8}',
        '\u{B}',
        '\u{C}',
        '\r',
        '\n',
        '\t',
        '\u{1B}',
        '\u{7F}',
        '\u{85}',
        '\u{9F}',
        '\u{E000}',
        '\u{E001}',
        '\u{E002}',
        '\u{E003}',
        '\u{E004}',
        '\u{E005}',
        '\u{F8FF}',
        '\u{FFFE}',
        '\u{FFFF}',
        '\u{F0000}',
        '\u{10FFFD}',
    ])
}

/// Words with one odd character among them as a rule.
fn words() -> impl Strategy<Value = String> {
    ("[一-龥a-z0-9 ，]{0,4}", prop::option::weighted(0.8, odd()), "[一-龥a-z|#-]{0,4}").prop_map(
        |(before, odd, behind)| format!("{before}{}{behind}", odd.map(String::from).unwrap_or_default()),
    )
}

fn written() -> impl Strategy<Value = Written> {
    prop::sample::select(vec![Written::Plain, Written::Quoted, Written::Escaped])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_comes_out_is_clean(slot in prop::sample::select(SLOTS.to_vec()), text in words(), how in written()) {
        let project = Project::of(texts(slot, &text, how));
        for (name, bytes) in outputs(&project) {
            for (part, text) in parts(&name, &bytes) {
                let foul = text.chars().find(|c| is_foul(*c));
                prop_assert_eq!(foul, None, "{}", part);
                prop_assert_eq!(foul_number(&text), None, "{}", part);
            }
        }
    }
}

#[test]
fn usual_words_come_out_everywhere() {
    for slot in SLOTS.into_iter().filter(|slot| !matches!(slot, Slot::Key | Slot::Unit)) {
        let project = Project::of(texts(slot, "甲镇", Written::Escaped));
        let made = outputs(&project).len();
        assert_eq!(
            made,
            Format::ALL.len() + 3 + 1 + 5,
            "{slot:?}: {:?}",
            project.report(None, Period::year(2011), Gaps::Refuse).err()
        );
    }
}

#[test]
fn a_file_whose_name_nobody_can_see_is_refused_by_what_is_seen_of_it() {
    for foul in ['\u{E002}', '\u{1}'] {
        let folder = crate::project::Project::small().file(&format!("templates/年{foul}报.hbs"), "# 年报\n");
        let run = folder.run(&["render", "2011"]);
        assert_eq!(run.status, 2, "{}", run.stdout);
        assert!(run.stderr.contains("templates/年报.hbs 的文件名"), "{}", run.stderr);
        assert!(!run.stderr.contains(foul), "{}", run.stderr);
        let folder = crate::project::Project::small().file(&format!("facts/甲{foul}.yaml"), "年度: 2011\n");
        let run = folder.run(&["render", "2011"]);
        assert!(run.stderr.contains("没有读 facts/甲.yaml"), "{}", run.stderr);
    }
}
