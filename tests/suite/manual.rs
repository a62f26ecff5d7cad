//! The examples of `docs/模板手册.md`: every fenced block 例 is run, and every helper has one.

use std::path::Path;

use huibao::period::Period;
use huibao::template::{self, Helper};

use crate::forms::{Input, compare, print};

/// The year of facts that an example gives without a year.
const DEFAULT_YEAR: Period = Period::year(2024);

#[derive(Default)]
struct Example {
    line: usize,
    input: Input,
    text: Option<String>,
    contains: Vec<String>,
    refusal: Option<String>,
    warns: bool,
}

fn append(field: &mut Option<String>, value: &str) {
    let text = field.get_or_insert_default();
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(value);
}

impl Example {
    fn take(&mut self, line: &str) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match key.split_once(' ').unwrap_or((key, "")) {
            ("指标", "") => append(&mut self.input.registry, value),
            ("事实", year) => self.fact(year, value),
            ("期间", "") => self.input.of = Some(Period::parse(value).expect("a period")),
            ("模板", "") => self.template(value),
            ("片段", name) => drop(self.input.partials.insert(name.into(), value.into())),
            ("结果", "") => append(&mut self.text, value),
            ("结果含", "") => self.contains.push(value.into()),
            ("错误", "") => self.refusal = Some(value.into()),
            ("警告", "") => self.warns = value == "是",
            _ => panic!("line of an example after line {}: {line}", self.line),
        }
    }

    fn fact(&mut self, year: &str, value: &str) {
        let year = if year.is_empty() { DEFAULT_YEAR } else { Period::parse(year).expect("a period") };
        let text = self.input.facts.entry(year).or_default();
        text.push_str(value);
        text.push('\n');
    }

    fn template(&mut self, value: &str) {
        if !self.input.template.is_empty() {
            self.input.template.push('\n');
        }
        self.input.template.push_str(value);
    }

    fn check(&self) -> Result<(), String> {
        let outcome = print(&self.input);
        if self.contains.is_empty() {
            compare(&outcome, self.text.as_deref(), self.refusal.as_deref())?;
        }
        let printed = match outcome {
            Ok(printed) => printed,
            Err(_) if self.contains.is_empty() => return Ok(()),
            Err(problems) => return Err(crate::forms::messages(&problems)),
        };
        if let Some(missing) = self.contains.iter().find(|part| !printed.text.contains(*part)) {
            return Err(format!("got  {}\nwant a part {missing}", printed.text));
        }
        if self.warns == printed.warnings.is_empty() {
            return Err(format!("warnings: {:?}", printed.warnings));
        }
        Ok(())
    }
}

fn manual() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/模板手册.md");
    std::fs::read_to_string(path).expect("the manual")
}

fn examples(manual: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for (at, line) in manual.lines().enumerate() {
        match (line, &mut open) {
            ("```例", None) => open = Some(Example { line: at + 1, ..Example::default() }),
            ("```", Some(_)) => found.extend(open.take()),
            (line, Some(example)) => example.take(line),
            _ => {}
        }
    }
    assert!(open.is_none(), "an example is not closed");
    found
}

#[test]
fn examples_of_the_manual_hold() {
    let failures: Vec<_> = examples(&manual())
        .iter()
        .filter_map(|example| example.check().err().map(|report| format!("line {}\n{report}", example.line)))
        .collect();
    assert!(failures.is_empty(), "{} examples fail\n\n{}", failures.len(), failures.join("\n\n"));
}

/// Whether a template has a tag of this helper in which `part` stands.
fn shows(template: &str, helper: &Helper, part: &str) -> bool {
    let start = format!("{{{{{}{}", if helper.block { "#" } else { "" }, helper.name);
    let tags = template.match_indices(&start).map(|(at, _)| &template[at + start.len()..]);
    let mut tags = tags.filter_map(|rest| rest.split_once("}}")).map(|(tag, _)| tag);
    tags.any(|tag| (tag.is_empty() || tag.starts_with(' ')) && tag.contains(part))
}

#[test]
fn every_helper_and_parameter_has_an_example() {
    let templates: Vec<_> = examples(&manual()).into_iter().map(|example| example.input.template).collect();
    let mut missing = Vec::new();
    for helper in template::helpers() {
        let parts = helper.parameters.iter().map(|parameter| format!(" {parameter}="));
        for part in parts.chain([String::new()]) {
            if !templates.iter().any(|template| shows(template, &helper, &part)) {
                missing.push(format!("{}{part}", helper.name));
            }
        }
    }
    assert!(templates.iter().any(|template| template.contains("{{> ")), "no example of a partial");
    assert!(missing.is_empty(), "no example shows {missing:?}");
}
