# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]"]
# ///
"""Drop the kerning that nobody sees: half the weight of a face is kerning. `uv run overrides/fonts/kerning.py`.

A pair moved by less than `LEAST` thousandths of an em (an eighth of a pixel in
a text, a quarter in a title) is left where its letters put it, and bold pairs
are kerned as regular ones. Run it once on each face that is new here.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otBase import BaseTable

LEAST = 8


def moved(value: object) -> int:
    return getattr(value, "XAdvance", 0) or 0


def by_class(tables: list[BaseTable], first: str, second: str) -> int:
    for table in tables:
        if first in table.Coverage.glyphs:
            row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
            return moved(row.Class2Record[table.ClassDef2.classDefs.get(second, 0)].Value1)
    return 0


def prune(font: TTFont) -> None:
    least = LEAST * font["head"].unitsPerEm / 1000
    for lookup in font["GPOS"].table.LookupList.Lookup:
        tables = [getattr(table, "ExtSubTable", table) for table in lookup.SubTable]
        of_classes = [table for table in tables if table.Format == 2]

        for table in of_classes:
            for row in table.Class1Record:
                for pair in row.Class2Record:
                    if pair.Value1 is not None:
                        vars(pair.Value1).pop("XAdvDevice", None)
                        if abs(moved(pair.Value1)) < least:
                            pair.Value1.XAdvance = 0
            table.ValueFormat1 = 4

        # What is said of two letters goes before what is said of their classes: it may go where both say the same.
        for table in (each for each in tables if each.Format == 1):
            pairs = list(zip(table.Coverage.glyphs, table.PairSet, strict=True))
            for first, said in pairs:
                said.PairValueRecord = [
                    pair
                    for pair in said.PairValueRecord
                    if abs(moved(pair.Value1) - by_class(of_classes, first, pair.SecondGlyph)) >= least
                ]
                for pair in said.PairValueRecord:
                    vars(pair.Value1).pop("XAdvDevice", None)
            kept = [(first, said) for first, said in pairs if said.PairValueRecord]
            table.Coverage.glyphs = [first for first, _ in kept]
            table.PairSet = [said for _, said in kept]
            table.ValueFormat1 = 4


for path in sorted(Path(__file__).parent.glob("*.woff2")):
    before = path.stat().st_size
    font = TTFont(path, recalcTimestamp=False)
    prune(font)
    font.save(path)
    print(f"{path.name}: {before:,} bytes, now {path.stat().st_size:,}")
