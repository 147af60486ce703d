"""YAML as an editor would write it: no quotation marks that need not be, lists set in, long texts folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

WIDTH = 112


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- every scalar of ours is text

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > WIDTH - 12 else None)


def _represent_short_list(dumper: yaml.SafeDumper, texts: tuple[str, ...]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", texts, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(tuple, _represent_short_list)


def dumps(fields: Mapping[str, Any]) -> str:
    """An entry of a data file as YAML; a tuple becomes a list on one line."""
    return str(yaml.dump([dict(fields)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))
