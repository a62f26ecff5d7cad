//! Decimals without their zero or with another mark for the point.

use super::super::prelude::*;
use super::reading;

/// GB/T 15835-2011, 5.1.2: the zero before the point is written, and the point is a half-width dot.
pub(super) const RULE: Rule = Rule::prose("num-decimal0", Level::Error, run);

/// .5; the dot behind a Chinese numeral is the mark of a heading (一.2024年).
static BARE: Pattern = Pattern::new(r"(?:^|[^0-9A-Za-z.．/\\_一二三四五六七八九十])(\.)[0-9]+");

/// 0．5, 8。5%, 8·5%: a mark that is no point needs a unit behind it.
static MARK: Pattern =
    Pattern::new("[0-9](?:(．)[0-9]|([。·・•])[0-9]+(?:[%％‰万亿倍]|个百分点|公里|平方|公顷|吨|亩|元))");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for groups in BARE.captures_iter(text) {
            if let Some(point) =
                groups.get(1).filter(|point| before(text, point.start()).is_none_or(|c| c != '.'))
            {
                say(prose, line, text, point.range(), "0.", found);
            }
        }
        for groups in MARK.captures_iter(text) {
            if let Some(mark) = groups.get(1).or_else(|| groups.get(2)) {
                say(prose, line, text, mark.range(), ".", found);
            }
        }
    }
}

fn say(
    prose: &Prose,
    line: &ProseLine,
    text: &str,
    mark: Range<usize>,
    right: &str,
    found: &mut Findings<'_>,
) {
    let digit = |c: char| c.is_ascii_digit();
    let left = reading::tail(text, mark.start, 12);
    let left = &left[left.trim_end_matches(digit).len()..];
    let rest = reading::lead(text, mark.end, 12);
    let rest = &rest[..rest.len() - rest.trim_start_matches(digit).len()];
    let message = format!("小数“{left}{}{rest}”的写法不对", &text[mark.clone()]);
    let hint = format!("小数点前的0不能省，小数点用半角圆点，写成“{left}{right}{rest}”");
    found.fix(&prose.source, reading::place(line, mark), right, message, hint);
}
