"""The program: settings and command line; the only place that knows all the other packages."""
