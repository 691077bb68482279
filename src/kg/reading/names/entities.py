"""From the names of a text to its things: one entity each, under its fullest name, with every mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kg.facts import Entity, EntityType
from kg.reading.layers import Article, Mention
from kg.reading.names.acting import acting_district, lead_end, opening_town, own_town, reached
from kg.reading.names.aliases import inner_forms, is_leveled, join, short_forms
from kg.reading.names.clauses import Name
from kg.reading.names.groups import Group, same_group
from kg.reading.names.measures import Action
from kg.reading.rows import load_words
from kg.reading.vocabulary.gazetteer import rank
from kg.reading.vocabulary.occurrences import apart, blanked, occurrences
from kg.reading.vocabulary.patterns import turn
from kg.reading.vocabulary.tokens import is_whole

_LONGEST = 60
_OWN_WORK, _ITSELF = 6, 4
_CLASS = 5
_BRAND = 2

# What says surely what a stretch is, whatever its suffix says.
_TOLD_BY = frozenset(
    {"list-projects", "undertaking-fronted", "work-carried", "work-sited", "work-under-way", "work-counted"}
)


@dataclass(slots=True)
class Thing:
    """An entity in the making: the forms that the text gives it are sought, or else its `places` are known.

    `brands` are short forms of two characters, which are the thing's only where they are whole words.
    """

    name: str
    type: EntityType
    rule: str
    also: set[EntityType] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    brands: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)


def outermost(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that no other name holds, and of those inside the ones that stand for themselves."""
    names = tuple(names)
    sited = {name.start: name.end for name in names if name.type == "District"}
    kept: list[Name] = []
    around: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end, name.rule not in _TOLD_BY, name.rule)):
        around = [other for other in around if other.end > name.start]
        if all(_stands_inside(name, other, sited) for other in around if name.end <= other.end):
            kept.append(name)
            around.append(name)
    return tuple(kept)


def _stands_inside(name: Name, holder: Name, sited: Mapping[int, int]) -> bool:
    """Tell whether a name stands for itself inside a longer one.

    A place does, but for a firm's name; a firm does inside a project's name where it is of legal form or begins it.
    """
    if (name.start, name.end) == (holder.start, holder.end):
        return False
    if name.rule == "project-whole" or (name.type == "Park" and holder.type == "PublicBody"):
        return True
    if name.type == "Park" and holder.type == "Project" and name.rule == "park":
        return name.start == holder.start and holder.end - name.end >= _OWN_WORK
    if name.type == "District":
        return holder.type not in {"District", "Enterprise"} and name.rule != "place-stem"
    if name.type != "Enterprise" or holder.type not in {"Project", "Park", "ProjectGroup"}:
        return False
    begins = name.start == holder.start or (name.rule == "firm-trade" and _past_places(holder.start, name.start, sited))
    begins = begins and (name.rule != "firm-trade-common" or holder.end - name.end <= 2)
    begins = begins and (name.rule != "firm-works" or holder.type != "Project" or holder.end - name.end > _ITSELF)
    return begins or name.rule in {"firm-capacity", "firm-known", "firm-legal"}


def _past_places(start: int, end: int, sited: Mapping[int, int]) -> bool:
    """Tell whether nothing but places stands between two offsets, a bracket around one allowed."""
    while start < end:
        at = next((place for place in (start, start + 1) if place in sited), None)
        if at is None:
            return start + 1 == end
        start = sited[at]
    return start == end


def park_classes(article: Article, names: Sequence[Name]) -> frozenset[str]:
    """Return the words for a park that name none (经济产业园), four characters at least."""
    classes = (name for name in names if name.type == "Park" and not name.individual)
    return frozenset(form for name in classes if len(form := article.folded[name.start : name.end]) >= _CLASS)


def gather(article: Article, names: Sequence[Name], parks: Iterable[str] = ()) -> tuple[Thing, ...]:
    """Join the names of individuals to things; one of the `parks` is the only one whose name ends so."""
    kinds = _kinds(article, names)
    full = join([(form, name.type) for form, name in kinds.items()])
    things: dict[str, Thing] = {}
    for form in kinds:
        head = full[form]
        thing = things.setdefault(head, Thing(head, kinds[head].type, kinds[head].rule))
        thing.forms |= {form, *_made(article.folded, kinds[form], form)}
        thing.also |= {kind for kind in (kinds[form].type, kinds[form].also) if kind and kind != thing.type}
    for form in sorted(parks):
        meant = [thing for thing in things.values() if "Park" in {thing.type, *thing.also} and _ends(thing.name, form)]
        if len(meant) == 1:
            meant[0].forms.add(form)
    _join_own_park(things)
    _join_called(article.folded, names, things)
    _add_short_forms(article.folded, tuple(things.values()))
    return tuple(things.values())


