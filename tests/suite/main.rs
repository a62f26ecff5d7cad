//! The one integration binary.

mod bad_input;
mod cases;
mod chart;
mod check;
mod cli;
mod diff;
mod example;
mod forms;
mod layout;
mod manual;
mod project;
mod redline;
mod rules;
mod serve;
mod tidy;
