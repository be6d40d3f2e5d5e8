"""`scrapy crawl` as in Scrapy, but an error is one line on stderr and the exit code of the contract, as with `samverkan crawl`."""

import argparse
import sys

from scrapy.commands import crawl
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from schemas.errors import SamverkanError
from spiders.runner import run_process


class Command(crawl.Command):
    """Takes the place of Scrapy's command of the same name (setting COMMANDS_MODULE)."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Sets `exitcode`: 0, that of the error, or 128 and the signal's number."""
        if len(args) != 1:
            raise UsageError
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        try:
            outcome = run_process(self.crawler_process, args[0], opts.spargs)
        except SamverkanError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = error.exit_code
        except Exception as error:  # noqa: BLE001 (as the program does: a line, and an exit code of its own)
            sys.stderr.write(f"an error of ours, {type(error).__name__}: {error}\n")
            self.exitcode = SamverkanError.exit_code
        else:
            self.exitcode = 128 + outcome.signal if outcome.signal else 0
