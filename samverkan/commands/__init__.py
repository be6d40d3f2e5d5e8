"""One module per command, named after it; each imports what is heavy when it runs, so that `samverkan --help` stays quick."""
