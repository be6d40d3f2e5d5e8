"""How good the extraction is: a run's datasets beside the facts that a careful person found on the same pages."""
