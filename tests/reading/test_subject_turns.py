"""Turns by which a text leaves one subject for another, place by place, item by item, speaker by speaker."""

import pytest

from kg.reading.pipeline import extract


def read(text: str):
    return extract(f"{text}\n".encode(), article_id="a")


def subjects(text: str) -> dict[str, str]:
    facts = read(text)
    names = {row.id: row.name for row in facts.entities}
    return {row.number.exact: names.get(row.subject or "", "") for row in facts.observations}


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        pytest.param(
            "甘南县招商。睿涛公司投产。像睿涛公司这样的企业有200多家,产值24亿元。", "24亿元", "甘南县", id="likened"
        ),
        pytest.param(
            "甘南县实施项目106项(新建43项,续建63项)。开复工84项(新建33项),开复工率79%。",
            "79%",
            "实施项目106项",
            id="a-bracket-that-closed",
        ),
        pytest.param(
            "甘南县抓生产。作为龙头企业的睿涛公司,已生产风叶80套。预计全年生产风叶350套。",
            "350套",
            "睿涛公司",
            id="what-else-is-expected",
        ),
        pytest.param(
            "甘南县睿涛产业园项目开工。该项目由仁和公司投资建设,总投资2亿元。建成后可引进100家企业入驻。",
            "100家",
            "甘南县睿涛产业园项目",
            id="a-firm-that-only-builds",
        ),
        pytest.param(
            "甘南县招商。睿涛公司投资5000万元建厂。“生产线已投产,单日可生产团餐3万份。”该公司总经理易某介绍。",
            "3万份",
            "睿涛公司",
            id="the-firm-whose-head-speaks",
        ),
        pytest.param(
            "甘南县聚焦睿涛产业园建设、企业转型等7个领域,实施机器换人项目40个。", "40个", "甘南县", id="aimed-at"
        ),
        pytest.param(
            "甘南县抓水利。总投资4349万元的1.4公里睿河控导工程已竣工。",
            "4349万元",
            "睿河控导工程",
            id="over-its-length",
        ),
        pytest.param(
            "甘南县施工项目65个,其中新开工项目43个。城镇投资5.9亿元,同比增长7%。",
            "5.9亿元",
            "甘南县",
            id="of-statistics",
        ),
        pytest.param(
            "甘南县开工投资2.3亿元的睿涛管网改造工程等16个基础设施项目。",
            "2.3亿元",
            "睿涛管网改造工程",
            id="the-one-listed",
        ),
        pytest.param(
            "甘南县开工项目4个,总投资2.36亿元,为睿涛加工基地建设项目,计划总投资1.2亿元。",
            "1.2亿元",
            "睿涛加工基地建设项目",
            id="which-are",
        ),
        pytest.param(
            "睿涛铸造项目投产。项目督查上,做到周周有通报。甘南县新增就业50人,竣工30个。",
            "30个",
            "甘南县",
            id="works-as-a-field",
        ),
        pytest.param("大田开发区是省级示范园区,规划面积7560亩。", "7560亩", "大田开发区", id="said-to-be"),
        pytest.param(
            "甘南县招商。睿涛治河工程开工。1000名工人施工。这是全省最大规模的治水工程项目,治理长度243公里。",
            "243公里",
            "睿涛治河工程",
            id="this-is",
        ),
        pytest.param(
            "甘南县睿涛公司正在施工,总投资3亿元。该项目是市重点项目,由仁和公司投资兴建,建设16条生产线。",
            "16条",
            "甘南县睿涛公司",
            id="this-work-without-a-name",
        ),
        pytest.param(
            "甘南县抓民生。睿涛中学开工在建,翔鹤中学、仁和中学等6所学校合并。", "6所", "甘南县", id="a-list-of-its-own"
        ),
        pytest.param(
            "甘南县抓民生。睿涛中学开工在建,睿涛文化中心项目主体竣工,建成健身广场35个、农村幸福院15个。",
            "15个",
            "甘南县",
            id="deeds-behind-several-works",
        ),
        pytest.param("甘南县创建省级睿涛产业园区;外贸企业发展到20家。", "20家", "甘南县", id="behind-a-deed-done"),
        pytest.param("甘南县投产项目120个;三次产业比由20:44:36调整为16:46:38。", "46", "甘南县", id="only-a-place-has"),
        pytest.param(
            "7个新签项目达产后,年税收27亿元。1-4月,甘南县引进工业项目的协议投资额已逾200亿元。",
            "逾200亿元",
            "甘南县",
            id="a-place-opens-the-clause",
        ),
        pytest.param(
            "甘南县新入库项目147个。新能源产业总产值达143亿元。",
            "143亿元",
            "甘南县",
            id="an-industry-in-a-new-sentence",
        ),
        pytest.param(
            "甘南县投资800万元用于睿涛示范园建设、300万元用于杰源养殖基地建设。",
            "300万元",
            "杰源养殖基地",
            id="money-for-a-work",
        ),
        pytest.param(
            "甘南县修建互助路、乐都路、古驿大道3个停车场。", "3个", "甘南县", id="a-count-ends-a-list-without-etc"
        ),
        pytest.param(
            "甘南县建成二厂巷、睿涛大修厂等停车场6处,新增停车位800个。",
            "800个",
            "甘南县",
            id="the-noun-before-the-count",
        ),
        pytest.param(
            "甘南县实施居家无障碍改造工程,为5000名适龄妇女免费进行检查。",
            "5000名",
            "甘南县",
            id="done-for-those-counted",
        ),
        pytest.param(
            "甘南县牡丹峰公路全线通车。投入512万元建成饮水工程13处。",
            "512万元",
            "甘南县",
            id="money-put-into-something",
        ),
        pytest.param(
            "甘南县据了解,玉山镇资源丰富,该镇利用优势,投入400万元发展种植。",
            "400万元",
            "玉山镇",
            id="a-town-opens-the-stretch",
        ),
        pytest.param(
            "甘南县实施实事:睿涛停车场项目开工;投资7620万元,实施公路提档升级163公里。",
            "7620万元",
            "甘南县",
            id="an-item-with-its-own-money",
        ),
        pytest.param(
            "甘南县前三季度,签约项目数分别为:刘店镇34个、玉山镇32个。", "32个", "玉山镇", id="told-place-by-place"
        ),
        pytest.param(
            "甘南县经济平稳。刘店镇、玉山镇分别完成投资16亿元和14亿元。", "14亿元", "玉山镇", id="each-of-two-places"
        ),
        pytest.param(
            "睿涛食品公司、曙光陶瓷公司分别投资4亿元和5亿元,预计可分别提供岗位300个和500个。",
            "500个",
            "曙光陶瓷公司",
            id="each-once-more",
        ),
        pytest.param(
            "甘南县签约项目126个。其中,玉山镇签约工业项目12个。", "12个", "玉山镇", id="a-part-with-its-own-place"
        ),
        pytest.param(
            "记者走进睿涛轴承有限公司。“我们今年订单同比增长40%。”公司总经理张某介绍。",
            "40%",
            "睿涛轴承有限公司",
            id="the-firms-head-speaks",
        ),
        pytest.param(
            "睿涛铸造项目在甘南县开工。全县共引进项目23个。该项目是全县最大的项目,投产后可带动就业120人。",
            "120人",
            "睿涛铸造项目",
            id="one-work-and-no-set",
        ),
        pytest.param(
            "总投资12亿元的睿涛产业园在甘南县经济开发区开工奠基。项目占地260亩。目前,园区已入驻企业68家。",
            "68家",
            "甘南县经济开发区",
            id="a-park-that-has-firms-stands",
        ),
        pytest.param(
            "甘南县力争年内新引进项目15个,农业总产值突破160亿元。", "160亿元", "甘南县", id="what-a-place-produces"
        ),
        pytest.param(
            "全县睿涛项目建成投产,曙光产业园主体完工,东山广场开工建设。争取专项债券23亿元。",
            "23亿元",
            "全县",
            id="a-park-in-the-middle-of-a-sentence",
        ),
        pytest.param(
            "甘南县实施救助。发放低保金25万元;教育保障机制惠及学生2万名。",
            "2万名",
            "甘南县",
            id="a-measure-ends-at-a-semicolon",
        ),
        pytest.param(
            "1-5月,甘南县工业园完成投资28亿元,占全县工业的86%和园区计划的56%。",
            "56%",
            "甘南县工业园",
            id="what-shares-are-of",
        ),
    ],
)
def test_what_a_figure_is_about_where_the_text_turns(text, number, subject):
    assert subjects(text)[number] == subject


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        pytest.param("投资400万元,新建红星体育馆。保障全区供热质量,新增花架50个。", "全区", id="a-hall-is-no-place"),
        pytest.param(
            "实施江口街道卫生服务中心迁建工程,建设江口中学。全区新增床位50个。", "全区", id="a-town-is-no-county"
        ),
        pytest.param(
            "全市园区经济平稳\n一季度,全市工业园区完成产值27亿元。园区经济平稳。入园企业达50个。",
            "全市",
            id="the-title-speaks",
        ),
    ],
)
def test_what_place_an_article_speaks_for(text, acting):
    assert acting in {row.name for row in read(text).entities if row.type == "District"}
    assert subjects(text)[next(number for number in subjects(text) if number.startswith("50"))] == acting


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("全县承诺开复工36项(续建29项,新建7项)。", 2, id="in-brackets"),
        pytest.param("全县开工项目8个,竣工投产5个。", 0, id="begun-and-finished"),
        pytest.param("全县新签约项目11个,其中10亿元以上项目3个;开工项目8个。", 1, id="a-sum-by-chance"),
        pytest.param(
            "全县财政收入10859万元,增长31.5%。其中:国税收入686万元,增长3%;地税收入8617万元,增长25%。", 2, id="sums"
        ),
        pytest.param("全县完成投资19亿元。其中睿涛项目总投资15亿元。", 0, id="planned-of-done"),
        pytest.param("全县收入9亿元,其中税收收入7亿元,人均住房面积30平方米。", 1, id="another-unit"),
    ],
)
def test_what_is_part_of_what(text, parts):
    assert sum(row.part_of is not None for row in read(text).observations) == parts


