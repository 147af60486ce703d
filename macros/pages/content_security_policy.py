"""The Content-Security-Policy, and the files a page loads, checked on every finished page: a browser says nothing.

A script is in a file, or its hash is in the policy. The hashes are written by hand, because hashing whatever is
found would allow what somebody injected.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..problems import Problem, find_line
from .site import relative_address

DATA = ("application/ld+json", "application/json")
STYLE = 'a "style" attribute; give it a class, and a stylesheet its style'
MOVE = "put it into overrides/js/ and name it in overrides/base.html"

# The directive that allows what an element loads by an attribute.
DIRECTIVES = {
    **dict.fromkeys(["img src", "img srcset", "source srcset", "video poster", "input src"], "img-src"),
    **dict.fromkeys(["image href", "image xlink:href", "use href", "use xlink:href"], "img-src"),
    **dict.fromkeys(["video src", "audio src", "source src", "track src"], "media-src"),
    **dict.fromkeys(["iframe src", "frame src"], "frame-src"),
    **dict.fromkeys(["object data", "embed src"], "object-src"),
    **dict.fromkeys(["a ping", "area ping"], "connect-src"),
    **dict.fromkeys(["form action", "button formaction", "input formaction"], "form-action"),
    "table background": "img-src",
    "base href": "base-uri",
}
LINKS = {"stylesheet": "style-src", "icon": "img-src", "manifest": "manifest-src", "modulepreload": "script-src"}
LINKS |= dict.fromkeys(["prefetch", "prerender", "preconnect", "dns-prefetch"], "connect-src")
# The directive that allows what is loaded ahead, by what it will be used as.
PRELOADED = {"font": "font-src", "image": "img-src", "script": "script-src", "style": "style-src"}
FALLBACKS = {"frame-src": ["child-src", "default-src"], "form-action": [], "base-uri": []}
SRCSET = re.compile(r"(\S*[^\s,])[^,]*,?")
IMPORTED = re.compile(r"(?:url\(|@import|image-set\()\s*[\"']?((?:[a-z][\w+.-]*:|//)[^\"')\s]+)", re.IGNORECASE)
ELSEWHERE = re.compile(r"([a-z][\w+.-]*):|[/\\]{2}", re.IGNORECASE)
SCRIPT = re.compile(r"(?:java|vb)script\s*:", re.IGNORECASE)
# What no link of a page leads to: a page within the address itself, a file of the reader's.
UNSAFE = re.compile(r"(data|file|blob|filesystem|view-source):", re.IGNORECASE)
# What browsers leave out of an address: line ends and tabs, and what comes before it.
LEFT_OUT = re.compile(r"[\t\n\r]|\A[\0- ]+")

HARMLESS = ("class", "id", "aria-label", "datetime")  # three quarters of all attributes
# A template's content is no part of a parsed page, and yet it can be shown.
TEMPLATE = re.compile(r"<(/?)template\b", re.IGNORECASE)


class Breach(NamedTuple):
    """What must not be on a page: a pattern to find it in a source, and the message.

    One that is told `in_html_alone` is told by MkDocs where it is in no source.
    """

    pattern: str
    text: str
    in_html_alone: bool = False


class Reader:
    """A reader of finished pages; `found` holds what the policy stops.

    `own` holds the files of the site itself that a page loads or leads to: by which element, and the address.
    """

    def __init__(self, policy: str) -> None:
        self.policy = policy
        said = (each.split() for each in policy.split(";") if each.strip())
        self.directives = {name: sources for name, *sources in said}
        self.found: list[Breach] = []
        self.own: dict[tuple[str, str], None] = {}

    def read_page(self, html: str) -> None:
        """Note what the policy stops on a page, and which files of the site it needs."""
        for element in LexborHTMLParser(TEMPLATE.sub(r"<\1div", html)).css("*"):
            self._read_element(element)

    def read_stylesheet(self, css: str) -> None:
        """Note each address of another host in a stylesheet that the policy stops."""
        for address in IMPORTED.findall(re.sub(r"(?s)/\*.*?\*/", "", css)):
            kind = re.search(r"\.(?:(css)|woff2?|[ot]tf)\b", address)
            directive = "img-src" if not kind else "style-src" if kind[1] else "font-src"
            self._load("style", directive, address)

    def _read_element(self, element: LexborNode) -> None:
        """Note what an element has that the policy stops: attributes, a file it links to, a script or style."""
        tag = str(element.tag)
        given = {name: value or "" for name, value in element.attributes.items() if name not in HARMLESS}
        if not given and tag not in ("script", "style"):  # as most are: the check takes a third less time
            return
        for name, value in given.items():
            self._read_attribute(tag, name, value)
        address = LEFT_OUT.sub("", given.get("href" if tag == "link" else "src", ""))
        if tag == "link":
            directives = LINKS | {"preload": PRELOADED.get(given.get("as", "").lower(), "connect-src")}
            for kind in directives.keys() & given.get("rel", "").lower().split():
                self._load(tag, directives[kind], address)
        elif tag == "style" or (tag == "script" and given.get("type") not in DATA and "src" not in given):
            self._read_inline(tag, element.text())
        elif tag == "script" and ELSEWHERE.match(address):
            self.found.append(Breach(_pattern(given["src"]), f"a script of another host; {MOVE}"))
        elif tag == "script":
            self.own[tag, address] = None

    def _read_attribute(self, tag: str, name: str, value: str) -> None:
        """Note an attribute of an element that the policy stops, or that loads or leads to a file."""
        address = LEFT_OUT.sub("", value)
        if name == "style":
            self.found.append(Breach(r"\bstyle\s*=", STYLE))
        elif name == "srcdoc":
            self.found.append(Breach(r"\bsrcdoc\s*=", 'a page in "srcdoc"; make it a page of the site'))
        elif name.startswith("on"):
            self.found.append(Breach(rf"\b{name}\s*=", f'a script in "{name}"; {MOVE}'))
        elif SCRIPT.match(address):
            written = rf"\b{name}\s*=[\"'\s]*(?:j|v|&)|(?:java|vb)script\s*:"
            self.found.append(Breach(written, f'a script in "{name}"; {MOVE}'))
        elif name in ("href", "xlink:href") and (unsafe := UNSAFE.match(address)):
            what = f'a link to a "{unsafe[1]}:" address; put it into a file of docs/'
            self.found.append(Breach(rf"{unsafe[1]}\s*:", what))
        elif name == "href" and tag in ("a", "area") and not ELSEWHERE.match(address):
            self.own[tag, address.partition("#")[0]] = None
        elif (tag, name) == ("meta", "http-equiv") and value != "Content-Security-Policy":
            self.found.append(Breach(r"\bhttp-equiv\s*=", f'a header in a page, "{value}"; delete it'))
        elif directive := DIRECTIVES.get(f"{tag} {name}"):
            for each in SRCSET.findall(value) if name == "srcset" else [address]:
                self._load(tag, directive, each)

    def _read_inline(self, tag: str, text: str) -> None:
        """Note a script or style inside the HTML whose hash is not in the policy."""
        digest = f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        if digest not in self.policy:
            do = MOVE if tag == "script" else "put it into a stylesheet"
            pin = f"add {digest} to content_security_policy in mkdocs.yml"
            beginning = re.escape(text.strip()[:20].partition("\n")[0])
            what = f"an inline {tag} that the policy does not allow; {do}, or {pin}"
            self.found.append(Breach(rf"<{tag}\b[^>]*>\s*{beginning}", what))

    def _load(self, tag: str, directive: str, address: str) -> None:
        """Note what an element loads where the policy stops it."""
        elsewhere = ELSEWHERE.match(address)
        if not elsewhere and directive not in ("form-action", "base-uri"):
            self.own[tag, address] = None
        names = [directive, *FALLBACKS.get(directive, ["default-src"])]
        sources = next((self.directives[name] for name in names if name in self.directives), None)
        if sources is None or any(_allows(source, address) for source in sources):
            return
        do = f"allow it under {directive} of content_security_policy in mkdocs.yml"
        if elsewhere and directive in ("img-src", "media-src"):
            do = f"keep a copy in docs/, or {do}"
        what = f'<{tag}> loads "{address[:80]}", which the policy stops; {do}'
        self.found.append(Breach(_pattern(address), what))


def _allows(source: str, address: str) -> bool:
    """Tell whether a source of a policy allows an address."""
    elsewhere = ELSEWHERE.match(address)
    if source == "'self'" or not elsewhere:
        return source == "'self'" and not elsewhere
    if source.endswith(":"):
        return address.lower().startswith(source.lower())
    scheme, _, host = source.rpartition("://")
    if (elsewhere[1] or "https").lower() not in ((scheme,) if scheme else ("http", "https")):
        return False
    wanted = re.escape(host.partition("/")[0].lower()).replace(r"\*", "[^/?#]*")
    return bool(re.match(rf"[^/]*//{wanted}(?:[/?#]|$)", address.lower()))


def _pattern(address: str, before: str = r"=,(:<\[-") -> str:
    """Return what finds an address in a source, and no longer one, after one of the signs that come before it.

    Its own signs may be written as references.
    """
    return rf"[{before}]\s*[\"']?\s*" + re.escape(address).replace("&", "&(?:amp;)?") + r"(?![\w./-])"


def file_breaches(own: Iterable[tuple[str, str]], page: str, files: Mapping[str, str]) -> Iterator[Breach]:
    """Yield what a page asks for that is none of `files` or not published.

    All files are named by paths in the site; one that is not published has the name of its source. A draft, which
    readers of a served site see alone, may lead to drafts.
    """

    def find(path: str) -> str | None:
        return files.get(path, files.get(Path(path, "index.html").as_posix()))

    for tag, address in own:
        path = unquote(urlsplit(address).path)
        rooted = path.startswith("/")
        source = None if rooted else find(urljoin(f"/{page}", path)[1:])
        if source and not files.get(page):
            last = Path(source).name
            written = rf"(?:-|(?<!_docs):|\(|\")\s*(?:[\w./-]*/)?(?:{re.escape(last)}|{re.escape(quote(last))})"
            yield Breach(written, f"leads to {source}, which is not published; publish it, or take this out")
        elif path and source is None and not (rooted and tag == "link"):
            near = [each for each in (path.lstrip("/"), urljoin(page, f"../{path}")) if find(each) is not None]
            do = f'from this page, write "{relative_address(near[0], page)}"' if near else ""
            do = "write the link in Markdown" if path.endswith((".md", ".markdown")) else do
            do = do or "put it into docs/, or fix its name"
            link, does = (r"\bhref\s*", "leads to") if tag in ("a", "area") else ("", "loads")
            what = "which starts at the root of the host" if rooted else "and there is no such file"
            text = f'<{tag}> {does} "{address}", {what}; {do}'
            yield Breach(link + _pattern(address, r"=,\[-"), text, in_html_alone=True)


def page_problems(
    html: str, policy: str, page: str, files: Mapping[str, str], own: Path | None, root: Path
) -> list[Problem]:
    """Return what is wrong with a page or stylesheet, each at its line, if known; `own` is its file in docs/.

    A file that is missing is told where HTML asks for it: MkDocs tells what Markdown asks for.
    """
    reader, home = Reader(policy), own.relative_to(root).as_posix() if own else page
    if page.endswith(".css"):
        reader.read_stylesheet(html)
    else:
        reader.read_page(html)
        if policy not in html and (own is None or own.suffix != ".html"):
            missing = "has no Content-Security-Policy; keep the block site_meta of base.html"
            reader.found.append(Breach("<head", missing))
    # The error page, which may be shown at any address, names its files from the root.
    loaded = [each for each in reader.own if own or not each[1].startswith("/")]
    found = set[Problem]()
    for breach in (*(reader.found if policy else ()), *file_breaches(loaded, page, files)):
        if place := _find_line(breach.pattern, own, root) or (None if breach.in_html_alone else (home, 0)):
            found.add(Problem(*place, text=breach.text))
    return sorted(found)


def _find_line(pattern: str, own: Path | None, root: Path) -> tuple[str, int] | None:
    """Return the first file that holds a pattern, of `own`, the settings and our templates, and the line."""
    templates = (
        path
        for folder in (root / "overrides", root / "macros" / "components")
        for path in sorted(folder.rglob("[!.]*"))
        if path.suffix in (".html", ".css") and path.name != "snapshot.html"
    )
    for path in filter(Path.is_file, (own or root, root / "mkdocs.yml", *templates)):
        if line := find_line(f"(?i){pattern}", path.read_text("utf-8", errors="replace")):
            return path.relative_to(root).as_posix(), line
    return None
