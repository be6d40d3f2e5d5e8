"""Who has a part in what, and how many: from sentences, lists, tables and seats."""
