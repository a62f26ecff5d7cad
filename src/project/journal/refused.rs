//! Why nothing was changed, and how staff are told.

use super::super::texts::{Revision, Text};
use crate::diag::{Diagnostic, Problems};

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A text is no longer what the edit was made for; its revision now.
    Changed(Text, Option<Revision>),
    /// The step to take back was made by another program: its label.
    Outside(String),
    /// There is nothing to take back, to make again or to restore.
    Nothing,
    /// One text could not be written; those before it are again what they were.
    Undone {
        /// The text.
        held: Text,
        /// Why.
        why: Box<Diagnostic>,
    },
    /// A text could not be written, and those before it could not be put back either. It is tried again when the
    /// project is opened the next time.
    Half {
        /// What is new.
        new: Vec<Text>,
        /// What is old.
        old: Vec<Text>,
    },
    /// It could not be done.
    Problem(Box<Diagnostic>),
}

impl From<Diagnostic> for Refused {
    fn from(problem: Diagnostic) -> Refused {
        Refused::Problem(Box::new(problem))
    }
}

impl From<Refused> for Diagnostic {
    fn from(refused: Refused) -> Diagnostic {
        match refused {
            Refused::Changed(text, _) => {
                Diagnostic::error("changed", format!("{} 刚刚在别处改过，没有写", text.name()))
                    .hint("请核对现在的内容，再做一次")
            }
            Refused::Outside(label) => {
                Diagnostic::error("outside", format!("上一步不是用本程序做的：{label}"))
                    .hint("确认要撤销它，再撤销一次")
            }
            Refused::Nothing => Diagnostic::error("nothing", "没有可以撤销、重做或还原的了"),
            Refused::Undone { held, why } => {
                let message = format!("没有写成：{} {}；别的文件也没有改动", held.name(), why.message);
                Diagnostic { message, ..*why }
            }
            Refused::Half { new, old } => {
                let message = format!("只写成了一部分：{} 是新的，{} 是旧的", names(&new), names(&old));
                Diagnostic::error("half-written", message)
                    .hint("请关闭打开这些文件的程序，再运行一次，会先恢复成原来的")
            }
            Refused::Problem(problem) => *problem,
        }
    }
}

impl From<Refused> for Problems {
    fn from(refused: Refused) -> Problems {
        Diagnostic::from(refused).into()
    }
}

/// The names of texts.
pub(super) fn names(texts: &[Text]) -> String {
    texts.iter().map(Text::name).collect::<Vec<_>>().join("、")
}
