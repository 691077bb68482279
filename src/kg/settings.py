"""Every option of the service and the builds: the whole list, its environment variables and defaults.

An option given on the command line wins over its environment variable, which wins over the default.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value <= 0:
        raise ValueError(text)
    return value


def _log(text: str) -> str:
    if text not in {"requests", "errors"}:
        raise ValueError(text)
    return text


def _base_iri(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(c in text for c in ' <>"{}|\\^`'):
        raise ValueError(text)
    return text if text.endswith(("/", "#")) else text + "/"


def _folders(text: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


def _article_text(text: str) -> str:
    if text not in {"full", "quotes"}:
        raise ValueError(text)
    return text


def _option(env: str, read: Callable[[str], Any], doc: str, *, default: Any = None, factory: Any = None) -> Any:
    metadata = {"env": env, "read": read, "doc": doc}
    if factory is not None:
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options; each field's `env`, `doc` and default are what the documentation prints."""

    store: str = _option(
        "KG_STORE",
        str,
        "memory: | oxigraph:PATH | sparql:QUERY_URL[,UPDATE_URL]",
        default="oxigraph:.kg/store",
    )
    base_iri: str = _option(
        "KG_BASE_IRI", _base_iri, "what the things' IRIs begin with", default="https://w3id.org/district-kg/"
    )
    update_token: str | None = _option(
        "KG_UPDATE_TOKEN", str, "the bearer token that may write; without it writing is off"
    )
    query_timeout: float = _option("KG_QUERY_TIMEOUT", _seconds, "seconds after which a query is stopped", default=10.0)
    query_memory: int = _option("KG_QUERY_MEMORY", _positive, "MiB of memory that one query may take", default=1024)
    result_cache: int = _option("KG_RESULT_CACHE", _count, "MiB of answers kept; 0: none", default=64)
    rate_limit: int = _option("KG_RATE_LIMIT", _count, "requests a minute and client; 0: no limit", default=0)
    proxies: int = _option(
        "KG_PROXIES", _count, "reverse proxies in front, whose X-Forwarded-For, -Proto and -Host are trusted", default=0
    )
    fetch_hosts: str = _option(
        "KG_FETCH_HOSTS",
        str,
        "hosts that LOAD and SERVICE may ask: NAME, NAME:PORT, an address or network, commas between; empty: none",
        default="",
    )
    log: str = _option(
        "KG_LOG",
        _log,
        "requests: a line of JSON each on standard error; errors: failures only",
        default="errors",
    )
    article_text: str = _option(
        "KG_ARTICLE_TEXT", _article_text, "full, or quotes: serve the quotations only", default="full"
    )
    articles: tuple[Path, ...] = _option(
        "KG_ARTICLES", _folders, "folders of articles", factory=lambda: (resources.articles(),)
    )
    corrections: tuple[Path, ...] = _option(
        "KG_CORRECTIONS", _folders, "folders of curated corrections", factory=lambda: (resources.corrections(),)
    )
    identifiers: Path = _option(
        "KG_IDENTIFIERS", Path, "the folder of published addresses", factory=resources.identifiers
    )
    facts: str = _option(
        "KG_FACTS",
        str,
        "the folder in which facts read are kept between builds; none: keep nothing",
        default=".kg/facts",
    )
    queries: tuple[Path, ...] = _option(
        "KG_QUERIES", _folders, "folders of canned queries", factory=lambda: (resources.queries(),)
    )


def load(environ: Mapping[str, str], **given: object) -> Settings:
    """Make the settings from given options (None: not given), else the environment, else the defaults.

    Raises:
        UsageError: a variable's value cannot be read; the sentence names the variable and what it takes.
    """
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for option in fields(Settings):
        env, text = option.metadata["env"], environ.get(option.metadata["env"])
        if option.name in values or text is None or text == "":
            continue
        try:
            values[option.name] = option.metadata["read"](text)
        except ValueError:
            raise UsageError(f"{env}={text!r} cannot be used: {option.metadata['doc']}.") from None
    return Settings(**values)
