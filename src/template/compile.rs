//! A compiled template is checked and rewritten: every fact path and every helper call becomes a
//! numbered [`Site`] that knows its place, and nothing is left for the engine to look up.
//!
//! The engine's strict mode lets missing arguments through as null, ignores unknown parameters and
//! does not tell a helper its line; after this pass none of that can happen.

use std::collections::BTreeSet;
use std::sync::Arc;

use handlebars::template::{
    BlockParam, DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement,
};
use handlebars::{Path, TemplateError, TemplateErrorReason};
use serde_json::Value as Json;

use super::helpers::{EACH, FACT, GROUPING, PART, Spec, YEAR, spec, specs};
use super::sites::{Site, Target};
use crate::diag::{Diagnostic, Place, Source, nearest};
use crate::marked;

/// One template that another includes.
pub(super) struct Inclusion {
    /// Its name.
    pub name: String,
    /// Where it is included.
    pub place: Place,
    /// The names of what it is given, with the sites that are given.
    pub given: Vec<(String, Option<usize>)>,
}

/// One `#each` or `#分组` around the walk.
struct Loop {
    list: String,
    name: Option<String>,
    dated: bool,
    /// Whether its turns are groups of rows, and not rows.
    groups: bool,
}

/// The walk through one template.
pub(super) struct Compiler<'a> {
    source: Arc<Source>,
    sites: &'a mut Vec<Site>,
    loops: Vec<Loop>,
    at: usize,
    /// Whether what is walked through is the head of a block in which finding nothing is an answer.
    asks: bool,
    /// The templates that it includes.
    pub partials: Vec<Inclusion>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl<'a> Compiler<'a> {
    /// A walk that appends to `sites`.
    pub fn new(source: &Arc<Source>, sites: &'a mut Vec<Site>) -> Compiler<'a> {
        let source = Arc::clone(source);
        let (loops, partials, problems) = (Vec::new(), Vec::new(), Vec::new());
        Compiler { source, sites, loops, at: 0, asks: false, partials, problems }
    }

    /// Checks and rewrites a template and everything in it.
    pub fn template(&mut self, template: &mut Template) {
        let places = template.mapping.clone();
        for (index, element) in template.elements.iter_mut().enumerate() {
            if let Some(mapping) = places.get(index) {
                self.at = self.source.offset(mapping.0, mapping.1);
            }
            self.element(element);
        }
    }

    fn element(&mut self, element: &mut TemplateElement) {
        match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
            TemplateElement::Expression(call) | TemplateElement::HtmlExpression(call) => {
                self.expression(call)
            }
            TemplateElement::HelperBlock(call) => self.block(call),
            TemplateElement::PartialExpression(partial) => {
                if let Some(included) = self.partial(partial) {
                    *element = included;
                }
            }
            // Partial blocks, decorators, and whatever a later version of the engine may add.
            _ => {
                let problem = Diagnostic::error("not-supported", "模板不支持 {{#> …}} 和 {{* …}} 这两种写法")
                    .at(&self.place_of("{{"))
                    .hint("请把内容放进单独的片段文件，用 {{> 片段名}} 引入");
                self.problems.push(problem);
            }
        }
    }

    fn expression(&mut self, call: &mut HelperTemplate) {
        let Some(name) = name(&call.name) else {
            return self.unsupported_name();
        };
        if call.params.is_empty() && call.hash.is_empty() && spec(&name).is_none_or(|spec| spec.block) {
            let site = self.path_site(&name);
            call.params = vec![literal(site)];
            call.name = Parameter::Name(FACT.into());
            return;
        }
        self.call(call, &name, false);
    }

    /// A helper call with its arguments; the site of the call becomes the first argument.
    fn call(&mut self, call: &mut HelperTemplate, name: &str, block: bool) -> Option<usize> {
        let place = self.place_of(name);
        let Some(spec) = spec(name) else {
            self.problems.push(unknown_helper(name, &place));
            return None;
        };
        if let Some(inner) = self.loops.last_mut().filter(|_| name == YEAR) {
            inner.dated = true;
        }
        if spec.block != block {
            self.problems.push(wrong_form(spec, &place));
        }
        self.parameters(spec, call, &place);
        let site = self.site(place, Target::Helper);
        call.name = Parameter::Name(name.into());
        for parameter in call.params.iter_mut().chain(call.hash.values_mut()) {
            self.parameter(parameter);
        }
        call.params.insert(0, literal(site));
        Some(site)
    }

    fn parameters(&mut self, spec: &Spec, call: &HelperTemplate, place: &Place) {
        let (least, most) = spec.arguments;
        if call.params.len() < least || call.params.len() > most {
            let given = call.params.len();
            self.problems.push(
                Diagnostic::error(
                    "wrong-arguments",
                    format!("“{}”要{}，这里给了{given}个", spec.name, wanted(spec)),
                )
                .at(place)
                .hint(format!("正确写法例如：{}", spec.example)),
            );
        }
        let mut names: Vec<&String> = call.hash.keys().collect();
        names.sort();
        for name in names {
            if !spec.columns && !spec.parameters.contains(&name.as_str()) {
                self.problems.push(unknown_parameter(spec, name, &self.place_of(name)));
            }
        }
    }

    fn parameter(&mut self, parameter: &mut Parameter) {
        match parameter {
            Parameter::Name(path) => *parameter = literal(self.path_site(&path.clone())),
            Parameter::Path(path) => *parameter = literal(self.path_site(raw(path))),
            Parameter::Subexpression(inner) => match inner.element.as_mut() {
                TemplateElement::Expression(call) => self.expression(call),
                _ => self.unsupported_name(),
            },
            Parameter::Literal(value) => self.literal(value),
            _ => self.unsupported_name(),
        }
    }

    /// Fractions typed as numbers would pass through a binary float.
    fn literal(&mut self, value: &Json) {
        let place = || self.place_of(&value.to_string());
        let problem = match value {
            Json::Number(number) if !number.is_i64() => {
                Diagnostic::error("fraction-literal", "标签里的小数要加引号")
                    .at(&place())
                    .hint(format!("请写成 \"{number}\""))
            }
            Json::Array(_) | Json::Object(_) | Json::Null => {
                Diagnostic::error("not-supported", "标签里只能写指标名、引号里的文字和整数").at(&place())
            }
            Json::Number(_) | Json::String(_) | Json::Bool(_) => return,
        };
        self.problems.push(problem);
    }

    fn block(&mut self, call: &mut HelperTemplate) {
        let Some(name) = name(&call.name) else { return self.unsupported_name() };
        let list = call.params.first().and_then(self::name).unwrap_or_default();
        let list = self.group_named(&list).map_or(list, |(_, around)| around.list.clone());
        let place = self.at;
        let groups = name == GROUPING;
        let looping = name == EACH || groups;
        self.asks = !looping || call.inverse.is_some();
        let own = self.call(call, &name, true);
        self.asks = false;
        if looping {
            let name = call.block_param.as_ref().and_then(block_param);
            if groups && name.is_none() {
                let problem = Diagnostic::error("wrong-form", "“分组”没有写一组叫什么");
                let hint = "请在后面写 as |组|，里面用 组.名、组.条数、{{合计 组.列名}}";
                self.problems.push(problem.at(&Place::new(&self.source, place..place + 2)).hint(hint));
            }
            self.loops.push(Loop { list, name, dated: false, groups });
        }
        let behind = self.sites.len();
        if let Some(inner) = &mut call.template {
            self.template(inner);
        }
        if let Some(own) = own {
            self.sites[own].names_row = self.sites[behind..].iter().any(|site| self.is_of_row(site));
        }
        if looping && let (Some(ended), Some(own)) = (self.loops.pop(), own) {
            self.sites[own].dated = ended.dated;
        }
        if let Some(inner) = &mut call.inverse {
            self.template(inner);
        }
        self.at = place;
    }

    /// A template that is included becomes a block around the inclusion, which holds what it is given.
    fn partial(&mut self, partial: &mut DecoratorTemplate) -> Option<TemplateElement> {
        let Some(name) = name(&partial.name) else {
            self.unsupported_name();
            return None;
        };
        let place = self.place_of(&name);
        if !partial.params.is_empty() {
            self.problems.push(
                Diagnostic::error("not-supported", "引入片段时，给它的内容要写成“名称=指标”")
                    .at(&place)
                    .hint(format!("例如 {{{{> {name} 人数=委员.总数}}}}，片段里写 {{{{人数}}}}")),
            );
        }
        partial.indent = None;
        let mut hash = std::mem::take(&mut partial.hash);
        let mut given: Vec<(String, Option<usize>)> = Vec::new();
        // In one order whatever the map's is: sites are numbered as they are met.
        let names: BTreeSet<String> = hash.keys().cloned().collect();
        for name in names {
            let Some(parameter) = hash.get_mut(&name) else { continue };
            let named = matches!(parameter, Parameter::Name(_) | Parameter::Path(_));
            self.parameter(parameter);
            let site = named.then(|| self.sites.len() - 1);
            given.push((name, site));
            if let Some(site) = site {
                self.sites[site].gives = true;
            }
        }
        let site = self.site(place.clone(), Target::Helper);
        self.partials.push(Inclusion { name, place, given });
        let mut around = Template::compile("{{#甲}}{{> 乙}}{{/甲}}").ok()?.elements.into_iter().next()?;
        if let TemplateElement::HelperBlock(block) = &mut around {
            block.name = Parameter::Name(PART.into());
            (block.params, block.hash) = (vec![literal(site)], hash);
            if let Some(first) = block.template.as_mut().and_then(|inner| inner.elements.first_mut()) {
                *first = TemplateElement::PartialExpression(Box::new(partial.clone()));
            }
        }
        Some(around)
    }

    fn path_site(&mut self, raw: &str) -> usize {
        let place = self.place_of(raw);
        let target = self.target(raw, &place);
        self.site(place, target)
    }

    fn target(&mut self, raw: &str, place: &Place) -> Target {
        let path = raw.replace(['[', ']'], "");
        if let Some(name) = path.strip_prefix('@') {
            return Target::Loop(name.to_owned());
        }
        if path.contains('/') {
            self.problems.push(
                Diagnostic::error("not-supported", format!("不支持“{raw}”这种写法"))
                    .at(place)
                    .hint("指标名用英文的点分级，例如 委员.总数"),
            );
        }
        let (first, column) = path.split_once('.').unwrap_or((&path, ""));
        if let Some((level, around)) = self.named(first) {
            let (column, list) = (column.to_owned(), &around.list);
            return match around.groups {
                false => Target::Row { level, column },
                true if column.is_empty() => Target::Group { level, path: list.clone(), column },
                true => Target::Group { level, path: format!("{list}.{column}"), column },
            };
        }
        if first == "this" && self.rows_around() > 0 {
            return Target::Row { level: 0, column: column.to_owned() };
        }
        Target::Fact(path)
    }

    /// The loop around whose turn has this name, and how many of its kind lie between.
    fn named(&self, name: &str) -> Option<(usize, &Loop)> {
        let at = self.loops.iter().rposition(|one| one.name.as_deref() == Some(name))?;
        let around = &self.loops[at];
        let level = self.loops[at + 1..].iter().filter(|one| one.groups == around.groups).count();
        Some((level, around))
    }

    /// The same of a group.
    fn group_named(&self, name: &str) -> Option<(usize, &Loop)> {
        self.named(name).filter(|(_, around)| around.groups)
    }

    fn rows_around(&self) -> usize {
        self.loops.iter().filter(|one| !one.groups).count()
    }

    /// Whether a site names the row of the loop that the walk is in, perhaps by a bare name of a column.
    fn is_of_row(&self, site: &Site) -> bool {
        let Some(around) = self.loops.iter().rfind(|one| !one.groups) else { return false };
        let rows = self.rows_around();
        match &site.target {
            Target::Row { level, .. } => site.loops.len() == rows + level,
            Target::Fact(path) => around.name.is_none() && !path.contains('.') && site.loops.len() == rows,
            Target::Group { .. } | Target::Helper | Target::Loop(_) => false,
        }
    }

    fn site(&mut self, place: Place, target: Target) -> usize {
        let rows = self.loops.iter().filter(|one| !one.groups);
        let loops = rows.map(|one| one.list.clone()).collect();
        let (dated, names_row, given, gives) = (false, false, false, false);
        let asks = self.asks;
        self.sites.push(Site { place, target, loops, asks, dated, names_row, given, gives });
        self.sites.len() - 1
    }

    /// Where `word` stands, at or behind the start of the current element.
    fn place_of(&self, word: &str) -> Place {
        let start = self.source.text[self.at..].find(word).map_or(self.at, |found| self.at + found);
        Place::new(&self.source, start..start + word.len())
    }

    fn unsupported_name(&mut self) {
        let problem =
            Diagnostic::error("not-supported", "标签的开头要写指标名或帮助词").at(&self.place_of("{{"));
        self.problems.push(problem);
    }
}

