// Puts the GIL Playground into other pages. (Nothing yet.)
