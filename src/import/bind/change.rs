//! Figures that compare: 由A提高到B, 比上年增加20万元, 增长20%. The first of two years' values is last year's fact.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::extract::Extracted;
use super::super::facts::Value;
use super::super::name;
use super::{Binder, Tag, stored};
use crate::facts::value::Quantity;
use crate::zh::number::{Manner, half_up, plain, read, shift};
use crate::zh::pattern::Pattern;

static FROM: Pattern = Pattern::new("(?:由|从)(?:上年|去年|上一年)?(?:的)?$");
static TO: Pattern =
    Pattern::new("^(?:提高|上升|增加|增长|扩大|下降|减少|降低|回落|调整|提升|缩小|发展|上涨)(?:到|至|为)$");
/// What stands right before last year's value: （去年为3件）.
static THEN: Pattern = Pattern::new(
    "^[（(，,](?:而|比|较)?(?:上年|去年|上一年|([0-9]{4})年)(?:同期)?(?:的)?(?:为|是|仅|只有|有)?$",
);
/// What stands right before a change of the same indicator: 比上年增加, 增长了.
static GROWN: Pattern = Pattern::new(
    "(同比|比上年|较上年|比去年|较去年|比上一年|比上年同期|比去年同期|较上年同期|较去年同期)?(净?(?:增长|增加|提高|上升|上涨|增收)了?|净?(?:下降|减少|降低|回落|减收)了?)$",
);

impl Binder<'_, '_> {
    /// 由82.4%提高到91.3%: the first is last year's fact, the second this year's.
    pub(super) fn between_years(&mut self, index: usize) -> Option<usize> {
        let (first, second) = (&self.numbers[index], self.numbers.get(index + 1)?);
        let between = &self.line[first.span.end..second.span.start];
        let from = FROM.find(self.before(index))?;
        let unit = second.reading.as_ref()?.base().to_owned();
        if !second.is_fact() || !TO.is_match(between) || first.reading.as_ref()?.base() != unit {
            return None;
        }
        let subject = self.before(index)[..from.start()].to_owned();
        let names = name::names(&subject, &unit, self.after(index + 1));
        let (path, tag) = self.store(index + 1, &names, self.drafting.year)?;
        let (value, _) = stored(&first.text, first.reading.as_ref()?, &subject);
        let then = self.drafting.year.before();
        self.drafting.facts.years.entry(then).or_default().insert(path.clone(), Value::Text(value));
        let earlier = self.tag(&path, &first.text, first.reading.as_ref()?);
        self.last_year(first.span.clone(), &path, &earlier);
        self.push(index + 1, tag, &path);
        Some(2)
    }

    /// 5件（去年为3件）: the second is last year's fact.
    pub(super) fn then(&mut self, index: usize) -> bool {
        let one = &self.numbers[index];
        let Some(base) = self.used.last() else { return false };
        let (Some(reading), Some(now)) = (&one.reading, &self.numbers[base.index].reading) else {
            return false;
        };
        let Some(then) = THEN.captures(self.before(index)) else { return false };
        let last = self.drafting.year.before().stem();
        let other = then.get(1).is_some_and(|year| year.as_str() != last);
        let beside = !self.numbers[base.index + 1..index].iter().any(Extracted::is_fact);
        if reading.base() != now.base() || other || !beside {
            return false;
        }
        let path = base.path.clone();
        let (value, _) = stored(&one.text, reading, "");
        let known = self.drafting.facts.years.entry(self.drafting.year.before()).or_default();
        if known.get(&path).is_some_and(|known| *known != Value::Text(value.clone())) {
            return false;
        }
        known.insert(path.clone(), Value::Text(value));
        let tag = self.tag(&path, &one.text, reading);
        self.last_year(one.span.clone(), &path, &tag);
        true
    }

    /// Prints last year's fact at a stretch of the line.
    fn last_year(&mut self, span: Range<usize>, path: &str, tag: &str) {
        let tag = format!("{{{{#上年}}}}{tag}{{{{/上年}}}}");
        self.bound.tags.push(Tag { span, tag, paths: vec![path.to_owned()] });
    }

    /// 比上年增加20万元, 增长20%: bound to both years' facts where the arithmetic agrees.
    pub(super) fn change(&mut self, index: usize) -> bool {
        let Some(change) = self.grown(index) else { return false };
        let form = match change.by {
            By::Amount => self.by_amount(&change),
            By::Rate => self.by_rate(&change),
        };
        let Some(form) = form else { return false };
        let one = &self.numbers[index];
        let start = one.span.start - change.front.len() - change.verb.len();
        let way = if change.falls { "减" } else { "增" };
        let own_verb =
            if change.verb == form.verb { String::new() } else { format!(" {way}=\"{}\"", change.verb) };
        let own_front =
            if change.front == form.front { String::new() } else { format!(" 前=\"{}\"", change.front) };
        let tag = format!("{{{{同比 {}{}{own_front}{own_verb}{}}}}}", change.path, form.name, form.digits);
        self.bound.tags.push(Tag { span: start..one.span.end, tag, paths: vec![change.path] });
        true
    }

