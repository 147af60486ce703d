"""A renamed record has its new id everywhere, and readers' links still land."""

import re
import shutil

import pytest

from macros.cli.rename import redirect
from macros.cli.workspace import write_files
from macros.library.published_ids import REDIRECTS
from macros.library.schema import first_line
from macros.problems import AuthorError

from ..support.builds import EXPLAINER, build, fingerprints, run


def test_a_renamed_record_has_its_new_id_everywhere_and_readers_links_still_land(explainer):
    (explainer / "data" / "published.txt").write_text("ferry-sank-once\ngulls-stayed-home\n", encoding="utf-8")
    before = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    done = run(explainer, "macros", "rename", "gulls-stayed-home", "gulls-at-home")
    assert done.returncode == 0, done.stderr
    left = [
        path.name
        for folder in ("data", "docs")
        for path in (explainer / folder).rglob("*")
        if path.is_file() and re.search(r"(?<![\w-])gulls-stayed-home(?![\w-])", path.read_text(encoding="utf-8"))
    ]
    assert sorted(left) == ["published.txt", "redirects.yml"]
    after = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    assert after == before.replace("gulls-stayed-home", "gulls-at-home")
    assert build(explainer).returncode == 0
    reused = run(explainer, "macros", "rename", "never-misses", "gulls-stayed-home")
    assert (reused.returncode, "never reused" in reused.stderr) == (1, True)
    said = run(explainer, "macros", "diff").stdout
    assert "### Renamed: quote `gulls-stayed-home` is `gulls-at-home` (on " in said
    assert re.search(r"- `docs/index.md`: its text changed", said)


def test_an_id_is_found_in_the_front_matter_of_a_page_with_other_line_ends(explainer):
    page = explainer / "docs" / "winter.md"
    before = page.read_bytes()
    written = b"---\r\nhome_of: [winter, pledge-signed] \r\n--- \r\n# Winter\r\n"
    page.write_bytes(written)
    done = run(explainer, "macros", "rename", "pledge-signed", "signed-pledge")
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == written.replace(b"pledge-signed", b"signed-pledge")
    page.write_bytes(before)


def test_titles_own_words_and_links_to_other_sites_keep_the_word(explainer):
    page = explainer / "docs" / "winter.md"
    before = page.read_text(encoding="utf-8")
    written = before.replace(
        "home_of: [winter]\n",
        "title: Winter or winter\nown_words:\n  - winter\nhome_of:\n  - winter\n",
    )
    calls = '{{ timeline(landmarks="never-misses, winter") }} {{ bars("winter, cold", "a") }}'
    links = "[a](https://x.example/#winter) [b](winter.md#winter)\n"
    page.write_text(f"{written}\n{calls} {links}", encoding="utf-8")
    done = run(explainer, "macros", "rename", "winter", "cold")
    assert done.returncode == 0, done.stderr
    after = page.read_text(encoding="utf-8")
    assert after.startswith("---\ntitle: Winter or winter\nown_words:\n  - winter\nhome_of:\n  - cold\n")
    assert after.endswith("[a](https://x.example/#winter) [b](winter.md#cold)\n")
    assert '{{ timeline(landmarks="never-misses, cold") }} {{ bars("winter, cold", "a") }}' in after
    assert run(explainer, "macros", "rename", "cold", "winter").returncode == 0
    page.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("{}\n", "count: tally-2\n"),
        ('a: "count"', 'a: "tally-2"\ncount: tally-2\n'),
        ("a: count\r\n", "a: tally-2\r\ncount: tally-2\n"),
        ('"tally-2": count\n', "count: tally-2\n"),
        ("{a: count}\n", None),
    ],
)
def test_redirects_may_be_written_in_other_ways(written, after):
    if after is None:
        with pytest.raises(AuthorError, match="its own line"):
            redirect(written, "count", "tally-2", is_published=True)
    else:
        found = redirect(written, "count", "tally-2", is_published=True)
        assert found.removeprefix(f"{first_line(REDIRECTS)}\n") == after


