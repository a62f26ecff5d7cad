//! Lines that belong together, and points that stand in the middle of one.

use super::{Kind, Mending, Tidied, end_of, ends, has_sentence, is_heading, ordinal, point, start_of};
use crate::zh::pattern::Pattern;
use crate::zh::width::half_cells;

/// A number that stands alone.
static ALONE: Pattern = Pattern::new(
    "^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、])$",
);
/// A point that begins behind the end of a sentence.
static INNER: Pattern = Pattern::new("[。；！？][”’）]?[ 　]*([一二三四五六七八九十]{1,3}是)");
/// So long is a heading at most.
const HEADING: usize = 42;
/// A line that is shorter may be a name or a heading without a number.
const SHORTEST: usize = 12;

/// Joins two lines and tells of it.
fn join(mut left: Tidied, right: Tidied, kind: Kind, mendings: &mut Vec<Mending>) -> Tidied {
    let place = left.from.first().map_or(1, |at| at + 1);
    let (before, behind) = (end_of(&left.words), start_of(&right.words));
    mendings.push(Mending {
        kind,
        place,
        before: format!("{before}⏎{behind}"),
        after: format!("{before}{behind}"),
    });
    left.words.truncate(left.words.trim_end().len());
    left.words.push_str(right.words.trim_start());
    left.from.extend(right.from);
    left
}

/// Whether two lines can stand in one without running numbers or foreign words together.
fn fits(left: &str, right: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let (last, first) = (left.trim_end().chars().next_back(), right.trim_start().chars().next());
    let (Some(last), Some(first)) = (last, first) else { return false };
    let number = last.is_numeric() && (first.is_numeric() || ".．,，%％-—～".contains(first));
    !(number || latin(last) && latin(first))
}

/// Puts numbers that stand alone before their headings.
pub(super) fn numbers(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let mut joined = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let heads = |next: &Tidied| {
            let brief = next.words.trim().chars().count() <= HEADING && !next.words.contains(['。', '\t']);
            !next.fixed && brief && !is_heading(&next.words) && fits(&line.words, &next.words)
        };
        let alone = !line.fixed && ALONE.is_match(line.words.trim());
        match lines.next_if(|next| alone && heads(next)) {
            Some(next) => joined.push(join(line, next, Kind::Number, mendings)),
            None => joined.push(line),
        }
    }
    joined
}

/// Begins a line with every point of a row of which others do.
pub(super) fn points(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let mut parted = Vec::with_capacity(lines.len());
    let mut section: Vec<Tidied> = Vec::new();
    for line in lines {
        if line.fixed || is_heading(&line.words) {
            parted.append(&mut of_section(std::mem::take(&mut section), mendings));
            parted.push(line);
        } else {
            section.push(line);
        }
    }
    parted.append(&mut of_section(section, mendings));
    parted
}

fn of_section(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let lines = rows(lines, mendings);
    if lines.iter().filter(|line| point(&line.words).is_some()).count() < 2 {
        return lines;
    }
    let mut parted = Vec::with_capacity(lines.len());
    // The last point that began a line, and the last of a row within it.
    let (mut outer, mut inner) = (None, None);
    for line in lines {
        if let Some(number) = point(&line.words) {
            (outer, inner) = (Some(number), None);
        }
        let mut start = 0;
        for hit in INNER.captures_iter(&line.words) {
            let (Some(mark), Some(number)) = (hit.get(1), ordinal(&hit[1])) else { continue };
            if number > 1 && inner != Some(number - 1) && outer == Some(number - 1) {
                mendings.push(parting(&line, start, mark.start()));
                parted.push(piece(&line, start..mark.start()));
                (outer, inner, start) = (Some(number), None, mark.start());
            } else {
                inner = Some(number);
            }
        }
        let rest = piece(&line, start..line.words.len());
        parted.push(if start == 0 { line } else { rest });
    }
    parted
}

/// Begins a line with every point of a row within one, where the next line goes on with the row.
fn rows(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let mut parted = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().and_then(|next| point(&next.words));
        let marks: Vec<usize> = match next {
            Some(next) if point(&line.words).is_none() => row(&line.words, next),
            _ => Vec::new(),
        };
        let mut start = 0;
        for mark in marks {
            mendings.push(parting(&line, start, mark));
            parted.push(piece(&line, start..mark));
            start = mark;
        }
        let rest = piece(&line, start..line.words.len());
        parted.push(if start == 0 { line } else { rest });
    }
    parted
}

/// Where the points 1 to `next` - 1 begin within words, if they are all there and no other.
fn row(words: &str, next: u64) -> Vec<usize> {
    let found: Vec<(u64, usize)> =
        INNER.captures_iter(words).filter_map(|hit| Some((ordinal(&hit[1])?, hit.get(1)?.start()))).collect();
    if found.iter().map(|(number, _)| *number).eq(1..next) {
        found.into_iter().map(|(_, at)| at).collect()
    } else {
        Vec::new()
    }
}

/// What is told of a point that now begins a line.
fn parting(line: &Tidied, start: usize, mark: usize) -> Mending {
    let (end, begin) = (end_of(&line.words[start..mark]), start_of(&line.words[mark..]));
    let place = line.from.first().map_or(1, |at| at + 1);
    Mending { kind: Kind::Point, place, before: format!("{end}{begin}"), after: format!("{end}⏎{begin}") }
}

