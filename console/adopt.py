"""Turn a group of the inbox into training examples of an entry. The editor rewrites: no visitor's words are kept.

    python -m console.adopt GROUP ENTRY                  # type your sentences, one a line, an empty line ends
    python -m console.adopt GROUP ENTRY --draft          # write them in $EDITOR
    python -m console.adopt GROUP ENTRY < my-sentences

The group's texts are shown on the screen and written nowhere. The sentences join `data/nlu/faq/ENTRY.yml`, then the
content check runs, the model is trained, and the tuning questions are asked again. When one of these fails the file
is put back as it was.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.faq import load_faq
from console.inbox import Group, Inbox
from console.sentences import NLU, known_examples, refused, with_sentences
from evaluation import runs

ROOT = Path(__file__).resolve().parent.parent
RASA_PYTHON = ".venv-rasa/bin/python"
RUN, REFERENCE = "adopted", "pipeline-tuning"
WORSE = 0.01
"""A share of right answers may fall, and of wrong ones rise, by so much: three questions of the tuning set."""
_DRAFT = """
# Écrivez vos propres phrases, une par ligne, comme une personne les dirait.
# Ne recopiez pas les textes affichés à l'écran. Les lignes qui commencent par # sont ignorées.
"""

Check = Callable[[], str]
"""Returns what is wrong, or nothing."""


def content_check() -> str:
    """The checks of `make check` that read entries and examples."""
    return _run([sys.executable, "-m", "pytest", "-q", "tests/content"])


def evaluation_check() -> str:
    """Train with the new examples and ask the tuning questions again: no worse than the stored run."""
    if not (runs.RUNS / f"{REFERENCE}.json").exists():
        return f"la mesure de référence {REFERENCE} manque"
    wrong = _run([sys.executable, "-m", "deploy.local.training"]) or _run(
        [RASA_PYTHON, "-m", "evaluation.run", "--set", "tuning", "--name", RUN]
    )
    if wrong:
        return wrong
    after, before = runs.load(RUN)["scores"], runs.load(REFERENCE)["scores"]
    (runs.RUNS / f"{RUN}.json").unlink()
    shares = {name: (before[name]["share"], after[name]["share"]) for name in ("right", "wrong")}
    for name, (was, is_) in shares.items():
        print(f"  {name:6} {was:.1%} → {is_:.1%}")
    fell, rose = shares["right"][0] - shares["right"][1], shares["wrong"][1] - shares["wrong"][0]
    return "l'évaluation baisse" if max(fell, rose) > WORSE else ""


CHECKS: tuple[tuple[str, Check], ...] = (("contenu", content_check), ("évaluation", evaluation_check))


def adopt(
    inbox: Inbox,
    group: Group,
    entry: str,
    sentences: list[str],
    root: Path = ROOT,
    checks: tuple[tuple[str, Check], ...] = CHECKS,
) -> str:
    """Add `sentences` to the examples of `entry`. Returns what is wrong, with the file as it was, or nothing."""
    if not sentences:
        return "aucune phrase"
    visitors = [text for every in inbox.groups() for text, _ in every.texts]
    not_taken = refused(sentences, visitors, known_examples(root))
    if not_taken:
        return "\n".join(f"« {each.sentence} » : {each.why}" for each in not_taken)
    path = root / NLU / "faq" / f"{entry}.yml"
    before = path.read_text(encoding="utf-8")
    path.write_text(with_sentences(before, entry, sentences), encoding="utf-8")
    try:
        for name, check in checks:
            print(f"Vérification : {name}", flush=True)
            wrong = check()
            if wrong:
                path.write_text(before, encoding="utf-8")
                return f"{name} : {wrong}"
    except BaseException:
        path.write_text(before, encoding="utf-8")
        raise
    inbox.sort(group, "pertinent", "adopt")
    return ""


def show(group: Group) -> None:
    print(f"\n{len(group.items)} fois, {len(group.texts)} formulation(s). À l'écran seulement, ne les recopiez pas :\n")
    for text, count in group.texts:
        print(f"  {count:3} × {text}")
    print()


def read_sentences(draft: bool) -> list[str]:
    """The editor's sentences, from $EDITOR or line by line."""
    if draft:
        return _clean(_drafted().splitlines())
    if sys.stdin.isatty():
        print("Vos phrases, une par ligne ; une ligne vide pour finir :")
        return _clean(iter(input, ""))
    return _clean(sys.stdin.read().splitlines())


def _drafted() -> str:
    """What the editor wrote in a file of its own, outside the repository, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="anef-") as folder:
        path = Path(folder) / "phrases.txt"
        path.write_text(_DRAFT, encoding="utf-8")
        subprocess.run([*shlex.split(os.environ.get("EDITOR", "vi")), str(path)], check=True)
        return path.read_text(encoding="utf-8")


def _clean(lines: Iterable[str]) -> list[str]:
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout[-2000:] if done.returncode else ""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m console.adopt", description="D'un groupe à des exemples.")
    parser.add_argument("group", help="identifiant du groupe, lu dans la boîte")
    parser.add_argument("entry", help="fiche qui répond")
    parser.add_argument("--draft", action="store_true", help="écrire dans $EDITOR")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ANEF_DATA_DIR", ".run")))
    given = parser.parse_args(arguments)
    inbox = Inbox(given.data)
    group = inbox.find(given.group)
    if group is None or given.entry not in load_faq().entries:
        print("Ce groupe n'existe pas." if group is None else "Cette fiche n'existe pas.", file=sys.stderr)
        return 2
    show(group)
    wrong = adopt(inbox, group, given.entry, read_sentences(given.draft))
    print(wrong or f"Exemples ajoutés à {NLU}/faq/{given.entry}.yml, groupe classé « pertinent ».")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
