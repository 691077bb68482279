"""Which language a page speaks: `?lang=`, else the cookie that it set, else Accept-Language; Chinese or English.

The messages of templates and code are English; their Chinese stands in `translations/`.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, request
from flask_babel import Babel, Domain
from markupsafe import Markup, escape

LANGUAGES = ("zh", "en")
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
TAGS = {"zh": "zh-Hans", "en": "en"}
_ACCEPTED = ("en", "zh", "zh-Hans", "zh-CN", "zh-SG", "zh-Hant", "zh-TW", "zh-HK")
_CATALOGUE = Path(__file__).parent / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
_YEAR = 31_536_000


class _Messages(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """The messages straight from the `.po` file, so that no compiled copy can fall behind it."""

    def get_translations(self) -> NullTranslations:
        return _messages()


_MESSAGES = _Messages()
_ENGLISH = NullTranslations()


def _messages() -> NullTranslations:
    return _chinese() if lang() == "zh" else _ENGLISH


@cache
def _read() -> Catalog:
    with _CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


@cache
def _chinese() -> NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, _read())
    compiled.seek(0)
    return Translations(compiled)


def lang() -> str:
    """Return the language of the current page, "zh" or "en"."""
    if "language" not in g:
        g.language = _choose()
    chosen: str = g.language
    return chosen


def _choose() -> str:
    for wish in (request.args.get("lang"), request.cookies.get("lang")):
        if wish in LANGUAGES:
            return wish
    best = request.accept_languages.best_match(_ACCEPTED)
    return "zh" if best and best.startswith("zh") else "en"


def switch_url(wish: str) -> str:
    """Return the address of the current page in another language."""
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return quote(request.path) + "?" + urlencode([*pairs, ("lang", wish)])


def register(app: Flask) -> None:
    """Let templates translate, and keep the language that a visitor chose."""
    Babel(app, locale_selector=lambda: LOCALES[lang()])
    app.before_request(_MESSAGES.as_default)
    app.after_request(_remember)
    app.jinja_env.globals |= {"lang": lang, "switch_url": switch_url, "language_tags": TAGS}
    # Flask-Babel finds the domain anew for every message, and Jinja's wrapper marks each anew as safe: together a
    # quarter of the time of a page.
    app.jinja_env.globals |= {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext}


def _gettext(text: str, /, **values: object) -> Markup:
    """Translate one of our messages; what is none of them (a reason, a tag of the dataset) is escaped as it stands."""
    words = _known().get((lang(), text))
    return escape(text) if words is None else words % values if values else words


def _ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(_messages().ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704 – our own words


@cache
def _known() -> dict[tuple[str, str], Markup]:
    """Return our messages by language and English words; they are markup, and only what is put in needs escaping."""
    known: dict[tuple[str, str], Markup] = {}
    for message in _read():
        if isinstance(message.id, str) and message.id:
            known["en", message.id] = Markup(message.id)  # noqa: S704 – our own words
            known["zh", message.id] = Markup(message.string or message.id)  # noqa: S704
    return known


def _remember(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = TAGS[lang()]
        response.vary.update(["Accept-Language", "Cookie"])
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie("lang", lang(), max_age=_YEAR, samesite="Lax", httponly=True)
    return response
