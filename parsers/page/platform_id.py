"""The id that a page has in its platform (CMS), which stays when its address changes."""

import re

from parsers.page.document import Document

IN_SCRIPT = re.compile(r"\bpageId[\"']?\s*[:=]\s*[\"'](4\.[0-9a-f]{6,40})[\"']")  # SiteVision: sv.PageContext = {pageId:'4.5d1f3a9c'}
IN_ADDRESS = re.compile(r"\.(4\.[0-9a-f]{6,40})(?:\.\d+)?\.html\b")  # SiteVision's older addresses: /samverkan.4.5d1f3a9c18e7a2b.html
IN_CLASS = re.compile(r"(?:^|\s)(?:page-id|postid)-(\d{1,12})(?:\s|$)")  # WordPress: <body class="page page-id-1412">


def read_platform_id(document: Document, url: str) -> str | None:
    """The id as the platform writes it ("4.5d1f3a9c18e7a2b", "1412"); None where nothing tells it."""
    if found := IN_SCRIPT.search(document.source) or IN_ADDRESS.search(url):
        return found[1]
    classes = [IN_CLASS.search(body.get("class") or "") for body in document.elements("body")]
    return next((found[1] for found in classes if found), None)
