"""The bundled front end: where a page finds its scripts and styles, if they were built.

`frontend/` is bundled while the package is installed; a page works without it, so a template asks first:
``{% with url = bundle_url("network.js") %}{% if url %}<script type="module" src="{{ url }}"></script>{% endif %}…``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask

_YEAR = 31_536_000
_FOLDER = Path(__file__).resolve().parent / "static" / "bundle"


def bundle_url(name: str) -> str | None:
    """Return the path of a bundled file (`pages.js`, `workbench.css`, …), or None where it was not built.

    The path changes with the content of the file, so that it may be cached for ever.
    """
    file = _manifest().get(name)
    return None if file is None else f"/static/bundle/{file}"


def register(app: Flask) -> None:
    """Let every template call `bundle_url`; a static file's address changes with its content, so it is kept a year."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.jinja_env.globals["bundle_url"] = bundle_url


def _manifest() -> dict[str, str]:
    path = _FOLDER / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=1)
def _read(path: Path, _written: int) -> dict[str, str]:
    """Read the manifest; a bundle made anew under a running service is a new one."""
    manifest: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
