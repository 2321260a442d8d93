"""The documentation site: its pages and files, made from the data package at build time.

`hook` is the one door to MkDocs; `edition` holds what several pages say of a package; each module of `pages` makes
the pages of one chapter in both languages, and is registered by being there; nothing here is kept by hand.
"""
