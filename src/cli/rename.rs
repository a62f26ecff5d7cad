//! What `rename` takes.

use clap::Args;

use super::period;
use crate::facts::registry::IndicatorKind;
use crate::period::Period;

/// `rename`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Rename {
    /// 现在的名称：指标、台账、分组，台账的一列（台账.列名），或报告
    #[arg(value_name = "旧名", help_heading = "参数")]
    pub old: String,
    /// 新的名称；不写分组就留在原来的分组（只改单位、类型等的不写）
    #[arg(value_name = "新名", help_heading = "参数")]
    pub new: Option<String>,
    /// 改单位：同一类的（万元和元、公顷和亩）各年的数一起换算，除不尽的不改
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 与 --unit 合用：只改单位的叫法（次改成场），数不变
    #[arg(long, requires = "unit")]
    pub relabel: bool,
    /// 与 --unit 合用：同组里单位一样的一起改（一起加减、相比的要一起改）
    #[arg(long, requires = "unit")]
    pub together: bool,
    /// 改类型：时期、时点、比率、文本、日期、名单或台账
    #[arg(long, value_name = "类型", value_parser = kind)]
    pub kind: Option<IndicatorKind>,
    /// 改口径：算什么、不算什么
    #[arg(long, value_name = "口径")]
    pub definition: Option<String>,
    /// 改来源：各年的数都从哪里来
    #[arg(long, value_name = "来源")]
    pub source: Option<String>,
    /// 改台账的主键：用哪一列认行
    #[arg(long, value_name = "列名")]
    pub key: Option<String>,
    /// 合并：旧名的并入新名的，新名的已经有了；同一年两个数不一样的不合并
    #[arg(long, requires = "new", conflicts_with = "split")]
    pub merge: bool,
    /// 分出：照旧名的样子另立一个新名的，值先照抄
    #[arg(long, requires = "new")]
    pub split: bool,
    /// 与 --split 合用：模板里第几处改用新的，可以写几个（不写就列出来）；新名的已经有了，就只改这几处
    #[arg(long, value_name = "第几处", requires = "split", value_delimiter = ',')]
    pub place: Vec<usize>,
    /// 与 --split 合用：只要这些年度的值，可以写几个（不写就是全部）
    #[arg(long, value_name = "年度", requires = "split", value_delimiter = ',', value_parser = period)]
    pub years: Vec<Period>,
    /// 与 --split 合用：值归新的，旧的不再有
    #[arg(long = "move", requires = "split")]
    pub moved: bool,
    /// 只列出要改什么，什么也不写
    #[arg(long, visible_alias = "预览")]
    pub dry_run: bool,
}

/// A kind by its name.
fn kind(word: &str) -> Result<IndicatorKind, String> {
    let found = IndicatorKind::ALL.into_iter().find(|kind| kind.label() == word.trim());
    found.ok_or_else(|| KINDS.to_owned())
}

/// What is said of a kind that is none.
pub(crate) const KINDS: &str = "类型只有：时期、时点、比率、文本、日期、名单、台账";
