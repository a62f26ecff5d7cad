//! `huibao serve`: who may ask, what is saved and what is not, and what is left when it is killed.

mod guard;
mod issued;
mod saving;
pub(crate) mod served;
mod taken_in;
mod views;
mod workbook;
