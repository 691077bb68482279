"""The service as people meet it: Debian's Chromium in front of a running service with the gold of the first article."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest

from datasets import gold_store
from kg.store.formats import N_TRIPLES
from service_process import TOKEN, Service

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
STEP, LONGEST = 40, 20_000  # milliseconds
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
if CHROMIUM is None:
    collect_ignore_glob = ["test_*.py"]


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.write_line(
            "!!! THE BROWSER TESTS WERE NOT RUN: there is no chromium (apt-get install chromium fonts-noto-cjk)",
            red=True,
        )


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def service():
    store = gold_store()
    data = store.export(syntax=N_TRIPLES)
    store.close()
    service = Service("memory:")
    headers = {"Content_Type": N_TRIPLES.media_type, "Authorization": f"Bearer {TOKEN}"}
    assert service.ask("PUT", "/graph-store?default", data, **headers).status in {200, 201, 204}
    yield service
    service.stop()


@pytest.fixture(scope="session")
def base_url(service):
    return f"http://127.0.0.1:{service.port}"


class Watch:
    """What a context asked for and complained of."""

    def __init__(self, context, base_url):
        self.home = urlsplit(base_url).netloc
        self.outside, self.complaints, self.pending = [], [], set()
        context.on("request", self._requested)
        for end in ("requestfinished", "requestfailed"):
            context.on(end, self._ended)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def settle(self, page):
        """Wait until what the page asked for is there, and its scripts had a moment to use it."""
        quiet = 0
        for _ in range(LONGEST // STEP):
            page.wait_for_timeout(STEP)
            quiet = 0 if self.pending else quiet + 1
            if quiet == 3:
                return
        raise AssertionError(f"still waiting for {[request.url for request in self.pending]}")

    def _ended(self, request):
        self.pending.discard(request)

    def _requested(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"data", "blob"}:
            return
        self.pending.add(request)
        if parts.netloc != self.home:
            self.outside.append(request.url)

    def _said(self, message):
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def open_page(browser, base_url):
    """Open a path in a fresh context; at the end nobody outside was asked and the console is clean."""
    watches, contexts = [], []

    def open_path(path, **settings):
        context = browser.new_context(base_url=base_url, **{"locale": "en-GB", **settings})
        context.set_default_timeout(10_000)
        contexts.append(context)
        watches.append(Watch(context, base_url))
        page = context.new_page()
        page.settle = lambda: watches[contexts.index(context)].settle(page)
        page.goto(path)
        page.settle()
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert [url for watch in watches for url in watch.outside] == []
    assert [text for watch in watches for text in watch.complaints] == []


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core: evaluated in the page, never served."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def violations(axe):
    """What axe-core finds in a page as it is now."""

    def find(page):
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")["violations"]
        return [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found]

    return find
