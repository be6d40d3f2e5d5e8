"""Which requests are sent again, and how often: Scrapy's retries, for what may pass."""

from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from spiders.network import network_of
from spiders.trouble import judge_failure

if TYPE_CHECKING:
    from scrapy import Spider


class RetryingMiddleware(RetryMiddleware):
    """At most RETRY_TIMES more; when, is the host's pace."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response, spider: "Spider | None" = None) -> Request | Response:
        """429, 5xx and empty pages are asked for again, unless the host wants to be left alone."""
        if network_of(self.crawler).paces.is_left_alone(request.url):
            return response
        if response.status == 200 and not response.body and not request.meta.get("dont_retry"):
            # SiteVision now and then answers an empty 200 (seen at kungsbacka.se) and the page when asked again
            return self._retry(request, "empty page") or response
        return super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception, spider: "Spider | None" = None) -> Request | None:
        """A failure that may pass is worth another try: a reset is, a name without an address is not."""
        if request.meta.get("dont_retry") or not judge_failure(exception).is_passing:
            return None
        return self._retry(request, exception)
