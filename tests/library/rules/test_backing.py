"""What a record states to the letter is in what it rests on: one mistake a row, and what the author is told."""

import pytest

from macros.library.loader import verify_library

from ...support.library import Small

DERIVE = ', or name it in "derived", with how it was worked out'
GIVE = f"give the passage{DERIVE}"
MISSING = f"is in no passage of it; {GIVE}"
UNDERIVED = "is in no passage of it; give the passage"
QUOTE = "is in no passage of it; quote word for word, or give the passage"
NEAR = f"is not in its passages, nor near them; fix it{DERIVE}"
NAMED = (
    "is not named in the paragraph of these words or the two before; "
    'name who is, or say in "attribution" how it is known'
)

POSITION = "name: Ada Brook\n  position: {text: “Enough!”, rests_on: [dig]}"
COST = "facts.yml"
LOCK = "timeline.yml"

# In which file, what became of what, and what the author is told: the line, and the sentence.
MISTAKES = {
    "a figure of the text": (COST, "4,100.5 crowns a mile.", "4,010 crowns a mile.", [f"2: 4010 {MISSING}"]),
    "a figure in words": (COST, "a mile.", "a mile in forty places.", [f"2: 40 {MISSING}"]),
    "a share in words": (COST, "a mile.", "a mile, half of it twice.", [f"2: 0.5 {MISSING}", f"2: 2 {MISSING}"]),
    "a multiple in words": (COST, "a mile.", "a mile; it tripled, dozens say.",
                            [f"2: 12 {MISSING}", f"2: 3 {MISSING}"]),
    "a fraction in words": (COST, "a mile.", "a mile, two thirds of it a quarter more.",
                            [f"2: 0.25 {MISSING}", f"2: 0.67 {MISSING}"]),
    "a hedge on the figure": (COST, "qualifier: nearly", "qualifier: more than",
                              ["5: “more than” is in no passage of it; take the source’s own hedge"]),
    "a hedge that no source says": (COST, "qualifier: nearly", "qualifier: an estimated",
                                    ["5: “an estimated” is in no passage of it; take the source’s own hedge"]),
    "a season of an event": (LOCK, "date: 1936-05-03", "date: 1936-21",
                             [f"2: spring of 1936 {MISSING}"]),
    "a name with a figure": (COST, "a mile.", "a mile of Section 3.",
                             [f"2: 3 {MISSING}, or make a term of “Section 3”, if that is a name"]),
    "a day of the week": (COST, "a mile.", "a mile on Friday.", [f"2: Friday {MISSING}"]),
    "a day cut short": (COST, "a mile.", "a mile on Fri.", [f"2: Fri {MISSING}"]),
    "a month of the text": (COST, "a mile.", "a mile in June; May I ask?", [f"2: June {MISSING}"]),
    "quoted words of the text": (
        *(COST, "4,100.5 crowns a mile.", "“far too many” crowns a mile."),
        [f"2: “far too many” {QUOTE}"],
    ),
    "quoted words in another order": (
        *(COST, "4,100.5 crowns a mile.", "“mile … nearly”."),
        [f"2: “mile … nearly” {QUOTE}"],
    ),
    "words between other marks": (
        *(COST, "4,100.5 crowns a mile.", "'far too many' crowns a mile."),
        [f"2: “far too many” {QUOTE}"],
    ),
    "a value": (COST, "value: 4100.5", "value: 4010", [f"3: 4010 {MISSING}"]),
    "a whole": (COST, "value: 4100.5", "value: 4100.5\n  out_of: 5000", [f"4: 5000 {MISSING}"]),
    "a unit": (COST, "unit: crowns a mile", "unit: billion dollars",
               [f"4: “billion” {MISSING}", f"4: “dollars” {MISSING}"]),
    "a unit that begins like another": (COST, "unit: crowns a mile", "unit: crowbars, row, mug",
                                        [f"4: “{word}” {MISSING}" for word in ("crowbars", "mug", "row")]),
    "a year that nothing near gives": (COST, "as_of: 1934-21", "as_of: 1921", [f"7: the year 1921 {NEAR}"]),
    "a year of an event": (LOCK, "date: 1936-05-03", "date: 1921-05-03", [f"2: the year 1921 {MISSING}"]),
    "a day of an event": (LOCK, "date: 1936-05-03", "date: 1936-05-04", [f"2: the day 4 of 1936-05-04 {MISSING}"]),
    "a month of an event": (LOCK, "date: 1936-05-03", "date: 1936-06-03",
                            [f"2: June of 1936-06-03 {MISSING}"]),
    "a year in a headline": (LOCK, "The second lock closes", "The lock of 1912 closes", [f"3: 1912 {MISSING}"]),
    "a speaker": ("quotes.yml", "- id: dig\n  speaker: brook", "- id: dig\n  speaker: reed",
                  [f'2: "reed" {NAMED}']),
    "who counted": (COST, "counted_by: board", "counted_by: reed", [f'8: "reed" {NAMED}']),
    "what a limit says in figures": ("limits.yml", "It ended at Marle.", "One of 76 says that after 77 miles.",
                                     [f"4: 76 {UNDERIVED}", f"4: 77 {UNDERIVED}", f"4: “miles” {UNDERIVED}"]),
    "a measure that a statement counts": (COST, "crowns a mile.", "crowns a mile, not 4,100.5 km.",
                                          [f"2: “km” {MISSING}"]),
    "a share that a statement counts": (COST, "4,100.5 crowns a mile.", "4,100.5% a mile.", [f"2: “%” {MISSING}"]),
    "a month that nothing near gives": (COST, "as_of: 1934-21", "as_of: 1934-08",
                                        [f"7: August of 1934-08 {NEAR}"]),
    "a month that begins a name near it": ("quotes.yml", "- id: asked\n", "- id: asked\n  date: 1931-03\n",
                                           [f"35: March of 1931-03 {NEAR}"]),  # Marle
    "a day that nothing near gives": (COST, "as_of: 1934-21", "as_of: 1934-05-17",
                                      [f"7: the day 17 of 1934-05-17 {NEAR}"]),
    "a day of a document": ("documents.yml", "issued: 1931", "issued: 1931-07-16",
                            [f"5: the day 16 of 1931-07-16 {NEAR}"]),
    "a role in short": ("people.yml", "role: a miller\n", "role: a miller\n      short: “Sir” since 1776\n",
                        [f"13: 1776 {UNDERIVED}", f"13: “Sir” {QUOTE}"]),
    "a year of a role": ("people.yml", "      capacity: party\n", "      capacity: party\n      at: 1912\n",
                         ["14: the year 1912 is not in its passages, nor near them; fix it"]),
    "what a tension quotes": ("tensions.yml", "got a ditch.", "got “a puddle”.", [f"3: “a puddle” {QUOTE}"]),
    "what a position quotes": ("people.yml", "name: Ada Brook", POSITION,
                               [f"3: “Enough!” {QUOTE}"]),
}  # fmt: skip


