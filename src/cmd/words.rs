//! What can be done about a problem, in the words of the command line.

use crate::diag::{Act, Choice, Elsewhere, Mapping};
use crate::facts;

/// One sentence with the verb or the option that does it.
pub(crate) fn words(act: &Act) -> String {
    match act {
        Act::NewProject { templates: false } => "请在项目文件夹里运行，或先用 huibao new 新建项目".into(),
        Act::NewProject { templates: true } => {
            "请在项目文件夹里运行，或先用 huibao new 新建项目；模板是 .hbs 文件".into()
        }
        Act::Import => "请先导入一份报告，例如 huibao import 去年汇报.docx".into(),
        Act::Draft { path, year } => {
            format!("请在 {} 填写“{path}”；暂时没有数字时，可加 --draft 先出草稿", facts::file(*year))
        }
        Act::Begin(year) => format!("请先用 huibao year {} 建好", year.stem()),
        Act::Choose { what, of } => choose(*what, &of.join("、")),
        Act::Map(mapping) => map(mapping),
        Act::Replace => "要以表为准、删去这些行的，请加 --replace".into(),
        Act::NameRows { columns, doubt } => name_rows(columns, *doubt),
        Act::Collect => "请用 huibao excel merge 汇总".into(),
        Act::HandOut { or_name: false } => "请用 huibao excel form 生成的表填写，不要另做".into(),
        Act::HandOut { or_name: true } => {
            "请用 huibao excel form 生成采集表，填好收回后再汇总；另做的表请用 --for 指明台账".into()
        }
        Act::WhoIsAsked { list, year } => format!(
            "请在 {} 里写上名单，如“{list}: [东湾村, 西岭村]”；也可以用 --units 指明名单的名称",
            facts::file(*year)
        ),
        Act::Elsewhere(Elsewhere::Taken) => "请用 --into 换一个新的文件夹名；已有的文件不会被改动".into(),
        Act::Elsewhere(Elsewhere::OtherKind) => "如果是另一种报告，请用 --into 另建一个项目".into(),
        Act::Elsewhere(Elsewhere::NoYear) => "请先填好一年的事实，或用 --into 另建一个项目".into(),
        Act::Against => "请指明和哪一份对比，例如 huibao diff 去年汇报.docx".into(),
        Act::Correct(year) => {
            format!("确实要更正，请写明理由：huibao issue {} --again 理由；原来的仍在历史里", year.stem())
        }
        Act::Relabel => "只是换一个叫法、数不变的，请加 --relabel".into(),
        Act::Bless => "先看一遍生成的报告，确认无误后用 huibao golden --bless 存成样稿".into(),
        Act::Confirm => {
            "要有规则、指标、年度、值、确认人、日期；可以删去，重新用 huibao check --confirm 确认".into()
        }
        Act::Explain => "用 huibao explain 查看全部规则".into(),
        Act::AnyPort => "请换一个端口，或去掉 --port 由程序自己选".into(),
    }
}

fn choose(what: Choice, of: &str) -> String {
    match what {
        Choice::Template => format!("请在命令后面写上其中一个的名称：{of}"),
        Choice::Sheet => format!("请用 --sheet 指定；工作簿里有这些表：{of}"),
        Choice::Ledger => format!("请用 --for 写其中一个：{of}"),
        Choice::Collection => "请用 --for、--year 指明汇总哪一次".into(),
    }
}

fn name_rows(columns: &[String], doubt: bool) -> String {
    let column = columns.first().map_or("列名", String::as_str);
    match doubt {
        true => format!(
            "请加 --key {column}，以后就按“{column}”认行，一样的改那一行；都是新的行，请加 --add；以表为准，请加 --replace"
        ),
        false => format!("可以加 --key {column}，以后就按“{column}”认行，一样的改那一行"),
    }
}

fn map(mapping: &Mapping) -> String {
    match mapping {
        Mapping::Key { name, unused } => {
            format!("请用 --map 表头={name} 指明是哪一列；没有用到的表头：{}", unused.join("、"))
        }
        Mapping::Guessed => "不对的话，请用 --map 表头=列名 指明".into(),
        Mapping::Missing => "有的话，请用 --map 表头=列名 指明".into(),
        Mapping::Unused => "要用的，请用 --map 表头=列名 指明".into(),
        Mapping::Doubtful { name, example } => {
            format!("请用 --map 指明，例如 --map {example}={name}；等号前写表头的全部文字，几层之间用“·”隔开")
        }
        Mapping::Heads(columns) => {
            format!("表头里应当有这些列：{}；列名不同的，请用 --map 表头=列名 对应起来", columns.join("、"))
        }
    }
}
