//! 占比、各占、比、其中、其余: parts of a whole.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Outcome;
use super::figure::difference;
use super::list::joined;
use crate::figures::compare::{NoRatio, percent, ratio};
use crate::figures::formula::no_ratio;
use crate::figures::proportion::{NoProportion, parts_of, smallest};
use crate::figures::{Cited, Figure, Trouble, mismatch, sum};
use crate::template::call::Call;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit, plain};

/// The sign of a proportion, U+2236.
const RATIO: &str = "∶";

fn name(call: &Call<'_, '_>, index: usize, figure: &Figure) -> String {
    call.path(index).map_or_else(|_| figure.text.clone(), str::to_owned)
}

/// `{{占比 部分 总数 小数=1 零=}}`
pub(super) fn share(call: &Call<'_, '_>) -> Outcome {
    let parts = [call.figure(0)?, call.figure(1)?];
    let (part, total) = (name(call, 0, &parts[0]), name(call, 1, &parts[1]));
    let share = match ratio(&parts[0].amount, &parts[1].amount) {
        Ok(share) => share,
        Err(NoRatio::ZeroBase) => {
            let words = call.words("零")?;
            return words.ok_or_else(|| no_ratio(&part, &total, NoRatio::ZeroBase));
        }
        Err(why) => return Err(no_ratio(&part, &total, why)),
    };
    Ok(percentage(call, share, &parts, &format!("{part}占{total}")).0)
}

/// Marks a share as a percentage and returns the number printed.
pub(super) fn percentage(
    call: &Call<'_, '_>,
    share: Decimal,
    from: &[Arc<Figure>],
    derivation: &str,
) -> (String, Decimal) {
    let decimals = call.count("小数", 6).ok().flatten().unwrap_or(RATE_DECIMALS);
    let (value, held) = percent(share, decimals);
    if held {
        call.session.warn(
            call.site,
            "share-held-back",
            format!(
                "{derivation}四舍五入后会变成{}，实际并非如此，已写作{}%",
                if share > Decimal::ONE / Decimal::TWO { "100%" } else { "0%" },
                plain(value)
            ),
            "如需更精确，请加 小数=2",
        );
    }
    let exact = Amount::quotient(share * Decimal::ONE_HUNDRED, Unit::parse("%"), decimals);
    (call.mark_derived(&format!("{}%", plain(value)), exact, derivation, from), value)
}

/// `{{各占 甲 乙 丙}}`: shares of the parts in their own sum.
pub(super) fn shares(call: &Call<'_, '_>) -> Outcome {
    let parts = call.figures()?;
    let total = sum(&parts, "合计".into(), Unit::default()).map_err(|m| mismatch("各占", &m))?;
    let mut said = Vec::new();
    let mut printed = Decimal::ZERO;
    for (index, part) in parts.iter().enumerate() {
        let name = name(call, index, part);
        let share = ratio(&part.amount, &total.amount).map_err(|why| no_ratio(&name, "合计", why))?;
        let mut from = vec![Arc::clone(part)];
        from.extend(parts.iter().filter(|other| !Arc::ptr_eq(other, part)).cloned());
        let (words, value) = percentage(call, share, &from, &format!("{name}占合计"));
        printed += value;
        said.push(words);
    }
    warn_unless_whole(call, printed);
    let last = call.words("末")?.or_else(|| (parts.len() > 2).then(|| "、".to_owned()));
    Ok(joined(&said, &call.words_or("连", "、")?, last.as_deref()))
}

/// Shares of all parts that do not add up to all, as they are printed.
pub(super) fn warn_unless_whole(call: &Call<'_, '_>, printed: Decimal) {
    if printed != Decimal::ONE_HUNDRED {
        let message = format!("各部分的占比加起来是{}%，不是100%", plain(printed));
        let hint = "这是四舍五入造成的；可加 小数=2，或在文中说明";
        call.session.warn(call.site, "shares-not-whole", message, hint);
    }
}