@pytest.fixture
def small(small: Small) -> Small:
    return small.lock()


def test_a_record_that_cannot_be_read_makes_no_figure_of_another_wrong(small):
    small.change(COST, "4,100.5 crowns a mile.", "in Marle 4,100.5 crowns a mile.")
    add(small, "In 1896/97 it rained.", "", "text: In 1896/97 it rained.")
    small.change("people.yml", "name: Ada Brook", "title: Ada Brook")
    assert {line.partition(":")[0] for line in small.problems()} == {"data/people.yml"}


def test_a_source_that_cannot_be_read_makes_no_date_of_another_record_wrong(small):
    small.change("tensions.yml", "got a ditch.", "got a ditch in 1934.")
    assert small.problems() == []
    small.change("sources.yml", "issued: 1934-05", "issued: May 1934")
    assert {line.partition(":")[0] for line in small.problems()} == {"data/sources.yml"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_no_passage_says_is_told(small, mistake):
    file, old, new, told = MISTAKES[mistake]
    small.change(file, old, new)
    found = [line for line in small.problems() if line.startswith(f"data/{file}:")]
    assert found == [f"data/{file}:{line}" for line in told]


# The passage of a figure, and what else its record may say on that ground.
BACKED = [
    ("It let in 7 barges at 3:30.", "value: 7\n  unit: barges\n  title: At half past three"),
    ("A population of 8.9 million.", "value: 8.9\n  unit: million people"),
    ("It had a crew of 12.", "value: 12\n  unit: people"),
    ("Its workforce of 4,000 went.", "value: 4000\n  unit: workers"),
    ("An army of 300 stood by.", "value: 300\n  unit: soldiers"),
    ("It killed 77.", "value: 77\n  unit: deaths"),
    ("A fleet of 30 ships.", "value: 30\n  unit: ships"),
    ("On Sept. 3 it cost 7 crowns.", "value: 7\n  unit: crowns\n  title: Dear in September"),
    ("On Monday, 3 August it cost 7 crowns.", "value: 7\n  unit: crowns\n  title: Dear on Mon. in Aug"),
    ("Costs doubled, 25 per cent of it for mud.", "value: 25\n  unit: '%'\n  title: Twice, a quarter for mud"),
    ("Six ships, a threefold rise, 33%.", "value: 6\n  unit: ships\n  title: Half a dozen tripled; a third"),
    ("It cost 500,000 crowns.", "value: 500000\n  unit: crowns\n  title: Half a million"),
    ("So it cost 7 crowns, he said.", "value: 7\n  unit: crowns\n  title: “[I]t cost … [they] said”"),
    ("In the 1960s it cost 7 crowns.", "value: 7\n  unit: crowns\n  title: Cheap in the ’60s"),
    ("It cost about 7 crowns.", "value: 7\n  unit: crowns\n  qualifier: roughly"),
    ("It cost c. 7 crowns.", "value: 7\n  unit: crowns\n  qualifier: about"),
    ("It cost 7+ crowns.", "value: 7\n  unit: crowns\n  qualifier: more than"),
    ("It cost almost 7 crowns.", "value: 7\n  unit: crowns\n  qualifier: close to"),
    ("Estimates put it at 7 crowns.", "value: 7\n  unit: crowns\n  qualifier: an estimated"),
    ("The board halved 7 canals.", "value: 7\n  unit: canals\n  title: Half are left"),
    ("The canal was opened twenty-two times.", "value: 22\n  unit: times"),
    ("The canal cost $4.1 billion.", "value: 4.1\n  unit: billion US dollars"),
    ("The canal cost 4,100,000 crowns.", "value: 4.1\n  unit: million crowns"),
    ("The canal cost $5m.", "value: 5\n  unit: million dollars"),
    ("Half of it, 50 per cent, is mud.", "value: 50\n  unit: '%'\n  out_of: 100"),
    ("It grew by 5٪.", "value: 5\n  unit: per cent\n  out_of: 100"),
    ("The dam holds ١٬٢٥٠٫٥ litres.", "value: 1250.5\n  unit: litres"),
    ("建設費は 3ドルではなく", "value: 3\n  unit: ドル"),
    ("Six of the 15 largest defense companies dug.", "value: 6\n  unit: of the 15 largest defence companies"),
    ("A ditch, visited twice.", "value: 2\n  unit: visits"),
    ("It cost half a million crowns.", "value: 500000\n  unit: crowns"),
    ("It holds two dozen whales.", "value: 24\n  unit: whales"),
    ("It is 3½ miles long.", "value: 3.5\n  unit: miles"),
    ("It is 3 1/2 miles long.", "value: 3.5\n  unit: miles"),
    ("It cost 3 trillion crowns.", "value: 3000000000000\n  unit: crowns"),
    ("It cost £1.2tn.", "value: 1.2\n  unit: trillion pounds"),
    ("It cost 3 bn dollars.", "value: 3\n  unit: billion dollars"),
    ("It grew by 5 pct.", "value: 5\n  unit: '%'"),
    ("It grew by 5％.", "value: 5\n  unit: '%'"),
    ("It cost 7 U.S. dollars.", "value: 7\n  unit: US dollars"),
    ("Every mile cost 7 crowns.", "value: 7\n  unit: crowns per mile"),
    ("It was a 7-day trip.", "value: 7\n  unit: days"),
    ("It drove at 60 km/h.", "value: 60\n  unit: kilometres per hour"),
    ("It drove at 60 mph.", "value: 60\n  unit: miles an hour"),
    ("It is 60 km² large.", "value: 60\n  unit: square kilometres"),
    ("It is 60 sq km large.", "value: 60\n  unit: square kilometres"),
    ("It is 5ft tall.", "value: 5\n  unit: feet"),
    ("It is 180°C hot.", "value: 180\n  unit: degrees Celsius"),
    ("The file has 60 GB.", "value: 60\n  unit: gigabytes"),
    ("It cost A$3m.", "value: 3\n  unit: million Australian dollars"),
    ("It cost R$ 3.", "value: 3\n  unit: R$"),
    ("It cost Rs 300.", "value: 300\n  unit: rupees"),
    ("It cost USD 300.", "value: 300\n  unit: US dollars"),
    ("罚款300元", "value: 300\n  unit: yuan"),
    ("It fell for three quarters.", "value: 3\n  unit: quarters"),
    ("It fell for 3 quarters.", "value: 3\n  unit: quarters\n  title: Three quarters of loss"),
    ("Two in five, 40 per cent, sank.", "value: 40\n  unit: '%'\n  title: Two in five"),
    ("It sold 7 ships, after Marle.", "value: 7\n  unit: ships\n  title: The second-largest seller"),
    ("The EU-27 members met.", "value: 27\n  unit: members"),
    ("It was −5 degrees.", "value: -5\n  unit: degrees"),
    ("It changed by −5 %.", "value: 5\n  unit: '%'\n  title: It fell by 5 %"),
    ("It sold 2-5 or (a few) ships—7 of them old.", "value: 7\n  unit: ships"),
    ("It sold 2 – 5 ships.", "value: 5\n  unit: ships"),
    ("On its 50th anniversary", "value: 50\n  unit: anniversaries"),
    ("It rose 5–10 times, by a Top-10 list of 3/5.", "value: 10\n  unit: times\n  title: Of 3 and 5"),
    ("It was worth ₹500.", "value: 500\n  unit: rupees"),
    ("It fell by 16%.", "value: -16\n  unit: '%'"),
    ("The bell weighs 5 kg.", "value: 5\n  unit: kilograms"),
    ("The bell weighs 5 kilogrammes.", "value: 5\n  unit: kg"),
    ("It is 12 kilometres long.", "value: 12\n  unit: km"),
    ("It cost five millions of crowns.", "value: 5\n  unit: million crowns"),
    ("Traffic doubled.", "value: 2\n  unit: times"),
    ("It took one and a half years.", "value: 1.5\n  unit: years"),
    ("It took 3½ years.", "value: 3.5\n  unit: years\n  title: Three and a half years"),
    ("Since the ’90s it costs 7 crowns.", "value: 7\n  unit: crowns\n  title: Dear since the 1990s"),
    ("Since the nineties it costs 7 crowns.", "value: 7\n  unit: crowns\n  title: Dear since the 1990s"),
    ("In Q3 1931 it cost 7 crowns.", "value: 7\n  unit: crowns\n  title: Dear in the third quarter of 1931"),
    ("It emits 7 tonnes of CO₂.", "value: 7\n  unit: tonnes of CO2"),
    ("It cost $7bn.", "value: 7\n  unit: $bn"),
    ("It grew by .5 per cent.", "value: 0.5\n  unit: '%'"),
    ("In May 12 barges sank.", "value: 12\n  unit: barges"),
    ("It cost 5 lakh crowns.", "value: 5\n  unit: lakh crowns"),
    ("It had 5m users.", "value: 5\n  unit: million users\n  title: Its 5 million users"),
    ("It cost 3 or 4 million.", "value: 4\n  unit: million\n  title: 3 or 4 million"),
    ("In 2019 1000 came for 5 million.", "value: 5\n  unit: million\n  title: Of 2019"),
    ("Five paid 5 million.", "value: 5\n  unit: million\n  title: The 5"),
    ("花费1万2千元", "value: 12000\n  unit: 元"),
    ("花费三万五千元", "value: 35000\n  unit: 元"),
    ("花费一百零五元", "value: 105\n  unit: 元"),
    ("建設費は3億5千万ドル", "value: 350000000\n  unit: ドル"),
    ("611 of 730 came.", "value: 83.6\n  unit: '%'\n  derived: 611 of 730 is 83.6 in a hundred"),
]  # fmt: skip


SCALED = "22 is of thousands or millions in its passage; name them here"

# What the passage of a figure of 22 says, its unit in the record, and what the author is told.
OTHER_UNITS = [
    ("It cost 22 million crowns.", "crowns", SCALED),
    ("It cost 22 lakh crowns.", "crowns", SCALED),
    ("It had 22k users.", "users", SCALED),
    ("It fell by 22 percentage points.", "'%'", f"“%” {MISSING}"),
    ("It is 22 m long.", "minutes", f"“minutes” {MISSING}"),
    ("It hired 22 employers.", "employees", f"“employees” {MISSING}"),
    ("It sank 22 ships.", "shops", f"“shops” {MISSING}"),
    ("It cost C$22.", "US dollars", f"“us” {MISSING}"),
    ("It weighs 22 kg.", "pounds", f"“pounds” {MISSING}"),
]


@pytest.mark.parametrize(("passage", "unit", "told"), OTHER_UNITS)
def test_a_figure_keeps_its_unit(small, passage, unit, told):
    add(small, passage, f"value: 22\n  unit: {unit}")
    assert small.problems() == [f"data/facts.yml:16: {told}"]


def test_a_unit_that_is_no_measure_has_another_name_in_another_language(small):
    small.change("sources.yml", "issued: 1934-05", "issued: 1934-05\n  language: de")
    add(small, "Es starben 22 Völker.", "value: 22\n  unit: colonies")
    assert [each for each in small.problems() if "another" in each or "unit" in each or "colon" in each] == []
    small.change("facts.yml", "unit: colonies", "unit: billion pounds")
    small.change("facts.yml", "22 Völker", "22 Billionen")
    told = [each for each in small.problems() if ":16:" in each]
    assert told == [f"data/facts.yml:16: “{each}” {MISSING}" for each in ("billion", "pounds")]


# What the passage of 22 degrees says that the record does not.
BELOW_ZERO = ["It was −22 degrees.", "It was -22 degrees.", "It was minus 22 degrees."]


@pytest.mark.parametrize("passage", BELOW_ZERO)
def test_a_figure_below_zero_is_no_figure_above_it(small, passage):
    add(small, passage, "value: 22\n  unit: degrees")
    assert small.problems() == [f"data/facts.yml:15: 22 {MISSING}"]
    small.change("facts.yml", "unit: degrees", "unit: degrees below zero\n  derived: Below zero")
    assert small.problems() == []


# What counts nothing exactly, and the figure that it might be taken for.
UNCOUNTED = [
    ("Dozens of barges sank.", 12),
    ("A few hundred barges sank.", 100),
    ("Tens of thousands of barges sank.", 10),
    ("It was hundreds of barges.", 100),
    ("In the 1930s barges sank.", 1930),
    ("On 3 May 1935 barges sank.", 3),
    ("On May 3, 1935 barges sank.", 3),
    ("At 10:30 barges sank.", 10),
    ("At 5 pm barges sank.", 5),
    ("At 5.30 a.m. barges sank.", 30),
    ("At 5 o’clock barges sank.", 5),
    ("On 3/5/1935 barges sank.", 5),
    ("On 1935-05-03 barges sank.", 5),
    ("A fifth of barges sank.", 5),
    ("In Q3 barges sank.", 3),
    ("The G7 sank barges.", 7),
    ("An F-16 sank barges.", 16),
    ("COVID-19 sank barges.", 19),
]


@pytest.mark.parametrize(("passage", "value"), UNCOUNTED)
def test_a_vague_number_or_that_of_a_date_or_time_is_no_figure(small, passage, value):
    add(small, passage, f"value: {value}\n  unit: barges")
    assert small.problems() == [f"data/facts.yml:15: {value} {MISSING}"]


@pytest.mark.parametrize(("passage", "fields"), BACKED)
def test_a_figure_may_be_said_in_other_ways(small, passage, fields):
    add(small, passage, fields)
    assert small.problems() == []


DATED = [
    ("The lock closed last year.", "1933", "derived: “last year” in an article of 1934"),
    ("The lock closed ten years after 1912.", "1922", "derived: Ten years after 1912"),
    ("The lock closed ten years after 1912.", "1922", "derived: Ten years after 1912 is 1922."),
    ("The lock closed a year before 1912.", "1911", "derived: A year before 1912 is 1911"),
    ("The lock closed in 1912.", "1900", "derived: 5 times 380 is 1,900; 5 times 1.5 is 7.5"),
    ("The lock closed in the 1920s.", "192X", ""),
    ("The lock closed in the nineteenth century.", "18XX", ""),
    ("The lock closed in 476.", "0476", ""),
    ("The lock closed in 1 BC.", "0000", ""),
    ("The lock closed in 44.", "-0043", "derived: In 44 BC, for the emperor was not born"),
    ("The lock closed in AD 44, long after 44 BC.", "0044", ""),
    ("The lock closed in 2020 BC Ferries said.", "2020", ""),
    ("The lock closed in the fifth century B.C.E. or so.", "-04XX", ""),
    ("The lock was open from 478–404 BC.", "-0477/-0403", ""),
    ("The lock closed on Dec. 3, 1931.", "1931-12-03", ""),
    ("The lock closed on 1931-12-03.", "1931-12-03", ""),
    ("The lock closed on 3/12/1931.", "1931-12-03", ""),
    ("The lock closed on 12/3/1931.", "1931-12-03", ""),
    ("The lock closed 66 million years ago.", "Y-66000000", ""),
    ("The lock closed in 12,000 BC.", "Y-11999", ""),
    ("The lock closed at 8:05:20 p.m. on 3 December 1931.", "1931-12-03T20:05:20Z", ""),
    ("The lock closed at noon on 3 December 1931.", "1931-12-03T12:00", ""),
    ("The lock closed at midnight on 3 December 1931.", "1931-12-03T00:00", ""),
    ("The lock closed at half past three on 3 December 1931.", "1931-12-03T15:30", ""),
    ("The lock closed at a quarter to nine in the evening of 3 December 1931.", "1931-12-03T20:45", ""),
    ("The lock closed at twenty past four on 3 December 1931.", "1931-12-03T04:20", ""),
    ("The lock closed at 12:30 a.m. on 3 December 1931.", "1931-12-03T00:30", ""),
    ("The lock closed at 5.45pm on 3 December 1931.", "1931-12-03T17:45", ""),
    ("The lock closed at ten o’clock on 3 December 1931.", "1931-12-03T10:00", ""),
    ("The lock closed at 0930 hours on 3 December 1931.", "1931-12-03T09:30", ""),
    ("The lock closed at 20h30 on 3 December 1931.", "1931-12-03T20:30", ""),
    ("The lock closed um 15.30 Uhr on 3 December 1931.", "1931-12-03T15:30", ""),
    (
        "The lock closed um halb vier on 3 December 1931.",
        "1931-12-03T15:30",
        "derived: Halb vier is half past three",
    ),
    ("The lock closed in 12/1931.", "1931-12", ""),
    ("The lock closed on 1931-12-03.", "1931-12", ""),
    ("The lock closed in Sept. 1931.", "1931-09", ""),
    ("The lock closed in Q3 1931.", "1931-35", ""),
    ("The lock closed in the fall of 1931.", "1931-23", ""),
    ("The lock closed in the spring of 1931.", "1931-25", ""),
    ("The lock closed in the winter of 1923-24.", "1923-24", ""),
    ("The lock closed between 1931 and 1932, not 1933–35.", "1933/1935", ""),
]


# What `derived` says that is not so.
MISCALCULATED = [
    ("The lock closed ten years after 1912.", "1923", "Ten years after 1912 is 1923"),
    ("The lock closed in 1912.", "1922", "It was later. (Four years after 1912 is 1922)"),
    ("The lock closed after 5 times 380 years.", "1901", "5 times 380 is 1901."),
]


@pytest.mark.parametrize(("passage", "year", "derived"), MISCALCULATED)
def test_what_is_worked_out_wrongly_backs_nothing(small, passage, year, derived):
    add(small, passage, f"derived: {derived}", f'date: "{year}"\n  title: The lock closes\n  act: deed', LOCK)
    assert small.problems() == [f"data/timeline.yml:11: the year {year} {MISSING}"]


@pytest.mark.parametrize(("passage", "date", "derived"), DATED)
def test_a_date_may_be_said_or_worked_out_in_other_ways(small, passage, date, derived):
    add(small, passage, derived, f'date: "{date}"\n  title: The lock closes\n  act: deed', "timeline.yml")
    assert small.problems() == []


# What the passage of an event says, a date that is another, and what of it is in no passage.
OTHER_DATES = [
    ("It closed at 10:30 on 3 June 1912.", "1912-06-03T11:30", "the time 11:30"),
    ("It closed at 10:30 on 3 June 1912.", "1912-06-03T10:45Z", "the time 10:45Z"),
    ("It closed at 10:30:20 on 3 June 1912.", "1912-06-03T10:30:21", "the time 10:30:21"),
    ("It closed at 8 a.m. on 3 June 1912.", "1912-06-03T20:00", "the time 20:00"),
    ("It closed at 8 p.m. on 3 June 1912.", "1912-06-03T08:00", "the time 08:00"),
    ("It closed at a quarter to nine on 3 June 1912.", "1912-06-03T09:15", "the time 09:15"),
    ("It closed at noon on 3 June 1912.", "1912-06-03T00:00", "the time 00:00"),
    ("It closed 66 million years ago.", "Y-65000000", "the year -65000000"),
    ("It closed in the first quarter of 1912.", "1912-34", "the second quarter of 1912"),
    ("It closed in the second half of 1912.", "1912-40", "the first half of 1912"),
    ("It closed in autumn 1912.", "1912-22", "summer of 1912"),
    ("It closed the market in 1912.", "1912-03", "March of 1912-03"),
    ("Its author won in 1912.", "1912-23", "autumn of 1912"),
    ("It closed in 12/1912.", "1912-11", "November of 1912-11"),
]


@pytest.mark.parametrize(("passage", "date", "told"), OTHER_DATES)
def test_an_event_is_at_the_time_that_its_passage_gives(small, passage, date, told):
    add(small, passage, "", f'date: "{date}"\n  title: The lock closes\n  act: deed', "timeline.yml")
    assert small.problems() == [f"data/timeline.yml:11: {told} {MISSING}"]


# What the passage of an event says, a date of the other era, and what is told of that.
OTHER_ERAS = [
    ("It closed in 44 BC.", "-0044", '"-0044" is 45 BCE; for 44 BCE write -0043'),
    ("It closed in 44 B.C. at noon.", "0044", '"0044" is 44 CE, and its passage says BC; write -0043'),
    (
        "It closed in the 3rd century BCE.",
        "02XX",
        '"02XX" is the 3rd century, and its passage says BC; write -02XX',
    ),
    (
        "It lasted from 478 to 404 BC.",
        "0404/0478",
        '"0404/0478" is 404 CE to 478 CE, and its passage says BC; write -0403',
    ),
    (
        "It closed in AD 79.",
        "-0078",
        f'"-0078" is 79 BCE, and no passage of it says BC; fix it{DERIVE}',
    ),
]


@pytest.mark.parametrize(("passage", "date", "told"), OTHER_ERAS)
def test_an_event_is_in_the_era_that_its_passage_names(small, passage, date, told):
    add(small, passage, "", f'date: "{date}"\n  title: The lock closes\n  act: deed', "timeline.yml")
    assert small.problems()[:1] == [f"data/timeline.yml:11: {told}"]


def test_an_event_is_in_the_month_that_its_passage_names_in_another_language(small):
    small.change("sources.yml", "issued: 1934-05", "issued: 1934-05\n  language: fr")
    add(small, "Elle ferma le 5 mai 1901.", "", 'date: "1901-05-05"\n  title: A\n  act: deed', "timeline.yml")
    assert [each for each in small.problems() if "timeline" in each] == []
    small.change("timeline.yml", '"1901-05-05"', '"1901-06-05"')
    told = [each for each in small.problems() if "timeline" in each]
    assert told == [f"data/timeline.yml:11: June of 1901-06-05 {MISSING}"]


# What the passage of a fact says, what its record does, and what of that is in no passage.
OTHER_STATEMENTS = [
    ("It was shut two days.", "It was shut on 3 May for 3 days.", "3"),  # the day of its own date
    ("It cost £5.", "It cost $5.", "$"),
    ("It doubled.", "It quintupled.", "5"),
    ("It lost three quarters of its mud.", "It lost a quarter of its mud.", "0.25"),
    ("It lost one in five.", "It lost two in five.", "2"),
    ("It lost a half.", "It lost a quarter of its mud.", "0.25"),
    ("It is lost since the ’90s.", "It is lost since the 1890s.", "1890"),
    ("It flooded in autumn.", "It flooded in spring.", "spring"),
    ("It flooded in autumn.", "The winter flood.", "winter"),
    ("It flooded in 1966.", "Floods of the ’70s.", "70"),
]


@pytest.mark.parametrize(("passage", "text", "told"), OTHER_STATEMENTS)
def test_a_statement_keeps_to_its_passage(small, passage, text, told):
    add(small, f"On 3 May 1936: {passage}", "as_of: 1936-05-03", f"text: {text}")
    small.change("facts.yml", "On 3 May 1936: It", "It")
    assert small.problems() == [f"data/facts.yml:14: {told} {MISSING}"]


def test_a_statement_keeps_the_millions_of_its_passage(small):
    add(small, "It rose by 22 million crowns.", "", "text: It rose by 22 crowns.")
    assert small.problems() == [f"data/facts.yml:14: {SCALED}"]


def test_where_in_a_source_a_passage_stands_is_no_statement(small):
    small.change("quotes.yml", "exact: a passing cloud", "exact: a passing cloud, locator: pages 77-78")
    small.change("facts.yml", "exact: nearly", "locator: timestamp 01:02:03\n      exact: nearly")
    assert small.problems() == []


def test_a_statement_may_say_its_day_and_a_season_in_the_words_of_its_passage(small):
    add(
        small,
        "On 3 May 1936 it cost five dollars, as last fall.",
        "as_of: 1936-05-03",
        "text: On May 3, $5, as in autumn.",
    )
    small.change("facts.yml", "On 3 May 1936 it", "it")
    assert small.problems() == []


def test_a_tension_may_quote_any_quotation_on_record(small):
    assert small.change("tensions.yml", "got a ditch.", "got “a passing cloud”.").problems() == []


def test_a_statement_may_quote_pieces_of_several_passages_in_their_order(small):
    second = "exact: nearly 4,100.5 crowns a mile\n    - source: post\n      exact: a third more than planned"
    small.change(COST, "exact: nearly 4,100.5 crowns a mile", second)
    assert small.change(COST, "counted nearly 4,100.5", "counted “nearly … planned”, 4,100.5").problems() == []
    small.change(COST, "“nearly … planned”", "“planned … nearly”")
    assert small.problems() == [f"data/facts.yml:2: “planned … nearly” {QUOTE}"]


def test_how_the_date_of_a_source_was_worked_out_backs_no_record(small):
    small.change("sources.yml", "  text: post.txt", "  derived: By its page 4010\n  text: post.txt")
    small.change(COST, "value: 4100.5", "value: 4010")
    assert small.problems() == [f"data/facts.yml:3: 4010 {MISSING}"]


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("In 1896/97", "1896/1897"),
        ("In June 1931", "1931-06"),
        ("On 3 May 1931", "1931-05-03"),
        ("In June", "1934-06"),  # of the year in which the source was published
    ],
)
def test_a_date_is_one_that_the_paragraph_of_a_passage_names(small, told, date):
    add(small, f"{told} it rained. He sold it.", f"as_of: {date}")
    small.change("facts.yml", f"{told} it rained. ", "")
    assert small.problems() == []
    small.change("facts.yml", f"as_of: {date}", "as_of: 1897-07")
    assert len(small.problems()) == 1


