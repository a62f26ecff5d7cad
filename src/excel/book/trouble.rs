//! What is said of files that cannot be read as workbooks.

use crate::diag::{Diagnostic, Level};

/// A problem of a whole file.
pub(crate) fn refuse(rule: &'static str, name: &str, what: &str, hint: &'static str) -> Diagnostic {
    Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint)
}

pub(crate) fn not_a_workbook(name: &str) -> Diagnostic {
    refuse(
        "not-a-workbook",
        name,
        "里面不是 Excel 表，扩展名可能不对",
        "能读的有 .xlsx、.xls、.ods、.csv；请用 Excel 或 WPS 打开看看，能打开就另存为 .xlsx 再试",
    )
}

pub(crate) fn broken(name: &str) -> Diagnostic {
    refuse(
        "broken-workbook",
        name,
        "坏了，或没有传完整",
        "请用 Excel 或 WPS 打开看看；能打开就另存为 .xlsx 再试",
    )
}

pub(crate) fn too_large(name: &str) -> Diagnostic {
    refuse(
        "file-too-large",
        name,
        "太大，或解压后太大，不像一份台账",
        "请核对是不是选错了文件；删去图片和用不着的表再试",
    )
}

pub(crate) fn too_many_cells(name: &str) -> Diagnostic {
    refuse(
        "too-many-cells",
        name,
        "里有内容的格子超过60万个，不像一份台账",
        "请只留要导入的那张表，另存为 .xlsx 再试",
    )
}

pub(crate) fn too_many_words(name: &str) -> Diagnostic {
    refuse(
        "too-many-words",
        name,
        "里的文字超过一千万字，不像一份台账",
        "请只留要导入的那张表，另存为 .xlsx 再试",
    )
}

pub(crate) fn cell_too_long(name: &str) -> Diagnostic {
    refuse(
        "cell-too-long",
        name,
        "里有一格的文字超过三万字，不像一份台账",
        "请打开看看那一格；文本文件里引号没有成对的，也会这样",
    )
}

pub(crate) fn too_many_merged(name: &str) -> Diagnostic {
    refuse(
        "too-many-merged",
        name,
        "里合并的格子太多，不像一份台账",
        "请取消合并，只留要导入的那张表，另存为 .xlsx 再试",
    )
}

pub(crate) fn password(name: &str) -> Diagnostic {
    refuse("encrypted", name, "加了密码，读不了", "请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再试")
}

pub(crate) fn macros(name: &str) -> Diagnostic {
    refuse("macros", name, "里有宏，为了安全不读", "请用 Excel 或 WPS 打开，另存为不带宏的 .xlsx 再试")
}

pub(crate) fn links(name: &str, sheet: &str) -> Diagnostic {
    let whose = if sheet.is_empty() { String::new() } else { format!("的“{sheet}”") };
    let what = format!("{whose}里有指向别的文件的链接，链接来的数可能是旧的，不能读");
    refuse(
        "external-links",
        name,
        &what,
        "请用 Excel 或 WPS 打开，在“数据”里的“编辑链接”中断开链接，保存后再试",
    )
}

/// A hint where a workbook is of another kind than its name says.
pub(crate) fn other_extension(name: &str, extension: &str, kind: &str) -> Option<Diagnostic> {
    if extension == "et" && kind == "xls" {
        return Some(
            Diagnostic::new("et-file", Level::Hint, format!("“{name}”是 WPS 的 .et 文件，按 .xls 读取"))
                .hint("请核对读出的内容；如果不对，请用 WPS 打开，另存为 .xlsx 再试"),
        );
    }
    let fits = extension == kind || (kind == "csv" && matches!(extension, "txt" | "tsv"));
    (!fits).then(|| {
        let message = format!("“{name}”的扩展名是 .{extension}，内容是 .{kind}，按内容读取");
        Diagnostic::new("wrong-extension", Level::Hint, message)
            .hint(format!("请把扩展名改成 .{kind}，免得别的程序打不开"))
    })
}
