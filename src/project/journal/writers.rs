//! Every writer of the program with a change that it makes, for the laws.

use std::sync::Arc;

use super::Edit;
use crate::check::Confirmed;
use crate::diag::{About, Diagnostic, Fix, Place};
use crate::excel::proposal::{Edited as Filled, Proposal};
use crate::facts::edit::FactEdit;
use crate::import::review::{Decision, Review};
use crate::output::Format;
use crate::period::Period;
use crate::project::issued::Issue;
use crate::project::mapping::Meant;
use crate::project::returned::Returned;
use crate::project::review::Session;
use crate::project::stored::{Edited, Edits, Stored, Texts};
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::project::{adopt, another, confirm, draft, founding, golden, intake, mapping, rollover, starter};
use crate::report::Gaps;
use crate::{import, input, output};

const REPORT: &str = "云溪镇2024年工作总结\n\n一、党建\n\n全镇共有党员1536名，召开会议14次。\n";

/// A change that a writer makes, and the texts before it.
pub struct Writer {
    pub name: &'static str,
    pub texts: Vec<(Text, Vec<u8>)>,
    pub edits: Vec<Edit>,
}

/// All of them.
pub fn all() -> Vec<Writer> {
    vec![
        three_texts(),
        year(),
        samples(),
        confirmation(),
        heads(),
        workbook(),
        decision(),
        another_year(),
        issue(),
        came_back(),
        new_project(),
        repair(),
        value(),
        indicator(),
    ]
}

fn writer(name: &'static str, project: &Project, edits: &Edits) -> Writer {
    let texts = project.texts().iter().map(|(text, stored)| (text.clone(), stored.bytes().to_vec()));
    let edits = project.raw(edits).unwrap();
    assert!(!edits.is_empty(), "{name}");
    Writer { name, texts: texts.collect(), edits }
}

fn of_files(files: &[founding::NewFile]) -> Project {
    let mut texts = Texts::default();
    for (name, bytes) in files {
        let stored = Stored::new(name.as_str(), bytes.as_slice());
        texts.put(Text::of_file(name).unwrap(), Arc::new(stored));
    }
    Project::of(texts)
}

fn small() -> Project {
    of_files(&starter::small())
}

fn taken() -> adopt::From<'static> {
    adopt::From { file: "工作总结.docx", today: "2025-01-05".parse().unwrap() }
}

/// A report made final once more.
fn issue() -> Writer {
    let project = small();
    let how = Issue { file: None, on: taken().today, again: None };
    let project = project.with(&project.issue(None, Period::year(2025), how).unwrap());
    let again = Issue { again: Some("数字有误"), ..how };
    writer("issue", &project, &project.issue(None, Period::year(2025), again).unwrap())
}

fn draft_files() -> Vec<founding::NewFile> {
    let read = input::text(REPORT);
    let drafted = import::draft(&read.document, Period::year(2024), "工作总结").unwrap();
    adopt::contents(&drafted, &Review::of(&drafted, &read), taken()).unwrap()
}

fn imported() -> Project {
    of_files(&draft_files())
}

/// One that changes, one that goes, one that is new.
pub fn three_texts() -> Writer {
    let project = Project::of(Texts::from([("facts/2010", "old"), ("facts/2011", "gone")]));
    let mut edits = Edits::default();
    edits.add(project.texts(), Text::Year(Period::year(2010)), Edited::Text("new".into()));
    edits.add(project.texts(), Text::Year(Period::year(2011)), Edited::Gone);
    edits.add(project.texts(), Text::Template("汇报".into()), Edited::Text("template".into()));
    writer("three texts", &project, &edits)
}

fn year() -> Writer {
    let project = small();
    writer("year", &project, &rollover::edits(&project, Period::year(2026)).unwrap().1)
}

fn samples() -> Writer {
    let project = small();
    writer("golden", &project, &golden::edits(&project, &golden::samples(&project, true).unwrap()))
}

