"""The input pipeline: normalise first, check last."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sanitize import Refused, clean

SPACES = [chr(i) for i in range(sys.maxunicode + 1) if chr(i).isspace()]


@pytest.mark.parametrize("blank", SPACES, ids=lambda c: f"U+{ord(c):04X}")
def test_a_slash_behind_any_blank_is_text(blank):
    assert clean(f"{blank}/restart") == "restart"


@pytest.mark.parametrize(
    "disguise", ["／", "\u200b/", "\ufeff/", "\u200f/", "\u2066/", "//", "/ /", "\U000e002f/", "\u00ad/", "/\u200d/"]
)
def test_a_disguised_slash_is_text(disguise):
    assert clean(f"{disguise}restart") == "restart"


@given(st.text(max_size=200))
def test_cleaning_is_idempotent_and_never_leaves_a_leading_slash(text):
    try:
        cleaned = clean(text)
    except Refused:
        return
    assert clean(cleaned) == cleaned
    assert not cleaned.strip().startswith("/")


@given(st.text(alphabet=st.sampled_from("/／ \u200b\u00a0\u0301a⟦⟧\u202e\n\t\r\x85"), max_size=40))
def test_the_same_for_texts_made_of_tricks(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not cleaned.startswith("/")
    assert not set("⟦⟧\u202e\u200b") & set(cleaned)


@pytest.mark.parametrize(("text", "code"), [("a\x00b", "nul"), ("a\ud800b", "surrogate")])
def test_what_is_not_text_is_refused(text, code):
    with pytest.raises(Refused) as refusal:
        clean(text)
    assert refusal.value.code == code


def test_a_forged_placeholder_is_only_brackets():
    assert clean("⟦numero-etranger#0123456789abcdef⟧") == "[numero-etranger#0123456789abcdef]"


def test_french_and_persian_keep_their_letters():
    french = "Où est l’« étranger » ? Cœur, ça, 3 €"
    assert clean(french) == unicodedata.normalize("NFKC", french)
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_paragraphs_stay_apart():
    assert clean("un \r\n\r\n  deux") == "un\ndeux"
