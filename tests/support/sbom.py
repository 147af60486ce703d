"""Print what the site is made with, as CycloneDX: packages and fonts, their versions and licences.

It holds no time and no random number, so that the same lock gives the same list.
"""

import json
import re
import tomllib
from importlib.metadata import Distribution, distribution
from typing import Any

from packaging.requirements import Requirement

from .builds import PROJECT


def name_key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed_by(requirements: list[str]) -> list[str]:
    """The packages that a list of requirements asks for on this Python, by their keys."""
    asked = map(Requirement, requirements)
    return sorted(
        {name_key(each.name) for each in asked if not each.marker or each.marker.evaluate({"extra": ""})}
    )


def project() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def packages() -> dict[str, Distribution]:
    """The packages that a build needs, and what these need, by their keys; none that only tests need."""
    found: dict[str, Distribution] = {}
    left = needed_by(project()["dependencies"])
    while left:
        if (key := left.pop()) not in found:
            found[key] = distribution(key)
            left += needed_by(found[key].requires or [])
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence a package declares: an expression of SPDX, the name that PyPI has for it, or its own words."""
    said = package.metadata
    named = [
        each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each.startswith("License ::")
    ]
    return said.get("License-Expression") or " or ".join(named) or said.get("License", "")


def fonts() -> list[str]:
    return sorted(path.name.removesuffix("-OFL.txt") for path in (PROJECT / "overrides/fonts").glob("*-OFL.txt"))


def bill_of_materials() -> dict[str, Any]:
    """The list, as version 1.6 of the standard has it."""
    used, here = packages(), project()
    addresses = {key: f"pkg:pypi/{key}@{each.version}" for key, each in used.items()}
    needs = {key: needed_by(each.requires or []) for key, each in used.items()}
    libraries = [
        {
            "type": "library",
            "bom-ref": addresses[key],
            "name": key,
            "version": each.version,
            "purl": addresses[key],
            "licenses": [{"license": {"name": licence(each)}}],
        }
        for key, each in used.items()
    ]
    drawn = [{"type": "data", "name": each, "licenses": [{"license": {"id": "OFL-1.1"}}]} for each in fonts()]
    main = {"type": "application", "bom-ref": here["name"], "name": here["name"], "version": here["version"]}
    asks = {here["name"]: needed_by(here["dependencies"])} | {addresses[key]: needs[key] for key in used}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": main},
        "components": libraries + drawn,
        "dependencies": [
            {"ref": ref, "dependsOn": [addresses[key] for key in keys]} for ref, keys in asks.items()
        ],
    }


if __name__ == "__main__":
    print(json.dumps(bill_of_materials(), indent=2))