fn confirmation() -> Writer {
    let project = small();
    let about =
        About { path: "经济.财政收入".into(), year: Period::year(2025), value: "1512万元".into() };
    let confirmed = Confirmed {
        rule: "fact-swing".into(),
        about,
        by: "张三".into(),
        date: "2025-12-20".into(),
        note: String::new(),
    };
    writer("confirm", &project, &confirm::edits(project.texts(), confirmed).unwrap())
}

fn heads() -> Writer {
    let project = small();
    let meant = Meant { ledger: "项目".into(), head: "项目名称".into(), column: "名称".into() };
    writer("heads", &project, &mapping::edits(project.texts(), &[meant]).unwrap())
}

fn workbook() -> Writer {
    let project = small();
    let filled = |year: Period| {
        let before = Arc::clone(project.texts().get(&Text::Year(year)).unwrap().source().unwrap());
        Filled { year, after: format!("{}\n# 导入\n", before.text), before }
    };
    let mut proposal = Proposal::default();
    proposal.mapping = vec![("项目".into(), "项目名称".into(), "名称".into())];
    let edits = intake::edits(&project, &[filled(Period::year(2024)), filled(Period::year(2025))], &proposal)
        .unwrap();
    writer("workbook", &project, &edits)
}

fn decision() -> Writer {
    let project = imported();
    let session = Session::newest(&project).unwrap();
    let session = session.decided(0, &[Decision::Rename { to: "党员.总数".into() }]).unwrap();
    writer("decision", &project, &session.edits().unwrap())
}

fn another_year() -> Writer {
    let project = imported();
    let read = input::text(&REPORT.replace("2024", "2025").replace("1536", "1601"));
    let (_, edits) = another::add(&project, &read, Period::year(2025), None, taken()).unwrap();
    writer("another year", &project, &edits)
}

fn came_back() -> Writer {
    let project = small();
    let report = project.rendered(None, Period::year(2025), Gaps::Refuse).unwrap().document;
    let written = |format| output::write(&report, format).unwrap();
    let changed = String::from_utf8(written(Format::Txt)).unwrap().replace("18个行政村", "17个行政村");
    let sent = input::held(&written(Format::Docx), "稿.docx").unwrap();
    let read = input::Read { document: input::text(&changed).document, ..sent };
    let returned = Returned::of(&project, &read).unwrap().unwrap();
    let edit = returned.edits().unwrap().into_iter().find(|edit| edit.new.contains("17个")).unwrap();
    let taken = returned.taking(&[edit]).unwrap();
    writer("report that came back", &project, taken.returned.taken_over())
}

fn new_project() -> Writer {
    let project = Project::of(Texts::default());
    writer("new project", &project, &founding::edits(&project, &draft_files()).unwrap())
}

fn repair() -> Writer {
    let project = small();
    let (_, stored) = project.texts().iter().find(|(text, _)| matches!(text, Text::Template(_))).unwrap();
    let fix = Some(Fix { span: 0..0, new: "{{!-- 改过 --}}\n".into() });
    let found = Diagnostic::error("x", "y").at(&Place::new(stored.source().unwrap(), 0..0));
    writer("repair", &project, &draft::mend_templates(&project, &[Diagnostic { fix, ..found }]).1)
}

fn value() -> Writer {
    let project = small();
    let change = FactEdit::Set { path: "民生.培训".into(), value: "400人次".into() };
    let edits = Edits::one(project.texts(), Text::Year(Period::year(2025)), Edited::Values(vec![change]));
    writer("a value on the page", &project, &edits)
}

fn indicator() -> Writer {
    let project = small();
    let longer = |text: &Text| Edited::Text(format!("{}\n# 新增\n", project.texts().words(text)));
    let mut edits = Edits::default();
    for text in [Text::Registry, Text::Year(Period::year(2025))] {
        let edited = longer(&text);
        edits.add(project.texts(), text, edited);
    }
    writer("an indicator on the page", &project, &edits)
}
