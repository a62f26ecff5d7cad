//! The code of a web page that was copied with its words: tags and the names of characters.

use super::{Kind, Mending, Tidied, end_of, start_of};
use crate::zh::pattern::Pattern;

/// A tag, a comment, or a character by its name or number.
static CODE: Pattern = Pattern::new(
    r#"<!--.*?-->|</?([a-zA-Z][a-zA-Z0-9:]{0,9})(?:\s[^<>]*)?/?>|&(?:([a-z]{2,8})|#([0-9]{2,6})|#x([0-9a-fA-F]{2,5}));"#,
);

/// The lines without code. A tag of a block ends a line; that of a cell is a tab.
pub(super) fn without(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    lines.into_iter().flat_map(|line| plain(line, mendings)).collect()
}

fn plain(line: Tidied, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    if line.fixed || !CODE.is_match(&line.words) {
        return vec![line];
    }
    let place = line.from.first().map_or(1, |at| at + 1);
    let mut words = String::new();
    let mut at = 0;
    for hit in CODE.captures_iter(&line.words) {
        let Some(whole) = hit.get(0) else { continue };
        let Some(new) = meaning(&hit) else { continue };
        let (before, behind) = (end_of(&line.words[..whole.start()]), start_of(&line.words[whole.end()..]));
        let seam = if new == "\n" { "⏎" } else { &new };
        let (before, after) =
            (format!("{before}{}{behind}", whole.as_str()), format!("{before}{seam}{behind}"));
        mendings.push(Mending { kind: Kind::Code, place, before, after });
        words.push_str(&line.words[at..whole.start()]);
        words.push_str(&new);
        at = whole.end();
    }
    words.push_str(&line.words[at..]);
    let own = |words: &str| Tidied { words: words.to_owned(), ..line.clone() };
    words
        .split('\n')
        .filter(|words| !words.trim().is_empty())
        .map(|words| own(words.trim_end_matches('\t')))
        .collect()
}

/// What code stands for; nothing is known of tags and names that no page has.
fn meaning(hit: &regex::Captures<'_>) -> Option<String> {
    let group = |at: usize| hit.get(at).map(|found| found.as_str());
    match (group(1), group(2), group(3), group(4)) {
        (Some(tag), ..) => tagged(&tag.to_ascii_lowercase(), group(0)?.starts_with("</")).map(str::to_owned),
        (_, Some(name), ..) => named(name).map(str::to_owned),
        (_, _, Some(digits), _) => numbered(digits, 10),
        (_, _, _, Some(digits)) => numbered(digits, 16),
        _ => Some(String::new()),
    }
}

fn numbered(digits: &str, radix: u32) -> Option<String> {
    let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    (!crate::zh::unseen::is_unseen(c)).then(|| c.to_string())
}

/// What a tag does to the words: it begins a line, parts cells, or only shows them otherwise.
fn tagged(name: &str, closes: bool) -> Option<&'static str> {
    Some(match name {
        "p" | "div" | "br" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "tr"
        | "table" | "tbody" | "section" | "article" | "blockquote" | "hr" => "\n",
        "td" | "th" if closes => "\t",
        "td" | "th" => "",
        "span" | "b" | "strong" | "i" | "em" | "u" | "font" | "a" | "img" | "o:p" | "sup" | "sub" => "",
        _ => return None,
    })
}

/// The characters that Chinese pages write by their names: HTML, named character references.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "nbsp" | "ensp" | "thinsp" => " ",
        "emsp" => "　",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "mdash" => "—",
        "ndash" => "–",
        "hellip" => "…",
        "middot" => "·",
        "bull" => "•",
        "times" => "×",
        "divide" => "÷",
        "permil" => "‰",
        "yen" => "¥",
        "deg" => "°",
        "laquo" => "«",
        "raquo" => "»",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARTS: [&str; 16] = [
        "<p>",
        "</P>",
        "<br/>",
        "<td>",
        "</td>",
        "<b class=\"x\">",
        "</b>",
        "<!-- -->",
        "&nbsp;",
        "&foo;",
        "<待填>",
        "<",
        ">",
        "12",
        "件",
        "。",
    ];

    proptest! {
        #[test]
        fn words_stay_in_order(parts in prop::collection::vec(0..PARTS.len(), 0..12)) {
            let words: String = parts.iter().map(|part| PARTS[*part]).collect();
            let line = Tidied { words: words.clone(), fixed: false, from: vec![0] };
            let mut mendings = Vec::new();
            let plain = without(vec![line], &mut mendings);
            let kept = |words: &str| words.chars().filter(|c| c.is_ascii_digit() || "件。待填".contains(*c)).collect::<String>();
            let after: String = plain.iter().map(|line| kept(&line.words)).collect();
            prop_assert_eq!(after, kept(&words));
            prop_assert!(!mendings.is_empty() || plain.iter().map(|line| line.words.as_str()).collect::<String>() == words.trim_end_matches('\t') || words.trim().is_empty());
        }
    }
}
