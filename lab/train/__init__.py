"""Where weights are made: one script a weight file."""
