"""A run beside the one before: checks, changes, history, feed."""
