//! Laws that hold for every file and every change.

use proptest::prelude::*;

use super::model::{self, Facts};
use super::random::{self, Line, Tape};
use super::{FactEdit, apply, remove, set};
use crate::facts::edit::EditError;

/// A file, its lines with what they are about, and choices for its changes.
fn made(bytes: Vec<u8>, is_even: bool) -> (Vec<Line>, String, Tape) {
    let mut tape = Tape::new(bytes);
    let crlf = tape.pick(3) == 1;
    let ends = tape.pick(3) != 1;
    let lines = random::file(&mut tape, is_even);
    let eol = if crlf { "\r\n" } else { "\n" };
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let text = texts.join(eol) + if ends { eol } else { "" };
    (lines, text, tape)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..160)
}

fn paths(facts: &Facts) -> Vec<String> {
    facts.keys().cloned().collect()
}

/// What the model makes of a change; a long form may have become short, which says the same.
fn expected(facts: &Facts, change: &FactEdit) -> Option<Facts> {
    let mut facts = facts.clone();
    model::make(&mut facts, change).ok().map(|()| said(facts))
}

fn said(mut facts: Facts) -> Facts {
    facts.values_mut().for_each(|fact| fact.is_long = false);
    facts
}

/// The paths that a change is about.
fn touched(change: &FactEdit) -> Vec<&str> {
    match change {
        FactEdit::Rename { path, to } => vec![path, to],
        other => vec![other.path()],
    }
}

/// The first line that is not there in its turn any more though it is not about what was changed, nor about a
/// group above or below it.
fn lost<'l>(lines: &'l [Line], edited: &str, change: &FactEdit) -> Option<&'l str> {
    let is_near = |about: &String, path: &str| {
        about == path || about.starts_with(&format!("{path}.")) || path.starts_with(&format!("{about}."))
    };
    let is_touched =
        |line: &Line| line.about.iter().any(|about| touched(change).iter().any(|path| is_near(about, path)));
    let mut news = edited.lines();
    let mut free = lines.iter().filter(|line| !line.text.is_empty() && !is_touched(line));
    free.find(|line| !news.any(|new| new == line.text)).map(|line| line.text.as_str())
}

/// A comment that would be left right behind a text of several lines would become part of it: refused.
fn falls_into_a_text(text: &str, outcome: &Result<String, EditError>) -> bool {
    matches!(outcome, Err(EditError::NotExact(_))) && text.contains(": |")
}

proptest! {
    #[test]
    fn a_change_does_what_the_model_does_and_nothing_else(bytes in bytes()) {
        let (lines, text, mut tape) = made(bytes, false);
        let facts = model::read(&text);
        let change = random::change(&mut tape, &paths(&facts));
        let edited = apply(&text, std::slice::from_ref(&change));
        let expected = expected(&facts, &change);
        prop_assume!(!falls_into_a_text(&text, &edited));
        prop_assert_eq!(edited.is_ok(), expected.is_some(), "{:?}\n{:?}\n{}", change, edited, text);
        if let (Ok(edited), Some(expected)) = (edited, expected) {
            prop_assert_eq!(said(model::read(&edited)), expected, "{:?}\n{}\n{}", change, text, edited);
            let lost = lost(&lines, &edited, &change);
            prop_assert!(lost.is_none(), "{:?}\n{:?}\n{}\n{}", lost, change, text, edited);
            let is_crlf = text.contains("\r\n");
            let ends = edited.matches('\n').count();
            prop_assert_eq!(edited.matches("\r\n").count(), if is_crlf { ends } else { 0 });
            prop_assert_eq!(edited.ends_with('\n'), text.ends_with('\n'));
        }
    }

    #[test]
    fn many_changes_are_one_after_another(bytes in bytes()) {
        let (_, text, mut tape) = made(bytes, true);
        let (mut changes, mut step) = (Vec::new(), text.clone());
        for _ in 0..8 {
            let change = random::change(&mut tape, &paths(&model::read(&step)));
            match apply(&step, std::slice::from_ref(&change)) {
                outcome if falls_into_a_text(&step, &outcome) => {}
                // A file without a line end does not tell which it has.
                Ok(edited) if !edited.contains('\n') => {}
                Ok(edited) => {
                    step = edited;
                    changes.push(change);
                }
                Err(error) => prop_assert!(!matches!(error, EditError::NotExact(_) | EditError::Broken)),
            }
        }
        prop_assert_eq!(apply(&text, &changes), Ok(step), "{:?}\n{}", changes, text);
    }

    #[test]
    fn a_value_set_and_set_back_leaves_the_same_bytes(bytes in bytes(), new in "[ -~一-丙：，“”【　]{1,8}") {
        let (_, text, mut tape) = made(bytes, false);
        let facts = model::read(&text);
        // Not texts over several lines, nor those that stand plain where the program would put quotes.
        let values: Vec<(&String, &String)> = facts.iter().filter_map(|(path, fact)| match &fact.value {
            // 待核 goes with the first value and does not come back.
            model::Value::Text(old)
                if !old.is_empty() && !old.contains(['\n', '[', '“']) && !fact.remarks.contains_key("待核") =>
            {
                Some((path, old))
            }
            _ => None,
        }).collect();
        let (path, old) = values[tape.pick(values.len())];
        let edited = apply(&text, &[set(path, &new)]);
        prop_assert!(edited.is_ok(), "{:?} {}\n{}", edited, path, text);
        prop_assert_eq!(apply(&edited.unwrap(), &[set(path, old)]), Ok(text.clone()), "{}\n{}", path, text);
    }

    #[test]
    fn what_was_added_can_be_removed(bytes in bytes(), value in "[ -~一-丙：，“”【　]{0,8}") {
        let (_, text, mut tape) = made(bytes, false);
        let facts = model::read(&text);
        let group = paths(&facts)[tape.pick(facts.len())].rsplit_once('.').map(|(group, _)| group.to_owned());
        let path = match (tape.pick(3), group) {
            (0, _) => "新".to_owned(),
            (1, Some(group)) => format!("{group}.新"),
            (2, Some(group)) => format!("{group}.新.子"),
            _ => "新.子.丑".to_owned(),
        };
        let added = apply(&text, &[set(&path, &value)]);
        prop_assert!(added.is_ok(), "{:?} {}\n{}", added, path, text);
        prop_assert_eq!(apply(&added.unwrap(), &[remove(&path)]), Ok(text.clone()), "{}\n{}", path, text);
    }
}
