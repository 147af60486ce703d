"""How long a page takes to read."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 230

# What nobody reads through: tags, the numbers of citations, what is folded away, and the list of references.
APART = re.compile(r'<sup\b.*?</sup>|<details\b.*?</details>|<ol class="xp-references.*?</ol>|<[^>]*>', re.DOTALL)


def minutes(html: str) -> int:
    """The whole minutes that the words of a piece of HTML take, at least one."""
    return max(1, round(len(APART.sub(" ", html).split()) / WORDS_A_MINUTE))
