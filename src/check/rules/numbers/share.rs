//! A share or a completion that does not follow from its two amounts.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::quotient::Quotient;
use super::reading::{self, Exact};
use super::told::Line;
use crate::clause::Relation;
use crate::zh::number::numeral;

/// Arithmetic: a share is part by total.
pub(super) const RULE: Rule = Rule::prose("num-share", Level::Warning, run);

/// 前两类合计占 before the share of several parts.
static SEVERAL: Pattern = Pattern::new(
    "[，,；;](?P<first>前)?(?P<count>[二两三四五六七])(?:类|项|者|个|种|村)?(?:合计|共|总共|一共)?占(?:比|总数的?)?(?:为|达)?$",
);

/// 其中工业占 before the share of a member of a list.
static MEMBER: Pattern =
    Pattern::new("[，,；;](?:其中)?(?P<name>[^，。；、,;0-9]{2,10}?)占比?(?:总数的?|合计的?)?(?:为|达)?$");

/// Words for a whole that has no name of its own.
const ALL: [&str; 7] = ["总数", "总量", "总人数", "总户数", "总额", "全部", "总面积"];

/// Words for what was set beforehand, which is no rounded count.
const PLANS: [&str; 4] = ["计划", "任务", "目标", "预算"];

/// So many figures before a part at most may be its whole.
const NEAR: usize = 60;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, _) in prose.each().filter(|(_, text)| text.contains(['占', '%', '完', '为'])) {
        let told = Line::of(prose, line);
        for at in 0..told.figures.len() {
            let Some(claim) = claims(&told, at) else { continue };
            let share = &told.figures[at].span;
            if claim.quotient.agrees(claim.share) {
                continue;
            }
            let right = format!("{}%", claim.quotient.shown(claim.share));
            let Claim { part, whole, .. } = claim;
            let message = format!("“{}”不是“{part}”在“{whole}”中的比例", &told.text[share.clone()]);
            let hint = format!("{part}占{whole}的{right}，请核对");
            found.at(&prose.source, reading::place(line, share.clone()), message, hint);
        }
    }
}

/// A share that is stated, with what it is of.
struct Claim<'l> {
    share: &'l Exact,
    part: String,
    whole: String,
    quotient: Quotient,
}

/// What a figure claims, if it is a share of two amounts of the line.
fn claims<'l>(line: &'l Line<'_>, at: usize) -> Option<Claim<'l>> {
    let share = line.exact(at).filter(|share| share.base() == "%")?;
    let (Relation::Share { of } | Relation::Completion { of }) = &line.figures[at].claim.relation else {
        return None;
    };
    several(line, at, share)
        .or_else(|| of_amount(line, at, share, of))
        .or_else(|| member(line, at, share, of))
}

/// 占…N的 says the whole itself; else it is what the part is a part of.
fn of_amount<'l>(line: &'l Line<'_>, at: usize, share: &'l Exact, of: &str) -> Option<Claim<'l>> {
    let claim = line.figures[at].claim;
    let part = claim.level?;
    let whole = claim.of.or_else(|| whole(line, part, of))?;
    let (one, all) = (line.exact(part)?, line.exact(whole)?);
    let planned = PLANS.iter().any(|plan| line.figures[whole].claim.owner.contains(plan));
    let off = if planned { Decimal::ZERO } else { all.rounding() };
    let between = || Quotient::between((one.value(), one.rounding()), (all.value(), off), 2);
    let quotient = (one.base() == all.base()).then(between)??;
    let shown = |figure: usize| line.text[line.figures[figure].span.clone()].to_owned();
    Some(Claim { share, part: shown(part), whole: shown(whole), quotient })
}

