//! 三项工作： and the items that follow.

use super::super::prelude::*;
use super::marker::{self, Marker, sections};
use super::outline::{Head, List, outline};
use super::serial;
use crate::zh::number::numeral;

/// Practice: the number announced is the number of items.
pub(super) const RULE: Rule = Rule::prose("seq-count", Level::Error, run);

/// A count before what it counts.
static COUNT: Pattern = Pattern::new(
    "([一二两三四五六七八九十]{1,3}|[0-9]{1,2})(个方面|方面|个|项|点|条|件|大|种|类|步|招|道|张|场|只|支|套|块|篇|招|轮|关)",
);
/// What reports announce.
static NOUN: Pattern = Pattern::new(
    "方面|工作|问题|措施|任务|重点|特点|亮点|原因|做法|意见|建议|要求|环节|步骤|举措|目标|变化|不足|短板|困难|经验|体会|关系|抓手|行动|工程|转变|突破|提升|坚持|强化|实事|大事|好事|关口|机制|文章|原则|优势|因素|成效|启示|难题|矛盾|途径|渠道|层面|领域|关键|内容|办法|事$",
);
/// “四个强化”: a name whose items all take up its word.
static SLOGAN: Pattern = Pattern::new("“(([两三四五六七八九十])(?:个|项|大))(\\p{Han}{2,4})”");
/// Words that stand between the count and the first item.
const LINKS: [&str; 11] =
    ["主要", "具体", "即", "概括", "归纳", "分别", "也就", "包括", "表现", "做法", "着力"];
/// No noun after a count is longer, in characters.
const LONGEST: usize = 12;
/// Bytes of a sentence that are read.
const LONGEST_SENTENCE: usize = 600;
/// What after it makes a heading tell of the state of things, and not count them: 十项实事办理情况.
const STATES: [&str; 5] = ["情况", "进展", "完成", "办理", "成果"];
/// What before a count makes it something else: 第三项, 十余项.
const NO_COUNT: [char; 12] = ['第', '前', '后', '几', '数', '近', '约', '余', '每', '各', '·', '.'];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for list in outline(prose).lists {
        heads(prose, &list, found);
    }
    for section in sections(prose) {
        for run in marker::runs(prose, &section) {
            words(prose, &run, found);
        }
    }
}

fn words(prose: &Prose, run: &marker::Run, found: &mut Findings<'_>) {
    let (Some(first), Some(last)) = (run.markers.first(), run.markers.last()) else { return };
    let place = |marker: &Marker| prose.lines[marker.line].span.start + marker.span.start;
    let more = last.leads && last.line + 1 == prose.lines.len();
    let Some(intro) = intro(prose, first.line, first.span.start) else { return };
    if !run.is_whole() {
        return;
    }
    let text = &prose.source.text;
    let starts = run.markers.iter().map(|marker| place(marker) + marker.span.len());
    let items: Vec<&str> = starts.map(|start| &text[start..]).collect();
    compare(prose, intro, &items, more, found);
}

fn heads(prose: &Prose, list: &List, found: &mut Findings<'_>) {
    let Some(first) = list.heads.first() else { return };
    let whole = (1..).zip(&list.heads).all(|(number, head)| head.number == number);
    let Some(intro) = intro(prose, first.line, first.span.start).filter(|_| whole) else { return };
    let start = |head: &Head| prose.lines[head.line].span.start + head.span.end;
    let items: Vec<&str> = list.heads.iter().map(|head| &prose.source.text[start(head)..]).collect();
    compare(prose, intro, &items, list.end.is_none(), found);
}

/// The bytes of the sentence that announces what begins at a place: before it in the line, or the line above.
fn intro(prose: &Prose, line: usize, start: usize) -> Option<Range<usize>> {
    let own = &prose.lines[line];
    let before = prose.text(own)[..start].trim_matches([' ', '　', '*']);
    let (from, text) = if before.is_empty() {
        let above = prose.lines.get(line.checked_sub(1)?)?;
        (above.span.start, prose.text(above))
    } else {
        (own.span.start, &prose.text(own)[..start])
    };
    let text = text.trim_end_matches([' ', '　']);
    let body = text.trim_end_matches(['。', '；', '：', '，', ':']);
    let near = body.floor_char_boundary(body.len().saturating_sub(LONGEST_SENTENCE));
    let begin = body[near..].rfind(['。', '；', '！', '？']).map_or(near, |at| near + at + '。'.len_utf8());
    Some(from + begin..from + text.len())
}

