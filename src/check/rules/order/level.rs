//! Levels of headings: 一、 → （一） → 1. → （1）.

use super::super::prelude::*;
use super::outline::{Misplaced, outline};

/// GB/T 9704-2012, 7.3.3, and GB/T 15834-2011, B.3.8: the order of the levels; 一、 may be followed by 1.
pub(super) const RULE: Rule = Rule::prose("seq-level", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for Misplaced { head, above } in outline(prose).misplaced {
        let line = &prose.lines[head.line];
        let span = line.span.start + head.span.start..line.span.start + head.span.end;
        let (here, above_it) = (head.named(head.number), above.named(above.number));
        let fault = if head.level < above.level { "层次颠倒了" } else { "跳过了两层" };
        found.at(
            &prose.source,
            span,
            format!("“{above_it}”下面用了“{here}”，{fault}"),
            format!("层次依次用“一、”“（一）”“1.”“（1）”，这里请改成“{}”", below(above.level, head.number)),
        );
    }
}

/// The number of a heading one level below.
fn below(level: u8, number: u64) -> String {
    let han = crate::zh::number::numeral::count(number);
    match level {
        1 => format!("（{han}）"),
        2 => format!("{number}."),
        3 => format!("（{number}）"),
        _ => "①".to_owned(),
    }
}
