"""Run as ``python -m kg.store.engine.start``: the first keeper of an engine, or one after a keeper died."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg.store.changes import default_digest
from kg.store.engine import process
from kg.store.engine.keeper import Config, Content, Keeper
from kg.store.engine.options import Start
from kg.store.engine.state import State
from kg.store.engine.updater import become_next


def main() -> None:
    """Load the dataset, become its keeper, tell the clients."""
    start = msgspec.json.decode(sys.argv[2], type=Start)
    process.no_core_dumps()
    process.leave_the_network()
    process.set_priority(0, process.KEEPER)
    store = ox.Store()
    if start.path:
        store.load(path=start.path, format=ox.RdfFormat.N_QUADS)
        Path(start.path).unlink()
    for graph in start.graphs:
        store.add_graph(ox.NamedNode(graph))
    folder = Path(start.folder)
    scratch = Path(start.scratch) if start.scratch else None
    config = Config(folder, start.epoch, start.memory, start.update_timeout, start.lifeline, scratch)
    content = Content(start.generation, store, start.published or default_digest(ox.Store()))
    root = socket.socket(fileno=int(sys.argv[1]))
    keeper = Keeper(config, content, State(folder / "state"), root)
    keeper.publish()
    while True:
        keeper = become_next(keeper, keeper.run())


if __name__ == "__main__":
    main()
