//! The bridge to Handlebars: a helper of ours for every row of the table, bound to one session.

use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson, StringOutput, Template, no_escape,
};
use rust_decimal::Decimal;

use super::call::Call;
use super::given::Behind;
use super::helpers::groups::{self, Groups};
use super::helpers::rows::{self, Joints, Turns};
use super::helpers::{self, Block, Run, Spec, specs};
use super::made::Made;
use super::session::{Said, Session, Window};
use super::sites::Target;
use crate::diag::Diagnostic;
use crate::facts::value::Value;
use crate::figures::{Trouble, compare, mismatch};
use crate::marked;
use crate::period::Period;
use crate::zh::number::numeral;

/// Longest window, in years.
const MAX_WINDOW: i64 = 50;

/// An engine without escaping: the text is prose, outputs escape for themselves.
pub(super) fn engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.register_escape_fn(no_escape);
    engine.set_strict_mode(true);
    engine
}

/// Runs a template. What goes wrong in helpers is kept in the session.
pub(super) fn run(
    engine: &Handlebars<'static>,
    name: &str,
    session: &Session<'_>,
) -> Result<String, Diagnostic> {
    let Some(template) = engine.get_template(name) else {
        return Err(Diagnostic::error("unknown-template", format!("没有“{name}”这个模板"))
            .hint("模板是 templates 文件夹里的 .hbs 文件"));
    };
    let context = Context::null();
    let mut state = RenderContext::new(None);
    for spec in specs() {
        state.register_local_helper(spec.name, Box::new(Bound { spec, session }));
    }
    let mut out = StringOutput::new();
    template.render(engine, &context, &mut state, &mut out).map_err(|error| engine_problem(&error))?;
    let text = out.into_string().map_err(|_| Diagnostic::error("template-engine", "模板生成的文字不完整"))?;
    session.hold_paragraphs(&text);
    Ok(text)
}

fn engine_problem(error: &RenderError) -> Diagnostic {
    Diagnostic::error("template-engine", format!("模板引擎停在第{}行", error.line_no.unwrap_or(1)))
        .hint("请检查这一行的标签；如果看不出问题，请把模板发给维护者")
}

/// A helper bound to a session.
struct Bound<'b, 's> {
    spec: &'static Spec,
    session: &'b Session<'s>,
}

impl HelperDef for Bound<'_, '_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let call = call(self.session, helper)?;
        let text = self.say(&call)?;
        self.session.remember(&text, || Made::of(self.spec, &call));
        Ok(ScopedJson::Derived(text.into()))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Run::Block(block) = self.spec.run else {
            return Ok(out.write(&self.say(&call(self.session, helper)?)?)?);
        };
        let call = call(self.session, helper)?;
        let other = other_period(&call, block);
        if let Some(gap) = other.as_ref().and_then(|other| gone(&call, *other.as_ref().ok()?)) {
            return Ok(out.write(&gap)?);
        }
        let mut inside = |template: Option<&'rc Template>, out: &mut dyn Output| match template {
            Some(template) => template.render(engine, context, state, out),
            None => Ok(()),
        };
        let outcome = match block {
            Block::Last => outside_windows(&call).and_then(|()| last(&call)).map(Turn::Window),
            Block::Since => outside_windows(&call).and_then(|()| since(&call)).map(Turn::Window),
            Block::LastYear | Block::Year | Block::Previous | Block::YearStart => {
                let other = other.unwrap_or_else(|| Ok(self.session.year().before()));
                outside_windows(&call).and(other).map(Turn::To)
            }
            Block::Part => {
                self.session.give(call.given().1);
                let outcome = inside(helper.template(), out);
                self.session.take_back();
                return outcome;
            }
            Block::Each => rows::in_turn(&call).map(Turn::Rows),
            Block::Groups => groups::in_turn(&call).map(Turn::Groups),
            Block::If { when } => {
                let speaks = !when || helper.inverse().is_some();
                truth(&call, speaks).map(|holds| Turn::Branch(holds == when))
            }
            Block::Zero => zero(&call).map(Turn::Branch),
            Block::Reaches { beyond } => reaches(&call, beyond).map(Turn::Branch),
        };
        match outcome {
            Ok(turn) => self.take(turn, helper, &mut inside, out),
            Err(trouble) => {
                let gap = self.session.fail(Some(call.site), trouble);
                Ok(out.write(&gap)?)
            }
        }
    }
}

/// What a block does with the text inside it.
enum Turn {
    Window(Window),
    /// To another period.
    To(Period),
    Rows(Turns),
    Groups(Groups),
    Branch(bool),
}

impl Bound<'_, '_> {
    fn say(&self, call: &Call<'_, '_>) -> Result<String, RenderError> {
        let Run::Inline(run) = self.spec.run else { return Err(RenderErrorReason::Unimplemented.into()) };
        Ok(run(call).unwrap_or_else(|trouble| self.session.fail(Some(call.site), trouble)))
    }

