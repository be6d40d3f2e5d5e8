"""Dates that a page states: when bodies were formed, what holds how long, meetings, deadlines, and the page's own."""
