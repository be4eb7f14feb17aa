//! The programs.

pub(crate) mod bytecode;
pub(crate) mod refcount;
