//! Numbers as sentences say them: every reader is that of one row of the grammar, without the words around it.

use rust_decimal::Decimal;

use super::strict::{scaled, tail};
use super::written::Said;
use super::{Amount, Approx, Bound, Scale, Unit, measure, numeral, ungrouped};

/// What stands between the ends of a range, beside one or two [`DASHES`].
pub(super) const TO: [&str; 2] = ["至", "到"];
/// Dashes.
pub(super) const DASHES: &str = "-—–~～";
/// Colons of a ratio.
pub(super) const COLONS: &str = ":：∶︰";

/// Units that are printed in several ways.
const SAME: [(&str, &str); 8] = [
    ("％", "%"),
    ("℅", "%"),
    ("元整", "元"),
    ("人民币", "元"),
    ("元人民币", "元"),
    ("块钱", "元"),
    ("百分点", "个百分点"),
    ("千分点", "个千分点"),
];

fn plain(value: Decimal, base: &str) -> Amount {
    let unit = Unit { scale: Scale::ONE, base: base.to_owned() };
    Amount { value, bound: Bound::Exact, unit, decimals: 0, approx: None }
}

/// 三分之二, 百分之六十, 千分之三, 约3分之1.
pub(super) fn fraction(text: &str) -> Option<Said> {
    let (whole, part) = text.split_once("分之")?;
    let of = match whole {
        "百" => 100,
        "千" => 1000,
        "万" => 10_000,
        whole => numeral::parse(whole).or_else(|| whole.parse().ok())?,
    };
    let unit = match of {
        100 => "%",
        1000 => "‰",
        _ => {
            let part = numeral::parse(part).or_else(|| part.parse().ok())?;
            return Some(Said::Fraction { part, of });
        }
    };
    let all = if part == "百" { Some(Decimal::ONE_HUNDRED) } else { None };
    let value = all.or_else(|| numeral::decimal(part)).or_else(|| number_of(part))?;
    Some(Said::One(Amount { decimals: value.scale(), ..plain(value, unit) }))
}

/// 1/3.
pub(super) fn slash(text: &str) -> Option<Said> {
    let (part, of) = text.split_once('/')?;
    Some(Said::Fraction { part: part.parse().ok()?, of: of.parse().ok()? })
}

/// 一半, 两公里半, 三个半小时.
pub(super) fn half(text: &str) -> Option<Said> {
    if matches!(text, "一半" | "半数") {
        return Some(Said::Fraction { part: 1, of: 2 });
    }
    let whole = match text.split_once("个半") {
        Some((number, unit)) => one(&format!("{number}{unit}"))?,
        None => one(text.strip_suffix('半')?)?,
    };
    let value = whole.value.checked_add(Decimal::new(5, 1))?;
    Some(Said::One(Amount { value, decimals: 1, ..whole }))
}

/// 19 800人: blanks between groups of three.
pub(super) fn grouped(text: &str) -> Option<Said> {
    ungrouped(text).filter(|whole| whole != text).and_then(|whole| digits(&whole))
}

/// `26.4:38.1:35.5`, `103:100`.
pub(super) fn ratio(text: &str) -> Option<Said> {
    let colon = |c: char| COLONS.contains(c);
    text.contains(colon).then(|| text.split(colon).map(number_of).collect::<Option<_>>())?.map(Said::Ratio)
}

/// `300—400元`, `3%～5%`, `2至5名`.
pub(super) fn range(text: &str) -> Option<Said> {
    let is_dash = |c: char| DASHES.contains(c);
    let first = text.chars().next()?.len_utf8();
    let behind = text.get(first..)?;
    let dash = behind.find(is_dash);
    let (at, len) = TO
        .iter()
        .filter_map(|word| Some((behind.find(word)?, word.len())))
        .chain(dash.map(|at| {
            (at, behind[at..].chars().take(2).take_while(|c| is_dash(*c)).map(char::len_utf8).sum())
        }))
        .min()?;
    let (low, high) = (&text[..first + at], &behind[at + len..]);
    let (from, to) = (one(low).or_else(|| one(&format!("{low}个")))?, one(high)?);
    // 2万—3万元 and 2—3万元 mean the same; 8000元—1.2万元 does not.
    let bare = low.ends_with(|c: char| c.is_ascii_digit());
    let from_value = if bare { scaled(from.value, to.unit.scale.power())? } else { from.value };
    let decimals = from.decimals.max(to.decimals);
    let from = Amount { value: from_value.normalize(), unit: to.unit.clone(), decimals, ..from };
    Some(Said::Range(from, Amount { decimals, ..to }))
}