/// `{{比 甲 乙 丙}}`: 3∶4∶3, the smallest whole numbers; `合计="100"` gives parts that come to just that.
pub(super) fn proportion(call: &Call<'_, '_>) -> Outcome {
    let parts = call.figures()?;
    let unit = &parts[0].amount.unit;
    let mut values = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = name(call, index, part);
        if !part.amount.is_exact() {
            return Err(no_ratio(&name, "合计", NoRatio::Approximate));
        }
        values.push(part.amount.value_in(unit).map_err(|problem| mismatch(&name, &problem))?);
    }
    let decimals = call.count("小数", 6)?;
    let numbers = match (call.number("合计")?, decimals) {
        (Some(all), _) if all > 0 => parts_of(Decimal::from(all), &values, decimals.unwrap_or(0)),
        (None, None) => smallest(&values),
        _ => {
            return Err(Trouble::wrong(
                "wrong-number",
                "“比”的 小数= 要和 合计= 一起写，合计= 写正的整数",
                "例如 合计=100 小数=1，印成 1.0∶69.6∶29.4；要最小的整数比，两个都不写",
            ));
        }
    };
    let numbers = numbers.map_err(no_proportion)?;
    let digits = decimals.unwrap_or(0) as usize;
    let words: Vec<String> = numbers.iter().map(|number| format!("{number:.digits$}")).collect();
    let words = words.join(RATIO);
    let facts = Cited::all(parts.iter().map(|part| &part.facts));
    Ok(call.mark_said(&words, &words, facts, "比例"))
}

fn no_proportion(why: NoProportion) -> Trouble {
    let (message, hint) = match why {
        NoProportion::NotPositive => {
            ("“比”的几个数全是0，或者有负数", "请核对事实；可能全是0的，用 {{#若零 …}} 分开写")
        }
        NoProportion::TooLarge => {
            ("几个数约不成小的整数，印出来的比太长", "请写 合计=10 或 合计=100，按几成、百分之几来比")
        }
        NoProportion::Lost => ("有一项太小，四舍五入后成了0", "请用更大的 合计=，或写 小数=1"),
        NoProportion::Overflow => ("几个数太大，算不出比", "请检查事实文件里的数字是否多写了零"),
    };
    Trouble::wrong("no-proportion", message, hint)
}

/// `{{其中 总数 部分}}`: the part, provided that it is no more than the total.
pub(super) fn part(call: &Call<'_, '_>) -> Outcome {
    let (total, part) = (call.figure(0)?, call.figure(1)?);
    within(call, &total, &part)?;
    Ok(call.mark(&part.text, &part))
}

fn within(call: &Call<'_, '_>, total: &Arc<Figure>, part: &Arc<Figure>) -> Result<(), Trouble> {
    let (total_name, part_name) = (name(call, 0, total), name(call, 1, part));
    total.amount.minus(&part.amount).map_err(|m| mismatch(&format!("{total_name}、{part_name}"), &m))?;
    if part.amount.value <= total.amount.value {
        return Ok(());
    }
    Err(Trouble::wrong(
        "part-above-total",
        format!("“{part_name}”{}超过了“{total_name}”{}", part.text, total.text),
        "请核对这两个事实",
    ))
}

/// `{{其余 总数 已办 已= 余= 全=}}`: `已整改84处，其余2处正在整改`, or the remainder alone.
pub(super) fn rest(call: &Call<'_, '_>) -> Outcome {
    let parts = call.figures()?;
    within(call, &parts[0], &parts[1])?;
    // What is left of a rate is a rate.
    let rest = difference(&parts, "总数减已办")?;
    let amount = rest.amount.named(&parts[0].amount.unit.base);
    let rest = Arc::new(Figure::derived(amount, rest.derivation.as_str(), &parts));
    let (done, open, all) = (call.words("已")?, call.words("余")?, call.words("全")?);
    if rest.amount.value.is_zero()
        && rest.amount.is_exact()
        && let Some(all) = all
    {
        return Ok(all);
    }
    let number = call.mark(&rest.text, &rest);
    match (done, open) {
        (None, None) => Ok(number),
        (done, open) => {
            let finished = call.mark(&parts[1].text, &parts[1]);
            Ok(format!("{}{finished}，其余{number}{}", done.unwrap_or_default(), open.unwrap_or_default()))
        }
    }
}
