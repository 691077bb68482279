"""`kg serve`: the dataset over HTTP, built first where there is none."""

from __future__ import annotations

import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import settings_from, settings_options
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.settings import Settings
    from kg.store import Store


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
    prepare = None if no_build else partial(_build_if_empty, settings)
    shown = f"[{host}]" if ":" in host else host
    up = f"kg: serving at http://{shown}:{port}/ (Ctrl-C stops)"
    serve(settings, host, port, prepare=prepare, ready=lambda: click.echo(up))


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


def _build_if_empty(settings: Settings, store: Store) -> None:
    from kg.cli.building import build_into, tell

    if store.is_empty():
        click.echo("kg: the store is empty, building it", err=True)
        tell(build_into(store, settings))
