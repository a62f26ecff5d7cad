//! What `schema` and `completions` take.

use std::path::PathBuf;

use clap::Args;

/// `schema`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Schema {
    /// 写到文件（不写就显示在屏幕上）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
}

/// `completions`
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct Completions {
    /// 终端：bash、zsh、fish、powershell 或 elvish
    #[arg(value_name = "终端", help_heading = "参数", value_enum, hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}
