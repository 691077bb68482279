"""What stands behind a figure and names it: past its measures (一条年产400吨贡茶生产线), up to the next of a list."""

from __future__ import annotations

import re

from kg.reading.vocabulary.nouns import counted_noun
from kg.reading.vocabulary.patterns import turn

_NEXT = re.compile(r"[A-Za-z\u4e00-\u9fff“”]{2,16}?(?=[、,;。()]|[及和与](?=\d)|等|已|正在|将|初具|全部|$)")
_WORK = re.compile("(?<=[\u4e00-\u9fff]{2})(?:项目|工程)(?=[\u4e00-\u9fff])")
_WORKS_END = re.compile(
    r"(?:精密|精深|生产|加工|建设|扩建|技改|技术改造|改造|扩产|扩能|改扩建|新建|迁建|制造|生产线)*(?:项目|工程|生产线|基地|线)?$"
)
_SITE = ("园", "场", "棚", "田", "林")
_FACILITY = re.compile(r"(?:生产|加工|处理|制造|养殖)?(?:厂|(?<![现市广])场|中心|站|库)$")


def noun_beyond(folded: str, end: int) -> str:
    """Return the noun that a measure or a purpose holds apart from the count that ends at an offset, else nothing."""
    found = turn("noun.beyond").match(folded, end)
    return next(filter(None, found.groups()), "") if found else ""


def listed_noun(behind: str) -> str:
    """Return what the words behind a figure name up to the next of its list (10万吨甲缩醛及20万吨…), else nothing."""
    found = _NEXT.match(behind)
    if found and (behind[found.end() :].startswith(("、", "等")) or found.group().endswith(_SITE)):
        return found.group()
    return counted_noun(behind, 0) or (found.group() if found else "")


def goods(noun: str) -> str:
    """Take off what a work is called behind the goods that it makes (氧化钙生产线技改项目)."""
    return _WORKS_END.sub("", noun)


def produced(noun: str) -> str:
    """Return what a capacity is of, not the plant (年产12万吨饲料厂, 日处理120吨垃圾处理中心) nor its parts."""
    noun = goods(_WORK.split(noun.partition("等")[0])[0])
    return "" if "处理" in noun and _FACILITY.search(noun) else _FACILITY.sub("", noun)
