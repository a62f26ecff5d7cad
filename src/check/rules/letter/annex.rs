//! 附件说明 against the annexes themselves.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;
use crate::document::Element;

/// GB/T 9704-2012, 7.3.4 and 7.3.7: number and title of an annex are those of 附件说明.
pub(super) const RULE: Rule = Rule::prose("let-annex", Level::Error, run);

static NUMBER: Pattern = Pattern::new("^[ \t　]*(?:附件：)?[ \t　]*(?:[0-9]{1,2}[.．、])?[ 　]*");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let listed: Vec<(&ProseLine, &str)> = parts::of(prose, Element::Attached).collect();
    let annexes = annexes(prose);
    let Some((first, _)) = annexes.first().filter(|_| !listed.is_empty()) else { return };
    if listed.len() != annexes.len() {
        let message = format!("附件说明列了{}个附件，后面附了{}个", listed.len(), annexes.len());
        let hint = "请核对附件，漏附的补上，不附的从附件说明里删去";
        return found.at(&prose.source, first.span.clone(), message, hint);
    }
    for ((line, text), (_, title)) in listed.into_iter().zip(&annexes) {
        let name = &text[NUMBER.find(text).map_or(0, |number| number.end())..];
        let Some(title) = title.as_ref().filter(|title| bare(title) != bare(name)) else { continue };
        let at = line.span.end - name.len();
        let message = format!("附件说明里是“{}”，附件的标题是“{title}”", name.trim());
        found.at(&prose.source, at..line.span.end, message, "两处的名称要一致，请核对后改成一样的");
    }
}

/// The heads of annexes, each with its title.
fn annexes(prose: &Prose) -> Vec<(&ProseLine, Option<String>)> {
    let mut annexes: Vec<(&ProseLine, Option<String>)> = Vec::new();
    let mut open = false;
    for (line, text) in prose.each() {
        match line.kind {
            LineKind::Element(Element::Annex) => {
                annexes.push((line, None));
                open = true;
            }
            LineKind::Title if open => {
                if let Some((_, title)) = annexes.last_mut() {
                    title.get_or_insert_default().push_str(text.trim());
                }
            }
            // The caption of a table stands for a title.
            LineKind::Caption if open => {
                if let Some((_, title)) = annexes.last_mut()
                    && title.is_none()
                {
                    *title = Some(text.trim().to_owned());
                }
                open = false;
            }
            _ => open = false,
        }
    }
    annexes
}

/// A name without blanks and 《》.
fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !"《》".contains(*c)).collect()
}
