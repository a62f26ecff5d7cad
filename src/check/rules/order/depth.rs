//! Numbers such as 1.1.1, A. and 1）, which the levels of a report do not have.

use super::super::prelude::*;
use crate::zh::scan;

/// GB/T 9704-2012, 7.3.3: four levels; GB/T 15834-2011, B.3.8: below them ①.
pub(super) const RULE: Rule = Rule::prose("seq-depth", Level::Hint, run);

static DEEP: Pattern = Pattern::new(
    "^[ 　*]*([0-9]{1,2}(?:[.．][0-9]{1,2}){2,4}|[A-Za-zⅠ-Ⅻ][.．、)）]|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）])[ 　]*[\\p{Han}“《]",
);
static PAIR: Pattern = Pattern::new("^[ 　*]*([1-9][.．][1-9])([ 　]*)\\p{Han}");
/// 5.4青年节 begins with a day.
static DAY: Pattern = Pattern::new("节|建党|建军|青年|事件|地震");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| !line.kind.is_of_table()) {
        let deep = DEEP.captures(text).and_then(|hit| hit.get(1));
        let pair =
            PAIR.captures(text).and_then(|hit| hit.get(1)).filter(|hit| is_serial(line, text, hit.end()));
        let Some(number) = deep.or(pair).filter(|_| !text.contains('\t')) else { continue };
        found.at(
            &prose.source,
            line.span.start + number.start()..line.span.start + number.end(),
            format!("层次序号“{}”不是公文的写法", number.as_str()),
            "公文最多四层，依次用“一、”“（一）”“1.”“（1）”，再往下用“①”",
        );
    }
}

/// Whether 1.1 is no quantity, no day, and stands before a short heading.
fn is_serial(line: &ProseLine, text: &str, end: usize) -> bool {
    let measured = line.numbers.iter().any(|number| {
        number.kind != scan::NumberKind::Typed(scan::Why::Serial)
            && number.span.start < end
            && end < number.span.end
    });
    let short = text.chars().count() <= 20 && !text.contains(['。', '，', '；', '：']);
    short && !measured && !DAY.is_match(text)
}
