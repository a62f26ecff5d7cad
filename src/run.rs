//! From arguments to an exit status; what clap has to say is said in Chinese.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::cli::{Cli, DAY, KINDS, PAIR};
use crate::cmd::{self, Outcome};
use crate::diag::{Diagnostic, Problems};
use crate::files;
use crate::ui::Ui;

/// It could not be done.
const FAILED: u8 = 2;
/// It was done and found differences.
const FOUND: u8 = 1;

/// Runs the program.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let ui = Ui::new();
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.len() == 1 && is_opened(&ui) {
        arguments.push("serve".into());
    }
    match Cli::read(arguments.into_iter()) {
        Ok(cli) => match cmd::run(cli, &ui).and_then(|outcome| whole(&ui).map(|()| outcome)) {
            Ok(Outcome::Fine) => ExitCode::SUCCESS,
            Ok(Outcome::Found) => ExitCode::from(FOUND),
            Err(problems) => {
                ui.problems(&problems.0);
                ExitCode::from(FAILED)
            }
        },
        Err(error) => refused(&error, &ui),
    }
}

/// A result that did not come out whole is none.
fn whole(ui: &Ui) -> Result<(), Problems> {
    let Some(kind) = ui.lost() else { return Ok(()) };
    let (why, hint) = files::why(kind);
    Err(Diagnostic::error("cannot-write", format!("结果没有写全：{why}")).hint(hint).into())
}

/// Whether the program was opened like a document and not called on a command line: by a double click on
/// Windows, or without a terminal in the folder of a project.
#[cfg(windows)]
fn is_opened(_: &Ui) -> bool {
    crabtrap::started_by_explorer()
}

/// Whether the program was opened like a document and not called on a command line.
#[cfg(not(windows))]
fn is_opened(ui: &Ui) -> bool {
    !ui.has_terminal() && std::path::Path::new("facts").is_dir()
}

fn refused(error: &Error, ui: &Ui) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.result(error.render().to_string().as_bytes());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.say(&error.render().to_string());
            ExitCode::from(FAILED)
        }
        _ => {
            ui.say(&format!("错误：{}\n怎么改：{}", what(error), mend(error)));
            ExitCode::from(FAILED)
        }
    }
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(many)) => many.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn what(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”"),
        ErrorKind::MissingRequiredArgument => format!("缺少{argument}"),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::TooManyValues => format!("“{argument}”后面多写了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{argument}”后面的内容个数不对"),
        ErrorKind::NoEquals => format!("“{argument}”要用等号连接内容"),
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能和“{}”一起用", context(error, ContextKind::PriorArg))
        }
        ErrorKind::InvalidUtf8 => "参数里有不能识别的字符".to_owned(),
        _ => "命令写得不对".to_owned(),
    }
}

fn mend(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .map(|kind| context(error, kind));
    let choices = context(error, ContextKind::ValidValue);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        return format!("是不是想用“{near}”？");
    }
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with(['—', '－', '–']) => {
            "请用英文输入法的两个减号 --（现在是中文破折号）".to_owned()
        }
        ErrorKind::InvalidValue if !choices.is_empty() => format!("可以写：{choices}"),
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            _ if argument.starts_with("--to") => "步号见 huibao undo --list".to_owned(),
            Some(why) if [DAY, KINDS, PAIR].contains(&why.to_string().as_str()) => why.to_string(),
            _ => "年度请写四位数字，例如 2011".to_owned(),
        },
        _ => "用 huibao --help 查看全部用法，用 huibao 命令 --help 查看这个命令的用法".to_owned(),
    }
}
