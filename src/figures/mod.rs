//! Exact arithmetic on facts; every [`Trail`] says which facts a figure came from and how.

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
