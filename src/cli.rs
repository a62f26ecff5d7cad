//! The command line: verbs, options and every sentence of help. No behaviour.

mod format;
mod history;
mod rename;
mod shell;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::output::Format;
use crate::period::Period;
pub use format::DiffFormat;
pub use history::{Issue, Undo};
pub(crate) use rename::KINDS;
pub use rename::Rename;
pub use shell::{Completions, Schema};

const HELP: &str = "{before-help}{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
const EXAMPLES: &str = "\
例子：
  huibao serve                      在浏览器里填数、看报告（双击程序也一样）
  huibao render 2011                在屏幕上显示2011年的汇报
  huibao render 2011 -o 汇报.docx   生成公文格式的 Word 文件
  huibao trace 2011                 每个数字从哪里来
  huibao check 2011                 检查事实、模板和正文
  huibao check 稿件.docx --against 2011   稿件里的数字和事实对不对得上
  huibao diff -o 对比.docx          今年与上年对比，Word 里看修订痕迹
  huibao excel export -o 事实.xlsx  导出成 Excel 表来填，填好用 excel import 导回
  huibao import 去年汇报.docx       把往年的报告变成事实和模板
  huibao year 2012                  按上一年的样子建好2012年的事实文件

退出码：0 顺利；1 有差异或发现问题；2 没有做成。";

/// Everything that can be said on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "huibao", version, about = "汇报：一个数字只写一处，年度工作汇报自动生成、处处可查",
    disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true,
    subcommand_help_heading = "命令", next_help_heading = "选项", subcommand_value_name = "命令",
    override_usage = "huibao [选项] <命令>", help_template = HELP, after_help = EXAMPLES, arg_required_else_help = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// Options of every verb.
    #[command(flatten)]
    pub global: Global,
}

impl Cli {
    /// Reads the arguments of the program.
    ///
    /// # Errors
    /// What clap has to say, help included.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
        Cli::from_arg_matches(&command().try_get_matches_from(arguments)?)
    }
}

/// The command with its usage lines in Chinese.
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, in_chinese);
    }
    command
}

/// A verb, and the verbs below it, with their usage lines in Chinese.
fn in_chinese(mut verb: clap::Command) -> clap::Command {
    let names: Vec<String> = verb.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for name in names {
        verb = verb.mut_subcommand(name, in_chinese);
    }
    let usage = verb.clone().render_usage().to_string();
    let usage =
        usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "<命令>");
    verb.override_usage(usage)
}

/// Options of every verb.
#[derive(Debug, Args)]
pub struct Global {
    /// 项目文件夹（不写就是当前文件夹）
    #[arg(
        short = 'C',
        long = "project",
        value_name = "文件夹",
        global = true,
        default_value = ".",
        hide_default_value = true
    )]
    pub project: PathBuf,
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
#[command(next_help_heading = "选项")]
pub enum Verb {
    /// 新建一个项目，马上就能生成报告
    #[command(visible_alias = "新建", help_template = HELP)]
    New(New),
    /// 生成报告：文本、Markdown、网页或 Word
    #[command(visible_alias = "生成", help_template = HELP)]
    Render(Render),
    /// 溯源：每个数字从哪个文件的哪一行来
    #[command(visible_alias = "溯源", help_template = HELP)]
    Trace(Trace),
    /// 检查：事实对不对得上，模板有没有手写数字，文字、标点、数字用法对不对；也可以检查任何稿件
    #[command(visible_alias = "检查", help_template = HELP)]
    Check(Check),
    /// 说明：一条检查规则查什么、为什么、怎么改
    #[command(visible_alias = "说明", help_template = HELP)]
    Explain(Explain),
    /// 对比：今年和上年的文字、数字有什么不同，可生成带修订痕迹的 Word
    #[command(visible_alias = "对比", help_template = HELP)]
    Diff(Diff),
    /// 表格：事实导出成 Excel 表来填，填好导回；导入部门台账；向各村发表、收表、汇总
    #[command(visible_alias = "表格", help_template = HELP)]
    Excel(Excel),
    /// 导入：把往年的 Word 报告变成事实和模板；也收下别人改过的稿件
    #[command(visible_alias = "导入", help_template = HELP)]
    Import(Import),
    /// 新年度：按上一年的样子建好事实文件
    #[command(visible_alias = "新年度", help_template = HELP)]
    Year(Year),
    /// 改名：名称、单位、类型、口径、主键随时可改，各年的事实、模板、定稿一起跟着改
    #[command(visible_alias = "改名", help_template = HELP)]
    Rename(Rename),
    /// 金样：生成的报告与存下的样稿对比
    #[command(visible_alias = "金样", help_template = HELP)]
    Golden(Golden),
    /// 撤销：退回刚才的改动，或重做、还原、列出改过什么
    #[command(visible_alias = "撤销", help_template = HELP)]
    Undo(Undo),
    /// 定稿：报出去的稿子原样存下，以后改事实、改模板都不会动它
    #[command(visible_alias = "定稿", help_template = HELP)]
    Issue(Issue),
    /// 打开：在浏览器里填数、看报告、查问题、下载 Word
    #[command(visible_alias = "打开", help_template = HELP)]
    Serve(Serve),
    /// 事实文件的 JSON Schema，供编辑器提示和补全
    #[command(visible_alias = "模式", help_template = HELP)]
    Schema(Schema),
    /// 命令行补全脚本
    #[command(help_template = HELP)]
    Completions(Completions),
    /// 手册页（man）
    #[command(help_template = HELP)]
    Man,
}

