//! What is to be said of a race and its steps.
