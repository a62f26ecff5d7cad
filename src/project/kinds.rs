//! Kinds of reports that are ready to use: a template each, one registry and one fact base for all of them, of which a
//! new project gets what its reports need.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::amend::Amended;
use super::founding::NewFile;
use super::settings::{OF, REPORTS};
use super::starter;
use super::stored::{Edits, Texts};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems, nearest};
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::facts::of_report;
use crate::facts::registry::{Indicator, Registry};
use crate::period::{Period, Span};

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// How staff know it: `乡镇政府工作报告`.
    pub name: &'static str,
    /// The name of its template.
    pub template: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// The part of the year that it is written of; nothing for a whole year.
    pub part: Option<&'static str>,
}

/// All kinds, those that most offices write first.
pub const KINDS: [Kind; 9] = [
    Kind {
        name: "乡镇政府工作报告",
        template: "政府工作报告",
        about: "镇长向人民代表大会作的报告：一年工作回顾、问题、明年目标和安排，附目标完成表。街道没有",
        part: None,
    },
    Kind {
        name: "人大主席团工作报告",
        template: "人大主席团工作报告",
        about: "主席团向人民代表大会作的报告：监督、代表活动、建议办理、票决实事。街道没有",
        part: None,
    },
    Kind {
        name: "党建工作总结",
        template: "党建工作总结",
        about: "组织设置、党员队伍、阵地经费、整顿提升，年终总结或者述职用",
        part: None,
    },
    Kind {
        name: "安全生产工作总结",
        template: "安全生产工作总结",
        about: "事故、隐患排查整治、执法、应急，报县安委会办公室",
        part: None,
    },
    Kind {
        name: "乡村振兴工作汇报",
        template: "乡村振兴工作汇报",
        about: "监测帮扶、衔接资金和项目、集体经济、乡村建设",
        part: None,
    },
    Kind {
        name: "平安建设工作汇报",
        template: "平安建设工作汇报",
        about: "矛盾调处、信访、治安、网格、反诈，报县委政法委",
        part: None,
    },
    Kind {
        name: "财政预算执行情况报告",
        template: "财政预算执行情况报告",
        about: "上年预算执行和当年预算草案，附收支表，提请人民代表大会审查。街道没有",
        part: None,
    },
    Kind {
        name: "上半年工作总结",
        template: "上半年工作总结",
        about: "1—6月主要指标、完成年度目标的进度、各项工作和下半年打算",
        part: Some("上半年"),
    },
    Kind {
        name: POLITICAL_CONFERENCE,
        template: POLITICAL_CONFERENCE,
        about: "政协联络工委的汇报，附近三年的投资、协商、捐助",
        part: None,
    },
];

/// The kind that has an example of its own, of other years.
const POLITICAL_CONFERENCE: &str = "政协工作汇报";

/// What all kinds but one are taken from.
const BASE: [(&str, &str); 15] = [
    ("facts/指标", include_str!("kinds/facts/指标.yaml")),
    ("facts/2023", include_str!("kinds/facts/2023.yaml")),
    ("facts/2024", include_str!("kinds/facts/2024.yaml")),
    ("facts/2025", include_str!("kinds/facts/2025.yaml")),
    ("facts/2023上半年", include_str!("kinds/facts/2023上半年.yaml")),
    ("facts/2024上半年", include_str!("kinds/facts/2024上半年.yaml")),
    ("facts/2025上半年", include_str!("kinds/facts/2025上半年.yaml")),
    ("templates/政府工作报告", include_str!("kinds/templates/政府工作报告.hbs")),
    ("templates/人大主席团工作报告", include_str!("kinds/templates/人大主席团工作报告.hbs")),
    ("templates/党建工作总结", include_str!("kinds/templates/党建工作总结.hbs")),
    ("templates/安全生产工作总结", include_str!("kinds/templates/安全生产工作总结.hbs")),
    ("templates/乡村振兴工作汇报", include_str!("kinds/templates/乡村振兴工作汇报.hbs")),
    ("templates/平安建设工作汇报", include_str!("kinds/templates/平安建设工作汇报.hbs")),
    ("templates/财政预算执行情况报告", include_str!("kinds/templates/财政预算执行情况报告.hbs")),
    ("templates/上半年工作总结", include_str!("kinds/templates/上半年工作总结.hbs")),
];