/// `new`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct New {
    /// 新项目的文件夹，不能已有内容；写了 --kind，可以是已有的项目，把这种报告加进去
    #[arg(value_name = "文件夹", help_heading = "参数", required_unless_present = "kind")]
    pub folder: Option<PathBuf>,
    /// 哪种报告，如 党建工作总结，可以写几个；后面不写名称就列出有哪些
    #[arg(long, value_name = "名称", num_args = 0.., value_delimiter = ',')]
    pub kind: Option<Vec<String>>,
}

/// `render`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Render {
    /// 年度（不写就是最新一年）和报告（有几个报告时写名称，或名称里的几个字），先后不论
    #[arg(value_name = "年度或报告", help_heading = "参数", num_args = 0..=2)]
    pub named: Vec<String>,
    /// 报告名，和写在前面一样
    #[arg(long, value_name = "报告")]
    pub template: Option<String>,
    #[arg(long, value_name = "格式", value_enum, hide_possible_values = true, help = format::named())]
    pub format: Option<Format>,
    /// 写到文件（不写就显示在屏幕上）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 草稿：缺的数字先标【待填】，并列出清单
    #[arg(long)]
    pub draft: bool,
    /// 已定稿的年度也用现在的事实和模板重新生成
    #[arg(long)]
    pub anew: bool,
    /// 校对稿：每个数字加批注，写明事实、算法、出处；没有出处的数字标黄
    #[arg(long)]
    pub annotate: bool,
    /// 字体文件所在的文件夹，PDF 先用里面的字体（不写就用这台电脑装的）
    #[arg(long, value_name = "文件夹")]
    pub fonts: Option<PathBuf>,
    /// 把用到的字嵌进 OFD，对方没有这些字体也一样（不写就只写字体名称）
    #[arg(long)]
    pub embed_fonts: bool,
    /// 这一期的报告全部生成，-o 写文件夹；格式不写就是 docx
    #[arg(long, conflicts_with_all = ["template", "annotate", "embed_fonts"])]
    pub all: bool,
}

/// `trace`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Trace {
    /// 年度（不写就是最新一年）和报告（有几个报告时写名称，或名称里的几个字），先后不论
    #[arg(value_name = "年度或报告", help_heading = "参数", num_args = 0..=2)]
    pub named: Vec<String>,
    /// 报告名，和写在前面一样
    #[arg(long, value_name = "报告")]
    pub template: Option<String>,
    /// 格式：text 表格，json 供程序读取，xlsx 核对表（不写就按 -o 的文件名）
    #[arg(long, value_name = "格式", value_enum, hide_possible_values = true)]
    pub format: Option<TraceFormat>,
    /// 写到文件（不写就显示在屏幕上）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 已定稿的年度也用现在的事实和模板重新生成
    #[arg(long)]
    pub anew: bool,
}

