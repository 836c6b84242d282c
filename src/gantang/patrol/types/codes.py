"""Closed lists and slots of the room."""

#: 联合巡逻点、执法点、码头、卡口、瞭望点.
POINT_KINDS = ("joint", "post", "wharf", "checkpoint", "lookout")
VESSEL_STATES = ("ready", "repair", "laid_up")
#: What an order asks: to go to a point, to look there, to search, to help, to come back.
ORDER_KINDS = ("go_to", "inspect", "search", "assist", "return")
#: Slots that no source rules: days until positions are erased, minutes in which an order is to be heard,
#: metres under and over which the water is low and high.
KEPT_DAYS, HEARD_WITHIN = "patrol.position_days", "patrol.heard_minutes"
LOW_BELOW, FLOOD_ABOVE = "patrol.low_below", "patrol.flood_above"
