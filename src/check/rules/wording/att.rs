//! Notes of attachments under the text.

use super::super::prelude::*;
use crate::check::LineKind;
use crate::zh::number::numeral;

/// GB/T 9704-2012, 7.3.4: 附件：1.name, without a mark after the name.
pub(super) const RULE: Rule = Rule::prose("doc-att", Level::Error, run);

static NOTE: Pattern = Pattern::new(
    "^[ 　]*(附件[ 　]*([0-9]{1,2}|[一二三四五六七八九十]{1,2})?[ 　]*[：:.．、][ 　]*)((?:[0-9]{1,2}[.．、][ 　]*)?)(.+)$",
);
static NEXT: Pattern = Pattern::new("^[ 　]*(附件：)?(附)?([0-9]{1,2}[.．、][ 　]*)(.+)$");
static DATE: Pattern = Pattern::new("^[ 　]*[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[ 　]*$");
/// A name in 《》 from end to end, with the mark after it.
static BOOK: Pattern =
    Pattern::new("^《([^《》]*(?:[〈《][^《》〈〉]*[〉》][^《》]*)?)》[。；，;,.]?[ 　]*$");
static MARK: Pattern = Pattern::new("[。；，;,.]+[ 　]*$");
/// No name is longer, in characters.
const LONGEST: usize = 60;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let mut noted = false;
    let mut dated = false;
    for (line, text) in prose.each().filter(|(line, _)| line.kind != LineKind::Cell) {
        dated |= DATE.is_match(text);
        let parts = NOTE.captures(text).or_else(|| NEXT.captures(text).filter(|_| noted));
        let parts = parts.and_then(|parts| Some((parts.get(1), parts.get(2), parts.get(4)?)));
        let Some((label, number, name)) = parts.filter(|(_, _, name)| is_name(name.as_str())) else {
            noted = false;
            continue;
        };
        if let Some(label) = label {
            check_label(prose, line, label, number, (noted, dated), found);
        }
        check_name(prose, line, name, found);
        noted = true;
    }
}

fn is_name(name: &str) -> bool {
    let inside = name.trim_end_matches(['。', ' ', '　']);
    name.chars().count() <= LONGEST && !inside.contains('。')
}

/// 附件: and 附件1： become 附件：1.
fn check_label(
    prose: &Prose,
    line: &ProseLine,
    label: regex::Match<'_>,
    number: Option<regex::Match<'_>>,
    (noted, dated): (bool, bool),
    found: &mut Findings<'_>,
) {
    let digits = number.and_then(|number| match number.as_str() {
        han if !han.is_ascii() => numeral::parse(han),
        digits => digits.parse().ok(),
    });
    let new = match digits {
        Some(number) if noted => format!("{number}."),
        Some(number) => format!("附件：{number}."),
        None => "附件：".to_owned(),
    };
    let words = label.as_str();
    if words == new {
        return;
    }
    let span = line.span.start + label.start()..line.span.start + label.end();
    let message = format!("附件说明写成了“{}”", words.trim());
    if dated && digits.is_some() {
        let hint = "正文后的附件说明写成“附件：1.名称”；附件本身单独一行写“附件1”，另起一行写标题";
        return found.at(&prose.source, span, message, hint);
    }
    let hint = format!("请写成“{new}”，几个附件依次用“附件：1.”“2.”各占一行");
    found.fix(&prose.source, span, new, message, hint);
}

/// The name stands without 《》 and without a mark after it.
fn check_name(prose: &Prose, line: &ProseLine, name: regex::Match<'_>, found: &mut Findings<'_>) {
    let at = line.span.start + name.start();
    if let Some(inner) = BOOK.captures(name.as_str()).and_then(|book| book.get(1)) {
        let message = format!("附件名称“{}”加了书名号", inner.as_str());
        let new = inner.as_str();
        return found.fix(
            &prose.source,
            at..at + name.len(),
            new,
            message,
            "附件名称不加书名号，后面不用标点",
        );
    }
    if let Some(mark) = MARK.find(name.as_str()) {
        let words = mark.as_str().trim_end();
        let message = format!("附件名称后面多了“{words}”");
        found.fix(&prose.source, at + mark.start()..at + mark.end(), "", message, format!("请去掉“{words}”"));
    } else if let Some(inside) = name.as_str().find('；') {
        let span = at + inside..at + inside + '；'.len_utf8();
        found.at(&prose.source, span, "几个附件写在了一行", "每个附件各占一行，名称后面不用标点");
    }
}
