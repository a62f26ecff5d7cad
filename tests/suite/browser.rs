//! The page is whole: whatever it asks for is compiled in, and its modules name only what the others give.
//!
//! What it does in a browser is tested by `tests/browser/run`, which needs Node and a browser; with
//! `HUIBAO_BROWSER` set, that is run here too.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::project::{Project, root};
use crate::serve::served::Served;

/// Every text between two marks.
fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end)).map(|(inside, _)| inside)
}

/// What `import { … } from './x.js'` names, by module.
fn imports(text: &str) -> Vec<(String, Vec<String>)> {
    let line = |line: &str| {
        let (names, rest) = line.strip_prefix("import {")?.split_once("} from './")?;
        let names =
            names.split(',').map(|name| name.split(" as ").next().unwrap_or_default().trim().to_owned());
        Some((rest.trim_end_matches("';").to_owned(), names.filter(|name| !name.is_empty()).collect()))
    };
    let imports: Vec<_> = text.lines().filter_map(line).collect();
    let written = text.lines().filter(|line| line.starts_with("import")).count();
    assert_eq!(imports.len(), written, "an import of another form: {text}");
    imports
}

/// What a module gives.
fn exports(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect::<String>()
    };
    let mut given = BTreeSet::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("export ")) {
        match line.strip_prefix('{') {
            Some(list) => {
                given.extend(list.trim_end_matches("};").split(',').map(|one| one.trim().to_owned()))
            }
            None => {
                let line = line.trim_start_matches("async ");
                let (_, rest) = line.split_once(' ').expect("a name");
                given.insert(name(rest));
            }
        }
    }
    given
}

#[test]
fn the_page_asks_for_nothing_that_is_not_there() {
    let project = Project::small();
    let served = Served::start(project.path());
    let mut wanted = vec!["index.html".to_owned()];
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        if texts.contains_key(&name) {
            continue;
        }
        let answer = served.get(&format!("/{name}"));
        assert_eq!(answer.status, 200, "{name} is not compiled in");
        let text = answer.text();
        let named = between(&text, "src=\"/", "\"").chain(between(&text, "href=\"/", "\""));
        wanted.extend(named.filter(|_| name.ends_with(".html")).map(str::to_owned));
        if name.ends_with(".js") {
            wanted.extend(imports(&text).into_iter().map(|(module, _)| module));
        }
        texts.insert(name, text);
    }
    for (name, text) in texts.iter().filter(|(name, _)| name.ends_with(".js")) {
        for (module, names) in imports(text) {
            let given = exports(&texts[&module]);
            let missing: Vec<_> = names.iter().filter(|name| !given.contains(*name)).collect();
            assert!(missing.is_empty(), "{name} asks {module} for {missing:?}");
        }
    }
    let mut left = Vec::new();
    for entry in std::fs::read_dir(root().join("src/serve/web")).expect("the page") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if !texts.contains_key(&name) {
            left.push(name);
        }
    }
    assert!(left.is_empty(), "the page never asks for {left:?}");
}

#[test]
fn the_page_works_in_a_browser_where_one_is_named() {
    if std::env::var_os("HUIBAO_BROWSER").is_none() {
        return;
    }
    let run = Command::new(root().join("tests/browser/run"))
        .env("HUIBAO_BIN", env!("CARGO_BIN_EXE_huibao"))
        .output()
        .expect("the tests run");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success() && !said.contains("left out"), "{said}");
}
