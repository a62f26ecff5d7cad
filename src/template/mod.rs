//! Handlebars templates with Chinese helpers: figures + template → text that carries marks.
//!
//! 1. `guard` refuses what the engine would swallow or choke on, in the raw text.
//! 2. `pieces` hands it to the engine; `compile` walks the engine's tree, checks every name and rewrites it into numbered sites.
//! 3. [`render`] runs one template with a `session` that knows the figures, the window and the rows.
//! 4. `helpers` holds one row a helper; `call` hands it its arguments and refuses what is missing.
//!
//! `mentions` tells which names stand where in a text, so that they can be changed.

mod call;
mod compile;
mod engine;
mod given;
mod group;
mod guard;
mod helpers;
mod located;
mod made;
mod mentions;
mod pieces;
mod said;
mod session;
mod sites;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use handlebars::Handlebars;

use crate::diag::{Act, Choice, Diagnostic, Place, Problems, Source, nearest};
use crate::figures::Figures;
use crate::marked::{self, Marked};
use compile::{Compiler, Inclusion};
pub use guard::LARGEST;
pub use located::{From, Located, Piece, located};
pub use mentions::{Mention, Named, can_name, mentions, renamed};
use sites::{Site, Target, is_at_or_below, joined};
pub use words::{TemplatePiece, TemplateText};

/// Compiled templates of a project, ready to be rendered many times.
pub struct Templates {
    engine: Handlebars<'static>,
    sites: Vec<Site>,
    parts: BTreeMap<String, Part>,
    /// The names that any of them includes.
    included: BTreeSet<String>,
    /// The facts that names mean which templates are given, with the sites that give them.
    meant: Vec<(String, usize)>,
}

/// One template file.
struct Part {
    source: Arc<Source>,
    /// As it is written, once somebody asked.
    written: OnceLock<TemplateText>,
    sites: std::ops::Range<usize>,
    partials: Vec<Inclusion>,
}

impl Templates {
    /// Compiles templates from texts: name and content.
    ///
    /// # Errors
    /// Everything that is wrong in any of them.
    pub fn from_sources(texts: Vec<(String, String)>) -> Result<Templates, Problems> {
        let source = |(name, text): (String, String)| {
            let file = format!("templates/{name}.hbs");
            (name, Arc::new(Source::new(file, text)))
        };
        Templates::compile(texts.into_iter().map(source).collect())
    }

    /// The same from texts that know their names in the project.
    ///
    /// # Errors
    /// Everything that is wrong in any of them.
    pub fn compile(sources: Vec<(String, Arc<Source>)>) -> Result<Templates, Problems> {
        let (sites, parts, included) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        let mut templates = Templates { engine: engine::engine(), sites, parts, included, meant: Vec::new() };
        let problems: Vec<Diagnostic> =
            sources.iter().flat_map(|(name, source)| templates.add(name, source)).collect();
        let problems = if problems.is_empty() { templates.inclusions() } else { problems };
        let problems = if problems.is_empty() { templates.given() } else { problems };
        if problems.is_empty() { Ok(templates) } else { Err(Problems(problems)) }
    }

    fn add(&mut self, name: &str, source: &Arc<Source>) -> Vec<Diagnostic> {
        let problems = guard::inspect(source);
        if !problems.is_empty() {
            return problems;
        }
        let mut compiled = match pieces::compile(name, &source.text) {
            Ok(template) => template,
            Err(error) => return vec![compile::syntax_problem(source, &error)],
        };
        let start = self.sites.len();
        let mut compiler = Compiler::new(source, &mut self.sites);
        compiler.template(&mut compiled);
        let (partials, problems) = (compiler.partials, compiler.problems);
        self.engine.register_template(name, compiled);
        self.included.extend(partials.iter().map(|one| one.name.clone()));
        let (source, sites) = (Arc::clone(source), start..self.sites.len());
        self.parts.insert(name.to_owned(), Part { source, written: OnceLock::new(), sites, partials });
        problems
    }

    /// Partials that do not exist, and templates that include each other in a ring (the engine
    /// would overflow its stack).
    fn inclusions(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for part in self.parts.values() {
            for Inclusion { name, place, .. } in &part.partials {
                if !self.parts.contains_key(name) {
                    problems.push(self.unknown_partial(name, place));
                }
            }
        }
        for name in self.parts.keys() {
            let mut trail = Vec::new();
            if let Some(place) = self.ring(name, name, &mut trail) {
                let around = trail.join(" → ");
                problems.push(
                    Diagnostic::error("partial-cycle", format!("片段互相引用，绕成了圈：{around} → {name}"))
                        .at(place)
                        .hint("请去掉其中一处 {{> …}}"),
                );
            }
        }
        problems
    }

