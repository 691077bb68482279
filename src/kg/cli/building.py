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

    from kg.graph.building.build import Built
    from kg.settings import Settings
    from kg.store import Store


def build_into(store: Store, settings: Settings, *, strict: bool = False, replace: bool = False) -> Built:
    """Build the dataset of these settings and publish it in `store`; new addresses are kept where the user said."""
    from kg.graph.building.build import Folders, Options, build
    from kg.graph.identity.register import added

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
        try:
            built = build(store, folders, options=options, progress=progress)
        except KeyboardInterrupt:
            progress.interrupted(kept=kept is not None)
            raise
    if built.minted and settings.identifiers != resources.identifiers():
        settings.identifiers.mkdir(parents=True, exist_ok=True)
        draft = settings.identifiers / "things.csv.new"
        draft.write_bytes(added(built.register, built.minted))
        draft.replace(settings.identifiers / "things.csv")
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


_LARGE = 200_000  # triples from which on checking them takes long enough to be told
_FEW, _MANY = 2, 100  # articles from which on a bar, and lines in a log, are worth it


class Progress:
    """A bar on standard error for each step of a build, or its name where there is nothing to count.

    Where that is no terminal, a line for each tenth of a step of a large build. Silent where there is little to do.
    """

    def __init__(self) -> None:
        self._bar: Any = None  # click keeps its bar's class private
        self._step, self._name = "", ""
        self._terminal = sys.stderr.isatty()
        self._shown, self._told = False, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def __call__(self, step: str, done: int, total: int, name: str) -> None:
        """Show that `done` of `total` of a step are done; `name` is the last of them."""
        self._shown = self._shown or (step == "reading" and total >= (_FEW if self._terminal else _MANY))
        begins, self._step = step != self._step, step
        if begins:
            self._finish()
        if not self._shown or step == "published":
            return
        if not self._terminal:
            self._tell(step, done, total)
        elif not total:
            click.echo(step, err=True)
        else:
            self._name = name
            self._advance(step, done, max(total, done))

    def interrupted(self, *, kept: bool) -> None:
        """Say what became of a build that was stopped."""
        self._finish()
        if self._step != "published":
            again = " What was read is kept: build again to go on from there." if kept else ""
            click.echo(f"kg: stopped; nothing was published.{again}", err=True)

    def _tell(self, step: str, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 0
        if self._told == 0 or tenth > self._told - 1:
            self._told = tenth + 1
            click.echo(f"kg: {step} {done:,} of {total:,}" if total else f"kg: {step}", err=True)

    def _advance(self, step: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(
                length=total,
                label=f"{step:10}",
                file=sys.stderr,
                show_pos=True,
                item_show_func=lambda _: self._name,
                update_min_steps=max(1, total // 1000),
            )
        self._bar.length = total
        self._bar.update(done - self._bar.pos)

    def _finish(self) -> None:
        self._told = 0
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None

    def counting(self, step: str, total: int) -> Callable[[int], None]:
        """Return what advances the bar of a step of its own by the size of each part that is done."""
        done = 0
        self._shown = total >= _LARGE

        def advance(size: int) -> None:
            nonlocal done
            done += size
            self(step, done, total, "")

        return advance
