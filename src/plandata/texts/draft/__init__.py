"""Drafts the rows of a plan that was never seen before, each with its doubts."""