    /// Marks what templates name that they are given where they are included. All who include one give it the same, and
    /// nothing that it does not use.
    fn given(&mut self) -> Vec<Diagnostic> {
        let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for one in self.parts.values().flat_map(|part| &part.partials) {
            of.entry(one.name.clone()).or_default().extend(one.given.iter().map(|(name, _)| name.clone()));
        }
        for (part, names) in &of {
            let range = self.parts.get(part).map_or(0..0, |part| part.sites.clone());
            for site in &mut self.sites[range] {
                let Target::Fact(path) = &site.target else { continue };
                site.given = names.iter().any(|name| is_at_or_below(path, name));
            }
        }
        let mut problems = Vec::new();
        let mut meant = Vec::new();
        for one in self.parts.values().flat_map(|part| &part.partials) {
            for name in of.get(&one.name).into_iter().flatten() {
                let given = one.given.iter().find(|(given, _)| given == name);
                match (given, self.below(&one.name, name)) {
                    (Some(_), used) if used.is_empty() => problems.push(not_used(one, name)),
                    (None, used) if !used.is_empty() => problems.push(not_given(one, name)),
                    (Some((_, Some(site))), used) => meant.extend(self.meant(*site, used)),
                    _ => {}
                }
            }
        }
        self.meant = meant;
        problems
    }

    /// What a template names of something that it is given: the rest of each path.
    fn below(&self, part: &str, name: &str) -> BTreeSet<String> {
        let range = self.parts.get(part).map_or(0..0, |part| part.sites.clone());
        let path = |site: &Site| match &site.target {
            Target::Fact(path) if is_at_or_below(path, name) => {
                Some(path[name.len()..].trim_start_matches('.').to_owned())
            }
            _ => None,
        };
        self.sites[range].iter().filter_map(path).collect()
    }

