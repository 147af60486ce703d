"""The pages that are open in a browser: made ahead of the others, and shown while the build goes on.

What the other pages say of their uses of a record is not known yet; it is taken from the build before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from mkdocs.commands.build import get_context

from ..pages.site import from_root


class Ahead:
    """The open pages of one build; `urls` are theirs, from the site's root."""

    def __init__(self, urls: Collection[str], nav: Any, files: Any, config: Any) -> None:
        self.nav, self.files, self.config = nav, files, config
        self.order = [each for each in files if each.is_documentation_page()]
        self.chosen = [each for each in self.order if each.page and from_root(each.url) in urls]
        self.contents: dict[str, str] = {}
        if self.chosen:
            self._put([*self.chosen, *(each for each in self.order if each not in self.chosen)])
            for page in nav.pages:
                page.read_source(config)  # the menu says the titles of all

    def _put(self, pages: list[Any]) -> None:
        """Let MkDocs come to the pages in this order."""
        for each in pages:
            self.files.remove(each)
            self.files.append(each)

    def restore_order(self) -> None:
        self._put(self.order)

    def note(self, page: Any, content: str) -> bool:
        """Take what a page holds; whether it was the last of the open ones."""
        if page.file not in self.chosen:
            return False
        self.contents[page.file.src_uri] = content
        return len(self.contents) == len(self.chosen)

    def render(self, fill: Callable[[str, str], str], complete: Callable[[str, Any, Any], str]) -> dict[str, str]:
        """The finished pages by their paths in the site, as MkDocs would write them."""
        env = self.config.theme.get_env()
        made = {}
        for file in self.chosen:
            page, page.content = file.page, fill(self.contents[file.src_uri], file.page.url)
            page.active = True
            template = env.get_template(page.meta.get("template", "main.html"))
            context = get_context(self.nav, self.order, self.config, page)
            plugins = self.config.plugins
            html = template.render(plugins.on_page_context(context, page=page, config=self.config, nav=self.nav))
            page.active = False
            made[file.dest_uri] = complete(html, page, self.config)
        return made
