"""Takes the pictures of the docs from a running service: python docs/screenshots.py http://127.0.0.1:8000."""

from __future__ import annotations

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "images"
LARGEST = 200_000  # bytes
SIZE = {"width": 1120, "height": 760}
FLAGS = ["--no-sandbox", "--disable-sync", "--disable-background-networking", "--disable-lcd-text"]
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
QUERY = """PREFIX kg: <https://w3id.org/district-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?subject ?figure ?low WHERE {
  ?observation kg:subject ?subject ;
    kg:unit/skos:notation "CNY" ;
    kg:indicator/skos:prefLabel ?figure ;
    kg:low ?low .
  FILTER(LANG(?figure) = "zh-hans")
}
ORDER BY DESC(?low)
LIMIT 12
"""


def start(page: Page) -> None:
    """The start page."""
    page.goto("/")


def article(page: Page) -> None:
    """The article with a firm's words lit up."""
    page.goto("/articles/longsha-2020-08-27")
    page.locator("#thing").select_option(label="华工机床")
    page.locator("li[data-things]:visible a").first.click()
    page.mouse.move(0, 0)


def thing(page: Page) -> None:
    """The page of a project group with its sums."""
    page.goto("/search?q=新开工")
    page.locator("main a[href^='/page/']").first.click()
    page.wait_for_load_state()


def network(page: Page) -> None:
    """The graph of firms and projects."""
    page.goto("/network")
    page.locator(".graph canvas").first.wait_for()
    page.wait_for_timeout(1500)
    page.mouse.wheel(0, 130)


def question(page: Page) -> None:
    """A canned query with its chart and the head of its table."""
    page.goto("/queries/employment")
    page.locator("figure.chart svg text").first.wait_for()
    page.mouse.wheel(0, 400)


def workbench(page: Page) -> None:
    """The workbench with an answer as a chart."""
    page.goto("/workbench?" + urlencode({"query": QUERY, "run": "1"}))
    page.locator("[role=tab]").nth(2).click()
    page.locator(".chart svg text").first.wait_for()
    page.mouse.wheel(0, 420)


PICTURES = (start, article, thing, network, question, workbench)


def save(picture: bytes, path: Path) -> None:
    """Write a picture in 256 colours."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def main(base: str) -> None:
    """Take every picture in both languages; a picture that is too large ends the run."""
    FOLDER.mkdir(exist_ok=True)
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language, locale in LANGUAGES.items():
            context = browser.new_context(base_url=base, viewport=SIZE, locale=locale, reduced_motion="reduce")
            page = context.new_page()
            for picture in PICTURES:
                picture(page)
                page.wait_for_timeout(500)
                path = FOLDER / f"{picture.__name__}-{language}.png"
                save(page.screenshot(), path)
                if path.stat().st_size > LARGEST:
                    raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes; {LARGEST:,} are allowed.")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
