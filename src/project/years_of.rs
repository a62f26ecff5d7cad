//! A sum of several years that staff parted into its years: from then on each year says its own, and the sum follows.

use super::amend::Amended;
use super::texts::Text;
use crate::diag::{Diagnostic, Problems};
use crate::facts;
use crate::facts::edit::FactEdit;
use crate::facts::registry::IndicatorKind;
use crate::figures::value_text;
use crate::period::Period;
use crate::zh::pattern::Pattern;

/// What says in a name that it is of several years.
static BEFORE: Pattern = Pattern::new(
    "^(?:(?:近|这|过去|最近)?[0-9一二两三四五六七八九十]+多?年(?:以?来|间|内)?|自?[0-9]{4}年(?:以来|至今|以后)|(?:本届|换届|任期|建制|成立)(?:以来|内)|历年)?(?:累计|共)?",
);
static BEHIND: Pattern = Pattern::new("(?:自?[0-9]{4}年(?:以来|至今|以后)|累计)$");

/// The name of one year of a sum: 宣传.近三年会议 is made of 宣传.会议.
pub fn own_year(path: &str) -> String {
    let (group, name) = path.rsplit_once('.').map_or(("", path), |(group, name)| (group, name));
    let from = BEFORE.find(name).map_or(0, |found| found.end());
    let rest = &name[from..];
    let rest = BEHIND.find(rest).map_or(rest, |found| &rest[..found.start()]);
    match (rest.is_empty(), group) {
        (true, _) => path.to_owned(),
        (_, "") => rest.to_owned(),
        _ => format!("{group}.{rest}"),
    }
}

/// Puts the values of the years in the place of their sum. With `since`, the sum goes on from its first year, else it is
/// of as many years.
///
/// # Errors
/// A year has another value already, or a text cannot be changed.
pub fn part(
    amended: &mut Amended,
    sum: &str,
    to: &str,
    years: &[(Period, String)],
    since: bool,
) -> Result<(), Problems> {
    let known = sum != to && amended.project().facts()?.registry.indicators.contains_key(to);
    // What adds up over years is no 时点.
    if !known {
        flow(amended, sum)?;
        amended.split(sum, to, years)?;
    } else {
        flow(amended, to)?;
        join(amended, sum, to, years)?;
    }
    let (count, first) = (years.len(), years.iter().map(|(year, _)| *year).min());
    let of_years = format!("{{{{#近 {count}}}}}{{{{{to}}}}}{{{{/近}}}}");
    let on =
        first.filter(|_| since).map(|first| format!("{{{{#自 {}}}}}{{{{{to}}}}}{{{{/自}}}}", first.stem()));
    if let Some(on) = on {
        in_templates(amended, |text| text.replace(&of_years, &on));
    }
    Ok(())
}

/// Registers an indicator as a flow.
fn flow(amended: &mut Amended, path: &str) -> Result<(), Problems> {
    let kind = amended.project().facts()?.registry.indicators.get(path).map(|one| one.kind);
    if kind == Some(IndicatorKind::Stock) {
        let field =
            FactEdit::Field { path: path.to_owned(), field: "类型".to_owned(), value: "时期".to_owned() };
        amended.edit(&Text::Registry, &[field])?;
    }
    Ok(())
}

/// The years go to an indicator that is there already, and the sum is said by it.
fn join(amended: &mut Amended, sum: &str, to: &str, years: &[(Period, String)]) -> Result<(), Problems> {
    for (year, value) in years {
        let facts = amended.project().facts()?;
        let known = facts.get(to, *year).map(|fact| value_text(&fact.value)).unwrap_or_default();
        if !known.is_empty() && known != *value {
            let message = format!("{year}的“{to}”已经是{known}，和填的{value}不一样");
            return Err(Diagnostic::error("year-known", message).hint("请先核对哪一个对").into());
        }
        let text = Text::Year(*year);
        if amended.text(&text).is_empty() {
            amended.put(&text, format!("{}\n", facts::first_line(*year)));
        }
        amended.edit(&text, &[FactEdit::Set { path: to.to_owned(), value: value.clone() }])?;
    }
    let of_years = format!("{{{{#近 {}}}}}{{{{{to}}}}}{{{{/近}}}}", years.len());
    in_templates(amended, |text| text.replace(&format!("{{{{{sum}}}}}"), &of_years));
    amended.unfact(sum, "")
}

fn in_templates(amended: &mut Amended, change: impl Fn(&str) -> String) {
    let templates: Vec<Text> = amended.project().texts().iter().map(|(text, _)| text.clone()).collect();
    for template in templates.into_iter().filter(|text| matches!(text, Text::Template(_))) {
        let text = change(amended.text(&template));
        amended.put(&template, text);
    }
}

#[cfg(test)]
mod tests {
    use super::own_year;

    #[test]
    fn a_sum_is_made_of_what_each_year_had() {
        for (sum, wanted) in [
            ("宣传.近三年会议", "宣传.会议"),
            ("提案.五年来办理提案", "提案.办理提案"),
            ("提案.累计办理提案", "提案.办理提案"),
            ("提案.三年来累计投入资金", "提案.投入资金"),
            ("提案.自2020年以来培训干部", "提案.培训干部"),
            ("提案.办理提案2022年以来", "提案.办理提案"),
            ("提案.本届以来接待群众", "提案.接待群众"),
            ("提案.会议", "提案.会议"),
            ("近三年", "近三年"),
        ] {
            assert_eq!(own_year(sum), wanted);
        }
    }
}
