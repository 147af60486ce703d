"""HTML as a browser parses it, in elements of the standard library."""

from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode


def parse_html(html: str | bytes) -> Element:
    """Return the root of a document; its comments are left out."""
    root = LexborHTMLParser(html).root
    assert root
    return _element(root)


def _element(node: LexborNode) -> Element:
    found = Element(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
    last: Element | None = None
    for inner in node.iter(include_text=True):
        if inner.is_element_node:
            last = _element(inner)
            found.append(last)
        elif inner.is_text_node and last is None:
            found.text = (found.text or "") + (inner.text_content or "")
        elif inner.is_text_node:
            last.tail = (last.tail or "") + (inner.text_content or "")
    return found
