"""Mistakes on pages: every one is reported at its line, all at once, and nothing wrong is ever published."""

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.build.macro_calls import Calls, is_plain
from macros.problems import Problem

from ..support.builds import EXPLAINER, build, built, fingerprints
from ..support.components import Example, all_examples, examples
from ..support.serving import serving

# A page's name, its text, and what is reported about it; the file's name goes before each.
HEADING = "write it like ## Title, at the margin, in HTML within <div markdown>"
LIST = (
    'leave an empty line before the list, and begin each entry with "- " or "1. ", in HTML within <div markdown>'
)
TABLE = (
    "leave an empty line before it, write | --- | --- | below its first line, and equal rows,"
    " in HTML within <div markdown>"
)

MISTAKES: dict[str, tuple[str, list[str]]] = {
    "unknown-id.md": (
        "# Title\n\nText.\n\n{{ fact('harbour-day-2012') }}\n".replace("'", '"'),
        [':5: no fact "harbour-day-2012" in data/; did you mean "harbour-days-2012"?'],
    ),
    "unknown-id-below-front-matter.md": (
        '---\ntitle: A title\ndescription: Words\n---\n\n\n# Title\n\n{{ fact("harbour-day-2012") }}\n\n\n',
        [':9: no fact "harbour-day-2012" in data/; did you mean "harbour-days-2012"?'],
    ),
    "unknown-id-in-jinja.md": (
        '# Title\n\n{% set id = "gulls" %}\n\nText {{ cite(id) }}\n\n{{ references() }}\n',
        [':5: no record "gulls" in data/'],
    ),
    "unknown-id-in-jinja-below-front-matter.md": (
        '---\ntitle: A title\n---\n# Title\n\n{% if true %}\nText\n{{ quote("never-miss") }}\n{% endif %}\n',
        [':8: no quote "never-miss" in data/; did you mean "never-misses"?'],
    ),
    "unknown-id-with-other-line-ends.md": (
        '---\r\ntitle: A title\r\n---\r\n\r\n# Title\r\n\r\n{{ fact("nothing-like-it-at-all") }}\r\n',
        [':7: no fact "nothing-like-it-at-all" in data/'],
    ),
    "unknown-macro.md": (
        '# Title\n\n{{ fakt("crossings-2020") }}\n',
        [':3: no macro "fakt"; did you mean "fact"?'],
    ),
    "unknown-macro-in-jinja.md": (
        '---\ntitle: A title\n---\n\n# Title\n\n{% set a = 1 %}\n{{ qote("never-misses") }}\n',
        [':8: no macro "qote"; did you mean "quote"?'],
    ),
    "unknown-name.md": ("# Title\n\nText {{ figur }}.\n", [':3: no macro "figur"; did you mean "figure"?']),
    "unknown-name-asked-for-more.md": (
        "# Title\n\nText {{ figur.value.digits }}.\n",
        [':3: no macro "figur"; did you mean "figure"?'],
    ),
    "unknown-name-looped-over.md": (
        "# Title\n\n{% for each in evnts %}{{ each }}{% endfor %}\n",
        [':3: no macro "evnts"; did you mean "event"?'],
    ),
    "unknown-part-of-what-there-is.md": (
        "# Title\n\n{{ page.titel }} {{ page.meta.nosuch }}\n",
        [
            ':3: no "titel" in what stands before it; did you mean "title"?',
            ':3: no "nosuch" in what stands before it',
        ],
    ),
    "unknown-argument.md": (
        '# Title\n\n{{ timeline(topics="weather") }}\n',
        [":3: got an unexpected keyword argument 'topics'; timeline() takes topic, eras, landmarks, strand"],
    ),
    "too-many-arguments.md": (
        '# Title\n\n{{ fact("crossings-2020", "never-misses") }}\n',
        [":3: too many positional arguments; fact() takes id"],
    ),
    "no-argument.md": ("# Title\n\n{{ cite() }}\n", [":3: cite() takes at least one id"]),
    "citation-of-what-has-no-passage.md": (
        '# Title\n\nA.{{ cite("winter") }} {{ cite("courier") }}\n\n{{ cite("christening-day-corrected") }}\n',
        [
            f':{line}: "{each}" rests on no passage of its own; cite what it rests on'
            for line, each in ((3, "winter"), (3, "courier"), (5, "christening-day-corrected"))
        ],
    ),
    "several-in-one-call.md": (
        '# Title\n\n{{ cite("tally"), cite("never-misses") }}\n{{ cite("tally, never-misses") }}'
        '{{ cite(["tally", "never-misses"]) }}\n\n{{ references() }}\n',
        [
            ':3: prints more than one value; write {{ cite("one-id", "another") }}, or two calls',
            *(
                f':4: "{each}" is more than one id; put quotation marks round each, and no brackets'
                for each in ("tally, never-misses", "['tally', 'never-misses']")
            ),
        ],
    ),
    "changed-after-it-is-printed.md": (
        '# Title\n\n{{ figure("crossings-2020") | upper }}\n{{ quote("never-misses").upper() }}\n'
        '{{ count("source")|int + 1 }} {{ figure("crossings-2020")[:3] }}\n'
        '{% set f = figure("crossings-2020") %}{{ f|replace("6", "7") }}\n'
        '{% if count("source") == 3 %}three{% endif %}\n'
        '{% filter title %}{{ figure("crossings-2020") }}{% endfilter %}\n'
        '{{ figure("crossings-2020")|trim }} {{ ["a", figure("crossings-2020")]|join("; ") }} {{ "a"|upper }}\n'
        '{% set line = "our own" %}{{ line|upper }} {% for event in ["x", "y"] %}{{ event|upper }}{% endfor %}\n',
        [
            f":{line}: what {name} prints is put in later, so no filter or comparison sees it; "
            "write the call alone"
            for line, name in (
                *((3, "figure"), (4, "quote"), (5, "count"), (5, "figure")),
                *((6, "f"), (7, "count"), (8, "figure")),
            )
        ],
    ),
    "former-id.md": (
        '# Title\n\n{{ event("ferry-misses-no-crossing") }}\n\n{{ event("tally") }}\n',
        [
            ':3: "ferry-misses-no-crossing" is now called "never-misses"; write that',
            ':5: the term "tally" is no event',
        ],
    ),
    "argument-of-another-type.md": ("# Title\n\n{{ fact(7) }}\n", [':3: no fact "7" in data/']),
    "wrong-kind.md": (
        '# Title\n\nText.\n{{ quote("crossings-2020") }}\n',
        [':4: the fact "crossings-2020" is no quote'],
    ),
    "unknown-kind.md": (
        '# Title\n\n{{ records("facts") }}\n\n{{ records("people") }}\n',
        [':3: no kind "facts"; did you mean "fact"?', ':5: no kind "people"; did you mean "person"?'],
    ),
    "unknown-capacity.md": (
        '# Title\n\n{{ speakers("partly") }}\n',
        [':3: no capacity "partly"; did you mean "party"?'],
    ),
    "unknown-topic.md": (
        '# Title\n\n{{ records("fact", topic="wether") }}\n',
        [':3: no topic or limit "wether" in data/; did you mean "weather"?'],
    ),
    "no-figure.md": (
        '# Title\n\n{{ figure("no-second-ship") }}\n',
        [':3: "no-second-ship" has no figure; name a fact with a value'],
    ),
    "syntax.md": (
        '---\ntitle: A title\n---\n\n# Title\n\n{{ fact("crossings-2020" }}\n',
        [":7: is not a macro call: a bracket is not closed; write ) before }}"],
    ),
    "one-brace.md": (
        '# Title\n\n\n{{ fact("crossings-2020") }\n',
        [":4: is not a macro call: it is not closed; end it with }} in the same line"],
    ),
    "unknown-tag.md": (
        "# Title\n\n{% fact %}\n",
        [":3: is not a macro call: Encountered unknown tag 'fact'; a call is written like {{ quote(\"an-id\") }}"],
    ),
    "single-braces.md": (
        '---\ntitle: A title\n---\n# Title\n\n```\n{ fact("x") }\n```\n\nIn { fact("crossings-2020") } it made.\n',
        [':10: a call needs two braces; write {{ fact("crossings-2020") }}'],
    ),
    "no-quotes.md": (
        "# Title\n\n{{ fact(winter) }}\n\n{{ limits }}\n\n{{ quote }} {{ cite }}\n",
        [
            ':3: "winter" is not defined; put ids in quotation marks, as "winter"',
            ":5: limits is named and not called; write {{ limits() }}",
            ':7: quote is named and not called; write {{ quote("…") }}',
            ':7: cite is named and not called; write {{ cite("…") }}',
        ],
    ),
    "no-quotes-round-hyphens.md": (
        "# Title\n\n{{ fact(crossings-2020) }}\n",
        [":3: cannot be rendered: 'crossings' is undefined; put ids in quotation marks"],
    ),
    "no-calculation.md": (
        "---\na: b\n---\n# Title\n\n\n{{ 1 / 0 }}\n",
        [":7: cannot be rendered: division by zero; fix it"],
    ),
    "citation-after-references.md": (
        '# Title\n\n{{ cite("never-misses") }}\n\n{{ references() }}\n\nText.\n{{ cite("crossings-2020") }}\n',
        [':8: "crossings-2020" is cited after references(); move references() to the end'],
    ),
    "references-twice.md": (
        '# Title\n\n{{ cite("never-misses") }}\n\n{{ references() }}\n\n{{ references() }}\n',
        [":7: references() stands on this page already; keep the last one"],
    ),
    "missing-references.md": (
        '# Title\n\nText {{ cite("never-misses") }}\n',
        [": cites, and lists no references; end it with {{ references() }}"],
    ),
    "worse-home.md": (
        "---\ntitle: A title\nhome_of:\n  - fact\n  - winters\n  - timeline\n---\n# Title\n",
        [
            ':4: docs/record.md is already the home of "fact"; keep one',
            ':5: no kind or record "winters"; did you mean "winter"?',
            ':6: no kind or record "timeline"; did you mean "event"?',
        ],
    ),
    "front-matter.md": (
        "---\ntitle: A title\ntitle: Another\n---\n# Title\n",
        [':3:1: "title" stands twice in one place; remove one, or start a new entry with "- "'],
    ),
    "home-that-shows-nothing.md": (
        "---\nhome_of: [tally]\n---\n# Title\n\n{{ references() }}\n",
        [': is the home of "tally" and does not show it; show it, or change "home_of"'],
    ),
    "heading-with-the-address-of-a-record.md": (
        '---\nhome_of: [no-second-ship]\n---\n# No second ship\n\n{{ fact("no-second-ship") }}\n',
        [':4: the id "no-second-ship" stands twice on this page; give it another, as in "## Title {#another}"'],
    ),
    "no-braces.md": (
        '# Title\n\nfact("crossings-2020")\n\nAs `fact("x")`, and limits() here.\n\n    fact("crossings-2020")\n',
        [
            ':3: a call needs two braces; write {{ fact("crossings-2020") }}',
            ":5: a call needs two braces; write {{ limits() }}",
        ],
    ),
    "no-braces-and-other-marks.md": (
        "# Title\n\nfact('crossings-2020')\n\n{ fact(‘crossings-2020’) }\n",
        [
            ":3: a call needs two braces; write {{ fact('crossings-2020') }}",
            ':5: a call needs two braces; write {{ fact("crossings-2020") }}',
        ],
    ),
    "title-without-marks.md": (
        "# Title\n\n!!! note Mind the sea\n\n    Text\n\n??? tip inline end More\n    Text\n\n!!! note inline end"
        '\n\n    Text\n\n!!! note wide "The sea"\n\n    Text\n\nTern\n\n:   A ship\n',
        [
            ":3: !!! note Mind the sea loses its title; put it between quotation marks",
            ":7: ??? tip inline end More loses its title; put it between quotation marks",
            ":20: :   A ship is printed as it stands; explain it in data/glossary.yml, or in a sentence,"
            " and name def_list under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
        ],
    ),
    "citation-in-a-heading.md": (
        '# Title\n\n## Crossings {{ cite("never-misses") }}\n\n{{ references() }}\n',
        [":3: cite() stands in a heading; put it into the text"],
    ),
    "citation-in-a-title.md": (
        '---\ntitle: Title {{ cite("never-misses") }}\n---\n# Title\n',
        [":2: cite() stands in a title; put it into the text"],
    ),
    "citation-in-a-link.md": (
        '# Title\n\n[The winter {{ cite("never-misses") }}](winter.md)\n\n{{ references() }}\n',
        [":3: cite() stands in the text of a link; put it into the text"],
    ),
    "citation-in-a-button.md": (
        '# Title\n\n<button>Winter {{ cite("never-misses") }}</button>\n\n{{ references() }}\n',
        [":3: cite() stands in the text of a button; put it into the text"],
    ),
    "value-in-an-address.md": (
        '# Title\n\n[The winter](winter.md#{{ count("fact") }})\n\n<a href="{{ count("fact") }}">That</a>\n',
        [
            ":3: count() stands in the address of a link; write the address out",
            ":5: count() stands in the address of a link; write the address out",
        ],
    ),
    "block-in-a-phrase.md": (
        '# Title\n\n**{{ fact("no-second-ship") }}**\n\n## {{ limits() }}\n\n{{ references() }}\n',
        [
            ":3: fact() stands in the middle of a phrase; give it lines of its own",
            ":5: limits() stands in a heading; give it lines of its own",
        ],
    ),
    "block-in-code.md": (
        '# Title\n\nText.\n\n    {{ fact("no-second-ship") }}\n\n{{ references() }}\n',
        [
            ":5: fact() stands in code; start its line at the margin,"
            " or put {% raw %} and {% endraw %} round the code"
        ],
    ),
    "element-not-closed.md": (
        '# Title\n\n<div>\n\n## Below\n\n<p>Fine<svg><path d="M0"/></svg>\n\n<b>Bold\n\n```\n<div>\n```\n',
        [
            ":3: <div> is not closed; write </div> after what belongs to it",
            ":7: <p> is not closed; write </p> after what belongs to it",
            ":9: <b> is not closed; write </b> after what belongs to it",
        ],
    ),
    "element-not-open.md": (
        "# Title\n\n</section>\n\n<!-- Later\n",
        [
            ":3: no <section> is open that </section> could close; delete it",
            ":5: a comment is not closed; end it with -->",
        ],
    ),
    "printed-syntax.md": (
        '# Title\n\n!!! "Note"\n\n=== Tab\n\n> [!NOTE]\n> A\n\n:::tip\n\n'
        "A [[winter]], ==b== ~~c~~[^d]; `[^2]` a == b.\n",
        [
            ':3: !!! "Note" is printed as it stands; write it like !!! note "Title",'
            " and name admonition under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
            ':5: === Tab is printed as it stands; write it like === "Title",'
            " and name pymdownx.tabbed under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
            ':7: [!NOTE] is printed as it stands; write it like !!! note "Title",'
            " and name admonition under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
            ':10: :::tip is printed as it stands; write it like !!! note "Title",'
            " and name admonition under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
            ':12: [^d] is no citation that is checked; cite as in {{ cite("an-id") }}',
            ":12: [[winter]] is printed as it stands; write it like [Title](page.md)",
            ":12: ==b== is printed as it stands; write it with <mark>, <del> or <ins> round it",
            ":12: ~~c~~ is printed as it stands; write it with <mark>, <del> or <ins> round it",
        ],
    ),
    "other-signs.md": (
        '# Title\n\n- [x] Done :smile: <b title=":d:">d</b>\n\n'
        "H~a~O, $$x$$ {# so #} a {: .b } [c][d]\n\n*[HTML]: Text\n\n`:a: $$b$$`\n",
        [
            ":3: [x] is printed as it stands; write a sign itself, such as ☐ or ☑",
            ":3: :smile: is printed as it stands; write a sign itself, such as ☺ or →",
            ":5: [c][d] is printed as it stands; write it like [Title](page.md)",
            ":5: {# so #} is printed as it stands; comment between {## and ##}",
            ":5: ~a~ is printed as it stands; write it like <sub>2</sub> or <sup>2</sup>",
            ":5: $$x$$ is printed as it stands; write it in plain signs, or as MathML",
            ":5: {: .b } is printed as it stands; put it directly after a link or emphasised words,"
            " or on a line below a block",
            ":7: *[HTML]: is printed as it stands; explain it in data/glossary.yml",
        ],
    ),
    "more-signs.md": (
        "# Title\n\nTern\n:   A ship\n\n++a+b++ ^^c^^ [d]{.e} {++f++} %%g%% [@h]; C++ and D++\n\n"
        "1) One\n\n- Two\n  - Three\n",
        [
            ":4: :   A ship is printed as it stands; explain it in data/glossary.yml, or in a sentence,"
            " and name def_list under markdown_extensions in mkdocs.yml, in HTML within <div markdown>",
            ':6: [@h] is printed as it stands; cite as in {{ cite("an-id") }}',
            ":6: ^^c^^ is printed as it stands; write it with <mark>, <del> or <ins> round it",
            ":6: ++a+b++ is printed as it stands; write it like <kbd>Ctrl</kbd>",
            ":6: {++f++} is printed as it stands; comment between {## and ##}",
            ":6: %%g%% is printed as it stands; comment between {## and ##}",
            ":6: {.e} is printed as it stands; put it directly after a link or emphasised words,"
            " or on a line below a block",
            ":8: 1) One is printed as it stands; write it like 1. words",
            ":11: - Three stands beside the entry above it; indent it by four spaces",
        ],
    ),
    "lists-that-are-none.md": (
        "# Title\n\nText:\n- a\n- b\n\n**Text:**\n1. [c](winter.md)\n\nOn\n- [d](winter.md), e\n- f\n\n"
        "• g\n\na. h\nb. i\n\nText\n| j | k |\n|---|---|\n| l | m |\n\n"
        "Words\n- even so - stay\n\n– So\u00a0said one.  \n– So said two.\n\n1.n\n2.o\n\np | q\n|-|\nr\n",
        [
            f":{line}: {each} is printed as it stands; {do}"
            for line, each, do in (
                *((4, "- a", LIST), (8, "1. c", LIST), (11, "- d", LIST), (14, "• g", LIST), (16, "a. h", LIST)),
                *((20, "| j | k |", TABLE), (30, "1.n", LIST), (34, "|-|", TABLE)),
            )
        ],
    ),
    "blocks-in-html.md": (
        "# Title\n\n<details>\n<summary>So</summary>\n\n## a\n\n> …\n\n| **c** | d |\n| - | - |\n| e | f |\n\n"
        "</details>\n\n  # g\n\n**h\n\n[i](https:/i.example) [j](http://) [k](http://k.org)\n\n\\## l \\*\\*\n",
        [
            f":6: ## a is printed as it stands; {HEADING}",
            ":8: > … is printed as it stands; leave an empty line before it, in HTML within <div markdown>",
            f":10: | **c** | d | is printed as it stands; {TABLE}",
            ":10: **c** is printed as it stands; put the signs next to the words, in HTML within <div markdown>",
            f":16: # g is printed as it stands; {HEADING}",
            ":18: **h is printed as it stands; put the signs next to the words, in HTML within <div markdown>",
            *(f":20: {each} is no address; write it like https://…" for each in ("https:/i.example", "http://")),
        ],
    ),
    "markdown-in-html.md": (
        "# Title\n\n<div>\n**a** [b](winter.md) *c* `d`\n</div>\n\n[e] (winter.md) [f]{g} ** i**\n\n"
        "Escaped \\*\\*j\\*\\*, \\`k\\`, \\[l\\](m), \\[^n\\], [sic] (and/or) so!\n",
        [
            f":{line}: {each} is printed as it stands; {do}, in HTML within <div markdown>"
            for line, each, do in (
                *((4, each, "put the signs next to the words") for each in ("**a**", "*c*", "`d`")),
                (4, "[b](winter.md)", "write it like [Title](page.md)"),
                (7, "** i**", "put the signs next to the words"),
                *((7, each, "write it like [Title](page.md)") for each in ("[e] (winter.md)", "[f]{g}")),
            )
        ],
    ),
    "other-tools.md": (
        "# Title\n\n.. a::\n\n||b|| {info} <Tabs>c</Tabs>\n\n[[tally]] @fig-d <winter.md> ![o]\n\n"
        "\\textbf{e} \\newpage {cite}`f` :ref:`g`\n\nh^[i] [@tally] :cite[tally]\n\n"
        "TODO: j\n\nFIXME\n\nLorem ipsum dolor\n\nh1. k\n\n####### l\n\n[[_TOC_]]\n\n* m\n{:toc}\n\n"
        "\\(n_1\\) \\(so much\\) C:\\Users TODO el a@fig-b.org\n",
        [
            *(
                f":{line}: {each} is printed as it stands; {do}"
                for line, words, do in (
                    (3, ".. a::", 'write it like !!! note "Title"'),
                    (5, "||b||, {info}, <Tabs>", 'write it like !!! note "Title"'),
                    (7, "[[tally]], @fig-d, <winter.md>, ![o]", "write it like [Title](page.md)"),
                    (9, "\\textbf{e}, \\newpage, {cite}, :ref:", 'write Markdown, and {{ cite("an-id") }}'),
                    (11, "^[i], [@tally], :cite[tally]", 'cite as in {{ cite("an-id") }}'),
                    (13, "TODO: j", "write it, or keep it between {## and ##}"),
                    (15, "FIXME", "write it, or keep it between {## and ##}"),
                    (17, "Lorem ipsum dolor", "write it, or keep it between {## and ##}"),
                    (19, "h1. k", HEADING),
                    (21, "# l", HEADING),
                )
                for each in words.split(", ")
            ),
            ":23: [[_TOC_]] lists no headings; delete it, for the page shows its outline",
            ":26: {:toc} lists no headings; delete it, for the page shows its outline",
            ":28: \\(n_1\\) is no formula; use MathML",
        ],
    ),
    "empty-links.md": (
        '# Title\n\n[](winter.md)\n[a]()\n\n<a href="../winter/"></a>\n\n<a href="../winter/" title="b"></a>'
        '<a id="c"></a>\n\n<span lang="german">d</span> <span lang="zh-Hant">e</span>\n',
        [
            *(
                f":{line}: {each} lacks words or an address; give both"
                for line, each in ((3, "[](winter.md)"), (4, "[a]()"), (6, '<a href="../winter/"></a>'))
            ),
            ':10: lang="german" names no language; write it like lang="de"',
        ],
    ),
    "backslashes.md": (
        '# Title\n\n!!! note "A \\"never misses a crossing\\"{{ cite("never-misses") }} \\* c"\n\n'
        "    \\# d \\& e `\\&`\n\n{{ references() }}\n",
        [
            ':3: \\"never is printed as it stands; leave out its backslash',
            ':3: \\" is printed as it stands; leave out its backslash',
            ":5: \\& is printed as it stands; leave out its backslash",
        ],
    ),
    "more-braces.md": (
        '# Title\n\n{{{ fact("no-second-ship") }}}\n\n\\{{ fact("crossings-2020") }}\n\n{{ references() }}\n',
        [
            ":3: a call needs two braces and nothing before them; delete {",
            ":5: a call needs two braces and nothing before them; delete \\",
        ],
    ),
    "left-empty.md": (
        '# Title\n\n!!! note "A title"\nText\n\n=== "Tab"\n\n    Text\n\n!!! tip "Alone"\n\nText\n\n'
        "<p markdown>Text\n\n## Swallowed\n",
        [
            ":14: <p> is not closed; write </p> after what belongs to it",
            ':3: !!! note "A title" holds nothing; indent what belongs to it by four spaces',
            ':10: !!! tip "Alone" holds nothing; indent what belongs to it by four spaces',
        ],
    ),
    "links-in-html.md": (
        '# Title\n\n<a href="wintr/">a</a> <a href="../winter/">b</a> <a href="../crossings-2020.csv">c</a>\n\n'
        '<a href="#nothing">d</a> <a href="#title">e</a> <a href="#f">f</a> <a name="f"></a>\n\n'
        '<a href="../winter/#spring">g</a>\n<a href="../winter/#both-sides">h</a>\n\n<a href="../#snow">i</a>\n\n'
        "## Où\n\n[j](#%6F%75)\n",
        [
            ':3: <a> leads to "wintr/", and there is no such file; put it into docs/, or fix its name',
            ":5: Doc file 'links-in-html.md' contains a link '#nothing', but there is no such anchor on this page",
            ":10: Doc file 'links-in-html.md' contains a link '../#snow', but the doc 'index.md' does not contain"
            " an anchor '#snow'",
            ":7: Doc file 'links-in-html.md' contains a link '../winter/#spring', but the doc 'winter.md' does not"
            " contain an anchor '#spring'",
        ],
    ),
    "code-in-blocks.md": (
        '# Title\n\n`a`\n\n```\na\n```\n\n=== "Tab"\n\n    ```\n    a\n    ```\n\n!!! tip "Alone"\n\nText\n\n'
        "- One\n\n    ~~~\n    a\n    ~~~\n",
        [
            ":11: ``` is indented, and so sets no code apart; name pymdownx.superfences under markdown_extensions"
            " in mkdocs.yml",
            ':15: !!! tip "Alone" holds nothing; indent what belongs to it by four spaces',
            ":21: ~~~ is indented, and so sets no code apart; name pymdownx.superfences under markdown_extensions"
            " in mkdocs.yml",
        ],
    ),
    "beside-a-list.md": (
        '# Title\n\n```\na\n```\n\n1. One\ntwo\n\n   {{ fact("no-second-ship") }}\n\n2. Three\n    - Four\n\n'
        "      Five\n\n- Six\n\n  - Seven\n- Eight\n\n    Nine\n\n Ten\n\n{{ references() }}\n",
        [
            ':10: {{ fact("no-second-ship") }} stands beside the entry above it; indent it by four spaces',
            ":15: Five stands beside the entry above it; indent it by four spaces",
            ":19: - Seven stands beside the entry above it; indent it by four spaces",
        ],
    ),
    "attributes-apart.md": (
        "# Title\n\n"
        'Text{ .a } [b](index.md) { target="_blank" }, { a set } {{ figure("crossings-2020") }}{ #c }\n\n'
        "A { .d }\n{ .e }\n",
        [
            f":{line}: {each} is printed as it stands; put it directly after a link or emphasised words,"
            " or on a line below a block"
            for line, each in ((3, "{ .a }"), (3, '{ target="_blank" }'), (3, "{ #c }"), (5, "{ .d }"))
        ],
    ),
    "own-ids.md": (
        '# Title\n\n## Search {#xp--search}\n\n## Menu\n\n<p id="menu">Text</p>\n',
        [
            ':3: the id "xp--search" starts as those do that every page needs itself;'
            ' give it another, as in "## Title {#another}"',
            ':7: the id "menu" stands twice on this page; give it another, as in "## Title {#another}"',
        ],
    ),
    "quotations-with-calls.md": (
        '# Title\n\n{% set a = "never-misses" %}\n“We {{ figure("crossings-2020") }} never{{ cite(a) }} stop”\n\n'
        '“never {{ figure("crossings-2020") }} a{{ cite(a) }} crossing”\n\n{{ references() }}\n',
        [
            ":4: “We … never stop” is in no record that this page cites; cite one that says so, change the words,"
            ' or name them under "own_words" at the top of the page',
        ],
    ),
    "code-with-a-title.md": (
        "# Title\n\n```{.py #b}\n```\n\n``` c++ hl_lines='1'\nz\n```\n\nText\n/// caption\nWords\n\n\\(a b\\\nc\n"
        '\nText\n~~~\nd\n\n```py title="a.py"\nx\n```\n',
        [
            ":11: /// caption is printed as it stands; write HTML, or name its extension, such as"
            " pymdownx.blocks.caption",
            ":14: b\\ is printed as it stands; end the line with two spaces, or <br>, in its place",
            ":18: ~~~ is printed as it stands; end the code by these marks",
            ':21: ```py title="a.py" sets no code apart; write the language alone, or name pymdownx.superfences'
            " under markdown_extensions in mkdocs.yml",
        ],
    ),
    "commented-out.md": (
        '# Title\n\n<!--\n\n{{ cite("never-misses") }} {{ figure("crossings-2020") }} -->\n\n{{ references() }}\n',
        [
            f":5: {each}() stands in a comment; write the comment between {{## and ##}}, where nothing runs"
            for each in ("cite", "figure")
        ],
    ),
    "several.md": (
        '# Title\n\n{{ fact("a") }}\n\n{{ nosuch() }} {{ fact("b") }}\n\n{{ quote() }}\n',
        [
            ':3: no fact "a" in data/',
            ':5: no macro "nosuch"',
            ':5: no fact "b" in data/',
            ":7: missing a required argument: 'id'; quote() takes id",
        ],
    ),
}


