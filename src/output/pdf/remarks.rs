//! Remarks of the proof-reader, which a viewer shows beside the words: where a figure comes from.
//!
//! The library writes links and no other annotation. So they are appended to the finished file as a later
//! version of its pages (ISO 32000-1, 7.5.6), whose parts stay where they are.

use std::fmt::Write;

use crate::layout::{Mark, Run, Sheet};

/// Who remarks, as hexadecimal UTF-16: 汇报.
const AUTHOR: &str = "<FEFF6C4762A5>";

/// Whether anything is remarked.
pub(super) fn any(sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| noted(sheet).next().is_some())
}

/// The file with the remarks of its sheets; as it is, where its parts are not found.
pub(super) fn added(file: Vec<u8>, sheets: &[Sheet]) -> Vec<u8> {
    appendix(&file, sheets).map_or(file.clone(), |appendix| [file, appendix.into_bytes()].concat())
}

fn noted(sheet: &Sheet) -> impl Iterator<Item = (&Run, &str)> {
    sheet.marks.iter().filter_map(|mark| match mark {
        Mark::Run(run) => run.look.note.as_ref().map(|(remark, _)| (run, remark.as_str())),
        Mark::Rule(_) | Mark::Shape(_) | Mark::Image(_) => None,
    })
}

/// Objects that are written behind the file, each with where it begins.
struct Appendix {
    text: String,
    start: usize,
    places: Vec<(usize, usize)>,
    next: usize,
}

impl Appendix {
    fn object(&mut self, number: usize, body: &str) {
        self.places.push((number, self.start + self.text.len()));
        let _ = write!(self.text, "{number} 0 obj\n{body}\nendobj\n");
    }

    fn new_object(&mut self, body: &str) -> usize {
        let number = self.next;
        self.next += 1;
        self.object(number, body);
        number
    }
}

fn appendix(file: &[u8], sheets: &[Sheet]) -> Option<String> {
    let trailer = between(file, last(file, b"trailer\n<<")? + 10, b">>\nstartxref\n")?;
    let previous = number_at(file, last(file, b"startxref\n")? + 10)?;
    let (size, rest) = sized(trailer)?;
    let kids = between(file, first(file, b"/Kids[", first(file, b"<</Type/Pages/", 0)?)? + 6, b"]")?;
    let kids: Vec<usize> = kids.split(" 0 R").filter_map(|kid| kid.trim().parse().ok()).collect();
    let mut appendix = Appendix { text: "\n".to_owned(), start: file.len(), places: Vec::new(), next: size };
    // What is remarked is underlined on the page already, so the remark itself has no look.
    let look = "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 0>>\nstream\n\nendstream";
    let look = appendix.new_object(look);
    for (sheet, page) in sheets.iter().zip(kids) {
        let remarks: Vec<String> = noted(sheet)
            .map(|(run, remark)| annotation(sheet, run, remark, (page, look)))
            .map(|body| format!("{} 0 R", appendix.new_object(&body)))
            .collect();
        if !remarks.is_empty() {
            let own =
                between(file, first(file, format!("\n{page} 0 obj\n<<").as_bytes(), 0)? + 1, b">>\nendobj")?;
            let (_, own) = own.split_once("<<")?;
            appendix.object(page, &format!("<<{own}/Annots[{}]>>", remarks.join(" ")));
        }
    }
    Some(closed(appendix, rest, previous))
}

/// A remark over the words of a run.
fn annotation(sheet: &Sheet, run: &Run, remark: &str, (page, look): (usize, usize)) -> String {
    let (left, right) = run.edges();
    let height = |below: i32| number(sheet.height - run.baseline - below);
    let (x0, x1) = (number(left), number(right));
    let (y0, y1) = (height(run.size / 5), height(-run.size * 9 / 10));
    // Some viewers colour the words themselves: a figure with an origin is told from one without.
    let alarm = run.look.note.as_ref().is_some_and(|(_, alarm)| *alarm);
    let colour = if alarm { "1 .89 .36" } else { ".8 .9 1" };
    let words: String = remark.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!(
        "<</Type/Annot/Subtype/Highlight/Rect[{x0} {y0} {x1} {y1}]/QuadPoints[{x0} {y1} {x1} {y1} {x0} {y0} {x1} {y0}]\
         /Contents<FEFF{words}>/T{AUTHOR}/F 4/C[{colour}]/AP<</N {look} 0 R>>/P {page} 0 R>>"
    )
}

/// The list of the objects and where the file goes on before it.
fn closed(mut appendix: Appendix, trailer: &str, previous: usize) -> String {
    appendix.places.sort_unstable();
    let begins = appendix.start + appendix.text.len();
    let mut text = appendix.text;
    text.push_str("xref\n");
    for (number, place) in &appendix.places {
        let _ = write!(text, "{number} 1\n{place:010} 00000 n\r\n");
    }
    let size = appendix.next;
    let _ = write!(text, "trailer\n<</Size {size}{trailer}/Prev {previous}>>\nstartxref\n{begins}\n%%EOF");
    text
}

/// Thousandths of a point as a number of the file.
fn number(thousandths: i32) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let all = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", all / 1000, all % 1000)
}

/// The number of objects that a trailer gives, and what else it says.
fn sized(trailer: &str) -> Option<(usize, &str)> {
    let size = trailer.strip_prefix("/Size ")?;
    let end = size.find(|c: char| !c.is_ascii_digit())?;
    let (size, rest) = size.split_at(end);
    Some((size.parse().ok()?, rest))
}

fn first(file: &[u8], words: &[u8], from: usize) -> Option<usize> {
    file.get(from..)?.windows(words.len()).position(|part| part == words).map(|at| from + at)
}

fn last(file: &[u8], words: &[u8]) -> Option<usize> {
    file.windows(words.len()).rposition(|part| part == words)
}

/// The text from here up to some words.
fn between<'f>(file: &'f [u8], from: usize, words: &[u8]) -> Option<&'f str> {
    let end = first(file, words, from)?;
    std::str::from_utf8(&file[from..end]).ok()
}

fn number_at(file: &[u8], from: usize) -> Option<usize> {
    between(file, from, b"\n")?.trim().parse().ok()
}