/// Formats of the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum TraceFormat {
    Text,
    Json,
    Xlsx,
}

/// `check`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Check {
    /// 年度，或要检查的稿件：.docx、.txt、.md（不写就检查项目最新一年）
    #[arg(value_name = "年度或文件", help_heading = "参数")]
    pub target: Option<String>,
    /// 拿稿件里的每个数字和这一年的事实核对
    #[arg(long, value_name = "年度", value_parser = period)]
    pub against: Option<Period>,
    /// 格式：text、json 或 html（不写就按 -o 的文件名）
    #[arg(long, value_name = "格式", value_enum, hide_possible_values = true)]
    pub format: Option<CheckFormat>,
    /// 写到文件（不写就显示在屏幕上）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 警告也算不通过：--deny warnings
    #[arg(long, value_name = "级别", value_enum, hide_possible_values = true)]
    pub deny: Option<Deny>,
    /// 能机械改正的直接改好，显示改了什么，原文件另存备份
    #[arg(long)]
    pub fix: bool,
    /// 与 --against、-o 批注.docx 合用：在稿件的每个数字上加批注
    #[arg(long)]
    pub annotate: bool,
    /// 与 --against 合用：只有“没有依据”“请核对”、没有“矛盾”时，也算通过
    #[arg(long)]
    pub allow_unknown: bool,
    /// 确认属实：规则:指标，例如 fact-swing:创业.投资总额
    #[arg(long, value_name = "规则:指标")]
    pub confirm: Option<String>,
    /// 与 --confirm 合用：谁确认的
    #[arg(long, value_name = "姓名", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub by: Option<String>,
    /// 与 --confirm 合用：原因
    #[arg(long, value_name = "说明")]
    pub note: Option<String>,
}

/// Formats of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum CheckFormat {
    Text,
    Json,
    Html,
}

/// What also fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum Deny {
    Warnings,
}

/// `explain`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Explain {
    /// 规则名（不写就列出全部规则）
    #[arg(value_name = "规则", help_heading = "参数")]
    pub rule: Option<String>,
}

/// `diff`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Diff {
    /// 上年：年度、别的项目文件夹，或 .docx、.txt、.md 文件（不写就是上一年）
    #[arg(value_name = "上年", help_heading = "参数")]
    pub old: Option<String>,
    /// 今年：写法同上（不写就是最新一年）
    #[arg(value_name = "今年", help_heading = "参数")]
    pub new: Option<String>,
    /// 报告：有几个报告时写名称，写在哪里都行
    #[arg(value_name = "报告", help_heading = "参数")]
    pub report: Option<String>,
    /// 只对比事实：增减、增幅和需要核对的地方
    #[arg(long)]
    pub facts: bool,
    /// 与 --facts 合用，只列一部分：changed 有变化的，flagged 请核对的
    #[arg(long, value_name = "范围", value_enum, hide_possible_values = true, requires = "facts")]
    pub only: Option<DiffShown>,
    /// 模板名（只有一个模板时可不写）
    #[arg(long, value_name = "模板")]
    pub template: Option<String>,
    /// 格式：text、json、html、docx、pdf、md，事实另有 xlsx（不写就按 -o 的文件名）
    #[arg(long, value_name = "格式", value_enum, hide_possible_values = true)]
    pub format: Option<DiffFormat>,
    /// 写到文件（不写就显示在屏幕上）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 不用颜色，删去的写成 [-…-]，新增的写成 {+…+}
    #[arg(long)]
    pub plain: bool,
    /// Word 中给改动的数字加批注，写明出处
    #[arg(long)]
    pub annotate: bool,
    /// Word 中移动的段落用“移动”标记，不用删除加插入
    #[arg(long)]
    pub moves: bool,
    /// Word 修订的作者（不写就是“汇报”）
    #[arg(long, value_name = "作者", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub author: Option<String>,
    /// Word 修订的日期，如 2011-12-20（不写就是固定日期，每次生成都一样）
    #[arg(long, value_name = "日期", value_parser = day)]
    pub date: Option<String>,
    /// Word 打开后，再改的地方不自动留痕
    #[arg(long)]
    pub no_track: bool,
    /// 字体文件所在的文件夹，PDF 先用里面的字体（不写就用这台电脑装的）
    #[arg(long, value_name = "文件夹")]
    pub fonts: Option<PathBuf>,
}