@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("2016年甘南县推出20项民心工程。翻建公路200公里。", "200公里", "planned"),
        ("2022年甘南县十件民生实事完成情况公示\n新增停车泊位1620个。", "1620个", "actual"),
        ("我县2012年计划投资2430万元,完成71个水站改建,铺设管网575公里。", "575公里", "planned"),
        ("睿涛铸造项目总投资80亿元,一期已投产,今年预计实现产值60亿元。", "60亿元", "planned"),
        ("投资938万元,完成469户危房改造。", "938万元", "actual"),
        ("预计2010年,全县生产总值31亿元;财政收入2亿元。", "2亿元", "planned"),
        ("全县计划投资938万元,完成469户危房改造。", "938万元", "planned"),
        ("固定资产投资总额358.6亿元,增长0.4%。", "358.6亿元", "actual"),
        ("全县种植面积将超过1万亩。", "超过1万亩", "planned"),
    ],
)
def test_what_a_text_announces_and_what_it_reports(text, number, status):
    found = [row.status for row in read(text).observations if row.number.exact == number]
    assert found == [status]


def test_a_bare_count_is_the_list_before_it():
    text = "睿涛木业项目、仁和萃取项目、红新玻璃项目等3个项目开工。3个项目总投资12亿元。"
    assert subjects(text)["12亿元"] == "睿涛木业项目、仁和萃取项目、红新玻璃项目等3个项目"


