//! 日期、年度、期间、时段: dates (GB/T 15835-2011: Arabic digits, no leading zero), years and windows.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Outcome;
use super::figure::say;
use crate::facts::value::Date;
use crate::figures::{Figure, Trouble};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::Said;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit, numeral};

/// `{{日期 X 式="月日"}}`
pub(super) fn date(call: &Call<'_, '_>) -> Outcome {
    let Said::Date(date, from) = call.said(0)? else {
        let name = call.path(0).unwrap_or_default();
        return Err(Trouble::wrong(
            "not-a-date",
            format!("“{name}”不是日期"),
            "请把事实写成 2011-04-18 或 2011-04",
        ));
    };
    let form = call.choice("式", &["年月日", "年月", "月日", "月", "年"])?;
    let words = said(date, form).ok_or_else(|| {
        Trouble::wrong("date-too-short", format!("“{date}”没有具体到所要的月或日"), "请在事实文件里补全日期")
    })?;
    Ok(call.mark_words(&words, vec![from], "日期"))
}

fn said(date: Date, form: Option<&str>) -> Option<String> {
    let Date { year, month, day } = date;
    Some(match form {
        None => date.to_string(),
        Some("年") => format!("{year}年"),
        Some("年月") => format!("{year}年{}月", month?),
        Some("月") => format!("{}月", month?),
        Some("月日") => format!("{}月{}日", month?, day?),
        Some(_) => format!("{year}年{}月{}日", month?, day?),
    })
}

/// `{{年度 -1}}`: the year of the report, or so many years from it.
pub(super) fn year(call: &Call<'_, '_>) -> Outcome {
    let offset = match call.len() {
        0 => 0,
        _ => match call.said(0)? {
            Said::Typed(text) => {
                text.parse::<i32>().ok().filter(|offset| offset.abs() < 100).ok_or_else(|| {
                    Trouble::wrong(
                        "wrong-number",
                        format!("“{text}”不是年数"),
                        "请写 1（下一年）或 -1（上一年）",
                    )
                })?
            }
            _ => {
                return Err(Trouble::wrong(
                    "wrong-number",
                    "“年度”后面要写年数",
                    "请写 1（下一年）或 -1（上一年）",
                ));
            }
        },
    };
    let year = call.session.year().shifted(offset).calendar_year().to_string();
    let words = match call.choice("样式", &["逐位", "数字"])? {
        Some("数字") => year,
        Some(_) => format!("{}年", numeral::digits(&year)),
        None => format!("{year}年"),
    };
    Ok(call.mark_words(&words, Vec::new(), "报告年度"))
}

/// `{{期间}}`: which part of the year the report is about: 上半年, by its months 1—6月, or 截至6月底.
pub(super) fn period(call: &Call<'_, '_>) -> Outcome {
    let period = call.session.year();
    let words = match call.choice("式", &["月", "截至", "全"])? {
        None => period.part_or_year(),
        Some("月") => period.by_months(),
        Some("截至") => format!("截至{}月底", period.end()),
        Some(_) => period.words(),
    };
    Ok(call.mark_words(&words, Vec::new(), "报告期间"))
}

/// `{{序时}}`: the share of the year that has gone by, month by month.
pub(super) fn elapsed(call: &Call<'_, '_>) -> Outcome {
    say(call, &share_gone_by(call.session.year())?)
}

/// The share of the year that has gone by at the end of a period, exact.
pub(super) fn share_gone_by(period: Period) -> Result<Arc<Figure>, Trouble> {
    let months = period.elapsed().ok_or_else(|| {
        Trouble::wrong(
            "no-elapsed-share",
            format!("{period}不从1月算起，没有序时进度"),
            "序时进度只用在从年初累计的报告里；别的报告请写 序时=\"50%\"，或者写一个指标名",
        )
    })?;
    let share = Decimal::from(months) * Decimal::ONE_HUNDRED / Decimal::from(12);
    let amount = Amount::quotient(share, Unit::parse("%"), RATE_DECIMALS);
    Ok(Arc::new(Figure::from_facts(amount, "序时进度", Vec::new())))
}

/// The month or quarter before, for 环比.
pub(in crate::template) fn previous(of: Period) -> Result<Period, Trouble> {
    of.previous().ok_or_else(|| {
        Trouble::wrong(
            "no-previous-period",
            format!("{of}没有上期：环比只在单月之间、单季之间比"),
            "累计数、半年和全年只与上年同期比，请用 {{同比 …}} 或 {{#上年}}",
        )
    })
}

/// `{{时段}}`: 近三年, 2019年以来; `前` and `后` change what stands around it.
pub(super) fn window(call: &Call<'_, '_>) -> Outcome {
    let window = call.session.window().ok_or_else(|| {
        Trouble::wrong(
            "outside-window",
            "“时段”不在时段块里",
            "请放进 {{#近 3}}…{{/近}} 或 {{#自 2019}}…{{/自}} 里",
        )
    })?;
    let (before, after) = (call.words("前")?, call.words("后")?);
    let words = match window.count {
        Some(count) => {
            let years = format!("{}年", numeral::count_before_measure(u64::from(count)));
            format!("{}{years}{}", before.as_deref().unwrap_or("近"), after.as_deref().unwrap_or(""))
        }
        None => format!(
            "{}{}{}",
            before.as_deref().unwrap_or(""),
            window.first,
            after.as_deref().unwrap_or("以来")
        ),
    };
    Ok(call.mark_words(&words, Vec::new(), "时段"))
}
