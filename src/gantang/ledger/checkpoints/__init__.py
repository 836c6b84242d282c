"""Checkpoints: what a city's streams were on a day, signed, chained, and kept in more than one place.

``line``: one checkpoint, its bytes and its signature. ``book``: the rows in the database and the file beside
the keys. ``making``: the daily pass over the heads. ``checking``: what does not fit.
"""