/// A path as it is written.
fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

fn name(parameter: &Parameter) -> Option<String> {
    match parameter {
        Parameter::Name(name) => Some(name.clone()),
        Parameter::Path(path) => Some(raw(path).to_owned()),
        _ => None,
    }
}

fn block_param(parameter: &BlockParam) -> Option<String> {
    match parameter {
        BlockParam::Single(one) | BlockParam::Pair((one, _)) => name(one),
        _ => None,
    }
}

fn literal(site: usize) -> Parameter {
    Parameter::Literal(Json::String(marked::site(site)))
}

fn unknown_helper(name: &str, place: &Place) -> Diagnostic {
    let problem = Diagnostic::error("unknown-helper", format!("没有“{name}”这个帮助词")).at(place);
    match nearest(name, specs().map(|spec| spec.name)) {
        Some(near) => {
            problem.hint(format!("是不是想用“{near}”？例如：{}", spec(near).map_or("", |s| s.example)))
        }
        None => problem.hint("全部帮助词见《模板手册》"),
    }
}

fn wrong_form(spec: &Spec, place: &Place) -> Diagnostic {
    let message = if spec.block { "要写成一个块，有头有尾" } else { "不是块，前面不加 #" };
    Diagnostic::error("wrong-form", format!("“{}”{message}", spec.name))
        .at(place)
        .hint(format!("正确写法例如：{}", spec.example))
}

