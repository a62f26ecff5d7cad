//! `huibao serve`: the page in the browser.

use std::path::Path;

use super::{Done, Outcome};
use crate::cli::Serve;
use crate::diag::Diagnostic;
use crate::serve::Server;
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Serve, ui: &Ui) -> Done {
    if !project.is_dir() {
        return Err(Diagnostic::error("no-such-folder", format!("没有“{}”这个文件夹", project.display()))
            .hint("请核对文件夹的名称，或先建好它")
            .into());
    }
    let server = Server::bind(project, arguments.port)?;
    let address = server.address();
    ui.result(format!("{address}\n").as_bytes());
    let version = env!("CARGO_PKG_VERSION");
    let doing = if arguments.no_open { "" } else { "，正在打开浏览器……" };
    ui.say(&format!("汇报 {version} 已启动{doing}"));
    ui.say(&format!("如果没有自动打开，请在浏览器地址栏输入：{address}"));
    ui.say("本程序不联网，数据只在这台电脑上。");
    ui.say("用完后关闭这个窗口即可退出。");
    if !arguments.no_open && opener::open_browser(server.address_once()?).is_err() {
        ui.say("浏览器没有打开，请自己打开浏览器，输入上面的网址。");
    }
    server.run()?;
    Ok(Outcome::Fine)
}
