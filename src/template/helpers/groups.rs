//! 分组、各组: the rows of a ledger by what they say in a column, the largest group first.

use std::cmp::Reverse;
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::Outcome;
use super::ledger::{conditions, counted_in, no_such_row, unknown_column, warn_of_nothing};
use super::list::joined;
use super::rows::{Joints, MOST, joints};
use super::share::{percentage, warn_unless_whole};
use crate::facts::value::{Row, Value};
use crate::figures::compare::ratio;
use crate::figures::condition::Conditions;
use crate::figures::formula::no_ratio;
use crate::figures::{Figure, RowOf, Trouble, mismatch, value_text};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::group::{COUNT, Group};
use crate::template::session::has_column;
use crate::zh::number::{Amount, Unit};

/// Parameters of `#分组`.
pub(super) const OWN: &[&str] =
    &["按", "次序", "排序", "倒序", "显示", "并列", "占", "未填", "分档", "连", "末", "等", "尾"];

/// Parameters of 各组.
pub(super) const OWN_OF_LIST: &[&str] = &[
    "按", "次序", "排序", "倒序", "显示", "并列", "占", "未填", "分档", "后", "合计", "单位", "小数", "连",
    "末", "空",
];

/// What 占 is without a column: no share is said.
const NO_SHARE: &str = "";

/// The groups of a block, and what stands between them.
pub(in crate::template) struct Groups {
    pub groups: Vec<Group>,
    pub joints: Option<Joints>,
}

/// The turns of `{{#分组 台账 按="列" 列名="值" 次序= 排序= 显示= as |组|}}`.
pub(in crate::template) fn in_turn(call: &Call<'_, '_>) -> Result<Groups, Trouble> {
    let (groups, left_out) = of(call, OWN)?;
    Ok(Groups { groups, joints: joints(call, left_out)? })
}

/// `{{各组 台账 按="列"}}`: `经济类20件、占15.6%；民生类…`.
pub(super) fn each(call: &Call<'_, '_>) -> Outcome {
    let (groups, left_out) = of(call, OWN_OF_LIST)?;
    if groups.is_empty() {
        let ledger = call.path(0)?;
        return call.words("空")?.ok_or_else(|| nothing(ledger));
    }
    let (mut said, mut printed) = (Vec::new(), Decimal::ZERO);
    for group in &groups {
        let (words, share) = one(call, group)?;
        said.push(words);
        printed += share.unwrap_or_default();
    }
    if !left_out && !printed.is_zero() {
        warn_unless_whole(call, printed);
    }
    let joint = call.words_or("连", "；")?;
    let last = call.words("末")?.unwrap_or_else(|| joint.clone());
    let etc = if left_out { "等" } else { "" };
    Ok(format!("{}{etc}", joined(&said, &joint, Some(&last))))
}

/// What is said of one group, and the number of its share.
fn one(call: &Call<'_, '_>, group: &Group) -> Result<(String, Option<Decimal>), Trouble> {
    let figures = call.session.figures;
    let years = call.session.periods_of_rows(&group.ledger);
    let count = group.count(figures, &years)?;
    let unit = counted_in(call, &group.ledger)?;
    if unit == Unit::default() {
        return Err(Trouble::wrong(
            "missing-unit",
            format!("台账“{}”的行数没有单位", group.ledger),
            "请在 facts/指标.yaml 给这个台账登记“单位: 件”，或者写 单位=\"件\"",
        ));
    }
    let count =
        Figure::from_facts(Amount::exact(count.amount.value, unit), count.derivation.clone(), count.facts);
    let mut said = vec![format!(
        "{}{}{}",
        call.mark_text(&group.name, group.from.clone(), "台账")?,
        call.words_or("后", "")?,
        call.mark(&count.text, &Arc::new(count.clone()))
    )];
    if let Some(column) = call.words("合计")? {
        let total = Arc::new(group.total(figures, &years, &column)?);
        said.push(format!("{column}{}", call.mark(&total.text, &total)));
    }
    if call.words("占")?.as_deref() == Some(NO_SHARE) {
        return Ok((said.join("、"), None));
    }
    let parts = group.parts(figures, &years)?;
    let share = ratio(&parts[0].amount, &parts[1].amount)
        .map_err(|why| no_ratio(&parts[0].derivation, &parts[1].derivation, why))?;
    let (words, value) = percentage(call, share, &parts, &group.share_of());
    said.push(format!("占{words}"));
    Ok((said.join("、"), Some(value)))
}

