"""Whatever file is given: no crash, no span that is not the text, no number lost, no fact out of thin air."""

import html
import random
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.facts import Facts, to_json
from kg.reading.pipeline import extract
from kg.reading.text.folding import fold

REPORT = (
    "青禾县上半年经济运行情况\n2021-07-06 来源:青禾日报\n\n"
    "上半年,青禾县签约云杉科技智能传感器项目等12个项目,总投资36.5亿元,同比增长9.7%。"
    "恒越铝业有限公司投资6.5亿元建设铝型材项目,预计年底前投产,可带动就业400人以上。\n"
)
FOREIGN = {
    "English": "The company earned 5.2 million dollars in 2019, up 12%, and hired 300 people.\n",
    "Japanese": "東京都は2020年に12億円の予算を計上し、保育所を30か所整備した。\n",
    "Russian": "В 2020 году завод выпустил 1200 станков, на 15% больше.\n",
    "Arabic": "في عام ٢٠٢٠ بلغ الإنتاج ١٢٠٠ طن.\n",
    "poem": "两个黄鹂鸣翠柳,一行白鹭上青天。\n窗含西岭千秋雪,门泊东吴万里船。\n",
    "program": "def f(x):\n    return [x[i] * 2 for i in range(10)]\n",
    "record": '{"id": 17, "price": 12.50, "tags": ["a", "b"]}\n',
    "log": "2021-01-01T00:00:00Z INFO 10.0.0.1 GET /index.html 200 1532\n",
    "digits": "1234567890 " * 2000,
    "one number": "9" * 20_000 + "\n",
    "points": "1.2.3.4,5,6.7" * 500 + "\n",
    "numerals": "一二三四五六七八九十百千万亿" * 300 + "\n",
}


def unheld(facts: Facts, text: str) -> list[int]:
    """Return the offsets of digits that lie in no span, or in two, of what was read and what was left."""
    spans = [*(row.number for row in facts.observations), *facts.unread]
    held = Counter(place for span in spans for place in range(span.start, span.end))
    return [match.start() for match in re.finditer("[0-9０-９]", text) if held[match.start()] != 1]


def check(text: str) -> None:
    """Read a text and hold the reading against the truth rules."""
    facts = extract(text.encode("utf-8"), article_id="a")
    assert facts.check_spans(text) == []
    assert unheld(facts, text) == []
    for rows in (facts.entities, facts.observations, facts.relations):
        assert len({row.id for row in rows}) == len(rows)
    things = {row.id for row in facts.entities}
    for row in facts.observations:
        assert {row.subject, row.counts, *row.participants} - {None} <= things
    for link in facts.relations:
        assert {link.subject, link.object, link.item} - {None} <= things


@pytest.mark.parametrize("name", FOREIGN)
def test_other_genres_and_languages_hold_no_invented_fact(name):
    check(FOREIGN[name])
    facts = extract(FOREIGN[name].encode(), article_id="a")
    assert [row for row in facts.entities if row.type in {"Enterprise", "Project", "ProjectGroup", "Park"}] == []
    assert facts.relations == ()
    if name != "poem":
        assert facts.observations == ()