    fn take<'rc>(
        &self,
        turn: Turn,
        helper: &Helper<'rc>,
        inside: &mut Inside<'_, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        match turn {
            Turn::Branch(true) => inside(helper.template(), out),
            Turn::Branch(false) => inside(helper.inverse(), out),
            Turn::To(period) => {
                let before = self.session.set_year(Some(period));
                let outcome = inside(helper.template(), out);
                self.session.set_year(before);
                outcome
            }
            Turn::Rows(turns) if turns.rows.is_empty() => inside(helper.inverse(), out),
            Turn::Groups(turns) if turns.groups.is_empty() => inside(helper.inverse(), out),
            Turn::Rows(Turns { rows, joints }) => {
                let all = rows.len();
                let turns = rows.into_iter().enumerate().map(|(at, row)| {
                    move |run: &mut dyn FnMut() -> HelperResult| {
                        let before = self.session.enter(row, (at, all));
                        let outcome = run();
                        self.session.leave(before);
                        outcome
                    }
                });
                go_through(turns, joints, helper.template(), inside, out)
            }
            Turn::Groups(Groups { groups, joints }) => {
                let all = groups.len();
                let turns = groups.into_iter().enumerate().map(|(at, group)| {
                    move |run: &mut dyn FnMut() -> HelperResult| {
                        self.session.enter_group(Arc::new(group), (at, all));
                        let outcome = run();
                        self.session.leave_group();
                        outcome
                    }
                });
                go_through(turns, joints, helper.template(), inside, out)
            }
            Turn::Window(window) => {
                let before = self.session.set_window(Some(window));
                let outcome = inside(helper.template(), out);
                self.session.set_window(before);
                outcome
            }
        }
    }
}

/// Renders the inside of a loop once a turn, with what stands between the turns.
fn go_through<'rc, T: FnOnce(&mut dyn FnMut() -> HelperResult) -> HelperResult>(
    turns: impl Iterator<Item = T>,
    joints: Option<Joints>,
    template: Option<&'rc Template>,
    inside: &mut Inside<'_, 'rc>,
    out: &mut dyn Output,
) -> HelperResult {
    let Some(joints) = joints else {
        for turn in turns {
            turn(&mut || inside(template, out))?;
        }
        return Ok(());
    };
    let mut said = Vec::new();
    for turn in turns {
        let mut one = StringOutput::new();
        turn(&mut || inside(template, &mut one))?;
        said.push(one.into_string()?);
    }
    Ok(out.write(&joints.joined(&said))?)
}

