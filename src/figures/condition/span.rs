//! What is known of a number or a day, and what is asked of it: two spans, and whether the one lies in the other.

/// One end of a span, and whether the end itself belongs to it.
pub(super) type End<T> = Option<(T, bool)>;

/// Everything between two ends; where there is none, it goes on for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span<T> {
    pub low: End<T>,
    pub high: End<T>,
}

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Yes,
    No,
    /// What is known leaves it open.
    Open,
}

impl Verdict {
    /// The verdict on the opposite.
    pub fn reversed(self) -> Verdict {
        match self {
            Verdict::Yes => Verdict::No,
            Verdict::No => Verdict::Yes,
            Verdict::Open => Verdict::Open,
        }
    }

    /// Whether one of two is so.
    pub fn or(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Yes, _) | (_, Verdict::Yes) => Verdict::Yes,
            (Verdict::Open, _) | (_, Verdict::Open) => Verdict::Open,
            (Verdict::No, Verdict::No) => Verdict::No,
        }
    }
}

impl<T: Ord> Span<T> {
    /// One value alone.
    pub fn only(value: T) -> Span<T>
    where
        T: Clone,
    {
        Span { low: Some((value.clone(), true)), high: Some((value, true)) }
    }

    /// Whether nothing lies in it.
    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some((low, with_low)), Some((high, with_high))) => {
                low > high || low == high && !(*with_low && *with_high)
            }
            _ => false,
        }
    }

    /// Whether what is known to lie in `self` lies in `asked`.
    pub fn lies_in(&self, asked: &Span<T>) -> Verdict {
        if before(&self.high, &asked.low) || before(&asked.high, &self.low) {
            return Verdict::No;
        }
        let above = match (&asked.low, &self.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((asked, with)), Some((known, known_with))) => {
                known > asked || known == asked && (*with || !known_with)
            }
        };
        let below = match (&asked.high, &self.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((asked, with)), Some((known, known_with))) => {
                known < asked || known == asked && (*with || !known_with)
            }
        };
        if above && below { Verdict::Yes } else { Verdict::Open }
    }
}

/// Whether everything up to `high` lies before everything from `low`.
fn before<T: Ord>(high: &End<T>, low: &End<T>) -> bool {
    match (high, low) {
        (Some((high, with_high)), Some((low, with_low))) => {
            high < low || high == low && !(*with_high && *with_low)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn holds(span: &Span<i32>, value: i32) -> bool {
        span.low.is_none_or(|(low, with)| value > low || with && value == low)
            && span.high.is_none_or(|(high, with)| value < high || with && value == high)
    }

    fn end() -> impl Strategy<Value = End<i32>> {
        // Twice as fine as the values that are tried, so that an open span between two of them has something in it.
        prop::option::of(((0i32..12).prop_map(|end| end * 2), any::<bool>()))
    }

    proptest! {
        #[test]
        fn a_verdict_is_what_every_value_says(known in (end(), end()), asked in (end(), end())) {
            let (known, asked) = (Span { low: known.0, high: known.1 }, Span { low: asked.0, high: asked.1 });
            prop_assume!(!known.is_empty() && !asked.is_empty());
            let said: Vec<bool> =
                (-4..30).filter(|value| holds(&known, *value)).map(|value| holds(&asked, value)).collect();
            let wanted = match (said.contains(&true), said.contains(&false)) {
                (true, false) => Verdict::Yes,
                (false, true) => Verdict::No,
                _ => Verdict::Open,
            };
            prop_assert_eq!(known.lies_in(&asked), wanted);
        }
    }
}
