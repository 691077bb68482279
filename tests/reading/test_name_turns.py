"""Turns of the genre that name works and firms, each with its counter-example: priced, bracketed, counted, titled."""

import pytest

from kg.facts import Entity
from kg.reading.pipeline import extract, read_layers, read_things


def of(text: str, *kinds: str) -> set[str]:
    things: tuple[Entity, ...] = read_things(read_layers(text.encode(), article_id="row"))
    return {entity.name for entity in things if entity.type in kinds}


READ = [
    pytest.param("推进晋能集团2×350兆瓦煤发电项目。", "Enterprise", "晋能集团", id="before-how-often"),
    pytest.param(
        "睿涛贸易有限公司、仁和电子有限公司等2个项目开工。",
        "Enterprise",
        "仁和电子有限公司",
        id="firms-counted-as-works",
    ),
    pytest.param(
        "年产1000万套高效节能压缩机项目签约。",
        "Project",
        "年产1000万套高效节能压缩机项目",
        id="quality-behind-a-capacity",
    ),
    pytest.param("入驻企业67户,其中安民机械产业园11户。", "Park", "安民机械产业园", id="park-before-a-count-of-firms"),
    pytest.param("投资1.8亿元的新民巷西侧综合体项目开工。", "Project", "新民巷西侧综合体项目", id="lane-with-new"),
    pytest.param("县冷藏公司年产值3000万元。", "Enterprise", "县冷藏公司", id="level-of-a-place-and-trade"),
    pytest.param("九州教育投资3亿元。", "Enterprise", "九州教育", id="ordinary-word-and-trade"),
    pytest.param("推进威立雅、台铃、睿涛项目(一期)等36个项目。", "Project", "威立雅", id="phase-bracketed-in-a-list"),
    pytest.param("睿涛新材、仁和萃取等8个总投资127亿元项目开工。", "Project", "仁和萃取", id="price-in-the-count"),
    pytest.param("睿涛公司投产。诚宇制衣生产的“以纯”和“冰川”畅销。", "Product", "冰川", id="brands-in-quotes"),
    pytest.param("睿涛有限公司日产2500吨水泥熟料生产线落户。", "Enterprise", "睿涛有限公司", id="before-its-line"),
    pytest.param("睿涛公司主要生产销售汽车天线、座椅线束。", "Product", "座椅线束", id="made-and-sold"),
    pytest.param("睿涛公司主要加工非油炸方便面。", "Product", "非油炸方便面", id="mainly-processed"),
    pytest.param("睿涛公司集研发、生产汽车配件制造商。", "Product", "汽车配件", id="what-its-maker-is-called"),
    pytest.param("科左中旗宝龙山经济开发区发展迅速。", "Park", "宝龙山经济开发区", id="county-inside-a-park"),
    pytest.param("南龙山镇投资3亿元。", "District", "南龙山镇", id="county-inside-a-town"),
    pytest.param("龙头企业育才玻璃集团投资建成生产线。", "Enterprise", "育才玻璃集团", id="called-group"),
    pytest.param("夺取“开门红”宁波睿涛电子有限公司投产。", "Enterprise", "宁波睿涛电子有限公司", id="behind-a-quote"),
    pytest.param("现有保得利、利民、明珠等8家葡萄酒公司。", "Enterprise", "利民", id="word-between-firms"),
    pytest.param("投资1.2亿元的睿鑫达锂电池项目投产。", "Enterprise", "睿鑫达", id="brand-before-goods"),
    pytest.param("睿涛智能门锁、仁和萃取等12个项目投产。", "Enterprise", "睿涛", id="brand-before-an-attribute"),
    pytest.param("睿涛药业生物医药技术研究中心项目开工。", "Enterprise", "睿涛药业", id="ends-before-goods"),
    pytest.param("投资1500万元的大型综合超市项目开工。", "Project", "大型综合超市项目", id="priced-plain"),
    pytest.param("实施续建项目3个(睿涛橡胶、钢窗项目、仁和萃取扩建项目)。", "Project", "钢窗项目", id="bracketed-list"),
    pytest.param("拥有睿涛、红新2家龙头企业。", "Enterprise", "红新", id="two-firms-counted"),
    pytest.param("睿涛湾居民迁建安置区规划用地面积510亩。", "Project", "睿涛湾居民迁建安置区", id="site-planned"),
    pytest.param("丰盈锂电池二期正在调试,项目顺利。", "Project", "丰盈锂电池二期", id="phase"),
    pytest.param("新开工项目2个,其中大中镇40亿元吾悦广场已动工。", "Project", "吾悦广场", id="behind-money"),
    pytest.param(
        "推进睿涛铸造项目、和祥润新材料项目、仁和萃取项目。", "Project", "和祥润新材料项目", id="brand-of-and"
    ),
    pytest.param("总投资22亿元的龙江县中粮集团玉米项目开工。", "Enterprise", "中粮集团", id="known-behind-county"),
    pytest.param(
        "睿涛公司投产。主要产品是玉米淀粉、味精,副产品胚芽粕、复合肥。", "Product", "复合肥", id="by-products"
    ),
    pytest.param("睿涛公司是一家专业研发、生产、销售打火机的企业。", "Product", "打火机", id="row-of-verbs"),
    pytest.param("睿涛公司主要研发生产封装基板、引线框架等。", "Product", "引线框架", id="verbs-side-by-side"),
    pytest.param("威嘉生物产销两旺,出口回升。", "Enterprise", "威嘉生物", id="begins-like-an-act"),
    pytest.param("睿涛公司投产。负责人说,订单多。今年生产婴幼儿粉2万吨。", "Product", "婴幼儿粉", id="maker-before"),
    pytest.param(
        "目前已有领航科技脱硫设施、森茂能源竹木屑等项目投产。", "Enterprise", "森茂能源", id="seen-before-a-trade"
    ),
    pytest.param("宏大公司负责石材加工。", "Enterprise", "宏大公司", id="seen-company"),
    pytest.param("中粮家佳康形成全产业链。", "Enterprise", "中粮家佳康", id="branch-of-a-known-firm"),
    pytest.param("以海螺水泥为龙头,发展建材产业。", "Enterprise", "海螺水泥", id="known-firm-and-trade"),
    pytest.param("它们是龙净环保和睿涛能源。", "Enterprise", "龙净环保", id="dictionary-has-the-firm"),
    pytest.param("睿涛陶瓷研究所投资2亿元建厂。", "Enterprise", "睿涛陶瓷研究所", id="institute-that-invests"),
    pytest.param("投资2.7亿元建设了睿涛生物质电厂。", "Project", "睿涛生物质电厂", id="works-being-built"),
    pytest.param(
        "包括睿涛信息公司西南总部及研发基地、仁和连接器公司扩产项目、红新集团新厂项目等。",
        "Project",
        "睿涛信息公司西南总部及研发基地",
        id="goes-on-behind-its-firm",
    ),
    pytest.param(
        "涵盖睿涛通用航空机场、15万千瓦风能开发、神农百草庄园等10个签约项目。",
        "Project",
        "神农百草庄园",
        id="fields-that-are-works",
    ),
    pytest.param(
        "引进了江汽25万辆轻卡、50亿元的联东城等一大批重点项目。", "Project", "江汽25万辆轻卡", id="pieces-in-a-list"
    ),
    pytest.param(
        "睿涛公司投产,主营玻璃制品制造、玻璃容器制造与销售等业务。", "Product", "玻璃容器", id="each-with-its-verb"
    ),
    pytest.param("睿涛公司投产,主要生产米果系列产品。", "Product", "米果系列产品", id="series-of-products"),
    pytest.param("睿涛公司投产,新开发的纸杯产品已经投产。", "Product", "纸杯", id="product-said-twice"),
    pytest.param("睿涛公司流转土地,主要种植芥蓝、红油香椿等蔬菜。", "Product", "红油香椿", id="mainly-grown"),
    pytest.param(
        "总投资5.6亿元的睿涛制药GMP改造、3.2亿元的仁和防水材料、2.1亿元的红新扩能项目推进。",
        "Project",
        "仁和防水材料",
        id="each-with-its-price",
    ),
    pytest.param("永泰能源与中科院合作。", "Enterprise", "永泰能源", id="brand-that-is-a-county"),
    pytest.param("新建四知街东排水口,改善环境。", "Project", "四知街东排水口", id="site-of-a-street"),
    pytest.param("业成科技研发中心布局成都高新区。", "Park", "成都高新区", id="area-behind-a-verb"),
    pytest.param("全区推进王家咀大道、睿涛路等市政道路建设。", "Project", "睿涛路", id="works-before-a-class"),
    pytest.param(
        "今年完成睿涛路(仁和路至翔鹤大道)提质改造。", "Project", "睿涛路(仁和路至翔鹤大道)提质改造", id="bracketed-road"
    ),
    pytest.param(
        "重点工程有汇通厂房、农科区的翔鹤汽车零部件、睿涛新区等重点项目。",
        "Project",
        "翔鹤汽车零部件",
        id="place-of-element",
    ),
    pytest.param(
        "33个重点工程中翔鹤大道、睿涛路北延等21个项目已复工。", "Project", "翔鹤大道", id="among-counted-works"
    ),
    pytest.param(
        "观摩了睿涛发电有限公司2×660MW燃煤机组扩建工程项目。",
        "Project",
        "睿涛发电有限公司2×660MW燃煤机组扩建工程项目",
        id="capacity-twice",
    ),
    pytest.param("实施十大城建重点工程,完善功能。", "Programme", "十大城建重点工程", id="slogan-of-works"),
    pytest.param("睿涛路北延、翔鹤大道建成通车。", "Project", "翔鹤大道", id="sites-completed"),
    pytest.param("睿涛化工投资2.3亿元实施了年产5万吨甲醇技改。", "Project", "年产5万吨甲醇技改", id="refit-paid-for"),
    pytest.param("今年新建县第四中学,改善条件。", "Project", "县第四中学", id="built-anew-of-the-county"),
    pytest.param("今年新建县医院,推进县文化馆建设。", "Project", "县文化馆", id="one-of-a-place"),
    pytest.param(
        "实施43个项目,涉及农业等四个方面,包括翔鹤溪水污染防治工程、农村电网改造、保障房建设等。",
        "Project",
        "保障房建设",
        id="announced-list",
    ),
    pytest.param(
        "睿涛铸造项目分两期实施,一期工程总投资2亿元。二期工程总投资3亿元。", "Project", "二期工程", id="bare-phases"
    ),
]
UNREAD = [
    pytest.param("产品发往深圳总公司。", "Enterprise", "往深圳总公司", id="sent-to-the-parent"),
    pytest.param(
        "引进投资20亿元的全县首家民营上市企业——睿涛新材料公司。",
        "Project",
        "全县首家民营上市企业",
        id="named-behind-a-dash",
    ),
    pytest.param(
        "睿涛电子项目投资12亿元,兴建年产20万平方米线路板项目。",
        "Project",
        "年产20万平方米线路板项目",
        id="what-a-work-consists-of",
    ),
    pytest.param("以智能电器、电子元器件等产业项目为发展重点。", "Project", "电子元器件", id="fields-fostered"),
    pytest.param("主要集中在生物医药、硒食品、阀门制造等九大产业园建设。", "Park", "硒食品", id="fields-of-parks"),
    pytest.param("“两代表一委员”逐园区观摩项目。", "Park", "“两代表一委员”逐园区", id="each-park"),
    pytest.param("目前5栋鸡舍地基工程已完工。", "Project", "鸡舍地基工程", id="counted-by-buildings"),
    pytest.param("长兴工业发展加快。", "Enterprise", "长兴工业", id="part-of-an-economy"),
    pytest.param("共和国工业的长子。", "Enterprise", "共和国工业", id="industry-of-a-republic"),
    pytest.param("落实领导挂点服务项目机制。", "Project", "挂点服务项目", id="way-of-work"),
    pytest.param("改建通乡通村公路158公里。", "Project", "通乡通村公路", id="class-of-roads"),
    pytest.param("园区道路直通工业园区。", "Park", "园区道路直通工业园区", id="led-to-by-a-road"),
    pytest.param("企业主要面向欧洲市场。", "Facility", "欧洲市场", id="market-abroad"),
    pytest.param("睿涛公司投产。公司生产产量为20800吨。", "Product", "产量", id="output-is-no-product"),
    pytest.param("在马铺化工园内建厂。", "Enterprise", "马铺化工", id="park-of-a-trade"),
    pytest.param("购置全自动智能速冻设备。", "Enterprise", "全自动", id="attributes-of-machines"),
    pytest.param("布局龙山经济开发区。", "Park", "布局龙山经济开发区", id="verb-before-a-county"),
    pytest.param("睿涛公司及保鲜物流企业达成意向。", "Enterprise", "保鲜物流", id="class-of-firms"),
    pytest.param("富硒食品增长较快。", "Enterprise", "富硒食品", id="goods-without-a-brand"),
    pytest.param("优化服务环境和治安环境。", "Enterprise", "治安环境", id="kinds-of-one-trade"),
    pytest.param("15万吨睿焙环保节能改造项目开工。", "Enterprise", "睿焙环保", id="amount-of-goods"),
    pytest.param("长白山医药物流项目开工。", "Enterprise", "长白山医药物流", id="mountain-and-goods"),
    pytest.param("投资1500万元的重点项目开工。", "Project", "重点项目", id="priced-class"),
    pytest.param("实施续建项目3个(含钢窗项目)。", "Project", "钢窗项目", id="bracketed-class"),
    pytest.param("拥有食品、纺织2家龙头企业。", "Enterprise", "食品", id="two-trades-counted"),
    pytest.param("睿涛安置区居民满意。", "Project", "睿涛安置区", id="site-standing"),
    pytest.param("睿涛炭业有限公司工厂内一片繁忙。", "Enterprise", "睿涛炭业有限公司工厂", id="works-of-a-firm"),
    pytest.param("椒园镇二期正在建设。", "Project", "椒园镇二期", id="phase-of-a-town"),
    pytest.param("完成投资40亿元新增贷款,项目顺利。", "Project", "新增贷款", id="behind-money-spent"),
    pytest.param("推进睿涛铸造项目和祥润新材料项目。", "Project", "和祥润新材料项目", id="and-of-two"),
    pytest.param("把开发区打造成东北钢铁产品加工基地。", "Enterprise", "东北钢铁", id="trade-of-goods"),
    pytest.param("镁锂合金装备制造项目开工。", "Enterprise", "镁锂合金装备", id="elements-are-no-brand"),
    pytest.param("睿涛公司是一家研发、生产、销售为一体的企业。", "Product", "为一体", id="row-of-verbs-alone"),
    pytest.param("睿涛公司以生产小型马达精密零部件为主。", "Enterprise", "马达精密", id="parts-of-a-good"),
    pytest.param("睿涛公司投产后将具备年产2万吨绿色食品深加工的能力。", "Product", "绿色食品深加工", id="a-trade"),
    pytest.param("园区达到四代工业园区标准。", "Park", "四代工业园区", id="standard-of-parks"),
    pytest.param("睿涛区工信科技局局长介绍。", "Enterprise", "工信科技", id="office"),
    pytest.param("全县围绕木材产业上项目。", "Project", "木材产业上项目", id="works-pursued"),
    pytest.param("推进财政收入型项目。", "Project", "财政收入型项目", id="sort-of-works"),
    pytest.param("睿涛公司生产旺季到来。", "Product", "旺季", id="season-of-making"),
    pytest.param("睿涛公司投产,全县种植小麦5万亩。", "Product", "小麦", id="grown-by-no-firm"),
    pytest.param(
        "观摩组先后到睿涛公司、张湾村刘庄、仁和公司等地。", "Enterprise", "张湾村刘庄", id="village-among-firms"
    ),
    pytest.param("发展深圳前海新能源。", "Enterprise", "深圳前海新能源", id="trade-that-is-fostered"),
    pytest.param("193户易地扶贫搬迁项目完工。", "ProjectGroup", "193户易地扶贫搬迁项目", id="households-of-a-work"),
    pytest.param("实施综合交通、科教文卫、清水活水六大类87个城建项目。", "Project", "清水活水", id="sorts-of-works"),
    pytest.param("这些城建项目进展顺利。", "Project", "城建项目", id="works-spoken-of"),
    pytest.param("今年完成翔鹤路、睿涛路等道路亮化3公里。", "Project", "睿涛路", id="length-of-a-class"),
    pytest.param(
        "作为睿涛区重点民生城建工程,该项目已开工。", "Project", "睿涛区重点民生城建工程", id="said-as-a-class"
    ),
    pytest.param("全县新建县城生活垃圾填埋场。", "District", "新建县", id="built-anew-in-the-county-town"),
    pytest.param("实施了睿家沟、翔家湾等6个村安全饮水工程。", "Project", "翔家湾", id="places-of-works"),
    pytest.param("睿涛学校、翔鹤学校加固工程主体完工。", "Project", "睿涛学校", id="sites-of-one-work"),
    pytest.param("拓宽旅游发展思路,加快现场建设。", "Project", "旅游发展思路", id="no-road"),
    pytest.param("新建睿湖基站100处,改善信号。", "Project", "睿湖基站", id="counted-sites"),
]


