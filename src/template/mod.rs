//! Handlebars templates with Chinese helpers.
