"""Stretches of time against the date of the article."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.numbers.periods import find_periods
from kg.reading.text.article import read_article

HEAD = "某区新闻\n2020-08-27 来源:某报\n某区简讯。"


def only(text: str):
    article = read_article(f"{HEAD}{text}\n".encode(), article_id="a")
    (period,) = [period for period in find_periods(article) if period.start >= len(HEAD)]
    return article.text[period.start : period.end], period.begins, period.ends


@pytest.mark.parametrize(
    ("text", "words", "begins", "ends"),
    [
        ("1-5月完成", "1-5月", date(2020, 1, 1), date(2020, 5, 31)),
        ("今年1—8月份完成", "今年1—8月份", date(2020, 1, 1), date(2020, 8, 31)),
        ("上半年完成", "上半年", date(2020, 1, 1), date(2020, 6, 30)),
        ("去年下半年完成", "去年下半年", date(2019, 7, 1), date(2019, 12, 31)),
        ("前三季度完成", "前三季度", date(2020, 1, 1), date(2020, 9, 30)),
        ("2023年第一季度完成", "2023年第一季度", date(2023, 1, 1), date(2023, 3, 31)),
        ("截至目前,完成", "截至目前", None, date(2020, 8, 27)),
        ("截至10月底,完成", "截至10月底", None, date(2020, 10, 31)),
        ("年底前完成", "年底前", None, date(2020, 12, 31)),
        ("自3月复工以来完成", "自3月复工以来", date(2020, 3, 1), date(2020, 8, 27)),
        ("今年以来完成", "今年以来", date(2020, 1, 1), date(2020, 8, 27)),
        ("11月以来完成", "11月以来", date(2019, 11, 1), date(2020, 8, 27)),
        ("2020年11月以来完成", "2020年11月以来", None, None),
        ("近年来完成", "近年来", None, date(2020, 8, 27)),
        ("“十四五”期间完成", "“十四五”", date(2021, 1, 1), date(2025, 12, 31)),
        ("2011-2015年完成", "2011-2015年", date(2011, 1, 1), date(2015, 12, 31)),
        ("17日,开工", "17日", date(2020, 8, 17), date(2020, 8, 17)),
        ("30日,开工", "30日", date(2020, 7, 30), date(2020, 7, 30)),
        ("12月中旬竣工", "12月中旬", date(2020, 12, 11), date(2020, 12, 20)),
        ("2月30日开工", "2月30日", None, None),
    ],
)
def test_forms(text, words, begins, ends):
    assert only(text) == (words, begins, ends)


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}"])
)
def test_any_date_reads_back(day, form):
    assert only(f"于{form.format(day)}开工")[1:] == (day, day)


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from(["-", "—", "至", "到", "~"]))
def test_any_months_read_back(first, last, joint):
    _, begins, ends = only(f"{first}{joint}{last}月完成")
    assert begins == date(2020 - (first > last), first, 1)
    assert ends is not None
    assert begins < ends
    assert ends.month == last


def test_without_a_date_no_year_is_made_up():
    article = read_article("某区1-5月完成投资。".encode(), article_id="a")
    (period,) = find_periods(article)
    assert (period.begins, period.ends) == (None, None)


def test_the_year_of_the_title_holds():
    article = read_article("2013年民生事业\n全年发放补贴,1-5月完成投资。".encode(), article_id="a")
    assert {period.begins and period.begins.year for period in find_periods(article)} == {2013}


@pytest.mark.parametrize(
    ("text", "words", "begins", "ends"),
    [
        ("某县2010年国民经济和社会发展统计公报\n2011-04-16\n年末教师3049人。", "年末", None, date(2010, 12, 31)),
        ("某区2023年完成检修,2023年上半年产值89亿元。今年开工27个。", "今年", date(2023, 1, 1), date(2023, 12, 31)),
        ("某公司介绍。产品畅销。公司2004年成立。今年开工27个。", "今年", None, None),
        ("某区加快建设,确保到“十二五”末,面积达20平方公里。", "“十二五”末", None, date(2015, 12, 31)),
        ("某县经济平稳。至10月底,完成收入4亿元。", "至10月底", None, None),
        ("3月3日,2020年某县项目集中开工仪式举行。", "3月3日", date(2020, 3, 3), date(2020, 3, 3)),
        ("2025年5月,某区共有低保5014户,当月发放753万元。", "当月", date(2025, 5, 1), date(2025, 5, 31)),
        ("在2013年6月前建成,当年实现利税2亿元。", "当年", date(2013, 1, 1), date(2013, 12, 31)),
        ("2018年某县人代会。元至九月,完成产值5亿元。", "元至九月", date(2018, 1, 1), date(2018, 9, 30)),
        ("2018年某县。未来几年将投资11亿元。", "未来几年", None, None),
        ("某公司是2012年引进的。2013年产值9亿元。今年开工27个。", "今年", None, None),
        ("某县新闻\n2019-01-17\n今年以来,某县完成产值95亿元。", "今年以来", date(2018, 1, 1), date(2018, 12, 31)),
        ("2008年某县。四月十九日开工。", "四月十九日", date(2008, 4, 19), date(2008, 4, 19)),
    ],
)
def test_what_year_words_are_of(text, words, begins, ends):
    article = read_article(text.encode(), article_id="a")
    found = [row for row in find_periods(article) if article.text[row.start : row.end] == words]
    assert [(row.begins, row.ends) for row in found] == [(begins, ends)]


def test_the_first_months_of_a_year_begin_in_january():
    assert only("今年前10个月完成投资")[1:] == (date(2020, 1, 1), date(2020, 10, 31))
