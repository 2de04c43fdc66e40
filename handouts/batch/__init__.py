"""The batch: a clinic's table to a stack of personal handouts."""
