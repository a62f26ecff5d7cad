//! A formula as one line of text (ECMA-376 Part 1, 22.1): 94.7%, a/b, x^2, √(a+b).

use roxmltree::Node;

use super::script::{Script, small};
use super::xml::{Space, attribute, name};
use crate::zh::number::{WIDE, reads_on};

/// Deepest nesting that is written; below it stand the words alone.
const DEEPEST: usize = 40;

/// The formula in a line; several that stand below each other in a line each.
pub(super) fn linear(node: &Node<'_, '_>) -> String {
    let formulas = node.children().filter(|child| name(child) == (Space::Math, "oMath"));
    let formulas: Vec<String> = formulas.map(|one| written(&one, 0)).collect();
    if formulas.is_empty() { written(node, 0) } else { formulas.join("\n") }
}

/// Whether words begin with a fraction of two numbers: 1/2.
pub(super) fn is_fraction(words: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let below = words.trim_start_matches(digit);
    below.len() < words.len() && below.strip_prefix('/').is_some_and(|below| below.starts_with(digit))
}

/// Parts of a formula one behind the other, so that no two numbers become one: 3又1/2.
pub(super) fn append(words: &mut String, part: &str) {
    let ends = words.chars().next_back().zip(part.chars().next());
    let letters = |(left, right): (char, char)| left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric();
    let glued = ends.is_some_and(|ends| reads_on(ends.0, ends.1) || letters(ends));
    words.push_str(match glued {
        false => "",
        true if is_fraction(part) && words.ends_with(|c: char| c.is_ascii_digit()) => "又",
        true => WIDE,
    });
    words.push_str(part);
}

fn written(node: &Node<'_, '_>, depth: usize) -> String {
    if depth > DEEPEST {
        return super::xml::words(node);
    }
    let (space, local) = name(node);
    let part = |part: &str| joined(node, part, depth);
    let inner = |part: &str| grouped(&joined(node, part, depth));
    match (space, local) {
        (Space::Math, "t") | (Space::Word, "t") => node.text().unwrap_or_default().to_owned(),
        (Space::Word, "br" | "cr") => "\n".to_owned(),
        (Space::Word, "tab") => "\t".to_owned(),
        (Space::Word, "del" | "moveFrom") => String::new(),
        (_, local) if local.ends_with("Pr") => String::new(),
        // It only keeps the place of what stands elsewhere.
        (Space::Math, "phant") if is_off(property(node, "phantPr", "show")) => String::new(),
        (Space::Math, "f") => format!("{}/{}", inner("num"), inner("den")),
        (Space::Math, "sSup") => format!("{}{}", part("e"), raised(&part("sup"))),
        (Space::Math, "sSub") => format!("{}{}", part("e"), lowered(&part("sub"))),
        (Space::Math, "sSubSup") => {
            format!("{}{}{}", part("e"), lowered(&part("sub")), raised(&part("sup")))
        }
        (Space::Math, "sPre") => sequence([lowered(&part("sub")), raised(&part("sup")), part("e")]),
        (Space::Math, "rad") => root(&part("deg"), &part("e")),
        (Space::Math, "nary") => {
            let sign = property(node, "naryPr", "chr").unwrap_or("∫");
            sequence([sign.to_owned() + &lowered(&part("sub")), raised(&part("sup")), part("e")])
        }
        (Space::Math, "d") => delimited(node, depth),
        (Space::Math, "limLow") => format!("{}{}", part("e"), lowered(&part("lim"))),
        (Space::Math, "limUpp") => format!("{}{}", part("e"), raised(&part("lim"))),
        (Space::Math, "eqArr" | "m") => rows(node, depth),
        _ => children(node, depth),
    }
}

fn is_off(value: Option<&str>) -> bool {
    matches!(value, Some("0" | "false" | "off"))
}

fn sequence<const N: usize>(parts: [String; N]) -> String {
    let mut words = String::new();
    parts.iter().for_each(|part| append(&mut words, part));
    words
}

/// What stands in an element; runs are written on as they are, all else stands apart.
fn children(node: &Node<'_, '_>, depth: usize) -> String {
    let is_run =
        |node: &Node<'_, '_>| !matches!(name(node), (Space::Math, local) if local != "r" && local != "t");
    let mut words = String::new();
    let mut run = true;
    for child in node.children().filter(Node::is_element) {
        let part = written(&child, depth + 1);
        match run && is_run(&child) {
            true => words.push_str(&part),
            false => append(&mut words, &part),
        }
        run = if part.is_empty() { run } else { is_run(&child) };
    }
    words
}