/// 第3位, 第三, 前三名.
pub(super) fn rank(text: &str) -> Option<Said> {
    let rest = text.strip_prefix(['第', '前'])?;
    let (number, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let (value, unit) = if number.is_empty() { chinese(unit)? } else { (number_of(number)?, unit) };
    Some(Said::One(plain(value, if unit.is_empty() { "位" } else { unit })))
}

/// 首位, 榜首, 末位, 零.
pub(super) fn word(text: &str) -> Option<Said> {
    match text {
        "末位" => Some(Said::Last),
        "首位" | "榜首" | "之首" => Some(Said::One(plain(Decimal::ONE, "位"))),
        "零" => Some(Said::One(plain(Decimal::ZERO, ""))),
        _ => None,
    }
}

/// 贰万叁仟元整.
pub(super) fn capitals(text: &str) -> Option<Said> {
    numeral::parse_financial(text).map(|value| Said::One(plain(value, "元")))
}

/// 四成, 七成五.
pub(super) fn tenths(text: &str) -> Option<Said> {
    let (whole, rest) = text.split_once('成')?;
    let whole = Decimal::from(numeral::parse(whole).filter(|whole| (1..=10).contains(whole))?);
    let tenth = match rest {
        "" => return Some(Said::One(plain(whole, "成"))),
        "半" => 5,
        rest => numeral::parse(rest).filter(|tenth| *tenth < 10)?,
    };
    let value = whole + Decimal::new(i64::try_from(tenth).ok()?, 1);
    Some(Said::One(Amount { decimals: 1, ..plain(value, "成") }))
}

/// 十二件, 数百人; 三四个 and 七八百人, where two digits follow each other.
pub(super) fn numeral(text: &str) -> Option<Said> {
    neighbours(text).or_else(|| one(text).map(Said::One))
}

/// Digits with what follows them: 9000多万元, 3,200人.
pub(super) fn digits(text: &str) -> Option<Said> {
    let front = text.trim_start_matches(MINUS);
    front.starts_with(|c: char| c.is_ascii_digit()).then(|| one(text).map(Said::One)).flatten()
}

/// 1亿3000万元, 3万5千人.
pub(super) fn compound(text: &str) -> Option<Said> {
    let front = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let (_, rest) = Scale::begins(front)?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then(|| digits(text)).flatten()
}

/// 69. 58万元 and 5 9亿元 have lost a point or gained a blank.
pub(super) fn spaced(text: &str) -> Option<Said> {
    join_blanks(text).is_some().then(|| digits(text)).flatten()
}

fn neighbours(text: &str) -> Option<Said> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).filter(|c| **c != '〇').and_then(|c| numeral::digit(*c));
    let at = (0..chars.len()).find(|at| digit(*at).is_some())?;
    if digit(at)? + 1 != digit(at + 1)? || digit(at + 2).is_some() {
        return None;
    }
    let without = |skipped: usize| -> String {
        chars.iter().enumerate().filter(|(index, _)| *index != skipped).map(|(_, c)| *c).collect()
    };
    Some(Said::Range(one(&without(at + 1))?, one(&without(at))?))
}

/// Signs of what is below zero.
const MINUS: [char; 3] = ['-', '－', '−'];

