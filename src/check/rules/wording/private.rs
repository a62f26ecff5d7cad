//! Numbers that belong to a person: of an identity card, of a telephone.

use super::super::prelude::*;
use super::super::punctuation::marks::place;
use crate::check::LineKind;

/// 中华人民共和国个人信息保护法, 28: what is sensitive is not shown without need.
pub(super) const RULE: Rule = Rule::prose("doc-private", Level::Warning, run);

static CARD: Pattern = Pattern::new("(?:^|[^0-9])([1-9][0-9]{16}[0-9Xx])(?:$|[^0-9A-Za-z])");
/// A number that is said to be of a card or an account.
static SAID: Pattern = Pattern::new(
    "(?:身份证|身份号码|身份证号|银行|账户|账号|卡号|开户)[^0-9，。；]{0,8}([1-9][0-9]{15,18}[Xx]?)(?:$|[^0-9A-Za-z])",
);
static MOBILE: Pattern = Pattern::new("(?:^|[^0-9])(1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})(?:$|[^0-9])");
/// What makes a number that of an office: 举报电话.
const PUBLIC: [&str; 14] = [
    "热线",
    "举报",
    "监督电话",
    "咨询",
    "值班",
    "办公电话",
    "传真",
    "客服",
    "报名",
    "投诉",
    "服务电话",
    "应急",
    "救援",
    "公开电话",
];
/// What each digit of a card counts, and the last digit by the remainder.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const LAST: &[u8] = b"10X98765432";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let foot = |line: &ProseLine| matches!(line.kind, LineKind::Signature | LineKind::Date);
    for (line, text) in prose.each() {
        let cards =
            CARD.captures_iter(text).filter_map(|hit| hit.get(1)).filter(|card| is_card(card.as_str()));
        let mut numbers: Vec<Range<usize>> = cards.map(|card| card.range()).collect();
        let said = SAID.captures_iter(text).filter_map(|hit| Some(hit.get(1)?.range()));
        numbers.extend(said.filter(|said| !numbers.contains(said)).collect::<Vec<_>>());
        for number in numbers {
            let message = "写出了个人的身份号码或者账号";
            let hint = "请删去，确实要用的只留前后几位，如“430524********1234”";
            found.at(&prose.source, place(line, &number), message, hint);
        }
    }
    for (line, hit) in prose.matches(&MOBILE).filter(|(line, _)| !foot(line)) {
        let Some(number) = hit.get(1) else { continue };
        let ahead = &prose.text(line)[..number.start()];
        let clause = &ahead[ahead.rfind(['。', '；']).unwrap_or(0)..];
        if !PUBLIC.iter().any(|word| clause.contains(word)) {
            let hint = "请删去；要公开联系方式的，写单位电话";
            found.at(&prose.source, place(line, &number.range()), "写出了个人手机号码", hint);
        }
    }
}

/// Whether digits are those of a card: the date of birth can be, and the last digit follows from the others.
fn is_card(digits: &str) -> bool {
    let number = |span: Range<usize>| digits[span].parse::<u32>().unwrap_or(0);
    let born = (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14));
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let last = LAST[(sum % 11) as usize];
    born && digits.bytes().next_back().is_some_and(|digit| digit.eq_ignore_ascii_case(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_told_by_its_date_and_last_digit() {
        for (digits, wanted) in [
            ("11010519491231002X", true),
            ("440524188001010014", false),
            ("110105194912310021", false),
            ("110105194913310020", false),
        ] {
            assert_eq!(is_card(digits), wanted, "{digits}");
        }
    }
}
