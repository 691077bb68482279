"""Articles, sections and named things as triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg import __version__
from kg.facts import Entity, Section
from kg.graph.populate.context import Context
from kg.graph.rdf.terms import term
from kg.graph.rdf.triples import text, typed

LANGUAGE = "zh-Hans"


def write_article(ctx: Context) -> None:
    """Write the article (schema:NewsArticle) and the activity that read it."""
    add, node, head = ctx.triples.add, ctx.article, ctx.head
    add(node, "rdf:type", term("schema:NewsArticle"))
    add(node, "rdf:type", term("prov:Entity"))
    add(node, "rdfs:label", text(head.title or head.id, LANGUAGE))
    add(node, "schema:headline", text(head.title, LANGUAGE))
    add(node, "schema:datePublished", typed(head.published, "xsd:date"))
    add(node, "dc:publisher", text(head.source))
    for author in head.authors:
        add(node, "dc:creator", text(author))
    add(node, "dcterms:identifier", text(head.id))
    add(node, "schema:sha256", text(head.sha256))
    add(node, "schema:inLanguage", text("zh-Hans"))
    add(node, "foaf:page", ctx.iris.page(head.id))
    reader = ctx.iris.thing(f"software/{__version__}")
    add(ctx.reading, "rdf:type", term("kg:Reading"))
    add(ctx.reading, "prov:used", node)
    add(ctx.reading, "prov:wasAssociatedWith", reader)
    add(reader, "rdf:type", term("prov:SoftwareAgent"))
    add(reader, "rdfs:label", text(f"district-kg {__version__}", "en"))
    add(reader, "schema:softwareVersion", text(__version__))


def write_sections(ctx: Context) -> None:
    """Write each section, as a part of the section or article around it."""
    add = ctx.triples.add
    for section in {(s.start, s.level): s for s in reversed(ctx.sections)}.values():
        node, outer = ctx.section(section), _outer(section, ctx.sections)
        add(node, "rdf:type", term("kg:Section"))
        add(node, "rdfs:label", text(section.title, LANGUAGE))
        add(node, "kg:level", typed(section.level, "xsd:integer"))
        add(node, "kg:startsAt", typed(section.start, "xsd:integer"))
        add(node, "kg:endsAt", typed(section.end, "xsd:integer"))
        add(node, "schema:isPartOf", ctx.section(outer) if outer else ctx.article)


def _outer(section: Section, sections: Iterable[Section]) -> Section | None:
    around = [s for s in sections if s.level < section.level and s.start <= section.start and section.end <= s.end]
    return max(around, key=lambda s: s.level, default=None)


def write_entities(ctx: Context, entities: Iterable[Entity]) -> None:
    """Write the type of each thing and the naming: with which words this article names it.

    Labels are written over all articles together, see `labels`. Two names of one thing are two namings.
    """
    seen: Counter[str] = Counter()
    for entity in entities:
        thing = ctx.things[entity.id]
        for type_name in (entity.type, *entity.also_types):
            ctx.triples.add(thing, "rdf:type", term(f"kg:{type_name}"))
        local = f"{thing.value.rsplit('id/', 1)[-1].replace('/', '-')}-{entity.type}"
        seen[local] += 1
        naming = ctx.node("naming", local if seen[local] == 1 else f"{local}.{seen[local]}")
        ctx.fact(naming, "Naming", entity, entity.origin)
        ctx.triples.add(naming, "kg:subject", thing)
        for type_name in (entity.type, *entity.also_types):
            ctx.triples.add(naming, "kg:namedType", term(f"kg:{type_name}"))
        ctx.quoted(naming, entity.mentions)
