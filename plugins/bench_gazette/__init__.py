"""公报评测: one issue set by this engine, by Chromium's print-to-PDF and by Typst.

All three get the same text. Chromium gets the very HTML and stylesheet; Typst what its own language
has for the same things: headings, tables, contents with page numbers, running heads.

Nothing is imported here: `setting`, whose time and memory are measured, would bring in all of it.
"""
