"""A result as a bar chart: a Vega-Lite specification that brings its own data, and its picture as SVG."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

MOST_BARS = 60
FONTS = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Heiti SC', sans-serif"

_INK, _LINE, _ACCENT = "#1e2429", "#dcd8ce", "#17506b"
_DARK = (
    "<style>@media (prefers-color-scheme:dark){text{fill:#e6e3db}line{stroke:#343b41}"
    "path[aria-roledescription=bar]{fill:#8cc4df}}</style>"
)
# How an axis writes large numbers: in 万 and 亿, or in thousands, millions and billions.
_SHORT = {
    "zh": (
        "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, '~g') + '亿' : "
        "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, '~g') + '万' : format(datum.value, '~g')"
    ),
    "en": "replace(format(datum.value, '~s'), 'G', 'B')",
}

Bar = tuple[str, float]


def specification(bars: Iterable[Bar], *, names: str, numbers: str, language: str) -> dict[str, Any]:
    """Return the Vega-Lite specification of one bar each, in their order; at most `MOST_BARS` are drawn.

    Bars of the same name stand side by side: nothing is summed that the data does not sum.

    Args:
        bars: name and value.
        names: what the names are of, told where one points at a bar.
        numbers: title of the axis of numbers.
        language: of the numbers on the axis, `zh` or `en`.
    """
    values = [{"row": row, "name": name, "value": value} for row, (name, value) in enumerate(list(bars)[:MOST_BARS])]
    short = _SHORT["zh" if language.startswith("zh") else "en"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "params": [{"name": "names", "value": [value["name"] for value in values]}],
        "width": 520,
        "height": {"step": 26},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "y": {"field": "row", "type": "ordinal", "title": None, "axis": {"labelExpr": "names[datum.value]"}},
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": numbers,
                "axis": {"labelExpr": short, "tickCount": 6},
            },
            "tooltip": [
                {"field": "name", "type": "nominal", "title": names},
                {"field": "value", "type": "quantitative", "title": numbers, "format": ","},
            ],
        },
        "config": {
            "background": "transparent",
            "font": FONTS,
            "view": {"stroke": None},
            "mark": {"color": _ACCENT},
            "axis": {
                "labelColor": _INK,
                "titleColor": _INK,
                "gridColor": _LINE,
                "domainColor": _LINE,
                "tickColor": _LINE,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "labelLimit": 230,
            },
        },
    }


def svg(chart: dict[str, Any]) -> str:
    """Draw a specification; its text stays text, so that it can be read, found and copied."""
    return _draw(msgspec.json.encode(chart))


@lru_cache(maxsize=64)
def _draw(chart: bytes) -> str:
    import vl_convert  # noqa: PLC0415 - a JavaScript engine: only who asks for a picture waits for it

    picture: str = vl_convert.vegalite_to_svg(chart.decode(), vl_version="6.4", allowed_base_urls=[])
    head, bracket, rest = picture.partition(">")
    return head + bracket + _DARK + rest
