"""The Flask application: the protocol's blueprints and the pages', over one store."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from kg.service.cache import AnswerCache
from kg.service.rate import RateLimit
from kg.settings import Settings
from kg.store import Store
from kg.store.engine.client import EngineStore
from kg.store.fetching.hosts import read_hosts
from kg.store.fetching.http import Fetcher
from kg.web import bodies, graph_store, headers, operation, problems, sparql, update
from kg.web.context import Context
from kg.web.counts import Counts
from kg.web.pages import blueprints as pages
from kg.web.slow import Readers
from kg.web.whole import Application

_PROTOCOL = (sparql.blueprint, update.blueprint, graph_store.blueprint, operation.blueprint)


class _NoSessions(SessionInterface):
    """No client has a session here: nothing is read or written for one."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002
        return self._none


def create_app(settings: Settings, store: Store, *, processes: int = 1) -> Flask:
    """Return the application that serves `store`; any number of them may live in one process.

    Args:
        settings: the options.
        store: the dataset.
        processes: how many processes serve it, which share the memory that the settings give to answers kept.

    Raises:
        UsageError: the settings list a host that is none.
    """
    app = Application("kg.web")
    app.session_interface = _NoSessions()
    folder = store.folder if isinstance(store, EngineStore) else None
    counts = Counts(folder)
    lent = folder / "pages" if folder and processes > 1 else None
    cache = AnswerCache((settings.result_cache << 20) // processes, counts.cached, lent)
    rate = RateLimit(settings.rate_limit)
    hosts = read_hosts(settings.fetch_hosts)
    fetcher = Fetcher(hosts, settings.query_timeout) if hosts else None
    context = app.extensions["kg"] = Context(settings, store, cache, rate, counts, Readers(), fetcher)
    headers.register(app, context)
    bodies.register(app)
    if settings.proxies:
        behind = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind, x_host=behind)  # type: ignore[method-assign]
    problems.register(app)
    for blueprint in (*_PROTOCOL, *pages()):
        app.register_blueprint(blueprint)
    return app
