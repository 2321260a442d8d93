"""An office's year of monitoring: workbooks out, workbooks back, and what is told of them."""
