//! What rules on facts and templates read.

use crate::diff::facts::FactChange;
use crate::figures::Figures;
use crate::template::Templates;

/// A project: its figures, its templates, and this year's facts against last year's.
#[derive(Clone, Copy)]
pub struct Case<'p> {
    /// Facts and what is computed from them.
    pub figures: &'p Figures,
    /// The templates.
    pub templates: &'p Templates,
    /// This year against the year before; empty where there is none.
    pub changes: &'p [FactChange],
}
