"""Facts written by quoting a text, and a second article made for these tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.facts import ArticleHead, Entity, Facts, Observation, Relation, Section, Span, UnreadNumber
from kg.graph.populate.populate import Source

GOLD = Path(__file__).resolve().parents[1] / "gold" / "longsha-2020-08-27.json"
ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/district-kg/"


@dataclass
class Draft:
    """Writes facts about a text by quoting it."""

    text: str
    article: str
    title: str | None = None
    published: dt.date | None = None
    entities: list[Entity] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    unread: list[UnreadNumber] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def span(self, quote: str, within: Span | None = None) -> Span:
        start = self.text.index(quote, within.start if within else 0)
        return Span(start=start, end=start + len(quote), exact=quote)

    def thing(self, kind: str, name: str, *aliases: str, mention: str | None = None, also: tuple[str, ...] = ()) -> str:
        made = Entity(
            id=f"e{len(self.entities) + 1}",
            type=kind,
            also_types=also,
            name=name,
            aliases=aliases,
            mentions=(self.span(mention or name),),
        )
        self.entities.append(made)
        return made.id

    def figure(self, subject: str | None, indicator: str, number: str, evidence: str, **more) -> str:
        quote = self.span(evidence)
        values = {"low": "1", "high": "1", "comparator": "eq", "unit": "个"} | more
        made = Observation(
            id=f"o{len(self.observations) + 1}",
            subject=subject,
            indicator=indicator,
            number=self.span(number, quote),
            evidence=quote,
            **values,
        )
        self.observations.append(made)
        return made.id

    def relation(self, subject: str, predicate: str, value: str, evidence: str, **more) -> str:
        made = Relation(
            id=f"r{len(self.relations) + 1}",
            subject=subject,
            predicate=predicate,
            object=value,
            evidence=self.span(evidence),
            **more,
        )
        self.relations.append(made)
        return made.id

    def facts(self) -> Facts:
        head = ArticleHead(
            id=self.article,
            title=self.title,
            published=self.published,
            source=None,
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
        )
        made = Facts(
            article=head,
            sections=tuple(self.sections),
            entities=tuple(self.entities),
            observations=tuple(self.observations),
            relations=tuple(self.relations),
            unread=tuple(self.unread),
        )
        assert made.check_spans(self.text) == []
        return made

    def source(self) -> Source:
        return Source(self.text, self.facts())


SECOND = """龙沙区一季度项目建设开门红
2021-04-12 来源:鹤城晚报
今年一季度,齐齐哈尔市龙沙区新开工数控车间项目、冷链仓储项目等6个,项目总投资9.6亿元。
华工机床有限责任公司(以下简称华工机床)建设的数控车间项目总投资2亿元,达产后年产值3亿元。
去年,新开工15个项目预计总投资33.81亿元。禾速传媒入驻现代服务业产业园。
"""


def second_draft() -> Draft:
    """Shares the district, two firms and a park with the first article; says one of its figures again."""
    draft = Draft(SECOND, "longsha-2021-04-12", "龙沙区一季度项目建设开门红", dt.date(2021, 4, 12))
    district = draft.thing("District", "齐齐哈尔市龙沙区", "龙沙区")
    firm = draft.thing("Enterprise", "华工机床有限责任公司", "华工机床")
    media = draft.thing("Enterprise", "禾速传媒")
    group = draft.thing("ProjectGroup", "一季度新开工的6个项目", mention="新开工数控车间项目、冷链仓储项目等6个")
    shop = draft.thing("Project", "数控车间项目")
    cold = draft.thing("Project", "冷链仓储项目")
    park = draft.thing("Park", "现代服务业产业园")
    quarter = {"period": "今年一季度", "period_start": dt.date(2021, 1, 1), "period_end": dt.date(2021, 3, 31)}
    six = {"low": "6", "high": "6", "noun": "项目", "unit": "个项目", "counts": group}
    draft.figure(district, "新开工项目数", "6个", "新开工数控车间项目、冷链仓储项目等6个", **six, **quarter)
    money = {"unit": "CNY", "status": "planned"}
    draft.figure(group, "总投资", "9.6亿元", "项目总投资9.6亿元", low="960000000", high="960000000", **money)
    draft.figure(shop, "总投资", "2亿元", "总投资2亿元", low="200000000", high="200000000", **money)
    for member in (shop, cold):
        draft.relation(group, "builds", member, "新开工数控车间项目、冷链仓储项目等6个")
    draft.relation(firm, "builds", shop, "华工机床有限责任公司(以下简称华工机床)建设的数控车间项目")
    draft.relation(media, "involves", park, "禾速传媒入驻现代服务业产业园")
    return draft


def small_draft() -> Draft:
    """One article with every kind of node."""
    draft = second_draft()
    draft.sections += [Section(id="s1", title="开门红", level=1, start=0, end=len(draft.text))]
    draft.unread.append(UnreadNumber(start=15, end=19, exact=draft.text[15:19], reason="date"))
    body = draft.thing("PublicBody", "鹤城晚报", mention="鹤城晚报")
    programme = draft.thing("Programme", "开门红行动", mention="开门红")
    draft.thing("Measure", "建设车间", mention="建设")
    draft.thing("Facility", "车间", mention="车间")
    draft.thing("Product", "数控机床", mention="数控")
    draft.thing("System", "冷链系统", mention="冷链")
    draft.thing("Industry", "仓储", mention="仓储")
    draft.thing("Event", "开工仪式", mention="开工")
    draft.relation(body, "implements", programme, "开门红")
    return draft


def store(graph):
    """Hold a graph, to be asked."""
    made = ox.Store()
    made.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph)
    return made


def rows(graph, query):
    """Answer a SELECT over a graph, or a store, each row as the texts of its terms, sorted."""
    prefixes = (
        "PREFIX kg: <https://w3id.org/district-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> "
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "PREFIX time: <http://www.w3.org/2006/time#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    )
    found = (graph if isinstance(graph, ox.Store) else store(graph)).query(prefixes + query)
    return sorted(tuple(value.value if value else None for value in row) for row in found)
