//! The registry `facts/指标.yaml` (口径): what each indicator is, how it is computed and checked.

use std::ops::Deref;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::of_report;
use crate::diag::Place;
use crate::zh::number::Unit;

/// 类型 of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorKind {
    /// 时期: a flow, may be summed over years.
    Flow,
    /// 时点: a stock, may not be summed over years.
    Stock,
    /// 比率: a rate, may not be summed.
    Rate,
    /// 文本.
    Text,
    /// 日期.
    Date,
    /// 名单.
    List,
    /// 台账.
    Ledger,
}

/// 汇总: how the figures of parts of a year become those of a longer period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollUp {
    /// 相加: what happened in the parts, summed up.
    Sum,
    /// 累计: only figures from January on are official; a part is the difference of two of them.
    Cumulative,
    /// 期末: what there is at the end of the last part.
    Last,
    /// 重算: computed anew from the figures of the longer period.
    Recompute,
    /// 照抄: stated for each period, derived from no other.
    Stated,
    /// 不汇总: what stands for the year stands for its parts; the newest that was said holds.
    Standing,
}

impl RollUp {
    /// Every way.
    pub const ALL: [RollUp; 6] =
        [RollUp::Sum, RollUp::Cumulative, RollUp::Last, RollUp::Recompute, RollUp::Stated, RollUp::Standing];

    /// Its name in the registry.
    pub fn label(self) -> &'static str {
        match self {
            RollUp::Sum => "相加",
            RollUp::Cumulative => "累计",
            RollUp::Last => "期末",
            RollUp::Recompute => "重算",
            RollUp::Stated => "照抄",
            RollUp::Standing => "不汇总",
        }
    }

    /// What holds where the registry says nothing.
    pub fn usual(kind: IndicatorKind, is_computed: bool) -> RollUp {
        match kind {
            IndicatorKind::Rate if is_computed => RollUp::Recompute,
            IndicatorKind::Flow => RollUp::Sum,
            IndicatorKind::Stock => RollUp::Last,
            IndicatorKind::Rate | IndicatorKind::Ledger => RollUp::Stated,
            IndicatorKind::Text | IndicatorKind::Date | IndicatorKind::List => RollUp::Standing,
        }
    }

    /// Whether an indicator of this kind can be rolled up so.
    pub fn fits(self, kind: IndicatorKind, is_computed: bool) -> bool {
        match self {
            RollUp::Sum => matches!(kind, IndicatorKind::Flow | IndicatorKind::Ledger),
            RollUp::Cumulative => kind == IndicatorKind::Flow,
            RollUp::Recompute => is_computed,
            RollUp::Last | RollUp::Stated | RollUp::Standing => true,
        }
    }
}

/// 公式: structured, no expression language. Names are paths of indicators of the same year.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Formula {
    /// `{合计: 台账.列}`, perhaps with `条件: {列: 值}`.
    Sum { ledger: String, column: String, filter: Vec<(String, String)> },
    /// `{计数: 台账}` or `{计数: 名单}`, perhaps with `条件`.
    Count { of: String, filter: Vec<(String, String)> },
    /// `{相加: [甲, 乙]}`.
    Add(Vec<String>),
    /// `{相减: [甲, 乙]}`: the first less all others.
    Subtract(Vec<String>),
    /// `{占比: [部分, 总数]}`: a percent.
    Share { part: String, total: String },
    /// `{平均: [总量, 份数]}`.
    Average { total: String, count: String },
    /// `{增幅: 指标}`: growth against the year before, in percent.
    Growth(String),
    /// `{上年: 指标}`: what it was in the whole year before.
    LastYear(String),
}

/// A check on the facts of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// `不超过: 路径`.
    AtMost(String),
    /// `等于: 公式 or 路径` (a path is `Add` of one).
    Equals(Formula),
    /// `范围: [最小, 最大]` in the indicator's own unit as registered.
    Range(Decimal, Decimal),
    /// `相近: [路径, 5%]`: two offices count the same, each in its way; the two lie no further apart than so many per
    /// cent of the other.
    Near(String, Decimal),
}

/// One indicator (指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Dotted path.
    pub path: String,
    /// 类型.
    pub kind: IndicatorKind,
    /// 单位, if registered; facts may use another scale of the same base.
    pub unit: Option<Unit>,
    /// 公式, if the indicator is computed.
    pub formula: Option<Formula>,
    /// 小数: the most decimals of a rate or an average that is computed.
    pub decimals: Option<u32>,
    /// 可填: a number may be entered all the same, which stands where the formula has nothing to compute with.
    pub may_be_typed: bool,
    /// 汇总, or what is usual for its kind.
    pub roll_up: RollUp,
    /// 不超过、等于、范围.
    pub checks: Vec<Check>,
    /// 来源 for all years.
    pub source: Option<String>,
    /// 口径: what is counted.
    pub definition: Option<String>,
    /// 含估计: facts of this indicator may be forecasts.
    pub estimates: bool,
    /// 须有来源: every fact of this indicator says where it comes from.
    pub needs_source: bool,
    /// 属于: the 名单 in which a text must stand.
    pub member_of: Option<String>,
    /// 多段: its text may have several paragraphs, one a line of its value.
    pub paragraphs: bool,
    /// 列 of a ledger, in order: name, kind and unit.
    pub columns: IndexMap<String, Column>,
    /// 主键: the column that names a row.
    pub key: Option<String>,
    /// Where the indicator stands in the registry.
    pub place: Option<Place>,
}

