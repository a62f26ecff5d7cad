//! The one integration binary.

mod bad_input;
mod browser;
mod cases;
mod chart;
mod check;
mod cli;
mod diff;
mod doors;
mod example;
mod excel;
mod forms;
mod import;
mod issued;
mod layout;
mod manual;
mod oracle;
mod outputs;
mod papers;
mod project;
mod redline;
mod rules;
mod serve;
mod snapshots;
mod tidy;
mod undo;
mod word;
