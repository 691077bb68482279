"""`kg serve`: the dataset over HTTP, built first where there is none."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import settings_from, settings_options
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.settings import Settings


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="the address to listen on")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="the port to listen on")
@click.option("--no-build", is_flag=True, help="serve the store as it is, empty if it is")
@settings_options(
    "articles", "corrections", "queries", "identifiers", "facts", "store", "base_iri", "query_timeout", "log"
)
def command(*, host: str, port: int, no_build: bool, **given: Any) -> None:
    """Serve the dataset until Ctrl-C or SIGTERM, building it first where there is none."""
    from kg.web import serve

    settings = settings_from(**given)
    _check_free(host, port)
    if not no_build:
        _build_if_empty(settings)
    shown = f"[{host}]" if ":" in host else host
    serve(settings, host, port, ready=lambda: click.echo(f"kg: serving at http://{shown}:{port}/ (Ctrl-C stops)"))


def _check_free(host: str, port: int) -> None:
    """Say at once that the address is taken, before minutes of building.

    Raises:
        KgError: it cannot be listened on.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise KgError(f"cannot listen on {host} port {port}: {reason}; choose another with --port.") from None


def _build_if_empty(settings: Settings) -> None:
    from kg.cli.building import build_into, tell
    from kg.store import open_store

    store = open_store(settings.store)
    try:
        if store.is_empty():
            click.echo("kg: the store is empty, building it", err=True)
            tell(build_into(store, settings))
    finally:
        store.close()
