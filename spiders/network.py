"""The downloader middleware nearest to the network: who may be asked, when, whether only for changes, and that every answer is kept."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.codings import TooLargeError, UndecodableError
from archive.framing import payload_digest
from schemas.errors import SamverkanError, UsageError
from schemas.page import ArchivePlace, Page
from schemas.runs import find_previous
from schemas.visit import FAILURE, Fetch, SiteVisit
from spiders.budget import DailyBudget
from spiders.guard import AddressGuard
from spiders.journal import Journal, Recorded
from spiders.memory import Memory, Remembered
from spiders.pace import Paces
from spiders.trouble import Fault, FetchError, judge_failure

if TYPE_CHECKING:
    from scrapy import Spider

NOT_MODIFIED = 304


@dataclass(slots=True)
class Receipt:
    """When an answer came, where it lies, and the page that it confirms. In `request.meta["receipt"]` of every response."""

    fetched_at: datetime
    archived: ArchivePlace | None
    """None of an answer that names somebody who asked not to be published: it is not kept."""
    confirmed: Page | None = None
    """The page of an earlier crawl: the site says that it has not changed, or sent the same bytes again."""


class NetworkMiddleware:
    """Nothing stands between it and the network. `paces` is shared with those who wait for other reasons."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._output = output = Path(settings["SAMVERKAN_OUTPUT"])
        self._crawler = crawler
        self._is_replay = bool(settings.get("SAMVERKAN_REPLAY"))
        self.paces = Paces(crawler)
        self._budget = DailyBudget(output, 0 if self._is_replay else settings.getint("SAMVERKAN_DAILY_REQUESTS"))
        is_resumed = settings.getbool("SAMVERKAN_RESUME")
        self._journal = Journal(output / "archive", settings["SAMVERKAN_RUN_ID"], settings["BOT_NAME"], is_resumed=is_resumed)
        spider: Any = crawler.spider
        self._fetches: dict[str, Fetch] = spider.fetches
        self._guard = AddressGuard(spider.site_list)
        self._slots = count()
        self._ending: asyncio.Future[None] | None = None
        crawler.signals.connect(self._close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @cached_property
    def _memory(self) -> Memory:
        """Read when the first request is due: by then the run is open, and has forgotten what it must."""
        run = None if self._is_replay else find_previous(self._output, "crawl")
        return Memory(run, self._output / "archive", timedelta(days=self._crawler.settings.getfloat("SAMVERKAN_TRUST_DAYS")))

    async def process_request(self, request: Request) -> Response | None:
        """What the journal holds of it; else returns when it may be sent. Raises FetchError as recorded, and what the parts raise."""
        try:
            if recorded := self._journal.take(request.url):
                return self._answer_again(request, recorded)
            await self._let_through(request)
        except SamverkanError as error:
            self._end_crawl(error)
            raise IgnoreRequest(str(error)) from error
        return None

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Archives the answer and leaves its Receipt in `request.meta`. A page said to be unchanged that is lost is asked for whole."""
        is_recorded = self._end_turn(request, response)
        try:
            return self._receive(request, response, is_recorded=is_recorded)
        except SamverkanError as error:
            self._end_crawl(error)
            raise IgnoreRequest(str(error)) from error

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Notes a request that was sent in vain."""
        seconds = self.paces.age_of(request.url)
        if request.meta.pop("is_in_turn", False):
            self.paces.end_turn(request.url, None)
        if isinstance(exception, IgnoreRequest):  # we did not ask
            return
        self._note_failure(request, fault := judge_failure(exception))
        if not isinstance(exception, FetchError):  # else the journal told us
            try:
                self._journal.write_failure(request.url, fault, seconds)
            except SamverkanError as error:
                self._end_crawl(error)

    async def _let_through(self, request: Request) -> None:
        """Returns when it is the request's turn."""
        if not self._is_replay:
            self._budget.spend(request.url)
        await self.paces.take_turn(request.url)
        request.meta["is_in_turn"] = True
        if not (self._is_replay or request.meta.get("proxy")):  # a proxy looks the host up itself
            await self._guard.check(request.url)
        request.meta["download_slot"] = f"turn {next(self._slots)}"  # Scrapy's own slots would wait a second time
        if remembered := self._recall(request):
            for name, value in remembered.conditions.items():
                request.headers[name] = value.encode("latin-1", "replace")  # the server's own bytes

    def _answer_again(self, request: Request, recorded: Recorded) -> Response:
        response = self._journal.read_answer(recorded, request.url) if recorded.place else None
        self.paces.hear_again(request.url, response, recorded.at, recorded.seconds)
        if response is None or recorded.place is None:
            assert recorded.fault, "what has no answer failed"
            raise FetchError(recorded.fault)
        request.meta["recorded"] = Receipt(recorded.at, recorded.place)
        return response

    def _end_turn(self, request: Request, response: Response) -> bool:
        """Whether the answer is a recorded one; else the host's next turn may begin."""
        if request.meta.pop("is_in_turn", False):
            self.paces.end_turn(request.url, response)
        return "recorded" in request.meta

    def _receive(self, request: Request, response: Response, *, is_recorded: bool) -> Response | Request:
        remembered = self._recall(request)
        digest = payload_digest(response.body)
        original = remembered.original if remembered and is_same(response, digest, remembered) else None
        if is_recorded:
            receipt: Receipt = request.meta.pop("recorded")
        else:
            receipt = Receipt(fetched_at := _now(request), self._journal.write_answer(request, response, fetched_at, original))
        self._count(request, len(response.body))
        self._note_answer(request, response, digest, receipt, remembered if original else None)
        if original and remembered:
            try:
                receipt.confirmed = self._memory.read_page(remembered, receipt.fetched_at)
            except (UsageError, UndecodableError, TooLargeError):
                return _ask_for_whole(request, remembered)
        request.meta["receipt"] = receipt
        return response

    def _recall(self, request: Request) -> Remembered | None:
        """What is remembered of the address, and can be read; None where the page itself is wanted."""
        is_wanted = request.method == "GET" and not request.meta.get("is_whole_wanted")
        return self._memory.recall(request.url) if is_wanted else None

    def _count(self, request: Request, size: int) -> None:
        visit: SiteVisit | None = request.meta.get("visit")
        if visit is not None:
            visit.requests += 1
            visit.bytes_received += size

    def _note_answer(self, request: Request, response: Response, digest: str, receipt: Receipt, confirmed: Remembered | None) -> None:
        """The address's row of `fetches`. The validators and the place of earlier bytes stay while they hold, or nobody says otherwise."""
        held = confirmed or (self._recall(request) if is_passing(response.status) else None)
        answer = Fetch(
            **_describe_request(request),
            asked_at=receipt.fetched_at,
            status=response.status,
            content_type=_header(response, "Content-Type"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            location=_header(response, "Location"),
            bytes_received=len(response.body),
            payload_digest=digest if response.status == 200 else None,
            fetched_at=receipt.fetched_at,
            archived=receipt.archived,
        )
        self._fetches[request.url] = _keep(answer, held) if held else answer

    def _note_failure(self, request: Request, fault: Fault) -> None:
        self._count(request, 0)
        failure = Fetch(**_describe_request(request), asked_at=_now(request), error=fault.code)
        self._fetches[request.url] = _keep(failure, held) if (held := self._recall(request)) else failure

    def _end_crawl(self, error: SamverkanError) -> None:
        """No further request can mend this; `run_crawl` raises the error when everything is closed."""
        if self._ending is None:
            self._crawler.stats.set_value(FAILURE, error)
            self._ending = asyncio.ensure_future(self._crawler.engine.stop_async())

    def _close(self, spider: "Spider") -> None:
        self._journal.close()
        if not self._is_replay:
            self._budget.save()


def is_same(response: Response, digest: str, remembered: Remembered) -> bool:
    """Whether an answer says that what is remembered still holds, or sends the same bytes again.

    A 304 counts only where it was asked for: a server that gave us nothing to compare by cannot know what we have.
    """
    if response.status == NOT_MODIFIED:
        return bool(remembered.conditions)
    return response.status == 200 and digest == remembered.original.payload_digest


def is_passing(status: int) -> bool:
    """Whether an answer says nothing of the page itself: the host is busy or broken."""
    return status == 429 or status >= 500


def _keep(fetch: Fetch, held: Remembered) -> Fetch:
    """The fetch with the earlier bytes that still lie in their archive, and what to ask by whether they still hold."""
    return replace(
        fetch,
        etag=(fetch.etag if fetch.status in (200, NOT_MODIFIED) else None) or held.etag,
        last_modified=(fetch.last_modified if fetch.status in (200, NOT_MODIFIED) else None) or held.last_modified,
        payload_digest=held.original.payload_digest,
        fetched_at=held.original.fetched_at,
        archived=held.place,
    )


def _ask_for_whole(request: Request, remembered: Remembered) -> Request:
    """The request again, without what asked for the page only if it has changed."""
    whole = request.replace(meta={**request.meta, "is_whole_wanted": True}, dont_filter=True)
    for name in remembered.conditions:
        whole.headers.pop(name, None)
    return whole


def _describe_request(request: Request) -> dict[str, Any]:
    visit: SiteVisit | None = request.meta.get("visit")
    return {"url": request.url, "site_id": visit.site_id if visit else None, "purpose": request.meta.get("purpose", "page")}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip(" \t") or None if value else None


def _now(request: Request) -> datetime:
    """The moment, in the precision of the datasets; a replay knows when it really was."""
    moment: datetime = request.meta.pop("fetched_at", None) or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def network_of(crawler: Crawler) -> NetworkMiddleware:
    """The crawler's own; what waits, counts or asks for a reason of its own goes through it."""
    network = crawler.get_downloader_middleware(NetworkMiddleware)
    assert network, "NetworkMiddleware must stand in DOWNLOADER_MIDDLEWARES: it keeps the pace and the archive"
    return network
