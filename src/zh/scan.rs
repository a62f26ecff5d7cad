//! The figure scanner.
