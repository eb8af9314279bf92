"""From a group to examples: the editor's words, checked; never a visitor's."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import adopt as command
from console.adopt import ROOT, adopt
from console.inbox import Group, Inbox
from console.sentences import NLU, known_examples, refused, with_sentences
from gateway.journal_database import SqliteDatabase
from tests.console.test_inbox import refused_turn

VISITOR = "mon espace anef me dit que le paiement a echoue trois fois"
OWN = ["la carte bancaire est rejetée au moment de régler", "paiement du timbre impossible depuis hier"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two files of examples."""
    folder = tmp_path / "repository" / NLU / "faq"
    folder.mkdir(parents=True)
    for entry in ("timbre-paiement", "timbre-remboursement"):
        text = (
            f'version: "3.1"\nnlu:\n  - intent: faq/{entry}\n    examples: |\n      - comment faire pour le {entry}\n'
        )
        (folder / f"{entry}.yml").write_text(text)
    return tmp_path / "repository"


@pytest.fixture
def inbox(database: SqliteDatabase, data: Path) -> Inbox:
    database.add([refused_turn(VISITOR)])
    return Inbox(data)


@pytest.fixture
def group(inbox: Inbox) -> Group:
    return inbox.groups()[0]


def examples(root: Path) -> str:
    return (root / NLU / "faq" / "timbre-paiement.yml").read_text()


def test_the_editors_sentences_join_the_entry_after_both_checks(inbox: Inbox, group: Group, root: Path):
    ran = []
    checks = (("contenu", lambda: ran.append("contenu") or ""), ("évaluation", lambda: ran.append("évaluation") or ""))
    assert adopt(inbox, group, "timbre-paiement", OWN, root, checks) == ""
    assert ran == ["contenu", "évaluation"]
    assert examples(root).endswith("".join(f"      - {sentence}\n" for sentence in OWN))
    assert inbox.groups()[0].state == "pertinent"
    assert VISITOR not in "".join(path.read_text() for path in root.rglob("*.yml"))


@pytest.mark.parametrize(
    "copy",
    [
        VISITOR,
        VISITOR.upper() + " !",
        "Mon espace ANEF me dit que le paiement a échoué 3 fois",
        "le paiement a echoue trois fois mon espace anef me dit que",
        f"bonjour, {VISITOR}, que faire maintenant s'il vous plaît, je suis perdu avec tout cela",
    ],
)
def test_a_copy_or_near_copy_of_a_visitors_text_is_refused(inbox: Inbox, group: Group, root: Path, copy: str):
    before = examples(root)
    wrong = adopt(inbox, group, "timbre-paiement", [OWN[0], copy], root, ())
    assert "visiteur" in wrong and OWN[0] not in wrong
    assert examples(root) == before


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("comment faire pour le TIMBRE-remboursement ?", "déjà"),
        ("mon numéro est le 9987654321", "identifiant"),
        ("écrivez à essai@exemple.invalid", "identifiant"),
        ("le [timbre](papier) est refusé", "signe"),
        ("ab", "caractères"),
        ("x" * 201, "caractères"),
    ],
)
def test_what_is_no_example_is_refused_with_its_reason(root: Path, sentence: str, why: str):
    (found,) = refused([sentence], [], known_examples(root))
    assert why in found.why


def test_the_same_sentence_twice_is_one_too_many():
    assert len(refused(["régler par virement", "Régler par virement"], [], [])) == 1


@pytest.mark.parametrize("failing", [0, 1])
def test_when_a_check_fails_the_file_is_as_it_was(inbox: Inbox, group: Group, root: Path, failing: int):
    before = examples(root)
    checks = tuple(
        (name, lambda i=i: "raté" if i == failing else "") for i, name in enumerate(("contenu", "évaluation"))
    )
    assert "raté" in adopt(inbox, group, "timbre-paiement", OWN, root, checks)
    assert examples(root) == before
    assert inbox.groups()[0].state == "a-trier"


def test_an_interrupted_check_leaves_the_file_as_it_was(inbox: Inbox, group: Group, root: Path):
    def interrupted() -> str:
        raise KeyboardInterrupt

    before = examples(root)
    with pytest.raises(KeyboardInterrupt):
        adopt(inbox, group, "timbre-paiement", OWN, root, (("contenu", interrupted),))
    assert examples(root) == before


@pytest.mark.parametrize("path", sorted((ROOT / NLU / "faq").glob("*.yml")), ids=lambda path: path.stem)
def test_every_file_of_examples_takes_one_more(path: Path):
    assert with_sentences(path.read_text(encoding="utf-8"), path.stem, ["une phrase de plus"])


def test_the_command_shows_the_texts_and_refuses_what_does_not_exist(
    group: Group, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    assert command.main(["0" * 12, "timbre-paiement", "--data", str(data)]) == 2
    assert command.main([group.id, "pas-une-fiche", "--data", str(data)]) == 2
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("# rien\n\n"))
    assert command.main([group.id, "timbre-paiement", "--data", str(data)]) == 1
    out = capsys.readouterr().out
    assert VISITOR in out and "aucune phrase" in out


def test_a_draft_is_opened_empty_of_visitors_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    editor = tmp_path / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/seen\necho "{OWN[0]}" >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    assert command.read_sentences(draft=True) == [OWN[0]]
    assert VISITOR not in (tmp_path / "seen").read_text()
