//! What is said of cells whose number is shown in a way of its own, lost digits, or was typed with marks around it.

use rust_decimal::Decimal;

use crate::diag::Diagnostic;
use crate::zh::number::half_width;

/// What is said of a number that its format does not show, where it counts for nothing.
///
/// # Errors
/// It may count.
pub(super) fn not_shown(number: Decimal) -> Result<String, Diagnostic> {
    if number.is_zero() {
        return Ok("单元格里是0，格式设成不显示，按空白读".to_owned());
    }
    Err(Diagnostic::error("hidden-number", "单元格里有数，格式设成不显示，不知道算不算")
        .hint("要用的，请把这一格的格式改成“常规”；不要的，请删去"))
}

/// A number in digits that the program does not write: what a column of words would take is not known.
pub(super) fn strange_digits(number: Decimal) -> Diagnostic {
    let message = format!("“{}”的格式是分数、科学记数或中文数字，认不准显示成什么", number.normalize());
    Diagnostic::error("strange-digits", message).hint("请把这一格的格式改成“常规”，或改成“文本”照样填写")
}

/// A number of which Excel has dropped the last digits.
pub(super) fn digits_lost(shown: &str) -> Diagnostic {
    let message = format!("“{shown}”是按数存的，Excel 的数只留15位，后面的已经没有了");
    Diagnostic::error("digits-lost", message)
        .hint("身份证号、账号这样的长号码，请把这一列设成“文本”格式，照原件重新填")
}

/// What is said of a tail that binary arithmetic left.
pub(super) fn tail_words(number: Decimal, settled: Decimal) -> String {
    match settled.is_zero() {
        true => "单元格里是小数相减留下的尾数，不到十亿分之一，按0读".to_owned(),
        false => format!("单元格里是{}，后面是小数计算留下的尾数，按{settled}读", number.normalize()),
    }
}

/// A share of which nobody knows whether it is in hundredths.
pub(super) fn doubtful_rate(number: Decimal) -> Diagnostic {
    let percent = number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number).normalize();
    let number = number.normalize();
    Diagnostic::error("doubtful-rate", format!("“{number}”没有设百分比格式，分不清是{percent}%还是{number}%"))
        .hint(format!("是{percent}%的，请把这一列设成百分比格式；是{number}%的，请在表头写上（%）"))
}

/// A text without marks that say nothing of its number: the apostrophe before a number that is to be kept as words, a
/// point with nothing behind it, the 整 behind a sum of money.
pub(super) fn unmarked(text: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let text = text.trim();
    let text =
        text.strip_prefix(['\'', '’', '‘', '＇']).filter(|rest| rest.starts_with(digit)).unwrap_or(text);
    let text = text.strip_suffix(['.', '．']).filter(|rest| rest.ends_with(digit)).unwrap_or(text);
    text.strip_suffix(['整', '正']).filter(|rest| rest.ends_with('元')).unwrap_or(text)
}

/// Why a number with a mark before it is not read: whether △5 is -5, the table does not say.
pub(super) fn marked(text: &str) -> Option<Diagnostic> {
    let half = half_width(text);
    let mark = half.trim().chars().next().filter(|c| matches!(c, '△' | '▲' | '▽' | '▼' | '↓' | '↑'))?;
    let number = half.trim()[mark.len_utf8()..].trim_start();
    number.starts_with(|c: char| c.is_ascii_digit()).then(|| {
        let message = format!("“{}”前面有“{mark}”，分不清是不是负数", text.trim());
        Diagnostic::error("marked-number", message)
            .hint(format!("是负数的，请写成-{number}；不是的，请去掉“{mark}”"))
    })
}
