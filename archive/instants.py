"""Instants as WARC records write them."""

from datetime import UTC, datetime


def format_warc_date(when: datetime) -> str:
    """An aware instant as "2026-11-21T04:00:00.250000Z": all that Python holds of it, so that it reads back equal."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_warc_date(text: str | None) -> datetime | None:
    """A date like "2026-11-21T04:00:00Z", decimals or not, as an aware UTC instant; None where it is none."""
    try:
        when = datetime.fromisoformat(text or "")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
