"""Which numbers an account is asked of."""

import hashlib

import pytest

from kg.facts import ArticleHead, Facts, UnreadNumber
from kg.reading.evaluate.accounts import numbers, unaccounted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共12,345.6万元", ["12,345.6"]),
        ("全角１２．５％", ["１２．５"]),
        ("6万余人次", ["6"]),
        ("6 万人", ["6"]),
        ("三个乡镇、两千户", ["三", "两千"]),
        ("三百余家企业", ["三百"]),
        ("第二十中学,第一", ["二十", "一"]),
        ("三分之二,增长两成", ["三", "两"]),
        ("一体化发展,万众一心,百花齐放", []),
        ("2020-08-27 09:27", ["2020", "08", "27", "09", "27"]),
        ("1.2.3", ["1.2.3"]),
        ("完成30。", ["30"]),
        ("总投资(万元)", []),
        ("又一成果", []),
        ("", []),
    ],
)
def test_numbers(text, expected):
    found = list(numbers(text))
    assert [span.exact for span in found] == expected
    assert all(text[span.start : span.end] == span.exact for span in found)


def facts(*spans):
    head = ArticleHead(id="a", title=None, published=None, source=None, sha256=hashlib.sha256(b"").hexdigest())
    return Facts(article=head, unread=tuple(UnreadNumber(start=s, end=e, exact="", reason="") for s, e in spans))


def test_a_number_lies_in_exactly_one_span():
    text = "甲12人,乙34人"
    assert unaccounted(facts((1, 4), (6, 9)), text) == []
    assert [span.exact for span in unaccounted(facts((1, 4)), text)] == ["34"]
    assert [span.exact for span in unaccounted(facts((0, 9), (6, 8)), text)] == ["34"]
    assert [span.exact for span in unaccounted(facts((2, 4), (5, 9)), text)] == ["12"]