/// A piece of a line, as far indented as the line.
fn piece(line: &Tidied, span: std::ops::Range<usize>) -> Tidied {
    let blanks = &line.words[..line.words.len() - line.words.trim_start().len()];
    let words = format!("{blanks}{}", line.words[span].trim());
    Tidied { words, ..line.clone() }
}

/// Joins sentences that were broken over lines.
pub(super) fn broken(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let start = lines.iter().position(|line| has_sentence(&line.words) || is_heading(&line.words));
    let numbered = lines.iter().filter(|line| is_heading(&line.words)).count() > 1;
    let mut joined: Vec<Tidied> = Vec::with_capacity(lines.len());
    let mut lines: std::collections::VecDeque<Tidied> = lines.into();
    joined.extend(lines.drain(..start.unwrap_or(lines.len())));
    while let Some(line) = lines.pop_front() {
        let parts = if is_broken_heading(&line, lines.front()) { 1 } else { parts(&line, &lines, numbered) };
        let whole = (0..parts).filter_map(|_| lines.pop_front()).collect::<Vec<_>>();
        joined.push(whole.into_iter().fold(line, |line, next| join(line, next, Kind::Broken, mendings)));
    }
    joined
}

/// So many broken sentences say that the ends of lines mean nothing in a text.
const MANY: usize = 3;

/// Gives points the sentences that follow them, where the text has a line for every sentence and breaks them, too.
pub(super) fn sentences(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    if mendings.iter().filter(|mending| mending.kind == Kind::Broken).count() < MANY {
        return lines;
    }
    let mut joined: Vec<Tidied> = Vec::with_capacity(lines.len());
    let mut lines: std::collections::VecDeque<Tidied> = lines.into();
    while let Some(line) = lines.pop_front() {
        let parts = if line.fixed || point(&line.words).is_none() { 0 } else { following(&line, &lines) };
        let whole = (0..parts).filter_map(|_| lines.pop_front()).collect::<Vec<_>>();
        joined.push(whole.into_iter().fold(line, |line, next| join(line, next, Kind::Sentence, mendings)));
    }
    joined
}

/// How many lines belong to a point: those up to the next point or heading, or to a deeper indent; where nothing says
/// where it ends, none.
fn following(line: &Tidied, next: &std::collections::VecDeque<Tidied>) -> usize {
    let whole = |words: &str| ends(words) && !words.trim_end().ends_with(['：', ':']);
    let mut last = line;
    for (count, after) in next.iter().enumerate() {
        let ended =
            is_own(after) || point(&after.words).is_some() || indent(&after.words) > indent(&line.words);
        if ended {
            return count;
        }
        if !whole(&last.words) || !whole(&after.words) || !fits(&last.words, &after.words) {
            return 0;
        }
        last = after;
    }
    0
}

fn indent(words: &str) -> usize {
    half_cells(&words[..words.len() - words.trim_start().len()])
}

/// Whether a line begins something of its own.
fn is_own(line: &Tidied) -> bool {
    line.fixed || line.words.contains('\t') || is_heading(&line.words) || ALONE.is_match(line.words.trim())
}

fn goes_on(left: &Tidied, right: &Tidied) -> bool {
    !is_own(right) && point(&right.words).is_none() && fits(&left.words, &right.words)
}

/// A heading that ends in a comma goes on, and what was taken for one that ends in a figure without its unit.
fn is_broken_heading(line: &Tidied, next: Option<&Tidied>) -> bool {
    if line.fixed || !is_heading(&line.words) {
        return false;
    }
    let words = line.words.trim_end();
    let comma = words.ends_with(['，', '、', ',']);
    let figure = words.contains(['，', ',', '。']) && words.ends_with(|c: char| c.is_ascii_digit());
    let brief = |next: &&Tidied| next.words.trim().chars().count() <= HEADING / 2 && !ends(&next.words);
    next.is_some_and(|next| (comma && brief(&next) || figure) && goes_on(line, next))
}

/// How many of the next lines a line goes on in: up to the end of its sentence, none where that does not come.
fn parts(line: &Tidied, next: &std::collections::VecDeque<Tidied>, numbered: bool) -> usize {
    if is_own(line)
        || ends(&line.words)
        || !next.front().is_some_and(|next| is_open(&line.words, &next.words, numbered))
    {
        return 0;
    }
    let mut last = line;
    for (count, line) in next.iter().enumerate() {
        if !goes_on(last, line) {
            return 0;
        }
        if ends(&line.words) {
            return count + 1;
        }
        last = line;
    }
    0
}

/// Whether a line without an end is no heading and no name. Where headings have numbers, one without is none.
fn is_open(words: &str, next: &str, numbered: bool) -> bool {
    let words = words.trim();
    if numbered && (words.chars().count() >= SHORTEST || has_sentence(words)) {
        return true;
    }
    words.contains(['。', '；'])
        || words.chars().count() > HEADING
        || words.ends_with([
            '，', '、', ',', '（', '(', '“', '的', '和', '与', '及', '等', '在', '对', '为', '把', '将', '了',
        ])
        || next.trim_start().starts_with(['，', '、', '。', '；', '）', '”', ',', ';', ')'])
}
