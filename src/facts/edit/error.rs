//! Why an edit was refused, in words for staff.

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file itself has problems.
    #[error("文件本身有错误，请先改好再填数")]
    Broken,
    /// There is no such value.
    #[error("文件里没有“{0}”")]
    NotFound(String),
    /// The path names a group, a whole list or a text over several lines.
    #[error("“{0}”不是单个的值，不能这样改")]
    NotSingle(String),
    /// The new value cannot be written in one line.
    #[error("新的值里有换行或控制字符，不能写入")]
    BadValue,
    /// The edited text did not read back as meant.
    #[error("改动“{0}”以后读回的内容不对，没有改")]
    NotExact(String),
    /// A name that cannot be a key.
    #[error("名称“{0}”是空的，或前后有空格、多余的点、看不见的字符")]
    BadName(String),
    /// More levels than a fact file may have.
    #[error("“{0}”层次太多")]
    TooDeep(String),
    /// The name is taken.
    #[error("文件里已经有“{0}”")]
    Exists(String),
    /// A single value, a list or a ledger stands where a group is wanted.
    #[error("“{0}”自己有值，下面不能再有别的项")]
    HasValue(String),
    /// Other entries stand below the name that is to get a value.
    #[error("“{0}”是一组，下面有别的项，自己不能再有值")]
    IsGroup(String),
    /// A group or entry was to be moved below itself.
    #[error("不能把“{0}”移到它自己下面")]
    BelowItself(String),
    /// A remark that facts do not have.
    #[error("“{path}”后面不能写“{field}”，只能写值、来源、说明、估计、待核")]
    NoSuchField {
        /// The fact.
        path: String,
        /// The name asked for.
        field: String,
    },
    /// A remark that cells of a ledger do not have.
    #[error("台账的一格“{0}”后面只能写值、来源、说明")]
    NoSuchCellField(String),
    /// The path does not name a 名单.
    #[error("“{0}”不是名单")]
    NotList(String),
    /// An item of a 名单 is empty.
    #[error("名单“{0}”里有一项是空的，没有内容的请删去")]
    EmptyItem(String),
    /// The path does not name a 台账.
    #[error("“{0}”不是台账")]
    NotLedger(String),
    /// A row that the ledger does not have.
    #[error("台账“{ledger}”有{rows}行，没有第{row}行")]
    NoRow {
        /// The ledger.
        ledger: String,
        /// The row asked for, from 1.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A column is given twice in one row.
    #[error("同一行里“{0}”写了两次")]
    ColumnTwice(String),
}
