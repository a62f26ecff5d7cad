//! 多、余、近、约、左右、以上、超: an exact figure said roughly, never claiming more than it is.

use rust_decimal::Decimal;

use crate::zh::number::{Amount, Approx, Bound, Scale, half_up, is_near, is_round, plain, shift, with_word};

/// No decimal has more digits.
const MOST_DIGITS: u32 = 28;

/// Where 多 and 余 stand against the scale word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// By the rule of usage: before 万 where the kept number ends in 0 (9000多万元), else behind (5万余元).
    Usage,
    /// Before the scale word.
    Before,
    /// Behind the scale word.
    Behind,
}

/// How to say a figure roughly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roughly {
    /// The word.
    pub approx: Approx,
    /// Significant digits kept, at least 1.
    pub keep: u32,
    /// Scale of the number.
    pub scale: Scale,
    /// Where the word stands.
    pub position: Position,
    /// Keep the word although nothing was dropped (only 以上).
    pub forced: bool,
}

impl Roughly {
    /// The words, or `None` where the amount does not bear the word (近 of a lower bound).
    pub fn say(&self, amount: &Amount) -> Option<String> {
        let exact = shift(amount.value, self.scale).normalize();
        let kept = self.round(exact, self.kept(amount));
        let unit = amount.unit.with_scale(self.scale);
        let number = plain(kept);
        if amount.is_exact() && kept == exact {
            return Some(match self.forced && self.approx == Approx::Yishang {
                true => format!("{number}{unit}以上"),
                false => format!("{number}{unit}"),
            });
        }
        let in_front = match self.position {
            Position::Before => true,
            Position::Behind => false,
            Position::Usage => is_round(&number),
        };
        self.bears(amount).then(|| with_word(&number, &unit, self.approx, in_front))
    }

    /// The digits that are kept: as many as asked for, or as many more as 近 needs to be near.
    pub fn kept(&self, amount: &Amount) -> u32 {
        let exact = shift(amount.value, self.scale).normalize();
        let is_said_near = self.approx == Approx::Jin && exact > Decimal::ZERO;
        let near = |keep: &u32| !is_said_near || is_near(exact, self.round(exact, *keep));
        (self.keep..=MOST_DIGITS).find(near).unwrap_or(MOST_DIGITS)
    }

    /// Whether the amount allows the word. Of a negative number nobody knows whether more is more or less.
    fn bears(&self, amount: &Amount) -> bool {
        use Bound::{About, Above, AtLeast, AtMost, Below, Exact};
        let bound = amount.bound;
        if amount.value.is_sign_negative() && self.approx.bound() != About {
            return false;
        }
        match self.approx {
            Approx::Duo | Approx::Yu | Approx::Chao | Approx::Chaoguo | Approx::Yuyue | Approx::Tupo => {
                matches!(bound, Exact | Above)
            }
            Approx::Yishang => matches!(bound, Exact | Above | AtLeast),
            Approx::Jin => matches!(bound, Exact | Below),
            Approx::Yixia | Approx::Yinei => matches!(bound, Exact | Below | AtMost),
            Approx::Yue | Approx::Zuoyou | Approx::Shangxia => matches!(bound, Exact | About | Below),
        }
    }

    fn round(&self, exact: Decimal, keep: u32) -> Decimal {
        let places = i64::from(keep) - digits_before_point(exact);
        let power = u32::try_from(places.unsigned_abs()).unwrap_or(MOST_DIGITS).min(MOST_DIGITS);
        let factor = Decimal::from_i128_with_scale(10_i128.pow(power), 0);
        let scaled = if places >= 0 { exact * factor } else { exact / factor };
        let rounded = match self.approx {
            Approx::Jin | Approx::Yixia | Approx::Yinei => scaled.ceil(),
            Approx::Yue | Approx::Zuoyou | Approx::Shangxia => half_up(scaled, 0),
            _ => scaled.trunc(),
        };
        // What cannot be rounded up within 28 digits stays as it is.
        let kept = if places >= 0 { rounded.checked_div(factor) } else { rounded.checked_mul(factor) };
        kept.unwrap_or(exact).normalize()
    }
}

