//! A discrete-event simulation of CPython threads and the GIL.
