//! Whole projects: a new one, a new year, its settings, and the samples that reports are held against.

pub mod confirm;
pub mod draft;
pub mod examine;
pub mod golden;
pub mod mapping;
pub mod rollover;
pub mod settings;
pub mod starter;
pub mod workbook;
