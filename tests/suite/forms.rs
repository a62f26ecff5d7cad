//! The forms of figures in prose: `golden/写法/*.yaml`, facts in and the exact phrase out,
//! each run through the whole line of the library.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use huibao::diag::{Diagnostic, Problems, Source};
use huibao::document::{Picture, picture};
use huibao::output::Format;
use huibao::period::Period;
use serde::Deserialize;

/// How many forms the acceptance list has.
const FORMS: usize = 166;

/// Facts and a template, ready for the line.
#[derive(Default, Deserialize)]
pub struct Input {
    /// Text of `facts/指标.yaml`.
    #[serde(rename = "指标")]
    pub registry: Option<String>,
    /// Text of fact files by period, without the first line.
    #[serde(rename = "事实")]
    pub facts: BTreeMap<Period, String>,
    /// The period of the report; the newest that has facts where it is not said.
    #[serde(skip)]
    pub of: Option<Period>,
    /// Text of the template.
    #[serde(rename = "模板")]
    pub template: String,
    /// Other template files by name, for `{{> 名}}`.
    #[serde(rename = "片段", default)]
    pub partials: BTreeMap<String, String>,
}

/// What came out of the line.
pub struct Printed {
    /// The text, without white space at either end.
    pub text: String,
    /// The messages of the warnings.
    pub warnings: Vec<String>,
}

#[derive(Deserialize)]
struct Form {
    #[serde(rename = "号")]
    id: String,
    #[serde(flatten)]
    input: Input,
    #[serde(rename = "文")]
    text: Option<String>,
    #[serde(rename = "错")]
    refusal: Option<String>,
    #[serde(rename = "警")]
    warns: Option<String>,
}

fn source(name: &str, text: String) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

/// Facts and template through every station to plain text.
pub fn print(input: &Input) -> Result<Printed, Problems> {
    let registry = input.registry.clone().map(|text| source("facts/指标.yaml", text));
    let years: Vec<_> = input
        .facts
        .iter()
        .map(|(year, text)| {
            let first = huibao::facts::first_line(*year);
            (*year, source(&huibao::facts::file(*year), format!("{first}\n{text}\n")))
        })
        .collect();
    let newest = input.facts.keys().next_back().copied();
    let of = input.of.or(newest).unwrap_or(Period::year(0));
    let facts = huibao::facts::parse(registry, years)?;
    let figures = huibao::figures::compute(facts)?.of(of);
    let mut sources = vec![("工作总结".into(), input.template.clone())];
    sources.extend(input.partials.clone());
    let templates = huibao::template::Templates::from_sources(sources)?;
    let marked = huibao::template::render(&templates, "工作总结", &figures, false)?;
    let document = huibao::document::build(&marked, &pictures)?;
    let bytes = huibao::output::write(&document, Format::Txt).expect("writing to memory");
    let text = String::from_utf8(bytes).expect("text is UTF-8");
    let warnings = marked.warnings.iter().map(|warning| warning.message.clone()).collect();
    Ok(Printed { text: text.trim().to_owned(), warnings })
}

/// The pictures of the manual's examples.
fn pictures(name: &str) -> Result<Option<Arc<Picture>>, Diagnostic> {
    let bytes: &[u8] = match name {
        "村路.jpg" => include_bytes!("../data/图片/村路.jpg"),
        _ => return picture::nowhere(name),
    };
    picture::read(name, bytes.into()).map(|picture| Some(Arc::new(picture)))
}

/// The messages of all problems, one a line.
pub fn messages(problems: &Problems) -> String {
    let lines: Vec<_> = problems.0.iter().map(|problem| problem.message.as_str()).collect();
    lines.join("\n")
}

/// Compares what the line gave with a text or with a word of the refusal.
pub fn compare(
    outcome: &Result<Printed, Problems>,
    text: Option<&str>,
    refusal: Option<&str>,
) -> Result<(), String> {
    match (outcome, text, refusal) {
        (Ok(got), Some(want), None) if got.text == want.trim() => Ok(()),
        (Err(got), None, Some(word)) if messages(got).contains(word) => Ok(()),
        (Ok(got), _, _) => Err(format!("got  {}\nwant {}", got.text, wanted(text, refusal))),
        (Err(got), _, _) => Err(format!("got  错误：{}\nwant {}", messages(got), wanted(text, refusal))),
    }
}

fn wanted(text: Option<&str>, refusal: Option<&str>) -> String {
    match (text, refusal) {
        (Some(text), None) => text.trim().to_owned(),
        (None, Some(word)) => format!("an error that says {word}"),
        _ => "exactly one of a text and an error".to_owned(),
    }
}

fn check(form: &Form) -> Result<(), String> {
    let outcome = print(&form.input);
    compare(&outcome, form.text.as_deref(), form.refusal.as_deref())?;
    let Ok(printed) = outcome else { return Ok(()) };
    match (form.warns.as_deref(), printed.warnings.is_empty()) {
        (Some("是"), false) | (None, true) => Ok(()),
        (Some("是"), true) => Err("a warning is missing".to_owned()),
        (None, false) => Err(format!("unexpected warning: {}", printed.warnings.join("; "))),
        (Some(other), _) => Err(format!("警 is 是 or absent, not {other}")),
    }
}

fn forms() -> Vec<Form> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/写法");
    let entries = std::fs::read_dir(&folder).expect("folder of the forms");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("entry of the folder").path()).collect();
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Form> {
    let text = std::fs::read_to_string(file).expect("a file of forms");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_form_of_the_list_is_here_once() {
    let forms = forms();
    let ids: BTreeSet<_> = forms.iter().map(|form| form.id.as_str()).collect();
    assert_eq!((forms.len(), ids.len()), (FORMS, FORMS));
}

#[test]
fn facts_become_the_exact_phrase() {
    let failures: Vec<_> = forms()
        .iter()
        .filter_map(|form| check(form).err().map(|report| format!("{}\n{report}", form.id)))
        .collect();
    assert!(failures.is_empty(), "{} forms fail\n\n{}", failures.len(), failures.join("\n\n"));
}