def _made(folded: str, name: Name, form: str) -> Iterator[str]:
    """Yield what a site that is built is called with that: 运动中心建设."""
    if name.type == "Project" and not form.endswith(load_words("aliases", "work_ends")):
        yield from (form + word for word in load_words("carried", "made") if form + word in folded)


def _join_own_park(things: dict[str, Thing]) -> None:
    """Join 县开发区 to the only park that is an area of that kind (海盐经济开发区)."""
    parks = [thing for thing in things.values() if thing.type == "Park"]
    for thing in parks:
        bare = thing.name[1:]
        if thing.name[0] not in "县市区州旗" or bare not in load_words("words", "parks"):
            continue
        same = [other for other in parks if other is not thing and other.name.endswith(bare)]
        if len(same) == 1:
            same[0].forms |= {*thing.forms, bare}
            del things[thing.name]


def _join_called(folded: str, names: Sequence[Name], things: dict[str, Thing]) -> None:
    """Join what a bracket right behind a name says that it is called for short (以下简称“金太阳公司”)."""
    written = {name.end: folded[name.start : name.end] for name in sorted(names, key=lambda name: -name.start)}
    owners = {form: thing for thing in things.values() for form in thing.forms}
    for match in turn("called.short").finditer(folded):
        thing, short = owners.get(written.get(match.start(), "")), match["short"]
        other = things.get(short)
        if thing is None or owners.get(short) is thing or (other is not None and other.type != thing.type):
            continue
        thing.forms |= things.pop(short).forms if other is not None else {short}
        owners |= dict.fromkeys(thing.forms, thing)


def _ends(name: str, form: str) -> bool:
    """Tell whether a park's name ends in a shorter form; 园 is 园区."""
    return name != form and name.endswith((form, f"{form}区"))


def _kinds(article: Article, names: Sequence[Name]) -> dict[str, Name]:
    """Map each form to the name that most often bears it."""
    votes: dict[str, Counter[EntityType]] = {}
    first: dict[tuple[str, EntityType], Name] = {}
    for name in names:
        form = article.folded[name.start : name.end]
        votes.setdefault(form, Counter())[name.type] += 1
        first.setdefault((form, name.type), name)
    built = {form for (form, _), name in first.items() if name.type == "Project" and name.also}
    for form in sorted(built):
        votes[form] = Counter({"Project": 1})
    return {form: first[form, max(sorted(count), key=count.__getitem__)] for form, count in votes.items()}


def _add_short_forms(text: str, things: Sequence[Thing]) -> None:
    """Add the short forms that the text uses outside the names that it is known to hold, or that works begin with.

    A firm has none that is a district of the text, or that and one character more.
    """
    known = occurrences(text, (form for thing in things for form in thing.forms))
    rest = blanked(text, (span for form, spans in known.items() if len(form) > 1 for span in spans))
    shorter = {thing.name: [form for form, _ in short_forms(thing.name, thing.type)] for thing in things}
    places = {form for thing in things if thing.type == "District" for form in (*thing.forms, *shorter[thing.name])}
    for name in (thing.name for thing in things if thing.type == "Enterprise"):
        shorter[name] = [form for form in shorter[name] if not _is_of_place(form, places, text)]
    used = occurrences(rest, (form for forms in shorter.values() for form in forms))
    works = (form for thing in things if thing.type in {"Project", "Park"} for form in thing.forms)
    begun = {form[:size] for form in works for size in range(2, min(len(form), 10))}
    districts = {form for thing in things if thing.type == "District" for form in (thing.name, thing.name[:-1])}
    for thing in things:
        firm = thing.type == "Enterprise"
        found = {form for form in shorter[thing.name] if used[form] or (firm and form in begun)}
        found -= {form for form in found if firm and districts & {form, form[:-1]}}
        thing.brands = {form for form in found if firm and len(form) == _BRAND and used[form]} - thing.forms
        thing.forms |= {
            form
            for form in found
            if form not in thing.brands or form in begun or any(is_whole(text, *span) for span in used[form])
        }
        thing.aliases |= set(inner_forms(thing.name, thing.type))


