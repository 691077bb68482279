"""What `kg build` and `kg serve` share: building with a progress bar, and the sentences about the outcome."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from kg import resources

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from kg.graph.build import Built
    from kg.settings import Settings
    from kg.store import Store


def build_into(store: Store, settings: Settings, *, strict: bool = False, replace: bool = False) -> Built:
    """Build the dataset of these settings and publish it in `store`; new addresses are kept where the user said."""
    from kg.graph.build import Folders, Options, build
    from kg.graph.register import added

    folders = Folders(
        articles=settings.articles,
        corrections=settings.corrections,
        ontology=resources.ontology(),
        reference=resources.reference(),
        identifiers=settings.identifiers,
    )
    kept = None if settings.facts == "none" else Path(settings.facts)
    options = Options(base_iri=settings.base_iri, strict=strict, replace=replace, kept=kept)
    with Progress() as progress:
        built = build(store, folders, options=options, progress=progress)
    if built.minted and settings.identifiers != resources.identifiers():
        settings.identifiers.mkdir(parents=True, exist_ok=True)
        (settings.identifiers / "things.csv").write_bytes(added(built.register, built.minted))
    return built


def tell(built: Built) -> None:
    """Say on standard error what was built and what was left out."""
    articles = len(built.articles)
    click.echo(
        f"kg: {articles:,} article{'s' * (articles != 1)}, {built.facts:,} facts, {built.triples:,} triples,"
        f" sha256 {built.digest}",
        err=True,
    )
    for name, reason in built.left_out:
        click.echo(f"kg: left out {name}: {reason}", err=True)


class Progress:
    """A bar on standard error for each step of a build, or its name where there is nothing to count.

    Silent where that is no terminal or there is little to do.
    """

    def __init__(self) -> None:
        self._bar: Any = None  # click keeps its bar's class private
        self._step, self._name = "", ""
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def __call__(self, step: str, done: int, total: int, name: str) -> None:
        """Advance the bar of a step to `done` of `total`; `name` is what was just done."""
        self._shown = self._shown or (step == "reading" and total > 1)
        if not self._shown or not sys.stderr.isatty():
            return
        if step != self._step:
            self._finish()
            self._step = step
            self._bar = self._begun(step, total) if total else None
            if not total:
                click.echo(step, err=True)
        self._name = name
        if self._bar is not None:
            self._bar.length = max(total, done)
            self._bar.update(done - self._bar.pos)

    def counting(self, step: str, total: int) -> Callable[[int], None]:
        """Return what advances the bar of a step of its own by the size of each part that is done."""
        done = 0
        self._shown = True

        def advance(size: int) -> None:
            nonlocal done
            done += size
            self(step, done, total, "")

        return advance

    def _begun(self, step: str, total: int) -> Any:
        return click.progressbar(
            length=total,
            label=f"{step:10}",
            file=sys.stderr,
            show_pos=True,
            item_show_func=lambda _: self._name,
            update_min_steps=max(1, total // 1000),
        )

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
