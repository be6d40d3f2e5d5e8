"""`python -m samverkan` is `samverkan`."""

from samverkan.cli import main

if __name__ == "__main__":
    main()