/// Digits before the point: 4 for 9350, 0 for 0.5, -1 for 0.05.
fn digits_before_point(value: Decimal) -> i64 {
    let digits = value.mantissa().unsigned_abs().checked_ilog10().map_or(0, i64::from) + 1;
    digits - i64::from(value.scale())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zh::number::{Manner, Unit, read};

    fn say(value: &str, unit: &str, approx: Approx, keep: u32, scale: &str) -> String {
        let amount = Amount::exact(Decimal::from_str_exact(value).unwrap(), Unit::parse(unit));
        let scale = Scale::named(scale).unwrap_or_default();
        let roughly = Roughly { approx, keep, scale, position: Position::Usage, forced: false };
        roughly.say(&amount).unwrap()
    }

    #[test]
    fn lower_words_truncate_and_stand_where_usage_wants_them() {
        assert_eq!(say("93500000", "元", Approx::Duo, 1, "万"), "9000多万元");
        assert_eq!(say("52600", "元", Approx::Yu, 1, "万"), "5万余元");
        assert_eq!(say("526000", "元", Approx::Yu, 1, "万"), "50余万元");
        assert_eq!(say("132600", "车次", Approx::Yu, 3, "万"), "13.2万余车次");
    }

    #[test]
    fn nothing_dropped_means_no_word() {
        assert_eq!(say("30", "条", Approx::Duo, 1, ""), "30条");
        assert_eq!(say("8", "条", Approx::Duo, 1, ""), "8条");
        assert_eq!(say("0", "条", Approx::Duo, 1, ""), "0条");
        assert_eq!(say("2000", "人次", Approx::Jin, 1, ""), "2000人次");
    }

    #[test]
    fn near_words_round_their_own_way() {
        assert_eq!(say("999", "人", Approx::Jin, 1, ""), "近1000人");
        assert_eq!(say("1801", "人次", Approx::Jin, 1, ""), "近2000人次");
        assert_eq!(say("1001", "人次", Approx::Jin, 1, ""), "近1100人次");
        assert_eq!(say("100001", "元", Approx::Jin, 1, "万"), "近11万元");
        assert_eq!(say("9826918244578580000000", "元", Approx::Chao, 1, ""), "超9000000000000000000000元");
        let longest = "79228162514264337593543950335";
        assert_eq!(say(longest, "元", Approx::Jin, 1, ""), format!("{longest}元"), "no panic");
        assert_eq!(say("0.00000000000000000003", "元", Approx::Yue, 1, ""), "0.00000000000000000003元");
        assert_eq!(say("4.93", "公里", Approx::Yue, 2, ""), "约4.9公里");
        assert_eq!(say("70200", "人", Approx::Zuoyou, 1, "万"), "7万人左右");
    }

    proptest! {
        #[test]
        fn what_is_said_roughly_is_true_and_near(
            number in 1i64..10_000_000, decimals in 0u32..3, keep in 1u32..5, word in 0usize..6,
            scale in prop::sample::select(vec!["", "万"]),
        ) {
            let approx = [Approx::Duo, Approx::Yu, Approx::Jin, Approx::Yue, Approx::Chao, Approx::Yishang][word];
            let value = Decimal::new(number, decimals);
            let said = say(&value.to_string(), "元", approx, keep, scale);
            let read = read(&said, Manner::Prose).unwrap();
            let (bound, claimed) = (read.one().unwrap().bound, read.one().unwrap().value);
            let holds = match bound {
                Bound::Exact => value == claimed,
                Bound::Above => value > claimed,
                Bound::AtLeast => value >= claimed,
                Bound::Below => value < claimed && value * Decimal::TEN >= claimed * Decimal::from(9),
                Bound::About => true,
                Bound::AtMost => false,
            };
            prop_assert!(holds, "{value}元 is said as {said}");
        }
    }

    #[test]
    fn a_lower_bound_bears_no_upper_word() {
        let amount = Amount { bound: Bound::Above, ..Amount::exact(Decimal::from(30), Unit::parse("条")) };
        let near = Roughly {
            approx: Approx::Jin,
            keep: 1,
            scale: Scale::ONE,
            position: Position::Usage,
            forced: false,
        };
        assert_eq!(near.say(&amount), None);
        let more = Roughly { approx: Approx::Duo, ..near };
        assert_eq!(more.say(&amount).as_deref(), Some("30多条"));
    }
}
