//! Changes that follow from two years: 比上年增加20万元, 增长20%.

use rust_decimal::Decimal;

use super::super::facts::Value;
use super::{Binder, Tag};
use crate::clause::{Base, Claim, Relation, When};
use crate::facts::value::Quantity;
use crate::zh::number::{Manner, half_up, plain, read, shift};
use crate::zh::pattern::Pattern;

/// What stands right before a change of the same indicator: 比上年增加, 增长了.
static GROWN: Pattern = Pattern::new(
    "(同比|比上年|较上年|比去年|较去年|比上一年|比上年同期|比去年同期|较上年同期|较去年同期)?(净?(?:增长|增加|提高|上升|上涨|增收)了?|净?(?:下降|减少|降低|回落|减收)了?)$",
);

impl Binder<'_, '_> {
    /// 比上年增加20万元, 增长20%: bound to both years' facts where the arithmetic agrees.
    pub(super) fn change(&mut self, index: usize, claim: &Claim) -> bool {
        let Some(change) = self.grown(index, claim) else { return false };
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

    /// A change against last year of a figure that the line says, with what is known of that.
    fn grown(&self, index: usize, claim: &Claim) -> Option<Change> {
        let one = &self.numbers[index];
        let size = one.reading.as_ref()?.exact()?;
        let found = GROWN.captures(self.before(index))?;
        let verb = found.get(2)?.as_str().to_owned();
        let base = claim.level.filter(|_| matches!(claim.base, Base::LastYear | Base::Unsaid))?;
        let path = self.path_of(base)?.to_owned();
        let of =
            self.claims[base].as_ref().filter(|of| of.when == When::Report && claim.when == When::Report)?;
        if matches!(of.relation, Relation::Change { .. } | Relation::Rank { .. } | Relation::Multiple) {
            return None;
        }
        let now = self.numbers[base].reading.as_ref()?.exact()?;
        let by = match (size.unit.base.as_str(), now.unit.base.as_str()) {
            (unit, of) if unit == of && unit != "%" => By::Amount,
            ("个百分点", "%") | ("个千分点", "‰") => By::Amount,
            ("%", of) if !matches!(of, "%" | "‰") => By::Rate,
            _ => return None,
        };
        let falls = ["降", "减", "回落"].iter().any(|word| verb.contains(word));
        let signed = if falls { -size.value } else { size.value };
        Some(Change {
            path,
            base,
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
