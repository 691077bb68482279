import xml.etree.ElementTree as ET

import pytest

from kg.service.charts import FONTS, MOST_BARS, specification, svg

BARS = [("永裕肉禽", 338_100_000.0), ("<b>&", 12_500.0)]
SVG = "{http://www.w3.org/2000/svg}"


def elements(picture: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter(SVG + "text"))  # noqa: S314 - our own picture


def texts(picture: str) -> set[str | None]:
    return {element.text for element in elements(picture)}


def test_text_stays_text_in_a_chinese_font():
    picture = svg(specification(BARS, names="企业", numbers="总投资", language="zh"))
    assert {"永裕肉禽", "<b>&", "总投资"} <= texts(picture)
    fonts = {element.get("font-family") for element in elements(picture)}
    assert fonts == {FONTS}


@pytest.mark.parametrize(("language", "written"), [("zh", "3亿"), ("en", "300M")])
def test_large_numbers_are_written_as_the_language_counts(language, written):
    assert written in texts(svg(specification(BARS, names="n", numbers="v", language=language)))


def test_the_bars_keep_their_order_and_their_number_is_bounded():
    bars = [(f"n{i}", float(i)) for i in range(MOST_BARS + 5)]
    chart = specification(bars, names="n", numbers="v", language="en")
    assert [value["name"] for value in chart["data"]["values"]] == [f"n{i}" for i in range(MOST_BARS)]


def test_bars_of_one_name_are_not_summed():
    picture = svg(specification([("甲", 1.0), ("甲", 2.0)], names="n", numbers="v", language="en"))
    assert [element.text for element in elements(picture)].count("甲") == 2