@dataclass
class Failed:
    """A build that found mistakes, and what it left behind."""

    code: int
    output: str
    before: dict[str, str]
    after: dict[str, str]
    beside: list[str]

    @property
    def errors(self) -> list[str]:
        return re.findall(r"(?m)^(?:ERROR|WARNING) +-  (.*)", self.output)


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Failed:
    """The explainer with every mistake in the list, built once over a good site."""
    folder = tmp_path_factory.mktemp("mistakes") / "project"
    shutil.copytree(built(EXPLAINER).folder, folder)
    before = fingerprints(folder / "site")
    for name, (text, _) in MISTAKES.items():
        (folder / "docs" / name).write_bytes(text.encode())
    done = build(folder)
    beside = sorted(path.name for path in folder.iterdir() if path.name.startswith("site"))
    return Failed(done.returncode, done.stdout + done.stderr, before, fingerprints(folder / "site"), beside)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_on_a_page_is_reported_at_its_line(name: str, failed: Failed) -> None:
    told = [line for line in failed.errors if line.startswith(f"docs/{name}:")]
    assert told == [f"docs/{name}{text}" for text in MISTAKES[name][1]]


def test_the_mistakes_of_all_pages_are_reported_at_once_and_nothing_else(failed: Failed) -> None:
    expected = [f"docs/{name}{text}" for name, (_, texts) in MISTAKES.items() for text in texts]
    assert sorted(failed.errors) == sorted(expected)


