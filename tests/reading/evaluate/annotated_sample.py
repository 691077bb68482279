"""A small annotated article, written for these tests."""

TEXT = """青禾县上半年经济运行情况

2021年7月6日 来源:青禾日报

上半年,青禾县签约云杉科技智能传感器项目等12个项目,总投资36.5亿元,其中工业项目7个。
云杉科技新上传感器生产线,达产后可带动就业300余人。截至目前,粮食产量约4.2万吨,单台补贴200元,三个乡镇通了天然气。
"""


def span(words: str, nth: int = 0) -> dict:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "exact": words}


def entity(name: str, kind: str, label: str, *mentions: dict, **more: object) -> dict:
    return {"id": name, "type": kind, "name": label, "mentions": list(mentions or (span(label),)), **more}


def figure(name: str, words: str, evidence: str, **more: object) -> dict:
    low = more.get("low")
    plain = {"per": None, "period": None, "high": low, "comparator": "eq", "status": "actual"}
    return {"id": name, "number": span(words), "evidence": span(evidence)} | plain | more


HALF = {"period": "上半年", "periodStart": "2021-01-01", "periodEnd": "2021-06-30"}

FACTS = {
    "article": {
        "id": "qinghe",
        "title": "青禾县上半年经济运行情况",
        "published": "2021-07-06",
        "source": "青禾日报",
        "sha256": "",
    },
    "sections": [{"id": "s1", "title": "青禾县上半年经济运行情况", "level": 1, "start": 0, "end": 12}],
    "entities": [
        entity("d", "District", "青禾县", span("青禾县"), span("青禾县", 1)),
        entity("f", "Enterprise", "云杉科技", span("云杉科技"), span("云杉科技", 1), aliases=["云杉"]),
        entity("p", "Project", "云杉科技智能传感器项目", aliases=["智能传感器项目"]),
        entity("g", "ProjectGroup", "签约的12个项目", span("云杉科技智能传感器项目等12个项目")),
        entity("w", "ProjectGroup", "工业项目", span("工业项目7个")),
        entity("l", "Product", "传感器生产线"),
        entity("z", "Programme", "天然气", optional=True),
    ],
    "observations": [
        figure(
            "o1",
            "12个项目",
            "签约云杉科技智能传感器项目等12个项目",
            subject="d",
            indicator="签约项目",
            low="12",
            unit="个项目",
            counts="g",
            **HALF,
        ),
        figure(
            "o2",
            "36.5亿元",
            "总投资36.5亿元",
            subject="g",
            indicator="总投资",
            low="3650000000",
            unit="CNY",
            status="planned",
            otherNames=["投资总额"],
            **HALF,
        ),
        figure(
            "o3",
            "7个",
            "其中工业项目7个",
            subject="g",
            indicator="工业项目",
            low="7",
            unit="个",
            counts="w",
            partOf="o1",
            otherSubjects=["d"],
            **HALF,
        ),
        figure(
            "o4",
            "300余人",
            "达产后可带动就业300余人",
            subject="f",
            indicator="带动就业",
            low="300",
            high=None,
            comparator="ge",
            unit="人",
            status="planned",
            participants=["f", "l"],
        ),
        figure(
            "o5",
            "约4.2万吨",
            "粮食产量约4.2万吨",
            subject="d",
            indicator="粮食产量",
            low="42000",
            comparator="approx",
            unit="t",
            period="截至目前",
            periodEnd="2021-07-06",
        ),
        figure(
            "o6",
            "200元",
            "单台补贴200元",
            subject="d",
            indicator="补贴",
            low="200",
            unit="CNY",
            per="台",
            period="截至目前",
            periodEnd="2021-07-06",
            otherPeriods=[None],
        ),
    ],
    "relations": [
        {
            "id": "r1",
            "subject": "f",
            "predicate": "produces",
            "object": "l",
            "evidence": span("云杉科技新上传感器生产线"),
        },
        {
            "id": "r2",
            "subject": "g",
            "predicate": "builds",
            "object": "p",
            "evidence": span("云杉科技智能传感器项目等12个项目"),
        },
        {
            "id": "r3",
            "subject": "p",
            "predicate": "involves",
            "object": "f",
            "asserted": False,
            "evidence": span("云杉科技智能传感器项目"),
        },
        {
            "id": "r4",
            "subject": "d",
            "predicate": "aims",
            "object": "z",
            "optional": True,
            "evidence": span("通了天然气"),
        },
    ],
    "unread": [
        {**span("2021年7月6日"), "reason": "a date"},
        {**span("三个"), "reason": "a class"},
    ],
}
