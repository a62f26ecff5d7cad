//! The comparison as one self-contained page: side by side, filtered without a script, fit for print.

use std::fmt::Write;

use super::text::place;
use crate::diff::facts::{FactChange, Said, Status};
use crate::diff::{BlockDiff, Class, Difference, LineDiff, Op, Segment, Share, Step};
use crate::document::{Block, Line, Merged, Row, Table, down};
use crate::markup::escaped;

const STYLE: &str = include_str!("html.css");

/// The reports side by side, with the facts below where both sides have any.
pub fn prose(difference: &Difference, facts: &[FactChange]) -> String {
    let title = format!("{} → {}", difference.old.name, difference.new.name);
    let mut html = head(&format!("对比：{title}"), &filter_rules());
    summary(&mut html, difference, &title);
    filter(&mut html, difference);
    html.push_str("<main>");
    table(&mut html, difference);
    html.push_str("</main>\n");
    let changed: Vec<&FactChange> = facts.iter().filter(|fact| fact.changed() || fact.asks()).collect();
    if !changed.is_empty() {
        html.push_str("<main><h2>有变化的事实</h2>\n");
        fact_table(&mut html, &changed, (&difference.old.name, &difference.new.name));
        html.push_str("</main>\n");
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// The facts alone: first those that ask for a second look.
pub fn facts(facts: &[&FactChange], names: (&str, &str)) -> String {
    let title = format!("事实对比：{} → {}", names.0, names.1);
    let mut html = head(&title, "");
    let (asking, others): (Vec<&FactChange>, Vec<&FactChange>) = facts.iter().partition(|fact| fact.asks());
    let _ = writeln!(html, "<main><h1>{}</h1>", escaped(&title));
    let parts = [("请核对", asking), ("其他指标", others)];
    for (name, facts) in parts.iter().filter(|(_, facts)| !facts.is_empty()) {
        let _ = writeln!(html, "<h2>{name}（{}项）</h2>", facts.len());
        fact_table(&mut html, facts, names);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// The reports side by side as a piece of another page, without a style of its own.
pub fn fragment(difference: &Difference) -> String {
    let mut html = String::new();
    table(&mut html, difference);
    html
}

/// What was copied and what to look at, as a piece of another page.
pub fn summary_fragment(difference: &Difference) -> String {
    let mut html = String::from("<dl>");
    entries(&mut html, difference);
    html.push_str("</dl>\n");
    html
}

/// Facts as a piece of another page.
pub fn facts_fragment(facts: &[&FactChange], names: (&str, &str)) -> String {
    let mut html = String::new();
    fact_table(&mut html, facts, names);
    html
}

fn head(title: &str, more: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}{more}</style>\n</head>\n<body>\n",
        escaped(title)
    )
}

/// What a chosen filter hides, as rules: no script runs on the page.
fn filter_rules() -> String {
    let mut rules = String::new();
    for name in Class::ALL.map(Class::name).into_iter().chain(["moved", "changed"]) {
        let hidden = if name == "changed" { ":is(.same:not(.moved))" } else { &format!(":not(.{name})") };
        let _ = write!(
            rules,
            "#show-{name}:checked ~ main tr.block{hidden} {{ display: none; }}\n\
             #show-{name}:checked ~ .filter label[for=show-{name}] {{ background: #1c1c1c; color: #fff; }}\n\
             #show-{name}:focus-visible ~ .filter label[for=show-{name}] {{ outline: 2px solid #e0a100; }}\n"
        );
    }
    rules.push_str("#show-all:checked ~ .filter label[for=show-all] { background: #1c1c1c; color: #fff; }\n");
    rules
}

fn summary(html: &mut String, difference: &Difference, title: &str) {
    let _ = write!(html, "<header><h1>{}</h1><dl>", escaped(title));
    entries(html, difference);
    html.push_str("</dl></header>\n");
}

fn entries(html: &mut String, difference: &Difference) {
    let copied = &difference.copied;
    let mut entry = |name: &str, class: &str, words: String| {
        let _ = write!(html, "<dt>{name}</dt><dd{class}>{words}</dd>");
    };
    let percent = |share: Share| {
        share.percent().map_or("（没有可比的文字）".to_owned(), |one| format!("{one}%"))
    };
    entry(
        "与上年文字相同",
        " class=\"share\"",
        format!("{}（连标题{}）", percent(copied.body), percent(copied.whole)),
    );
    entry("能在上年全文中找到", "", percent(copied.shingles));
    let link = |at: usize| {
        let block = difference.new_lines[at].block;
        format!("<a href=\"#n{}\">第{}段</a>", block + 1, block + 1)
    };
    let list = |entries: &[(usize, String)]| -> String {
        let one = |(at, text): &(usize, String)| format!("{}（{}）", escaped(text), link(*at));
        entries.iter().map(one).collect::<Vec<_>>().join("、")
    };
    if !copied.listed.is_empty() {
        let one = |(at, share): &(usize, Share)| format!("{} {}", link(*at), percent(*share));
        entry("九成以上相同的段落", "", copied.listed.iter().map(one).collect::<Vec<_>>().join("，"));
    }
    if !copied.figures.is_empty() {
        entry("与上年相同的数字，请核对", "", list(&copied.figures));
    }
    if !copied.years.is_empty() {
        entry("还写着上年年份的地方，请核对", "", list(&copied.years));
    }
    for note in super::text::notes(difference) {
        entry("说明", "", escaped(&note));
    }
}

fn filter(html: &mut String, difference: &Difference) {
    let moved = difference.blocks.iter().filter(|block| block.moved.is_some()).count();
    let all = difference.blocks.len();
    let changed = all - difference.blocks.iter().filter(|block| is_untouched(block)).count();
    let mut choices = vec![("all", "全部", all), ("changed", "有改动", changed)];
    choices.extend(Class::ALL.iter().map(|class| (class.name(), class.label(), difference.count(*class))));
    choices.push(("moved", "移动", moved));
    choices.retain(|(name, _, count)| *count > 0 || *name == "all");
    for (name, label, _) in &choices {
        let checked = if *name == "all" { " checked" } else { "" };
        let _ = write!(
            html,
            "<input class=\"show\" type=\"radio\" name=\"show\" id=\"show-{name}\" aria-label=\"只看{label}\"{checked}>"
        );
    }
    html.push_str("\n<div class=\"filter\">");
    for (name, label, count) in &choices {
        let _ = write!(html, "<label for=\"show-{name}\">{label} {count}</label>");
    }
    html.push_str("</div>\n");
}

fn is_untouched(block: &BlockDiff) -> bool {
    block.class() == Class::Same && block.moved.is_none()
}

fn table(html: &mut String, difference: &Difference) {
    let _ = writeln!(
        html,
        "<table class=\"prose\"><colgroup><col class=\"about\"><col><col></colgroup>\n<thead><tr><th>情况</th>\
         <th>{}</th><th>{}</th></tr></thead>\n<tbody>",
        escaped(&difference.old.name),
        escaped(&difference.new.name)
    );
    // Blocks that are gone stand among the pairs in the model; the steps only say where.
    let mut gone = difference.blocks.iter().filter(|block| block.new.is_none());
    for step in difference.steps() {
        match step {
            Step::Left(old, Some(pair)) => departed(html, difference, old, pair),
            Step::Left(..) => gone.next().into_iter().for_each(|block| row(html, difference, block)),
            Step::Came(block) | Step::Stayed(block) => row(html, difference, block),
        }
    }
    html.push_str("</tbody></table>\n");
}

/// Where a block stood that moved: its old text, and the way to where it stands now.
fn departed(html: &mut String, difference: &Difference, old: usize, pair: &BlockDiff) {
    let now = pair.new.map_or(0, |new| new + 1);
    let text = Line::of(&difference.old.document.blocks[old]).text;
    let _ = writeln!(
        html,
        "<tr class=\"block moved {}\" id=\"o{}\"><td class=\"about\">上年第{}段<br><a href=\"#n{now}\">移至第{now}段</a></td>\
         <td class=\"side\">{}</td><td class=\"none\"></td></tr>",
        pair.class().name(),
        old + 1,
        old + 1,
        escaped(&text).replace('\n', "<br>")
    );
}

fn row(html: &mut String, difference: &Difference, block: &BlockDiff) {
    let heading = block.new.is_some_and(|new| {
        matches!(difference.new.document.blocks[new], Block::Title(_) | Block::Heading { .. })
    });
    let id = match (block.new, block.old) {
        (Some(new), _) => format!("n{}", new + 1),
        (None, old) => format!("o{}", old.map_or(0, |old| old + 1)),
    };
    let _ = write!(
        html,
        "<tr class=\"block {}{}{}\" id=\"{id}\"><td class=\"about\">{}<br><b>{}</b>",
        block.class().name(),
        if block.moved.is_some() { " moved" } else { "" },
        if heading { " heading" } else { "" },
        place(block),
        block.class().label()
    );
    if let (Some(_), Some(old)) = (block.moved, block.old) {
        let _ = write!(html, "<br><a href=\"#o{0}\">由上年第{0}段移来</a>", old + 1);
    }
    if let Some(percent) = super::text::shown_share(difference, block) {
        let _ = write!(html, "<br>相同{percent}%");
    }
    if block.is_rejoined() {
        html.push_str("<br>合并的格子变了");
    }
    html.push_str("</td>");
    side(html, block, Op::Delete, block.old.and_then(|at| difference.old.document.blocks.get(at)));
    side(html, block, Op::Insert, block.new.and_then(|at| difference.new.document.blocks.get(at)));
    html.push_str("</tr>\n");
}

/// One side of a block: what is in both, and what is only there.
fn side(html: &mut String, diff: &BlockDiff, op: Op, block: Option<&Block>) {
    let Some(block) = block else {
        html.push_str("<td class=\"none\"></td>");
        return;
    };
    html.push_str("<td class=\"side\">");
    let here = |line: &&LineDiff| if op == Op::Delete { line.old.is_some() } else { line.new.is_some() };
    let mut lines = diff.lines.iter().filter(here);
    match block {
        Block::Table(table) => cells(html, table, &mut lines, op),
        _ => lines.for_each(|line| segments(html, &line.segments, op)),
    }
    html.push_str("</td>");
}

/// The table of one side, whose lines are its caption, its unit and its rows.
fn cells<'l>(html: &mut String, table: &Table, lines: &mut impl Iterator<Item = &'l LineDiff>, op: Op) {
    html.push_str("<table class=\"cells\">");
    for line in lines.by_ref().take(table.above()) {
        let _ = write!(html, "<tr><td colspan=\"{}\">", table.width());
        segments(html, &line.segments, op);
        html.push_str("</td></tr>");
    }
    for rows in [&table.head, &table.rows] {
        for (at, line) in (0..rows.len()).zip(lines.by_ref()) {
            row_cells(html, rows, at, line, op);
        }
    }
    html.push_str("</table>");
}

fn row_cells(html: &mut String, rows: &[Row], at: usize, line: &LineDiff, op: Op) {
    html.push_str("<tr>");
    let words = line.cells();
    let own = rows[at].cells.iter().enumerate().filter(|(_, cell)| cell.merged == Merged::Not);
    for (column, _) in own {
        let rejoined = line.joins.iter().any(|join| join.column == column);
        html.push_str(if rejoined { "<td class=\"joined\"" } else { "<td" });
        for (name, span) in [("colspan", rows[at].across(column)), ("rowspan", down(rows, at, column))] {
            html.push_str(&if span > 1 { format!(" {name}=\"{span}\"") } else { String::new() });
        }
        html.push('>');
        segments(html, words.get(column).map(Vec::as_slice).unwrap_or_default(), op);
        html.push_str("</td>");
    }
    html.push_str("</tr>");
}

fn segments(html: &mut String, segments: &[Segment], op: Op) {
    let tag = if op == Op::Delete { "del" } else { "ins" };
    for segment in segments {
        if segment.op == Op::Equal {
            html.push_str(&escaped(&segment.text).replace('\n', "<br>"));
        } else if segment.op == op {
            let _ = write!(html, "<{tag}");
            if !segment.why.is_empty() {
                let _ = write!(html, " title=\"{}\"", escaped(&segment.why).replace('\n', "&#10;"));
            }
            // A break that came or went has nothing else to be seen by.
            let broken = format!("{}<br>", super::text::BREAK);
            let _ = write!(html, ">{}</{tag}>", escaped(&segment.text).replace('\n', &broken));
        }
    }
}

fn fact_table(html: &mut String, facts: &[&FactChange], names: (&str, &str)) {
    let _ = writeln!(
        html,
        "<table class=\"facts\"><thead><tr><th>指标</th><th>{}</th><th>{}</th><th>增减</th><th>增幅</th><th>提示</th></tr></thead>\n<tbody>",
        escaped(names.0),
        escaped(names.1)
    );
    for fact in facts {
        let said = |said: &Option<Said>| match said {
            Some(said) => {
                let class = if said.number.is_some() { " class=\"number\"" } else { "" };
                format!("<td{class} title=\"{}\">{}</td>", escaped(&said.origin()), escaped(&said.text))
            }
            None => "<td class=\"number\">-</td>".to_owned(),
        };
        let flags: Vec<String> = fact.flags.iter().map(|flag| flag.label()).collect();
        let _ = writeln!(
            html,
            "<tr{}><td>{}</td>{}{}<td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}{}</td></tr>",
            if fact.asks() { " class=\"asks\"" } else { "" },
            escaped(&fact.path),
            said(&fact.then),
            said(&fact.now),
            fact.change_words(),
            fact.rate_words(),
            flags.join("；"),
            ledger(fact)
        );
    }
    html.push_str("</tbody></table>\n");
}

/// The rows of a ledger that changed, under its flags.
fn ledger(fact: &FactChange) -> String {
    let mut html = String::new();
    for row in fact.rows.iter().filter(|row| row.status != Status::Same) {
        let fields: Vec<String> =
            row.fields.iter().map(|(name, then, now)| format!("{name} {then} → {now}")).collect();
        let words = format!("{} {} {}", row.status.label(), row.key, fields.join("，"));
        let _ = write!(html, "<div>{}</div>", escaped(words.trim_end()));
    }
    html
}
