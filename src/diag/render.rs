//! A [`Diagnostic`] as text for the terminal and as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Level, Place, Words, alike};

/// One problem: what, where, the line with the marker under the right characters, how to mend it in `words`.
pub fn text(problem: &Diagnostic, words: Words, colour: bool) -> String {
    let title = match problem.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Hint => Title::INFO,
    }
    .with_name(problem.level.label());
    let excerpt = problem.place.as_ref().map(Excerpt::of);
    let heading = title.primary_title(problem.message.as_str());
    let mut group = match &excerpt {
        Some(excerpt) => Group::with_title(heading).element(excerpt.snippet(&problem.label)),
        None => Group::with_title(heading),
    };
    for hint in &problem.hints {
        group = group.element(Title::HELP.with_name("怎么改").message(hint.words(words).into_owned()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The line of a text that a place is in. The renderer cuts long lines around the marker.
struct Excerpt<'p> {
    place: &'p Place,
    line: &'p str,
    span: std::ops::Range<usize>,
}

impl<'p> Excerpt<'p> {
    fn of(place: &'p Place) -> Excerpt<'p> {
        let text = &place.source.text;
        let start = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at).max(place.span.start);
        let stop = place.span.end.clamp(place.span.start, end);
        Excerpt { place, line: &text[start..end], span: place.span.start - start..stop - start }
    }

    fn snippet<'e>(&'e self, label: &'e str) -> Snippet<'e, annotate_snippets::Annotation<'e>> {
        let mark = AnnotationKind::Primary.span(self.span.clone());
        let mark = if label.is_empty() { mark } else { mark.label(label) };
        Snippet::source(self.line)
            .line_start(self.place.line())
            .path(self.place.source.name.as_str())
            .annotation(mark)
    }
}

/// Findings as one JSON object: those that say the same of several places are one, with every place.
pub fn json_alike(problems: &[Diagnostic], words: Words) -> Value {
    let place = |place: &Place| json!({"line": place.line(), "column": place.column()});
    let findings: Vec<Value> = alike(problems)
        .iter()
        .map(|kind| {
            let mut value = finding(kind.first, words);
            value["count"] = kind.count().into();
            value["places"] = kind.places().map(place).collect();
            value
        })
        .collect();
    json!({"schema_version": 1, "findings": findings})
}

/// Problems as one JSON object with stable English keys.
pub fn json(problems: &[Diagnostic], words: Words) -> Value {
    let findings: Vec<Value> = problems.iter().map(|one| finding(one, words)).collect();
    json!({"schema_version": 1, "findings": findings})
}

fn finding(problem: &Diagnostic, words: Words) -> Value {
    let place = problem.place.as_ref();
    json!({
        "rule": problem.rule,
        "level": problem.level.name(),
        "file": place.map(|place| place.source.name.as_str()),
        "line": place.map(Place::line),
        "column": place.map(Place::column),
        "message": problem.message,
        "hint": problem.hints.first().map(|hint| hint.words(words)),
        "fix": fix(problem),
        "fact": problem.about.as_ref().map(|about| {
            json!({"path": about.path, "year": about.year, "value": about.value})
        }),
    })
}

fn fix(problem: &Diagnostic) -> Value {
    match (&problem.fix, &problem.place) {
        (Some(fix), Some(place)) => json!({"old": &place.source.text[fix.span.clone()], "new": fix.new}),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Act, Source};
    use std::sync::Arc;

    fn words(_: &Act) -> String {
        "照着做".to_owned()
    }

    fn problem(line: &str, word: &str) -> Diagnostic {
        let source = Arc::new(Source::new("facts/2011.yaml", format!("年度: 2011\n{line}\n")));
        let at = source.text.find(word).unwrap();
        let place = Place::new(&source, at..at + word.len());
        Diagnostic::error("wrong-unit", "单位不对").at(&place).label("应为名").hint("改成 17名")
    }

    #[test]
    fn the_marker_stands_under_the_right_characters() {
        let shown = text(&problem("总数: 17个  # 委员", "17个"), words, false);
        let want = "\
错误: 单位不对
 --> facts/2011.yaml:2:5
  |
2 | 总数: 17个  # 委员
  |       ^^^^ 应为名
  |
  = 怎么改: 改成 17名";
        assert_eq!(shown, want);
    }

    #[test]
    fn long_lines_are_cut_around_the_marker() {
        let line = format!("{}17个{}", "长".repeat(5000), "尾".repeat(5000));
        let shown = text(&problem(&line, "17个"), words, false);
        assert!(shown.chars().count() < 600, "{shown}");
        assert!(shown.contains("facts/2011.yaml:2:5001") && shown.contains("17个尾"), "{shown}");
    }

    #[test]
    fn json_has_stable_keys_and_nulls() {
        let found = json(&[problem("总数: 17个", "17个"), Diagnostic::warning("x", "没有位置")], words);
        assert_eq!(found["findings"][0]["column"], 5);
        assert_eq!(found["findings"][0]["level"], "error");
        assert_eq!(found["findings"][1]["file"], Value::Null);
    }
}
