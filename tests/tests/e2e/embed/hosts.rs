//! Pages that real documentation tools have built, with figures in them: the examples.
