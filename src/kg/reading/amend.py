"""How one correction changes the facts of an article.

Things are named by their name or an alias, as `Type:name` where two things share it. Targets:

    entity        { name = "…" }                             fields: name, type, alsoTypes, aliases, mention, merge
    observation   { number = "46个" } inside the quotation    fields: the contract's, things by name
    relation      { subject = …, predicate = …, object = … } fields: subject, predicate, object, item, asserted

`merge` names another thing, which becomes this one. Removing an observation tells in `fields.unread` why its number
is none, so that no number is dropped; adding one takes its number out of the unread.

Reading gets better: what a correction adds may be there already (it is then set), what it removes may be gone (nothing
happens), a name it sets may be set. Such a correction is no error; it may be deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import msgspec

from kg.facts import Entity, Fact, Facts, Observation, Relation, Span, UnreadNumber

F = TypeVar("F", bound=Fact)


class AmendError(ValueError):
    """A correction does not fit the facts; the message goes on a sentence that names it."""


class Entry(Protocol):
    """What this module needs of a correction."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def kind(self) -> str: ...  # noqa: D102

    @property
    def action(self) -> str: ...  # noqa: D102

    @property
    def target(self) -> dict[str, Any]: ...  # noqa: D102

    @property
    def fields(self) -> dict[str, Any]: ...  # noqa: D102


