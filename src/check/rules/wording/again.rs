//! A clause, a sentence or a member of a list that stands twice.

use super::super::prelude::*;
use super::super::punctuation::marks::place;

/// Practice of editors: what was pasted twice is taken out once.
pub(super) const RULE: Rule = Rule::prose("doc-again", Level::Warning, run);

/// Clauses that follow each other are told from this many Han characters on; 一步一步 and calls are shorter.
const SHORT: usize = 5;
/// Clauses apart from each other, in one sentence.
const LONG: usize = 6;
/// Sentences of one paragraph.
const SENTENCE: usize = 10;
/// Sentences that follow each other.
const NEXT: usize = 5;
/// What numbers an item: 一是.
const ORDER: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Members of a list.
const MEMBER: usize = 2;
/// A member of which the first, with words before it, may be the same.
const FIRST: usize = 3;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| line.kind.is_body()) {
        let mut told: Vec<Range<usize>> = Vec::new();
        let pairs = sentences(text).into_iter().chain(clauses(text)).chain(members(text));
        for (kind, span) in pairs {
            let known = told.iter().any(|other| other.start < span.end && span.start < other.end);
            if known || line.is_quoted(&span) {
                continue;
            }
            let message = format!("“{}”这一{kind}写了两遍", &text[span.clone()]);
            found.at(&prose.source, place(line, &span), message, "请删去一个，或者改成原来要写的另一个");
            told.push(span);
        }
    }
}

/// Stretches between marks, without the marks.
fn parts<'t>(text: &'t str, within: Range<usize>, marks: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let mut from = within.start;
    let words = &text[within.clone()];
    let ends =
        words.match_indices(|c| marks.contains(c)).map(move |(at, mark)| (within.start + at, mark.len()));
    ends.chain([(within.end, 0)]).map(move |(end, mark)| std::mem::replace(&mut from, end + mark)..end)
}

fn han(words: &str) -> usize {
    words.chars().filter(|c| is_han(*c)).count()
}

/// A figure may be the same for two owners: 同比增长5%.
fn has_figure(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

type Told = (&'static str, Range<usize>);

fn sentences(text: &str) -> Vec<Told> {
    let all: Vec<Range<usize>> = parts(text, 0..text.len(), "。！？").collect();
    let bare =
        |span: &Range<usize>| text[span.clone()].trim().trim_start_matches(ORDER).trim_start_matches('是');
    let again = |(index, span): (usize, &Range<usize>)| {
        let words = bare(span);
        let beside = index > 0 && bare(&all[index - 1]) == words;
        let twice = beside && han(words) >= NEXT
            || han(words) >= SENTENCE && all[..index].iter().any(|other| bare(other) == words);
        twice.then(|| ("句", span.clone()))
    };
    all.iter().enumerate().filter_map(again).collect()
}

fn clauses(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for sentence in parts(text, 0..text.len(), "。！？") {
        // Items of a row may end alike: 甲村…，限期整改；乙村…，限期整改.
        for item in parts(text, sentence, "；") {
            let all: Vec<Range<usize>> = parts(text, item, "，：").collect();
            for (index, span) in all.iter().enumerate() {
                let words = &text[span.clone()];
                let beside = index > 0 && text[all[index - 1].clone()].ends_with(words);
                let apart =
                    !has_figure(words) && all[..index].iter().any(|other| text[other.clone()] == *words);
                if beside && han(words) >= SHORT || apart && han(words) >= LONG {
                    found.push(("分句", span.clone()));
                }
            }
        }
    }
    found
}

/// Members that have a 、 at both sides, or end the list before 等 or a mark.
fn members(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for clause in parts(text, 0..text.len(), "。！？；，：（）") {
        let all: Vec<Range<usize>> = parts(text, clause, "、").collect();
        let Some(inner) = all.get(1..).filter(|inner| inner.len() > 1) else { continue };
        for (index, span) in inner.iter().enumerate() {
            let words = &text[span.clone()];
            let ends = index + 1 == inner.len();
            let name = if ends { words.split('等').next().unwrap_or(words) } else { words };
            let twice = han(name) >= MEMBER
                && !has_figure(name)
                && (inner[..index].iter().any(|other| text[other.clone()] == *name)
                    || han(name) >= FIRST && text[all[0].clone()].ends_with(name));
            if twice {
                found.push(("项", span.start..span.start + name.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_is_found_in_its_place() {
        for (text, wanted) in [
            ("着力改善环境，着力改善环境。", &["着力改善环境"][..]),
            ("全镇粮食生产再获丰收。天气好。全镇粮食生产再获丰收。", &["全镇粮食生产再获丰收"]),
            ("发展茶叶、水稻、油菜、水稻等产业", &["水稻"]),
            ("甲增长5%，乙增长6%，增长5%", &[]),
            ("甲村抓好问题整改落实；乙村抓好问题整改落实", &[]),
            ("谁主管、谁负责、谁受益", &[]),
        ] {
            let all = sentences(text).into_iter().chain(clauses(text)).chain(members(text));
            let words: Vec<&str> = all.map(|(_, span)| &text[span]).collect();
            assert_eq!(words, wanted, "{text}");
        }
    }
}
