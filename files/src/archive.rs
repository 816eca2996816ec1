//! Zips, in and out.
