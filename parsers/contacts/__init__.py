"""Whom to reach, who holds an office, who is quoted: from cards, lines, tables and prose."""
