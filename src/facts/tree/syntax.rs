//! The parser's syntax errors in words that staff understand.

use std::sync::Arc;

use granit_parser::{ErrorKind, ScanError};

use crate::diag::{Diagnostic, Place, Source};

/// A syntax error as a problem at its place.
pub(super) fn explain(error: &ScanError, source: &Arc<Source>) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(source.text.len());
    let width = source.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let (message, hint) = words(error.kind());
    Diagnostic::error("yaml-syntax", message).at(&Place::new(source, at..at + width)).hint(hint)
}

/// What is wrong and how to mend it.
fn words(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind::*;
    match kind {
        InvalidIndentation
        | ExpectedBlockMappingKey
        | ExpectedBlockSequenceEntry
        | InvalidBlockScalarIndent
        | InvalidQuotedScalarIndent
        | InvalidFlowScalarIndent => {
            ("这一行的缩进与上面对不齐", "同一层的各行前面空格数要一样，每深一层多两个空格")
        }
        SimpleKeyExpected | InvalidSimpleKey => {
            ("这一行（或上一行）没有冒号", "每行写成“名称: 值”，英文冒号后面空一格")
        }
        MappingValueNotAllowed
        | MappingKeyNotAllowed
        | InvalidColonPlacement
        | InvalidMappingValueWhitespace => {
            ("这里不该有冒号", "值里有英文冒号时，请给整个值加英文引号；缩进也请查一下")
        }
        UnclosedFlowCollection { .. }
        | UnexpectedEofFlowSequence
        | UnexpectedEofFlowMapping
        | UnexpectedEofImplicitFlowMapping => ("括号只有一半", "请补上“]”或“}”"),
        MismatchedFlowCollectionEnd { .. } | MisplacedFlowCollectionEnd => {
            ("括号前后不配对", "“[”配“]”，“{”配“}”")
        }
        ExpectedFlowSequenceSeparator | ExpectedFlowMappingSeparator | FlowMappingValueAdjacentCollection => {
            ("括号里的各项没有隔开，或括号没有合上", "各项之间用英文逗号加空格隔开，最后补上“]”或“}”")
        }
        UnclosedQuotedScalar => ("引号只有一半", "请补上另一个英文引号，或把两个都去掉"),
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => {
            ("引号后面还有文字", "引号要包住整个值，或者不用引号")
        }
        TabNotAllowed
        | TabInBlockIndentation
        | TabInIndentation
        | TabInPlainScalar
        | TabAtBlockScalarStart => ("这里用了制表符（Tab）", "请改用空格"),
        RecursionLimitExceeded => ("层次太多，最多64层", "请检查括号是不是多打了"),
        BlockEntryInFlowCollection | BlockSequenceEntryNotAllowed | InvalidBlockEntryWhitespace => {
            ("这里不该有“-”", "列表的每一项另起一行，“- ”后面写内容")
        }
        UnknownQuotedScalarEscape | InvalidQuotedScalarHexEscape | InvalidUnicodeEscape => {
            ("双引号里的“\\”用得不对", "要写“\\”本身，请用英文单引号")
        }
        UnexpectedCharacter { .. } => ("值不能以这个符号开头", "请给整个值加英文引号"),
        DirectiveDisallowed => ("不能用“%”开头的行", "请删去这一行"),
        _ => ("这里的写法读不懂", "请对照上下几行：缩进、冒号后的空格、引号和括号是否成对"),
    }
}
