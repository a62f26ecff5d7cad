//! `huibao new`: a small project that renders at once.

use super::{Done, Outcome};
use crate::cli::New;
use crate::project::{founding, starter};
use crate::ui::Ui;

pub(super) fn run(arguments: &New, ui: &Ui) -> Done {
    let folder = arguments.folder.as_path();
    let files = founding::create(folder, &starter::small(), "请换一个新的文件夹名；已有的文件不会被改动")?;
    files.iter().for_each(|file| ui.say(&format!("已写好 {}", folder.join(file).display())));
    ui.say(&format!("现在可以生成报告：huibao -C {} render -o 汇报.docx", folder.display()));
    Ok(Outcome::Fine)
}
