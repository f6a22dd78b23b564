"""Windows for the browser tests: one of them warm, all of them with nothing remembered."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

# Of one site's windows in one profile Chromium keeps a single process, and with it the scripts that it has compiled.
FLAGS = ("--process-per-site",)
# Whether a test put a clock of its own into the profile: that cannot be taken out again.
FORGET = "localStorage.clear(), '__pwClock' in window"
MOST_WINDOWS = 20  # a process keeps some megabytes of each page that it has shown


class WarmProfile:
    """One browser profile, wiped between tests, whose next window need not compile the app's scripts anew.

    In a profile of its own every page does, and that is a third of what a page load costs. A page without any script
    stays open behind the tests' windows, so that Chromium keeps the process.
    """

    def __init__(self, browser: Browser, patience_ms: float) -> None:
        self._browser = browser
        self._patience_ms = patience_ms
        self._context: BrowserContext | None = None
        self._keeper: Page | None = None
        self._opened = 0

    def open(self, width: int, height: int, reduced_motion: object, color_scheme: object) -> Page:
        """A window of this size and taste, in a profile that remembers nothing."""
        if self._context is None:
            self._context = self._browser.new_context()
            self._context.set_default_timeout(self._patience_ms)
        self._opened += 1
        page = self._context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(reduced_motion=reduced_motion, color_scheme=color_scheme)  # type: ignore[arg-type]
        return page

    def wipe(self) -> None:
        """Close the tests' windows and forget all that they kept; where that cannot be done, start a new profile."""
        if self._context is None:
            return
        if self._opened >= MOST_WINDOWS:
            self.close()
            return
        try:
            for page in [page for page in self._context.pages if page is not self._keeper]:
                if page.url.startswith(("http", "file")) and page.evaluate(FORGET):
                    self.close()
                    return
                if self._keeper is None and page.url.startswith("http"):
                    self._keep(page)
                else:
                    page.close()
            self._context.clear_cookies()
            self._context.clear_permissions()
        except PlaywrightError:
            self.close()

    def _keep(self, page: Page) -> None:
        page.unroute_all(behavior="ignoreErrors")
        page.goto("{0.scheme}://{0.netloc}/_stcore/health".format(urlsplit(page.url)))
        self._keeper = page

    def close(self) -> None:
        """Let go of the profile and all its windows."""
        if self._context is not None:
            self._context.close()
        self._context, self._keeper, self._opened = None, None, 0
