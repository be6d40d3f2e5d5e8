"""The program: settings and command line; the only place that knows all the other packages."""

__version__ = "0.1.0"
