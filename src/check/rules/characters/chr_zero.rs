//! The zero of Chinese numerals.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};

/// GB/T 15835-2011, 5.2.5: 〇 in years and numbers digit by digit, 零 in counts.
pub(super) const RULE: Rule = Rule::prose("chr-zero", Level::Error, run);

/// Digits one by one, with what is taken for 〇.
static DIGITS: Pattern = Pattern::new("[一二三四五六七八九〇零oOОоΟοｏＯ○◯０0]{3,}");
static COUNT: Pattern = Pattern::new("[百千万亿][〇○◯OＯ０0]+[一二三四五六七八九]");
const ALIKE: &str = "oOОоΟοｏＯ○◯０0";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&DIGITS).filter(|(line, hit)| is_wrong(hit, prose.text(line))) {
        let right: String =
            hit[0].chars().map(|c| if c == '零' || ALIKE.contains(c) { '〇' } else { c }).collect();
        let message = format!("“{}”里的“〇”写错了", &hit[0]);
        let hint = format!("请写成“{right}”");
        found.fix(&prose.source, place(line, &part(&hit, 0)), right, message, hint);
    }
    for (line, hit) in prose.matches(&COUNT) {
        let zero = |c: char| if c == '〇' || ALIKE.contains(c) { '零' } else { c };
        let right: String = hit[0].chars().map(zero).collect();
        let message = format!("数量“{}”里的“零”写错了", &hit[0]);
        let hint = format!("请写成“{right}”");
        found.fix(&prose.source, place(line, &part(&hit, 0)), right, message, hint);
    }
}

/// Whether Han digits have a sign among them that is no 〇; 零 is wrong only in the year.
fn is_wrong(hit: &Captures<'_>, text: &str) -> bool {
    let (digits, span) = (&hit[0], part(hit, 0));
    let next = after(text, span.end);
    let han = digits.chars().filter(|c| "一二三四五六七八九".contains(*c)).count();
    let alike = digits.contains(|c| ALIKE.contains(c)) && digits.starts_with(|c| !ALIKE.contains(c));
    let year = digits.contains('零') && digits.chars().count() == 4 && next == Some('年');
    let code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    han > 0 && (alike || year) && !code(before(text, span.start)) && !code(next)
}
