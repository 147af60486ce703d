"""What a page says of itself: in its head to programs and where it is shared, at its end to readers."""

from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page as MkDocsPage

from ..components.rendering import render_block
from ..exports.atom import FEED
from ..exports.citation_formats import citation_texts, cite_page
from ..exports.records_json import dump_json
from ..exports.schema_org import GRAPH, describe_page, is_apart
from ..exports.share_cards import ShareCard, ShareCards
from ..pages.page import Page
from ..pages.site import Site, url_beside
from ..problems import Problem, ProblemsFoundError
from ..records.kinds import Correction

SHARE_CARD = "card.png"  # beside its page


@dataclass
class PageMetadata:
    """What all pages of a build say of themselves. `page` is that of MkDocs, `ours` is the same page here."""

    site: Site
    description: str  # of the site: that of a page which has none
    share_cards: ShareCards | None = None

    def at_end(self, page: MkDocsPage, ours: Page) -> dict[str, object]:
        """Return what a page covers, how to cite it, and where to report an error."""
        headline = next((each.title for each in page.toc if each.level == 1), page.title)
        title, corrections = Markup(headline).striptags(), self.site.homes.get(Correction.kind)
        return {
            "covers": self.site.covers,
            "cite": citation_texts(cite_page(self.site, page.url, title or self.site.name)),
            "report": self.site.report_link(title, page.url),
            "corrections": None if corrections is None else ours.relative(corrections),
        }

    def add_head(self, html: str, page: MkDocsPage, ours: Page) -> tuple[str, bytes]:
        """Return a finished page with its metadata in the head, and its share card as PNG; empty for none.

        Raises ProblemsFoundError for a page without any HTML.
        """
        if not html.strip():
            what = "comes out empty; fix the template that shows it"
            raise ProblemsFoundError([Problem(ours.path, text=what)])
        title = page.meta.get("title") or (escape(self.site.name) if page.is_homepage else page.title)
        title = title.unescape()
        description = (page.meta.get("description") or escape(self.description)).unescape()
        card = self._choose_share_card(page, title)
        data = describe_page(ours, title, description, page.meta.get("schema", "WebPage"))
        head = render_block(
            "head",
            page=page,
            site=self.site,
            title=title,
            description=description,
            share_card=card,
            picture=urljoin(page.canonical_url or "", ours.relative(url_beside(ours.url, SHARE_CARD))),
            feed=ours.relative(FEED),
            graph=ours.relative(url_beside(ours.url, GRAPH)) if is_apart(self.site, ours.url) else "",
            data=Markup(dump_json(data)),
        )
        drawn = self.share_cards.draw(card) if self.share_cards and card else b""
        return html.replace("</head>", f"{head}\n</head>", 1), drawn

    def _choose_share_card(self, page: MkDocsPage, title: str) -> ShareCard | None:
        """Return the words of a page's share card: a limit's question, or any other page's title."""
        if not self.share_cards or not (page.is_homepage or page.previous_page or page.next_page):
            return None
        question = self.site.question(page.url)
        section = Markup(page.parent.title).unescape() if page.parent and page.file.name != "index" else ""
        label, words = (title, question) if question else (section, title)
        return self.share_cards.choose_words(self.site.name, label, words)