/// The kind that words name: by its whole name, or by a part that no other has.
///
/// # Errors
/// No kind has this name, or several have this part of it.
pub fn named(words: &str) -> Result<Kind, Diagnostic> {
    let words = words.trim();
    let is = |kind: &&Kind| kind.name == words || kind.template == words;
    if let Some(kind) = KINDS.iter().find(is) {
        return Ok(*kind);
    }
    let fitting: Vec<&Kind> =
        KINDS.iter().filter(|kind| !words.is_empty() && kind.name.contains(words)).collect();
    let names = |kinds: &[&Kind]| kinds.iter().map(|kind| kind.name).collect::<Vec<_>>().join("、");
    match fitting.as_slice() {
        [only] => Ok(**only),
        [] => {
            let hint = match nearest(words, KINDS.iter().map(|kind| kind.name)) {
                Some(near) => format!("是不是“{near}”？"),
                None => format!("有这些：{}", names(&KINDS.iter().collect::<Vec<_>>())),
            };
            Err(Diagnostic::error("unknown-kind-of-report", format!("没有“{words}”这种报告")).hint(hint))
        }
        several => {
            let message = format!("名称里有“{words}”的报告有{}种", several.len());
            Err(Diagnostic::error("which-kind", message).hint(format!("请写全：{}", names(several))))
        }
    }
}

/// Everything that all kinds but that of the political conference are taken from, as one project.
pub fn base() -> Project {
    let settings = settings_of(&KINDS.iter().collect::<Vec<_>>());
    Project::of(BASE.into_iter().map(owned).chain(settings.map(|text| ("项目".to_owned(), text))).collect())
}

fn owned((id, text): (&str, &str)) -> (String, String) {
    (id.to_owned(), text.to_owned())
}

/// The files of a new project with these kinds, sample facts among them.
///
/// # Errors
/// The political conference beside others: its sample is of other years.
pub fn files(kinds: &[Kind]) -> Result<Vec<NewFile>, Problems> {
    if kinds.iter().any(|kind| kind.name == POLITICAL_CONFERENCE) {
        return match kinds {
            [_] => Ok(starter::example()),
            _ => Err(Diagnostic::error("kinds-apart", "政协工作汇报的示例是2011年的，不能和别的一起新建")
                .hint("请先建别的，再把它加进那个项目")
                .into()),
        };
    }
    let base = base();
    let wanted = needed(&base, kinds, &|_| false)?;
    let mut files = vec![("facts/指标.yaml".to_owned(), registry_of(base.texts(), &wanted).into_bytes())];
    for year in base.years() {
        let is_asked_for = year.is_year() || kinds.iter().any(|kind| is_of(kind, year));
        if is_asked_for {
            files.push((facts::file(year), facts_of(&base, year, &wanted, kinds)?.into_bytes()));
        }
    }
    for kind in kinds {
        let text = Text::Template(kind.template.to_owned());
        files.push((text.name(), base.texts().words(&text).as_bytes().to_vec()));
    }
    let settings = settings_of(&kinds.iter().collect::<Vec<_>>());
    files.extend(settings.map(|text| ("项目.yaml".to_owned(), text.into_bytes())));
    Ok(files)
}

/// Whether a kind is written of a part of the year.
fn is_of(kind: &Kind, period: Period) -> bool {
    kind.part.and_then(Span::parse).is_some_and(|span| span.has(period))
}

/// `项目.yaml`, where a report is written of a part of the year.
fn settings_of(kinds: &[&Kind]) -> Option<String> {
    let parts: Vec<String> = kinds
        .iter()
        .filter_map(|kind| Some(format!("  {}: {{{OF}: {}}}\n", kind.template, kind.part?)))
        .collect();
    (!parts.is_empty()).then(|| format!("# 哪份报告写哪一期；没有写的是全年\n{REPORTS}:\n{}", parts.concat()))
}