def test_counties_side_by_side_lie_in_none_of_each_other():
    assert not read("京山市、沙洋县集中开工28个项目。京山沙洋项目集中开工。").relations


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("全县财政支出13亿元,较“十五”末净增10亿元,年均增长39%。", "财政支出年均增长"),
        ("全社会固定资产投资“十一五”期间累计完成118亿元,公路新增9公里。", "全社会固定资产投资"),
    ],
)
def test_what_a_statistic_is_called_over_the_years(text, indicator):
    assert indicator in {row.indicator for row in read(text).observations}


def test_when_a_park_was_founded_is_no_period_of_its_size():
    (size,) = read("睿涛工业园区是建于2001年的省级园区,建成面积13平方公里。").observations
    assert size.period is None


def test_a_year_before_an_indicator_may_be_a_part_of_it():
    (rate,) = (row for row in read("11个项目年度投资完成率110.8%。").observations if row.unit == "percent")
    assert rate.period is None


def test_numbered_sentences_with_nothing_between_them_are_items():
    text = "办好实事:(1)修路。(2)开工建设睿涛学校。(3)新建公厕120座。(4)新建市场5处。"
    assert read(text).sections == ()


def test_each_town_is_no_town():
    text = "全区创建联合体3家,联合体镇(街道)覆盖率达100%。"
    assert [row.name for row in read(text).entities if row.type == "District"] == ["全区"]
