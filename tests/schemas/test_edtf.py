"""The part of EDTF that the datasets use."""

from datetime import date

import pytest

from schemas.values import edtf_bounds, edtf_precision, is_edtf


@pytest.mark.parametrize(
    ("edtf", "start", "end", "precision"),
    [
        ("2006", date(2006, 1, 1), date(2006, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023-05-03", date(2023, 5, 3), date(2023, 5, 3), "day"),
        ("2022/2026", date(2022, 1, 1), date(2026, 12, 31), "year"),
        ("2022-03/2026-12-31", date(2022, 3, 1), date(2026, 12, 31), "month"),
        ("2022/..", date(2022, 1, 1), None, "year"),
        ("../2018-09", None, date(2018, 9, 30), "month"),
        ("XXXX-05-04", None, None, "day"),
        ("XXXX-10", None, None, "month"),
        ("XXXX-03-26/XXXX-04-01", None, None, "day"),
    ],
)
def test_bounds_and_precision(edtf: str, start: date | None, end: date | None, precision: str) -> None:
    assert is_edtf(edtf)
    assert edtf_bounds(edtf) == (start, end)
    assert edtf_precision(edtf) == precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "XXXX",
        "0000",
        "2023-13",
        "2023-02-29",
        "XXXX-02-30",
        "2026/2022",
        "2023-5-3",
        "2023/",
        "2022/2024/2026",
        "2022/XXXX-05",
    ],
)
def test_no_edtf(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match="not an EDTF"):
        edtf_bounds(text)
    with pytest.raises(ValueError, match="not an EDTF"):
        edtf_precision(text)
