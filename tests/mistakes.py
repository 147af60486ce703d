"""Mistakes that an author makes: where, what is changed, and what the page and the terminal say.

A mistake is made in a file by putting `new` in the place of `old`; an `old` of
None means the whole file, a `new` of None that the file is gone. `told` is what the
panel lists, on `page`, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    file: str
    old: str | None
    new: str | bytes | None
    told: tuple[str, ...] = ()
    page: str = ""


FACTS, QUOTES, EVENTS = "data/facts.yml", "data/quotes.yml", "data/timeline.yml"
PEOPLE, LIMITS, SOURCES = "data/people.yml", "data/limits.yml", "data/sources.yml"
TENSIONS, TERMS, DOCUMENTS = "data/tensions.yml", "data/glossary.yml", "data/documents.yml"
LOCK, REDIRECTS, PUBLISHED = "data/evidence.lock.json", "data/redirects.yml", "data/published.txt"
INDEX, RECORD, WINTER, CONFIG = "docs/index.md", "docs/record.md", "docs/winter.md", "mkdocs.yml"

MISTAKES: dict[str, Mistake] = {
    # Syntax
    "a bracket left open": Mistake(FACTS, "topics: [winter, weather]", "topics: [winter, weather"),
    "a quotation mark left open": Mistake(FACTS, "unit: days", 'unit: "days'),
    "a tab for spaces": Mistake(FACTS, "  unit: days", "\tunit: days"),
    "a field out of line": Mistake(FACTS, "  unit: days", "   unit: days"),
    "a colon in a text": Mistake(QUOTES, "setting: At the", "setting: Later: at the"),
    "a text cut off by a hash": Mistake(FACTS, "text: In the winter of 2012", "text: In #1 the winter"),
    "a field given twice": Mistake(FACTS, "  unit: days", "  unit: days\n  unit: weeks"),
    "a conflict left by git": Mistake(EVENTS, "- id: pledge-signed", "<<<<<<< HEAD\n- id: pledge-signed"),
    "an alias": Mistake(QUOTES, "form: phrase\n  topics", "form: *phrase\n  topics"),
    "a tag that runs code": Mistake(FACTS, "unit: days", "unit: !!python/object/apply:os.system [ls]"),
    "brackets nested without end": Mistake(FACTS, None, "[" * 5000),
    # Encoding and size
    "Latin letters of another encoding": Mistake(
        PEOPLE, None, "- id: odo-penn\n  name: Odo Pénn\n".encode("latin-1")
    ),
    "a letter that cannot be seen": Mistake(FACTS, "unit: days", "unit: da\u200bys"),
    "text that turns its direction": Mistake(FACTS, "unit: days", "unit: \u202edays"),
    "a file of another kind": Mistake(TERMS, None, b"\x89PNG\r\n\x1a\n\x00\x00"),
    "a file beyond all measure": Mistake(TERMS, None, "# x\n" * 300_000),
    # Files
    "a file that is missing": Mistake(DOCUMENTS, None, None),
    "a file that is empty": Mistake(FACTS, None, ""),
    "a map where a list should be": Mistake(TERMS, None, "tally: Tally\n"),
    "a text for a record": Mistake(TERMS, "- id: tally", "- tally\n- id: tally"),
    # Types and shapes
    "a figure with its unit": Mistake(FACTS, "value: 23", "value: 23 days"),
    "a list where a text is due": Mistake(FACTS, "unit: days", "unit: [days]"),
    "fields where a list is due": Mistake(
        LIMITS, "said: [never-misses, gulls-do-not-rest]", "said: {never-misses: yes}"
    ),
    "an empty field": Mistake(FACTS, "unit: days", "unit:"),
    "a word that is not allowed": Mistake(EVENTS, "act: words\n  actors: [ferry", "act: speech\n  actors: [ferry"),
    "an address that is not safe": Mistake(
        SOURCES, "URL: https://courier.example/ferry", "URL: javascript:alert(1)"
    ),
    "an anchor as long as a paragraph": Mistake(
        FACTS, "exact: the ferry lay", "exact: a b c d e f g h i j the ferry lay"
    ),
    # Dates
    "a date in words": Mistake(EVENTS, "date: 2021-03", "date: March 2021"),
    "a day that never was": Mistake(EVENTS, "date: 2021-03", "date: 2021-02-30"),
    "a time that ends before it begins": Mistake(EVENTS, "date: 2021-03", "date: 2021/1999"),
    "a correction without its day": Mistake("data/corrections.yml", "date: 2022-03-04", "date: 2022-03"),
    # Ids and references
    "an id with capitals": Mistake(TERMS, "id: tally", "id: Tally"),
    "an id used twice": Mistake(FACTS, "id: no-second-ship", "id: crossings-2020"),
    "a reference misspelt": Mistake(LIMITS, "[crossings-2020, one-day", "[crossings-2002, one-day"),
    "a reference to another kind": Mistake(LIMITS, "[crossings-2020, one-day", "[odo-penn, one-day"),
    "a list that names one twice": Mistake(
        LIMITS, "done: [no-second-ship]", "done: [no-second-ship, no-second-ship]"
    ),
    "a speaker nobody knows": Mistake(QUOTES, "speaker: petra-voss\n  voice", "speaker: petra-vos\n  voice"),
    "one on both sides": Mistake(
        LIMITS, "against: [crossings-aimed-at]", "against: [crossings-aimed-at, crossings-2020]"
    ),
    "a side without evidence": Mistake(TENSIONS, "other: [one-day-in-six]", "other: []"),
    # Missing and misspelt
    "a text that is missing": Mistake(FACTS, "  text: The company bought no second ship.\n", ""),
    "a field misspelt": Mistake(FACTS, "unit: days", "unitt: days"),
    "a figure without its period": Mistake(FACTS, "  period: 2012-24\n", ""),
    "a statement without evidence": Mistake(
        EVENTS,
        "  evidence:\n    - source: minutes\n      exact: asked for a second ship in March 2021",
        "  note: x",
    ),
    "a record that is deleted": Mistake(TERMS, None, "[]\n"),
    # Evidence
    "a quotation with another word": Mistake(QUOTES, "exact: one day in six.", "exact: one day in five."),
    "an anchor that is not in the source": Mistake(
        FACTS, "lay in harbour for 23 days\n- id", "lay in harbour for 32 days\n- id"
    ),
    "a quotation of narration": Mistake(QUOTES, "exact: never misses a crossing,", "exact: has told travellers"),
    "the fingerprint of another text": Mistake(SOURCES, "4b31e1b0", "00000000"),
    "a hedge that is lost": Mistake(FACTS, "  qualifier: nearly\n", ""),
    "a target that is not called one": Mistake(FACTS, "aims at nearly", "will make nearly"),
    # Hostile content
    "a script in a text": Mistake(
        FACTS,
        "text: The company bought no second ship.",
        "text: <script>alert(1)</script>\n  extra: '</section><script>'",
    ),
    "a template in a text": Mistake(FACTS, "unit: days", 'unitt: "{{ 7 * 7 }}"'),
    # Lock, redirects, published ids
    "a lock in conflict": Mistake(LOCK, None, "<<<<<<< HEAD\n{}\n"),
    "a redirect to nothing": Mistake(REDIRECTS, ": never-misses", ": never-mises"),
    "a redirect of an id in use": Mistake(REDIRECTS, "ferry-misses-no-crossing:", "winter:"),
    "redirects that are a list": Mistake(REDIRECTS, None, "- a\n"),
    "a published id that is gone": Mistake(PUBLISHED, "council\n", "council\ncouncilor\n"),
    "a published list of another encoding": Mistake(PUBLISHED, None, b"caf\xe9\n"),
    # Pages
    "a record misspelt on a page": Mistake(
        INDEX, '{{ quote("gulls-stayed-home") }}', '{{ quote("gulls-stay-home") }}'
    ),
    "a macro misspelt": Mistake(INDEX, "{{ limits() }}", "{{ limit() }}\n{{ limitz() }}"),
    "a brace left out": Mistake(INDEX, "{{ limits() }}", "{{ limits() }"),
    "a macro that divides by nothing": Mistake(INDEX, "{{ limits() }}", "{{ 1 / 0 }}"),
    "no list of references": Mistake(INDEX, "{{ references() }}", ""),
    "a figure that no record backs": Mistake(INDEX, "In 2020 it made", "In 2017 it made"),
    "a link to no page": Mistake(INDEX, "## References", "See [the winter](wintr.md).\n\n## References"),
    "a link to no heading": Mistake(
        INDEX, "## References", "See [the winter](winter.md#spring).\n\n## References"
    ),
    "a page of another encoding": Mistake(
        WINTER,
        None,
        '---\nhome_of: [winter]\n---\n# H\xe9\n\n{{ limit("winter") }}\n\n{{ references() }}\n'.encode("latin-1"),
        page="winter/",
    ),
    "a page that is empty": Mistake(WINTER, None, "", page="winter/"),
    "a page that is missing": Mistake(WINTER, None, None),
    "a page in no menu": Mistake("docs/spring.md", None, "# Spring\n", page="spring/"),
    # Front matter
    "front matter that is not YAML": Mistake(WINTER, "home_of: [winter]", "home_of: [winter", page="winter/"),
    "a home of nothing known": Mistake(WINTER, "home_of: [winter]", "home_of: [winter, summer]", page="winter/"),
    "a home that two pages claim": Mistake(WINTER, "home_of: [winter]", "home_of: [winter, fact]", page="winter/"),
    "a record without a home": Mistake(RECORD, "term, ", "", page="record/"),
    "a title that is a number": Mistake(INDEX, "schema: Dataset", "schema: Dataset\ntitle: 1936"),
    "a kind of page nobody knows": Mistake(INDEX, "schema: Dataset", "schema: Datasett"),
    "a template nobody wrote": Mistake(INDEX, "schema: Dataset", "schema: Dataset\ntemplate: nosuch.html"),
    "front matter that is a list": Mistake(WINTER, "home_of: [winter]", "- home_of: [winter]", page="winter/"),
    # Templates, overrides, styles
    "a component's tag left open": Mistake(
        "macros/templates/fact.html", "{#- One fact", "{% if %}{#- One fact", page="record/"
    ),
    "a component that asks for what is not there": Mistake(
        "macros/templates/event.html", "{{ record.summary }}", "{{ record.sumary }}", page="record/"
    ),
    "a component that is missing": Mistake("macros/templates/term.html", None, None, page="record/"),
    "a part that is missing": Mistake("macros/templates/parts/foot.html", None, None, page="record/"),
    "the panel's own template": Mistake("macros/templates/panel.html", "{% for", "{% fr"),
    "the box's own template": Mistake("macros/templates/problem.html", "{% for", "{% fr"),
    "an override with a tag left open": Mistake("overrides/base.html", "{% block fonts %}", "{% blok fonts %}"),
    "an override that asks too much": Mistake("overrides/partials/footer.html", None, "{{ nobody.at.home }}"),
    "an override that is missing": Mistake("overrides/partials/path.html", None, None),
    "an override that is empty": Mistake("overrides/base.html", None, ""),
    "a style that is missing": Mistake("docs/css/problem.css", None, None),
    # Configuration
    "a configuration that is not YAML": Mistake(CONFIG, "theme:", "theme: ["),
    "a setting nobody knows": Mistake(CONFIG, "plugins:", "plugns:"),
    "a plugin nobody has": Mistake(CONFIG, "  - search", "  - serach"),
    "an extension nobody has": Mistake(CONFIG, "  - attr_list", "  - atr_list"),
    "a menu that names no page": Mistake(CONFIG, "  - winter.md", "  - wintr.md"),
    "a configuration that is missing": Mistake(CONFIG, None, None),
    "a configuration that is empty": Mistake(CONFIG, None, ""),
    "an address for reports that is none": Mistake(CONFIG, "report: https://desk", "report: desk"),
    # Modules
    "a module that is not Python": Mistake("macros/components.py", "def fact(", "def fact((", page="record/"),
    "a module that imports nothing there": Mistake(
        "macros/cards.py", "from .citations import address", "from .citations import adress"
    ),
    "a module that is missing": Mistake("macros/measures.py", None, None),
    "a macro that fails": Mistake(
        "macros/components.py",
        '"""One term, explained. Block."""',
        '"""One term."""\n    return nobody',
        page="record/",
    ),
    "a rule that fails": Mistake(
        "macros/checks.py", '"""A phrase is one piece', 'nobody()\n    """A phrase is one piece'
    ),
    "an export that fails": Mistake("macros/exports.py", "yield DATA, self.data()", "yield DATA, self.dat()"),
}
