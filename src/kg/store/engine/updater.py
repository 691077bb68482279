"""The updater: a fork of the keeper that applies one change, has it made durable, and becomes the next keeper."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable

import msgspec
import pyoxigraph as ox

from kg import errors
from kg.store import changes
from kg.store.base import Dataset
from kg.store.engine import process
from kg.store.engine.keeper import Content, Keeper
from kg.store.engine.wire import Body, Commit, Reply, Request, receive, receive_open, send
from kg.store.engine.worker import PID, SENDING, failure, syntax_of
from kg.store.refusing import allowed_update
from kg.store.using import is_repeatable

_SMALL = 1 << 20


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a change made: the dataset after it, and the text that makes the same change on disk (None: none does)."""

    store: ox.Store
    published: str
    text: str | None = None
    created: bool = False


def become_next(keeper: Keeper, connection: socket.socket) -> Keeper:
    """Apply the change that `connection` brings and return the keeper of its outcome; end where that fails."""
    process.no_core_dumps()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    connection.settimeout(keeper.config.update_timeout)
    try:
        connection.sendall(PID.pack(os.getpid()))
        request, body = receive_open(connection, Request)
        signal.setitimer(signal.ITIMER_REAL, max(request.deadline - time.monotonic(), 0.001))
        outcome = _CHANGES[request.op](request, body, keeper.content)
        body.close()
        signal.setitimer(signal.ITIMER_REAL, 0)
        root = _commit(keeper, outcome, request.base)
        return _succeed(keeper, outcome, root, connection)
    except (errors.KgError, TypeError, ValueError) as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _tell(connection, failure(error))
    except MemoryError:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _tell(connection, failure(errors.TooLargeError("The change needs more memory than there is.")))
    except (EOFError, OSError) as error:
        _tell(connection, failure(errors.StoreError(f"The change was not made: {error}.")))
    os._exit(0)


def _tell(connection: socket.socket, reply: Reply) -> None:
    try:
        send(connection, reply)
    except OSError:  # the client left; what was made stays made
        return


def _update(request: Request, _: Body, content: Content) -> Outcome:
    dataset = Dataset(request.default, request.named)
    text = changes.update(content.store, allowed_update(request.text, request.base), dataset, request.base)
    again = text if is_repeatable(text) else None
    return Outcome(store=content.store, published=content.published, text=again)


def _write_graph(request: Request, body: Body, content: Content) -> Outcome:
    syntax, text = syntax_of(request), None
    if body.size < _SMALL or syntax.quads:
        quads = changes.read_triples(body.read(), syntax, request.graph, request.base)
        created = changes.write_graph(content.store, request.graph, quads, replace=request.replace)
        text = changes.as_update(request.graph, quads, replace=request.replace) if body.size < _SMALL else None
    else:
        created = changes.write_graph(content.store, request.graph, [], replace=request.replace)
        changes.load_triples(content.store, body.source(), syntax, request.graph, request.base)
    return Outcome(store=content.store, published=content.published, text=text, created=created)


def _delete_graph(request: Request, _: Body, content: Content) -> Outcome:
    changes.delete_graph(content.store, request.graph)
    graph = "DEFAULT" if request.graph is None else f"GRAPH {changes.graph_name(request.graph)}"
    return Outcome(store=content.store, published=content.published, text=f"DROP {graph}")


def _replace_default(request: Request, body: Body, content: Content) -> Outcome:
    if not request.replace and changes.default_digest(content.store) != content.published:
        raise errors.StoreChangedError(changes.CHANGED)
    store = changes.with_new_default(content.store, body.source(), ox.Store())
    return Outcome(store=store, published=changes.default_digest(store))


_CHANGES: dict[str, Callable[[Request, Body, Content], Outcome]] = {
    "update": _update,
    "write_graph": _write_graph,
    "delete_graph": _delete_graph,
    "replace_default": _replace_default,
}


def _commit(keeper: Keeper, outcome: Outcome, base: str | None) -> socket.socket:
    """Have root make the change durable; the connection that comes back stays open as long as this process lives.

    Raises:
        StoreError: root could not write it; nothing changed.
    """
    root = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    root.connect(str(keeper.config.folder / "root"))
    commit = Commit(generation=keeper.content.generation, published=outcome.published, base=base)
    if outcome.text is not None:
        commit.text = outcome.text
    elif keeper.config.scratch is not None:
        commit.path = str(keeper.config.scratch / f"change{keeper.content.generation + 1}.nq")
        commit.graphs = tuple(graph.value for graph in outcome.store.named_graphs() if isinstance(graph, ox.NamedNode))
        outcome.store.dump(commit.path, format=ox.RdfFormat.N_QUADS)
    send(root, commit)
    reply, _ = receive(root, Reply)
    if reply.error:
        raise errors.StoreError(reply.message)
    return root


def _succeed(keeper: Keeper, outcome: Outcome, root: socket.socket, connection: socket.socket) -> Keeper:
    """Be the keeper of the next generation, and only then tell the client that the change is made."""
    process.set_priority(0, process.KEEPER)
    content = Content(keeper.content.generation + 1, outcome.store, outcome.published)
    following = Keeper(keeper.config, content, keeper.state, root, keeper.updates)
    keeper.state.count("updates")
    following.publish()
    connection.settimeout(SENDING)
    _tell(connection, Reply(version=following.version, created=outcome.created))
    connection.close()
    return following
