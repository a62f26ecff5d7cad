//! What is said of files that cannot be read as workbooks.

use crate::diag::{Diagnostic, Level};
use crate::input::other::Other;

/// A problem of a whole file.
pub(crate) fn refuse(rule: &'static str, name: &str, what: &str, hint: &'static str) -> Diagnostic {
    Diagnostic::error(rule, format!("“{name}”{what}")).hint(hint)
}

const SAVE: &str = "请用 Excel 或 WPS 打开，另存为 .xlsx 再试";

/// A file that says itself that it is no table.
pub(crate) fn other(name: &str, other: Other) -> Diagnostic {
    let hint = match other {
        Other::Lock => "请关闭 Excel 或 WPS，选名字前面没有“~$”的那个文件",
        Other::Sealed => "请在装有这个软件的电脑上先解密，再选解密后的文件",
        Other::Pdf => "请选原来的 Excel 文件；只有 PDF 的，先用 WPS 转成 .xlsx，核对后再用",
        Other::Rtf => "请用 Word 或 WPS 打开，把表格复制到 Excel 里，另存为 .xlsx 再试",
        Other::Picture => "请先用文字识别软件转成表格，核对后另存为 .xlsx",
        Other::Web => return web_page(name),
        Other::Archive => "请先解开压缩包，选里面的 Excel 文件",
    };
    refuse(other.rule(), name, other.what(), hint)
}

/// A web page under the name of a workbook, as many systems export it.
pub(crate) fn web_page(name: &str) -> Diagnostic {
    refuse("web-page-as-table", name, "里面是网页表格，不是 Excel 工作簿", SAVE)
}

/// The binary kind of newer workbooks.
pub(crate) fn binary_workbook(name: &str) -> Diagnostic {
    refuse("xlsb", name, "是 Excel 二进制工作簿（.xlsb），读不了", SAVE)
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
    if kind == "xml" {
        let message = format!("“{name}”是 Excel 2003 的 XML 表格，按内容读取");
        return (extension != kind).then(|| {
            Diagnostic::new("wrong-extension", Level::Hint, message)
                .hint("请核对读出的内容；如果不对，请用 Excel 或 WPS 打开，另存为 .xlsx 再试")
        });
    }
    let words = ["csv", "txt", "tsv"];
    let fits = extension == kind || (words.contains(&kind) && words.contains(&extension));
    (!fits).then(|| {
        let message = format!("“{name}”的扩展名是 .{extension}，内容是 .{kind}，按内容读取");
        Diagnostic::new("wrong-extension", Level::Hint, message)
            .hint(format!("请把扩展名改成 .{kind}，免得别的程序打不开"))
    })
}
