//! The arguments of one helper call, taken through one door that refuses what is missing.

use std::sync::Arc;

use handlebars::{Helper, PathAndJson};
use serde_json::Value as Json;

use super::group::Group;
use super::session::{Remade, Said, Session};
use super::sites::{Site, Target};
use crate::facts::value::Quantity;
use crate::figures::{Cited, Figure, Trail, Trouble};
use crate::marked;
use crate::period::Period;
use crate::zh::number::{Amount, Approx};

/// The arguments and the named parameters of a call, to make its result once more.
pub(super) type Given = (Vec<Json>, Vec<(String, Json)>);

/// One call.
pub(super) struct Call<'c, 's> {
    /// The rendering.
    pub session: &'c Session<'s>,
    /// Where the call stands.
    pub site: &'s Site,
    /// The name of the helper.
    pub name: &'c str,
    arguments: Vec<&'c Json>,
    parameters: Vec<(&'c str, &'c Json)>,
}

impl<'c, 's> Call<'c, 's> {
    /// A call; `None` only if the template was not rewritten.
    pub fn new(session: &'c Session<'s>, helper: &'c Helper<'c>) -> Option<Call<'c, 's>> {
        let mut values = helper.params().iter().map(PathAndJson::value);
        let site = values.next()?.as_str().and_then(marked::as_site)?;
        let parameters = helper.hash().iter().map(|(name, value)| (*name, value.value())).collect();
        let (site, name) = (session.site(site)?, helper.name());
        Some(Call { session, site, name, arguments: values.collect(), parameters })
    }

    /// The call that made a result, once more.
    pub fn again(
        session: &'c Session<'s>,
        (name, site): (&'c str, &'s Site),
        (arguments, parameters): &'c Given,
    ) -> Call<'c, 's> {
        let parameters = parameters.iter().map(|(name, value)| (name.as_str(), value)).collect();
        Call { session, site, name, arguments: arguments.iter().collect(), parameters }
    }