/// Renders what stands inside a block.
type Inside<'i, 'rc> = dyn FnMut(Option<&'rc Template>, &mut dyn Output) -> HelperResult + 'i;

fn call<'c, 's>(session: &'c Session<'s>, helper: &'c Helper<'c>) -> Result<Call<'c, 's>, RenderError> {
    Call::new(session, helper).ok_or_else(|| RenderErrorReason::Other("unchecked template".into()).into())
}

/// The period that a block puts in force; nothing of a block that does no such thing.
fn other_period(call: &Call<'_, '_>, block: Block) -> Option<Result<Period, Trouble>> {
    let year = call.session.year();
    Some(match block {
        Block::LastYear => Ok(year.before()),
        Block::Year => years_back(call).map(|back| year.shifted(-back)),
        Block::Previous => helpers::previous(year),
        Block::YearStart => Ok(year.whole().before()),
        _ => return None,
    })
}

/// What stands for a block of an earlier year about a row that was not there yet: like a clause whose base is missing.
fn gone(call: &Call<'_, '_>, year: Period) -> Option<String> {
    let row = call.session.row(0).filter(|_| call.site.names_row)?;
    let figures = call.session.figures;
    figures.same_row(row.of(), year).err().filter(|trouble| !trouble.missing.is_empty())?;
    let message = format!("{}在{year}还没有，这半句没有写出", figures.row_name(row.of()));
    Some(call.vanish(message, "请核对两年的台账是不是写了同一个名称；确实是新的，可以不管"))
}

fn typed_number(call: &Call<'_, '_>) -> Result<i64, Trouble> {
    let said = call.said(0)?;
    let text = super::call::words(&said);
    text.trim_end_matches('年').parse().map_err(|_| {
        Trouble::wrong(
            "wrong-number",
            format!("时段不能是“{text}”"),
            "请写年数或年份，例如 {{#近 3}}、{{#自 2009}}",
        )
    })
}

/// How many years before the one in force a block speaks of: 2019, or -5.
fn years_back(call: &Call<'_, '_>) -> Result<i32, Trouble> {
    let (number, year) = (typed_number(call)?, call.session.year());
    let back = match i32::try_from(number) {
        Ok(back) if back < 0 => -back,
        Ok(named) => year.since(Period::year(named)),
        Err(_) => -1,
    };
    if (0..=MAX_WINDOW).contains(&i64::from(back)) {
        return Ok(back);
    }
    Err(Trouble::wrong(
        "wrong-number",
        format!("不能取“{number}”的数"),
        format!("请写{year}或它以前50年内的年份，如 {{{{#年 2019}}}}；从报告年度往前数，写 {{{{#年 -5}}}}"),
    ))
}

fn last(call: &Call<'_, '_>) -> Result<Window, Trouble> {
    let count = typed_number(call)?;
    if !(1..=MAX_WINDOW).contains(&count) {
        return Err(Trouble::wrong("wrong-number", format!("时段不能是{count}年"), "请写1到50之间的年数"));
    }
    let count = count as u32;
    let year = call.session.year();
    let words = format!("近{}年", numeral::count_before_measure(u64::from(count)));
    let first = year.shifted(1 - count as i32);
    Ok(Window { first, last: year, words, count: Some(count) })
}

fn since(call: &Call<'_, '_>) -> Result<Window, Trouble> {
    let (number, year) = (typed_number(call)?, call.session.year());
    let first = i32::try_from(number).ok().map(Period::year);
    let Some(first) = first.filter(|first| (0..=MAX_WINDOW).contains(&i64::from(year.since(*first)))) else {
        return Err(Trouble::wrong(
            "wrong-number",
            format!("时段不能从{number}年开始"),
            format!("起始年要在报告年度{year}之前的50年内"),
        ));
    };
    Ok(Window { first, last: year, words: format!("{first}以来"), count: None })
}

/// A window, or another year, inside a window would put one of the two out of force.
fn outside_windows(call: &Call<'_, '_>) -> Result<(), Trouble> {
    let Some(window) = call.session.window() else { return Ok(()) };
    Err(Trouble::wrong(
        "window-in-window",
        format!("“{}”的块里不能再换时段或年份", window.words),
        "请先用 {{/近}} 或 {{/自}} 结束外面的块，再写里面的",
    ))
}

/// 否、无、没有, zero, what is empty and what this year does not have are false. `speaks`: something is printed then.
fn truth(call: &Call<'_, '_>, speaks: bool) -> Result<bool, Trouble> {
    match call.said(0) {
        Ok(said) => Ok(holds(&said)),
        Err(trouble) if trouble.instead().is_some_and(marked::is_vanished) => Ok(false),
        Err(trouble) if trouble.missing.is_empty() => Err(trouble),
        Err(trouble) => unsaid(call, speaks).ok_or(trouble),
    }
}

/// What a condition is where its fact has no value; nothing where the value is to be filled in first.
fn unsaid(call: &Call<'_, '_>, speaks: bool) -> Option<bool> {
    let session = call.session;
    let Behind::Site(site) = session.behind(call.site_of(0)?) else { return None };
    let site = &*site;
    // Rows often have no entry in a column.
    if session.is_cell(site) {
        return Some(false);
    }
    let Target::Fact(path) = &site.target else { return None };
    let path = session.path(path);
    let (facts, year) = (session.figures.facts(), session.year());
    let computed = facts.registry.indicators.get(path).is_some_and(|one| one.formula.is_some());
    if computed || session.window().is_some() {
        return None;
    }
    match session.figures.speaking(path, year).map(|fact| &fact.value) {
        None if speaks => {
            let message = format!("{year}没有写“{path}”，这里按没有写");
            session.warn(site, "condition-unsaid", message, "请核对；确实没有的，写上0或“否”就不再提醒");
            Some(false)
        }
        None => Some(false),
        // In a draft it is a task like any other.
        Some(Value::Blank) if !speaks && !session.is_draft() => {
            let message = format!("{year}的“{path}”没有填，靠它的这一段没有写");
            session.warn(site, "condition-unsaid", message, "请核对；确实没有的，写上0或“否”就不再提醒");
            Some(false)
        }
        Some(_) => None,
    }
}

fn holds(said: &Said) -> bool {
    match said {
        Said::Figure(figure) => !figure.amount.value.is_zero(),
        Said::Words(text, _) | Said::Typed(text) => {
            !matches!(text.trim(), "" | "否" | "无" | "没有" | "false")
        }
        Said::Date(..) => true,
        Said::List(items, _) => !items.is_empty(),
        Said::Ledger(rows) => *rows > 0,
    }
}

/// Whether a figure is as much as a limit, or more than it; of what is only roughly known where that is certain.
fn reaches(call: &Call<'_, '_>, beyond: bool) -> Result<bool, Trouble> {
    let (figure, limit) = (call.measure(0)?, call.measure(1)?);
    let holds = compare::reaches(&figure.amount, &limit.amount, beyond);
    let holds = holds.map_err(|problem| mismatch(&call.name_of(0), &problem))?;
    holds.ok_or_else(|| {
        Trouble::wrong(
            "too-vague",
            format!("“{}”和“{}”比，说不准到没到", figure.text, limit.text),
            "请在事实文件里填写准确数，或不分情况写",
        )
    })
}

fn zero(call: &Call<'_, '_>) -> Result<bool, Trouble> {
    let figure = call.figure(0)?;
    Ok(figure.amount.is_exact() && figure.amount.value == Decimal::ZERO)
}
