"""`/.well-known/void`, `/sitemap.xml`, `/robots.txt`: where programs learn what is here."""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotAcceptable

from kg.errors import NotFoundError
from kg.service.articles import articles
from kg.service.binding import bind
from kg.service.negotiation import choose
from kg.service.overview import things_count, things_page
from kg.service.prefixes import HEADER
from kg.web.context import current
from kg.web.paging import read_page
from kg.web.present import path_of
from kg.web.queries import catalogue
from kg.web.rdf import FORMATS, send

blueprint = Blueprint("discovery", __name__)

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("/", "/things", "/articles", "/network", "/queries", "/ontology", "/workbench", "/extract")
_DATASET = (
    HEADER
    + """CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND(?dataset AS ?s) }
  UNION
  { ?dataset void:classPartition|void:propertyPartition|dcat:distribution|dcterms:conformsTo|prov:wasGeneratedBy ?s }
  UNION
  { ?dataset dcterms:hasPart/dcat:distribution? ?s }
  UNION
  { ?dataset prov:wasGeneratedBy/prov:used ?s . ?s a kg:InputFile }
  UNION
  { ?s dcat:servesDataset ?dataset }
  ?s ?p ?o .
}"""
)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the dataset (VoID 6.2), in the RDF format that the client likes best."""
    chosen = choose(request.headers.get("Accept"), tuple(FORMATS.values()))
    if chosen is None:
        raise NotAcceptable("The description comes as " + ", ".join(each.media_type for each in FORMATS.values()) + ".")
    syntax, base = chosen[0], current().settings.base_iri
    triples = current().store.construct(bind(_DATASET, {"dataset": NamedNode(f"{base}id/dataset")}))
    if not triples:
        raise NotFoundError("The dataset has no description yet; it is written by a build.")
    response = send(triples, syntax)
    response.vary.add("Accept")
    return response


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List every page (Sitemaps 0.9), in parts where there are many; addresses are those of this host."""
    store, root = current().store, request.url_root.rstrip("/")
    parts = things_count(store)
    if "page" not in request.args and parts > 1:
        rows = [f"<sitemap><loc>{escape(root)}/sitemap.xml?page={part}</loc></sitemap>" for part in range(1, parts + 1)]
        return _xml("sitemapindex", rows)
    page = read_page(request.args.get("page"))
    paths = [path for iri in things_page(store, page=page) if (path := path_of(iri))]
    if page == 1:
        paths += [*_PAGES, *(f"/queries/{query.name}" for query in catalogue())]
        paths += [f"/articles/{quote(article.id)}" for article in articles(store)]
    return _xml("urlset", [f"<url><loc>{escape(root + path)}</loc></url>" for path in sorted(paths)])


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let every page be read, and keep robots from asking queries."""
    text = "User-agent: *\nDisallow: /sparql\nDisallow: /search\nDisallow: /suggest\nSitemap: /sitemap.xml\n"
    return Response(text.replace("/sitemap", request.url_root + "sitemap"), content_type="text/plain; charset=utf-8")


def _xml(root: str, rows: list[str]) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SITEMAP}">\n' + "\n".join(rows) + f"\n</{root}>\n"
    return Response(body, content_type="application/xml; charset=utf-8")
