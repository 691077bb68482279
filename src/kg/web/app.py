"""The Flask application: the protocol's blueprints and the pages', over one store."""

from __future__ import annotations

from flask import Flask

from kg.settings import Settings
from kg.store import Store
from kg.web import operation, problems, sparql
from kg.web.context import Context
from kg.web.pages import blueprints as pages


def create_app(settings: Settings, store: Store) -> Flask:
    """Return the application that serves `store`; any number of them may live in one process."""
    app = Flask("kg.web")
    app.extensions["kg"] = Context(settings, store)
    problems.register(app)
    for blueprint in (sparql.blueprint, operation.blueprint, *pages()):
        app.register_blueprint(blueprint)
    return app