def apply(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    """Return the facts with one correction applied.

    Raises:
        AmendError: the target is not there, or a field has a wrong name or value.
    """
    steps: dict[tuple[str, str], Callable[[Facts, str, Entry, Span], Facts]] = {
        ("entity", "add"): _add_entity,
        ("entity", "set"): _set_entity,
        ("entity", "remove"): _remove_entity,
        ("observation", "add"): _add_observation,
        ("observation", "set"): _set_observation,
        ("observation", "remove"): _remove_observation,
        ("relation", "add"): _add_relation,
        ("relation", "set"): _set_relation,
        ("relation", "remove"): _remove_relation,
    }
    return steps[entry.kind, entry.action](facts, text, entry, quote)


def _mark(entry: Entry) -> dict[str, Any]:
    return {"origin": "curated", "correction": entry.name, "confidence": "high", "rule": "correction"}


def _make(kind: type[F], values: dict[str, Any]) -> F:
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise AmendError(str(error)) from None


def _changed(fact: F, values: dict[str, Any]) -> F:
    return _make(type(fact), {**msgspec.to_builtins(fact), **values})


def _swap(old: tuple[F, ...], before: F, after: F) -> tuple[F, ...]:
    return tuple(after if fact.id == before.id else fact for fact in old)


def _only(entry: Entry, *names: str) -> dict[str, Any]:
    unknown = sorted(set(entry.fields) - set(names))
    if unknown:
        told = f"it takes {', '.join(names)}" if names else "it takes none"
        raise AmendError(f"no field of {entry.action} {entry.kind} is called {unknown[0]!r}; {told}")
    return dict(entry.fields)


def _target(entry: Entry, *names: str) -> list[str]:
    if set(entry.target) != set(names):
        raise AmendError(f"its target must tell {', '.join(names)}")
    return [str(entry.target[name]) for name in names]


def _thing(facts: Facts, name: str) -> Entity:
    kind, colon, rest = name.partition(":")
    typed = colon and kind.isascii()
    called = rest if typed else name
    pool = [e for e in facts.entities if not typed or e.type == kind]
    found = [e for e in pool if e.name == called] or [e for e in pool if called in e.aliases]
    if len(found) != 1:
        how = "nothing" if not found else f"{len(found)} things"
        raise AmendError(f"{how} in the facts bear the name “{name}”")
    return found[0]


# Things


def _all_mentions(text: str, names: list[str], quote: Span) -> list[dict[str, Any]]:
    for name in names:
        if name in quote.exact:
            start = quote.start + quote.exact.index(name)
            return [{"start": start, "end": start + len(name), "exact": text[start : start + len(name)]}]
    return [{"start": quote.start, "end": quote.end, "exact": quote.exact}]


def _add_entity(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    values = _only(entry, "name", "type", "alsoTypes", "aliases", "mention")
    names = [str(name) for name in (values.pop("mention", None), values.get("name")) if name]
    values["mentions"] = _all_mentions(text, names, quote)
    there = [e for e in facts.entities if e.name == values.get("name") and e.type == values.get("type")]
    if there:
        values["mentions"] = _joined(there[0].mentions, values["mentions"])
        changed = _changed(there[0], {**values, **_mark(entry)})
        return msgspec.structs.replace(facts, entities=_swap(facts.entities, there[0], changed))
    entity = _make(Entity, {"id": f"c-{entry.name}", **values, **_mark(entry)})
    return msgspec.structs.replace(facts, entities=(*facts.entities, entity))


def _set_entity(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    values = _only(entry, "name", "type", "alsoTypes", "aliases", "mention", "merge")
    old = _meant(facts, _target(entry, "name")[0], values.get("name"), quote)
    other = values.pop("merge", None)
    mention = values.pop("mention", None)
    if mention is not None:
        values["mentions"] = _joined(old.mentions, _all_mentions(text, [str(mention)], quote))
    new = _changed(old, {**values, **_mark(entry)})
    facts = msgspec.structs.replace(facts, entities=_swap(facts.entities, old, new))
    return _merged(facts, new, _thing(facts, str(other))) if other is not None else facts


def _meant(facts: Facts, name: str, new_name: object, quote: Span) -> Entity:
    """Return the thing of a name, else of the name it is to have, else the one that the quotation mentions whole."""
    names = [name, *([new_name] if isinstance(new_name, str) else [])]
    known = {called for e in facts.entities for called in (e.name, f"{e.type}:{e.name}", *e.aliases)}
    quoted = [e for e in facts.entities if quote in e.mentions]
    if not known & set(names) and len(quoted) == 1:
        return quoted[0]
    return _thing(facts, next((called for called in names if called in known), name))


def _joined(old: tuple[Span, ...], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    spans = {(m["start"], m["end"]): m for m in [*msgspec.to_builtins(old), *more]}
    return [spans[place] for place in sorted(spans)]


def _merged(facts: Facts, kept: Entity, gone: Entity) -> Facts:
    if kept.id == gone.id:
        raise AmendError("a thing cannot be merged with itself")
    names = dict.fromkeys([*kept.aliases, gone.name, *gone.aliases])
    names.pop(kept.name, None)
    whole = msgspec.structs.replace(
        kept, aliases=tuple(names), mentions=tuple(sorted({*kept.mentions, *gone.mentions}))
    )
    entities = tuple(whole if e.id == kept.id else e for e in facts.entities if e.id != gone.id)
    return _renamed(msgspec.structs.replace(facts, entities=entities), gone.id, kept.id)


def _renamed(facts: Facts, old: str, new: str) -> Facts:
    def at(value: str | None) -> str | None:
        return new if value == old else value

    replace = msgspec.structs.replace
    observations = tuple(
        replace(
            o,
            subject=at(o.subject),
            counts=at(o.counts),
            participants=tuple(dict.fromkeys(str(at(p)) for p in o.participants)),
        )
        for o in facts.observations
    )
    relations = tuple(
        replace(r, subject=str(at(r.subject)), object=str(at(r.object)), item=at(r.item)) for r in facts.relations
    )
    return replace(facts, observations=observations, relations=relations)


def _remove_entity(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:  # noqa: ARG001 – one signature
    _only(entry)
    name = _target(entry, "name")[0]
    if not any(name in (e.name, f"{e.type}:{e.name}", *e.aliases) for e in facts.entities):
        return facts
    gone = _thing(facts, name)
    ends = [end for r in facts.relations for end in (r.subject, r.object, r.item)]
    ends += [end for o in facts.observations for end in (o.subject, o.counts, *o.participants)]
    if gone.id in ends:
        raise AmendError(f"“{gone.name}” is still an end of {ends.count(gone.id)} facts: correct those first")
    return msgspec.structs.replace(facts, entities=tuple(e for e in facts.entities if e.id != gone.id))


# Figures

_FIGURE = (
    *("subject", "indicator", "low", "high", "comparator", "unit", "noun", "per"),
    *("period", "periodStart", "periodEnd", "status", "participants", "counts", "partOf"),
)


def _number(entry: Entry, text: str, quote: Span) -> Span:
    (number,) = _target(entry, "number")
    if quote.exact.count(number) != 1:
        raise AmendError(f"its number “{number}” must stand once in the quotation")
    start = quote.start + quote.exact.index(number)
    return Span(start=start, end=start + len(number), exact=text[start : start + len(number)])


def _observed(facts: Facts, number: Span) -> Observation:
    found = [o for o in facts.observations if (o.number.start, o.number.end) == (number.start, number.end)]
    if len(found) != 1:
        raise AmendError(f"{len(found) or 'no'} observations have the number “{number.exact}” there")
    return found[0]


def _figure(facts: Facts, entry: Entry) -> dict[str, Any]:
    values = _only(entry, *_FIGURE)
    for end in ("subject", "counts"):
        if values.get(end):
            values[end] = _thing(facts, str(values[end])).id
    if "participants" in values:
        values["participants"] = [_thing(facts, str(name)).id for name in values["participants"]]
    if values.get("partOf"):
        values["partOf"] = _part(facts, str(values["partOf"]))
    return values


def _part(facts: Facts, number: str) -> str:
    found = [o for o in facts.observations if o.number.exact == number]
    if len(found) != 1:
        raise AmendError(f"partOf must name the number of one observation: {len(found)} have “{number}”")
    return found[0].id


def _add_observation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    number = _number(entry, text, quote)
    if any(o.number == number for o in facts.observations):
        return _set_observation(facts, text, entry, quote)
    if any(o.number.start < number.end and number.start < o.number.end for o in facts.observations):
        raise AmendError(f"an observation has a part of the number “{number.exact}” already")
    values = _figure(facts, entry)
    spans = {"number": msgspec.to_builtins(number), "evidence": msgspec.to_builtins(quote)}
    blank = {"subject": None, "low": None, "high": None, "id": f"c-{entry.name}"}
    observation = _make(Observation, {**blank, **values, **spans, **_mark(entry)})
    unread = tuple(n for n in facts.unread if not (n.start < number.end and number.start < n.end))
    observations = sorted((*facts.observations, observation), key=lambda o: (o.number.start, o.number.end))
    return msgspec.structs.replace(facts, observations=tuple(observations), unread=unread)


def _set_observation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    old = _observed(facts, _number(entry, text, quote))
    values = {**_figure(facts, entry), "evidence": msgspec.to_builtins(quote), **_mark(entry)}
    return msgspec.structs.replace(facts, observations=_swap(facts.observations, old, _changed(old, values)))


def _remove_observation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:
    reason = _only(entry, "unread").get("unread")
    if not isinstance(reason, str) or not reason.strip():
        raise AmendError("removing an observation tells in fields.unread why its number states no quantity")
    number = _number(entry, text, quote)
    if number not in {o.number for o in facts.observations}:
        return facts
    old = _observed(facts, number)
    kept = tuple(
        msgspec.structs.replace(o, part_of=None) if o.part_of == old.id else o
        for o in facts.observations
        if o.id != old.id
    )
    left = UnreadNumber(start=number.start, end=number.end, exact=number.exact, reason=reason, rule="correction")
    unread = tuple(sorted((*facts.unread, left), key=lambda n: (n.start, n.end)))
    return msgspec.structs.replace(facts, observations=kept, unread=unread)


# Relations


def _related(facts: Facts, entry: Entry, quote: Span) -> Relation:
    subject, predicate, value = _target(entry, "subject", "predicate", "object")
    found = _between(facts, _thing(facts, subject).id, predicate, _thing(facts, value).id, quote)
    if len(found) != 1:
        raise AmendError(f"{len(found) or 'no'} relations {predicate} stand between “{subject}” and “{value}” there")
    return found[0]


def _between(facts: Facts, subject: str, predicate: object, value: str, quote: Span) -> list[Relation]:
    found = [r for r in facts.relations if (r.subject, r.predicate, r.object) == (subject, predicate, value)]
    return [r for r in found if r.evidence.start < quote.end and quote.start < r.evidence.end] or found


def _ends(facts: Facts, entry: Entry) -> dict[str, Any]:
    values = _only(entry, "subject", "predicate", "object", "item", "asserted")
    for end in ("subject", "object", "item"):
        if values.get(end):
            values[end] = _thing(facts, str(values[end])).id
    return values


def _add_relation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:  # noqa: ARG001 – one signature
    values = {**_ends(facts, entry), "id": f"c-{entry.name}", "evidence": msgspec.to_builtins(quote)}
    relation = _make(Relation, {**values, **_mark(entry)})
    there = _between(facts, relation.subject, relation.predicate, relation.object, quote)
    if there:
        after = msgspec.structs.replace(relation, id=there[0].id)
        return msgspec.structs.replace(facts, relations=_swap(facts.relations, there[0], after))
    return msgspec.structs.replace(facts, relations=(*facts.relations, relation))


def _set_relation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:  # noqa: ARG001 – one signature
    old = _related(facts, entry, quote)
    values = {**_ends(facts, entry), "evidence": msgspec.to_builtins(quote), **_mark(entry)}
    return msgspec.structs.replace(facts, relations=_swap(facts.relations, old, _changed(old, values)))


def _remove_relation(facts: Facts, text: str, entry: Entry, quote: Span) -> Facts:  # noqa: ARG001 – one signature
    _only(entry)
    subject, predicate, value = _target(entry, "subject", "predicate", "object")
    if not _between(facts, _thing(facts, subject).id, predicate, _thing(facts, value).id, quote):
        return facts
    old = _related(facts, entry, quote)
    return msgspec.structs.replace(facts, relations=tuple(r for r in facts.relations if r.id != old.id))
