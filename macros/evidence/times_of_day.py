"""Times of day in a text: 8 a.m., 20h30, half past three, noon; of the words of other languages, a few."""

import re

from .typography import fold

Time = tuple[int, int, int]  # hours of 24, minutes, seconds

HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
NAMED = {
    "noon|midday|midi|mittags?|mediod[ií]a|mezzogiorno|полдень|正午": (12, 0, 0),
    "midnight|minuit|mitternacht|medianoche|mezzanotte|полночь|午夜": (0, 0, 0),
}
TOLD = re.compile(
    rf"(?<![\w.,:])(?:(?:a )?(?P<part>\d\d?|{'|'.join(MINUTES)}) (?:minutes )?(?P<link>past|to) )?"
    rf"(?P<hour>\d\d?|{'|'.join(HOURS)})(?:(?:[:.]| ?h ?)(?P<minutes>\d\d)(?::(?P<seconds>\d\d))?(?!\d))?"
    r"(?P<clock> ?(?:(?P<half>[ap])\.? ?m\b|o'clock|uhr\b|h(?:eures?)?\b))?"
    r"(?:\.? (?:in the |at )(?P<time>morning|afternoon|evening|night)\b)?"
)
HALVES = {"a": "a", "p": "p", "morning": "a", "afternoon": "p", "evening": "p"}


def read_times(text: str) -> tuple[set[Time], str]:
    """Return the times of day that a text tells, both that one of twelve hours may be, and what is left of it."""
    words, times = re.sub(r"\b(\d\d)(\d\d) ?(?=hours|hrs|uhr)", r"\1:\2 ", fold(text).casefold()), set[Time]()
    for names, time in NAMED.items():
        if re.search(rf"\b(?:{names})\b" if names.isascii() else names, words):
            times.add(time)

    def left(told: re.Match[str]) -> str:
        if not any(told[name] for name in ("link", "minutes", "clock", "time")):
            return told[0]
        hour = HOURS.index(told["hour"]) or 12 if told["hour"] in HOURS else int(told["hour"])
        minutes, seconds = int(told["minutes"] or 0), int(told["seconds"] or 0)
        if told["link"]:
            part = MINUTES.get(told["part"]) or int(told["part"])
            hour, minutes = (hour, part) if told["link"] == "past" else (hour - 1, 60 - part)
        half = HALVES.get(told["half"] or told["time"] or "", "")
        hours = {"a": [hour % 12], "p": [hour % 12 + 12]}.get(half, [hour % 24, (hour + 12) % 24])
        times.update((each, minutes, seconds) for each in (hours if hour <= 12 else [hour % 24]))
        return " "

    rest = TOLD.sub(left, words)
    return times, rest
