//! The comparison on a terminal, coloured or with `[-…-]{+…+}`.

use similar::{ChangeTag, TextDiff};

use crate::diff::facts::{FactChange, Said, Status};
use crate::diff::{BlockDiff, Class, Difference, Join, LineDiff, Op, Segment};
use crate::zh::width::{cut, display_width, pad_left, pad_right};

/// Gone text red and struck through, new text blue and underlined.
const GONE: &str = "\u{1b}[31;9m";
const NEW: &str = "\u{1b}[34;4m";
const DIM: &str = "\u{1b}[2m";
const END: &str = "\u{1b}[0m";

/// Stands for a break between paragraphs of a cell.
pub(super) const BREAK: &str = "⏎";

/// The prose: a summary, then every block that changed; blocks that are the same are counted.
pub fn prose(difference: &Difference, colour: bool) -> String {
    let mut text = summary(difference);
    let mut same = 0;
    for block in &difference.blocks {
        if block.class() == Class::Same && block.moved.is_none() {
            same += 1;
            continue;
        }
        unchanged(&mut text, &mut same, colour);
        text.push_str(&format!("\n{}\n", dim(&head(difference, block), colour)));
        for line in block.lines.iter().filter(|line| line.class != Class::Same || block.lines.len() == 1) {
            text.push_str(&words(line, colour));
            text.push('\n');
        }
    }
    unchanged(&mut text, &mut same, colour);
    text
}

fn dim(words: &str, colour: bool) -> String {
    if colour { format!("{DIM}{words}{END}") } else { words.to_owned() }
}

fn unchanged(text: &mut String, same: &mut usize, colour: bool) {
    if *same > 0 {
        text.push_str(&format!("\n{}\n", dim(&format!("（{same}段未改）"), colour)));
        *same = 0;
    }
}

/// 第5段 仅改数字，与上年文字相同100%.
fn head(difference: &Difference, block: &BlockDiff) -> String {
    let moved = match (block.moved, block.old) {
        (Some(_), Some(old)) => format!("，由上年第{}段移来", old + 1),
        _ => String::new(),
    };
    let share = shown_share(difference, block).map(|percent| format!("，与上年文字相同{percent}%"));
    format!("{} {}{moved}{}", place(block), block.class().label(), share.unwrap_or_default())
}

/// 第5段, or 上年第5段 of what is gone.
pub(super) fn place(block: &BlockDiff) -> String {
    match (block.new, block.old) {
        (Some(new), _) => format!("第{}段", new + 1),
        (None, old) => format!("上年第{}段", old.map_or(0, |old| old + 1)),
    }
}

/// The share of a paragraph or point that has a counterpart, in per cent.
pub(super) fn shown_share(difference: &Difference, block: &BlockDiff) -> Option<usize> {
    let body = block.lines.iter().any(|line| line.new.is_some_and(|at| difference.new_lines[at].body));
    block.lines.first().filter(|_| body && block.old.is_some()).and_then(|line| line.share.percent())
}

/// A line with its changes, and what became of its cells.
pub fn words(line: &LineDiff, colour: bool) -> String {
    let words: String = line.segments.iter().map(|segment| marked(segment, colour)).collect();
    let joins: Vec<String> = line.joins.iter().map(Join::words).collect();
    if joins.is_empty() { words } else { format!("{words}（合并变了：{}）", joins.join("；")) }
}

fn marked(segment: &Segment, colour: bool) -> String {
    // A break between the paragraphs of a cell would part its row.
    let text = segment.text.replace('\n', BREAK);
    match (segment.op, colour) {
        (Op::Equal, _) => text,
        (Op::Delete, true) => format!("{GONE}{text}{END}"),
        (Op::Insert, true) => format!("{NEW}{text}{END}"),
        (Op::Delete, false) => format!("[-{text}-]"),
        (Op::Insert, false) => format!("{{+{text}+}}"),
    }
}

