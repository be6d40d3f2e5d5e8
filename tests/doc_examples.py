"""The fenced examples of our Markdown: what they say, and the output that is shown below them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])

FENCE = re.compile(r"^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$", re.M | re.S)
# The name of a program, after settings for it alone: "SAMVERKAN_CONTACT=you@example.org samverkan crawl", ".venv/bin/samverkan runs"
SAMVERKAN = re.compile(r"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?samverkan (?P<arguments>[a-z-][^#|>&]*)")


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block; `output` is the block of `text` that follows it with nothing in between, None where none does."""

    document: Path
    line: int
    language: str
    text: str
    output: str | None = None

    @property
    def name(self) -> str:
        """docs/analysts.md:12"""
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def read_examples(document: Path) -> list[Example]:
    """The examples of a document in order; shown outputs stand with what they are the output of."""
    text = document.read_text("utf-8")
    found: list[Example] = []
    end = -1
    for fence in FENCE.finditer(text):
        if fence["language"] == "text" and found and not text[end : fence.start()].strip():
            last = found.pop()
            found.append(Example(document, last.line, last.language, last.text, fence["text"]))
        else:
            found.append(Example(document, text.count("\n", 0, fence.start()) + 2, fence["language"], fence["text"]))
        end = fence.end()
    return found


def list_examples(*languages: str) -> list[Example]:
    """Those of all documents in some languages."""
    return [example for document in DOCUMENTS for example in read_examples(document) if example.language in languages]


def split_console(example: Example) -> Iterator[tuple[str, str]]:
    """The commands of a `console` block ("$ ..."), each with the output shown below it."""
    for part in re.split(r"^\$ ", example.text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def list_commands() -> list[str]:
    """Every command line of the documents, as typed."""
    lines = [line.strip() for example in list_examples("sh", "cron") for line in example.text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")] + [
        command for example in list_examples("console") for command, _ in split_console(example)
    ]
