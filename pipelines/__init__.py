"""Facts -> resolved, valid, stored, published: thin Scrapy classes around pure functions, and the run they end in."""
