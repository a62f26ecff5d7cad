//! `huibao import`: a finished report becomes a project, or another year of one.

use std::io::{BufRead, Lines, StdinLock};
use std::path::{Path, PathBuf};

use super::{Done, Outcome, today, written};
use crate::cli::{Import, ImportFormat};
use crate::diag::{Act, Diagnostic, Elsewhere, Problems};
use crate::files;
use crate::import::edits::Edit;
use crate::import::proposals::{self, Row};
use crate::import::review::{Decision, Item, Review};
use crate::import::tidy::Mending;
use crate::import::{self, Draft, extract};
use crate::input::Read;
use crate::period::Period;
use crate::project::returned::Returned;
use crate::project::review::{Applied, Session};
use crate::project::stored::{Edited, Edits};
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::project::{adopt, another, draft, founding, review, tidy};
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Import, ui: &Ui) -> Done {
    if let Some(table) = &arguments.apply {
        return applied(&Project::open(project), table, ui);
    }
    let Some(file) = &arguments.file else {
        return gone_through(&Project::open(arguments.into.as_deref().unwrap_or(project)), ui);
    };
    let read = draft::read(file)?;
    let folder = folder(project, arguments, file);
    let (read, mendings) = ordered(read, arguments, &folder, ui);
    if arguments.dry_run {
        return listed(&read, arguments.format, ui);
    }
    ui.problems(&read.warnings);
    let project = Project::open(&folder);
    if project.texts().has_facts() {
        if let Some(returned) = Returned::of(&project, &read)? {
            return came_back(returned, &project, file, arguments.review, ui);
        }
        return added(&project, file, &read, arguments, ui);
    }
    let drafted = drafted(file, &read, arguments)?;
    let mut review = Review::of(&drafted, &read);
    review.tidied(&mendings);
    created(&folder, &drafted, &review, &draft::name(file), ui)?;
    if arguments.review { gone_through(&Project::open(&folder), ui) } else { Ok(Outcome::Fine) }
}

/// The report tidied where that was asked for; else it stays to the letter, and what could be done is told.
fn ordered(read: Read, arguments: &Import, folder: &Path, ui: &Ui) -> (Read, Vec<Mending>) {
    let (tidied, mendings) = tidy::tidied(&read);
    let said = || tidy::summary(&mendings).iter().for_each(|line| ui.say(&format!("  {line}")));
    if arguments.tidy {
        let done = if arguments.dry_run { "要整理" } else { "整理了" };
        ui.say(&format!("{done}{}处{}", mendings.len(), if mendings.is_empty() { "。" } else { "：" }));
        said();
        return (tidied, mendings);
    }
    if tidy::is_due(&mendings) && !arguments.dry_run {
        ui.say("这份报告像是从网页复制来的，现在照原样导入。加 --tidy 可以先整理：");
        said();
        let again = format!("  要整理，请先删去“{}”，再加 --tidy 导入", folder.display());
        ui.say(if folder.join("facts").is_dir() {
            "  要整理，请先撤销这次导入，再加 --tidy 导入"
        } else {
            &again
        });
    }
    (read, Vec::new())
}

/// The numbers that were found, nothing written.
fn listed(read: &Read, format: Option<ImportFormat>, ui: &Ui) -> Done {
    let text = match &read.written {
        Some(written) => written.text.clone(),
        None => import::text(&read.document),
    };
    match format {
        Some(ImportFormat::Json) => ui.result(format!("{:#}\n", extract::to_json(&text)).as_bytes()),
        Some(ImportFormat::Text) | None => ui.result(extract::table(&text).as_bytes()),
    }
    Ok(Outcome::Fine)
}

fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// Where the project goes: as asked, else the project at hand, else a new folder named after the report.
fn folder(project: &Path, arguments: &Import, file: &Path) -> PathBuf {
    match &arguments.into {
        Some(folder) => folder.clone(),
        None if project.join("facts").is_dir() => project.to_owned(),
        None if project == Path::new(".") => PathBuf::from(stem(file)),
        None => project.join(stem(file)),
    }
}

fn year(file: &Path, read: &Read, arguments: &Import) -> Result<Period, Diagnostic> {
    arguments.year.or_else(|| import::year(&read.document, &stem(file))).ok_or_else(|| {
        Diagnostic::error("no-year", "报告的标题、开头和文件名里都没有年份，不知道是哪一年的")
            .hint("请加上 --year，例如 huibao import 汇报.docx --year 2010")
    })
}

fn drafted(file: &Path, read: &Read, arguments: &Import) -> Result<Draft, Diagnostic> {
    let year = year(file, read, arguments)?;
    let name = arguments.template.clone().unwrap_or_else(|| import::name(&read.document, &stem(file)));
    import::draft(&read.document, year, &name)
}