def test_a_state_of_affairs_may_be_of_the_month_in_which_its_source_was_published(small):
    assert small.change(COST, "as_of: 1934-21", "as_of: 1934-05").problems() == []


@pytest.mark.parametrize(
    ("beside", "date", "told"),
    [
        ("In its Q1 report of 1921", "1921-33", ""),
        ("In the first quarter of 1921", "1921-33", ""),
        ("In the fall of 1921", "1921-23", ""),
        ("By Spring 1921", "1921-21", ""),
        ("In the second quarter of 1921", "1921-33", "the first quarter of 1921"),
        ("In the autumn of 1921", "1921-21", "spring of 1921"),
    ],
)
def test_a_season_or_a_part_of_a_year_may_stand_near_a_passage(small, beside, date, told):
    path = small.texts / "post.txt"
    path.write_text(f"{path.read_text(encoding='utf-8')}{beside} it said so.\n", encoding="utf-8")
    add(small, "It rained.", f"as_of: {date}")
    assert [line.partition(": ")[2] for line in small.problems() if NEAR in line] == [f"{told} {NEAR}"] * bool(
        told
    )


def test_two_years_are_no_season(small):
    add(small, "The lock closed in 2021–22.", "", "date: 2021-22\n  title: The lock closes\n  act: deed", LOCK)
    told = '"2021-22" is summer 2021; for two years write 2021/2022'
    assert small.problems() == [f"data/timeline.yml:11: {told}"]


