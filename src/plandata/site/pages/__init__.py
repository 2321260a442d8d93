"""The kinds of pages. Each module yields its pages in one language from an Edition."""