/// Another year of a project.
fn added(project: &Project, file: &Path, read: &Read, arguments: &Import, ui: &Ui) -> Done {
    let year = year(file, read, arguments)?;
    let name = draft::name(file);
    let from = adopt::From { file: &name, today: today() };
    let (added, edits) = another::add(project, read, year, arguments.template.as_deref(), from)?;
    written(project, &edits, &format!("从“{name}”导入{year}"))?;
    ui.say(&format!("已从{}填好{}个事实。", added.review.title, added.facts));
    for (head, lines) in &added.review.notes {
        ui.say(&format!("  {head}：{}处", lines.len()));
    }
    let same = if added.same {
        "项目生成的这一年报告和它一字不差。"
    } else {
        "和模板不同的地方都列在核对表里。"
    };
    ui.say(&format!("  {same}核对表：{}", project.place().join(&added.page).display()));
    Ok(Outcome::Fine)
}

/// A new project.
fn created(folder: &Path, drafted: &Draft, review: &Review, file: &str, ui: &Ui) -> Done {
    let contents = adopt::contents(drafted, review, adopt::From { file, today: today() })?;
    founding::create(folder, &contents, Act::Elsewhere(Elsewhere::Taken))?;
    let shown = folder.display();
    ui.say(&format!(
        "已把{}写成项目“{shown}”：{}个指标，{}个请核对。",
        review.title,
        review.items.len(),
        review.open()
    ));
    let page = folder.join(adopt::REVIEW);
    ui.say(&format!(
        "  核对：打开 {}，填好后 huibao -C {shown} import --apply {}",
        page.display(),
        page.display()
    ));
    ui.say(&format!("  或者：huibao -C {shown} import --review 在这里逐条核对"));
    ui.say(&format!("  生成：huibao -C {shown} render -o 汇报.docx"));
    Ok(Outcome::Fine)
}

/// A report that we wrote and somebody changed.
fn came_back(returned: Returned, project: &Project, file: &Path, review: bool, ui: &Ui) -> Done {
    let edits = returned.edits()?;
    if edits.is_empty() {
        ui.say(&format!("{}和项目生成的一样，没有改动。", returned.title()));
        return Ok(Outcome::Fine);
    }
    ui.say(&format!("这是本项目生成的{}，稿件改了{}处。", returned.title(), edits.len()));
    if review {
        return taken_over(returned, project, &edits, ui);
    }
    let rows = returned.rows(&edits)?;
    for (index, row) in rows.iter().enumerate() {
        ui.say(&format!("  {}. {}：“{}”→“{}”", index + 1, row.what, row.old, row.new));
        if !row.note.is_empty() {
            ui.say(&format!("     说明：{}", row.note));
        }
    }
    let shown = Text::Proposals.path(project.place()).display().to_string();
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let page = proposals::page(&returned.title(), &file.display().to_string(), &shown, &rows);
    let page = Edits::one(project.texts(), Text::Proposals, Edited::Text(page));
    written(project, &page, &format!("列出{}的改动", returned.title()))?;
    ui.say(&format!(
        "  逐处处理：打开 {shown}，填好后 huibao -C {} import --apply {shown}",
        project.place().display()
    ));
    ui.say("  或者在这条命令后加 --review，在这里逐处采纳");
    Ok(Outcome::Found)
}

/// Change by change in the terminal.
fn taken_over(mut returned: Returned, project: &Project, edits: &[Edit], ui: &Ui) -> Done {
    ui.say("每处：y 采纳，a 连同后面的全部采纳，回车 不采纳，q 停止。");
    let mut answers = std::io::stdin().lock().lines();
    let rows = returned.rows(edits)?;
    let (mut project, mut done) = (project.clone(), 0);
    for (index, row) in rows.iter().enumerate() {
        let Row { what, old, new, around, note, .. } = row;
        ui.say(&format!("\n[{}/{}] {what}\n  “{old}”→“{new}”\n  {around}", index + 1, rows.len()));
        if !note.is_empty() {
            ui.say(&format!("  说明：{note}"));
        }
        let chosen = match line(&mut answers)?.as_deref() {
            Some("y" | "Y" | "是") => &rows[index..=index],
            Some("a" | "A") => &rows[index..],
            None | Some("q" | "Q") => break,
            Some(_) => continue,
        };
        let taken = returned.decided(chosen.iter().map(Row::wanted).collect())?;
        if taken.done > 0 {
            project = written(&project, taken.returned.taken_over(), &format!("采纳改稿 {what}"))?;
            returned = taken.returned.written(&project)?;
        }
        done += taken.done;
        ui.problems(&taken.failed);
        if chosen.len() > 1 {
            break;
        }
    }
    ui.say(&format!("采纳了{done}处。"));
    Ok(Outcome::Fine)
}

