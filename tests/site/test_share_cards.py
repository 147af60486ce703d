"""The pictures of this site's shared links."""

from macros.records.kinds import Limit

from ..exports.test_share_cards import check_cards
from ..support.builds import PROJECT, built


def test_every_page_in_the_menu_has_its_picture_and_a_shared_link_asks_what_a_limit_s_page_asks() -> None:
    site = built(PROJECT)
    pages = site.content.keys() - {"authors/index.html"}
    check_cards(site, pages)
    assert [name for name in pages if "og:description" not in site.pages[name].meta] == []
    for limit in site.library.of(Limit):
        assert site.pages[site.homes[limit.id]].meta["og:title"] == limit.question
