//! A template is compiled piece by piece.
//!
//! The engine counts lines from the top at every tag, so that a text compiled as a whole costs the square of its
//! length. Cut where nothing reaches across (after a blank line, outside every block), the pieces give the same
//! elements, and a text of four times the length costs four times as much.

use handlebars::TemplateError;
use handlebars::template::{HelperTemplate, Template, TemplateElement};

use super::guard::{Tag, tags};

/// What the engine makes of a text.
///
/// # Errors
/// What it makes of the whole text, where it cannot compile it.
pub(super) fn compile(name: &str, text: &str) -> Result<Template, TemplateError> {
    let whole = || Template::compile_with_name(text, name.to_owned());
    let mut joined = Template::new();
    let mut lines = 0;
    for piece in cut(text) {
        // An error knows its place in the text that was compiled.
        let Ok(mut template) = Template::compile(piece) else { return whole() };
        shift(&mut template, lines);
        append(&mut joined, template);
        lines += piece.matches('\n').count();
    }
    joined.name = Some(name.to_owned());
    Ok(joined)
}

/// The pieces of a text: most end with the last blank line before a tag.
fn cut(text: &str) -> Vec<&str> {
    // Escaped tags and raw blocks are not worth a second reading of the engine's grammar; and how far `~` reaches, only
    // the engine knows: across raw text up to a comment that stands alone.
    if ["\\{{", "{{{{", "{{~", "~}}"].iter().any(|special| text.contains(special)) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let (mut start, mut gap, mut depth) = (0, 0, 0usize);
    for tag in tags(text) {
        let Tag::Whole(span) = tag else { break };
        let tag = &text[span.clone()];
        if let Some(end) = blank_line(&text[gap..span.start]).filter(|_| depth == 0) {
            pieces.push(&text[start..gap + end]);
            start = gap + end;
        }
        match tag.trim_start_matches(['{', ' ', '\t', '\r', '\n']).chars().next() {
            Some('#') => depth += 1,
            Some('/') => depth = depth.saturating_sub(1),
            _ => {}
        }
        gap = span.end;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Where the last blank line ends.
fn blank_line(text: &str) -> Option<usize> {
    let after = |blank: &str| text.rfind(blank).map(|at| at + blank.len());
    after("\n\n").max(after("\n\r\n"))
}

/// Adds the elements of the next piece; raw text across the cut becomes one element again.
fn append(joined: &mut Template, piece: Template) {
    let mut elements = piece.elements.into_iter().zip(piece.mapping).peekable();
    if let (Some(TemplateElement::RawString(end)), Some((TemplateElement::RawString(start), _))) =
        (joined.elements.last_mut(), elements.peek())
    {
        end.push_str(start);
        elements.next();
    }
    for (element, place) in elements {
        joined.elements.push(element);
        joined.mapping.push(place);
    }
}

/// Counts the lines of a piece, and of the blocks in it, from the top of the text.
fn shift(template: &mut Template, lines: usize) {
    template.mapping.iter_mut().for_each(|place| place.0 += lines);
    for element in &mut template.elements {
        let inner = match element {
            TemplateElement::HelperBlock(block) => {
                let HelperTemplate { template, inverse, .. } = block.as_mut();
                [template.as_mut(), inverse.as_mut()]
            }
            TemplateElement::DecoratorBlock(block) | TemplateElement::PartialBlock(block) => {
                [block.template.as_mut(), None]
            }
            _ => continue,
        };
        inner.into_iter().flatten().for_each(|template| shift(template, lines));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    type Elements = Vec<(TemplateElement, Option<(usize, usize)>)>;

    /// Elements with their places; neighbouring raw texts are one, and where that stands is nobody's business.
    fn plain(template: Template) -> Elements {
        let mut joined = Template::new();
        for (element, place) in template.elements.into_iter().zip(template.mapping) {
            let mut one = Template::new();
            one.elements.push(element);
            one.mapping.push(place);
            append(&mut joined, one);
        }
        let elements = joined.elements.into_iter().zip(joined.mapping);
        let place = |(element, place): (TemplateElement, handlebars::template::TemplateMapping)| {
            let raw = matches!(element, TemplateElement::RawString(_));
            (element, (!raw).then_some((place.0, place.1)))
        };
        elements.map(place).collect()
    }

    fn both(text: &str) -> [Result<Elements, String>; 2] {
        let said = |error: TemplateError| format!("{:?} {error}", error.pos());
        [compile("t", text), Template::compile_with_name(text, "t".into())]
            .map(|made| made.map(plain).map_err(said))
    }

    fn templates(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
            let (path, name) = (entry.path(), entry.file_name());
            if entry.file_type().unwrap().is_dir() && name != "target" && name != ".git" {
                templates(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "hbs") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_template_of_the_repository_is_the_same_in_pieces() {
        let mut found = Vec::new();
        templates(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
        assert!(found.iter().any(|text| cut(text).len() > 10), "{}", found.len());
        found.push("{{#近 3}}{{/近~}}# 题\n{{!-- 注 --}}\n\n{{甲}}\n\n{{甲}}".to_owned());
        for text in found {
            let [pieces, whole] = both(&text);
            assert_eq!(pieces, whole, "{text}");
        }
    }

    #[test]
    fn pieces_do_not_grow_with_the_text() {
        let paragraph = "全镇{{#近 3}}三年投资{{投资}}{{/近}}，\n开会{{会议}}次。\n\n";
        let cost = |times| {
            // The engine reads a piece from its top at every tag.
            let pieces = paragraph.repeat(times);
            cut(&pieces).iter().map(|piece| piece.len() * piece.matches("{{").count()).sum::<usize>()
        };
        assert_eq!(cost(4000), 10 * cost(400));
    }

    const WORDS: &str = "甲¦乙3~5天¦ ¦  ¦\t¦\n¦\n\n¦\n\n\n¦\r\n\r\n¦\n \n¦　¦# 题\n¦\\¦}¦{¦}}¦[¦]¦\"¦'¦-¦|";
    const TAGS: &str = "{{甲}}¦{{ 甲.乙 }}¦{{~甲}}¦{{甲~}}¦{{{甲}}}¦{{&甲}}¦{{数 甲 词=\"多\"}}¦{{数 (和 甲 乙)}}¦\
        {{> 片段}}¦{{> 片段~}}¦{{!-- 注 }} \n\n --}}¦{{! 注}}¦{{数 \"a}}\n\n{{b\"}}¦\\{{甲}}¦\\\\{{甲}}¦{{甲 [b}}\n\n]}}¦\
        {{\n\n甲}}¦{{else}}¦{{^}}¦{{/近}}¦{{#近 3}}¦{{{{raw}}}}¦{{{{/raw}}}}¦{{* 甲}}";

    fn one_of(words: &'static str) -> impl Strategy<Value = String> + Clone {
        proptest::sample::select(words.split('¦').map(str::to_owned).collect::<Vec<_>>())
    }

    /// Words, tags that are whole or broken, and blocks in blocks; now and then the engine takes them.
    fn text() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![4 => one_of(WORDS), 1 => one_of(TAGS), 3 => Just("\n\n{{甲}}".to_owned())];
        let nested = leaf.clone().prop_recursive(3, 24, 6, |inner| {
            let some = prop::collection::vec(inner, 0..6).prop_map(|parts| parts.concat());
            let open = one_of("{{#近 3}}¦{{# 近 3}}¦{{~#近 3}}¦{{#近 3~}}");
            let middle = one_of("¦{{else}}¦\n{{else}}\n\n¦{{~^~}}");
            let close = one_of("{{/近}}¦{{/近~}}¦{{ /近}}");
            (open, some.clone(), middle, some, close)
                .prop_map(|(open, one, middle, two, close)| [open, one, middle, two, close].concat())
        });
        prop::collection::vec(prop_oneof![2 => leaf, 1 => nested], 0..14).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(800))]

        #[test]
        fn pieces_make_what_the_whole_makes(text in text()) {
            let [pieces, whole] = both(&text);
            prop_assert_eq!(pieces, whole);
        }
    }
}