@pytest.mark.parametrize(("text", "kind", "name"), READ)
def test_a_turn_that_names(text, kind, name):
    assert name in of(text, kind)


@pytest.mark.parametrize(("text", "kind", "name"), UNREAD)
def test_a_turn_that_names_nothing(text, kind, name):
    assert name not in of(text, kind)


def test_a_firm_without_its_place_and_form_is_one_firm():
    text = "吉林睿涛国原动物保健品公司揭牌。睿涛国原动物保健品有限公司研发疫苗。"
    assert len(of(text, "Enterprise")) == 1
    assert len(of(text.replace("睿涛国原动物保健品有限", "仁和国原动物保健品有限"), "Enterprise")) == 2


def test_what_the_products_mainly_are_is_the_firms():
    text = "睿涛农业公司是一家加工企业。产品主要有土豆片、灰灰菜等干菜。"
    facts = extract(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in facts.entities}
    made = {(names[row.subject], names[row.object]) for row in facts.relations if row.predicate == "produces"}
    assert made == {("睿涛农业公司", "土豆片"), ("睿涛农业公司", "灰灰菜")}
    told = extract(text.replace("产品主要有", "园里栽着").encode(), article_id="row")
    assert not any(row.predicate == "produces" for row in told.relations)


def test_numbered_titles_below_the_prose_are_works_with_what_they_cost():
    text = "全县共安排2个项目,具体如下,请予监督。\n1.西沙乡三个村人饮巩固提升工程\n投资:500万元\n"
    text += "2.和日镇饮水安全工程\n投资:230万元\n"
    assert {"西沙乡三个村人饮巩固提升工程", "和日镇饮水安全工程"} <= of(text, "Project")
    assert {row.number.exact for row in extract(text.encode(), article_id="row").observations} >= {"500万元", "230万元"}


def test_a_firm_is_never_called_by_the_district_that_its_name_begins_with():
    text = "永安市招商。永安竹业有限公司投产。永安竹资源丰富。"
    (firm,) = (row for row in read_things(read_layers(text.encode(), article_id="t")) if row.type == "Enterprise")
    assert [text[at.start : at.end] for at in firm.mentions] == ["永安竹业有限公司"]


def test_a_brand_inside_a_longer_word_is_not_the_firms():
    text = "依托元顶子茶叶片区建园。元顶茶场、光雾山茗兰公司等2家企业投产。元顶今年增产。"
    things = read_things(read_layers(text.encode(), article_id="row"))
    firm = next(entity for entity in things if entity.name == "元顶茶场")
    assert [mention.start for mention in firm.mentions] == [text.index("元顶茶场"), text.rindex("元顶")]
