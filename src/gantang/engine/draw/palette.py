"""Colours of a drawing: the values of the design tokens, since a picture cannot read a page's sheet."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#faf7f0",
    "surface": "#fffefb",
    "sunken": "#f1ece0",
    "edge": "#857c6b",
    "line-2": "#cfc5b1",
    "ink": "#1e2721",
    "ink-2": "#434d45",
    "ink-3": "#5e665c",
    "leaf": "#24583c",
    "leaf-bg": "#e4eee0",
    "zhu-ink": "#8c2315",
    "zhu-bg": "#fae6df",
    "zhu-mark": "#c4432e",
    "amber": "#6b4100",
    "amber-bg": "#fbedcb",
    "amber-mark": "#bf7d12",
    "dai": "#234763",
    "dai-mark": "#4e7fa3",
    "stone": "#454a44",
}
DARK: Mapping[str, str] = {
    "paper": "#0e1712",
    "surface": "#15211a",
    "sunken": "#0a120d",
    "edge": "#6c7d70",
    "line-2": "#384b40",
    "ink": "#eef2e9",
    "ink-2": "#c3cdbf",
    "ink-3": "#94a294",
    "leaf": "#86cfa2",
    "leaf-bg": "#1c3a2a",
    "zhu-ink": "#ffb6a2",
    "zhu-bg": "#48211a",
    "zhu-mark": "#f0725a",
    "amber": "#f7cd7c",
    "amber-bg": "#40310f",
    "amber-mark": "#e7ae45",
    "dai": "#afd6ee",
    "dai-mark": "#78afd3",
    "stone": "#c3cdbf",
}
THEMES: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}