    /// The facts that are meant where this is given, and so much of it is used.
    fn meant(&self, site: usize, used: BTreeSet<String>) -> Vec<(String, usize)> {
        match &self.sites[site].target {
            Target::Fact(path) if !self.sites[site].given => {
                used.iter().map(|below| (joined(path, below), site)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn unknown_partial(&self, name: &str, place: &Place) -> Diagnostic {
        let problem = Diagnostic::error("unknown-partial", format!("没有“{name}”这个片段")).at(place);
        match nearest(name, self.parts.keys().map(String::as_str)) {
            Some(near) => problem.hint(format!("是不是想用“{near}”？")),
            None => problem.hint(format!("片段是 templates/{name}.hbs 这样的文件，请先建好它")),
        }
    }

    fn ring<'t>(&'t self, start: &str, name: &'t str, trail: &mut Vec<&'t str>) -> Option<&'t Place> {
        if trail.contains(&name) {
            return None;
        }
        trail.push(name);
        for Inclusion { name: included, place, .. } in
            self.parts.get(name).map_or(&[][..], |part| &part.partials)
        {
            if included == start {
                return Some(place);
            }
            if let Some(found) = self.ring(start, included, trail) {
                return Some(found);
            }
        }
        trail.pop();
        None
    }

    /// Names of the reports: templates that no other includes and whose name does not begin with `_`.
    pub fn names(&self) -> Vec<&str> {
        self.parts.keys().map(String::as_str).filter(|name| self.is_report(name)).collect()
    }

    fn is_report(&self, name: &str) -> bool {
        !self.included.contains(name) && !name.starts_with('_')
    }

    /// The report asked for, or the only one.
    ///
    /// # Errors
    /// There is none of that name, or there are several and none is asked for.
    pub fn report(&self, wanted: Option<&str>) -> Result<&str, Diagnostic> {
        let there = wanted.and_then(|wanted| self.parts.get_key_value(wanted));
        if let Some((name, _)) = there.filter(|(name, _)| self.is_report(name)) {
            return Ok(name);
        }
        let names = self.names();
        match (wanted, names.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(Diagnostic::error("which-template", "这个项目有几个模板，不知道用哪一个").hint(
                Act::Choose {
                    what: Choice::Template,
                    of: names.iter().map(|name| (*name).to_owned()).collect(),
                },
            )),
            (Some(wanted), _) => {
                Err(Diagnostic::error("unknown-template", format!("没有“{wanted}”这个模板"))
                    .hint(format!("现有的模板：{}", names.join("、"))))
            }
        }
    }

    /// The sites of a template and of everything it includes.
    fn sites_of(&self, name: &str) -> Vec<usize> {
        let (mut seen, mut open, mut sites) = (BTreeSet::new(), vec![name], Vec::new());
        while let Some(name) = open.pop() {
            let Some(part) = self.parts.get(name).filter(|_| seen.insert(name)) else { continue };
            sites.extend(part.sites.clone());
            open.extend(part.partials.iter().map(|one| one.name.as_str()));
        }
        sites
    }

    /// The facts that some sites name, each with its site; of what a template is given those that are meant.
    fn facts_at(&self, sites: &[usize]) -> Vec<(&str, &Site)> {
        let own = sites.iter().map(|id| &self.sites[*id]).filter(|site| !site.given && !site.gives);
        let own = own.filter_map(|site| match &site.target {
            Target::Fact(path) => Some((path.as_str(), site)),
            _ => None,
        });
        let all: BTreeSet<usize> = sites.iter().copied().collect();
        let meant = self.meant.iter().filter(|(_, site)| all.contains(site));
        own.chain(meant.map(|(path, site)| (path.as_str(), &self.sites[*site]))).collect()
    }

    /// Every template as it is written: words, tags and comments.
    pub fn written(&self) -> impl Iterator<Item = &TemplateText> {
        self.parts.values().map(|part| part.written.get_or_init(|| words::written(&part.source)))
    }

    /// Every fact that any template names, as it is written there, with its place and the ledgers whose
    /// rows are gone through around it.
    pub fn named(&self) -> impl Iterator<Item = (&str, &Place, &[String])> {
        let all: Vec<usize> = (0..self.sites.len()).collect();
        self.facts_at(&all).into_iter().map(|(path, site)| (path, &site.place, site.loops.as_slice()))
    }

    /// Where words stand in a template, or in one that it includes.
    pub fn place_of(&self, name: &str, words: &str) -> Option<Place> {
        let own = self.parts.get(name)?;
        let parts = self.parts.values().filter(|part| !Arc::ptr_eq(&part.source, &own.source));
        std::iter::once(own).chain(parts).find_map(|part| {
            let at = part.source.text.find(words).filter(|_| !words.is_empty())?;
            Some(Place::new(&part.source, at..at + words.len()))
        })
    }

    /// The facts that a template names, with their places.
    pub fn uses(&self, name: &str) -> Vec<(&str, &Place)> {
        self.facts_at(&self.sites_of(name)).into_iter().map(|(path, site)| (path, &site.place)).collect()
    }
}

fn not_given(one: &Inclusion, name: &str) -> Diagnostic {
    let message = format!("引入片段“{}”时少写了“{name}=”", one.name);
    let hint = format!("别处引入它时写了；请写成 {{{{> {} {name}=指标}}}}", one.name);
    Diagnostic::error("part-lacks", message).at(&one.place).hint(hint)
}

fn not_used(one: &Inclusion, name: &str) -> Diagnostic {
    let message = format!("片段“{}”里没有用到“{name}”", one.name);
    let hint = format!("请核对名称，片段里写成 {{{{{name}}}}}；用不到的请删去“{name}=”");
    Diagnostic::error("part-unused", message).at(&one.place).hint(hint)
}

/// A helper as it is offered to whoever writes a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Helper {
    /// Its name.
    pub name: &'static str,
    /// Whether it goes around text: `{{#近 3}}…{{/近}}`.
    pub block: bool,
    /// Its named parameters, without those that filter by a column.
    pub parameters: &'static [&'static str],
    /// How it is written.
    pub example: &'static str,
}

/// Every helper, in the order of the manual.
pub fn helpers() -> impl Iterator<Item = Helper> {
    let shown = helpers::specs().filter(|spec| helpers::is_shown(spec));
    shown.map(|spec| Helper {
        name: spec.name,
        block: spec.block,
        parameters: spec.parameters,
        example: spec.example,
    })
}