AWKWARD = {
    "CRLF": REPORT.replace("\n", "\r\n"),
    "CR": REPORT.replace("\n", "\r"),
    "no final newline": REPORT.rstrip(),
    "byte order mark": "\ufeff" + REPORT,
    "no-break spaces": REPORT.replace(",", ",\xa0"),
    "ideographic spaces": REPORT.replace("。", "。\u3000\u3000"),
    "zero-width spaces": "\u200b".join(REPORT),
    "full width": REPORT.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "spaces between characters": " ".join(REPORT),
    "emoji": REPORT.replace("项目", "项目🎉👨‍👩‍👧"),
    "ideographs outside the plane": REPORT.replace("恒越", "𠮷𡈽"),
    "right to left marks": REPORT.replace("12", "\u202e12\u202c"),
    "no punctuation": REPORT.replace(",", "").replace("。", ""),
    "no lines": REPORT.replace("\n", ""),
    "every character a line": "\n".join(REPORT),
    "brackets": REPORT.replace("项目", "(((项目"),
    "quotes": REPORT.replace("青禾", "“青禾").replace("项目", "“项目"),
    "a quote that never opened": "青禾县“四好农村路”建设\n\n7.养老”十务提升。建成中心3个。两癌”筛查工程启动。\n",
    "list without end": "、".join(["云杉科技"] * 2000) + "等2000家企业\n",
    "numbers without end": REPORT.rstrip() + "3亿元、" * 2000 + "\n",
    "HTML": f"<!DOCTYPE html><html><body><p>{html.escape(REPORT)}</p><script>var a=12;</script></body></html>\n",
    "a table torn apart": "项目|投资\n甲项目|12\n|||\n乙|\n" * 50,
    "markdown": "# 青禾县\n\n* **12个**项目\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_writing_loses_nothing(name):
    check(AWKWARD[name])


def test_a_line_of_a_megabyte():
    check(REPORT.replace("\n", "") * 3000)


@pytest.mark.parametrize("seed", range(5))
def test_noise_of_character_recognition(seed):
    chance = random.Random(seed)  # noqa: S311 – a repeatable noise, no secret
    wrong = "0OlI1|。,、□■◇?口曰日 \n"
    check("".join(chance.choice(wrong) if chance.random() < 0.08 else character for character in REPORT * 5))


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t ", "\u3000\n".encode(), b"\x00\x01\x02" * 100, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff" * 9],
)
def test_what_is_no_text_is_refused_in_one_sentence(data):
    with pytest.raises(ArticleError) as refused:
        extract(data, article_id="a")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_gb18030_reads_as_utf_8_does():
    one, other = (extract(REPORT.encode(name), article_id="a") for name in ("utf-8", "gb18030"))
    assert [row.number for row in one.observations] == [row.number for row in other.observations]
    assert [row.name for row in one.entities] == [row.name for row in other.entities]


def test_marks_of_full_width_change_no_fact(longsha):
    wide = re.sub(r"(?<![\x21-\x7e])[,;:()!?](?![\x21-\x7e])", lambda mark: chr(ord(mark.group()) + 0xFEE0), longsha)
    assert wide.count("，") > 100
    assert told(wide) == told(longsha)


def told(text):
    """Every fact of a text in words, marks of full width folded."""
    facts = extract(text.encode(), article_id="a")
    names = {row.id: fold(row.name) for row in facts.entities}
    figures = [
        (names.get(row.subject), fold(row.indicator), row.low, row.high, row.unit, row.status, row.period_start)
        for row in facts.observations
    ]
    links = [(names[row.subject], row.predicate, names[row.object], row.asserted) for row in facts.relations]
    return sorted(names.values()), figures, links


@pytest.mark.parametrize("cut", [10, 57, 101])
def test_mixed_encodings_are_read_or_refused(cut):
    data = REPORT[:cut].encode("utf-8") + REPORT[cut:].encode("gb18030")
    try:
        facts = extract(data, article_id="a")
    except ArticleError as refused:
        assert "UTF-8" in str(refused)  # noqa: PT017 – either outcome is right, each has its own demand
    else:
        assert facts.check_spans(data.decode("gb18030")) == []


def test_the_same_bytes_give_the_same_facts(longsha):
    data = longsha.encode()
    assert to_json(extract(data, article_id="a")) == to_json(extract(data, article_id="a"))


PIECES = st.sampled_from(
    [
        *",、。;:\n等近余两达和()“”第万亿%为|",
        *(
            "上半年",
            "青禾县",
            "云杉科技",
            "有限公司",
            "项目",
            "12个",
            "3.5亿元",
            "增长",
            "9.7%",
            "三百",
            "投资",
            "建设",
        ),
        *(
            "新开工",
            "其中",
            "1-5月",
            "2021年",
            "200至300户",
            "预计",
            "发放",
            "实施",
            "工程",
            "产业园",
            "我县",
            "该公司",
        ),
        *("分别", "2-3所", "同比", "占", "累计", "完成", "达产后", "引进", "研发"),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(st.lists(PIECES, max_size=60))
def test_words_of_the_genre_in_any_order(pieces):
    text = "".join(pieces)
    if text.strip():
        check(text)


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_any_characters(text):
    if text.strip("\ufeff\u200b \t\r\n\u3000\xa0").strip():
        try:
            check(text)
        except ArticleError:
            assert not text.strip("\u200b\u200c\u200d\u2060\ufeff") or not text.split()
