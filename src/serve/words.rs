//! What can be done about a problem, in the words of the page.

use crate::diag::{Act, Choice, Diagnostic, Elsewhere, Mapping};

/// One sentence that names what the page has for it.
pub fn words(act: &Act) -> String {
    match act {
        Act::NewProject { .. } => "请先从去年的报告开始，或用样例新建".into(),
        Act::Import => "请先用“导入”交进一份往年的报告".into(),
        Act::Draft { path, year } => {
            format!("请在{year}的表单里填写“{path}”；暂时没有数字时，可以先下载草稿")
        }
        Act::Begin(_) => "请先在页面上方“开新一年”".into(),
        Act::Choose { what: Choice::Template, of } => format!("请选其中一个模板：{}", of.join("、")),
        Act::Choose { what: Choice::Sheet, of } => format!("请选其中一张表：{}", of.join("、")),
        Act::Choose { what: Choice::Ledger, of } => format!("请选其中一个台账：{}", of.join("、")),
        Act::Choose { what: Choice::Collection, .. } => "请只选同一次采集的文件".into(),
        Act::Map(Mapping::Key { .. } | Mapping::Heads(_)) => "请在“各列对应”里选好各列是什么".into(),
        Act::Map(Mapping::Guessed | Mapping::Missing | Mapping::Unused) => {
            "对应得不对的，请在“各列对应”里改选".into()
        }
        Act::Map(Mapping::Doubtful { .. }) => "请在“各列对应”里选定是哪一列，别的选“不读”".into(),
        Act::Replace => "要以表为准、删去这些行的，请勾选“以表为准”".into(),
        Act::NameRows { columns, doubt } => name_rows(columns, *doubt),
        Act::Collect | Act::HandOut { .. } => {
            "采集表请从“下载”里取，填好收回，一起选中导入；别的表请一个一个导入".into()
        }
        Act::WhoIsAsked { list, year } => format!("请在{year}的表单里填好“{list}”"),
        Act::Elsewhere(Elsewhere::Taken) => "请换一个新的文件夹名；已有的文件不会被改动".into(),
        Act::Elsewhere(Elsewhere::OtherKind) => "如果是另一种报告，请另建一个项目".into(),
        Act::Elsewhere(Elsewhere::NoYear) => "请先填好一年的事实，或另建一个项目".into(),
        Act::Against => "请先填好上一年的事实，或选另外两年对比".into(),
        Act::Correct(_) => "确实要更正，请写明理由重新定稿；原来的仍在历史里".into(),
        Act::Relabel => "只是换一个叫法、数不变的，请选“只改叫法”".into(),
        Act::Bless => "请先看一遍生成的报告，确认无误后再存成样稿".into(),
        Act::Confirm => "要有规则、指标、年度、值、确认人、日期；可以删去，在“问题”里重新确认".into(),
        Act::Explain => "规则的名称写在每个问题的下面".into(),
        Act::AnyPort => "请关掉占用端口的程序".into(),
    }
}

fn name_rows(columns: &[String], doubt: bool) -> String {
    let column = columns.first().map_or("能认行的一列", String::as_str);
    match doubt {
        true => format!(
            "请在“认行用”里选“{column}”，一样的改那一行；都是新的行，请勾选“都是新的行”；以表为准的，请勾选“以表为准”"
        ),
        false => format!("可以在“认行用”里选“{column}”，以后一样的就改那一行"),
    }
}

/// How to mend a problem, in one line.
pub fn said(problem: &Diagnostic) -> String {
    let mut said: Vec<String> = problem.hints.iter().map(|hint| hint.words(words).into_owned()).collect();
    said.dedup();
    said.join("；")
}
