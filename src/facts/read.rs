//! stub
use std::path::Path;
use std::sync::Arc;
use crate::diag::{Source,Problems};
pub fn templates(_project:&Path)->Result<Vec<(String,Arc<Source>)>,Problems>{unimplemented!()}