/// What was copied and what changed, in a few lines.
pub fn summary(difference: &Difference) -> String {
    let copied = &difference.copied;
    let percent = |share: crate::diff::Share| {
        share.percent().map_or("（无）".to_owned(), |percent| format!("{percent}%"))
    };
    let counts: Vec<String> = Class::ALL
        .iter()
        .filter(|class| difference.count(**class) > 0)
        .map(|class| format!("{}{}段", class.label(), difference.count(*class)))
        .collect();
    let moved = difference.blocks.iter().filter(|block| block.moved.is_some()).count();
    let mut text = format!("{} → {}\n", difference.old.name, difference.new.name);
    text.push_str(&format!("与上年文字相同{}（连标题{}），", percent(copied.body), percent(copied.whole)));
    text.push_str(&format!("能在上年全文中找到的{}\n", percent(copied.shingles)));
    text.push_str(&counts.join("，"));
    text.push_str(&if moved > 0 { format!("；其中移动{moved}段\n") } else { "\n".to_owned() });
    let place = |at: usize| format!("第{}段", difference.new_lines[at].block + 1);
    if !copied.listed.is_empty() {
        let list = copied.listed.iter().map(|(at, share)| format!("{} {}", place(*at), percent(*share)));
        text.push_str(&format!("九成以上与上年相同的段落：{}\n", list.collect::<Vec<_>>().join("，")));
    }
    let list = |entries: &[(usize, String)]| -> String {
        entries.iter().map(|(at, text)| format!("{text}（{}）", place(*at))).collect::<Vec<_>>().join("、")
    };
    if !copied.figures.is_empty() {
        text.push_str(&format!("与上年相同的数字，请核对：{}\n", list(&copied.figures)));
    }
    if !copied.years.is_empty() {
        text.push_str(&format!("还写着上年年份的地方，请核对：{}\n", list(&copied.years)));
    }
    for note in notes(difference) {
        text.push_str(&format!("{note}\n"));
    }
    text
}

/// What else is to be said of a comparison.
pub(super) fn notes(difference: &Difference) -> Vec<String> {
    let mut notes = Vec::new();
    if difference.copied.ignored > 0 {
        notes.push(format!("固定表述{}段没有计入", difference.copied.ignored));
    }
    if difference.coarse > 0 {
        notes.push(format!("有{}段太长，没有逐字对比，按整段替换显示", difference.coarse));
    }
    if difference.is_unrelated() {
        notes.push("两份文件没有对得上的段落，请看看是不是拿错了文件".to_owned());
    }
    notes
}

/// Widest value of a fact in the table, in columns of the terminal; the other views have it whole.
const WIDEST: usize = 28;

/// The facts as a table that lines up, then the rows of ledgers that changed.
pub fn facts(facts: &[&FactChange], names: (&str, &str)) -> String {
    let mut rows = vec![
        ["指标", names.0, names.1, "增减", "增幅", "提示"].map(|head| (head.to_owned(), head != "指标")),
    ];
    rows.extend(facts.iter().map(|fact| fact_row(fact)));
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column].0)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cell = |((words, number), width): (&(String, bool), &usize)| {
            if *number { pad_left(words, *width) } else { pad_right(words, *width) }
        };
        let mut cells: Vec<String> = row.iter().zip(&widths).map(cell).collect();
        cells.push(row[5].0.clone());
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    for fact in facts.iter().filter(|fact| fact.rows.iter().any(|row| row.status != Status::Same)) {
        text.push_str(&format!("\n台账 {}\n", fact.path));
        for row in fact.rows.iter().filter(|row| row.status != Status::Same) {
            let fields: Vec<String> =
                row.fields.iter().map(|(name, then, now)| format!("{name} {then} → {now}")).collect();
            text.push_str(
                &format!("  {} {}  {}\n", row.status.label(), row.key, fields.join("，"))
                    .replace("  \n", "\n"),
            );
        }
    }
    let asking = facts.iter().filter(|fact| fact.asks()).count();
    let changed = facts.iter().filter(|fact| fact.changed()).count();
    text.push_str(&format!("\n共{}项，{changed}项有变化，{asking}项请核对。\n", facts.len()));
    text
}

/// The cells of a fact, each with whether it is set to the right, as numbers are.
fn fact_row(fact: &FactChange) -> [(String, bool); 6] {
    let said = |said: &Option<Said>| match said {
        Some(said) => (cut(&said.text, WIDEST), said.number.is_some()),
        None => ("-".to_owned(), true),
    };
    let flags: Vec<String> = fact.flags.iter().map(|flag| flag.label()).collect();
    [
        (fact.path.clone(), false),
        said(&fact.then),
        said(&fact.now),
        (fact.change_words(), true),
        (fact.rate_words(), true),
        (flags.join("；"), false),
    ]
}

/// The lines of two texts that differ, with one line of context: `-` is the old text, `+` the new one.
pub fn changed_lines(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut text = String::new();
    for (index, group) in diff.grouped_ops(1).iter().enumerate() {
        if index > 0 {
            text.push_str("  ……\n");
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            text.push_str(&format!("{sign} {}", change.value()));
            text.push_str(if change.missing_newline() { "\n" } else { "" });
        }
    }
    text
}
