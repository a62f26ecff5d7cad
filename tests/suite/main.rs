//! The one integration binary.

mod bad_input;
mod cases;
mod check;
mod cli;
mod diff;
mod example;
mod excel;
mod forms;
mod manual;
mod project;
mod redline;
mod rules;
mod tidy;
