//! stub
use crate::zh::unit::Unit;
use rust_decimal::Decimal;
pub fn format_exact(_value: Decimal, _unit: &Unit, _decimals: u32) -> String {
    unimplemented!()
}
pub fn plain(_value: Decimal) -> String {
    unimplemented!()
}