/// Renders a report.
///
/// In a draft, facts that are missing become visible gaps; otherwise they are errors.
///
/// # Errors
/// Everything that is wrong, not only the first.
pub fn render(templates: &Templates, name: &str, figures: &Figures, draft: bool) -> Result<Marked, Problems> {
    let unknown = unknown_facts(templates, name, figures);
    if !unknown.is_empty() {
        return Err(Problems(unknown));
    }
    let session = session::Session::new(figures, &templates.sites, name, draft);
    let outcome = engine::run(&templates.engine, name, &session);
    let found = session.finish();
    match outcome {
        Ok(text) if found.problems.is_empty() => Ok(Marked {
            text: marked::close_gaps(&text),
            trails: found.trails,
            warnings: figures.warnings().into_iter().chain(found.warnings).collect(),
            missing: found.missing,
            template: name.to_owned(),
            year: figures.period(),
        }),
        Err(problem) if found.problems.is_empty() => Err(problem.into()),
        _ => Err(Problems(found.problems)),
    }
}

/// Names that neither the registry nor any year knows.
fn unknown_facts(templates: &Templates, name: &str, figures: &Figures) -> Vec<Diagnostic> {
    let sites = templates.sites_of(name);
    let facts = templates.facts_at(&sites).into_iter();
    let facts = facts.filter(|(path, site)| !known(figures, path, &site.loops));
    let facts = facts.map(|(path, site)| unknown_fact(figures, path, site));
    let cells = sites.iter().map(|id| &templates.sites[*id]);
    let cells = cells.filter_map(|site| match &site.target {
        // A whole row may be given to a template, which names its columns.
        Target::Row { column, .. } if site.gives && column.is_empty() => None,
        Target::Row { level, column } => {
            let list = site.loops.iter().rev().nth(*level)?;
            unknown_cell(figures, list, column).map(|problem| problem.at(&site.place))
        }
        Target::Group { path, column, .. } => {
            let ledger = path.strip_suffix(column.as_str())?.trim_end_matches('.');
            let known = column.is_empty()
                || group::WORDS.contains(&column.as_str())
                || session::has_column(figures, ledger, column);
            let problem = (!known).then(|| *helpers::unknown_column(figures, ledger, column).diagnostic)?;
            let words = format!("一组可以直接写的有：{}", group::WORDS.join("、"));
            Some(problem.hint(words).at(&site.place))
        }
        _ => None,
    });
    facts.chain(cells).collect()
}

/// What is wrong with naming this column of a row; the entry of a 名单 has none.
fn unknown_cell(figures: &Figures, list: &str, column: &str) -> Option<Diagnostic> {
    if !column.is_empty() && session::has_column(figures, list, column) {
        return None;
    }
    let columns = figures.columns(list);
    match (columns.is_empty(), column.is_empty()) {
        (true, true) => None,
        (true, false) if figures.is_list(list) => {
            let message = format!("“{list}”是名单，没有“{column}”这一列");
            Some(Diagnostic::error("unknown-column", message).hint("一项的名称直接写循环的名字，不加点"))
        }
        (true, false) => None,
        (false, true) => {
            let message = format!("“{list}”的一行有好几列，这里没有写是哪一列");
            Some(Diagnostic::error("unknown-column", message).hint(format!("请写成 行.{}", columns[0])))
        }
        (false, false) => Some(*helpers::unknown_column(figures, list, column).diagnostic),
    }
}

/// Whether a name in a template is an indicator, or a column of a ledger.
pub fn known(figures: &Figures, path: &str, loops: &[String]) -> bool {
    figures.knows(path)
        || path.rsplit_once('.').is_some_and(|(ledger, column)| session::has_column(figures, ledger, column))
        || loops.last().is_some_and(|ledger| session::has_column(figures, ledger, path))
}

fn unknown_fact(figures: &Figures, path: &str, site: &Site) -> Diagnostic {
    if let Some((ledger, column)) = path.rsplit_once('.')
        && !figures.columns(ledger).is_empty()
    {
        return helpers::unknown_column(figures, ledger, column).diagnostic.at(&site.place);
    }
    let helpers = helpers::specs().map(|spec| spec.name);
    let problem = Diagnostic::error("unknown-fact", format!("没有“{path}”这个指标")).at(&site.place);
    match nearest(path, figures.paths().into_iter().chain(helpers)) {
        Some(near) => problem.hint(format!("是不是想写“{near}”？")),
        None => problem.hint("请先在 facts/指标.yaml 和事实文件里写上它，或核对名称"),
    }
}