/// A root: the square root of 2, the cube root of 27.
pub(super) fn root(degree: &str, under: &str) -> String {
    let degree = small(degree, Script::Up).unwrap_or_else(|| degree.to_owned());
    format!("{degree}√{}", grouped(under))
}

/// All parts of one name.
fn joined(node: &Node<'_, '_>, part: &str, depth: usize) -> String {
    let parts = node.children().filter(|child| name(child) == (Space::Math, part));
    parts.map(|child| written(&child, depth + 1)).collect()
}

/// What is more than one number or name stands in brackets.
pub(super) fn grouped(words: &str) -> String {
    let simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | '‰' | '√');
    if words.chars().all(simple) { words.to_owned() } else { format!("({words})") }
}

/// Words that stand raised behind others.
pub(super) fn raised(words: &str) -> String {
    shifted(words, Script::Up, '^')
}

/// Words that stand lowered behind others.
pub(super) fn lowered(words: &str) -> String {
    shifted(words, Script::Down, '_')
}

fn shifted(words: &str, script: Script, mark: char) -> String {
    match small(words, script) {
        Some(small) => small,
        None => format!("{mark}{}", grouped(words)),
    }
}

/// A character that the properties of an element name; an empty one is meant.
fn property<'x>(node: &Node<'x, '_>, properties: &str, local: &str) -> Option<&'x str> {
    let properties = node.children().find(|child| name(child).1 == properties)?;
    properties.children().find(|child| name(child).1 == local).map(|child| attribute(&child, "val"))
}

/// Brackets with what stands between them.
fn delimited(node: &Node<'_, '_>, depth: usize) -> String {
    let sign = |local, usual| property(node, "dPr", local).unwrap_or(usual);
    let parts = node.children().filter(|child| name(child) == (Space::Math, "e"));
    let parts: Vec<String> = parts.map(|child| written(&child, depth + 1)).collect();
    format!("{}{}{}", sign("begChr", "("), parts.join(sign("sepChr", "|")), sign("endChr", ")"))
}

/// Rows of an array or a matrix.
fn rows(node: &Node<'_, '_>, depth: usize) -> String {
    let cells = |row: &Node<'_, '_>| {
        let cells = row.children().filter(|child| name(child) == (Space::Math, "e"));
        cells.map(|cell| written(&cell, depth + 1)).collect::<Vec<_>>().join(" ")
    };
    let rows = node.children().filter(|child| matches!(name(child), (Space::Math, "e" | "mr")));
    let row = |row: Node<'_, '_>| match name(&row).1 {
        "mr" => cells(&row),
        _ => written(&row, depth + 1),
    };
    rows.map(row).collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    fn shown(inner: &str) -> String {
        let space = "http://schemas.openxmlformats.org/officeDocument/2006/math";
        let xml = format!("<m:oMath xmlns:m=\"{space}\">{inner}</m:oMath>");
        linear(&parse(&xml).unwrap().root_element())
    }

    fn r(words: &str) -> String {
        format!("<m:r><m:rPr><m:sty m:val=\"p\"/></m:rPr><m:t>{words}</m:t></m:r>")
    }

    #[test]
    fn formulas_are_one_line() {
        let fraction = format!("<m:f><m:fPr/><m:num>{}</m:num><m:den>{}</m:den></m:f>", r("a+b"), r("12"));
        let square = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", r("x"), r("2"));
        let power = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", r("x"), r("n+1"));
        let root = format!("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>{}</m:e></m:rad>", r("2"));
        let sum = format!(
            "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e></m:nary>",
            r("i=1"),
            r("n"),
            r("a")
        );
        let bracket = format!(
            "<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e>{}</m:e></m:d>",
            r("a")
        );
        for (inner, wanted) in [
            (r("94.7%"), "94.7%"),
            (fraction, "(a+b)/12"),
            (square, "x²"),
            (power, "x^(n+1)"),
            (root, "√2"),
            (sum, "∑_(i=1)^n\u{3000}a"),
            (bracket, "[a]"),
            (format!("<m:unknown><m:e>{}</m:e></m:unknown>", r("7")), "7"),
        ] {
            assert_eq!(shown(&inner), wanted);
        }
    }

    #[test]
    fn no_depth_is_too_deep() {
        let deep = format!("{}{}{}", "<m:e>".repeat(3000), r("7"), "</m:e>".repeat(3000));
        assert_eq!(shown(&deep), "7");
    }
}
