"""Values that read themselves: `read_x(text)` gives a value in its one form or None, `find_xs(text)` every such value with its place."""

from schemas.values.address import Address, find_addresses, read_address, read_postal_code
from schemas.values.area_code import read_county_code, read_municipality_code
from schemas.values.dates import find_dates, read_date
from schemas.values.edtf import edtf_bounds, edtf_precision, is_edtf
from schemas.values.email import find_emails, read_email
from schemas.values.organisation_number import read_organisation_number
from schemas.values.phone import find_phones, read_phone
from schemas.values.url import canonical_url, page_id, read_url

__all__ = [
    "Address",
    "canonical_url",
    "edtf_bounds",
    "edtf_precision",
    "find_addresses",
    "find_dates",
    "find_emails",
    "find_phones",
    "is_edtf",
    "page_id",
    "read_address",
    "read_county_code",
    "read_date",
    "read_email",
    "read_municipality_code",
    "read_organisation_number",
    "read_phone",
    "read_postal_code",
    "read_url",
]
