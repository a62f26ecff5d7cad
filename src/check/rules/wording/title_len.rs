//! Titles that take more than three lines.

use super::super::prelude::*;
use super::genre;

/// Practice: three lines of 20 characters at most.
pub(super) const RULE: Rule = Rule::prose("doc-title-len", Level::Hint, run);

/// Three lines of 20 characters, counted in half characters.
const LONGEST: usize = 120;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let Some((line, title)) = genre::title(prose) else { return };
    let width: usize = title.trim().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if width > LONGEST {
        found.at(
            &prose.source,
            line.span.clone(),
            format!("标题有{}个字，要排四行以上", width.div_ceil(2)),
            "标题最好不超过三行、60个字，请删去可有可无的词语",
        );
    }
}
