"""A strict reader of the Prometheus text format: what it takes, node_exporter's textfile collector takes too."""

import re

Samples = dict[tuple[tuple[str, str], ...], float]
"""The values of one metric by their labels, in the order of the names."""

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)")
ESCAPES = {r"\\": "\\", r"\"": '"', r"\n": "\n"}


def read_metrics(text: str) -> dict[str, Samples]:
    """All metrics by name. Raises ValueError at the first line that the format does not allow where it stands."""
    if not text.endswith("\n"):
        raise ValueError("the last line has no end")
    found: dict[str, Samples] = {}
    current, has_type = "", False
    for line in text[:-1].split("\n"):
        if helps := re.fullmatch(rf"# HELP ({NAME}) \S.*", line):
            current, has_type = helps[1], False
            if current in found:
                raise ValueError(f"two groups of {current}")
            found[current] = {}
        elif line == f"# TYPE {current} gauge" and not has_type and not found[current]:
            has_type = True
        elif (sample := SAMPLE.fullmatch(line)) and sample[1] == current and has_type:
            add_sample(found[current], read_labels(sample[2] or ""), float(sample[3]))
        else:
            raise ValueError(f"out of place: {line}")
    return found


def add_sample(samples: Samples, labels: dict[str, str], value: float) -> None:
    """Raises ValueError where the labels have a value already."""
    key = tuple(sorted(labels.items()))
    if key in samples:
        raise ValueError(f"two values of {key}")
    samples[key] = value


def read_labels(text: str) -> dict[str, str]:
    """Raises ValueError where they are not written as they must be."""
    labels: dict[str, str] = {}
    at = 0
    while at < len(text):
        found = LABEL.match(text, at)
        if not found or found[1] in labels:
            raise ValueError(f"no labels: {text}")
        labels[found[1]] = re.sub(r"\\.", lambda escape: ESCAPES[escape[0]], found[2])
        at = found.end()
    return labels
