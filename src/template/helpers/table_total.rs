//! The row of totals of a table.

use std::sync::Arc;

use super::table_made::Made;
use super::table_units::{Units, listed};
use super::{Outcome, ledger};
use crate::figures::compare::{percent, ratio};
use crate::figures::condition::Conditions;
use crate::figures::formula::no_ratio;
use crate::figures::{Figure, Trouble, mismatch, sum_of_columns, value_text};
use crate::template::call::Call;
use crate::zh::number::{Amount, Unit, plain};

/// Most decimals of a rate in the row of totals.
const MOST_DECIMALS: usize = 6;

/// What stands in the row of totals under a column.
enum Total<'t> {
    /// Its label, or nothing.
    Words(&'t str),
    /// The sum of the column.
    Sum,
    /// A rate of two sums: part and whole.
    Rate(String, String),
    /// What a computed column makes of two sums.
    Made(&'t Made, [&'t str; 2]),
}

/// The row of totals that a table asks for.
pub(super) struct Totals<'t, 'c, 's> {
    call: &'t Call<'c, 's>,
    ledger: &'t str,
    columns: &'t [String],
    made: &'t [Option<Made>],
    /// `投资、就业率＝就业/应就业`
    names: String,
    /// The words of its first cells.
    labels: Vec<String>,
    /// Whether it stands above the rows.
    pub first: bool,
}

impl<'t, 'c, 's> Totals<'t, 'c, 's> {
    /// What `合计=`, `合计行=` and `合计位置=` ask for.
    pub fn of(
        call: &'t Call<'c, 's>,
        ledger: &'t str,
        (columns, made): (&'t [String], &'t [Option<Made>]),
    ) -> Result<Option<Totals<'t, 'c, 's>>, Trouble> {
        let Some(names) = call.words("合计")? else { return Ok(None) };
        let labels = call.words_or("合计行", "合计")?.split('、').map(str::to_owned).collect();
        let first = call.choice("合计位置", &["首行", "末行"])? == Some("首行");
        Ok(Some(Totals { call, ledger, columns, made, names, labels, first }))
    }

    /// Its cells.
    pub fn cells(&self, units: &Units, conditions: &Conditions) -> Result<Vec<String>, Trouble> {
        let cell = |(at, column): (usize, &String)| match self.total(at, column)? {
            Total::Words(words) => Ok(words.to_owned()),
            Total::Sum => {
                let figure = Arc::new(self.sum(column, conditions)?);
                Ok(self.call.mark(&units.total(at, &figure.text), &figure))
            }
            Total::Made(made, parts) => {
                let sums = [self.sum(parts[0], conditions)?, self.sum(parts[1], conditions)?].map(Arc::new);
                match made.of(self.call, &sums)? {
                    Some((figure, words)) => {
                        Ok(self.call.mark(&units.computed(at, &figure, &words)?, &Arc::new(figure)))
                    }
                    None => Err(no_total(column)),
                }
            }
            Total::Rate(part, whole) => self.rate(at, [&part, &whole], units, conditions),
        };
        self.columns.iter().enumerate().map(cell).collect()
    }

    fn total(&self, at: usize, column: &str) -> Result<Total<'_>, Trouble> {
        for name in listed(&self.names) {
            let Some((name, parts)) = name.split_once(['＝', '=']) else {
                match (name == column, &self.made[at]) {
                    (false, _) => continue,
                    (true, None) => return Ok(Total::Sum),
                    (true, Some(made)) => {
                        let parts = made.of_sums().ok_or_else(|| no_total(column))?;
                        return Ok(Total::Made(made, parts));
                    }
                }
            };
            if name == column {
                let (part, whole) = parts.split_once(['/', '÷']).ok_or_else(|| wrong_rate(parts))?;
                return Ok(Total::Rate(part.to_owned(), whole.to_owned()));
            }
        }
        Ok(Total::Words(self.labels.get(at).map_or("", String::as_str)))
    }

    fn sum(&self, column: &str, conditions: &Conditions) -> Result<Figure, Trouble> {
        let path = format!("{}.{column}", self.ledger);
        let columns = ledger::columns(self.call, (self.ledger, column), conditions)?;
        let unit = self.call.session.figures.unit(&path).unwrap_or_default();
        sum_of_columns(columns, format!("{path}合计"), unit).map_err(|m| mismatch(&path, &m))
    }

    /// A rate of two sums, with as many decimals as the column has at most.
    fn rate(&self, at: usize, parts: [&str; 2], units: &Units, conditions: &Conditions) -> Outcome {
        let unknown = parts.iter().find(|part| !self.columns.iter().any(|column| column == *part));
        if let Some(part) = unknown {
            return Err(ledger::unknown_column(self.call.session.figures, self.ledger, part));
        }
        let sums = [Arc::new(self.sum(parts[0], conditions)?), Arc::new(self.sum(parts[1], conditions)?)];
        let share =
            ratio(&sums[0].amount, &sums[1].amount).map_err(|why| no_ratio(parts[0], parts[1], why))?;
        let decimals = self.decimals(&self.columns[at])?;
        let exact = Amount::quotient(share * rust_decimal::Decimal::ONE_HUNDRED, Unit::parse("%"), decimals);
        let words = units.total(at, &format!("{}%", plain(percent(share, decimals).0)));
        Ok(self.call.mark_derived(&words, exact, &format!("{}占{}", parts[0], parts[1]), &sums))
    }

    fn decimals(&self, column: &str) -> Result<u32, Trouble> {
        let mut most = 0;
        for year in self.call.session.periods_of_rows(self.ledger) {
            for row in self.call.session.figures.rows(self.ledger, year)? {
                let text = row.cells.get(column).map(|cell| value_text(&cell.value)).unwrap_or_default();
                let digits = text
                    .split_once('.')
                    .map_or(0, |(_, behind)| behind.chars().take_while(char::is_ascii_digit).count());
                most = most.max(digits.min(MOST_DECIMALS));
            }
        }
        Ok(most as u32)
    }
}

fn no_total(column: &str) -> Trouble {
    Trouble::wrong(
        "wrong-arguments",
        format!("“{column}”这一列不能合计"),
        "同比、名次没有合计；相除的，总数不能是0。请在 合计=\"…\" 里去掉它",
    )
}

fn wrong_rate(parts: &str) -> Trouble {
    Trouble::wrong(
        "wrong-arguments",
        format!("合计里的“{parts}”不是两列相除"),
        "请写成 合计=\"化解率＝化解/排查\"，斜线前后都写列名",
    )
}
