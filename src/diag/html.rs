//! Problems as one self-contained page: the line with the marker, what to do, the gravest first.

use std::fmt::Write;

use super::{Alike, Diagnostic, Level, Place, Words, alike};
use crate::markup::escaped;

const STYLE: &str = include_str!("html.css");
/// Characters of a line that are shown on each side of the marker.
const AROUND: usize = 40;

/// Lines under a heading that are no problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// The page; `parts` stand below the problems, `aside` are problems that were put aside, each with its reason.
pub fn page(
    title: &str,
    problems: &[Diagnostic],
    parts: &[Part],
    aside: &[(&Diagnostic, &str)],
    words: Words,
) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{0}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n",
        escaped(title.trim())
    );
    let kinds = alike(problems);
    for level in [Level::Error, Level::Warning, Level::Hint] {
        let of_level: Vec<&Alike<'_>> = kinds.iter().filter(|kind| kind.first.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        let count: usize = of_level.iter().map(|kind| kind.count()).sum();
        let _ = writeln!(html, "<h2 class=\"{}\">{}（{count}处）</h2>", level.name(), level.label());
        of_level.into_iter().for_each(|kind| card(&mut html, kind.first, kind.said(), None, words));
    }
    if problems.is_empty() {
        html.push_str("<p>没有发现问题。</p>\n");
    }
    for part in parts {
        let _ = writeln!(html, "<h2>{}</h2>\n<section>", escaped(&part.heading));
        part.lines.iter().for_each(|line| {
            let _ = writeln!(html, "<p>{}</p>", escaped(line));
        });
        html.push_str("</section>\n");
    }
    if !aside.is_empty() {
        let _ = writeln!(html, "<h2>已说明理由（{}处）</h2>", aside.len());
        aside.iter().for_each(|(problem, reason)| card(&mut html, problem, None, Some(reason), words));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn card(html: &mut String, problem: &Diagnostic, others: Option<String>, reason: Option<&str>, words: Words) {
    let _ =
        write!(html, "<section class=\"{}\"><h3>{}</h3>", problem.level.name(), escaped(&problem.message));
    if let Some(place) = &problem.place {
        let (line, column) = (place.line(), place.column());
        let _ = write!(html, "<p class=\"place\">{} 第{line}行第{column}字</p>", escaped(&place.source.name));
        let _ = write!(html, "<p class=\"line\">{}</p>", excerpt(place));
    }
    if let Some(others) = others {
        let _ = write!(html, "<p class=\"place\">{}</p>", escaped(&others));
    }
    for hint in &problem.hints {
        let _ = write!(html, "<p>怎么改：{}</p>", escaped(&hint.words(words)));
    }
    if let Some(reason) = reason {
        let _ = write!(html, "<p>理由：{}</p>", escaped(reason));
    }
    let _ = writeln!(html, "<p class=\"rule\">规则 {}</p></section>", escaped(problem.rule));
}

/// The words around a place, the place itself marked.
fn excerpt(place: &Place) -> String {
    let text = &place.source.text;
    let start = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[place.span.start..].find('\n').map_or(text.len(), |at| place.span.start + at);
    let stop = place.span.end.clamp(place.span.start, end);
    let before: Vec<char> = text[start..place.span.start].chars().collect();
    let after: Vec<char> = text[stop..end].chars().collect();
    let from = before.len().saturating_sub(AROUND);
    let to = after.len().min(AROUND);
    let words = |chars: &[char]| escaped(&chars.iter().collect::<String>());
    format!(
        "{}{}<mark>{}</mark>{}{}",
        if from > 0 { "…" } else { "" },
        words(&before[from..]),
        escaped(&text[place.span.start..stop]),
        words(&after[..to]),
        if to < after.len() { "…" } else { "" }
    )
}
