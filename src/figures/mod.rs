//! Exact arithmetic on facts; every [`Figure`] knows the facts it came from and how.
//!
//! [`compute`] evaluates the formulas of the registry for every year; [`Figures::figure`] gives the
//! figure of one year, [`Figures::window`] the sum over several.

pub mod amount;
pub mod approximate;
pub mod compare;
pub mod formula;
mod verify;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::diag::{Diagnostic, Problems};
use crate::facts::Facts;
use crate::facts::registry::Kind;
use crate::facts::value::{Fact, Row, Value};
use crate::zh::unit::Unit;
use amount::{Amount, Mismatch};

/// One fact that a figure came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRef {
    /// Dotted path, e.g. `宣传.会议`; a ledger cell is `投资项目[2].投资`.
    pub path: String,
    /// Year of the fact.
    pub year: i32,
    /// The value as written.
    pub text: String,
    /// File, relative to the project, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// 来源, if known.
    pub source: Option<String>,
}

/// Where a printed figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Exact value in `unit`, before rounding or approximation, as a plain decimal.
    pub value: String,
    /// Unit of `value`; empty for texts.
    pub unit: String,
    /// The approximation word printed or carried by the facts, e.g. `多`.
    pub approx: Option<String>,
    /// Chinese words for how it was computed: `事实`, `近3年合计`, `占比`.
    pub derivation: String,
    /// The facts, in the order they were used.
    pub facts: Vec<FactRef>,
}

/// An amount with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub amount: Amount,
    /// How it is printed when the template asks for nothing else.
    pub text: String,
    /// Chinese words for how it was computed.
    pub derivation: String,
    /// The facts it came from.
    pub facts: Vec<FactRef>,
    /// 估计: one of the facts is a forecast.
    pub estimate: bool,
}

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What to say; without a place, the caller knows it.
    pub diagnostic: Box<Diagnostic>,
    /// Facts to fill in, where that is all that is missing: path and year.
    pub missing: Vec<(String, i32)>,
}

impl Trouble {
    /// Something is wrong that filling in facts does not mend.
    pub fn wrong(rule: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Trouble {
        let diagnostic = Diagnostic::error(rule, message).hint(hint);
        Trouble { diagnostic: Box::new(diagnostic), missing: Vec::new() }
    }

    /// A fact is blank or absent in a year.
    pub fn missing(path: &str, year: i32) -> Trouble {
        let diagnostic = Diagnostic::error("missing-fact", format!("缺少{year}年的“{path}”"))
            .hint(format!("请在 facts/{year}.yaml 填写“{path}”；暂时没有数字时，可加 --draft 先出草稿"));
        Trouble { diagnostic: Box::new(diagnostic), missing: vec![(path.to_owned(), year)] }
    }
}

/// Facts with everything that is computed from them.
#[derive(Debug, Clone)]
pub struct Figures {
    facts: Facts,
    computed: BTreeMap<i32, BTreeMap<String, Result<Arc<Figure>, Trouble>>>,
    /// What the checks of the registry found, and the warnings of the facts.
    pub warnings: Vec<Diagnostic>,
}

/// Evaluates every formula of the registry for every year and runs the registry's checks.
///
/// # Errors
/// Formulas that depend on themselves.
pub fn compute(facts: Facts) -> Result<Figures, Problems> {
    formula::refuse_cycles(&facts.registry)?;
    let mut figures = Figures { warnings: facts.warnings.clone(), computed: BTreeMap::new(), facts };
    for &year in figures.facts.years.keys() {
        figures.computed.insert(year, BTreeMap::new());
    }
    for path in formula::order(&figures.facts.registry) {
        for year in figures.years() {
            let result = formula::evaluate(&figures, &path, year).map(Arc::new);
            figures.computed.entry(year).or_default().insert(path.clone(), result);
        }
    }
    figures.warnings.extend(verify::check(&figures));
    figures.warnings.extend(unverified(&figures.facts));
    Ok(figures)
}

/// Facts of the report's year that were carried over and are not yet confirmed.
fn unverified(facts: &Facts) -> Option<Diagnostic> {
    let open = facts.years.get(&facts.year)?.facts.values().filter(|fact| fact.unverified);
    let paths: Vec<&str> = open.map(|fact| fact.path.as_str()).collect();
    (!paths.is_empty()).then(|| {
        let message =
            format!("{}年有{}个指标沿用上年、还没有核对：{}", facts.year, paths.len(), paths.join("、"));
        Diagnostic::warning("unverified", message).hint("核对后请删去这些指标的“待核: 是”")
    })
}

impl Figures {
    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The year of the report.
    pub fn year(&self) -> i32 {
        self.facts.year
    }

