"""A page -> facts. Pure functions: no network, no clock, no files but our own word lists, no Scrapy, no pandas."""