/// A number with what follows it.
fn one(text: &str) -> Option<Amount> {
    let unsigned = text.trim_start_matches(MINUS);
    let negative = unsigned.len() < text.len();
    let joined = join_blanks(unsigned);
    let unsigned = joined.as_deref().unwrap_or(unsigned);
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(unsigned.len());
    let (number, rest) =
        if end > 0 { (number_of(&unsigned[..end])?, &unsigned[end..]) } else { chinese(unsigned)? };
    with_tail(if negative { -number } else { number }, rest)
}

/// The value of digits, in groups of three or not.
pub fn number_of(digits: &str) -> Option<Decimal> {
    Decimal::from_str_exact(&ungrouped(digits)?).ok()
}

fn join_blanks(text: &str) -> Option<String> {
    let (front, rest) = text.split_once(' ')?;
    let behind = rest.trim_start_matches(['.', ' ']);
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (digit(behind) && digit(front)).then(|| format!("{}.{behind}", front.trim_end_matches('.')))
}

/// 十二, 数百, 十几, 亿 alone; and what follows.
fn chinese(text: &str) -> Option<(Decimal, &str)> {
    let text = text.strip_prefix(['数', '几', '上']).unwrap_or(text);
    let end = text.find(|c: char| !numeral::is_one(c) && c != '点').unwrap_or(text.len());
    // The longest numeral that reads; what is left of it may be a scale word or begin a unit (千瓦).
    for at in (1..=end).rev().filter(|at| text.is_char_boundary(*at)) {
        let words = &text[..at];
        let last = words.chars().next_back().map_or(0, char::len_utf8);
        if let Some(value) = numeral::decimal(words).filter(|_| !measure::begins(&text[at - last..])) {
            return Some((value, &text[at..]));
        }
    }
    // 亿元, 千万元: one of them.
    Scale::begins(text).map(|_| (Decimal::ONE, text))
}

/// Scale words, approximation words and the unit behind a number: 9000多万元, 9万多元, 3万5千人.
fn with_tail(number: Decimal, text: &str) -> Option<Amount> {
    let tail = tail(text.trim_start_matches([' ', '　']));
    let value = scaled(number, tail.power)?;
    if tail.power > 0 && tail.unit.starts_with(|c: char| c.is_ascii_digit()) {
        let more = one(tail.unit)?;
        let unit = more.unit.with_scale(Scale::ONE);
        return Some(Amount { value: value.checked_add(more.value)?, unit, ..more });
    }
    let scale = tail.scale().unwrap_or_else(|| Scale::up_to(tail.power));
    let unit = Unit { scale, base: tail.unit.trim_start_matches([' ', '　']).to_owned() };
    let approx = tail.words.last().map(|word| word.approx);
    let decimals = number.scale();
    Some(Amount { value: value.normalize(), bound: Bound::Exact, unit, decimals, approx })
}

/// What is said, with the unit as it is usually written and the word that stands around it or in it.
pub(super) fn settled(said: Said, around: Option<Approx>) -> (Said, Option<Approx>) {
    let settle = |amount: Amount| settled_amount(amount, around);
    match said {
        Said::One(amount) => {
            let amount = settle(amount);
            let word = amount.approx;
            (Said::One(amount), word)
        }
        Said::Range(low, high) => {
            let (low, high) = (settle(low), settle(high));
            let word = high.approx;
            (Said::Range(low, high), word)
        }
        said => (said, around),
    }
}

fn settled_amount(mut amount: Amount, around: Option<Approx>) -> Amount {
    let base = &mut amount.unit.base;
    if base == "个多百分点" {
        "个百分点".clone_into(base);
        amount.approx = Some(Approx::Duo);
    }
    // 两倍多.
    if let Some(unit) = base.strip_suffix('多').map(str::to_owned) {
        *base = unit;
        amount.approx = Some(Approx::Duo);
    }
    if let Some((_, usual)) = SAME.iter().find(|(printed, _)| printed == base) {
        (*usual).clone_into(base);
    }
    amount.approx = around.or(amount.approx);
    amount.bound = amount.approx.map_or(Bound::Exact, Approx::bound);
    amount
}