/// The indicators that the templates of kinds name, with all that these are computed from and checked against. What
/// `is_there` already is not gone behind.
fn needed(
    base: &Project,
    kinds: &[Kind],
    is_there: &dyn Fn(&str) -> bool,
) -> Result<BTreeSet<String>, Problems> {
    let (registry, templates) = (base.registry()?, base.templates()?);
    let named = kinds.iter().flat_map(|kind| templates.uses(kind.template));
    let mut open: Vec<&str> = named.filter_map(|(path, _)| indicator_of(&registry, path)).collect();
    let mut wanted = BTreeSet::new();
    while let Some(path) = open.pop() {
        if wanted.insert(path.to_owned())
            && !is_there(path)
            && let Some(indicator) = registry.indicators.get(path)
        {
            open.extend(indicator.reads());
        }
    }
    Ok(wanted)
}

/// The indicator that a name in a template means: itself, or the ledger whose column it is.
fn indicator_of<'r>(registry: &'r Registry, path: &str) -> Option<&'r str> {
    let ledger = path.rsplit_once('.').map(|(ledger, _)| ledger);
    let found = [Some(path), ledger].into_iter().flatten().find_map(|path| registry.indicators.get(path));
    found.map(|indicator| indicator.path.as_str())
}

/// The registry with some of its entries. An entry is a line and the indented ones below it; a heading stays where
/// something stands under it.
fn registry_of(texts: &Texts, wanted: &BTreeSet<String>) -> String {
    let mut kept = Vec::new();
    let mut keeps = true;
    for line in texts.words(&Text::Registry).lines() {
        let is_entry = !line.is_empty() && !line.starts_with([' ', '#']);
        if is_entry {
            keeps = line.split_once(':').is_some_and(|(path, _)| wanted.contains(path));
        }
        if !line.starts_with(' ') && !is_entry || keeps {
            kept.push(line);
        }
    }
    headed(&kept)
}

/// Lines without headings under which nothing stands, and with one blank line between parts.
fn headed(lines: &[&str]) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let behind = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
        let over_nothing = line.starts_with('#') && behind.is_none_or(|next| next.starts_with('#'));
        let is_blank = line.trim().is_empty();
        if !over_nothing && !(is_blank && (text.is_empty() || text.ends_with("\n\n"))) {
            text.push_str(line);
            text.push('\n');
        }
    }
    format!("{}\n", text.trim_end())
}

/// The facts of a period with some of its indicators; of those that belong to a report only those of these kinds.
fn facts_of(
    base: &Project,
    year: Period,
    wanted: &BTreeSet<String>,
    kinds: &[Kind],
) -> Result<String, Problems> {
    let text = base.texts().words(&Text::Year(year));
    let of_year = &base.facts()?.years[&year].facts;
    let is_wanted = |path: &str| match (of_report::registered(path), of_report::report(path)) {
        (Some(registered), Some(report)) => {
            wanted.contains(&registered) && kinds.iter().any(|kind| kind.template == report)
        }
        _ => wanted.contains(path),
    };
    let unwanted = of_year.keys().filter(|path| !is_wanted(path));
    let gone: Vec<FactEdit> = unwanted.map(|path| FactEdit::Remove { path: path.to_string() }).collect();
    let kept = edit::apply(text, &gone).map_err(|error| {
        Diagnostic::error("cannot-edit", format!("{}没有取出来：{error}", facts::file(year)))
    })?;
    Ok(headed(&kept.lines().collect::<Vec<_>>()))
}

/// Adds kinds to a project that is there: their templates, what the registry does not have yet, and blanks for the facts
/// that nobody has filled in, in the newest year.
///
/// # Errors
/// A template of that name is there, the same name is registered as something else, or the project has errors.
pub fn add(project: &Project, kinds: &[Kind]) -> Result<Edits, Problems> {
    let mut amended = Amended::of(project)?;
    for kind in kinds {
        add_one(&mut amended, &sample_of(*kind), *kind)?;
    }
    Ok(amended.edits().clone())
}

/// A project in which the sample of a kind is.
pub fn sample_of(kind: Kind) -> Project {
    if kind.name == POLITICAL_CONFERENCE { conference() } else { base() }
}

/// The example as a project.
fn conference() -> Project {
    let text = |(name, bytes): NewFile| {
        let id = Text::of_file(&name)?.id();
        Some((id, String::from_utf8_lossy(&bytes).into_owned()))
    };
    Project::of(starter::example().into_iter().filter_map(text).collect())
}