def _is_of_place(form: str, places: Container[str], text: str) -> bool:
    """Tell whether a short form is a place of the text, or that with one character behind it (永安 of 永安竹业公司)."""
    return form in places or (len(form) > 2 and form[:-1] in places) or is_leveled(form, text)


def entities(article: Article, things: Sequence[Thing]) -> tuple[Entity, ...]:
    """Number the things in the order of their first mention.

    A mention is every place of every form, also inside the names of other things, never twice in its own.
    """
    found = occurrences(article.folded, (form for thing in things if not thing.places for form in thing.forms))
    placed = [
        (tuple(sorted(thing.places)) or _places(article.folded, found, thing), thing.name, thing) for thing in things
    ]
    ordered = sorted(placed, key=lambda row: (row[0], row[1]))
    return tuple(_entity(article, thing, f"e{number}", places) for number, (places, _, thing) in enumerate(ordered, 1))


def _places(text: str, found: Mapping[str, list[tuple[int, int]]], thing: Thing) -> tuple[tuple[int, int], ...]:
    """Return the places of a thing's forms, of a brand those where it is a whole word."""
    kept = apart(found, thing.forms)
    return tuple(span for span in kept if text[slice(*span)] not in thing.brands or is_whole(text, *span)) or kept


def _entity(article: Article, thing: Thing, name: str, places: Sequence[tuple[int, int]]) -> Entity:
    written = {article.folded[start:end]: article.text[start:end] for start, end in reversed(places)}
    aliases = {written[form] for form in thing.forms if form != thing.name and form in written}
    return Entity(
        id=name,
        rule=thing.rule,
        type=thing.type,
        also_types=tuple(sorted(thing.also)),
        name=written.get(thing.name) or _as_written(article, thing.name),
        aliases=tuple(sorted(aliases | {_as_written(article, form) for form in thing.aliases})),
        mentions=tuple(article.span(start, end) for start, end in places),
    )


def _as_written(article: Article, form: str) -> str:
    """Return a folded form in the text's own characters, as it is where the text does not hold it."""
    start = article.folded.find(form)
    return article.text[start : start + len(form)] if start >= 0 else form


def action_things(actions: Sequence[Action]) -> tuple[Thing, ...]:
    """Make one thing of the measures of each name; 改造工程 and 改造项目 of the same words are one."""
    things: dict[str, Thing] = {}
    for action in actions:
        key = action.name.removesuffix("工程").removesuffix("项目")
        thing = things.setdefault(key, Thing(action.name, action.type, action.rule))
        thing.places.append((action.start, action.end))
        thing.aliases |= {action.name} - {thing.name}
    return tuple(things.values())


def standing(entities: Sequence[Entity]) -> tuple[Mention, ...]:
    """Return the mentions that stand for themselves, in text order: not those inside a longer name.

    A group or a measure holds its members' names, which stand for themselves all the same.
    """
    found: list[Mention] = []
    spans = [(span.start, -span.end, entity) for entity in entities for span in entity.mentions]
    reach = -1
    for start, end, entity in sorted(spans, key=lambda row: (row[0], row[1], row[2].id)):
        if entity.type in SPAN_NAMED:
            found.append(Mention(start, -end, entity.type, entity.rule, entity.id))
        elif -end > reach:
            reach = -end
            found.append(Mention(start, -end, entity.type, entity.rule, entity.id))
    return tuple(found)


SPAN_NAMED = frozenset({"ProjectGroup", "Measure"})