fn wanted(spec: &Spec) -> String {
    match spec.arguments {
        (0, 0) => "不带内容".into(),
        (least, most) if least == most => format!("{least}个内容"),
        (least, usize::MAX) => format!("至少{least}个内容"),
        (least, most) => format!("{least}到{most}个内容"),
    }
}

fn unknown_parameter(spec: &Spec, name: &str, place: &Place) -> Diagnostic {
    let problem =
        Diagnostic::error("unknown-parameter", format!("“{}”没有“{name}”这个参数", spec.name)).at(place);
    match nearest(name, spec.parameters.iter().copied()) {
        Some(near) => problem.hint(format!("是不是想写“{near}=”？")),
        None if spec.parameters.is_empty() => problem.hint(format!("“{}”不带参数", spec.name)),
        None => problem.hint(format!("可用的参数：{}", spec.parameters.join("、"))),
    }
}

/// The engine's complaint, in words.
pub(super) fn syntax_problem(source: &Arc<Source>, error: &TemplateError) -> Diagnostic {
    let (line, column) = error.pos().unwrap_or((1, 1));
    let at = source.offset(line, column);
    let place = Place::new(source, at..at + source.text[at..].chars().next().map_or(0, char::len_utf8));
    let (message, hint) = match error.reason() {
        TemplateErrorReason::MismatchingClosedHelper(open, close)
        | TemplateErrorReason::MismatchingClosedDecorator(open, close) => (
            format!("块没有对上：开头是“{open}”，结尾是“{close}”"),
            format!("请把结尾改成 {{{{/{open}}}}}"),
        ),
        _ => (
            "这里的标签写得不对".to_owned(),
            "标签形如 {{委员.总数}}、{{约数 经费 词=\"多\"}} 或 {{#近 3}}…{{/近}}；请检查括号、引号和块的结尾".to_owned(),
        ),
    };
    Diagnostic::error("template-syntax", message).at(&place).hint(hint)
}
