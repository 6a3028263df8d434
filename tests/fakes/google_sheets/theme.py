"""The look of every new spreadsheet, as Google tells it: nobody here cares, readers must cope."""

from __future__ import annotations

from tests.fakes.google_sheets.errors import Message

_WHITE: Message = {"red": 1, "green": 1, "blue": 1}
_ACCENTS = {
    "ACCENT1": (0.25882354, 0.52156866, 0.95686275),
    "ACCENT2": (0.91764706, 0.2627451, 0.20784314),
    "ACCENT3": (0.9843137, 0.7372549, 0.015686275),
    "ACCENT4": (0.20392157, 0.65882355, 0.3254902),
    "ACCENT5": (1, 0.42745098, 0.003921569),
    "ACCENT6": (0.27450982, 0.7411765, 0.7764706),
    "LINK": (0.06666667, 0.33333334, 0.8),
}

DEFAULT_FORMAT: Message = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}

THEME: Message = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        {"colorType": "TEXT", "color": {"rgbColor": {}}},
        {"colorType": "BACKGROUND", "color": {"rgbColor": _WHITE}},
        *(
            {
                "colorType": name,
                "color": {"rgbColor": dict(zip(("red", "green", "blue"), color, strict=True))},
            }
            for name, color in _ACCENTS.items()
        ),
    ],
}
