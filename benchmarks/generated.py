"""Data and queries of this domain, as many as wanted, the same for the same numbers."""

import random

KG = "https://w3id.org/district-kg/ontology#"
ID = "https://w3id.org/district-kg/id/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PER_PROJECT = 17
PREFIXES = f"PREFIX kg: <{KG}> PREFIX rdfs: <{RDFS}> PREFIX xsd: <{XSD}> "


def triples(count: int):
    """Yield about `count` lines of N-Triples: projects with a firm, a district, two figures and labels."""
    chance = random.Random(count)
    for number in range(count // PER_PROJECT):
        project, firm = f"<{ID}project/{number}>", f"<{ID}enterprise/{number // 3}>"
        yield f"{project} <{RDF_TYPE}> <{KG}Project> .\n"
        yield f'{project} <{RDFS}label> "第{number}号装备制造项目"@zh-Hans .\n'
        yield f"{project} <{KG}locatedIn> <{ID}district/{number % 97}> .\n"
        yield f"{firm} <{KG}develops> {project} .\n"
        yield f"{firm} <{RDF_TYPE}> <{KG}Enterprise> .\n"
        yield f'{firm} <{RDFS}label> "齐齐哈尔{number // 3}机床有限公司"@zh-Hans .\n'
        for which, indicator in enumerate(("investment", "employment")):
            figure = f"<{ID}observation/{number}-{which}>"
            yield f"{figure} <{RDF_TYPE}> <{KG}Observation> .\n"
            yield f"{figure} <{KG}subject> {project} .\n"
            yield f"{figure} <{KG}indicator> <{ID}indicator/{indicator}> .\n"
            yield f'{figure} <{KG}low> "{chance.randrange(1, 10**9)}"^^<{XSD}decimal> .\n'
            yield f'{figure} <{KG}status> "{chance.choice(("actual", "planned", "ongoing"))}" .\n'
        yield f'{project} <{KG}quote> "项目预计总投资{chance.randrange(10**6)}万元，年内完成" .\n'


MIX = (15, 15, 15, 5, 5, 20, 10, 15)
LOOK_UPS = (1, 1, 1, 1, 1, 0, 0, 1)


def queries(count: int, number: int, weights=MIX, seed: int = 7) -> list[str]:
    """Return `number` queries over data of `count` triples: look-ups, lists and sums of a district, descriptions."""
    chance = random.Random(seed)
    projects = count // PER_PROJECT
    return [PREFIXES + _query(chance, projects, weights) for _ in range(number)]


def _query(chance: random.Random, projects: int, weights) -> str:
    project = f"<{ID}project/{chance.randrange(projects)}>"
    firm = f"<{ID}enterprise/{chance.randrange(projects // 3)}>"
    district = f"<{ID}district/{chance.randrange(97)}>"
    return chance.choices(
        [
            f"SELECT ?p ?o {{ {project} ?p ?o }}",
            f"SELECT ?project ?label {{ {firm} kg:develops ?project . ?project rdfs:label ?label }}",
            f"SELECT ?i ?low ?status {{ ?f kg:subject {project} ; kg:indicator ?i ; kg:low ?low ; kg:status ?status }}",
            f"SELECT ?firm ?label {{ ?firm kg:develops {project} ; rdfs:label ?label }}",
            f"ASK {{ {firm} kg:develops ?p . ?p kg:locatedIn {district} }}",
            (
                f"SELECT ?p ?label ?low {{ ?p kg:locatedIn {district} ; rdfs:label ?label . "
                f"?f kg:subject ?p ; kg:low ?low FILTER(?low > 900000000) }} ORDER BY DESC(?low) ?p LIMIT 10"
            ),
            (
                f"SELECT ?status (SUM(?low) AS ?sum) (COUNT(*) AS ?n) {{ ?p kg:locatedIn {district} . "
                f"?f kg:subject ?p ; kg:low ?low ; kg:status ?status }} GROUP BY ?status ORDER BY ?status"
            ),
            f"CONSTRUCT {{ {project} ?p ?o . ?f ?q ?v }} WHERE {{ {project} ?p ?o . ?f kg:subject {project} ; ?q ?v }}",
        ],
        weights=weights,
    )[0]


def many_rows() -> str:
    """Return a query with 10,000 rows."""
    return PREFIXES + "SELECT ?p ?label { ?p a kg:Project ; rdfs:label ?label } ORDER BY ?p LIMIT 10000"
