//! What `issue` and `undo` take.

use std::path::PathBuf;

use clap::Args;

use super::day;

/// `issue`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Issue {
    /// 年度（不写就是最新一年）
    #[arg(value_name = "年度", help_heading = "参数")]
    pub year: Option<String>,
    /// 报出去的文件：.docx、.txt 或 .md（不写就用现在生成的报告）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: Option<PathBuf>,
    /// 模板名（只有一个模板时可不写）
    #[arg(long, value_name = "模板")]
    pub template: Option<String>,
    /// 定稿的日期，如 2011-12-20（不写就是今天）
    #[arg(long, value_name = "日期", value_parser = day)]
    pub date: Option<String>,
    /// 已经定稿的要更正：写明理由，会记在定稿里
    #[arg(long, value_name = "理由", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub again: Option<String>,
    /// 列出哪一年报出过什么：日期、来自哪里、更正过几次、现在生成的和它差几段
    #[arg(long, conflicts_with_all = ["file", "date", "again"])]
    pub list: bool,
}

/// `undo`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Undo {
    /// 重做刚撤销的一步
    #[arg(long)]
    pub redo: bool,
    /// 还原到某一步做完时的样子，步号见 --list
    #[arg(long, value_name = "步号", conflicts_with = "redo")]
    pub to: Option<u64>,
    /// 列出改过什么，什么也不改
    #[arg(long, conflicts_with_all = ["redo", "to"])]
    pub list: bool,
}
