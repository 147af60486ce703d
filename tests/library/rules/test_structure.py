"""The catalogue of mistakes: a few lines of YAML, and exactly what the author is told."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest
from pydantic import ValidationError

from macros.library.library import BrokenRecordError, Library
from macros.library.loader import load_library, load_record
from macros.library.rules import structure
from macros.library.rules.rule import RULES
from macros.library.rules.structure import (
    a_share_is_part_of_its_whole,
    a_source_is_seen_when_it_is_there,
    both_sides_are_given,
    corrections_name_a_day_and_a_change,
    every_quote_has_a_speaker,
    every_speaker_has_a_capacity,
    every_speaker_stands_in_the_source,
    furniture_says_why,
    lists_name_a_record_once,
    nothing_is_recorded_twice,
    numbers_have_unit_period_and_as_of,
    parts_of_a_side_stand_on_it,
    phrases_stand_alone,
    references_exist,
    whoever_takes_a_side_has_a_position,
    words_and_deed_are_a_pair,
)
from macros.library.yaml import NOT_YAML, Tree, parse_entries, read_file
from macros.problems import ProblemsFoundError
from macros.records.kinds import KINDS
from macros.records.models import Record

from ...support import library as small_library
from ...support.library import BASE, DIG, EVIDENCE, Small, breaches

BRIEF = """\
- id: a
  title: A
  question: A?
  answer: No.
  {}:
    record: {}
    text: {}
  shows: [dig]
  against: [stop]
"""

PAIR = """\
- id: a
  title: A
  question: A?
  answer: No.
  pair:
    words:
      record: {}
      text: Dig.
    deed:
      record: {}
      text: {}
  shows: [dig]
  against: [stop]