/// The groups in the order asked for, and whether some were left out.
fn of(call: &Call<'_, '_>, own: &[&str]) -> Result<(Vec<Group>, bool), Trouble> {
    let (ledger, figures) = (call.path(0)?, call.session.figures);
    let Some(by) = call.words("按")? else {
        return Err(Trouble::wrong(
            "wrong-arguments",
            "没有写按哪一列分组",
            format!("请写成 按=\"列名\"；这个台账的列有：{}", figures.columns(ledger).join("、")),
        ));
    };
    if figures.columns(ledger).is_empty() {
        let year = call.session.year();
        figures.rows(ledger, year)?;
    }
    let columns = [Some(by.clone()), share_column(call)?, call.words("合计")?, call.words("排序")?];
    let unknown = |column: &&String| *column != COUNT && !has_column(figures, ledger, column);
    if let Some(column) = columns.iter().flatten().find(unknown) {
        return Err(unknown_column(figures, ledger, column));
    }
    let whole = conditions(call, ledger, own)?;
    let bands = call.words("分档")?;
    let mut groups = match &bands {
        Some(bands) => banded(call, (ledger, &by), bands, &whole)?,
        None => gathered(call, ledger, &by, &whole)?,
    };
    if groups.is_empty() {
        warn_of_nothing(call, ledger, &whole);
    }
    let all = groups.len();
    match call.words("次序")? {
        _ if bands.is_some() => alone(call, "分档", &["次序", "排序", "倒序", "显示", "并列", "未填"])?,
        Some(order) => in_order(call, (ledger, &by), &order, &mut groups)?,
        None => by_size(call, &mut groups)?,
    }
    let left_out = groups.len() < all;
    Ok((groups, left_out))
}

/// The column of whose total each group has a share: that of 占, else that of 合计.
fn share_column(call: &Call<'_, '_>) -> Result<Option<String>, Trouble> {
    let column = call.words("占")?.or(call.words("合计")?);
    Ok(column.filter(|column| column != COUNT && column != NO_SHARE))
}

/// The rows by what they say, in the order in which that comes. A row that says nothing is said, or has a group of its own.
fn gathered(call: &Call<'_, '_>, ledger: &str, by: &str, whole: &Conditions) -> Result<Vec<Group>, Trouble> {
    let (figures, of) = (call.session.figures, share_column(call)?);
    let (mut cells, mut blank) = (IndexMap::<String, Vec<_>>::new(), Vec::new());
    for year in call.session.periods_of_rows(ledger) {
        let rows = figures.rows(ledger, year)?;
        let chosen = whole.chosen(figures, year)?.unwrap_or_else(|| (0..rows.len()).collect());
        for index in chosen {
            match said_in(&rows[index], by) {
                Some(name) => {
                    cells.entry(name).or_default().extend(figures.cell_reference(ledger, year, index, by))
                }
                None => blank.push(RowOf { list: ledger, year, index }),
            }
        }
    }
    let group = |name: &str, from, own: Conditions| Group {
        ledger: ledger.to_owned(),
        name: name.to_owned(),
        from,
        conditions: whole.clone().and(own),
        whole: whole.clone(),
        of: of.clone(),
    };
    let said = cells
        .iter()
        .map(|(name, from)| group(name, from.iter().cloned().collect(), Conditions::says(ledger, by, name)));
    let mut groups: Vec<Group> = said.collect();
    if blank.is_empty() {
        return Ok(groups);
    }
    let Some(name) = call.words("未填")? else {
        let names = blank.iter().map(|row| (format!("{}.{by}", figures.row_name(*row)), row.year));
        let missing: Vec<(String, Period)> = names.collect();
        let first = Trouble::missing(&missing[0].0, missing[0].1);
        let diagnostic = first.diagnostic.hint("没有分类的要单独算一组，请写 未填=\"未分类\"");
        return Err(Trouble { diagnostic: Box::new(diagnostic), missing });
    };
    if cells.contains_key(&name) {
        return Err(Trouble::wrong(
            "wrong-choice",
            format!("“未填”写成“{name}”，台账里已有这一组，合在一起分不清"),
            "请换一个台账里没有的名称",
        ));
    }
    let from = blank.iter().map(|row| figures.reference(ledger, row.year)).collect::<Result<Vec<_>, _>>()?;
    groups.push(group(&name, from.into(), Conditions::unsaid(ledger, by)));
    Ok(groups)
}

