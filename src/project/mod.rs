//! Whole projects: a new one, a new year, its settings, and the samples that reports are held against.

pub mod adopt;
pub mod amend;
pub mod another;
pub mod asked;
pub mod collecting;
pub mod compare;
pub mod confirm;

pub mod draft;
mod entries;
pub mod examine;
pub mod filled;
mod folder;
pub mod form;
pub mod founding;
pub mod golden;
pub mod indicator;
pub mod intake;
pub mod issued;
pub mod journal;
pub mod kinds;
pub mod ledger;
pub mod mapping;
mod pictures;
pub mod rename;
mod report_table;
pub mod returned;
pub mod review;
pub mod rollover;
pub mod settings;
pub mod starter;
pub mod store;
pub mod stored;
pub mod tasks;
pub mod terms;
pub mod texts;
pub mod tidy;
pub mod trend;
pub mod value;
pub mod workbook;
mod years_of;

pub use stored::Texts;
pub use value::{Basis, Edition, Project};