impl Indicator {
    /// Whether it is computed and never entered.
    pub fn is_computed(&self) -> bool {
        self.formula.is_some() && !self.may_be_typed
    }

    /// The indicators that its formula and its checks read.
    pub fn reads(&self) -> Vec<&str> {
        let checked = self.checks.iter().flat_map(|check| match check {
            Check::AtMost(path) | Check::Near(path, _) => vec![path.as_str()],
            Check::Equals(formula) => formula.reads(),
            Check::Range(..) => Vec::new(),
        });
        let list =
            self.member_of.iter().chain(self.columns.values().filter_map(|one| one.member_of.as_ref()));
        self.formula.iter().flat_map(Formula::reads).chain(checked).chain(list.map(String::as_str)).collect()
    }
}

impl Formula {
    /// The indicators that it reads.
    pub fn reads(&self) -> Vec<&str> {
        match self {
            Formula::Sum { ledger, .. } => vec![ledger],
            Formula::Count { of, .. } => vec![of],
            Formula::Add(paths) | Formula::Subtract(paths) => paths.iter().map(String::as_str).collect(),
            Formula::Share { part, total } => vec![part, total],
            Formula::Average { total, count } => vec![total, count],
            Formula::Growth(path) | Formula::LastYear(path) => vec![path],
        }
    }

    /// What it does, for staff: `投资项目的“投资”合计`.
    pub fn words(&self) -> String {
        let only = |filter: &[(String, String)]| match filter.is_empty() {
            true => String::new(),
            false => {
                let conditions: Vec<String> =
                    filter.iter().map(|(column, value)| format!("“{column}”为“{value}”")).collect();
                format!("，只算{}的", conditions.join("、"))
            }
        };
        match self {
            Formula::Sum { ledger, column, filter } => format!("{ledger}的“{column}”合计{}", only(filter)),
            Formula::Count { of, filter } => format!("{of}的条数{}", only(filter)),
            Formula::Add(paths) => format!("{}相加", paths.join("、")),
            Formula::Subtract(paths) => match paths.split_first() {
                Some((first, rest)) => format!("{first}减去{}", rest.join("、")),
                None => String::new(),
            },
            Formula::Share { part, total } => format!("{part}占{total}的百分比"),
            Formula::Average { total, count } => format!("{total}除以{count}"),
            Formula::Growth(path) => format!("{path}比上年的增幅"),
            Formula::LastYear(path) => format!("上年的{path}"),
        }
    }
}

impl IndicatorKind {
    /// Every kind.
    pub const ALL: [IndicatorKind; 7] = [
        IndicatorKind::Flow,
        IndicatorKind::Stock,
        IndicatorKind::Rate,
        IndicatorKind::Text,
        IndicatorKind::Date,
        IndicatorKind::List,
        IndicatorKind::Ledger,
    ];

    /// Its name in the registry.
    pub fn label(self) -> &'static str {
        match self {
            IndicatorKind::Flow => "时期",
            IndicatorKind::Stock => "时点",
            IndicatorKind::Rate => "比率",
            IndicatorKind::Text => "文本",
            IndicatorKind::Date => "日期",
            IndicatorKind::List => "名单",
            IndicatorKind::Ledger => "台账",
        }
    }
}

/// A column of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Flow (a number that may be summed), Stock, Rate, Text or Date.
    pub kind: IndicatorKind,
    /// 单位, if registered.
    pub unit: Option<Unit>,
    /// 属于: the 名单 in which its texts must stand.
    pub member_of: Option<String>,
    /// 不超过 and 范围 of each cell; 不超过 names another column of the row.
    pub checks: Vec<Check>,
}

/// The registry; empty where the project has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registry {
    /// Indicators by path, in written order.
    pub indicators: Indicators,
}

/// Indicators by path, in written order. A fact of a report is found by what is registered for all reports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Indicators(IndexMap<String, Indicator>);

impl Indicators {
    /// What is registered of a path.
    pub fn get(&self, path: &str) -> Option<&Indicator> {
        self.0.get(path).or_else(|| self.0.get(&of_report::registered(path)?))
    }

    /// Whether anything is registered of a path.
    pub fn contains_key(&self, path: &str) -> bool {
        self.get(path).is_some()
    }
}

impl From<IndexMap<String, Indicator>> for Indicators {
    fn from(indicators: IndexMap<String, Indicator>) -> Indicators {
        Indicators(indicators)
    }
}

impl Deref for Indicators {
    type Target = IndexMap<String, Indicator>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'i> IntoIterator for &'i Indicators {
    type Item = (&'i String, &'i Indicator);
    type IntoIter = indexmap::map::Iter<'i, String, Indicator>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