def test_whoever_speaks_stays_proved_under_a_new_id(explainer):
    done = run(explainer, "macros", "rename", "odo-penn", "penn")
    assert done.returncode == 0, done.stderr
    checked = run(explainer, "macros", "check")
    assert checked.returncode == 0, checked.stderr
    texts = str(EXPLAINER / "sources")
    assert run(explainer, "macros", "verify", "--check", SOURCES=texts).returncode == 0


def test_a_source_takes_its_evidence_along(explainer):
    page = explainer / "docs" / "winter.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(f"{before}\n[a](record.md#courier) [b](record.md#courier-paragraph-2)\n", encoding="utf-8")
    run(explainer, "macros", "ids")
    done = run(explainer, "macros", "rename", "courier", "weekend-courier")
    assert done.returncode == 0, done.stderr
    built = build(explainer)
    assert built.returncode == 0, built.stderr
    assert "[b](record.md#weekend-courier-paragraph-2)" in page.read_text(encoding="utf-8")
    texts = str(EXPLAINER / "sources")
    assert run(explainer, "macros", "verify", "--check", SOURCES=texts).returncode == 0
    assert run(explainer, "macros", "rename", "weekend-courier", "courier").returncode == 0
    page.write_text(before, encoding="utf-8")


def test_a_rename_is_undone_by_renaming_back(explainer):
    run(explainer, "macros", "ids")
    facts = (explainer / "data" / "facts.yml").read_bytes()
    for old, new in ("crossings-2020", "crossings-in-2020"), ("crossings-in-2020", "crossings-2020"):
        done = run(explainer, "macros", "rename", old, new)
        assert done.returncode == 0, done.stderr
    assert (explainer / "data" / "facts.yml").read_bytes() == facts
    redirects = (explainer / "data" / "redirects.yml").read_text(encoding="utf-8")
    assert redirects.splitlines()[-1] == "crossings-in-2020: crossings-2020"
    assert "\ncrossings-2020:" not in redirects


@pytest.mark.parametrize("broken", ["data/facts.yml", "docs/index.md"])
def test_nothing_is_renamed_while_a_file_cannot_be_read(explainer, broken):
    path = explainer / broken
    written = path.read_bytes()
    path.write_bytes(written + b"\n- id: \xff\n")
    before = fingerprints(explainer)
    done = run(explainer, "macros", "rename", "never-misses", "misses-never")
    assert done.returncode == 1
    assert f"{broken}:" in done.stderr
    assert fingerprints(explainer) == before
    path.write_bytes(written)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("never-misses", '"never-misses" names a record already, or did once; an id is never reused'),
        ("Misses none", '"id" should be small letters, digits and single hyphens; write "misses-none"'),
    ],
)
def test_an_id_that_cannot_be_given_is_refused_with_the_reason(new, told, explainer):
    done = run(explainer, "macros", "rename", "never-misses", new)
    assert (done.returncode, done.stderr) == (1, f"Error: {told}\n")


def test_all_files_are_written_or_none(tmp_path):
    (tmp_path / "one.yml").write_text("before", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"cannot be written .*; nothing was changed"):
        write_files({tmp_path / "one.yml": "after", tmp_path / "no-folder" / "two.yml": "after"})
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("one.yml", "before")]


def test_commands_find_pages_in_the_folder_that_the_settings_name(explainer, tmp_path):
    folder = shutil.copytree(explainer, tmp_path / "project")
    (folder / "docs").rename(folder / "pages")
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("\ndocs_dir: pages\n")
    assert "on   pages/index.md\n" in run(folder, "macros", "why", "never-misses").stdout
    said = run(folder, "macros", "rename", "no-second-ship", "one-ship").stdout
    assert re.search(r"(?m)^pages/\w+\.md$", said)
