"""Pages as received: WARC and WACZ files, written while crawling, read in a stream, looked up by place."""