def test_a_build_with_mistakes_fails_and_says_how_many_there_are(failed: Failed) -> None:
    count = sum(len(texts) for _, texts in MISTAKES.values())
    assert failed.code == 1
    assert f"\n{count} problems; site/ is unchanged\n" in failed.output


def test_a_failed_build_leaves_the_site_before_it_as_it_was_and_no_draft(failed: Failed) -> None:
    assert failed.before == failed.after
    assert failed.before
    assert failed.beside == ["site"]


def test_nobody_is_shown_a_traceback(failed: Failed) -> None:
    assert "Traceback" not in failed.output
    assert "macros_plugin" not in failed.output


def test_a_failed_build_publishes_nothing_where_there_was_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(built(EXPLAINER).folder, folder, ignore=shutil.ignore_patterns("site"))
    (folder / "docs" / "mistake.md").write_text('# Title\n\n{{ fact("nothing") }}\n', encoding="utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert "1 problem; nothing was published" in done.stdout + done.stderr
    assert [path.name for path in folder.iterdir() if path.name.startswith("site")] == []


SPEAKERS = "data/people.yml, data/organisations.yml or data/documents.yml"
IN_DATA = {
    "a name nobody has": (
        "data/quotes.yml",
        "form: phrase\n  date",
        "speaker: petra-vos\n  form: phrase\n  date",
        [
            'data/quotes.yml:33: "unattributed" does not go with "speaker"; delete one',
            f'data/quotes.yml:34: no "petra-vos" in {SPEAKERS}; did you mean "petra-voss"?',
        ],
    ),
    "a record that others name": (
        "data/people.yml",
        "name: Odo Penn",
        "nam: Odo Penn",
        [
            'data/people.yml:1: "name" is missing; give it (the name, spelled right)',
            'data/people.yml:2: "nam" is not a field here; did you mean "name"?',
        ],
    ),
    "a file that is not YAML": (
        "data/facts.yml",
        "text: The company bought",
        "text: {The company bought",
        [],
    ),
}


@pytest.mark.parametrize("mistake", IN_DATA)
def test_a_mistake_in_the_data_ends_the_build_and_no_page_is_blamed_for_it(mistake: str, project: Path) -> None:
    file, old, new, expected = IN_DATA[mistake]
    replace_in(project / file, old, new)
    before = fingerprints(project / "site")
    done = build(project)
    errors = [line.removeprefix("ERROR   -  ") for line in done.stderr.splitlines() if line.startswith("ERROR")]
    assert done.returncode == 1
    if not expected:
        assert len(errors) == 1
        assert re.match(rf"{file}:\d+:\d+: is not YAML: ", errors[0])
    else:
        assert errors == expected
    assert fingerprints(project / "site") == before


LINES = st.lists(st.sampled_from(["", "Text.", "- item", "{: .a }", "| a |", "{{ count('fact') }}"]), max_size=12)


@settings(deadline=None)
@given(LINES, LINES, st.integers(0, 9), st.booleans())
def test_the_line_of_a_mistake_is_right_wherever_it_stands(
    above: list[str], below: list[str], offset: int, jinja: bool
) -> None:
    example = examples("fact")[0]
    problems: list[Problem] = []
    start = ["{% set a = 1 %}"] if jinja else []
    text = "\n".join([*start, *above, 'Text {{ fact("nothing-like-it") }} text', *below])
    Calls(example.page(), problems.append, offset=offset).run(text)
    line = len(start) + len(above) + 1 + offset
    assert [str(problem) for problem in problems] == [f'docs/here.md:{line}: no fact "nothing-like-it" in data/']


@pytest.mark.parametrize("example", list(all_examples()), ids=lambda each: each.title)
def test_a_call_gives_the_same_with_other_template_code_beside_it_or_not(example: Example) -> None:
    def run_call(above: str) -> list[str]:
        calls = Calls(example.page(), problems.append)
        calls.run(f"{above}{{{{ {example.call_text} }}}}\n")
        return [str(each.markup) for each in calls.placeholders.outputs]

    problems: list[Problem] = []
    assert run_call("") == run_call("{% set a = 1 %}")
    assert problems == []


def test_a_call_of_a_record_that_is_broken_is_not_a_second_mistake() -> None:
    """Its file's problems are shown at the top of the page; an empty box would say nothing."""
    problems: list[Problem] = []
    page = replace(examples("fact")[0]).page()
    page.library.broken["lost"] = []
    text = Calls(page, problems.append).run('Text{{ fact("lost") }}.')
    assert (text, problems, page.incomplete) == ("Text.", [], True)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(built(EXPLAINER).folder, folder)
    return folder


DAMAGE: dict[str, tuple[bytes | None, str, str]] = {
    "data/documents.yml": (None, "", "data/documents.yml: is missing"),
    "data/people.yml": (b"- id: a\n  name: \xff\n", "", "data/people.yml:2:9: is not UTF-8"),
    "data/evidence.lock.json": (b"<<<<<<< HEAD\n", "", "data/evidence.lock.json: is not a lock"),
    "data/quotes.yml": (b"", "", "data/quotes.yml:1: should be a list"),
    "docs/winter.md": (b"# Title\n\n{{ fact( }}\n", "winter/", "docs/winter.md:3: is not a macro call"),
    "docs/record.md": (b"---\na: [\n---\n# Title\n", "record/", "docs/record.md:3:1: is not YAML"),
}


def test_serve_lives_when_it_starts_with_broken_data_and_through_every_kind_of_damage_at_once(
    project: Path,
) -> None:
    good = {file: (project / file).read_bytes() for file in (*DAMAGE, "data/facts.yml")}
    facts = project / "data" / "facts.yml"
    facts.write_bytes(good["data/facts.yml"].replace(b"- id: no-second-ship", b"- id: [no-second-ship"))
    with serving(project, own_code=False) as server:
        server.shows("data/facts.yml:")
        server.shows("is not YAML", "record/")
        facts.write_bytes(good["data/facts.yml"])
        server.is_well()
        server.is_well("record/")
        for file, (damage, _, _) in DAMAGE.items():
            if damage is None:
                (project / file).unlink()
            else:
                (project / file).write_bytes(damage)
        for _, page, message in DAMAGE.values():
            server.shows(message, page)
        for file, content in good.items():
            (project / file).write_bytes(content)
        for page in ("", "winter/", "record/"):
            server.is_well(page)
        server.settle()
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert fingerprints(project / "site") == built(EXPLAINER).files()


def test_serve_lives_when_it_starts_with_a_broken_page_and_shows_a_later_mistake_in_its_place(
    project: Path,
) -> None:
    page, other = project / "docs" / "winter.md", project / "docs" / "record.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(good + '\n{{ fact("harbour-day") }}\n{{ nosuch() }}\n', encoding="utf-8")
    line = len(good.splitlines()) + 2
    with serving(project, own_code=False) as server:
        server.shows(f'docs/winter.md:{line}: no fact "harbour-day" in data/', "winter/")
        server.shows(f'docs/winter.md:{line + 1}: no macro "nosuch"', "winter/")
        server.is_well("record/")
        page.write_text(good, encoding="utf-8")
        server.is_well("winter/")
        other.write_text(other.read_text(encoding="utf-8") + '\n{{ fact("harbour-day") }}\n', encoding="utf-8")
        server.wait(lambda: "xp-problem__title" in server.get("record/")[1], "the mistake in its place")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Prose {{ cite("a", "b") }}.', True),
        ('{{ timeline(eras="1912/1949") }}', True),
        ("{% raw %}{{ anything at all }}{% endraw %}", True),
        ('{{ timeline(\n  eras="1912/1949,\n  1950/1999",\n) }}{## {{ later ##}', True),
        ("{{ cite(page.title) }}", False),
        ("{{ config.site_name }}", False),
        ('{{ cite("a") | upper }}', False),
        ("{% if true %}a{% endif %}", False),
        ("{{ range(3) }}", False),
        ("{{ cite(", False),
    ],
)
def test_a_page_that_reads_more_than_records_is_told(text: str, expected: bool) -> None:
    assert is_plain(text) is expected
