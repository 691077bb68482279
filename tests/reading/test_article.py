"""The structure of a page: what it says of itself, its headings of every level, its sentences, its tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.reading.text.article import read_article
from kg.reading.text.folding import fold

PAGE = """您当前的位置 : 某某网  >  新闻
搜 索
某区:抓项目保民生
2020-08-27 09:27:38 来源:某某日报  作者:甲乙丙 丁戊
微博

  某某日报8月27日讯 某区做好工作,全力推进。

  打好攻坚战

  成效显著

  巩固提升宜居工程。今年改造8个小区,共计282栋楼。强化公共服务。新建医院1座。

  一、项目建设

  (一)工业项目
  一是新建项目带动。新开工15个。二是续建项目带动。续建11个。

责任编辑:己庚

【专题】某某
"""


@pytest.fixture(scope="module")
def page():
    return read_article(PAGE.encode(), article_id="a")


def test_what_the_page_says_of_itself(page):
    head = page.head
    assert (head.title, head.published, head.source) == ("某区:抓项目保民生", date(2020, 8, 27), "某某日报")
    assert head.authors == ("甲乙丙", "丁戊")


def test_headings_of_every_level(page):
    assert [(section.level, section.title) for section in page.sections] == [
        (1, "打好攻坚战"),
        (2, "成效显著"),
        (3, "巩固提升宜居工程"),
        (4, "强化公共服务"),
        (3, "一、项目建设"),
        (4, "(一)工业项目"),
        (5, "一是新建项目带动"),
        (5, "二是续建项目带动"),
    ]


def test_sections_nest(page):
    sections = {section.title: section for section in page.sections}
    outer, inner = sections["巩固提升宜居工程"], sections["强化公共服务"]
    assert outer.start < inner.start < inner.end <= outer.end
    sentence = next(line for line in page.sentences if page.text[line.start : line.end].startswith("新建医院"))
    assert sentence.section == inner.id


def test_furniture_is_told_from_the_text(page):
    kinds = {page.text[line.start : line.end]: line.kind for line in page.sentences}
    furniture = {words for words, kind in kinds.items() if kind == "furniture"}
    assert furniture == {"您当前的位置 : 某某网  >  新闻", "搜 索", "微博", "责任编辑:己庚", "【专题】某某"}


def test_a_table_with_empty_cells():
    text = "进度表\n单位:万元\n项目|单位|总投资\n甲项目|甲厂|45000\n合计||104000\n"
    cells = read_article(text.encode(), article_id="a").cells
    found = [(text[cell.start : cell.end], cell.row, cell.header and cell.header.exact) for cell in cells]
    assert ("45000", 1, "总投资") in found
    assert ("104000", 2, "总投资") in found


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n\t", "The file is empty"),
        ("\u3000\u3000".encode(), "nothing but white space"),
        (b"\x00\x01\x02PNG" * 40, "binary"),
        (b"\xff\xfe\xff\xff\xff", "neither UTF-8"),
    ],
)
def test_what_is_no_article(data, sentence):
    with pytest.raises(ArticleError, match=sentence):
        read_article(data, article_id="a")


def test_gb18030_is_read_and_said():
    article = read_article("某区完成投资3亿元。".encode("gb18030"), article_id="a")
    assert article.text == "某区完成投资3亿元。"
    assert article.notes == ("The file is not UTF-8; it was read as GB18030.",)


def test_markup_is_blanked_without_moving_anything():
    text = '<html><body><p class="a1">完成投资3亿元</p><script>var x = 12;</script></body></html>'
    folded = fold(text)
    assert len(folded) == len(text)
    assert "12" not in folded
    assert "3亿元" in folded


@given(st.text(max_size=300))
def test_any_text_keeps_its_offsets(text):
    data = f"甲{text}乙".encode("utf-8", "ignore")
    try:
        article = read_article(data, article_id="a")
    except ArticleError:
        return
    assert len(article.folded) == len(article.text)
    assert all(0 <= line.start < line.end <= len(article.text) for line in article.sentences)
    assert all(one.start <= two.start for one, two in zip(article.sentences, article.sentences[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "published", "source"),
    [
        ("台商聚集 更新時間:2010-2-23 0:19:10 中新社福州2月22日電 今年1月出口增长。", date(2010, 2, 23), None),
        ("发文日期: | 2019-10-30 | 生效时间: | 2019-11-30 |\n\n某县建设项目。", date(2019, 10, 30), None),
        ("时间:2021-01-04来源:作者:浏览次数:239\n\n某县建设项目。", date(2021, 1, 4), None),
        ("全乡建设项目。\n\n全乡固定资产投入完成 2600万元。", None, None),
    ],
)
def test_dates_and_sources_are_those_that_the_page_names_as_its_own(text, published, source):
    head = read_article(text.encode(), article_id="a").head
    assert (head.published, head.source) == (published, source)


def test_lines_of_print_are_joined_inside_their_sentences():
    lines = (
        "今年,我县强力推进“中国农业机械之乡”品牌战略,抓住国家",
        "给农机产业带来新的发展机遇,园区农机产业飞速发展。一至",
        "八月份实现产值80亿元,出口创汇450万美元,税收同比增长",
        "15.6%。生物医药提取继续领跑,产值占全县的三分之一以上。",
    )
    article = read_article("\n".join(lines).encode(), article_id="t")
    sentences = [article.folded[row.start : row.end] for row in article.sentences]
    assert any(row.endswith("税收同比增长 15.6%。") for row in sentences)


def test_lines_that_end_their_sentences_stay_lines():
    text = "".join(f"{number}.新建改造城镇污水处理厂{number}座,日处理能力{number}万吨。\n" for number in range(1, 9))
    assert fold(text) == text


def test_a_first_line_that_tells_a_figure_is_the_title():
    text = "某县9个产业项目集中开工 总投资26.5亿元\n\n3月3日,某县9个产业项目集中开工,总投资达26.5亿元。"
    assert read_article(text.encode(), article_id="a").head.title == "某县9个产业项目集中开工 总投资26.5亿元"
