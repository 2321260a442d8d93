"""The texts of the documents: read into plans and items, and the rows proven against them."""
