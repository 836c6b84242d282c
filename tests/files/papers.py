"""A paper to set, of sample data."""

from datetime import datetime
from typing import Any

from gantang.files.types import About, Answer, Issuer, Paper, Person
from gantang.kit.clock import ZONE

MADE = datetime(2026, 11, 28, 9, 30, tzinfo=ZONE)
TEMPLATE = """#import "/official.typ": *
#show: official

#to[示例反映人]
您反映的“#it.matter.gist”已经受理，编号#it.matter.number。
= 怎么办
#text-of("reply")
== 分几次
#table-of("instalments")
#people-table()
#seal()
"""


def paper(**changed: Any) -> Paper:
    """A paper with everything in it."""
    fields: dict[str, Any] = {
        "title": "示例告知书",
        "number": "〔2026〕12号",
        "version": 1,
        "made_at": MADE,
        "unit": Issuer("示例县召溪镇综治中心"),
        "matter": About(
            "QK7-M4R-2PX", "道路照明", "诉求与隐患", "示例县召溪镇", "2026年11月20日", "路灯坏了"
        ),
        "link": "http://127.0.0.1:8000/verify/J3-9FQ2-7XKM-0V5T",
        "people": (Person(0, "reporter", "反映人", "示例甲𠮷", "139****7715"),),
        "answers": {
            "reply": Answer("答复内容", "灯已经换了。\n以后每月巡查一次。"),
            "instalments": Answer(
                "分期履行", columns=("日期", "金额"), rows=(("2026年12月1日", "1,000.00元"),)
            ),
        },
    }
    return Paper(**(fields | changed))
