//! One JSON object with stable English keys; numbers are strings.

use serde_json::{Value, json};

use crate::diff::facts::{FactChange, Said, signed};
use crate::diff::{BlockDiff, Class, Difference, Join, LineDiff, Op, Segment, Share};
use crate::document::Merged;
use crate::document::issued::Basis;
use crate::figures::Trail;
use crate::zh::number::plain;

/// The whole comparison, facts first.
pub fn whole(difference: &Difference, facts: &[FactChange]) -> Value {
    let copied = &difference.copied;
    let at = |(line, text): &(usize, String)| json!({"line": line + 1, "text": text});
    let listed = |(line, share): &(usize, Share)| json!({"line": line + 1, "copied_share": share.decimal()});
    let counts: serde_json::Map<String, Value> =
        Class::ALL.iter().map(|class| (class.name().to_owned(), difference.count(*class).into())).collect();
    json!({
        "schema_version": 1,
        "old": difference.old.name,
        "new": difference.new.name,
        "basis": {"old": difference.old.basis.map(Basis::name), "new": difference.new.basis.map(Basis::name)},
        "copied_share": copied.body.decimal(),
        "copied_share_with_headings": copied.whole.decimal(),
        "shingle_share": copied.shingles.decimal(),
        "counts": counts,
        "copied_lines": copied.listed.iter().map(listed).collect::<Vec<_>>(),
        "unchanged_figures": copied.figures.iter().map(at).collect::<Vec<_>>(),
        "last_year_left": copied.years.iter().map(at).collect::<Vec<_>>(),
        "facts": facts.iter().map(fact).collect::<Vec<_>>(),
        "blocks": difference.blocks.iter().flat_map(|block| lines(difference, block)).collect::<Vec<_>>(),
    })
}

/// The facts alone.
pub fn facts(facts: &[&FactChange]) -> Value {
    json!({"schema_version": 1, "facts": facts.iter().map(|one| fact(one)).collect::<Vec<_>>()})
}

/// One entry a line; `old` and `new` count lines of the reports from 1, table rows included.
fn lines<'d>(difference: &'d Difference, block: &'d BlockDiff) -> impl Iterator<Item = Value> + 'd {
    block.lines.iter().map(move |line| {
        let mut value = json!({
            "class": line.class.name(),
            "moved": block.moved.is_some(),
            "old": line.old.map(|at| at + 1),
            "new": line.new.map(|at| at + 1),
            "copied_share": line.share.decimal(),
            "segments": line.segments.iter().map(|one| segment(difference, line, one)).collect::<Vec<_>>(),
        });
        if !line.joins.is_empty() {
            value["joins"] = line.joins.iter().map(join).collect::<Vec<_>>().into();
        }
        value
    })
}

fn join(join: &Join) -> Value {
    let how = |merged| match merged {
        Merged::Not => "none",
        Merged::Left => "left",
        Merged::Up => "up",
    };
    json!({"column": join.column + 1, "old": how(join.then), "new": how(join.now)})
}

fn segment(difference: &Difference, line: &LineDiff, segment: &Segment) -> Value {
    let op = match segment.op {
        Op::Equal => "equal",
        Op::Delete => "delete",
        Op::Insert => "insert",
    };
    let mut value = json!({"op": op, "text": segment.text});
    let figures: Vec<Value> = difference.trails(line, segment).into_iter().map(Trail::to_json).collect();
    if !figures.is_empty() {
        value["figures"] = figures.into();
    }
    if !segment.why.is_empty() {
        value["why"] = segment.why.as_str().into();
    }
    value
}

fn fact(change: &FactChange) -> Value {
    let said = |said: &Option<Said>| {
        said.as_ref().map(|said| {
            let number = said.number.as_ref();
            json!({
                "text": said.text,
                "value": number.map(|number| plain(number.coefficient_to(0))),
                "unit": number.map(|number| number.unit.to_string()),
                "approx": number.and_then(|number| number.approx).map(|approx| approx.word()),
                "origin": said.origin(),
            })
        })
    };
    let flag = |flag: &crate::diff::facts::Flag| json!({"code": flag.name(), "message": flag.label()});
    let rows: Vec<Value> = change
        .rows
        .iter()
        .map(|row| {
            let field = |(name, then, now): &(String, String, String)| json!({"name": name, "old": then, "new": now});
            json!({"key": row.key, "status": row.status.name(), "fields": row.fields.iter().map(field).collect::<Vec<_>>()})
        })
        .collect();
    json!({
        "path": change.path,
        "status": status(change),
        "old": said(&change.then),
        "new": said(&change.now),
        "change": change.change.map(signed),
        "change_unit": change.unit,
        "rate": change.rate.map(signed),
        "flags": change.flags.iter().map(flag).collect::<Vec<_>>(),
        "rows": rows,
    })
}

fn status(change: &FactChange) -> &'static str {
    match (&change.then, &change.now) {
        (Some(_), None) => "missing",
        (None, Some(_)) => "new",
        _ if change.changed() => "changed",
        _ => "same",
    }
}
