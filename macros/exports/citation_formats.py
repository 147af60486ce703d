"""How to cite a work for programs: BibTeX (biblatex), CSL-JSON and RIS; a page, and a quotation as a sentence."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote

from markupsafe import Markup, escape

from ..library.library import Library
from ..library.speakers import role_of
from ..pages.site import Site
from ..records.dates import Date
from ..records.fields import id_like
from ..records.kinds import Quote, Source
from ..records.parts import Name, Work
from .citation_styles import STYLES, format_entry, isolate_words, turn_name


class SourceType(NamedTuple):
    """What a type of work in CSL-JSON is called elsewhere."""

    schema_org: str
    ris: str
    biblatex: str


SOURCE_TYPES = {
    "article-newspaper": SourceType("NewsArticle", "NEWS", "article"),
    "article-magazine": SourceType("Article", "MGZN", "article"),
    "article-journal": SourceType("ScholarlyArticle", "JOUR", "article"),
    "post-weblog": SourceType("BlogPosting", "BLOG", "online"),
    "post": SourceType("SocialMediaPosting", "ELEC", "online"),
    "webpage": SourceType("WebPage", "ELEC", "online"),
    "report": SourceType("Report", "RPRT", "report"),
    "book": SourceType("Book", "BOOK", "book"),
    "treaty": SourceType("Legislation", "STAT", "legislation"),
    "thesis": SourceType("Thesis", "THES", "thesis"),
    "dataset": SourceType("Dataset", "DATA", "dataset"),
    "manuscript": SourceType("Manuscript", "UNPB", "unpublished"),
    "chapter": SourceType("Chapter", "CHAP", "incollection"),
    "paper-conference": SourceType("ScholarlyArticle", "CPAPER", "inproceedings"),
    "entry-encyclopedia": SourceType("Article", "ENCYC", "inreference"),
    "legal_case": SourceType("CreativeWork", "CASE", "jurisdiction"),
    "bill": SourceType("Legislation", "BILL", "legislation"),
    "regulation": SourceType("Legislation", "STAT", "legislation"),
    "hearing": SourceType("CreativeWork", "HEAR", "misc"),
    "document": SourceType("CreativeWork", "GEN", "misc"),
    "speech": SourceType("CreativeWork", "HEAR", "misc"),
    "interview": SourceType("Conversation", "PCOMM", "misc"),
    "legislation": SourceType("Legislation", "STAT", "legislation"),
    "broadcast": SourceType("Episode", "SOUND", "audio"),
    "podcast": SourceType("PodcastEpisode", "SOUND", "audio"),
    "motion_picture": SourceType("VideoObject", "VIDEO", "video"),
}

TEX_SIGNS = str.maketrans({"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
TEX_SIGNS |= str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"})

# What RIS takes as it is.
RIS_FIELDS = (
    *(("ID", "id"), ("TI", "title"), ("TT", "translated_title"), ("PB", "publisher"), ("VL", "volume")),
    *(("IS", "issue"), ("DO", "DOI"), ("UR", "link"), ("AV", "copy_link"), ("LA", "language"), ("M3", "genre")),
)

# What LaTeX's babel calls a language, where that is not its name in small letters without spaces.
BABEL = {"norwegian": "norsk", "norwegianbokmål": "norsk", "norwegiannynorsk": "nynorsk"}

# Which field of biblatex names what carries a work of a type.
CARRIERS = {"article": "journaltitle", "online": "organization", "misc": "howpublished"}
CARRIERS |= dict.fromkeys(("incollection", "inproceedings", "inreference"), "booktitle")

# What biblatex reads of EDTF: level 1, without times and far years.
LEVEL_1 = r"-?([0-9]{4}(-([01][0-9]|2[1-4])(-([0-9]{2}|XX))?|-XX(-XX)?)?|[0-9]{3}X|[0-9]{2}XX)[~?%]?"
BIBLATEX_DATE = re.compile(rf"{LEVEL_1}|({LEVEL_1}|\.\.)?/({LEVEL_1}|\.\.)?")


def iso_date(date: Date | None) -> str:
    """Return a date that is one point in ISO 8601; empty for all that ISO cannot say."""
    return date.iso[0] if date and date.form == "point" else ""


def format_quotation(library: Library, quote: Quote) -> Markup:
    """Return a quotation with who said it and where it is quoted; parts the source interrupts stay apart."""
    location = library.locate(quote.id)[0]
    source = library.get(location.source, Source)
    words = Markup("“{}”" if source.is_english else f'“<bdi lang="{source.language}">{{}}</bdi>”')
    said = Markup(" […] ").join(words.format(passage.exact.removesuffix(",")) for passage in quote.evidence)
    roles = ((each.label, role_of(each, quote)) for each in map(library.get, quote.speaker))
    by = " and ".join(f"{name}, as {role.role}" if role else name for name, role in roles) or quote.unattributed
    when = ", ".join(filter(None, (quote.setting, quote.date.say() if quote.date else "")))
    section = f"section “{location.section}”" if location.section else ""
    place = ", ".join(filter(None, (section, quote.evidence[0].locator, location.said)))
    cited = Markup("Quoted in: {} {}{}").format(format_entry("chicago", source), place[0].upper(), place[1:])
    parts = filter(None, (Markup(" — ").join(filter(None, (said, by))), when, cited))
    return isolate_words(Markup(". ").join(parts) + ".")


def format_biblatex(work: Work) -> str:
    """Return a work in BibTeX's syntax and biblatex's fields, which take dates in EDTF."""
    kind, carrier = SOURCE_TYPES[work.type].biblatex, _tex(_publication(work))
    date = re.sub("T[^/]*", "", work.issued.edtf) if work.issued else ""  # the day of a time
    date = date if BIBLATEX_DATE.fullmatch(date) else ""
    language = work.language_name.lower().replace(" ", "")
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "titleaddon": _tex(f"[{work.translated_title}]" if work.translated_title else ""),
        "author": " and ".join(_biblatex_name(name) for name in work.author),
        "editor": " and ".join(_biblatex_name(name) for name in work.editor),
        "type": _tex(work.genre or ("thesis" if kind == "thesis" else "")),
        CARRIERS.get(kind, "note"): carrier if kind in CARRIERS else "",
        "institution" if kind in ("report", "thesis") else "publisher": _tex(
            "" if kind == "online" else work.publisher
        ),
        "volume": _tex(work.volume or ""),
        "number": _tex(work.issue or ""),
        "pages": _tex((work.page or "").replace("-", "--")),
        "date": date,
        "doi": work.DOI or "",
        "url": work.link,
        "urldate": iso_date(work.accessed),
        "langid": BABEL.get(language, language),
        "addendum": _tex(f"Archived at {work.copy_link}" if work.copy_link else ""),
        "note": _tex(f"Published {work.issued.say()}" if work.issued and not date else ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{work.id},", *lines, "}"]) + "\n"


def format_csl_json(work: Work) -> str:
    """Return a work in CSL-JSON: a list of one item."""
    fields = set(Work.model_fields) - {"archived", "sentence_title", "translated_title"}
    item = work.model_dump(mode="json", exclude_none=True, include=fields)
    item |= {name: _csl_date(date) for name in ("issued", "accessed") if (date := getattr(work, name))}
    item |= {"container-title": _publication(work), "URL": work.link, "archive_location": work.copy_link}
    item |= {"authority": work.publisher if work.type == "legal_case" else ""}
    item["type"] = work.type.replace("podcast", "broadcast")  # CSL has one word for both
    return json.dumps([{name: each for name, each in item.items() if each}], ensure_ascii=False, indent=2) + "\n"


def format_ris(work: Work) -> str:
    """Return a work in RIS: two letters a field, lines that end with CRLF."""
    first, _, last = (work.page or "").replace("–", "-").partition("\n" if "," in (work.page or "") else "-")
    fields = [
        ("TY", SOURCE_TYPES[work.type].ris),
        *(("AU", turn_name(name)) for name in work.author),
        *(("A2", turn_name(name)) for name in work.editor),
        *((tag, getattr(work, name)) for tag, name in RIS_FIELDS),
        *(("T2", _publication(work)), ("SP", first), ("EP", last)),
        *(("PY", _year(work.issued)), ("DA", _ris_date(work.issued)), ("Y2", _ris_date(work.accessed))),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


# The formats for programs, by the ending of the file that holds one.
FORMATS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "bib": ("BibTeX", format_biblatex),
    "json": ("CSL-JSON", format_csl_json),
    "ris": ("RIS", format_ris),
}


def cite_page(site: Site, url: str, title: str) -> Work:
    """Return a page as a work to cite: by whoever made the site, as it stood when it was built."""
    fields = {
        "id": id_like(unquote(url)) or id_like(url) or id_like(site.name) or "site",
        "type": "webpage",
        "title": title,
        "author": [{"literal": site.author}] if site.author else [],
        "publisher": site.name,
        "issued": site.built or None,
        "URL": f"{site.address}{url}" if site.address else None,
    }
    return Work.model_validate(fields)


def citation_texts(work: Work) -> dict[str, Markup]:
    """Return how to cite a work, by the name of each style and format: prose with italics, then plain text."""
    prose = {name: format_entry(style, work) for name, style in STYLES.items()}
    return prose | {name: escape(format_work(work)) for name, format_work in FORMATS.values()}


def citation_path(work: Work, ending: str) -> str:
    """Return the path of a source's citation from the site's root."""
    return f"cite/{work.id}.{ending}"


def _publication(work: Work) -> str:
    """Return what carries a work: of a periodical or a website, the publisher is, where nothing else is named."""
    named = SOURCE_TYPES[work.type].biblatex in ("article", "online")
    return work.container_title or (work.publisher if named else "")


def _year(date: Date | None) -> str:
    ends = {end and end.year for end in (date.start, date.end)} if date else {None}
    year = ends.pop() if len(ends) == 1 else None
    return year if year and year.isdigit() else ""


def _ris_date(date: Date | None) -> str:
    """Return a date in the four parts of RIS: year, month, day, and in words what these cannot say."""
    if not date:
        return ""
    written, _, time = iso_date(date).partition("T")
    if not re.fullmatch(r"[0-9][0-9-]+", written):
        return f"{_year(date)}///{date.say()}"
    year, month, day = [*written.split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/{time}"


def _csl_date(date: Date) -> dict[str, Any]:
    """Return a date as CSL's numbers where they are true, about or not, else in words."""
    ends = (date.start,) if date.form == "point" else (date.start, date.end)
    written = [end.datetime.partition("T")[0] if end else "" for end in ends]
    if date.form not in ("point", "interval") or not all(written):
        return {"literal": date.say()}
    numbers = [[int(part) for part in each.split("-")] for each in written]
    return {"date-parts": numbers} | ({"circa": True} if any(end and end.qualifier for end in ends) else {})


def _tex(text: str) -> str:
    return text.translate(TEX_SIGNS)


def _biblatex_name(name: Name) -> str:
    if not name.family:
        return f"{{{_tex(name.full)}}}"
    return ", ".join(_tex(part) for part in (name.family, name.suffix, name.given) if part)