/// A table of changes that somebody filled in.
fn decided(project: &Project, table: &Path, file: &str, rows: Vec<Row>, ui: &Ui) -> Done {
    let read = draft::read(&beside(Path::new(file), table))?;
    let Some(returned) = Returned::of(project, &read)? else {
        return Err(Diagnostic::error("not-ours", format!("“{file}”不是本项目生成的报告"))
            .hint("请核对 -C 后面的项目文件夹")
            .into());
    };
    let decided = returned.decided(rows)?;
    let shown = table.display().to_string();
    let page = proposals::page(&returned.title(), file, &shown, &decided.rows);
    let mut edits = decided.returned.taken_over().clone();
    let own = project.text_at(table) == Some(Text::Proposals);
    if own {
        edits.add(project.texts(), Text::Proposals, Edited::Text(page.clone()));
    }
    written(project, &edits, &format!("采纳改稿{}处", decided.done))?;
    if !own {
        files::write(table, page.as_bytes())?;
    }
    ui.problems(&decided.failed);
    ui.say(&format!("采纳了{}处，没办成{}处。", decided.done, decided.failed.len()));
    if decided.followed > 0 {
        ui.say(&format!("  另有{}处跟着变了，列在核对表最后", decided.followed));
    }
    if !decided.failed.is_empty() {
        ui.say("  没办成的，原因写在核对表的“说明”一栏");
    }
    Ok(if decided.failed.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// The report where the sheet says it is, else where it stands beside the sheet.
fn beside(file: &Path, table: &Path) -> PathBuf {
    let near = file.file_name().map(|name| files::folder_of(table).join(name));
    near.filter(|near| !file.exists() && near.exists()).unwrap_or_else(|| file.to_owned())
}

/// A table that somebody filled in.
fn applied(project: &Project, table: &Path, ui: &Ui) -> Done {
    if matches!(files::extension(table).as_str(), "md" | "txt")
        && let Some((file, rows)) = proposals::read(&draft::read(table)?.document)
    {
        return decided(project, table, &file, rows, ui);
    }
    let Applied { session, done, failed } = review::apply(project, table)?;
    written(project, &session.edits()?, &format!("导入核对：办好{done}条"))?;
    session.note_elsewhere()?;
    ui.problems(&failed);
    ui.say(&format!("核对表办好{done}条，没办成{}条。", failed.len()));
    Ok(if failed.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// Row by row in the terminal.
fn gone_through(project: &Project, ui: &Ui) -> Done {
    let (mut session, mut project) = (Session::newest(project)?, project.clone());
    ui.say(&format!(
        "请核对{}条。每条：回车 接受；输入新名称 改名；n 不是要每年更新的数；q 先停，下次接着核对。",
        session.left()
    ));
    let gone: Vec<&str> = session.gone().collect();
    if !gone.is_empty() {
        ui.say(&format!("  {}条已经改名或删去，跳过：{}", gone.len(), gone.join("、")));
    }
    let mut answers = std::io::stdin().lock().lines();
    let mut at = 0;
    while let Some(index) = session.next(at) {
        match asked(&session.items[index], index, session.items.len(), &mut answers, ui)? {
            Answer::Decided(decisions) => {
                let label = format!("导入核对 {}", session.items[index].path);
                let decided = session.decided(index, &decisions).and_then(|next| {
                    let project = written(&project, &next.edits()?, &label)?;
                    Ok((next.written(&project)?, project))
                });
                at = match decided {
                    Ok(next) => {
                        (session, project) = next;
                        index + 1
                    }
                    Err(problems) => {
                        ui.problems(&problems.0);
                        index
                    }
                };
            }
            Answer::Later => at = index + 1,
            Answer::Stop => break,
        }
    }
    ui.say(&match session.left() {
        0 => "都核对好了。".to_owned(),
        left => format!("还有{left}条，接着核对：huibao import --review"),
    });
    Ok(Outcome::Fine)
}

/// What somebody answered.
enum Answer {
    Decided(Vec<Decision>),
    Later,
    Stop,
}

fn asked(
    item: &Item,
    index: usize,
    all: usize,
    answers: &mut Lines<StdinLock<'_>>,
    ui: &Ui,
) -> Result<Answer, Problems> {
    ui.say(&format!(
        "\n[{}/{all}] {} = {}\n  {}\n  {}",
        index + 1,
        item.path,
        item.value,
        item.context,
        item.doubt
    ));
    let mut years = Vec::new();
    for year in item.years() {
        ui.say(&format!("  {year}是多少？（连单位，例如 12次；不知道就回车）"));
        let Some(answer) = line(answers)? else { return Ok(Answer::Stop) };
        match answer.as_str() {
            "q" | "Q" => return Ok(Answer::Stop),
            "n" | "N" => return Ok(Answer::Decided(vec![Decision::NotFact])),
            "" => return Ok(Answer::Later),
            value => years.push((year, value.to_owned())),
        }
    }
    if !years.is_empty() {
        return Ok(Answer::Decided(vec![Decision::Split { years }]));
    }
    let Some(answer) = line(answers)? else { return Ok(Answer::Stop) };
    Ok(match answer.as_str() {
        "" => Answer::Decided(vec![Decision::Accept]),
        "q" | "Q" => Answer::Stop,
        "n" | "N" => Answer::Decided(vec![Decision::NotFact]),
        name => Answer::Decided(vec![item.renamed(name)]),
    })
}

fn line(answers: &mut Lines<StdinLock<'_>>) -> Result<Option<String>, Diagnostic> {
    let unreadable =
        |_| Diagnostic::error("cannot-read", "读不到输入").hint("请在终端里运行，或改用 导入核对.md");
    Ok(answers.next().transpose().map_err(unreadable)?.map(|answer| answer.trim().to_owned()))
}