"""


NOT_A_LIST = 'should be a list of records, each starting with "- id: …"; write [] when there are none'


LISTED = 'should be a list; write [one, another], or start each entry on its own line with "- "'
NOT_PARTED = "should be a list of names in parts; "
NOT_PARTED += "write [{given: Ada, family: Brook}], or [{literal: The Board}] for a body"

Files = dict[str, str]


Catalogue = dict[str, tuple[Callable | str, Files, list[str]]]


# About which rule, or which error in reading a record; what the author wrote; what the author is told.
MISTAKES: Catalogue = {
    # Reading a record
    "a text for a record": (
        "record",
        {"topics.yml": "- water\n- - earth\n"},
        [
            'data/topics.yml:1: is not a record; start it with "- id: …" and give each field a line',
            'data/topics.yml:2: is not a record; start it with "- id: …" and give each field a line',
        ],
    ),
    "a field is missing": (
        "missing",
        {"topics.yml": "- name: Water\n"},
        [
            'data/topics.yml:1: "id" is missing; give it '
            "(the record's name for ever: small letters and hyphens, meaningful, never changed or reused)"
        ],
    ),
    "statements without evidence": (
        "missing",
        {
            "facts.yml": "- id: a\n  text: A\n",
            "quotes.yml": "- id: b\n  speaker: brook\n",
            "timeline.yml": "- id: c\n  date: 1936\n  title: C\n  act: deed\n",
        },
        [
            'data/facts.yml:1: "evidence" is missing; give it (the passages it rests on)',
            'data/quotes.yml:1: "evidence" is missing; give it (the words, as printed '
            "between one pair of quotation marks; one entry for each interrupted part)",
            'data/timeline.yml:1: "evidence" is missing; give it (the passages it rests on)',
        ],
    ),
    "a field of a part is missing": (
        "missing",
        {"facts.yml": "- id: a\n  text: A\n  evidence:\n    - source: post\n"},
        [
            'data/facts.yml:4: "exact" is missing; give it '
            "(at most 15 words as the source prints them, found there once)"
        ],
    ),
    "a field's name is misspelled": (
        "extra_forbidden",
        {"topics.yml": "- id: water\n  name: Water\n  noet: x\n"},
        ['data/topics.yml:3: "noet" is not a field here; did you mean "note"?'],
    ),
    "a field belongs to another kind": (
        "extra_forbidden",
        {"topics.yml": "- id: water\n  name: Water\n  birthday: 1936\n"},
        ['data/topics.yml:3: "birthday" is not a field here; there is id, note or name'],
    ),
    "a field's name is Python's, not CSL's": (
        "extra_forbidden",
        {
            "sources.yml": BASE["sources.yml"].replace(
                "  publisher: The Marle", "  container_title: A\n  publisher: The Marle"
            )
        },
        ['data/sources.yml:27: "container_title" is not a field here; did you mean "container-title"?'],
    ),
    "a field of a part is misspelled": (
        "extra_forbidden",
        {"facts.yml": f"- id: a\n  text: A\n{EVIDENCE}      sufix: b\n"},
        ['data/facts.yml:6: "sufix" is not a field here; did you mean "suffix"?'],
    ),
    "a field of a part of a part is misspelled": (
        "extra_forbidden",
        {"people.yml": BASE["people.yml"].replace("      at: 1936", "      att: 1936")},
        ['data/people.yml:19: "att" is not a field here; did you mean "at"?'],
    ),
    "a word is not one of those allowed": (
        "literal_error",
        {"timeline.yml": f"- id: a\n  date: 1936\n  title: A\n  act: talk\n{EVIDENCE}"},
        ['data/timeline.yml:4: "act" should be words, deed or state, not "talk"'],
    ),
    "a field with a hyphen is not what is allowed": (
        "literal_error",
        {"sources.yml": BASE["sources.yml"].replace("given: Ada", "given: Ada\n      static-ordering: yes")},
        ['data/sources.yml:7: "static-ordering" should be true, not "yes"'],
    ),
    "a word is like one that is allowed": (
        "literal_error",
        {"timeline.yml": f"- id: a\n  date: 1936\n  title: A\n  act: deeds\n{EVIDENCE}"},
        ['data/timeline.yml:4: "act" should be words, deed or state, not "deeds"; did you mean "deed"?'],
    ),
    **{
        f"names not in parts: {names}": (
            "value_error",
            {
                "sources.yml": BASE["sources.yml"].replace(
                    "  publisher: The Marle", f"  {names}\n  publisher: The Marle"
                )
            },
            [f'data/sources.yml:27: "{names.partition(":")[0]}" {NOT_PARTED}'],
        )
        for names in (
            *("author: By Tom Reed", "author: [Tom Reed and Ada Brook]", "author: {family: Reed}"),
            "editor: [name: Tom Reed]",
        )
    },
    "a list where a word is expected": (
        "literal_error",
        {"timeline.yml": f"- id: a\n  date: 1936\n  title: A\n  act: [words, deed]\n{EVIDENCE}"},
        ['data/timeline.yml:4: "act" should be words, deed or state'],
    ),
    "a text where a list is expected": (
        "tuple_type",
        {"facts.yml": f"- id: a\n  text: A\n  topics: water\n{EVIDENCE}"},
        [f'data/facts.yml:3: "topics" {LISTED}'],
    ),
    "fields where a list is expected": (
        "tuple_type",
        {"facts.yml": "- id: a\n  text: A\n  evidence:\n    source: post\n    exact: by the spring\n"},
        [f'data/facts.yml:3: "evidence" {LISTED}'],
    ),
    "a text where fields are expected": (
        "model_type",
        {"facts.yml": "- id: a\n  text: A\n  evidence:\n    - post\n"},
        [
            'data/facts.yml:4: entry 1 of "evidence" should have fields, each on its own line, as "name: value"; '
            "there is source, exact, prefix, suffix or locator"
        ],
    ),
    "a list that must not be empty": (
        "too_short",
        {"people.yml": BASE["people.yml"] + "- id: a\n  name: A\n  roles: []\n"},
        ['data/people.yml:25: "roles" is empty; give at least one entry'],
    ),
    "the only entry of a list is wrong": (
        "literal_error",
        {
            "people.yml": BASE["people.yml"].replace(
                "capacity: official\n      evidence", "capacity: boss\n      evidence", 1
            )
        },
        ['data/people.yml:5: "capacity" should be official, analyst, party or other, not "boss"'],
    ),
    "ids of a list in one text": (
        "tuple_type",
        {"facts.yml": f"- id: a\n  text: A\n  topics: water, earth\n{EVIDENCE}"},
        [f'data/facts.yml:3: "topics" {LISTED}'],
    ),
    "a list where a text is expected": (
        "value_error",
        {"topics.yml": "- id: water\n  name: [Water]\n"},
        ['data/topics.yml:2: "name" should be one text; put it in quotation marks'],
    ),
    "an unquoted colon that made fields of a text": (
        "value_error",
        {"topics.yml": "- id: water\n  name: {Water: and earth}\n"},
        ['data/topics.yml:2: "name" should be one text; put it in quotation marks'],
    ),
    "a field left empty": (
        "value_error",
        {"topics.yml": "- id: water\n  name:\n  note: '  '\n"},
        [
            'data/topics.yml:2: "name" is empty; write it, or delete the field',
            'data/topics.yml:3: "note" is empty; write it, or delete the field',
        ],
    ),
    "an id with capitals and spaces": (
        "value_error",
        {"topics.yml": "- id: The Water\n  name: Water\n"},
        ['data/topics.yml:1: "id" should be small letters, digits and single hyphens; write "the-water"'],
    ),
    "an id in a list that is not one": (
        "value_error",
        {"facts.yml": f"- id: a\n  text: A\n  topics:\n    - water\n    - Water!\n{EVIDENCE}"},
        [
            'data/facts.yml:5: entry 2 of "topics" should be small letters, digits and single hyphens; '
            'write "water"'
        ],
    ),
    "a figure with its unit": (
        "value_error",
        {"facts.yml": f"- id: a\n  text: A\n  value: 4,100 crowns\n{EVIDENCE}"},
        [
            'data/facts.yml:3: "value" should be digits with at most one point, like 140.7 or -5; '
            "the unit has a field of its own"
        ],
    ),
    "a date in words": (
        "value_error",
        {"timeline.yml": f"- id: a\n  date: May 1936\n  title: A\n  act: deed\n{EVIDENCE}"},
        [
            'data/timeline.yml:2: "date" is "May 1936", which is not a date; '
            "write it like 2022, 2022-02-04, 2022-02~ (about), 196X (the 1960s), 1960/1990 or [2021,2022]"
        ],
    ),
    "a day that never was": (
        "value_error",
        {"timeline.yml": f"- id: a\n  date: 1937-02-29\n  title: A\n  act: deed\n{EVIDENCE}"},
        [
            'data/timeline.yml:2: "date" is "1937-02-29", which is not in the calendar; '
            "write it like 2022, 2022-02-04, 2022-02~ (about), 196X (the 1960s), 1960/1990 or [2021,2022]"
        ],
    ),
    "a time that ends before it begins": (
        "value_error",
        {"facts.yml": f"- id: a\n  text: A\n  period: 1936/1931\n{EVIDENCE}"},
        ['data/facts.yml:3: "period" is "1936/1931", which ends before it begins; swap the two dates'],
    ),
    "a time without beginning and end": (
        "value_error",
        {"facts.yml": f"- id: a\n  text: A\n  period: ../..\n{EVIDENCE}"},
        ['data/facts.yml:3: "period" is "../..", which has neither beginning nor end; give one'],
    ),
    "an address that is no web page's": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("https:", "ftp:")},
        [
            'data/sources.yml:9: "URL" should be an address that starts with https:// or http://, without spaces; '
            'write < > " \\ as %3C %3E %22 %5C'
        ],
    ),
    "a DOI with its address": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("  text: post", "  DOI: doi.org/10.1/2\n  text: post")},
        ['data/sources.yml:10: "DOI" should be a DOI alone, like 10.1000/182'],
    ),
    "a title in other words": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("  text: post", "  sentence-title: A lock\n  text: post")},
        ['data/sources.yml:10: "sentence-title" has other words than the title; change its capitals only'],
    ),
    "an author who is a person and a body": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("given: Ada", "literal: The Board")},
        [
            'data/sources.yml:5: entry 1 of "author" is split and not split; '
            'give "family" and "given", or "literal" alone'
        ],
    ),
    "a language in words": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("  text: post.txt", "  language: English\n  text: post.txt")},
        ['data/sources.yml:10: "language" should be a BCP 47 language, like en or en-US'],
    ),
    **{
        f"the language {tag}": (
            "value_error",
            {
                "sources.yml": BASE["sources.yml"].replace(
                    "  text: post.txt", f"  language: {tag}\n  text: post.txt"
                )
            },
            [f'data/sources.yml:10: "language" has the {what}, which BCP 47 does not know; {do}'],
        )
        for tag, what, do in (
            ("jp", 'language "jp"', 'write "ja"'),
            ("qq", 'language "qq"', "fix it"),
            ("en-uk", 'region "UK"', 'write "GB"'),
            ("de-QQ", 'region "QQ"', "fix it"),
        )
    },
    "a fingerprint cut short": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace(small_library.fingerprint(small_library.POST), "5ab7")},
        ['data/sources.yml:11: "sha256" should be 64 digits from 0 to f; python -m macros verify prints them'],
    ),
    "an author without a name": (
        "value_error",
        {"sources.yml": BASE["sources.yml"].replace("- family: Brook\n      given: Ada", "- {}")},
        ['data/sources.yml:5: entry 1 of "author" names nobody; give "family" and "given", or "literal"'],
    ),
    "an anchor that copies a paragraph": (
        "value_error",
        {"facts.yml": f"- id: a\n  text: A\n  evidence:\n    - source: post\n      exact: {'word ' * 16}\n"},
        ['data/facts.yml:5: "exact" has 16 words; an anchor has at most 15, so shorten it'],
    ),
    # Rules
    "an id used twice in a file": (
        "id",
        {"topics.yml": "- id: water\n  name: A\n- name: B\n  id: water\n"},
        ['data/topics.yml:4: "water" is already the id at data/topics.yml:1; choose another'],
    ),
    "an id used in two files": (
        "id",
        {"facts.yml": f"- id: brook\n  text: A\n{EVIDENCE}"},
        ['data/facts.yml:1: "brook" is already the id at data/people.yml:1; choose another'],
    ),
    "a reference misspelled": (
        references_exist,
        {"facts.yml": f"- id: a\n  text: A\n  topics:\n    - watr\n{EVIDENCE}"},
        ['data/facts.yml:4: no "watr" in data/topics.yml or data/limits.yml; did you mean "water"?'],
    ),
    "a reference to nothing": (
        references_exist,
        {"facts.yml": f"- id: a\n  text: A\n  said_by: nobody\n{EVIDENCE}"},
        ['data/facts.yml:3: no "nobody" in data/people.yml, data/organisations.yml or data/documents.yml'],
    ),
    "a speaker by all of a name": (
        references_exist,
        {"facts.yml": f"- id: a\n  text: A\n  said_by: adelaide-brook\n{EVIDENCE}"},
        [
            'data/facts.yml:3: no "adelaide-brook" in data/people.yml, data/organisations.yml or '
            'data/documents.yml; did you mean "brook"?',
        ],
    ),
    "a source misspelled": (
        references_exist,
        {"facts.yml": f"- id: a\n  text: A\n{EVIDENCE.replace('post', 'pots')}"},
        ['data/facts.yml:4: no "pots" in data/sources.yml; did you mean "post"?'],
    ),
    "a source misspelled in a role": (
        references_exist,
        {"people.yml": BASE["people.yml"].replace("source: gazette", "source: gazete")},
        ['data/people.yml:21: no "gazete" in data/sources.yml; did you mean "gazette"?'],
    ),
    "a reference to a record of another kind": (
        references_exist,
        {"facts.yml": f"- id: a\n  text: A\n  topics: [brook]\n{EVIDENCE}"},
        ['data/facts.yml:3: the person "brook" is no topic or limit; "topics" takes no other kind'],
    ),
    "a list that names a record twice": (
        lists_name_a_record_once,
        {"facts.yml": f"- id: a\n  text: A\n  topics:\n    - water\n    - water\n{EVIDENCE}"},
        ['data/facts.yml:5: "water" stands twice in "topics"; remove one'],
    ),
    "a passage that stands twice": (
        lists_name_a_record_once,
        {"facts.yml": f"- id: a\n  text: A\n{EVIDENCE}{EVIDENCE.partition(chr(10))[2]}"},
        ['data/facts.yml:6: the same stands twice in "evidence"; remove one'],
    ),
    "an author who stands twice": (
        lists_name_a_record_once,
        {
            "sources.yml": BASE["sources.yml"].replace(
                "given: Ada", "given: Ada\n    - given: Ada\n      family: Brook"
            )
        },
        ['data/sources.yml:7: the same stands twice in "author"; remove one'],
    ),
    "a page seen before it was there": (
        a_source_is_seen_when_it_is_there,
        {"sources.yml": BASE["sources.yml"].replace("  text: post", "  accessed: 1930-05-01\n  text: post")},
        ['data/sources.yml:10: it was "accessed" before it was "issued"; fix one of the two dates'],
    ),
    "a figure and nothing else": (
        numbers_have_unit_period_and_as_of,
        {"facts.yml": f"- id: a\n  text: A\n  value: 0.33\n{EVIDENCE}"},
        [
            'data/facts.yml:3: a figure needs "unit" and "period" and "as_of"; add them',
        ],
    ),
    "what belongs to a figure, without one": (
        numbers_have_unit_period_and_as_of,
        {"facts.yml": f"- id: a\n  text: A\n  status: target\n  unit: crowns\n  counted_by: brook\n{EVIDENCE}"},
        [
            'data/facts.yml:3: "status" is given without a "value"; give the figure, or delete it',
            'data/facts.yml:4: "unit" is given without a "value"; give the figure, or delete it',
            'data/facts.yml:5: "counted_by" is given without a "value"; give the figure, or delete it',
        ],
    ),
    "a part greater than its whole": (
        a_share_is_part_of_its_whole,
        {
            "facts.yml": "- id: a\n  text: A\n  value: 5\n  unit: locks\n  out_of: 4\n"
            "  period: 1934\n  as_of: 1934\n  derived: 5 locks of 4\n"
            f"{EVIDENCE}"
        },
        ['data/facts.yml:5: 5 is no part of 4; fix one, or delete "out_of"'],
    ),
    "nothing out of nothing": (
        a_share_is_part_of_its_whole,
        {
            "facts.yml": "- id: a\n  text: A\n  value: 0\n  unit: locks\n  out_of: 0\n"
            "  period: 1934\n  as_of: 1934\n  derived: 0 locks of 0\n"
            f"{EVIDENCE}"
        },
        ['data/facts.yml:5: 0 is no part of 0; fix one, or delete "out_of"'],
    ),
    "a quote of nobody": (
        every_quote_has_a_speaker,
        {"quotes.yml": '- id: a\n  evidence: [{source: post, exact: "The cost is not a secret,"}]\n'},
        ['data/quotes.yml:1: "a" has no "speaker"; name one, or say in "unattributed" what is known'],
    ),
    "a quote of somebody and of nobody": (
        every_quote_has_a_speaker,
        {
            "quotes.yml": "- id: a\n  speaker: brook\n  unattributed: Who knows\n"
            '  evidence: [{source: post, exact: "The cost is not a secret,"}]\n'
        },
        ['data/quotes.yml:3: "unattributed" does not go with "speaker"; delete one'],
    ),
    "a fact said by somebody and by nobody": (
        every_quote_has_a_speaker,
        {"facts.yml": f"- id: a\n  text: A\n  said_by: brook\n  unattributed: Analysts\n{EVIDENCE}"},
        ['data/facts.yml:4: "unattributed" does not go with "said_by"; delete one'],
    ),
    "a speaker whose role another source states": (
        every_speaker_stands_in_the_source,
        {
            "quotes.yml": "- id: a\n  speaker: brook\n  attribution: By the charter\n"
            "  evidence: [{source: gazette, exact: the water belongs to every village alike.}]\n"
        },
        ['data/quotes.yml:2: "brook" has no role in "gazette"; add one to its "roles"'],
    ),
    "a role the source does not state": (
        every_speaker_stands_in_the_source,
        {
            "quotes.yml": "- id: a\n  speaker: reed\n  role: the miller\n  evidence:\n"
            "    - source: post\n      exact: Farmers call it ‘the thirsty ditch’ … and they’re right.\n"
        },
        ['data/quotes.yml:3: say in "role" what "reed" is in "post": "a miller"'],
    ),
    "a person who speaks in no stated capacity": (
        every_speaker_has_a_capacity,
        {
            "people.yml": BASE["people.yml"].replace("      capacity: official\n", "", 1),
            "quotes.yml": "- id: a\n  speaker: brook\n"
            '  evidence: [{source: post, exact: "The cost is not a secret,"}]\n',
        },
        ['data/people.yml:4: "brook" speaks, and has no "capacity"; add official, analyst, party or other'],
    ),
    "an organisation that counts in no stated capacity": (
        every_speaker_has_a_capacity,
        {
            "organisations.yml": small_library.FILES["organisations.yml"].replace("  capacity: official\n", ""),
            "facts.yml": small_library.FILES["facts.yml"].replace("  topics: [reach]\n", ""),
        },
        ['data/organisations.yml:1: "board" speaks, and has no "capacity"; add official, analyst, party or other'],
    ),
    "a document speaks in a source that does not name it": (
        every_speaker_stands_in_the_source,
        {
            **{name: small_library.FILES[name] for name in ("documents.yml", "organisations.yml")},
            "quotes.yml": "- id: a\n  speaker: charter\n  attribution: By the text\n"
            '  evidence: [{source: post, exact: "The cost is not a secret,"}]\n',
        },
        ['data/quotes.yml:2: "charter" is not named in "post"; name another, or add evidence'],
    ),
    "a speaker with two roles in one source": (
        every_speaker_stands_in_the_source,
        {
            "people.yml": BASE["people.yml"]
            + "    - role: speaker\n      capacity: other\n"
            + "      evidence: [{source: gazette, exact: mayor of Marle}]\n",
            "quotes.yml": "- id: a\n  speaker: reed\n"
            '  evidence: [{source: gazette, exact: "We asked for water, and got a ditch."}]\n',
        },
        ['data/quotes.yml:1: say in "role" what "reed" is in "gazette": "mayor of Marle" or "speaker"'],
    ),
    "a speaker on a side who has no position": (
        whoever_takes_a_side_has_a_position,
        {
            "quotes.yml": "- id: a\n  speaker: brook\n"
            '  evidence: [{source: post, exact: "The cost is not a secret,"}]\n',
            "facts.yml": f"- id: b\n  text: B\n{EVIDENCE}",
            "limits.yml": "- id: c\n  title: C\n  question: C?\n  answer: No.\n  shows: [b]\n  against: [a]\n",
        },
        ['data/limits.yml:6: "a" is said by "brook", who has no "position"; say there what they hold'],
    ),
    "a passage that two quotes quote": (
        nothing_is_recorded_twice,
        {
            "quotes.yml": "- id: a\n  speaker: brook\n"
            '  evidence: [{source: post, exact: "The cost is not a secret,"}]\n'
            '- id: b\n  speaker: brook\n  evidence: [{source: post, exact: "The cost  is not a secret,"}]\n'
        },
        ['data/quotes.yml:6: "a" is the same; keep one of the two, or say what sets them apart'],
    ),
    "a fact that is recorded twice": (
        nothing_is_recorded_twice,
        {
            "facts.yml": f"- id: a\n  text: A\n{EVIDENCE}"
            f"- id: b\n  text: a\n{EVIDENCE}- id: c\n  text: C\n{EVIDENCE}"
        },
        ['data/facts.yml:7: "a" is the same; keep one of the two, or say what sets them apart'],
    ),
    "a phrase in two parts": (
        phrases_stand_alone,
        {
            "quotes.yml": "- id: a\n  speaker: brook\n  form: phrase\n  evidence:\n"
            '    - {source: post, exact: "We will dig until the sea,"}\n'
            "    - {source: post, exact: No stone will stop us.}\n"
        },
        ["data/quotes.yml:3: a phrase has one part; make a record of each part"],
    ),
    "a limit that names nothing": (
        both_sides_are_given,
        {"limits.yml": "- id: a\n  title: A\n  question: A?\n  answer: No.\n"},
        [
            'data/limits.yml:1: "a" names nothing in "against"; give both sides',
            'data/limits.yml:1: "a" names nothing in "shows"; give both sides',
        ],
    ),
    "a limit with one side": (
        both_sides_are_given,
        {
            "facts.yml": DIG,
            "limits.yml": "- id: a\n  title: A\n  question: A?\n  answer: No.\n  shows: [dig]\n  against: []\n",
        },
        ['data/limits.yml:1: "a" names nothing in "against"; give both sides'],
    ),
    "a tension that counts a record for both sides": (
        both_sides_are_given,
        {
            "facts.yml": DIG,
            "tensions.yml": "- id: a\n  title: A\n  text: A.\n  scope: within\n  one: [dig]\n  other: [dig]\n",
        },
        ['data/tensions.yml:6: "dig" stands on both sides; decide for one, or split the statement'],
    ),
    "a limit that counts a record for both sides": (
        both_sides_are_given,
        {
            "facts.yml": DIG,
            "limits.yml": "- id: a\n  title: A\n  question: A?\n  answer: No.\n"
            "  shows: [dig]\n  against:\n    - stop\n    - dig\n",
        },
        ['data/limits.yml:8: "dig" stands on both sides; decide for one, or split the statement'],
    ),
    "a counter that is no record": (
        references_exist,
        {"facts.yml": DIG, "limits.yml": BRIEF.format("counter", "digg", "Dug.")},
        [
            'data/limits.yml:6: no "digg" in data/facts.yml, data/quotes.yml or data/timeline.yml; '
            'did you mean "dig"?',
        ],
    ),
    "a deed that is a quotation": (
        references_exist,
        {
            "facts.yml": DIG,
            "quotes.yml": "- id: sea\n  speaker: brook\n  form: phrase\n"
            '  evidence: [{source: post, exact: "We will dig until the sea,"}]\n',
            "limits.yml": PAIR.format("dig", "sea", "“the sea”"),
        },
        ['data/limits.yml:10: the quote "sea" is no fact or event; "record" takes no other kind'],
    ),
    "words that are a deed, and no official's": (
        words_and_deed_are_a_pair,
        {
            "facts.yml": DIG.replace("  text: Dig.", "  text: Dig.\n  as_of: 1934"),
            "timeline.yml": "- id: dug\n  date: 1931\n  title: A lock is dug\n  act: deed\n  derived: In 1931\n"
            + EVIDENCE,
            "limits.yml": PAIR.format("dug", "dig", "Dug."),
        },
        [
            'data/limits.yml:7: "dug" is an event of "act: deed"; "words" takes another',
            'data/limits.yml:7: "dug" is not a party’s own words; take those of an official or a party',
        ],
    ),
    "words of an onlooker": (
        words_and_deed_are_a_pair,
        {
            "facts.yml": DIG.replace("  text: Dig.", "  text: Dig.\n  as_of: 1934"),
            "organisations.yml": f"- id: club\n  name: Club\n  capacity: analyst\n  text: It looks.\n{EVIDENCE}",
            "timeline.yml": "- id: talk\n  date: 1931\n  title: Talk\n  act: words\n  actors: [club]\n"
            f"  derived: In 1931\n{EVIDENCE}",
            "limits.yml": PAIR.format("talk", "dig", "Dug."),
        },
        ['data/limits.yml:7: "talk" is not a party’s own words; take those of an official or a party'],
    ),
    "words that came after the deed": (
        words_and_deed_are_a_pair,
        {
            "facts.yml": f"- id: vow\n  text: A\n  said_by: board\n  as_of: 1934\n{EVIDENCE}"
            + DIG.replace("  text: Dig.", "  text: Dig.\n  as_of: 1931"),
            "organisations.yml": small_library.FILES["organisations.yml"],
            "limits.yml": PAIR.format("vow", "dig", "Dug."),
        },
        ['data/limits.yml:7: "vow" is not known to be earlier than "dig"; take words that are'],
    ),
    "what upholds a limit without showing it": (
        parts_of_a_side_stand_on_it,
        {
            "facts.yml": DIG,
            "limits.yml": BRIEF.format("counter", "dig", "Dig.").replace(
                "  counter", "  upheld_by: [stop]\n  counter"
            ),
        },
        [
            'data/limits.yml:5: "stop" is not in "shows"; add it there, or take another',
            'data/limits.yml:7: "dig" is not in "against"; add it there, or take another',
        ],
    ),
    "a strongest thing that takes more than a glance": (
        "value_error",
        {"facts.yml": DIG, "limits.yml": BRIEF.format("strongest", "dig", "dig " * 13)},
        ['data/limits.yml:7: "text" has 13 words; a brief has at most 12, so shorten it'],
    ),
    "a tension with one side": (
        both_sides_are_given,
        {
            "facts.yml": DIG,
            "tensions.yml": "- id: a\n  title: A\n  text: A.\n  scope: within\n  other: [dig]\n",
        },
        ['data/tensions.yml:1: "a" names nothing in "one"; give both sides'],
    ),
    "a caption without a reason": (
        furniture_says_why,
        {"sources.yml": BASE["sources.yml"].replace("      why: Describes a picture\n", "")},
        ['data/sources.yml:21: "why" is missing; say why no record need rest on it'],
    ),
    "a source that is entered twice": (
        nothing_is_recorded_twice,
        {
            "sources.yml": BASE["sources.yml"]
            + BASE["sources.yml"].partition("- id: gazette")[0].replace("post", "a")
        },
        ['data/sources.yml:45: "post" is the same; keep one of the two, or say what sets them apart'],
    ),
    "a correction of no day that changes nothing": (
        corrections_name_a_day_and_a_change,
        {
            "facts.yml": f"- id: a\n  text: A\n{EVIDENCE}",
            "corrections.yml": "- id: b\n  date: 2031-02\n  record: a\n  was: A\n  now: A\n  why: No\n",
        },
        [
            "data/corrections.yml:2: a correction is made on one day; write it like 2022-02-04",
            'data/corrections.yml:5: "now" says what "was" says; give what the record says since',
        ],
    ),
    "a correction of nothing": (
        corrections_name_a_day_and_a_change,
        {"corrections.yml": "- id: b\n  date: 2031-02-03\n  was: A\n  now: B\n  why: No\n"},
        ['data/corrections.yml:1: a correction names a "record" and what it says "now", or what is "withdrawn"'],
    ),
    "a withdrawal that keeps something": (
        corrections_name_a_day_and_a_change,
        {
            "corrections.yml": "- id: b\n  date: 2031-02-03\n  withdrawn: c\n  was: A\n  now: B\n  why: No\n",
            "published.txt": "c\n",
        },
        [
            'data/corrections.yml:3: a withdrawn record has a "withdrawn_kind", and no "record" or "now"; fix it',
        ],
    ),
    # Evidence
    "words that are not in the source": (
        "evidence",
        {"facts.yml": f"- id: a\n  text: A\n{EVIDENCE.replace('third', 'fifth')}"},
        [
            'data/facts.yml:5: "a fifth more than planned" is not in "post": '
            'after "a" the text reads "canal "without end" in"; copy it from there'
        ],
    ),
    "a wrong word in a long quotation": (
        "evidence",
        {
            "quotes.yml": "- id: a\n  speaker: reed\n  evidence:\n"
            "    - source: post\n      exact: Farmers call it ‘the thirsty ditch’ … and they’re wrong.\n"
        },
        [
            'data/quotes.yml:5: "Farmers call it ‘the thirsty ditch’ … …" is not in "post": '
            'after "ditch\' ... and they\'re" the text reads "right.""; copy it from there'
        ],
    ),
    "narration passed off as a quotation": (
        "evidence",
        {
            "quotes.yml": "- id: a\n  speaker: brook\n  evidence:\n"
            "    - source: post\n      exact: Brook told the assembly\n"
        },
        [
            'data/quotes.yml:5: "Brook told the assembly" does not stand between quotation marks in "post"; '
            'give what they enclose, make it a fact, or list its own in "quotation_marks"'
        ],
    ),
    "part of a quotation": (
        "evidence",
        {"quotes.yml": "- id: a\n  speaker: brook\n  evidence: [{source: post, exact: a secret}]\n"},
        [
            'data/quotes.yml:3: "a secret" is only part of what stands between the marks; '
            'give all of it: "The cost is not a secret,"'
        ],
    ),
    "the second part before the first": (
        "evidence",
        {
            "quotes.yml": "- id: a\n  speaker: brook\n  evidence:\n"
            "    - {source: post, exact: No stone will stop us.}\n"
            '    - {source: post, exact: "We will dig until the sea,"}\n'
        },
        [
            'data/quotes.yml:3: "a" is not one speech that the text interrupts; '
            "fix the order, or make each part a record"
        ],
    ),
    "parts from two sources": (
        "evidence",
        {
            "quotes.yml": "- id: a\n  speaker: reed\n  evidence:\n"
            "    - {source: post, exact: Farmers call it ‘the thirsty ditch’ … and they’re right.}\n"
            '    - {source: gazette, exact: "We asked for water, and got a ditch."}\n'
        },
        ['data/quotes.yml:3: "a" has parts from two sources; make a record of each'],
    ),
    "words that stand twice": (
        "evidence",
        {"facts.yml": "- id: a\n  text: A\n  evidence: [{source: post, exact: second lock}]\n"},
        ['data/facts.yml:3: "second lock" stands 2 times in "post"; add a prefix or suffix that tells which'],
    ),
    # Files
    "a file that is not a list": (
        "file",
        {"topics.yml": "water:\n  name: Water\n", "facts.yml": ""},
        [
            f"data/facts.yml:1: {NOT_A_LIST}",
            f"data/topics.yml:1: {NOT_A_LIST}",
        ],
    ),
    "a file that is not YAML": (
        "file",
        {"topics.yml": "- id: water\n  name: Water: still\n"},
        ["data/topics.yml:2:14: " + NOT_YAML.format("mapping values are not allowed in this context")],
    ),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Small(tmp_path_factory.mktemp("base")).make(BASE).read()


@pytest.fixture(scope="module")
def read_mistake(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Library]:
    return cache(lambda name: Small(tmp_path_factory.mktemp("mistake")).make(BASE | MISTAKES[name][1]).read())


@pytest.mark.parametrize(("mistake", "another"), [*zip(MISTAKES, [*MISTAKES][1:] + [*MISTAKES][:1], strict=True)])
def test_the_author_is_told_exactly_this_whatever_was_wrong_before(tmp_path, base, read_mistake, mistake, another):
    _, files, messages = MISTAKES[mistake]
    small = Small(tmp_path).make(BASE | files)
    for before in (None, base, read_mistake(mistake), read_mistake(another)):
        library = load_library(small.data, small.texts, before)
        assert [str(problem) for problem in library.problems] == messages


def test_the_base_of_the_catalogue_and_the_small_library_have_no_mistake(empty):
    assert empty.write(BASE).problems() == []
    assert empty.write(small_library.FILES).problems() == []


def raw_records(small: Small) -> Iterator[tuple[type[Record], Tree]]:
    """Each entry of each file that is a list, as it was typed."""
    for kind in KINDS.values():
        with suppress(ProblemsFoundError):
            name = f"data/{kind.file}"
            yield from ((kind, tree) for tree in parse_entries(read_file(small.data / kind.file, name), name, {}))


def library_of(small: Small) -> Library:
    library = Library("data")
    for kind, tree in raw_records(small):
        try:
            library.add(load_record(kind, tree))
        except BrokenRecordError as error:
            library.broken[str(tree.data.get("id"))] = error.problems
    return library


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.__module__ == structure.__name__], ids=lambda rule: rule.__name__
)
def test_every_rule_is_in_the_catalogue_and_finds_its_mistakes_there(empty, rule):
    entries = [(files, messages) for about, files, messages in MISTAKES.values() if about is rule]
    assert entries, "MISTAKES has no mistake about this rule"
    for files, messages in entries:
        assert sorted(breaches(rule, library_of(empty.write(BASE | files)))) == messages
        empty.write({kind.file: "[]\n" for kind in KINDS.values()})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_says_in_one_sentence_what_must_be_true(rule):
    assert rule.__doc__
    assert rule.__doc__.endswith(".")
    assert "\n" not in rule.__doc__


READING_ERRORS = {
    "missing",
    "extra_forbidden",
    "literal_error",
    "tuple_type",
    "model_type",
    "too_short",
    "value_error",
}


def reading_errors(small: Small) -> Iterator[str]:
    """Which errors the records of a library meet; what is wrong only because a part of it is, is none."""
    for kind, tree in raw_records(small):
        if isinstance(tree.data, dict):
            try:
                kind.model_validate(tree.data)
            except ValidationError as error:
                places = [each["loc"] for each in error.errors()]
                for each in error.errors():
                    if not any(place != each["loc"] == place[: len(each["loc"])] for place in places):
                        yield each["type"]


def test_every_error_in_reading_a_record_is_in_the_catalogue(empty):
    met: dict[str, set[str]] = {}
    for mistake, (_, files, _) in MISTAKES.items():
        empty.write({kind.file: "[]\n" for kind in KINDS.values()} | BASE | files)
        for error in reading_errors(empty):
            met.setdefault(error, set()).add(mistake)
    assert set(met) == READING_ERRORS
    for error in READING_ERRORS:
        assert met[error] == {mistake for mistake, (about, _, _) in MISTAKES.items() if about == error}
