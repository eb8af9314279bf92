"""Short sentences: at most 20 words on average in an entry. Those over 25 are printed to be looked at, not failed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.faq import Entry, load_faq

AVERAGE = 20  # words a sentence, over all French texts of an entry
LONG = 25

FAQ = load_faq()
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"^\s*(?:- |\d+\. )")
_END = re.compile(r"(?:(?<=[.!?])|(?<=\. »))\s+(?=[A-ZÀ-Ý«\d])")

every_entry = pytest.mark.parametrize("entry", FAQ.entries.values(), ids=FAQ.entries.keys())


def sentences(markdown: str) -> Iterator[str]:
    """The sentences of `markdown`, links as their text. A line that announces a list or a part is none."""
    for line in _LINK.sub(r"\1", markdown).splitlines():
        announces = line.rstrip().endswith(":") or re.fullmatch(r"\*\*[^*]+\*\*", line.strip())
        if line.strip() and not announces:
            yield from _END.split(_MARK.sub("", line).replace("**", "").strip())


def words(sentence: str) -> int:
    """Words as read: punctuation is none, a telephone number is one."""
    joined = re.sub(r"(?<=\d) (?=\d{3})", "", sentence)
    return sum(bool(re.search(r"\w", word)) for word in joined.split())


def said(entry: Entry) -> list[str]:
    texts = [entry.french.short, entry.french.full, *entry.french.cases.values()]
    return [sentence for text in texts for sentence in sentences(FAQ.expand(text))]


@every_entry
def test_the_sentences_of_an_entry_are_short_on_average(entry):
    counts = [words(sentence) for sentence in said(entry)]
    assert sum(counts) / len(counts) <= AVERAGE


def test_long_sentences_are_shown(capsys):
    long = {f"{entry.id} ({words(s)}) : {s}" for entry in FAQ.entries.values() for s in said(entry) if words(s) > LONG}
    with capsys.disabled():
        print(f"\n{len(long)} phrases de plus de {LONG} mots", *sorted(long), sep="\n  ")


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        (
            "Cliquez sur « Mot de passe oublié ? » puis attendez.",
            ["Cliquez sur « Mot de passe oublié ? » puis attendez."],
        ),
        ("Le site affiche « Fait. » Attendez.", ["Le site affiche « Fait. »", "Attendez."]),
        ("À savoir :\n\n- **Un** timbre.\n2. [3939](tel:3939)", ["Un timbre.", "3939"]),
        ("**Limites**\n\nVoir timbres.exemple.invalid ici.", ["Voir timbres.exemple.invalid ici."]),
    ],
)
def test_markdown_is_read_as_sentences(markdown, read):
    assert list(sentences(markdown)) == read


def test_words_are_counted_as_read():
    assert words("Appelez : le 0 806 001 620, « dès aujourd'hui » !") == 5