/// A calendar day as `2011-12-20`.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        part.parse::<u32>().ok().filter(|_| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
    };
    match parts.as_slice() {
        [year, month, day] => {
            let leap = number(year, 4).is_some_and(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
            let days = match number(month, 2) {
                Some(2) => 28 + u32::from(leap),
                Some(4 | 6 | 9 | 11) => 30,
                Some(1..=12) => 31,
                _ => 0,
            };
            let valid =
                number(year, 4).is_some() && number(day, 2).is_some_and(|day| (1..=days).contains(&day));
            if valid { Ok(text.to_owned()) } else { Err(DAY.to_owned()) }
        }
        _ => Err(DAY.to_owned()),
    }
}

/// What is said of a day that is none.
pub(crate) const DAY: &str = "日期请写成 2011-12-20 的样子";

/// Which facts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum DiffShown {
    Changed,
    Flagged,
}

/// `excel`
#[derive(Debug, Args)]
#[command(
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Excel {
    /// What to do.
    #[command(subcommand)]
    pub verb: ExcelVerb,
}

/// What is done with workbooks.
#[derive(Debug, Subcommand)]
#[command(next_help_heading = "选项")]
pub enum ExcelVerb {
    /// 导出：指标一张表，每个台账一张表，填好以后用 import 导回
    #[command(visible_alias = "导出", help_template = HELP)]
    Export(ExcelExport),
    /// 导入：导回填好的表；或用 --ledger 导入部门的台账
    #[command(visible_alias = "导入", help_template = HELP)]
    Import(ExcelImport),
    /// 采集表：给各村、各单位每家生成一张表
    #[command(visible_alias = "采集", help_template = HELP)]
    Form(ExcelForm),
    /// 汇总：把收回的采集表汇成一个台账，每个数记下来自哪个文件哪一格
    #[command(visible_alias = "汇总", help_template = HELP)]
    Merge(ExcelMerge),
}

/// `excel export`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ExcelExport {
    /// 年度，可以写几个（不写就是最新一年）
    #[arg(value_name = "年度", help_heading = "参数", value_parser = period)]
    pub years: Vec<Period>,
    /// 写到文件，例如 事实.xlsx
    #[arg(short, long, value_name = "文件")]
    pub output: PathBuf,
}

/// `excel import`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ExcelImport {
    /// Excel 表：.xlsx、.xls、.et、.ods 或 .csv
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 读哪一张表（只有一张时可不写；导回时不写就是全部）
    #[arg(long, value_name = "表名")]
    pub sheet: Option<String>,
    /// 部门的表：导入到哪个台账
    #[arg(long, value_name = "台账")]
    pub ledger: Option<String>,
    /// 部门的表：导入到哪一年（不写就看表名里的年份，没有就是最新一年）
    #[arg(long, value_name = "年度", requires = "ledger", value_parser = period)]
    pub year: Option<Period>,
    /// 部门的表：表头对应哪一列，例如 --map 企业名称=企业，可以写几个，会记下来
    #[arg(long, value_name = "表头=列名", requires = "ledger", value_parser = pair)]
    pub map: Vec<(String, String)>,
    /// 部门的表：以表为准，台账里有而表里没有的行删去
    #[arg(long, requires = "ledger", conflicts_with = "add")]
    pub replace: bool,
    /// 部门的表：台账还没有主键的，用这一列认行，会记到指标表里
    #[arg(long, value_name = "列名", requires = "ledger")]
    pub key: Option<String>,
    /// 部门的表：台账里没有的行都是新的，添在后面
    #[arg(long, requires = "ledger")]
    pub add: bool,
    /// 不再询问，直接写入
    #[arg(short, long)]
    pub yes: bool,
}

/// A year, or a part of one.
fn period(text: &str) -> Result<Period, String> {
    let wrong =
        || format!("“{text}”不是年度，请写 2025、2025上半年、2025第三季度、2025年1—10月 或 2025年6月");
    Period::read(text).ok_or_else(wrong)
}