/// What puts the groups in an order of its own stands without what would put them in another.
fn alone(call: &Call<'_, '_>, own: &str, others: &[&str]) -> Result<(), Trouble> {
    for other in others {
        if call.words(other)?.is_some() {
            return Err(Trouble::wrong(
                "wrong-arguments",
                format!("写了 {own}，又写了 {other}"),
                format!("写了 {own}，各组就照它的次序列，请去掉 {other}="),
            ));
        }
    }
    Ok(())
}

/// The rows by bands, `100万元以上；50万元以上不满100万元；不满50万元`: each row is in one of them and in no other. A band
/// without rows is no group.
fn banded(
    call: &Call<'_, '_>,
    (ledger, by): (&str, &str),
    bands: &str,
    whole: &Conditions,
) -> Result<Vec<Group>, Trouble> {
    let (figures, of) = (call.session.figures, share_column(call)?);
    let bands: Vec<&str> = bands.split(['；', ';']).map(str::trim).filter(|band| !band.is_empty()).collect();
    let read = |band: &&str| Conditions::read(figures, ledger, &[(by.to_owned(), (*band).to_owned())]);
    let read = bands.iter().map(read).collect::<Result<Vec<_>, Trouble>>()?;
    let mut cells = vec![Vec::new(); bands.len()];
    for year in call.session.periods_of_rows(ledger) {
        let all = figures.rows(ledger, year)?.len();
        let chosen = whole.chosen(figures, year)?.unwrap_or_else(|| (0..all).collect());
        let within = read.iter().map(|band| whole.clone().and(band.clone()).chosen(figures, year));
        let within = within.collect::<Result<Vec<_>, Trouble>>()?;
        for index in chosen {
            let holds =
                |at: &usize| within[*at].as_ref().is_some_and(|rows| rows.binary_search(&index).is_ok());
            let found: Vec<usize> = (0..bands.len()).filter(holds).collect();
            let [band] = found.as_slice() else {
                let cell = figures.cell_reference(ledger, year, index, by);
                let row = figures.row_name(RowOf { list: ledger, year, index });
                let text = cell.map(|cell| cell.text.clone()).unwrap_or_default();
                return Err(not_in_one(&format!("{row}.{by}"), &text, &bands, &found));
            };
            cells[*band].extend(figures.cell_reference(ledger, year, index, by));
        }
    }
    let groups = bands.iter().zip(read).zip(cells).filter(|(_, from)| !from.is_empty());
    let group = |((name, own), from): ((&&str, Conditions), Vec<_>)| Group {
        ledger: ledger.to_owned(),
        name: (*name).to_owned(),
        from: from.into(),
        conditions: whole.clone().and(own),
        whole: whole.clone(),
        of: of.clone(),
    };
    Ok(groups.map(group).collect())
}

fn not_in_one(name: &str, text: &str, bands: &[&str], found: &[usize]) -> Trouble {
    let message = match found {
        [one, other, ..] => {
            format!("“{name}”是“{text}”，同时在“{}”和“{}”两档里", bands[*one], bands[*other])
        }
        _ => format!("“{name}”是“{text}”，哪一档里都没有它"),
    };
    let hint = "各档要接得上、不重叠，例如 分档=\"100万元以上；50万元以上不满100万元；不满50万元\"";
    Trouble::wrong("not-in-one-band", message, hint)
}

/// What a row says in a column, unless it is blank.
fn said_in(row: &Row, column: &str) -> Option<String> {
    let value = row.cells.get(column).map(|cell| &cell.value).filter(|value| **value != Value::Blank)?;
    Some(value_text(value)).filter(|text| !text.trim().is_empty())
}

