//! Statistics written in Chinese characters.

use super::super::prelude::*;
use super::{han, reading};
use crate::zh::number::numeral;
use crate::zh::scan::NumberKind;

/// GB/T 15835-2011, 4.1.1: what is measured is written in Arabic digits. 4.3.1 lets short and rough numbers
/// keep their characters.
pub(super) const RULE: Rule = Rule::prose("num-arabic", Level::Warning, run);

/// The largest whole number that may stand in characters wherever its form is the same throughout.
const SMALL: u64 = 10;

/// What stands behind a numeral that is part of a name or of a set phrase, or is rough.
static LEFT: Pattern = Pattern::new(
    "^(?:[余多来几]|$|分点|个民族|件(?:重点)?(?:民生)?实事|件大事|字|组|班|周?岁|期间|天如一日|小时(?:值班|在岗|不间断|服务)\
         |分钟\\p{Han}{0,4}圈|节气|条(?:禁令|规定|军规)|项(?:规定|措施))|(?:以上|以下|以内|左右|上下)$",
);

/// 百分之三十六.
static SHARE: Pattern =
    Pattern::new("百分之([零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let figures = line.numbers.iter().filter(|number| number.kind == NumberKind::Figure);
        let counts = figures.filter_map(|number| {
            let start = number.span.start - han::trailing(reading::tail(text, number.span.start, 24)).len();
            let span = start..number.span.end;
            Some((span.clone(), arabic(&text[span], &text[number.span.end..])?))
        });
        let shares = SHARE.captures_iter(text).filter_map(|groups| share(&groups));
        for (span, right) in counts.chain(shares).filter(|(span, _)| !line.is_quoted(span)) {
            let message = format!("统计数“{}”用了汉字", &text[span.clone()]);
            let hint = format!("请改用阿拉伯数字，写成“{right}”");
            found.at(&prose.source, reading::place(line, span), message, hint);
        }
    }
}

/// How a statistic in characters is written in digits; `None` where it may stay.
fn arabic(text: &str, after: &str) -> Option<String> {
    let (numeral, unit) = han::leading(text)?;
    let placed = numeral.contains(['十', '百', '千', '万', '亿']);
    let large = placed && numeral::parse(numeral).is_some_and(|value| value > SMALL);
    let following: String = after.chars().take(8).collect();
    if !(large || numeral.contains('点'))
        || LEFT.is_match(unit)
        || LEFT.is_match(&format!("{unit}{following}，"))
    {
        return None;
    }
    Some(format!("{}{unit}", han::in_digits(numeral)?))
}

/// A percentage in characters, where it stands and in digits. 百分之百 is a set phrase.
fn share(groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    Some((groups.get(0)?.range(), format!("{}%", han::in_digits(groups.get(1)?.as_str())?)))
}
