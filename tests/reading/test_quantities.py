"""Any number written in one of the genre's ways reads back to its value, and nothing is dropped silently."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.numbers.numerals import spelled_value
from kg.reading.numbers.quantities import find_quantities
from kg.reading.text.article import read_article
from kg.reading.vocabulary.units import UnitRow, load_rows

DIGITS = "〇一二三四五六七八九"
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def read(text: str):
    return find_quantities(read_article(text.encode(), article_id="example"))


def only(text: str):
    (quantity,), _ = read(text)
    return quantity


def spell(number: int) -> str:
    """Write a whole number in characters, as a newspaper does."""
    if number < 10:
        return DIGITS[number]
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            return spell(high) + word + (("零" if low < scale // 10 else "") + spell(low) if low else "")
    written, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + word
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


@given(st.integers(1, 10**12))
def test_numerals_in_characters(number):
    assert spelled_value(spell(number)) == number


@given(st.integers(2, 9), st.sampled_from(["十", "百", "千", "万"]))
def test_numerals_with_a_trailing_digit(digit, scale):
    next_place = {"十": 1, "百": 10, "千": 100, "万": 1000}[scale]
    assert spelled_value(f"三{scale}{DIGITS[digit]}") == (30 + digit) * next_place


AMOUNTS = st.decimals(min_value="0.01", max_value="99999999", places=2, allow_nan=False, allow_infinity=False)
SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "万亿": 10**12}
FORMS = {
    "plain": lambda text: text,
    "full width": lambda text: text.translate(FULL),
    "thousands": lambda text: re.sub(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))", ",", text),
    "odd space": lambda text: text.replace(".", ". "),
    "blank thousands": lambda text: re.sub(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))", " ", text),
    "raised point": lambda text: text.replace(".", "·"),
}


def written(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@given(AMOUNTS, st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(FORMS)))
def test_amounts_of_money(amount, scale, form):
    quantity = only(f"区里完成投资{FORMS[form](written(amount))}{scale}元")
    assert (quantity.low, quantity.high, quantity.comparator) == (amount * SCALES[scale],) * 2 + ("eq",)
    assert quantity.unit == "CNY"


UNITS = [(row.token, Decimal(row.factor), word) for row in load_rows("units", UnitRow) for word in row.spellings]


@given(st.integers(2, 10**6), st.sampled_from(UNITS))
def test_units_of_measure(number, unit):
    token, factor, word = unit
    quantity = only(f"合计达{number}{word},")
    assert (quantity.low, quantity.unit) == (number * factor, token)


BOUNDS = {
    "约{}": ("approx", True, True),
    "近{}": ("approx", True, True),
    "{}左右": ("approx", True, True),
    "超{}": ("ge", True, False),
    "不低于{}": ("ge", True, False),
    "{}以上": ("ge", True, False),
    "不超过{}": ("le", False, True),
    "{}以下": ("le", False, True),
    "{}以内": ("le", False, True),
}


@given(st.integers(1, 10**7), st.sampled_from(sorted(BOUNDS)), st.sampled_from(["元", "亩", "%", "吨", "公里"]))
def test_bounds(number, bound, unit):
    comparator, low, high = BOUNDS[bound]
    quantity = only(f"规模达{bound.format(f'{number}{unit}')}。")
    assert quantity.comparator == comparator
    assert (quantity.low, quantity.high) == (number if low else None, number if high else None)
    assert quantity.end - quantity.start == len(bound.format(f"{number}{unit}"))


@given(
    st.integers(2, 10**6),
    st.sampled_from(["余", "多", "来"]),
    st.sampled_from(["", "万"]),
    st.sampled_from(["人", "户", "亩"]),
)
def test_more_than(number, more, scale, unit):
    for text in {f"{number}{more}{scale}{unit}", *([f"{number}{scale}{more}{unit}"] if more != "来" else [])}:
        quantity = only(f"惠及{text}。")
        assert (quantity.low, quantity.high) == (number * SCALES[scale], None)
        assert quantity.comparator == "ge"


@given(
    st.integers(1, 10**4),
    st.integers(1, 10**4),
    st.sampled_from(["-", "—", "~", "至", "到", "——", "\uff5e"]),
    st.sampled_from([("{}{sep}{}万亩", 10**4), ("{}万亩{sep}{}万亩", 10**4), ("{}{sep}{}元", 1), ("{}%{sep}{}%", 1)]),
)
def test_ranges(low, more, sep, form):
    pattern, scale = form
    quantity = only("控制面积" + pattern.format(low, low + more, sep=sep) + "。")
    assert (quantity.low, quantity.high, quantity.comparator) == (low * scale, (low + more) * scale, "range")


@given(st.integers(2, 10**5), st.sampled_from("个家户名人座所栋套台辆条项件"))
def test_counts_in_characters(number, classifier):
    numeral = "两" if number == 2 else spell(number)
    quantity = only(f"这里共有学校、工厂{numeral}{classifier},其余不计")
    assert quantity.low == number
    assert quantity.unit[0] == classifier


@pytest.mark.parametrize(
    ("text", "low", "high", "comparator", "unit"),
    [
        ("带动两千余人就业", 2000, None, "ge", "人"),
        ("惠及三百余户", 300, None, "ge", "户"),
        ("签约十余家", 10, None, "ge", "家"),
        ("达到七成以上", 70, None, "ge", "percent"),
        ("占百分之二十三", 23, 23, "eq", "percent"),
        ("年处理50万千瓦时", 500000, 500000, "eq", "kWh"),
        ("装机50万千瓦", 500000, 500000, "eq", "kW"),
        ("建设1亿2000万元的厂房", 120000000, 120000000, "eq", "CNY"),
        ("吸引上千名游客", 1000, None, "ge", "名游客"),
        ("创市级一类园2-3所", 2, 3, "range", "所"),
        ("带动就业三四百人", 300, 400, "range", "人"),
        ("吸纳一二十户", 10, 20, "range", "户"),
        ("年产值突破5亿元", 500000000, None, "ge", "CNY"),
        ("年销售额近亿元的规模企业", 100000000, 100000000, "approx", "CNY"),
        ("安置200至300户", 200, 300, "range", "户"),
        ("总投资1.8亿,其中", 180000000, 180000000, "eq", "CNY"),
        ("新增设备30台(套)", 30, 30, "eq", "台(套)"),
        ("年产1000条(套)货柜", 1000, 1000, "eq", "条(套)货柜"),
        ("年产值可达1。2亿元", 120000000, 120000000, "eq", "CNY"),
        ("发放各类补贴1 264万元", 12640000, 12640000, "eq", "CNY"),
    ],
)
def test_ways_of_the_genre(text, low, high, comparator, unit):
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.comparator, quantity.unit) == (low, high, comparator, unit)


@pytest.mark.parametrize(
    ("text", "per"), [("年产2万吨/年", "年"), ("每亩补贴,标准3000元/亩", "亩"), ("浓度35微克/立方米", "立方米")]
)
def test_figures_for_one_of_something(text, per):
    assert read(text)[0][-1].per == per


def test_a_verb_that_bounds_a_number_is_none_of_its_words():
    text = "年产值突破5亿元"
    (quantity,) = read(text)[0]
    assert (quantity.start, quantity.end) == (text.index("5"), len(text))


def test_a_place_for_people_is_what_is_counted():
    assert only("建成4个老年人日间照料中心").unit == "个老年人日间照料中心"
    assert only("为4名老年人提供照料中心").unit == "名老年人"


def test_one_goes_on_a_list_of_counts():
    assert [str(row.low) for row in read("包括两幢通用厂房、一幢钢混厂房")[0]] == ["2", "1"]
    assert read("建有一幢钢混厂房")[0] == ()


def test_a_bare_number_shares_the_unit_of_its_list():
    quantities, _ = read("分别高于全市平均水平0.8、0.3个百分点")
    assert [(str(quantity.low), quantity.unit) for quantity in quantities] == [("0.8", "pp"), ("0.3", "pp")]


def test_the_shares_of_three_sectors():
    quantities, _ = read("三次产业结构比为25.72:26.84:47.44")
    assert [str(quantity.low) for quantity in quantities] == ["25.72", "26.84", "47.44"]
    assert {quantity.unit for quantity in quantities} == {"percent"}


DIGIT_RUN = re.compile("[0-9\uff10-\uff19]+")
TEXTS = st.text(
    st.sampled_from(
        "0123456789.,%-—~一二三十百千万亿两第余多约近个家户人名元亩吨%年月日号的和、,。;:()“”《》"
        "GA项目投资产值增长 \n\t\uff14\uff15㎡條萬"
    ),
    max_size=80,
)


@given(TEXTS)
def test_every_run_of_digits_lies_in_exactly_one_span(text):
    article = read_article(f"甲{text}乙".encode(), article_id="example")
    quantities, numbers = find_quantities(article)
    spans = sorted((found.start, found.end) for found in (*quantities, *numbers))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for run in DIGIT_RUN.finditer(article.text):
        assert sum(start <= run.start() and run.end() <= end for start, end in spans) == 1, (article.text, spans)


@pytest.mark.parametrize(
    "text",
    [
        "第二十中学",
        "5G产业",
        "“1+4+1”体系",
        "六稳",
        "24小时值守",
        "2020年8月27日",
        "世界500强",
        "亿元以上项目",
        "国发〔2020〕5号",
        "二级医院",
        "一是",
        "90年代",
        "12345热线",
        "60岁以上老人",
        "一二三产业",
        "一次性补贴",
        "一楼大厅",
        "连续5个月",
        "5年计划",
    ],
)
def test_what_is_no_quantity(text):
    assert read(text)[0] == ()


@pytest.mark.parametrize(
    "text",
    ["區里新開工項目15個,總投資33.81億元", "完成投資33.81亿元👍,占地100亩", "建筑面积\xa05400平方米\r\n安置200户"],
)
def test_offsets_survive_odd_characters(text):
    article = read_article(text.encode(), article_id="example")
    quantities, _ = find_quantities(article)
    assert len(quantities) == 2
    assert all(article.text[quantity.start].strip() for quantity in quantities)
    assert len(article.folded) == len(article.text)


def test_a_line_of_a_million_characters():
    article = read_article(("发放补贴31.2万元," * 20_000).encode(), article_id="example")
    assert len(find_quantities(article)[0]) == 20_000


def test_a_file_of_digits_only():
    assert [number.reason for number in read("7" * 100_000)[1]] == ["number without unit"]


def test_a_minus_sign_is_part_of_the_number():
    quantity = only("人口自然增长率为-2.1‰。")
    assert (quantity.low, quantity.unit) == (Decimal("-2.1"), "permille")
    assert only("再创市级一类园2-3所").comparator == "range"
    assert [rate.low for rate in read("降幅从年初-41.5%窄到-16.5%。")[0]] == [Decimal("-41.5"), Decimal("-16.5")]
    shares, _ = read("拉动贡献分别为0.15、-5.64、1.34个百分点。")
    assert [share.low for share in shares] == [Decimal("0.15"), Decimal("-5.64"), Decimal("1.34")]


@given(st.integers(100, 10**6).filter(lambda number: not 1900 <= number < 2100), st.sampled_from(["", "万", "余"]))
def test_nouns_counted_without_a_classifier(number, scale):
    quantity = only(f"解决{number}{scale}农村居民饮水问题")
    assert (quantity.low, quantity.unit, quantity.noun) == (number * SCALES.get(scale, 1), "农村居民", "农村居民")


@pytest.mark.parametrize("text", ["2020农民工返乡", "区六届人大七次会议召开", "汽车配件、玩具见附件3:清单"])
def test_what_counts_nothing(text):
    assert read(text)[0] == ()


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("比增八成二和一点二倍", "82", "82", "percent"),
        ("只需要一两百人", "100", "200", "人"),
        ("产值已经超过了1000万", "10000000", None, "CNY"),
        ("表彰1800名优秀职工", "1800", "1800", "名优秀职工"),
        ("年产值可以达到6个亿", "600000000", "600000000", "CNY"),
    ],
)
def test_numbers_as_they_are_spoken(text, low, high, unit):
    quantity = read(text)[0][0]
    assert (quantity.low, quantity.high) == (Decimal(low), None if high is None else Decimal(high))
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("年产香菇100 来万支", [("1000000", None, "支")]),
        ("养鸡30 多 万只", [("300000", None, "只")]),
        ("新建厂房1 200 平方米", [("1200", "1200", "m2")]),
        ("农户由3.2万增加到5.6万户", [("32000", "32000", "户"), ("56000", "56000", "户")]),
        ("企业从58增加到66家", [("58", "58", "家"), ("66", "66", "家")]),
        ("总人口54万,其中农业人口36万", [("540000", "540000", "人"), ("360000", "360000", "人")]),
        ("存款突破千亿元大关", [("100000000000", None, "CNY")]),
        ("人均期望寿命达到78.06岁", [("78.06", "78.06", "岁")]),
        ("施肥20万亩次", [("200000", "200000", "亩次")]),
    ],
)
def test_turns_that_pages_and_reporters_give_to_numbers(text, read_as):
    bounds = [(row.low, row.high, row.unit.removesuffix(row.noun or "")) for row in read(text)[0]]
    wanted = [(Decimal(low), Decimal(high) if high else None, unit) for low, high, unit in read_as]
    assert bounds == wanted


@pytest.mark.parametrize(
    ("text", "exact", "low"),
    [
        ("建设期限为一年半。", "一年半", "1.5"),
        ("工期两个半月。", "两个半月", "2.5"),
        ("用时3个半小时。", "3个半小时", "3.5"),
        ("投资强度从65万元提增到1250万。", "1250万", "12500000"),
        ("高新区两项目奠基投产", "两", "2"),
        ("行业有望突破百亿大关。", "百亿", "10000000000"),
        ("项目总投资百亿元。", "百亿元", "10000000000"),
        ("茶园面积发展到2011年10.6万亩。", "10.6万亩", "106000"),
        ("建成五万纱锭紧密纺。", "五万纱锭", "50000"),
        ("其中国道136.75公里。", "136.75公里", "136.75"),
        ("建筑面积0。55平方公里。", "0。55平方公里", "0.55"),
        ("年末常住人口766579,增加2028人。", "766579", "766579"),
        ("安装输电塔53基。", "53基", "53"),
    ],
)
def test_halves_and_what_carries_no_unit(text, exact, low):
    found = {text[row.start : row.end]: row.low for row in read(text)[0]}
    assert found[exact] == Decimal(low)


def test_one_of_many_is_no_count():
    assert read("这个项目只是其中的一个。")[0] == ()
    assert read("五大产业中新能源产业增长迅猛。这两个行业增长。")[0] == ()


def test_what_a_thing_is_made_of_is_no_count():
    assert read("厂区分为三部分,实行三班倒。")[0] == ()


def test_points_of_a_list_are_points():
    found, _ = read("分别比上月加快5个、8.5个百分点。")
    assert [(row.low, row.unit) for row in found] == [(Decimal(5), "pp"), (Decimal("8.5"), "pp")]