    fn years(&self) -> Vec<i32> {
        self.facts.years.keys().copied().collect()
    }

    /// Whether any year or the registry knows the path.
    pub fn knows(&self, path: &str) -> bool {
        self.facts.registry.indicators.contains_key(path)
            || self.facts.years.values().any(|year| year.facts.contains_key(path))
    }

    /// Every known path, the registry's first.
    pub fn paths(&self) -> Vec<&str> {
        let registered = self.facts.registry.indicators.keys();
        let written = self.facts.years.values().flat_map(|year| year.facts.keys());
        let mut paths: Vec<&str> = registered.chain(written).map(String::as_str).collect();
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(*path));
        paths
    }

    /// 类型 as registered.
    pub fn kind(&self, path: &str) -> Option<Kind> {
        self.facts.registry.indicators.get(path).map(|indicator| indicator.kind)
    }

    /// The fact of a year; blank counts as missing.
    pub fn fact(&self, path: &str, year: i32) -> Result<&Fact, Trouble> {
        match self.facts.get(path, year) {
            Some(fact) if fact.value != Value::Blank => Ok(fact),
            _ => Err(Trouble::missing(path, year)),
        }
    }

    /// The figure of one year: a fact as written, or what its formula gives.
    pub fn figure(&self, path: &str, year: i32) -> Result<Arc<Figure>, Trouble> {
        if let Some(result) = self.computed.get(&year).and_then(|of_year| of_year.get(path)) {
            return result.clone();
        }
        let fact = self.fact(path, year)?;
        match &fact.value {
            Value::Quantity(quantity) => Ok(Arc::new(Figure {
                amount: Amount::from(quantity),
                text: quantity.text.clone(),
                derivation: "事实".into(),
                facts: vec![fact_ref(fact)],
                estimate: fact.estimate,
            })),
            _ => Err(Trouble::wrong(
                "not-a-number",
                format!("“{path}”不是数字，不能用来计算"),
                "这里请换成一个数字指标",
            )),
        }
    }

    /// The sum of a flow over a window of years.
    ///
    /// # Errors
    /// A stock or rate, an unregistered indicator, or any year without the fact.
    pub fn window(&self, path: &str, years: RangeInclusive<i32>, words: &str) -> Result<Figure, Trouble> {
        self.summable(path)?;
        let parts: Vec<_> = years.clone().map(|year| self.figure(path, year)).collect();
        let missing: Vec<_> =
            parts.iter().filter_map(|part| part.as_ref().err()).flat_map(|t| t.missing.clone()).collect();
        if !missing.is_empty() {
            return Err(missing_years(path, words, missing));
        }
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        sum(&parts, format!("{words}合计"), Unit::default()).map_err(|m| mismatch(path, &m))
    }

    fn summable(&self, path: &str) -> Result<(), Trouble> {
        let (kind, why) = match self.kind(path) {
            Some(Kind::Flow) => return Ok(()),
            Some(Kind::Stock) => ("时点", "各年的存量相加没有意义"),
            Some(Kind::Rate) => ("比率", "比率不能逐年相加"),
            Some(_) => ("文字", "不是数字，不能逐年相加"),
            None => ("未登记", "没有登记类型，不知道能不能逐年相加"),
        };
        let hint = match self.kind(path) {
            None => format!("请在 facts/指标.yaml 登记“{path}”；全年发生的数是“类型: 时期”，才能相加"),
            Some(_) => "请把它移到时段块外面，单独写本年的数".to_owned(),
        };
        Err(Trouble::wrong("not-summable", format!("“{path}”是{kind}指标，{why}"), hint))
    }