    /// What the call is given, to make its result once more.
    pub fn given(&self) -> Given {
        let parameters = self.parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone()));
        (self.arguments.iter().copied().cloned().collect(), parameters.collect())
    }

    /// How many arguments there are.
    pub fn len(&self) -> usize {
        self.arguments.len()
    }

    fn raw(&self, index: usize) -> Result<&'c Json, Trouble> {
        self.arguments
            .get(index)
            .copied()
            .ok_or_else(|| Trouble::wrong("wrong-arguments", "这里少写了一个内容", "请对照《模板手册》补全"))
    }

    /// What an argument is.
    pub fn said(&self, index: usize) -> Result<Said, Trouble> {
        self.session.value(self.raw(index)?)
    }

    /// The site that an argument names, if it names one.
    pub fn site_of(&self, index: usize) -> Option<&'s Site> {
        self.raw(index).ok()?.as_str().and_then(marked::as_site).and_then(|id| self.session.site(id))
    }

    /// The fact path that an argument names.
    pub fn path(&self, index: usize) -> Result<&'c str, Trouble> {
        match self.site_of(index).map(|site| &site.target) {
            Some(Target::Fact(path)) if self.site_of(index).is_some_and(|site| site.given) => {
                Err(Trouble::wrong(
                    "not-supported",
                    format!("“{path}”是引入片段时给的，这里要直接写台账或名单的名称"),
                    "片段里的 合计、计数、列举、表、each 请写台账自己的名称",
                ))
            }
            Some(Target::Fact(path)) => Ok(self.session.path(path)),
            Some(Target::Group { path, .. }) => Ok(path),
            _ => Err(not_a_fact()),
        }
    }

    /// The group whose rows alone an argument is about, where it names one.
    pub fn group(&self, index: usize) -> Result<Option<Arc<Group>>, Trouble> {
        match self.site_of(index).map(|site| &site.target) {
            Some(Target::Group { level, .. }) => self.session.group(*level).map(Some),
            _ => Ok(None),
        }
    }

    /// The indicator that an argument names; nothing where that is a cell, a group or a result.
    pub fn indicator(&self, index: usize) -> Option<String> {
        self.session.indicator(self.site_of(index)?)
    }

    /// A number; of the result of another helper that one which stands among its words.
    pub fn figure(&self, index: usize) -> Result<Arc<Figure>, Trouble> {
        let said = self.said(index)?;
        match &said {
            Said::Figure(figure) => Ok(Arc::clone(figure)),
            Said::Typed(text) if marked::has_figure(text) => {
                self.session.only_figure(text).ok_or_else(|| self.several_figures())
            }
            _ => Err(self.not_a_number(index, &said)),
        }
    }

    /// A number that may be typed, too: `"90%"`.
    pub fn measure(&self, index: usize) -> Result<Arc<Figure>, Trouble> {
        match self.said(index)? {
            Said::Typed(text) if !marked::has_figure(&text) => self.typed_figure(&text).map(Arc::new),
            _ => self.figure(index),
        }
    }

    /// A named parameter as a number, of a fact or typed.
    pub fn measure_named(&self, name: &str) -> Result<Option<Arc<Figure>>, Trouble> {
        let Some(value) = self.parameter(name) else { return Ok(None) };
        match self.session.value(value)? {
            Said::Figure(figure) => Ok(Some(figure)),
            said => self.typed_figure(&words(&said)).map(|figure| Some(Arc::new(figure))),
        }
    }

    fn typed_figure(&self, text: &str) -> Result<Figure, Trouble> {
        let quantity = Quantity::parse(text).map_err(|_| {
            Trouble::wrong(
                "wrong-number",
                format!("“{}”这里要一个数，“{text}”不是", self.name),
                "请写指标名，或者加引号写上数和单位，如 \"90%\"、\"1亿元\"",
            )
        })?;
        Ok(Figure::from_facts(quantity.amount, "模板里写的数", Vec::new()))
    }

    fn several_figures(&self) -> Trouble {
        Trouble::wrong(
            "several-figures",
            format!("“{}”的圆括号里印出来不止一个数，不知道用哪一个", self.name),
            "圆括号里请用只给一个数的写法，如 占比、合计、相减、同比",
        )
    }

    /// The result of another helper that an argument is, with how it was made.
    fn made(&self, index: usize) -> Option<Arc<dyn Remade<'s> + 's>> {
        self.session.made(self.raw(index).ok()?.as_str()?)
    }

    /// The number that an argument is in another year; of a result what its helper gives for that year.
    pub fn figure_in(&self, index: usize, year: Period) -> Result<Arc<Figure>, Trouble> {
        match (self.site_of(index), self.made(index)) {
            (Some(site), _) => self.session.figure_in(site, year),
            (None, Some(made)) => self.session.quietly_in(year, || {
                let text = made.text(self.session)?;
                self.session.only_figure(&text).ok_or_else(nothing_there)
            }),
            (None, None) => Err(not_a_fact()),
        }
    }

    /// What a number that is an argument is called.
    pub fn name_of(&self, index: usize) -> String {
        match self.site_of(index) {
            Some(site) => self.session.name_of(site),
            None => self.figure(index).map(|figure| figure.derivation.clone()).unwrap_or_default(),
        }
    }

    /// All arguments as numbers.
    pub fn figures(&self) -> Result<Vec<Arc<Figure>>, Trouble> {
        (0..self.len()).map(|index| self.figure(index)).collect()
    }

    fn not_a_number(&self, index: usize, said: &Said) -> Trouble {
        let name = self.path(index).map(str::to_owned).unwrap_or_default();
        let what = match said {
            Said::Words(text, _) | Said::Typed(text) => format!("是文字“{text}”"),
            Said::Date(date, _) => format!("是日期{date}"),
            Said::List(..) => "是名单".into(),
            Said::Ledger(_) => "是台账".into(),
            Said::Figure(_) => String::new(),
        };
        Trouble::wrong(
            "not-a-number",
            format!("“{}”这里要一个数字，而“{name}”{what}", self.name),
            "请换成数字指标；台账请先用 合计 或 计数",
        )
    }

    /// A named parameter, if it is given.
    fn parameter(&self, name: &str) -> Option<&'c Json> {
        self.parameters.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    /// A named parameter as words; facts give their text.
    pub fn words(&self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(value) = self.parameter(name) else { return Ok(None) };
        let words = words(&self.session.value(value)?);
        self.one_line(&words)?;
        Ok(Some(words))
    }

    /// Refuses a text of several paragraphs, which no sentence holds.
    pub fn one_line(&self, words: &str) -> Result<(), Trouble> {
        match words.contains('\n') {
            true => Err(Trouble::wrong(
                "several-paragraphs",
                format!("“{}”这里只能用一行的文字，取的文字有几段", self.name),
                "有几段的文字要直接写它的名字，单独占一行",
            )),
            false => Ok(()),
        }
    }

    /// A named parameter as words, or else the default.
    pub fn words_or(&self, name: &str, default: &str) -> Result<String, Trouble> {
        Ok(self.words(name)?.unwrap_or_else(|| default.to_owned()))
    }

    /// A named parameter that is one of a few words.
    pub fn choice(&self, name: &str, choices: &[&'static str]) -> Result<Option<&'static str>, Trouble> {
        let Some(given) = self.words(name)? else { return Ok(None) };
        let found = choices.iter().copied().find(|choice| *choice == given);
        found.map(Some).ok_or_else(|| {
            Trouble::wrong(
                "wrong-choice",
                format!("“{name}”不能是“{given}”"),
                format!("可以写：{}", choices.join("、")),
            )
        })
    }

    /// A named parameter as a small whole number.
    pub fn number(&self, name: &str) -> Result<Option<i64>, Trouble> {
        let Some(given) = self.words(name)? else { return Ok(None) };
        let number = given.strip_suffix('年').unwrap_or(&given).parse::<i64>();
        number.map(Some).map_err(|_| wrong_number(name, &given))
    }

    /// A named parameter as a count of digits or entries.
    pub fn count(&self, name: &str, most: u32) -> Result<Option<u32>, Trouble> {
        let Some(number) = self.number(name)? else { return Ok(None) };
        let count = u32::try_from(number).ok().filter(|count| *count <= most);
        count.map(Some).ok_or_else(|| wrong_number(name, &number.to_string()))
    }

    /// A named parameter that is on or off: 是、true, or not given.
    pub fn flag(&self, name: &str) -> Result<bool, Trouble> {
        Ok(self.words(name)?.is_some_and(|given| matches!(given.as_str(), "是" | "true" | "1")))
    }

    /// Named parameters that are columns of the ledger, with the values asked for.
    pub fn filter(&self, own: &[&str]) -> Result<Vec<(String, String)>, Trouble> {
        let columns = self.parameters.iter().map(|(name, _)| name).filter(|name| !own.contains(name));
        columns.map(|name| Ok(((*name).to_owned(), self.words_or(name, "")?))).collect()
    }

    /// Marks `words` as coming from a figure.
    pub fn mark(&self, words: &str, figure: &Arc<Figure>) -> String {
        self.session.mark(words, figure.trail(), Some(Arc::clone(figure)))
    }

    /// The same with its own derivation and approximation word.
    pub fn mark_as(
        &self,
        words: &str,
        figure: &Arc<Figure>,
        derivation: &str,
        printed: Option<Approx>,
    ) -> String {
        let trail = Arc::new(figure.trail_as(derivation, printed));
        self.session.mark(words, trail, Some(Arc::clone(figure)))
    }

    /// Marks words that come from facts and are no number.
    pub fn mark_words(&self, words: &str, facts: impl Into<Cited>, derivation: &str) -> String {
        self.mark_said(words, words, facts, derivation)
    }

    /// The same, provided that there are any words.
    pub fn mark_text(
        &self,
        words: &str,
        facts: impl Into<Cited>,
        derivation: &str,
    ) -> Result<String, Trouble> {
        let facts = facts.into();
        match facts.first().filter(|_| words.trim().is_empty()) {
            Some(from) => Err(Trouble::empty(&from.path, from.year)),
            None => Ok(self.mark_words(words, facts, derivation)),
        }
    }

    /// The same where the trail says it in other words.
    pub fn mark_said(&self, words: &str, said: &str, facts: impl Into<Cited>, derivation: &str) -> String {
        let trail = Trail::of_words(said, derivation, facts);
        self.session.mark(words, Arc::new(trail), None)
    }

    /// Marks words computed from several figures, with the exact amount they round.
    pub fn mark_derived(
        &self,
        words: &str,
        amount: Amount,
        derivation: &str,
        from: &[Arc<Figure>],
    ) -> String {
        self.mark_result(words, Figure::derived(amount, derivation, from))
    }

    /// The same from facts.
    pub fn mark_derived_from(&self, words: &str, amount: Amount, derivation: &str, facts: Cited) -> String {
        self.mark_result(words, Figure::from_facts(amount, derivation, facts))
    }

    /// Words for a figure that another helper may go on with.
    fn mark_result(&self, words: &str, mut figure: Figure) -> String {
        words.clone_into(&mut figure.text);
        let figure = Arc::new(figure);
        self.session.mark(words, figure.trail(), Some(figure))
    }

    /// Says nothing, and takes the comma before it along.
    pub fn vanish(&self, message: String, hint: &'static str) -> String {
        self.session.warn(self.site, "clause-left-out", message, hint);
        marked::vanished()
    }
}

fn not_a_fact() -> Trouble {
    Trouble::wrong("not-a-fact", "这里要写指标名", "请写一个指标名，例如 委员.总数，不加引号")
}

fn nothing_there() -> Trouble {
    Trouble::wrong(
        "no-such-year",
        "圆括号里的写法在要比的那一年没有印出数来",
        "请核对那一年的事实，或改成直接写指标名",
    )
}

fn wrong_number(name: &str, given: &str) -> Trouble {
    Trouble::wrong("wrong-number", format!("“{name}”不能是“{given}”"), "请写一个不大的整数，例如 1")
}

/// What was said, as words.
pub(super) fn words(said: &Said) -> String {
    match said {
        Said::Figure(figure) => figure.text.clone(),
        Said::Words(text, _) | Said::Typed(text) => text.clone(),
        Said::Date(date, _) => date.to_string(),
        Said::List(items, _) => items.join("、"),
        Said::Ledger(rows) => rows.to_string(),
    }
}
