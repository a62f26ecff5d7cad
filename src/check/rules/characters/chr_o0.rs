//! Letters that stand for digits.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};

/// Practice: O for 0 and l for 1 cannot be found, summed or compared.
pub(super) const RULE: Rule = Rule::prose("chr-o0", Level::Error, run);

static WORD: Pattern = Pattern::new("[0-9A-Za-zＯｏОо〇○_-]+(?:\\.[0-9A-Za-zＯｏОо〇○]+)*");
/// Digits and what looks like digits: l8, 2O25, 1O, O.5; not O2, O2O, 5l.
static ALIKE: Pattern = Pattern::new(
    "^(?:[0-9.]*[0-9][OoＯｏОо〇○lI]+[0-9.][0-9OoＯｏОо〇○lI.]*|[0-9.]*[0-9][OoＯｏОо〇○]+[lI]*\
         |l[0-9][0-9.OoＯ]*|[OoＯО]\\.[0-9]+)$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&WORD).filter(|(_, hit)| ALIKE.is_match(&hit[0])) {
        let next = after(prose.text(line), part(&hit, 0).end);
        if next.is_some_and(|c| !is_han(c) && !"%％‰℃，。；、）—～-".contains(c)) {
            continue;
        }
        let right: String = hit[0].chars().map(digit).collect();
        let message = format!("数字“{}”里夹了字母", &hit[0]);
        let hint = format!("请核对，是不是“{right}”");
        found.at(&prose.source, place(line, &part(&hit, 0)), message, hint);
    }
}

fn digit(c: char) -> char {
    match c {
        'l' | 'I' => '1',
        c if c.is_ascii_digit() || c == '.' => c,
        _ => '0',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_are_no_slips() {
        for (word, slip) in [("l8", true), ("2O25", true), ("O2O", false), ("O3", false), ("10l", false)] {
            assert_eq!(ALIKE.is_match(word), slip, "{word}");
        }
    }
}
