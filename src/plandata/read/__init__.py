"""Reading the dataset: one flat table, one row with all that hangs on it, comparisons, citations, what a rule says."""
