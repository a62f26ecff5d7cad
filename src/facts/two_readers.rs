//! Random fact files: our tree reads what `serde_yaml` reads, and an edit changes one value only.

use std::sync::Arc;

use proptest::prelude::*;
use serde_yaml::Value as Yaml;

use super::tree::{self, Node, NodeKind};
use super::{edit, prescan};
use crate::diag::Source;
use crate::period::Period;

/// A value to be written: a scalar as YAML text, a list in brackets, or a map.
#[derive(Debug, Clone)]
enum Written {
    Scalar(String),
    Flow(Vec<String>),
    Map(Vec<Written>),
}

const KEYS: [&str; 6] = ["委员", "总数", "会 议", "'专: 栏'", "\"稿件\"", "a"];

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "17名",
            "",
            "2011",
            "2011-04-18",
            "近2000人次",
            "县志：第三章",
            "~",
            "是",
            "-1.2‰"
        ])
        .prop_map(str::to_owned),
        "[一-三a-c][一-三a-c ]{0,6}[一-三a-c]",
        "[一-三a-c :#,\\[{&*，：“-]{0,8}".prop_map(|text| format!("'{text}'")),
        "[一-三a-c :#,\\[{&*，：“-]{0,8}".prop_map(|text| format!("\"{text}\\t\\u4e00\"")),
    ]
}

fn written() -> impl Strategy<Value = Written> {
    let items = prop::collection::vec("[一-三a-c]{1,3}|'[一-三, ：]{1,4}'", 0..4);
    let leaf = prop_oneof![3 => scalar().prop_map(Written::Scalar), 1 => items.prop_map(Written::Flow)];
    leaf.prop_recursive(3, 24, 5, |inner| prop::collection::vec(inner, 1..6).prop_map(Written::Map))
}

fn file() -> impl Strategy<Value = (Vec<Written>, bool, bool)> {
    (prop::collection::vec(written(), 1..6), any::<bool>(), any::<bool>())
}

fn render(entries: &[Written], depth: usize, comments: bool, out: &mut String) {
    for (key, value) in KEYS.iter().zip(entries) {
        let indent = "  ".repeat(depth);
        let comment = if comments { " # 说明：“注”，[" } else { "" };
        match value {
            Written::Scalar(text) => out.push_str(&format!("{indent}{key}: {text}{comment}\n")),
            Written::Flow(items) => {
                out.push_str(&format!("{indent}{key}: [{}]{comment}\n", items.join(", ")))
            }
            Written::Map(inner) => {
                out.push_str(&format!("{indent}{key}:{comment}\n"));
                render(inner, depth + 1, comments, out);
            }
        }
    }
}

fn text_of((entries, comments, crlf): &(Vec<Written>, bool, bool)) -> String {
    let mut text = String::new();
    render(entries, 0, *comments, &mut text);
    if *crlf { text.replace('\n', "\r\n") } else { text }
}

fn ours(text: &str) -> Node {
    let source = Arc::new(Source::new("", text));
    assert_eq!(prescan::scan(&source), [], "{text}");
    tree::parse(&source).unwrap_or_else(|problems| panic!("{text}\n{problems:?}"))
}

fn words(value: &Yaml) -> String {
    match value {
        Yaml::Null => String::new(),
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn assert_same(node: &Node, other: &Yaml) {
    match (&node.kind, other) {
        (NodeKind::Map(entries), Yaml::Mapping(mapping)) => {
            assert_eq!(entries.len(), mapping.len());
            for ((key, node), (name, value)) in entries.iter().zip(mapping) {
                assert_eq!(key.text, words(name));
                assert_same(node, value);
            }
        }
        (NodeKind::List(items), Yaml::Sequence(values)) => {
            assert_eq!(items.len(), values.len());
            items.iter().zip(values).for_each(|(item, value)| assert_same(item, value));
        }
        _ => assert_eq!(node.text(), Some(words(other).as_str())),
    }
}

/// Every single value: the path that an edit takes, and its words.
fn singles(value: &Yaml, path: &str, out: &mut Vec<(String, String)>) {
    match value {
        Yaml::Mapping(mapping) => {
            for (name, value) in mapping {
                let dot = if path.is_empty() { "" } else { "." };
                singles(value, &format!("{path}{dot}{}", words(name)), out);
            }
        }
        Yaml::Sequence(values) => {
            values
                .iter()
                .enumerate()
                .for_each(|(at, value)| singles(value, &format!("{path}[{}]", at + 1), out));
        }
        single => out.push((path.to_owned(), words(single))),
    }
}

fn all_singles(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    singles(&serde_yaml::from_str(text).unwrap(), "", &mut out);
    out
}

proptest! {
    #[test]
    fn both_readers_see_the_same(file in file()) {
        let text = text_of(&file);
        assert_same(&ours(&text), &serde_yaml::from_str(&text).unwrap());
    }

    #[test]
    fn spans_hold_what_is_written(file in file()) {
        let text = text_of(&file);
        for (key, node) in ours(&text).entries().unwrap_or_default() {
            let written = &text[key.span.clone()];
            prop_assert!(KEYS.contains(&written), "{written}");
            if let NodeKind::Scalar { text: words, style: tree::Style::Plain } = &node.kind {
                prop_assert_eq!(&text[node.span.clone()], words);
            }
        }
    }

    #[test]
    fn an_edit_changes_one_value(file in file(), at in any::<prop::sample::Index>(), new in "[!-~一-三 ，：“]{1,8}") {
        let text = text_of(&file);
        let mut values = all_singles(&text);
        // The other reader keeps numbers as numbers, not as they are written.
        prop_assume!(!matches!(serde_yaml::from_str(&new), Ok(Yaml::Number(_))));
        prop_assume!(!values.is_empty());
        let at = at.index(values.len());
        let (path, old) = values[at].clone();
        prop_assert_eq!(edit::set(&text, &path, &old), Ok(text.clone()));
        let edited = edit::set(&text, &path, &new).unwrap();
        values[at].1 = new;
        prop_assert_eq!(all_singles(&edited), values);
    }

    #[test]
    fn no_text_panics(text in "([ \t\n\\-:：，,\\[\\]{}'\"#&|“”　]|甲|乙|\\PC){0,60}") {
        let source = Arc::new(Source::new("", format!("年度: 2011\n{text}")));
        let _ = super::parse(None, vec![(Period::year(2011), Arc::clone(&source))]);
        let _ = super::parse(Some(Arc::clone(&source)), Vec::new());
        let _ = edit::set(&source.text, "甲", &text);
    }
}
