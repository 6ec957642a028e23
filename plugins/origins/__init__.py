"""The server that citizens reach: its rules, its configuration, and what a page may load.

`answers` holds the rules that every server of the site keeps; `serving` follows them too, on a bare
Python, so that nothing here is imported before it is asked for.
"""
