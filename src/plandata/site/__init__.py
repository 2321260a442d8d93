"""The documentation site: its pages, charts and files, made from the data package at build time.

`hook` is the one door to MkDocs; `edition` joins the tables; each module of `pages` makes one kind of page
in both languages from a template; nothing here is kept by hand.
"""
