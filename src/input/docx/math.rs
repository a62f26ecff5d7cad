//! A formula as one line of text (ECMA-376 Part 1, 22.1): 94.7%, a/b, x^2, √(a+b).

use roxmltree::Node;

use super::xml::{Space, attribute, name};

/// Deepest nesting that is written; below it stand the words alone.
const DEEPEST: usize = 40;

/// The formula in a line.
pub(super) fn linear(node: &Node<'_, '_>) -> String {
    written(node, 0)
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
        (Space::Word, "del" | "moveFrom") => String::new(),
        (_, local) if local.ends_with("Pr") => String::new(),
        (Space::Math, "f") => format!("{}/{}", inner("num"), inner("den")),
        (Space::Math, "sSup") => format!("{}{}", part("e"), raised(&part("sup"))),
        (Space::Math, "sSub") => format!("{}{}", part("e"), lowered(&part("sub"))),
        (Space::Math, "sSubSup") => {
            format!("{}{}{}", part("e"), lowered(&part("sub")), raised(&part("sup")))
        }
        (Space::Math, "sPre") => {
            format!("{}{}{}", lowered(&part("sub")), raised(&part("sup")), part("e"))
        }
        (Space::Math, "rad") => format!("{}√{}", part("deg"), inner("e")),
        (Space::Math, "nary") => {
            let sign = property(node, "naryPr", "chr").unwrap_or("∫");
            format!("{sign}{}{}{}", lowered(&part("sub")), raised(&part("sup")), part("e"))
        }
        (Space::Math, "d") => delimited(node, depth),
        (Space::Math, "limLow") => format!("{}{}", part("e"), lowered(&part("lim"))),
        (Space::Math, "limUpp") => format!("{}{}", part("e"), raised(&part("lim"))),
        (Space::Math, "eqArr" | "m") => rows(node, depth),
        _ => node.children().filter(Node::is_element).map(|child| written(&child, depth + 1)).collect(),
    }
}

/// All parts of one name.
fn joined(node: &Node<'_, '_>, part: &str, depth: usize) -> String {
    let parts = node.children().filter(|child| name(child) == (Space::Math, part));
    parts.map(|child| written(&child, depth + 1)).collect()
}

/// What is more than one number or name stands in brackets.
fn grouped(words: &str) -> String {
    let simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | '‰' | '√');
    if words.chars().all(simple) { words.to_owned() } else { format!("({words})") }
}

/// Words that stand raised behind others.
pub(super) fn raised(words: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits: Option<String> =
        words.chars().map(|c| DIGITS.get(c.to_digit(10)? as usize).copied()).collect();
    match digits {
        _ if words.is_empty() => String::new(),
        Some(digits) => digits,
        None => format!("^{}", grouped(words)),
    }
}

/// Words that stand lowered behind others.
pub(super) fn lowered(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("_{}", grouped(words)) }
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
            (sum, "∑_(i=1)^na"),
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