/// `表头=列名`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (head, column) = text.rsplit_once(['=', '＝']).unwrap_or_default();
    let (head, column) = (head.trim(), column.trim());
    if head.is_empty() || column.is_empty() {
        Err(PAIR.to_owned())
    } else {
        Ok((head.to_owned(), column.to_owned()))
    }
}

/// What is said of a pair that is none.
pub(crate) const PAIR: &str = "请写成 表头=列名，例如 --map 企业名称=企业";

/// `excel form`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ExcelForm {
    /// 向谁收：一村一行的台账，或台账主键所属的名单
    #[arg(long = "for", value_name = "台账")]
    pub wanted: String,
    /// 年度（不写就是最新一年）
    #[arg(long, value_name = "年度", value_parser = period)]
    pub year: Option<Period>,
    /// 另用一个名单
    #[arg(long, value_name = "名单")]
    pub units: Option<String>,
    /// 写到文件夹，一家一个文件；写成 .xlsx 就是一个文件、一家一张表（不写就是同名文件夹）
    #[arg(short, long, value_name = "文件夹")]
    pub output: Option<PathBuf>,
}

/// `excel merge`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ExcelMerge {
    /// 收回的表，或放这些表的文件夹
    #[arg(value_name = "文件", help_heading = "参数", required = true)]
    pub files: Vec<PathBuf>,
    /// 汇总到哪个台账（采集表里写着，一般不用写）
    #[arg(long = "for", value_name = "台账")]
    pub wanted: Option<String>,
    /// 年度（采集表里写着，一般不用写）
    #[arg(long, value_name = "年度", value_parser = period)]
    pub year: Option<Period>,
    /// 另用一个名单
    #[arg(long, value_name = "名单")]
    pub units: Option<String>,
    /// 不再询问，直接写入
    #[arg(short, long)]
    pub yes: bool,
}

/// `import`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Import {
    /// 报告：.docx、.txt 或 .md（接着核对时不写）
    #[arg(value_name = "文件", help_heading = "参数", required_unless_present_any = ["review", "apply"])]
    pub file: Option<PathBuf>,
    /// 报告的年度（不写就看标题和文件名）
    #[arg(long, value_name = "年度", value_parser = period)]
    pub year: Option<Period>,
    /// 写到哪个项目文件夹（不写就是当前项目，没有就按报告的名称新建）
    #[arg(long, value_name = "文件夹", conflicts_with = "apply")]
    pub into: Option<PathBuf>,
    /// 模板名（不写就按报告的标题）
    #[arg(long, value_name = "模板")]
    pub template: Option<String>,
    /// 整理从网页复制来的文字：接上断开的句子，去掉网站的字句，半角标点改成全角；和 --dry-run 合用，先看要改哪些
    #[arg(long, conflicts_with = "apply")]
    pub tidy: bool,
    /// 只列出找到的数字，什么也不写
    #[arg(long)]
    pub dry_run: bool,
    /// 与 --dry-run 合用：text 表格，json 供程序读取
    #[arg(long, value_name = "格式", value_enum, hide_possible_values = true, requires = "dry_run")]
    pub format: Option<ImportFormat>,
    /// 在终端里逐条核对拿不准的指标；不写文件就接着上次的核对
    #[arg(long, conflicts_with = "dry_run")]
    pub review: bool,
    /// 按填好的核对表改：导入核对.md 或 .xlsx
    #[arg(long, value_name = "核对表", conflicts_with_all = ["file", "dry_run", "review"])]
    pub apply: Option<PathBuf>,
}

/// Formats of the list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would print doc comments as help of the values")]
pub enum ImportFormat {
    Text,
    Json,
}

/// `year`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Year {
    /// 新的年度
    #[arg(value_name = "年度", help_heading = "参数", value_parser = period)]
    pub year: Period,
}

/// `golden`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Golden {
    /// 认可现在的结果，更新样稿
    #[arg(long)]
    pub bless: bool,
}

/// `serve`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Serve {
    /// 本机端口（不写就由程序自己选；0 是任意一个空闲的）
    #[arg(long, value_name = "端口")]
    pub port: Option<u16>,
    /// 不自动打开浏览器
    #[arg(long)]
    pub no_open: bool,
}
