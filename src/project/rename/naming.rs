//! Another name: of an indicator, a group, a column, a report.

use std::sync::Arc;

use super::follow::follow;
use super::names::Renaming;
use super::{column_of, paths, unknown};
use crate::diag::{Diagnostic, Problems, nearest};
use crate::facts::{Facts, of_report};
use crate::project::amend::Amended;
use crate::project::indicator;
use crate::project::stored::Edited;
use crate::project::texts::Text;
use crate::template::{self, Named};

/// Gives a path or a column another name.
///
/// # Errors
/// There is no such name, the new one is taken or cannot be one.
pub fn name(amended: &mut Amended, old: &str, new: &str) -> Result<String, Problems> {
    let facts = Arc::clone(amended.project().facts()?);
    let (old, new) = (old.trim(), new.trim());
    if let Some((ledger, column)) = column_of(amended.project(), old) {
        let new = new.strip_prefix(ledger).and_then(|rest| rest.strip_prefix('.')).unwrap_or(new);
        return self::column(amended, &facts, (ledger, column), new);
    }
    let is_group = !paths(&facts).contains(old);
    if is_group && !paths(&facts).iter().any(|path| below(path, old)) {
        return Err(unknown(&facts, old).into());
    }
    let to = within(old, new);
    if to == old {
        return Err(same(old).into());
    }
    fits(&facts, old, &to)?;
    follow(amended, &Renaming::Path { from: old.to_owned(), to: to.clone() })?;
    Ok(format!("{old} 改名为 {to}"))
}

/// A new name as a whole path: one without a group stays in the group.
pub fn within(old: &str, new: &str) -> String {
    match old.rsplit_once('.') {
        Some((group, _)) if !new.contains('.') => format!("{group}.{new}"),
        _ => new.to_owned(),
    }
}

fn same(name: &str) -> Diagnostic {
    Diagnostic::error("same-name", format!("“{name}”就是现在的名称，没有改")).hint("请写一个新的名称")
}

fn below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}

/// Refuses a name that a new indicator cannot have.
///
/// # Errors
/// It is taken, is a group or stands below an indicator, or cannot be a name.
pub fn free(facts: &Facts, new: &str) -> Result<(), Diagnostic> {
    spelled(new)?;
    let others = paths(facts);
    match others.iter().find(|path| **path == new || below(path, new) || below(new, path)) {
        None => Ok(()),
        Some(taken) if *taken == new => Err(taken_already(taken)),
        Some(other) => Err(overlaps(new, other)),
    }
}

fn spelled(to: &str) -> Result<(), Diagnostic> {
    indicator::nameable(to)?;
    if let Some(word) = (!template::can_name(to)).then_some(to) {
        return Err(Diagnostic::error("bad-indicator", format!("“{word}”不能作名称：模板里会读成别的意思"))
            .hint("请换一个名称，例如加上分组：宣传.会议"));
    }
    Ok(())
}

fn taken_already(path: &str) -> Diagnostic {
    Diagnostic::error("path-taken", format!("已经有“{path}”这个指标"))
        .hint("请换一个名称；两个本来是一个指标的，请选“合并”")
}

/// Refuses a new path of what is called `old` now.
fn fits(facts: &Facts, old: &str, to: &str) -> Result<(), Diagnostic> {
    spelled(to)?;
    let of_reports = |path: &str| path == of_report::REPORTS || below(path, of_report::REPORTS);
    if of_reports(old) != of_reports(to) || old == of_report::REPORTS {
        return Err(Diagnostic::error(
            "bad-indicator",
            "“报告”下面的指标，一份报告一个值，不能改到组外，组外的也不能改进来",
        )
        .hint("请在组内换名称；要改成全年共用的，另登记一个指标"));
    }
    let moved = |path: &&&str| **path == old || below(path, old);
    let all = paths(facts);
    let targets: Vec<String> =
        all.iter().filter(moved).map(|path| format!("{to}{}", &path[old.len()..])).collect();
    for target in &targets {
        let others = || all.iter().filter(|path| !moved(path)).copied();
        if let Some(taken) = others().find(|path| path == target) {
            return Err(taken_already(taken));
        }
        if let Some(other) = others().find(|path| below(path, target) || below(target, path)) {
            return Err(overlaps(target, other));
        }
    }
    Ok(())
}

fn overlaps(name: &str, known: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-indicator",
        format!("“{name}”和已有的“{known}”重叠：一个名称不能又是指标、又是分组"),
    )
    .hint("请换一个分组或名称")
}

