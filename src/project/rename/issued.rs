//! Where the figures of a 定稿 come from, under new names. What was sent stays to the letter.

use std::sync::Arc;

use super::names::Renaming;
use crate::document::issued::{RULE, TRAILS, digest};
use crate::figures::{FactRef, Trail};

/// The text of a 定稿 whose trails go by the new name; as it is where none of them is about it, or where it is not whole.
pub fn renamed(text: &str, renaming: &Renaming) -> String {
    let Some((body, trails)) = places(text) else { return text.to_owned() };
    let mut new = text[..trails].to_owned();
    for line in text[trails..].split_inclusive('\n') {
        match trail(line, renaming) {
            Some(renamed) => new.push_str(&renamed),
            None => new.push_str(line),
        }
    }
    // Where nobody changed the text by hand, nobody has now.
    let (then, now) = (digest(&text[body..]), digest(&new[body..]));
    match new[..body].rfind(&then) {
        Some(at) => new[..at].to_owned() + &now + &new[at + then.len()..],
        None => new,
    }
}

/// Where the report begins, and where its trails do.
fn places(text: &str) -> Option<(usize, usize)> {
    let (mut at, mut rules, mut body) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        at += line.len();
        match line.trim_start_matches('\u{FEFF}').trim_end() {
            RULE if rules < 2 => {
                rules += 1;
                body = (rules == 2).then_some(at);
            }
            TRAILS if body.is_some() => return Some((body?, at)),
            _ => {}
        }
    }
    None
}

/// A line of the trails with other names; nothing where it stays.
fn trail(line: &str, renaming: &Renaming) -> Option<String> {
    let (words, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
    let (number, json) = words.split_once(' ')?;
    let trail: Trail = serde_json::from_str(json).ok()?;
    let mut paths: Vec<String> = Vec::new();
    for fact in trail.facts.iter() {
        // What was computed from a column is told by the column, not by its cells.
        let (ledger, cell) = fact.path.split_once('[').unwrap_or((&fact.path, ""));
        paths.push(ledger.to_owned());
        paths.extend(cell.split_once("].").map(|(_, column)| format!("{ledger}.{column}")));
    }
    let named = |fact: &Arc<FactRef>| match renaming.cited(&fact.path) {
        Some(path) => Arc::new(FactRef { path, ..FactRef::clone(fact) }),
        None => Arc::clone(fact),
    };
    let derivation = renaming.in_words(&trail.derivation, &paths);
    let renamed = Trail { facts: trail.facts.iter().map(named).collect(), derivation, ..trail.clone() };
    (renamed != trail).then(|| format!("{number} {}{end}", renamed.to_json()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_follow_and_what_was_sent_stays() {
        let trail = |path: &str, how: &str| {
            format!(
                "{{\"value\":\"3\",\"unit\":\"次\",\"approx\":null,\"derivation\":\"{how}\",\"facts\":[{{\"path\":\"{path}\",\"year\":2011,\"text\":\"3次\",\"file\":\"facts/2011.yaml\",\"line\":2,\"source\":null}}]}}"
            )
        };
        let issued = |paths: [(&str, &str); 3]| {
            let lines: String = paths
                .iter()
                .enumerate()
                .map(|(at, (path, how))| format!("{} {}\n", at + 1, trail(path, how)))
                .collect();
            let body = format!("# 会议\n⟦1｜3次⟧会议\n{TRAILS}\n{lines}");
            format!("{RULE}\n定稿: 1\n摘要: {}\n{RULE}\n{body}", digest(&body))
        };
        let old =
            issued([("会议", "近3年会议合计"), ("会议数", "会议数"), ("项目[2].投资", "项目.投资合计")]);
        let path = Renaming::Path { from: "会议".into(), to: "宣传.大会".into() };
        let new = issued([
            ("宣传.大会", "近3年宣传.大会合计"),
            ("会议数", "会议数"),
            ("项目[2].投资", "项目.投资合计"),
        ]);
        assert_eq!(renamed(&old, &path), new);
        let column = Renaming::Column { ledger: "项目".into(), from: "投资".into(), to: "额".into() };
        assert_eq!(
            renamed(&old, &column),
            issued([("会议", "近3年会议合计"), ("会议数", "会议数"), ("项目[2].额", "项目.额合计")])
        );
        // One that somebody edited stays one that somebody edited; a broken one stays.
        let edited = old.replace("# 会议", "# 大会");
        assert!(renamed(&edited, &path).contains(&old[old.find("摘要").unwrap()..][..40]));
        assert_eq!(renamed("会议", &path), "会议");
    }
}
