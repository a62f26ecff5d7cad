//! The one integration binary.

mod forms;
mod manual;