    /// The rows of a ledger in one year; a year without the ledger is missing, an empty one is not.
    pub fn rows(&self, ledger: &str, year: i32) -> Result<&[Row], Trouble> {
        match &self.fact(ledger, year)?.value {
            Value::Ledger(rows) => Ok(rows),
            Value::List(items) if items.is_empty() => Ok(&[]),
            _ => Err(Trouble::wrong(
                "not-a-ledger",
                format!("“{ledger}”不是台账"),
                "台账写成一行一条的列表，例如：- {名称: 甲项目, 投资: 100万元}",
            )),
        }
    }

    /// A reference to one cell of a ledger.
    pub fn cell_ref(&self, ledger: &str, year: i32, index: usize, column: &str) -> Option<FactRef> {
        let fact = self.facts.get(ledger, year)?;
        let Value::Ledger(rows) = &fact.value else { return None };
        let cell = rows.get(index)?.cells.get(column)?;
        Some(FactRef {
            path: format!("{ledger}[{}].{column}", index + 1),
            text: value_text(&cell.value),
            line: cell.place.line(),
            ..fact_ref(fact)
        })
    }

    /// The unit of an indicator or ledger column (`台账.列`) as registered.
    pub fn unit(&self, path: &str) -> Option<Unit> {
        if let Some(indicator) = self.facts.registry.indicators.get(path) {
            return indicator.unit.clone();
        }
        let (ledger, column) = path.rsplit_once('.')?;
        self.facts.registry.indicators.get(ledger)?.columns.get(column)?.unit.clone()
    }
}

/// The sum of figures; `unit` is that of an empty sum.
pub fn sum(parts: &[Arc<Figure>], derivation: String, unit: Unit) -> Result<Figure, Mismatch> {
    let mut total = parts.first().map_or_else(|| Amount::zero(unit), |first| first.amount.clone());
    for part in parts.iter().skip(1) {
        total = total.plus(&part.amount)?;
    }
    Ok(Figure {
        text: total.text(),
        amount: total,
        derivation,
        facts: parts.iter().flat_map(|part| part.facts.clone()).collect(),
        estimate: parts.iter().any(|part| part.estimate),
    })
}

/// A fact as a reference.
pub fn fact_ref(fact: &Fact) -> FactRef {
    FactRef {
        path: fact.path.clone(),
        year: fact.year,
        text: value_text(&fact.value),
        file: fact.place.source.name.clone(),
        line: fact.place.line(),
        source: fact.source.clone(),
    }
}

/// A value in one line, as written.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Quantity(quantity) => quantity.text.clone(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("、"),
        Value::Ledger(rows) => format!("{}行台账", rows.len()),
    }
}

/// Two amounts that do not go together, in words.
pub fn mismatch(path: &str, mismatch: &Mismatch) -> Trouble {
    match mismatch {
        Mismatch::Units(left, right) => Trouble::wrong(
            "unit-mismatch",
            format!("“{path}”的单位不一致：{left}和{right}不能相加减"),
            "请在事实文件里统一单位（万元与元之间会自动换算，名与元不会）",
        ),
        Mismatch::Overflow => Trouble::wrong(
            "too-large",
            format!("“{path}”算出的数超过28位"),
            "请检查事实文件里的数字是否多写了零",
        ),
    }
}

fn missing_years(path: &str, words: &str, missing: Vec<(String, i32)>) -> Trouble {
    let years: Vec<String> = missing.iter().map(|(_, year)| format!("{year}年")).collect();
    let files: Vec<String> = missing.iter().map(|(_, year)| format!("facts/{year}.yaml")).collect();
    let message = format!("{words}的“{path}”算不出来：缺{}", years.join("、"));
    let diagnostic = Diagnostic::error("missing-year", message)
        .hint(format!("请在 {} 填写“{path}”，或缩短时段", files.join("、")));
    Trouble { diagnostic: Box::new(diagnostic), missing }
}