fn add_one(amended: &mut Amended, source: &Project, kind: Kind) -> Result<(), Problems> {
    let template = Text::Template(kind.template.to_owned());
    let content = source.texts().words(&template).to_owned();
    if !amended.text(&template).is_empty() && amended.text(&template) != content {
        return Err(Diagnostic::error("template-exists", format!("已经有 {}", template.name()))
            .hint("要用新的，请先把原来的改名")
            .into());
    }
    let (registry, known) = (source.registry()?, amended.project().registry()?);
    let wanted = needed(source, &[kind], &|path| known.indicators.contains_key(path))?;
    let clashes: Vec<Diagnostic> = wanted
        .iter()
        .filter_map(|path| clash(registry.indicators.get(path)?, known.indicators.get(path)?))
        .collect();
    if !clashes.is_empty() {
        return Err(Problems(clashes));
    }
    let new: BTreeSet<String> =
        wanted.iter().filter(|path| !known.indicators.contains_key(path)).cloned().collect();
    register(amended, source, kind, &new);
    amended.put(&template, content);
    blanks(amended, &registry, kind, &wanted)?;
    if let Some(part) = kind.part {
        let path = format!("{REPORTS}.{}.{OF}", kind.template);
        amended.edit(&Text::Settings, &[FactEdit::Set { path, value: part.to_owned() }])?;
    }
    Ok(())
}

/// One name, and two things that are meant.
fn clash(wanted: &Indicator, known: &Indicator) -> Option<Diagnostic> {
    let said = |one: &Indicator| {
        let unit = one.unit.as_ref().map(|unit| format!("，单位{unit}")).unwrap_or_default();
        format!("{}{unit}", one.kind.label())
    };
    let base = |one: &Indicator| one.unit.as_ref().map(|unit| unit.base.clone());
    let same = wanted.kind == known.kind && base(wanted) == base(known);
    (!same).then(|| {
        let message = format!("“{}”已经登记成{}，这份报告里是{}", known.path, said(known), said(wanted));
        let problem = Diagnostic::error("kind-clash", message)
            .hint("两个说的不是一件事的，请先给原来的改一个名称，再加这份报告");
        match &known.place {
            Some(place) => problem.at(place),
            None => problem,
        }
    })
}

/// Entries for the registry, under the name of the kind.
fn register(amended: &mut Amended, source: &Project, kind: Kind, new: &BTreeSet<String>) {
    if new.is_empty() {
        return;
    }
    let entries = registry_of(source.texts(), new);
    let entries: String = entries.lines().filter(|line| !line.starts_with('#')).map(line_of).collect();
    let old = amended.text(&Text::Registry).trim_end().to_owned();
    let gap = if old.is_empty() { "" } else { "\n\n" };
    amended.put(&Text::Registry, format!("{old}{gap}# {}\n{}\n", kind.name, entries.trim()));
}

fn line_of(line: &str) -> String {
    if line.trim().is_empty() { String::new() } else { format!("{line}\n") }
}

/// Lines to be filled in, in the newest year or the part of it that the report is of.
fn blanks(
    amended: &mut Amended,
    registry: &Registry,
    kind: Kind,
    wanted: &BTreeSet<String>,
) -> Result<(), Problems> {
    let Ok(newest) = amended.project().period(None) else { return Ok(()) };
    let of = match kind.part.and_then(|part| Period::read(&format!("{}{part}", newest.whole().stem()))) {
        Some(part) => part,
        None => newest,
    };
    let text = Text::Year(of);
    if amended.text(&text).is_empty() {
        amended.put(&text, format!("{}\n", facts::first_line(of)));
    }
    let known = amended.project().registry()?;
    let figures = amended.project().figures(of)?;
    let in_order: IndexSet<&String> =
        registry.indicators.keys().filter(|path| wanted.contains(*path)).collect();
    let is_open = |path: &String| {
        // What may be typed as well (可填) is asked for by its ledger.
        let computed = known.indicators.get(path).is_some_and(|one| one.formula.is_some());
        !computed && figures.speaking(path, of).is_none()
    };
    let own = |path: &&String| of_report::own(path, kind.template).unwrap_or_else(|| (**path).clone());
    let open: Vec<FactEdit> = in_order
        .iter()
        .map(own)
        .filter(is_open)
        .map(|path| FactEdit::Set { path, value: String::new() })
        .collect();
    amended.edit(&text, &open)
}