def add(small, passage: str, fields: str, head: str = "text: It counts.", file: str = "facts.yml") -> None:
    """Add a record that rests on a passage, and the passage to its source."""
    path = small.texts / "post.txt"
    path.write_text(f"{path.read_text(encoding='utf-8')}{passage}\n", encoding="utf-8")
    period = "period: 1934\n  as_of: 1934" if "value" in fields else ""
    body = "\n  ".join(part for part in (head, fields, period) if part)
    record = f'- id: another\n  {body}\n  evidence: [{{source: post, exact: "{passage}"}}]\n'
    data = small.data / file
    small.write({file: data.read_text(encoding="utf-8") + record})


@pytest.mark.parametrize("speaker", ["reed\n  attribution: By a letter", "charter"])  # whose author is named
def test_a_speaker_may_be_known_otherwise(small, speaker):
    small.change("quotes.yml", "- id: dig\n  speaker: brook", f"- id: dig\n  speaker: {speaker}")
    assert not any(NAMED in line for line in small.problems())


def test_a_transcript_may_name_a_speaker_in_capitals(small):
    path = small.texts / "post.txt"
    far = "It rained.\n" * 3
    path.write_text(f"{path.read_text('utf-8')}{far}REED: “Never.”\n{far}WEIR: “Ever.”\n", encoding="utf-8")
    quotes = (small.data / "quotes.yml").read_text("utf-8")
    on, ever = (
        f"- id: {each}\n  speaker: reed\n  evidence: [{{source: post, exact: {words}}}]\n"
        for each, words in (("on", "Never."), ("ever", "Ever."))
    )
    small.write({"quotes.yml": quotes + on + ever})
    line = (quotes + on).count("\n") + 2
    assert [each for each in small.problems() if NAMED in each] == [f'data/quotes.yml:{line}: "reed" {NAMED}']