def individuals(names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names of individuals; a trade name inside a class (2个吉他乐器项目) is none."""
    classes = sorted((name.start, name.end) for name in names if not name.individual and name.type == "Project")
    for name in names:
        near = classes[
            bisect_left(classes, (name.start - _LONGEST, 0)) : bisect_right(classes, (name.start, name.end + _LONGEST))
        ]
        inside = name.rule == "firm-trade-common" and any(low <= name.start and name.end < high for low, high in near)
        if name.individual and not inside:
            yield name


_BELOW_COUNTY = 4
_MANY = 3


def acting_thing(article: Article, names: Sequence[Name], things: Sequence[Thing]) -> tuple[Thing, ...]:
    """Make a district of "全县" where an article that names no district from the county up speaks for it.

    Where it says "开发区" instead, that is a short form of the park whose name ends so, else a park of its own; an
    article that says "我县" speaks for that, whatever parks it tells of, and one that says "全区" does not speak for a
    park that its first sentences do not name.
    """
    town = own_town(article.folded)
    districts = [name for name in names if name.type == "District"]
    if town and acting_district(article, districts) is None:
        return (Thing(town, "District", "acting", forms={town, f"全{town[1:]}"}),)
    ranks = [rank(article.folded[name.start : name.end]) or _BELOW_COUNTY for name in reached(article, districts)]
    few = min(ranks, default=9) < _BELOW_COUNTY and len(ranks) < _MANY
    spoken = [word for word in load_words("levels", "speaks_for") if word[0] == "我"]
    ours = any(word in article.folded for word in spoken)
    if acting_district(article, districts) is not None or (few and not ours):
        return ()
    district, park = (_most_said(article, load_words("levels", table)) for table in ("speaks_for", "speaks_for_park"))
    if district and rank(district) == _BELOW_COUNTY and opening_town(article, districts):
        return ()
    wider = _speaks_wider(article, district, park)
    governed = [district[1:] + body for body in load_words("levels", "governs")] if district else []
    own = any(word in article.folded for word in (*spoken, *governed))
    if park is None or wider or own:
        return (Thing(district, "District", "acting", forms={district}),) if district else ()
    forms = {park, "全区"} if district == "全区" else {park}
    parks = [thing for thing in things if thing.type == "Park"]
    for thing in [thing for thing in parks if thing.name.endswith(park)][:1]:
        thing.forms |= forms
        thing.rule = "acting"
    first = min((article.folded.find(thing.name) for thing in parks), default=len(article.folded))
    said_before = article.folded.find(park) < first and _opens_with(article.folded, park)
    return () if parks and not said_before else (Thing(park, "Park", "acting", forms=forms),)


def _speaks_wider(article: Article, district: str | None, park: str | None) -> bool:
    """Tell whether an article speaks for a district more than for the park that it speaks for as well.

    "全区" says either, so there the park must be named at the start; any other word for a district must be said more
    often than the park, or as often and first, stand in a title, or tell of what only a district has (全旗实现GDP).
    """
    if district is None:
        return False
    if district == "全区":
        return park is not None and article.folded.find(park) >= lead_end(article)
    before = park is not None and article.folded.find(district) < article.folded.find(park)
    often = article.folded.count(district) - article.folded.count(park or "\n\n")
    whole = turn("whole.economy").search(article.folded)
    return (
        often > 0
        or (before and often == 0)
        or (whole is not None and whole["whole"] == district)
        or any(line.kind == "title" and article.folded.startswith(district, line.start) for line in article.sentences)
    )


def _opens_with(folded: str, word: str) -> bool:
    """Tell whether a word opens the first sentence that holds it, or stands right behind its period (1-3月份,园区)."""
    return folded[max(0, folded.find(word) - 1)] in " ,\n。" or folded.startswith(word)


def _most_said(article: Article, words: Sequence[str]) -> str | None:
    """Return the word that the text says most often, the first of the table where two are level.

    What figures are set against (低于全市平均, 居全市第三) is not said of.
    """
    said = turn("place.set-against").sub("", article.folded)
    counts = [(said.count(word), -place, word) for place, word in enumerate(words)]
    count, _, word = max(counts)
    return word if count else None


def group_things(article: Article, groups: Sequence[Group]) -> tuple[Thing, ...]:
    """Make one thing of each group, of those that are the same group one."""
    things: list[Thing] = []
    by_size: dict[Decimal | None, list[tuple[Group, Thing]]] = {}
    deeds: list[tuple[Group, Thing]] = []
    for group in groups:
        alike = by_size.setdefault(group.size, [])
        near = (*alike[-8:], *deeds[:1])
        same = next((thing for other, thing in near if same_group(other, group, article.folded)), None)
        if same is None:
            same = Thing(article.folded[group.start : group.end], "ProjectGroup", group.rule)
            things.append(same)
            deeds += [(group, same)] if group.rule == "group-deeds" else []
        if not any(thing is same for _, thing in alike):
            alike.append((group, same))
        same.places.append((group.start, group.end))
    return tuple(things)
