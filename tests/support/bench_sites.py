"""The same records, pages and citations for each of the generators that `make bench` compares."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from macros.records.kinds import KINDS

from .builds import PROJECT, run

RECORDS_A_PAGE = 20
RECORDS_A_SOURCE = 250
SECTION = "records"
WORDS = "The canal carried 0 barges"  # in the first record, and so on the first page

# Keeps each page's Markdown with the output of its macros in it.
KEEP = """\
import os, pathlib
def on_page_markdown(markdown, page, config, **_):
    if markdown and (folder := os.environ.get("KEEP")):  # empty for a page that is in the cache
        path = pathlib.Path(folder, page.file.src_uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        placeholders = config.extra["build"].calls[page.url].placeholders
        path.write_text(placeholders.place_blocks(markdown), encoding="utf-8")
"""

MATERIAL = """\
site_name: Bench
theme: {name: material, font: false}
markdown_extensions: [attr_list, md_in_html]
plugins: [search]
"""
NAIVE = """\
import yaml

def define_env(env):
    env.records = {}

    @env.macro
    def card(name):
        return "CARD".format(**env.records[name])

    @env.macro
    def cite(name):
        return "CITE".format(id=name)

def on_pre_page_macros(env):
    with open("data/records.yml") as file:
        env.records.update((each["id"], each) for each in yaml.safe_load(file))
"""
ELEVENTY = """\
const fs = require("fs");
module.exports = function (config) {
  let records;
  const fill = (text, each) => text.replace(/{(\\w+)}/g, (_, name) => each[name]);
  config.addWatchTarget("_data/");
  config.on("eleventy.before", () => { records = JSON.parse(fs.readFileSync("_data/records.json")); });
  config.addShortcode("card", name => fill('CARD', records[name]));
  config.addShortcode("cite", name => fill('CITE', { id: name }));
  return { markdownTemplateEngine: "njk" };
};
"""
CARD = '<article id="{id}"><h3>{what}</h3><p>{when}</p><blockquote>{exact}</blockquote><p>{source}</p></article>'
CITE = '<sup><a href="#{id}">{id}</a></sup>'
LAYOUT = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TITLE</title></head>'
    '<body><nav><a href="/">Bench</a></nav><main>CONTENT</main></body></html>'
)


def write_project(folder: Path, count: int) -> None:
    """Write a project of `count` facts, quotes and events in this site's look; each page cites the one before."""
    for name in ("macros", "overrides", "docs"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.md"))
    docs, data, texts = folder / "docs" / SECTION, folder / "data", folder / "sources"
    for each in (docs, data, texts):
        each.mkdir(parents=True, exist_ok=True)
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
    text = re.sub(r"\n(not_in_nav|exclude_docs):.*(\n  .*)*", "", text)
    (folder / "mkdocs.yml").write_text(text.replace("hooks.py]", "hooks.py, keep.py]"), encoding="utf-8")
    (folder / "keep.py").write_text(KEEP)
    kinds: dict[str, list[str]] = {"facts": [], "quotes": [], "timeline": []}
    sources, people, pages, ids = [], [], [], []
    for first in range(0, count, RECORDS_A_SOURCE):
        name, keeper, lines = f"source-{first}", f"keeper-{first}", []
        for number in range(first, min(first + RECORDS_A_SOURCE, count)):
            record_id, kind = f"record-{number}", list(kinds)[number % 3]
            ids.append(record_id)
            words = f"the canal carried {number} barges past the lock at Weir {number}"
            lines.append(f"Keeper {first} wrote: “{words}” in his book of {1900 + number % 100}.")
            kinds[kind].append(_record(kind, record_id, number, name, keeper, words))
        words = f"the canal carried {first} barges past the lock at Weir {first}"
        role = f"{{role: keeper, capacity: other, evidence: [{{source: {name}, exact: {words}}}]}}"
        people.append(f"- {{id: {keeper}, name: Keeper {first}, roles: [{role}]}}\n")
        text = "\n\n".join(lines)
        (texts / f"{name}.txt").write_text(text)
        print_of_text = hashlib.sha256(text.encode()).hexdigest()
        sources.append(
            f"- {{id: {name}, type: report, title: Report {first}, publisher: The canal office, issued: 1999, "
            f"text: {name}.txt, sha256: {print_of_text}}}\n"
        )
    for first in range(0, count, RECORDS_A_PAGE):
        shown, before = ids[first : first + RECORDS_A_PAGE], ids[max(0, first - 10) : first]
        extra = ["person", "source"] if first == 0 else []
        macro = {0: "fact", 1: "quote", 2: "event"}
        body = [f"---\nhome_of: [{', '.join(shown + extra)}]\n---\n\n# Page {first}\n\n## Records\n"]
        body += [f'{{{{ {macro[int(each[7:]) % 3]}("{each}") }}}}\n' for each in shown]
        body += [f'The records before are cited here.{{{{ cite("{each}") }}}}\n' for each in before]
        body += ['{{ records("person") }}\n{{ records("source") }}\n'] if first == 0 else ["{{ references() }}\n"]
        pages.append("\n".join(body))
    for number, page in enumerate(pages):
        (docs / f"page-{number}.md" if number else docs.parent / "index.md").write_text(page)
    for name, entries in kinds.items():
        (data / f"{name}.yml").write_text("\n".join(entries))
    (data / "sources.yml").write_text("".join(sources))
    (data / "people.yml").write_text("".join(people))
    for kind in KINDS.values():
        if not (data / kind.file).exists():
            (data / kind.file).write_text("[]\n")
    _run(folder, "macros", "verify", SOURCES="sources")
    shutil.rmtree(texts)


def _record(kind: str, record_id: str, number: int, source: str, keeper: str, words: str) -> str:
    evidence = f"  evidence: [{{source: {source}, exact: {words}}}]\n"
    date = f"{1900 + number % 100}"
    match kind:
        case "facts":
            fields = f"  text: The canal carried {number} barges.\n  value: {number}\n  unit: barges\n"
            fields += f"  period: {date}\n  as_of: 1999\n  said_by: {keeper}\n"
        case "quotes":
            fields = f"  speaker: {keeper}\n  form: phrase\n  date: {date}\n  setting: In his book\n"
        case _:
            fields = f"  date: {date}\n  title: {number} barges pass\n  summary: The lock opens.\n"
            fields += f"  derived: The book is of {date}\n  act: deed\n  actors: [{keeper}]\n"
    return f"- id: {record_id}\n{fields}{evidence}"


def write_material(ours: Path, folder: Path) -> None:
    """Write the pages of our project with the output of the macros in the Markdown, for Material as it comes."""
    _run(ours, "mkdocs", "build", KEEP=str(folder / "docs"))
    (folder / "mkdocs.yml").write_text(MATERIAL)


def write_naive(ours: Path, folder: Path) -> None:
    """Write a site of Material and the macros plugin that loads its YAML for each page."""
    write_pages(ours, folder / "docs", "{{{{ {}({}) }}}}".format)
    (folder / "data").mkdir()
    (folder / "data" / "records.yml").write_text(yaml.safe_dump([*read_records(ours).values()]))
    (folder / "mkdocs.yml").write_text(MATERIAL.replace("[search]", "[search, macros]") + "watch: [data]\n")
    (folder / "main.py").write_text(NAIVE.replace('"CARD"', repr(CARD)).replace('"CITE"', repr(CITE)))


def write_hugo(ours: Path, folder: Path) -> None:
    write_pages(ours, folder / "content", "{{{{< {} {} >}}}}".format)
    (folder / "content" / "index.md").rename(folder / "content" / "_index.md")
    (folder / "data").mkdir()
    (folder / "data" / "records.json").write_text(json.dumps(read_records(ours)))
    (folder / "config.toml").write_text(
        'baseURL = "/"\ntitle = "Bench"\n[markup.goldmark.renderer]\nunsafe = true\n'
    )
    shortcodes = folder / "layouts" / "shortcodes"
    shortcodes.mkdir(parents=True)
    card = re.sub("{(.+?)}", r"{{ .\1 }}", CARD)
    (shortcodes / "card.html").write_text(f"{{{{ with index site.Data.records (.Get 0) }}}}{card}{{{{ end }}}}")
    (shortcodes / "cite.html").write_text(CITE.replace("{id}", "{{ .Get 0 }}"))
    layout = LAYOUT.replace("TITLE", "{{ .Title }}").replace("CONTENT", "{{ .Content }}")
    (folder / "layouts" / "_default").mkdir()
    for name in ("_default/single.html", "_default/list.html", "index.html"):
        (folder / "layouts" / name).write_text(layout)


def write_eleventy(ours: Path, folder: Path) -> None:
    write_pages(ours, folder, "{{% {} {} %}}".format, "layout: page.njk\n")
    (folder / "_data").mkdir()
    (folder / "_data" / "records.json").write_text(json.dumps(read_records(ours)))
    (folder / "_includes").mkdir()
    layout = LAYOUT.replace("TITLE", "{{ title }}").replace("CONTENT", "{{ content | safe }}")
    (folder / "_includes" / "page.njk").write_text(layout)
    (folder / "eleventy.config.js").write_text(ELEVENTY.replace("CARD", CARD).replace("CITE", CITE))


def read_records(ours: Path) -> dict[str, dict[str, str]]:
    """Return what a card shows of each record of our project, by its id."""
    found = {}
    for name in ("facts", "quotes", "timeline", "people", "sources"):
        for each in read_yaml(ours, name):
            evidence = (each.get("evidence") or [{"source": "", "exact": ""}])[0]
            what = each.get("text") or each.get("title") or each.get("name") or each["setting"]
            when = str(each.get("date") or each.get("period") or "")
            found[each["id"]] = {"id": each["id"], "what": what, "when": when, **evidence}
    return found


def write_pages(ours: Path, folder: Path, call: Callable[[str, str], str], front: str = "") -> None:
    """Write our project's pages with the calls of another generator: a card of each record, and citations."""
    people, sources = (
        "\n".join(call("card", f'"{each["id"]}"') for each in read_yaml(ours, name))
        for name in ("people", "sources")
    )
    for path in (ours / "docs").rglob("*.md"):
        text = path.read_text().partition("\n---\n")[2]
        text = text.replace('{{ records("person") }}', people).replace('{{ records("source") }}', sources)
        text = text.replace("{{ references() }}", "")
        text = re.sub(r'{{ cite\((".+?")\) }}', lambda found: call("cite", found[1]), text)
        text = re.sub(r'{{ (?:fact|quote|event)\((".+?")\) }}', lambda found: call("card", found[1]), text)
        target = folder / path.relative_to(ours / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\ntitle: {path.stem}\n{front}---\n{text}")


def _run(folder: Path, *arguments: str, **environment: str) -> None:
    """Run a module of Python in a project."""
    done = run(folder, *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr


def read_yaml(ours: Path, name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.load((ours / "data" / f"{name}.yml").read_bytes(), yaml.CSafeLoader)
    return entries
