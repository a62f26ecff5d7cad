//! 整理: a report that was copied from a web page, put in order before it is taken in. The lines are mended by
//! `import::tidy`, marks and blanks by the rules that `check` has for them.

use std::sync::Arc;

use crate::check::{self, Prose, fix, is_han, rules};
use crate::diag::{Fix, Source};
use crate::document::{Block, Line};
use crate::import::tidy::{self, Kind, Mending};
use crate::input::Read;

/// The rules whose repairs are made.
const RULES: [(Kind, &[&str]); 3] = [
    (Kind::Serial, &["seq-mark1", "seq-mark3", "seq-paren"]),
    (Kind::Marks, &["pun-half", "pun-paren", "pun-quote"]),
    (Kind::Blanks, &["spc-han", "spc-punct", "spc-tail"]),
];
/// Rounds after which a line must be stable.
const ROUNDS: usize = 8;
/// Characters that are shown at both sides of a repair.
const AROUND: usize = 5;

/// A report that was read, tidied, and what was mended. One that this program wrote is in order.
pub fn tidied(read: &Read) -> (Read, Vec<Mending>) {
    if read.ours.is_some() {
        return (read.clone(), Vec::new());
    }
    let (document, mendings) = tidy::document(&read.document, &within);
    if mendings.is_empty() {
        return (read.clone(), mendings);
    }
    (Read { document, written: None, ..read.clone() }, mendings)
}

/// The words of a block with marks and blanks mended; as they were, where a character would change.
fn within(block: &Block) -> (String, Vec<Mending>) {
    let words = Line::of(block).text;
    if matches!(block, Block::Table(_) | Block::Changed(..)) {
        return (words, Vec::new());
    }
    let (mut mended, mut mendings) = (words.clone(), Vec::new());
    for _ in 0..ROUNDS {
        let before = mendings.len();
        for (kind, rules) in RULES {
            mended = repaired(&mended, block, kind, rules, &mut mendings);
        }
        if mendings.len() == before {
            break;
        }
    }
    let kept = |text: &str| text.chars().filter(|c| is_han(*c) || c.is_alphanumeric()).collect::<String>();
    if kept(&words) == kept(&mended) { (mended, mendings) } else { (words, Vec::new()) }
}

fn repaired(text: &str, block: &Block, kind: Kind, names: &[&str], mendings: &mut Vec<Mending>) -> String {
    let source = Arc::new(Source::new("", text));
    let prose = Prose::new(source, vec![(0..text.len(), check::kind(block))]);
    let rules = names.iter().filter_map(|name| rules::named(name));
    let found: Vec<_> = rules.flat_map(|rule| check::run_prose(rule, &prose)).collect();
    mendings.extend(fix::chosen(&found).into_iter().map(|fix| mending(text, fix, kind)));
    fix::apply(text, &found).0
}

fn mending(text: &str, fix: &Fix, kind: Kind) -> Mending {
    let ahead = &text[..fix.span.start];
    let left: Vec<char> = ahead.chars().rev().take(AROUND).collect();
    let left: String = left.into_iter().rev().collect();
    let right: String = text[fix.span.end..].chars().take(AROUND).collect();
    let before = format!("{left}{}{right}", &text[fix.span.clone()]);
    Mending { kind, place: 0, before, after: format!("{left}{}{right}", fix.new) }
}

/// Whether the lines of a text are in disorder, so that somebody should be asked.
pub fn is_due(mendings: &[Mending]) -> bool {
    mendings.iter().any(|mending| mending.kind.is_of_lines())
}

/// What was mended, a line a kind, with some of them.
pub fn summary(mendings: &[Mending]) -> Vec<String> {
    const SHOWN: usize = 3;
    let line = |(kind, all): (Kind, Vec<&Mending>)| {
        let shown: Vec<String> = all.iter().take(SHOWN).map(|one| tidy::said(one)).collect();
        let more = if all.len() > SHOWN { "……" } else { "" };
        format!("{}：{}处，{}{more}", kind.label(), all.len(), shown.join("、"))
    };
    tidy::summary(mendings).into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::input;

    fn words(read: &Read) -> Vec<String> {
        read.document.blocks.iter().map(|block| Line::of(block).text.trim().to_owned()).collect()
    }

    #[test]
    fn marks_and_blanks_are_mended_and_tables_and_figures_stay() {
        let text = "云溪镇工作总结\n一年来, 全镇各村( 社区) 共召开会议 12 次,参加 1,200人次 ; 比例 3:1 , 由阿依古丽.买买提负责.\n参加人员: 张三 李四\n末。\n";
        let (read, mendings) = tidied(&input::text(text));
        assert_eq!(
            words(&read)[1..3],
            [
                "一年来，全镇各村（社区）共召开会议12次，参加1,200人次；比例3:1，由阿依古丽.买买提负责。",
                "参加人员：张三 李四"
            ]
        );
        assert!(!is_due(&mendings));
        assert_eq!(summary(&mendings).len(), 2, "{:?}", summary(&mendings));
        assert_eq!(tidied(&read).1, []);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn figures_and_characters_stay(line in "[全镇张三一是、。，,.:;() （）0-9“”a-c\\t]{0,40}") {
            let text = format!("云溪镇工作总结\n{line}\n一年来，成绩大。\n末。\n");
            let read = input::text(&text);
            let kept = |read: &Read| words(read).concat().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(kept(&tidied(&read).0), kept(&read));
        }
    }
}
