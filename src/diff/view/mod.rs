//! The comparison for people and programs.

pub mod html;
pub mod json;
pub mod text;
pub mod xlsx;
