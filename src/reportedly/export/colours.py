"""Which colours does the page use, by day and by night? Text keeps 4.5:1, lines 3:1 against what lies behind them."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#fcfbf8", "badge": "#ffffff", "card": "#ffffff", "tint": "#f1eee6", "ink": "#1e1c19", "grey": "#625d54", "hair": "#dcd7cb",
    "edge": "#8b857a", "link": "#2456b8", "amber": "#9a5300", "wavy": "#c06a00",
    "c0": "#7b766c", "c1": "#2456b8", "c2": "#c2417f", "c3": "#0f8a3c", "c4": "#7f481a", "c5": "#7a6cf0",
    "c6": "#1f92bd", "c7": "#860f54", "c8": "#4a1093",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#16171a", "badge": "#0c0d0f", "card": "#1d1f23", "tint": "#2a2c31", "ink": "#e6e2d9", "grey": "#a8a296", "hair": "#3a3c42",
    "edge": "#7d7a74", "link": "#8fb2f7", "amber": "#eda53a", "wavy": "#f0a030",
    "c0": "#918c82", "c1": "#5b8def", "c2": "#f07ab8", "c3": "#2fe0a5", "c4": "#b98a5a", "c5": "#b3a4ff",
    "c6": "#7fdcf5", "c7": "#d0506a", "c8": "#c3cc5a",
}  # fmt: skip
SPEAKERS = 8
"""Speakers with a colour of their own (told apart also by the colour-blind); all others are grey, `c0`."""

TEXT = ("ink", "grey", "link", "amber")
LINES = ("edge", "wavy", *(f"c{n}" for n in range(SPEAKERS + 1)))
BEHIND = ("paper", "card", "tint")


def variables(scheme: Mapping[str, str]) -> str:
    """The scheme as CSS custom properties."""
    return "".join(f"--{name}:{value};" for name, value in scheme.items())


def contrast(left: str, right: str) -> float:
    """The contrast ratio of WCAG 2 between two colours."""
    darker, lighter = sorted((_luminance(left), _luminance(right)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
