//! What a number says once it was read, and why one was refused.

use rust_decimal::Decimal;

use super::{Amount, Approx};

/// Who writes a number, and so how strictly it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// A fact file: digits, one scale word and one approximation word, in one way only.
    Fact,
    /// A cell of a workbook or of a page, as people type there: whatever can only mean one number.
    Cell,
    /// A sentence.
    Prose,
}

/// A way of writing a number; each is a row of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `17名`, `9000多万元`.
    Digits,
    /// `１７名`.
    FullWidth,
    /// `1,234名`.
    Grouped,
    /// `12 次`.
    Blank,
    /// `69. 58万元`, `5 9亿元`: a point that was lost or gained a blank.
    Lost,
    /// `007`, `+5`, `￥5`.
    Leading,
    /// `(12.5)` for what is below zero.
    Brackets,
    /// `十七名`.
    Numeral,
    /// `1亿3000万元`.
    Compound,
    /// `贰万叁仟元整`.
    Capitals,
    /// `三分之二`.
    Fraction,
    /// `1/3`.
    Slash,
    /// `21:50:29`.
    Ratio,
    /// `300—400元`.
    Range,
    /// `第3位`.
    Rank,
    /// `四成`.
    Tenths,
    /// `一半`.
    Half,
    /// `百亿` without a number.
    Alone,
    /// `首位`, `零`.
    Word,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// One number.
    One(Amount),
    /// From … to ….
    Range(Amount, Amount),
    /// `26.4:38.1:35.5`.
    Ratio(Vec<Decimal>),
    /// 三分之二: two of three.
    Fraction {
        /// The upper number.
        part: u64,
        /// The lower number.
        of: u64,
    },
    /// 末位: the last place, however many there are.
    Last,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it says.
    pub said: Said,
    /// The word that makes it approximate.
    pub approx: Option<Approx>,
    /// How it was written.
    pub form: Form,
    /// The same as a fact is written; empty where it was read as prose.
    pub plain: String,
}

impl Written {
    /// The amount, where it is one number.
    pub fn one(&self) -> Option<&Amount> {
        match &self.said {
            Said::One(amount) => Some(amount),
            _ => None,
        }
    }

    /// The amount, where it is one number without an approximation word.
    pub fn exact(&self) -> Option<&Amount> {
        self.one().filter(|_| self.approx.is_none())
    }

    /// What is counted, without a scale word; empty where that is not said.
    pub fn base(&self) -> &str {
        match &self.said {
            Said::One(amount) | Said::Range(_, amount) => &amount.unit.base,
            Said::Ratio(_) | Said::Fraction { .. } => "",
            Said::Last => "位",
        }
    }
}

/// Why a text was not read, and the same number as it should be written, where that is beyond doubt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refused {
    /// Why.
    pub why: Why,
    /// `17名` for `１７名`.
    pub instead: Option<String>,
}

/// Why a text is no number that may stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Nothing is written.
    #[error("这里没有写数")]
    Empty,
    /// A form that is for others to use.
    #[error("{}", words(*.0))]
    Form(Form),
    /// `12，5` or `1,2345`: one number or two. The text is what it would be without the marks.
    #[error("数字中间有逗号或空格，又不是三位一节")]
    Parted(String),
    /// More digits than can be held exactly.
    #[error("数字超过28位，无法精确保存")]
    TooLong,
    /// Two approximation words, `约30多条`.
    #[error("约数词用了两个")]
    TwoWords,
    /// An approximation word that only prose knows: 几, 来.
    #[error("约数词“{0}”不能写在这里")]
    OtherWord(&'static str),
    /// A unit with digits, blanks or punctuation in it.
    #[error("单位“{0}”里有数字或标点")]
    Unit(String),
    /// No number at the front.
    #[error("“{0}”不是数")]
    NotNumber(String),
}

/// What is wrong about a form.
fn words(form: Form) -> &'static str {
    match form {
        Form::FullWidth => "数字写成了全角",
        Form::Grouped => "数字里有分位逗号",
        Form::Blank => "数字和单位之间有空格",
        Form::Leading => "数字前面有多余的符号或0",
        Form::Brackets => "负数写成了括号",
        _ => "数字写成了汉字",
    }
}

impl Refused {
    /// A text that is no number.
    pub fn no_number(text: &str) -> Refused {
        Refused { why: Why::NotNumber(text.to_owned()), instead: None }
    }

    /// How to mend it, one Chinese sentence.
    pub fn hint(&self) -> String {
        if let Some(instead) = &self.instead {
            return format!("请写成{instead}");
        }
        let hint = match self.why {
            Why::Parted(_) => "请核对是一个数还是两个数；一处只写一个数，不写逗号和空格",
            Why::TooLong => "请检查是不是多打了数字，或换用更大的单位（万、亿）",
            Why::TwoWords | Why::OtherWord(_) => "约、近、超、多、余、左右、以上只用一个",
            Why::Unit(_) => "一处只写一个数，后面直接跟单位，如17名；别的话写到“说明”里",
            Why::Empty | Why::Form(_) | Why::NotNumber(_) => {
                "请写阿拉伯数字和单位，如17名、6700万元、5万余元"
            }
        };
        hint.to_owned()
    }
}