fn compare(prose: &Prose, intro: Range<usize>, items: &[&str], more: bool, found: &mut Findings<'_>) {
    let sentence = &prose.source.text[intro.clone()];
    let announced = announced(sentence).or_else(|| slogan(sentence, items));
    let Some((span, number)) = announced else { return };
    let count = items.len() as u64;
    // A single item is for seq-single; items may be missing where the text ends.
    if number == count || count < 2 || number < 2 || more && count < number {
        return;
    }
    let words = &sentence[span.clone()];
    let place = intro.start + span.start..intro.start + span.end;
    let message = format!("前面说“{words}”，后面列了{count}项");
    let hint = format!("请核对项数，把“{words}”改成“{}”，或者增减后面的项", recounted(words, count));
    found.at(&prose.source, place, message, hint);
}

/// The same words with another count.
fn recounted(words: &str, count: u64) -> String {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    let digits = words.starts_with(|c: char| c.is_ascii_digit());
    let number = if digits { count.to_string() } else { numeral::count_before_measure(count) };
    format!("{number}{rest}")
}

/// The count at the end of a sentence: 从三个方面入手.
fn announced(sentence: &str) -> Option<(Range<usize>, u64)> {
    let body = sentence.trim_end_matches(['。', '；', '：', '，', ':', ' ', '　']);
    let clause = announcing(body)?;
    let colon = sentence.ends_with(['：', ':']) && body.ends_with(clause);
    let from = clause.as_ptr() as usize - sentence.as_ptr() as usize;
    let hit = COUNT.captures_iter(clause).last()?;
    let (whole, number) = (hit.get(0)?, hit.get(1)?);
    let rest = &clause[whole.end()..];
    let noun = NOUN.find_iter(clause).filter(|noun| noun.start() >= whole.start()).last();
    let bare = rest.is_empty() && whole.as_str().ends_with(['点', '条', '面', '项']);
    let counted = bare || noun.is_some() || colon && !number.as_str().is_ascii();
    let tail = noun.map_or("", |noun| &clause[noun.end()..]);
    let other = !whole.as_str().ends_with("方面") && STATES.iter().any(|state| tail.contains(state));
    if !counted || other || rest.chars().count() > LONGEST || !stands_alone(&clause[..whole.start()], rest) {
        return None;
    }
    let end = noun.map_or(clause.len(), |noun| noun.end()).max(whole.end());
    let words = clause[whole.start()..end].trim_end_matches('”');
    let start = from + whole.start();
    Some((start..start + words.len(), serial::number(number.as_str())?))
}

/// The last clause of a sentence, or the one before it where the last is short or leads over to the items.
fn announcing(body: &str) -> Option<&str> {
    let mut clauses = body.rsplit('，');
    let last = clauses.next()?;
    let link = LINKS.iter().any(|link| last.starts_with(link));
    let short = last.chars().count() <= 8 && !last.contains(|c: char| c.is_ascii_digit());
    if COUNT.find(last).is_none() && (link || short) { clauses.next() } else { Some(last) }
}

/// Whether a count is neither part of another number nor inside a name such as “五个一”活动.
fn stands_alone(before: &str, rest: &str) -> bool {
    let quoted = before.ends_with('“');
    let number = before.ends_with(|c: char| NO_COUNT.contains(&c) || c.is_ascii_digit());
    !number && (!quoted || rest.ends_with('”') && !rest.starts_with('一'))
}

/// The count in a name that every item takes up.
fn slogan(sentence: &str, items: &[&str]) -> Option<(Range<usize>, u64)> {
    let hit = SLOGAN.captures_iter(sentence).last()?;
    let (whole, count, word) = (hit.get(0)?, hit.get(2)?, hit.get(3)?);
    let lead = |item: &str| {
        item.split(['。', '，', '；', '\n']).next().is_some_and(|lead| lead.contains(word.as_str()))
    };
    let all = items.iter().all(|item| lead(item));
    let inner = whole.start() + '“'.len_utf8()..whole.end() - '”'.len_utf8();
    all.then(|| serial::number(count.as_str()).map(|number| (inner, number))).flatten()
}
