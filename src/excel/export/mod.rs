//! Facts out as a workbook that staff edit and hand back: a sheet of indicators, a sheet a ledger.

pub(crate) mod indicators;
pub(crate) mod ledgers;
pub(crate) mod look;
pub(crate) mod validation;

use rust_xlsxwriter::XlsxError;

use crate::diag::Diagnostic;
use crate::facts;
use crate::facts::value::Value;
use crate::figures::Figures;
use crate::period::Period;
use look::Paper;

/// The workbook of some years; a sheet of one year alone bears no year in its name.
///
/// # Errors
/// A year that is not on file, more rows than a sheet has, or lack of memory.
pub fn workbook(figures: &Figures, years: &[Period]) -> Result<Vec<u8>, Diagnostic> {
    let known = &figures.facts().years;
    if let Some(missing) = years.iter().find(|year| !known.contains_key(year)) {
        let names: Vec<String> = known.keys().map(|year| year.stem()).collect();
        return Err(Diagnostic::error(
            "no-such-year",
            format!("没有{missing}的事实文件 {}", facts::file(*missing)),
        )
        .hint(format!("现有年份：{}", names.join("、"))));
    }
    written(figures, years).map_err(|problem| not_written(&problem))
}

/// What is said where a workbook could not be written.
pub(crate) fn not_written(problem: &XlsxError) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("Excel 表没有写成：{problem}"))
        .hint("请检查台账是不是超过了100万行")
}

fn written(figures: &Figures, years: &[Period]) -> Result<Vec<u8>, XlsxError> {
    let several = years.len() > 1;
    let names: Vec<String> = years.iter().map(|year| year.stem()).collect();
    let mut paper = Paper::new(&format!("{}年事实", names.join("、")));
    for &year in years {
        let suffix = if several { format!(" {}", year.stem()) } else { String::new() };
        paper.sheet("指标", &suffix, |sheet| indicators::write(sheet, figures, year))?;
        for path in ledger_paths(figures, year) {
            paper.sheet(&path, &suffix, |sheet| ledgers::write(sheet, figures, year, &path))?;
        }
    }
    paper.save()
}

/// The ledgers of a year: those of the registry, then those that are only on file.
pub fn ledger_paths(figures: &Figures, year: Period) -> Vec<String> {
    let is_ledger = |path: &&str| {
        let on_file = figures.facts().get(path, year).map(|fact| &fact.value);
        match figures.kind(path) {
            Some(kind) => kind == crate::facts::registry::IndicatorKind::Ledger,
            None => matches!(on_file, Some(Value::Ledger(_))),
        }
    };
    figures.paths().into_iter().filter(is_ledger).map(str::to_owned).collect()
}
