"""`/ontology`: every term with its label, definition and place among the others; the term IRIs lead here."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, Triple
from werkzeug.exceptions import NotAcceptable

from kg.errors import NotFoundError
from kg.service.class_diagram import diagram
from kg.service.negotiation import choose
from kg.service.prefixes import HEADER, shorten_iri
from kg.service.term_uses import structure, uses, view_terms
from kg.service.vocabulary import KG, ONTOLOGY, Term, language
from kg.web.context import current
from kg.web.language import lang
from kg.web.present import words
from kg.web.rdf import FORMATS, HTML, send

blueprint = Blueprint("ontology", __name__)

_ALL = (
    HEADER
    + """CONSTRUCT { ?s ?p ?o } WHERE {
  { ?s rdfs:isDefinedBy <https://w3id.org/district-kg/ontology> }
  UNION { BIND(<https://w3id.org/district-kg/ontology> AS ?s) }
  ?s ?p ?o .
}"""
)
_SELF = HEADER + "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <https://w3id.org/district-kg/ontology> } ?s ?p ?o }"
_TOLD = (  # what the head of the page says of the ontology as a whole
    "owl:versionInfo",
    "dcterms:modified",
    "dcterms:creator",
    "dcterms:license",
    "dcterms:bibliographicCitation",
)
_CLASS, _PROPERTIES = "owl:Class", ("owl:ObjectProperty", "owl:DatatypeProperty")


@blueprint.get("/ontology")
def ontology() -> Response:
    """Show the terms to a person, and send the ontology to a program, by Accept."""
    chosen = choose(request.headers.get("Accept"), (HTML, *FORMATS.values()))
    if chosen is None:
        raise NotAcceptable("The ontology comes as text/html or RDF.")
    response = (
        Response(_page(), content_type="text/html; charset=utf-8") if chosen[0] is HTML else _data(chosen[0].extension)
    )
    response.vary.add("Accept")
    return response


@blueprint.get("/ontology.<any(ttl, jsonld, nt, rdf):extension>")
def data(extension: str) -> Response:
    """Send the ontology in one format."""
    return _data(extension)


def _data(extension: str) -> Response:
    syntax = FORMATS[extension]
    store = current().store
    triples = store.construct(_ALL)
    if not triples:
        raise NotFoundError("The dataset holds no ontology yet.")
    return send([*triples, *structure(store)], syntax)


def _page() -> str:
    store = current().store
    terms = sorted(words().terms.values(), key=lambda term: term.iri)
    schemes = [term for term in terms if "skos:ConceptScheme" in _types(term)]
    return render_template(
        "ontology.html",
        classes=[term for term in terms if _CLASS in _types(term)],
        properties=[term for term in terms if any(kind in _types(term) for kind in _PROPERTIES)],
        schemes=[(scheme, _members(scheme, terms)) for scheme in schemes],
        view=view_terms(store),
        picture=diagram(words()),
        uses=uses(store),
        told=_told(store.construct(_SELF)),
        short=shorten_iri,
        language=lang(),
        namespace=KG,
        formats=FORMATS,
    )


def _told(triples: list[Triple]) -> dict[str, str]:
    """Return what the ontology says of itself in the page's language, by prefixed name."""
    told: dict[str, str] = {}
    for triple in triples:
        value = triple.object
        if triple.subject.value != ONTOLOGY or not hasattr(value, "value"):  # type: ignore[union-attr]
            continue
        foreign = isinstance(value, Literal) and value.language and language(value.language) != lang()
        if not foreign:
            told[shorten_iri(triple.predicate.value)] = value.value
    return {name: told[name] for name in ("dcterms:description", *_TOLD) if name in told}


def _types(term: Term) -> list[str]:
    return [shorten_iri(kind) for kind in term.about.get("rdf:type", ())]


def _members(scheme: Term, terms: list[Term]) -> list[Term]:
    inside = (term for term in terms if scheme.iri in term.about.get("skos:inScheme", ()))
    return [term for term in inside if not {_CLASS, *_PROPERTIES} & set(_types(term))]
