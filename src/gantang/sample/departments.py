"""The departments of a sample county, and what they answer for (示例)."""

from gantang.sample.plan import Department

DEPARTMENTS = (
    Department(
        "housing", "住房和城乡建设局", "resident", ("facility", "housing", "property"), cooperating=("urban",)
    ),
    Department("labour", "人力资源和社会保障局", "resident", ("labour",), cooperating=("justice",)),
    Department("police", "公安局交通管理大队", "rotating", ("traffic", "safety"), cooperating=("urban",)),
    Department("land", "自然资源局", "rotating", ("land",), cooperating=("farming",)),
    Department("farming", "农业农村局", "on_call", ("farming", "rural")),
    Department("water", "水利局", "on_call", ("water",)),
    Department("power", "供电公司", "on_call", ("power",), kind="office"),
    Department("justice", "司法局", "resident", ("dispute",)),
    Department("urban", "城市管理局", "resident", ("city", "environment")),
    Department("civil", "民政局", "on_call", ("welfare",)),
    Department("health", "卫生健康委员会", "on_call", ("health",)),
    Department("education", "教育体育局", "on_call", ("education",)),
    Department("market", "市场监督管理局", "rotating", ("consumer", "market")),
    Department("court", "人民法院", "on_call", (), kind="court"),
    Department("transport", "交通运输局", "on_call", ("transport",)),
)
#: Units that give a service by agreement and do nothing else: nobody else sees what lies with them.
SERVICES = (
    Department("aftercare", "安置帮教工作站", "resident", ("service.aftercare",), kind="service"),
    Department("counselling", "心理服务站", "resident", ("service.counselling",), kind="service"),
)