/// The whole of a part: what 其中 stands behind, what 60户中 or 共60户 says before it.
fn whole(line: &Line<'_>, part: usize, of: &str) -> Option<usize> {
    let claim = line.figures[part].claim;
    if let Some(whole) = claim.whole {
        let owner = &line.figures[whole].claim.owner;
        let same = of.is_empty() || ALL.iter().any(|all| of.starts_with(all)) || owner.ends_with(of);
        return same.then_some(whole);
    }
    let all = of.is_empty() || ALL.iter().any(|all| of.starts_with(all));
    let before = (0..part).rev().take(NEAR).take_while(|one| line.together(*one, part));
    let base = line.figures[part].base;
    let whole =
        before.filter(|one| line.figures[*one].base == base && line.figures[*one].is_amount()).last()?;
    let near = reading::lead(line.text, line.figures[whole].span.end, 30);
    let within = near.split(['，', '、', '。', '；']).next().is_some_and(|words| words.ends_with('中'));
    let words = line.words(whole);
    let said = ["共", "现有", "总"].iter().any(|word| words.contains(word)) && whole + 1 == part
        || line.gap(whole, part).contains("其中");
    let larger = line.exact(part)?.value() < line.exact(whole)?.value();
    (all && larger && (within || said && !line.gap(whole, part).contains('；'))).then_some(whole)
}

/// The list of amounts of one unit that ends right before a figure, joined by 、 or ，.
fn list(line: &Line<'_>, at: usize) -> Vec<usize> {
    let mut list: Vec<usize> = Vec::new();
    for one in (0..at).rev() {
        let told = &line.figures[one];
        let next = list.last().copied().unwrap_or(at);
        if !line.together(one, next) {
            break;
        }
        if !told.is_amount() || told.exact.is_none() {
            // 两类 is no amount of the list but a word for its length.
            if list.is_empty() && line.exact(one).is_none() {
                continue;
            }
            break;
        }
        if list.last().is_some_and(|last| line.figures[*last].base != told.base) {
            break;
        }
        list.push(one);
    }
    list.reverse();
    list
}

/// A list with its whole, which stands before its first part or, behind 共, after its last.
fn closed(line: &Line<'_>, mut list: Vec<usize>) -> Option<(Vec<usize>, Exact)> {
    let last = *list.last()?;
    let summed = list.len() > 2 && line.words(last).trim_start().starts_with(['共', '合']);
    let first = list[0];
    let opened = list[1..].iter().all(|one| line.figures[*one].claim.whole == Some(first));
    let whole = if summed {
        list.pop()
    } else if opened && list.len() > 1 {
        Some(list.remove(0))
    } else {
        None
    };
    match whole {
        Some(whole) => Some((list, line.exact(whole)?.clone())),
        None => {
            let (mut all, rest) = (line.exact(first)?.clone(), &list[1..]);
            for one in rest {
                all.amount.value += line.exact(*one)?.value();
            }
            Some((list, all))
        }
    }
}

/// 前两类合计占62.5%.
fn several<'l>(line: &'l Line<'_>, at: usize, share: &'l Exact) -> Option<Claim<'l>> {
    let list = list(line, at);
    let words = line.text.get(line.figures[*list.last()?].span.end..share.span.start)?;
    let groups = SEVERAL.captures(words)?;
    let count = numeral::parse(&groups["count"].replace('两', "二"))?.try_into().ok()?;
    let (list, whole) = closed(line, list)?;
    let some = list.get(..count).filter(|_| groups.name("first").is_some() || list.len() == count)?;
    let mut sum = line.exact(some[0])?.clone();
    for one in &some[1..] {
        sum.amount.value += line.exact(*one)?.value();
    }
    let quotient = Quotient::of(&sum, &whole, 2)?;
    Some(Claim { share, part: sum.amount.text(), whole: whole.amount.text(), quotient })
}

/// 工业4.5亿元、农业3亿元、服务业2.5亿元，其中工业占45%: a list that is closed is its own whole.
fn member<'l>(line: &'l Line<'_>, at: usize, share: &'l Exact, of: &str) -> Option<Claim<'l>> {
    let list = list(line, at);
    let last = *list.last().filter(|_| of.is_empty() && list.len() > 1)?;
    let groups = MEMBER.captures(line.text.get(line.figures[last].span.end..share.span.start)?)?;
    let name = &groups["name"];
    let mut named = list.iter().filter(|one| line.words(**one).contains(name));
    let part = *named.next().filter(|_| named.next().is_none())?;
    let (list, whole) = closed(line, list)?;
    list.contains(&part).then_some(())?;
    let one = line.exact(part)?;
    let quotient = Quotient::of(one, &whole, 2)?;
    let shown = line.text[line.figures[part].span.clone()].to_owned();
    Some(Claim { share, part: shown, whole: whole.amount.text(), quotient })
}