    /// A change of the figure before it, with what is known of that.
    fn grown(&self, index: usize) -> Option<Change> {
        let one = &self.numbers[index];
        let size = one.reading.as_ref()?.exact()?;
        let found = GROWN.captures(self.before(index))?;
        let verb = found.get(2)?.as_str().to_owned();
        let sentence = self.sentence(index);
        let base = self.used.last().filter(|used| sentence.contains(&self.numbers[used.index].span.start))?;
        let now = self.numbers[base.index].reading.as_ref()?.exact()?;
        let by = match (size.unit.base.as_str(), now.unit.base.as_str()) {
            (unit, of) if unit == of && unit != "%" => By::Amount,
            ("个百分点", "%") | ("个千分点", "‰") => By::Amount,
            ("%", of) if !matches!(of, "%" | "‰") => By::Rate,
            _ => return None,
        };
        let falls = ["降", "减", "回落"].iter().any(|word| verb.contains(word));
        let signed = if falls { -size.value } else { size.value };
        Some(Change {
            path: base.path.clone(),
            base: base.index,
            index,
            by,
            now: now.value,
            size: signed,
            falls,
            front: found.get(1).map(|front| front.as_str().to_owned()).unwrap_or_default(),
            verb,
        })
    }

    /// The earlier value follows from the change; it is written down as last year's fact.
    fn by_amount(&mut self, change: &Change) -> Option<Form> {
        let (text, reading) = (&self.numbers[change.base].text, self.numbers[change.base].reading.as_ref()?);
        let then = change.now - change.size;
        match self.last_value(&change.path) {
            Some(known) if known != then => {
                self.contradicted(change, &plain(change.now - known));
                return None;
            }
            Some(_) => {}
            None if change.front.is_empty() || then.is_sign_negative() => return None,
            None => self.derive(change, text, then)?,
        }
        let points = matches!(reading.base(), "%" | "‰");
        let verb = match (points, change.falls) {
            (true, false) => "提高",
            (true, true) => "下降",
            (false, false) => "增加",
            (false, true) => "减少",
        };
        // Of percents the usual form gives points.
        let name = if points { "" } else { " 式=\"量\"" };
        Some(Form { name, front: if points { "同比" } else { "" }, verb, digits: String::new() })
    }

    /// Keeps last year's value as it follows from the published change.
    fn derive(&mut self, change: &Change, text: &str, then: Decimal) -> Option<()> {
        let unit = Quantity::parse(text).ok()?.amount.unit;
        let value = plain(shift(then, unit.scale).normalize());
        let year = self.drafting.year.before();
        let said = &self.line[self.sentence(change.index)];
        let clause = said.rsplit('，').next().unwrap_or(said);
        let note = format!("按{}报告的“{clause}{}”推算", self.drafting.year, self.numbers[change.index].text);
        let values = self.drafting.facts.years.entry(year).or_default();
        values.insert(change.path.clone(), Value::Text(format!("{value}{unit}")));
        self.drafting.facts.notes.insert((year, change.path.clone()), note);
        Some(())
    }

    /// A rate that follows from both years' values.
    fn by_rate(&mut self, change: &Change) -> Option<Form> {
        let then = self.last_value(&change.path)?;
        if then <= Decimal::ZERO {
            return None;
        }
        let one = &self.numbers[change.index];
        let decimals = one.reading.as_ref()?.one()?.decimals;
        let exact = (change.now / then - Decimal::ONE) * Decimal::ONE_HUNDRED;
        let rate = half_up(exact, decimals);
        if rate != change.size {
            self.contradicted(change, &format!("{}%", plain(rate)));
            return None;
        }
        let printed = format!("{}%", plain(rate.abs().normalize()));
        let digits = if decimals > 1 { format!(" 小数={decimals}") } else { String::new() };
        // With one digit allowed a whole percent would come out with it.
        let exact_digits = if decimals == 0 { " 小数=0".to_owned() } else { digits };
        (printed == one.text).then_some(Form {
            name: "",
            front: "同比",
            verb: if change.falls { "下降" } else { "增长" },
            digits: if half_up(exact, 1) == rate && decimals == 0 { String::new() } else { exact_digits },
        })
    }

    /// Last year's value in the base unit, where it is known exactly.
    fn last_value(&self, path: &str) -> Option<Decimal> {
        let value = self.drafting.facts.years.get(&self.drafting.year.before())?.get(path)?;
        let Value::Text(text) = value else { return None };
        Some(read(text, Manner::Prose).ok()?.exact()?.value)
    }

    fn contradicted(&mut self, change: &Change, computed: &str) {
        let one = &self.numbers[change.index];
        let words = format!(
            "“{}”里的{}和上年的数对不上，按上年的数算是{computed}，原文照留",
            self.around(change.index),
            one.text
        );
        self.bound.contradictions.push((one.span.clone(), words));
    }
}

/// What a change is said in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Amount,
    Rate,
}

/// A published change.
struct Change {
    path: String,
    /// The number that changed, and the number that says by how much.
    base: usize,
    index: usize,
    by: By,
    now: Decimal,
    /// With its sign.
    size: Decimal,
    falls: bool,
    /// 比上年, and the verb.
    front: String,
    verb: String,
}

/// How the helper prints it unless it is told otherwise.
struct Form {
    name: &'static str,
    front: &'static str,
    verb: &'static str,
    digits: String,
}
