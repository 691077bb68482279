"""Whose a figure is where several things stand by it: listed works, parts of a set, works with parts, firms above."""

import pytest

from kg.reading.pipeline import extract


def subjects(text: str) -> dict[str, str]:
    facts = extract(f"{text}\n".encode(), article_id="a")
    names = {row.id: row.name or row.mentions[0].exact for row in facts.entities}
    return {row.number.exact: names.get(row.subject or "", "") for row in facts.observations}


LISTED = "甘南县签约,包括投资3亿元年产6万立方米睿涛胶合板项目、投资2亿元年产9万立方米仁和模板项目等。"
PRICED = "甘南县招商。此外,总投资3亿元的睿涛发电、总投资2亿元的仁和木塑产业化等22个项目具备开工条件。"
PARTS = "甘南县开发区园区项目总数158个,亿元项目65个。其中生产项目87个,在建项目40个。截至6月末,实现工业总产值44亿元。"
TOLD = "甘南县今年已开工项目166个,其中新开工115个,续建51个,完成固定资产投资90亿元,完成重点项目投资67亿元。"
STAGES = "甘南县确定重点项目5大类51个,其中新建项目36个,续建项目15个。目前已开工建设43个,累计完成投资10亿元。"
WORK = "睿涛片区开发项目总投资66亿元,包括道路工程和配套工程等3大项目,共18个子项目,建设期5年。"
DATED = "翔鹤中学在内江市建成。2007年底仅甘南县就有水泥企业15户,从业人员5070人。"


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        pytest.param(LISTED, "2亿元", "年产9万立方米仁和模板项目", id="money-right-before-its-work"),
        pytest.param(PRICED, "2亿元", "仁和木塑产业化", id="a-member-with-money-of-its-own"),
        pytest.param(PRICED, "3亿元", "睿涛发电", id="the-first-member-with-money-of-its-own"),
        pytest.param(PARTS, "44亿元", "甘南县", id="output-is-no-sets"),
        pytest.param(TOLD, "67亿元", "开工项目166个", id="parts-that-make-up-the-whole"),
        pytest.param(STAGES, "15个", "重点项目5大类51个", id="parts-side-by-side"),
        pytest.param(STAGES, "10亿元", "重点项目5大类51个", id="a-set-counted-in-kinds"),
        pytest.param(WORK, "18个", "睿涛片区开发项目", id="parts-of-a-work"),
        pytest.param(WORK, "5年", "睿涛片区开发项目", id="behind-the-parts-of-a-work"),
        pytest.param(DATED, "5070人", "甘南县", id="a-place-behind-a-date"),
        pytest.param(
            "甘南县睿涛公司隶属于仁和集团,主要生产线束。该公司复工率达98%。",
            "98%",
            "甘南县睿涛公司",
            id="the-firm-above-is-not-meant",
        ),
        pytest.param(
            "甘南县招商。睿涛食品有限公司年加工能力600万公斤。现有肉类加工企业2家。",
            "2家",
            "甘南县",
            id="how-many-firms-there-are",
        ),
        pytest.param("甘南县有规模企业108家,已开工复工92家,复工率85.2%。", "85.2%", "甘南县", id="the-rate-of-a-count"),
        pytest.param(
            "贯彻仁和市战略部署,甘南县睿涛项目开工。为落实内江市决策部署,甘南县谋划重点项目447个。",
            "447个",
            "甘南县",
            id="what-only-directs",
        ),
        pytest.param(
            "甘南县睿涛项目已完成立项,力争年底所有重大项目开工率达80%。", "80%", "甘南县", id="all-works-of-a-place"
        ),
        pytest.param(
            "甘南县共完成水利工程134件(其中睿涛水库除险工程106件),累计完成投资2127万元。",
            "2127万元",
            "水利工程134件",
            id="in-closed-brackets",
        ),
        pytest.param(
            "甘南县发展旅游。依托睿涛生猪养殖项目,发展采摘农业3000亩。", "3000亩", "甘南县", id="what-a-deed-leans-on"
        ),
        pytest.param(
            "广水市陈巷镇以工业化理念发展农业。该镇大力实施振兴战略。投资1.2亿元,新修道路50公里。",
            "1.2亿元",
            "陈巷镇",
            id="a-town-that-the-text-goes-on-about",
        ),
        pytest.param(
            "据了解,该项目由睿涛塑料科技有限公司投资建设,总投资2亿元。",
            "2亿元",
            "睿涛塑料科技有限公司",
            id="a-firm-where-no-work-is-named",
        ),
        pytest.param(
            "甘南县雷打滩水电站正抓紧大坝浇筑工程,累计完成投资3266万元。",
            "3266万元",
            "甘南县雷打滩水电站",
            id="parts-of-a-work",
        ),
        pytest.param(
            "项目建设快报\n甘南县\n本月签约3个项目。\n拜泉县\n本月完成固定资产投资5亿元。",
            "5亿元",
            "拜泉县",
            id="headed-by-places",
        ),
        pytest.param(
            "甘南县重点项目共60个,已完成投资4亿元;全社会固定资产投资总额106亿元。",
            "106亿元",
            "甘南县",
            id="a-whole-places",
        ),
        pytest.param("甘南县2.7亿元睿涛木业项目开工建设", "2.7亿元", "睿涛木业项目", id="a-headlines-work"),
        pytest.param(
            "甘南县开工24个项目,其中总投资13亿元产业类项目13个,总投资41亿元基础设施类项目11个。",
            "41亿元",
            "基础设施类项目11个",
            id="money-before-its-set",
        ),
        pytest.param(
            "甘南县引进睿涛深加工项目,一期工程投资8000万元;二期工程占地30万平方米。项目全部投产后,年产值3.6亿元。",
            "3.6亿元",
            "睿涛深加工项目",
            id="all-phases-together",
        ),
        pytest.param(
            "睿涛产业园项目总投资11亿元,一期9个项目正在办理手续。", "9个", "睿涛产业园项目", id="works-of-a-phase"
        ),
        pytest.param("甘南县在建项目22个,已建成投产项目4个。", "4个", "甘南县", id="works-no-more-under-way"),
        pytest.param("甘南县项目\n睿涛换热器:总投资1.2亿元,占地100亩。", "100亩", "睿涛换热器", id="a-labelled-work"),
        pytest.param(
            "甘南县翔鹤大街综合改造基本完工,渭桥路等6条重点道路加快建设,改造提升乡道60公里。",
            "60公里",
            "甘南县",
            id="a-deed-behind-what-is-done",
        ),
        pytest.param(
            "睿涛茶业公司投资2000万元扩建厂房和更新茶叶加工设备。", "2000万元", "睿涛茶业公司", id="no-goods-money"
        ),
        pytest.param(
            "睿涛再生资源公司目前在甘南县总投资50亿元,投产项目7个。", "7个", "睿涛再生资源公司", id="a-firms-own-works"
        ),
    ],
)
def test_whose_a_figure_is(text, number, subject):
    assert subjects(text)[number] == subject
