"""A page as text, blocks and its own data: charset, tree, chrome, sentences, tables, platform, language, dates of the page itself."""
