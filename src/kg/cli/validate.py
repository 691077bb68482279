"""`kg validate`: SHACL over the dataset."""

from __future__ import annotations

import io
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from kg import resources
from kg.cli.building import Progress
from kg.cli.options import settings_from, settings_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.checks.validate import Violation

_SHOWN = 5


@click.command("validate")
@settings_options("store", "base_iri")
def command(**given: Any) -> int:
    """Check the dataset against the shapes; the exit code is 0 only where it conforms."""
    from kg.graph.building.scratch import scratch
    from kg.graph.checks.checking import Checkers
    from kg.graph.checks.partition import parted
    from kg.store import open_store
    from kg.store.formats import N_TRIPLES

    settings = settings_from(**given)
    store = open_store(settings.store)
    try:
        body = store.read_graph(None, syntax=N_TRIPLES).body
    finally:
        store.close()
    with Checkers(resources.ontology() / "shapes.ttl") as checkers, scratch() as folder, Progress() as progress:
        partition = parted(io.BytesIO(body), folder, settings.base_iri)
        total = partition.triples
        violations = checkers.check(chain(partition.parts(), [partition.whole()]), progress.counting("checking", total))
    for line in _summary(violations):
        click.echo(line)
    outcome = "conforms" if not violations else f"does not conform: {len(violations):,} results"
    click.echo(f"kg: {total:,} triples; the dataset {outcome}", err=True)
    return 1 if violations else 0


def _summary(violations: list[Violation]) -> Iterator[str]:
    """Yield a line for each kind of result with how often it stands, and the first places."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for violation in violations:
        kinds.setdefault((violation.severity, violation.message()), []).append(violation.focus)
    for (severity, message), places in sorted(kinds.items()):
        yield f"{severity} ({len(places):,}×): {message}"
        yield from (f"    {place}" for place in places[:_SHOWN])
        if len(places) > _SHOWN:
            yield f"    … and {len(places) - _SHOWN:,} more"