/// In the order that is written, which names every group.
fn in_order(
    call: &Call<'_, '_>,
    (ledger, by): (&str, &str),
    order: &str,
    groups: &mut [Group],
) -> Result<(), Trouble> {
    alone(call, "次序", &["排序", "倒序", "显示", "并列"])?;
    let figures = call.session.figures;
    let names: Vec<&str> = order.split('、').map(str::trim).collect();
    let unfilled = call.words("未填")?;
    let there = |name: &str| groups.iter().any(|group| group.name == name);
    let unheard = |name: &&&str| {
        !there(name) && unfilled.as_deref() != Some(**name) && !figures.may_say(ledger, by, name)
    };
    if let Some(name) = names.iter().find(unheard) {
        return Err(no_such_row(figures, ledger, by, name));
    }
    if let Some(group) = groups.iter().find(|group| !names.contains(&group.name.as_str())) {
        return Err(Trouble::wrong(
            "group-left-out",
            format!("“次序”里没有“{}”，台账“{ledger}”里有这一组", group.name),
            format!("请在 次序=\"…\" 里把“{}”也写上", group.name),
        ));
    }
    groups.sort_by_key(|group| names.iter().position(|name| *name == group.name));
    Ok(())
}

/// The largest first, by the number of rows or by the total of a column, and no more than asked for.
fn by_size(call: &Call<'_, '_>, groups: &mut Vec<Group>) -> Result<(), Trouble> {
    let column = call.words("排序")?.filter(|column| column != COUNT);
    let figures = call.session.figures;
    let Some(ledger) = groups.first().map(|group| group.ledger.clone()) else { return Ok(()) };
    let years = call.session.periods_of_rows(&ledger);
    let mut unit = None;
    let mut size = |group: Group| {
        let figure = match &column {
            Some(column) => group.total(figures, &years, column)?,
            None => group.count(figures, &years)?,
        };
        let unit = unit.get_or_insert_with(|| figure.amount.unit.clone());
        let size = figure.amount.value_in(unit);
        Ok((size.map_err(|problem| mismatch(&group.ledger, &problem))?, group))
    };
    let sized = groups.drain(..).map(&mut size).collect::<Result<Vec<_>, Trouble>>();
    let mut sized = sized?;
    match call.flag("倒序")? {
        true => sized.sort_by_key(|(size, _)| *size),
        false => sized.sort_by_key(|(size, _)| Reverse(*size)),
    }
    let shown = shown(call, &sized)?;
    groups.extend(sized.into_iter().take(shown).map(|(_, group)| group));
    Ok(())
}

/// How many of the groups are shown, as with rows.
fn shown(call: &Call<'_, '_>, sized: &[(Decimal, Group)]) -> Result<usize, Trouble> {
    let with_equals = call.choice("并列", &["全列"])?.is_some();
    let Some(shown) = call.count("显示", MOST)?.map(|shown| (shown as usize).max(1)) else {
        return match with_equals {
            false => Ok(sized.len()),
            true => Err(Trouble::wrong(
                "wrong-arguments",
                "写了 并列，没有写只列前几组",
                "请写成 显示=3 并列=\"全列\"",
            )),
        };
    };
    if shown >= sized.len() {
        return Ok(sized.len());
    }
    let edge = sized[shown - 1].0;
    let equal = sized[shown..].iter().take_while(|(size, _)| *size == edge).count();
    if equal > 0 && !with_equals {
        let (one, other) = (&sized[shown - 1].1.name, &sized[shown].1.name);
        let message = format!("“{one}”和“{other}”一样多，只写前{shown}组会漏掉一组");
        let hint = "并列的都要列，请加 并列=\"全列\"；不然请改 显示= 的组数，或在文中说明并列";
        call.session.warn(call.site, "cut-between-equals", message, hint);
    }
    Ok(if with_equals { shown + equal } else { shown })
}

fn nothing(ledger: &str) -> Trouble {
    Trouble::wrong(
        "empty-list",
        format!("台账“{ledger}”没有合条件的行，没有可列的组"),
        "请填写台账，或在模板里用 空=\"…\" 另写一句",
    )
}
