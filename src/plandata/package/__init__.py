"""A data package on disk: its folder, its tables as text, and its files in their canonical form."""
