"""Sphinx with pages in reStructuredText and in MyST Markdown."""

project = "Waiting for the GIL"
author = "Your team"
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["_build", "README.md"]

html_theme = "alabaster"
# Pictures are here because raw HTML shows them as well: Sphinx copies this folder as it is.
html_static_path = ["_static"]

# To load the script once for all pages instead of in each figure:
# html_js_files = [("https://gil.example.org/embed.js", {"async": "async"})]