@pytest.mark.parametrize("name", ["Tom Reed", "리드"])
def test_a_name_may_have_a_korean_particle(small, name):
    path = small.texts / "post.txt"
    far = "It rained.\n" * 3
    path.write_text(f"{path.read_text('utf-8')}{far}{name}는 “멈추지 않는다”고 말했다.\n", encoding="utf-8")
    small.change("people.yml", "name: Tom Reed", "name: Tom Reed\n  alternate_names: [리드]")
    quote = "- id: on\n  speaker: reed\n  evidence: [{source: post, exact: 멈추지 않는다}]\n"
    quotes = (small.data / "quotes.yml").read_text("utf-8")
    small.write({"quotes.yml": quotes + quote})
    assert not any(NAMED in line for line in small.problems())


def test_without_the_texts_the_lock_says_who_is_named(small):
    small.verify()
    small.change("quotes.yml", "- id: dig\n  speaker: brook", "- id: dig\n  speaker: reed")
    assert small.locked() == [f'data/quotes.yml:2: "reed" {NAMED}']


def test_what_a_record_quotes_beside_its_statement_is_in_a_source(small):
    small.change(
        "timeline.yml", "  act: deed", "  act: deed\n  note: The Gazette prints “locked up” 77 times in 1936."
    )
    _, problems = verify_library(small.data, small.texts)
    assert [str(each) for each in problems] == [
        "data/timeline.yml:5: 77 is in no source at hand; fix it",
        "data/timeline.yml:5: “locked up” is in no source at hand; quote word for word",
    ]
