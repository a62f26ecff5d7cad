//! 图: indicators over the years, as the captioned table that is drawn.

use super::{Outcome, figure};
use crate::chart::NoChart;
use crate::facts::registry::IndicatorKind;
use crate::figures::Trouble;
use crate::period::Period;
use crate::template::call::Call;
use crate::zh::number::are_kin;

/// Parameters of 图.
pub(super) const OWN: &[&str] = &["年", "自", "标题", "式", "名称", "缺", "小数", "量级"];
/// Most years of a chart.
const YEARS: i64 = 50;
/// Years where nothing else is said.
const USUAL: i64 = 5;
/// What stands in the place of a year that has no fact.
const NOTHING: &str = "—";

/// `{{图 指标 指标 年=5 标题="…" 式="柱"}}`: years down, an indicator a column. Of the report's own year a fact must not be
/// missing; an earlier year without one is a gap that is said.
pub(super) fn chart(call: &Call<'_, '_>) -> Outcome {
    let paths = paths(call)?;
    let years: Vec<Period> = years(call)?.collect();
    let names = names(call, &paths)?;
    let gap = call.words_or("缺", NOTHING)?;
    let mut lines = vec![
        format!("{}{}", kind(call, &paths)?, caption(call, &names, &years)?),
        format!("| 年份 | {} |", names.join(" | ")),
        format!("| ---{} |", " | ---:".repeat(paths.len())),
    ];
    let mut told = 0;
    for year in &years {
        let mut row = format!("| {year} |");
        for path in &paths {
            let cell = match cell(call, path, *year)? {
                Some(words) => {
                    told += 1;
                    words
                }
                None => gap.clone(),
            };
            row.push_str(&format!(" {} |", cell.replace('|', "\\|")));
        }
        lines.push(row);
    }
    if told < 2 {
        return Err(Trouble::wrong(
            "chart-of-one",
            format!("图里只有{told}个数，画不成图：{}年里别的年份都没有“{}”", years.len(), paths.join("”“")),
            "请补填以前年份的事实，或者改成一句话",
        ));
    }
    Ok(format!("\n\n{}\n\n", lines.join("\n")))
}

fn paths<'c>(call: &Call<'c, '_>) -> Result<Vec<&'c str>, Trouble> {
    let paths = (0..call.len()).map(|index| call.path(index)).collect::<Result<Vec<_>, _>>()?;
    let figures = call.session.figures;
    let wrong = |path: &&&str| {
        !matches!(
            figures.kind(path),
            None | Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)
        )
    };
    match paths.iter().find(wrong) {
        None => one_unit(call, &paths).map(|()| paths),
        Some(path) => Err(Trouble::wrong(
            "not-a-number",
            format!("“图”这里要数字指标，而“{path}”不是"),
            "请换成数字指标；台账请先登记一个合计或计数的指标",
        )),
    }
}

/// One axis has one unit; units of one kind are put into each other.
fn one_unit(call: &Call<'_, '_>, paths: &[&str]) -> Result<(), Trouble> {
    let units: Vec<_> = paths.iter().filter_map(|path| call.session.figures.unit(path)).collect();
    match units.iter().find(|unit| !are_kin(&unit.base, &units[0].base)) {
        Some(other) => Err(Trouble::wrong(
            "chart-units",
            NoChart::Units(units[0].to_string(), other.to_string()).to_string(),
            "请把单位不同的指标分成几张图",
        )),
        None => Ok(()),
    }
}

/// The years that are drawn: of `年=` so many up to that of the report, of `自=` all since a year, those of the time
/// around, else the last five.
fn years(call: &Call<'_, '_>) -> Result<impl Iterator<Item = Period> + use<>, Trouble> {
    let last = call.session.year();
    let first = match (call.number("年")?, call.number("自")?) {
        (Some(_), Some(_)) => {
            return Err(Trouble::wrong(
                "wrong-choice",
                "“年”和“自”只能写一个",
                "近几年用 年=5，从某年起用 自=2019",
            ));
        }
        (Some(count), None) if (2..=YEARS).contains(&count) => last.shifted(1 - count as i32),
        (Some(count), None) => return Err(wrong_years(&format!("年数不能是{count}"))),
        (None, Some(since)) => {
            let first = i32::try_from(since).map(Period::year).unwrap_or(last);
            if !(1..YEARS).contains(&i64::from(last.since(first))) {
                return Err(wrong_years(&format!("不能从{since}年画起")));
            }
            first
        }
        (None, None) => call.session.window().map_or(last.shifted(1 - USUAL as i32), |window| window.first),
    };
    Ok(first.through(last))
}

fn wrong_years(what: &str) -> Trouble {
    Trouble::wrong(
        "wrong-number",
        format!("图{what}"),
        format!("请写2到{YEARS}之间的年数（年=5），或报告年度以前的年份（自=2019）"),
    )
}

/// What each indicator is called: as it is said, else the last part of its name, unless two share it.
fn names(call: &Call<'_, '_>, paths: &[&str]) -> Result<Vec<String>, Trouble> {
    let Some(said) = call.words("名称")? else {
        let last = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
        let shared = |path: &&str| paths.iter().filter(|other| last(other) == last(path)).count() > 1;
        let name = |path: &&str| if shared(path) { path.replace('.', "") } else { last(path) };
        return Ok(paths.iter().map(name).collect());
    };
    let names: Vec<String> = said.split('、').map(str::to_owned).collect();
    if names.len() != paths.len() {
        return Err(Trouble::wrong(
            "table-head",
            format!("名称写了{}个，图有{}项指标", names.len(), paths.len()),
            "请一项指标写一个名称，用顿号隔开",
        ));
    }
    Ok(names)
}

/// How the line of the caption begins. Rates and stocks go on, so that they are lines unless it is said otherwise.
fn kind(call: &Call<'_, '_>, paths: &[&str]) -> Result<&'static str, Trouble> {
    let goes_on = |path: &&str| {
        matches!(call.session.figures.kind(path), Some(IndicatorKind::Rate | IndicatorKind::Stock))
    };
    let own = if paths.iter().all(goes_on) { "线" } else { "柱" };
    Ok(if call.choice("式", &["柱", "线"])?.unwrap_or(own) == "柱" {
        "图（柱）："
    } else {
        "图（线）："
    })
}

fn caption(call: &Call<'_, '_>, names: &[String], years: &[Period]) -> Outcome {
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) => format!("{}—{last}", first.stem()),
        _ => String::new(),
    };
    call.words_or("标题", &format!("{span}{}", names.join("、")))
}

/// The figure of a year as the report prints it.
fn cell(call: &Call<'_, '_>, path: &str, year: Period) -> Result<Option<String>, Trouble> {
    match call.session.figures.figure(path, year) {
        Ok(found) => figure::say(call, &found).map(Some),
        Err(trouble) if trouble.missing.is_empty() => Err(trouble),
        // In a draft a gap to be filled in, and otherwise a problem.
        Err(trouble) if year == call.session.year() => Ok(Some(call.session.fail(Some(call.site), trouble))),
        Err(_) => {
            let message = format!("{year}没有“{path}”，图上这一年空着，写明“缺”");
            call.session.warn(
                call.site,
                "chart-gap",
                message,
                "请核对；有数的请补填，没有统计的可以不管，也可以用 缺=\"未统计\" 写明原因",
            );
            Ok(None)
        }
    }
}
