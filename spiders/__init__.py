"""What we fetch, and how politely: sites are rows, spiders are ways of fetching. No facts are read here."""