/// Gives a column of a ledger another name.
fn column(
    amended: &mut Amended,
    facts: &Facts,
    (ledger, old): (&str, &str),
    new: &str,
) -> Result<String, Problems> {
    if old == new {
        return Err(same(old).into());
    }
    if new.contains('.') {
        return Err(Diagnostic::error("bad-indicator", format!("“{new}”不能作列名"))
            .hint("列留在原来的台账里，只写新的列名")
            .into());
    }
    indicator::nameable(new)?;
    if !template::can_name(new) {
        return Err(Diagnostic::error("bad-indicator", format!("“{new}”不能作列名：模板里会读成别的意思"))
            .hint("请换一个列名")
            .into());
    }
    if facts.has_column(ledger, new) {
        return Err(Diagnostic::error("path-taken", format!("台账“{ledger}”已经有“{new}”这一列"))
            .hint("请换一个列名")
            .into());
    }
    let renaming = Renaming::Column { ledger: ledger.to_owned(), from: old.to_owned(), to: new.to_owned() };
    follow(amended, &renaming)?;
    Ok(format!("{ledger} 的列 {old} 改名为 {new}"))
}

/// Gives a report another name: its template, what includes it, its 定稿 and its samples.
///
/// # Errors
/// There is no such report, or the new name is taken or cannot be one of a file.
pub fn report(amended: &mut Amended, old: &str, new: &str) -> Result<String, Problems> {
    let (old, new) = (old.trim(), new.trim());
    let names: Vec<String> = amended
        .project()
        .texts()
        .iter()
        .filter_map(|(text, _)| if let Text::Template(name) = text { Some(name.clone()) } else { None })
        .collect();
    if !names.iter().any(|name| name == old) {
        let near = nearest(old, names.iter().map(String::as_str));
        let problem = Diagnostic::error("unknown-template", format!("没有“{old}”这个模板"));
        let hint = near
            .map_or(format!("现有的模板：{}", names.join("、")), |near| format!("是不是“{near}”？"));
        return Err(problem.hint(hint).into());
    }
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '@' | '.');
    let Some(text) =
        Text::template(new).filter(|_| new.chars().all(part) && new.starts_with('_') == old.starts_with('_'))
    else {
        return Err(Diagnostic::error("bad-template-name", format!("“{new}”不能作报告的名称"))
            .hint("名称也是文件名：用汉字、字母和数字，不用空格和标点；片段的名称以“_”开头")
            .into());
    };
    if amended.project().texts().get(&text).is_some() {
        return Err(Diagnostic::error("path-taken", format!("已经有“{new}”这个模板"))
            .hint("请换一个名称")
            .into());
    }
    included(amended, old, new)?;
    facts_of_report(amended, old, new)?;
    for (text, _) in amended.project().clone().texts().iter() {
        moved(amended, text, old, new);
    }
    amended.project().templates()?;
    Ok(format!("报告 {old} 改名为 {new}"))
}

/// What the years say of it.
fn facts_of_report(amended: &mut Amended, old: &str, new: &str) -> Result<(), Problems> {
    let facts = Arc::clone(amended.project().facts()?);
    let [from, to] = [old, new].map(|name| format!("{}.{name}", of_report::REPORTS));
    match paths(&facts).iter().any(|path| below(path, &from)) {
        true => follow(amended, &Renaming::Path { from, to }),
        false => Ok(()),
    }
}

/// Templates that include it.
fn included(amended: &mut Amended, old: &str, new: &str) -> Result<(), Problems> {
    let facts = Arc::clone(amended.project().facts()?);
    let name = |named: &Named| (*named == Named::Part(old.to_owned())).then(|| new.to_owned());
    for (text, _) in amended.project().clone().texts().iter() {
        if let Text::Template(_) = text {
            let (words, _) = template::renamed(amended.text(text), &facts, &name);
            amended.put(text, words);
        }
    }
    Ok(())
}

/// Puts what goes by the report's name where its new name says.
fn moved(amended: &mut Amended, text: &Text, old: &str, new: &str) {
    let to = match text {
        Text::Template(name) if name == old => Text::Template(new.to_owned()),
        Text::Issued(name, year) if name == old => Text::Issued(new.to_owned(), *year),
        Text::Sample(file) => {
            let rest =
                file.strip_prefix(old).filter(|rest| rest.starts_with('-') && rest.matches('-').count() == 1);
            match rest {
                Some(rest) => Text::Sample(format!("{new}{rest}")),
                None => return,
            }
        }
        _ => return,
    };
    let Some(stored) = amended.project().texts().get(text).cloned() else { return };
    let content = match text {
        Text::Issued(..) => Edited::Text(headed(amended.text(text), old, new)),
        _ => Edited::Bytes(stored.bytes().to_vec()),
    };
    amended.replace(&to, content);
    amended.replace(text, Edited::Gone);
}

/// A 定稿 whose head says the new name.
fn headed(text: &str, old: &str, new: &str) -> String {
    text.replacen(&format!("\n报告: {old}"), &format!("\n报告: {new}"), 1)
}
