"""« Effacer la conversation » with the real Rasa: no byte of it is left in any file of the run."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path

from tests.scenario.conftest import Stack

CANARY = "canarifluorescent"


def files_with(run: Path, canary: str) -> list[str]:
    files = (path for path in run.rglob("*") if path.is_file())
    return [path.name for path in files if re.search(canary.encode(), path.read_bytes())]


def test_after_an_erasure_no_file_holds_a_word_of_it_nor_its_sender(stack: Stack):
    talk, other = stack.talk(), stack.talk()
    for number in range(8):
        talk.say(f"j'ai perdu mon mot de passe {CANARY} {number}")
        other.say(f"comment payer le timbre fiscal temoinsilencieux {number}")
    key = (stack.run / "server.key").read_bytes()
    sender = hmac.new(key, talk.id.encode(), hashlib.sha256).hexdigest()
    assert "tracker.db" in " ".join(files_with(stack.run, CANARY)), "Rasa keeps the words until then"
    assert files_with(stack.run, sender)
    response = talk.client.delete(f"/api/conversations/{talk.id}", headers=talk.headers)
    assert response.status_code == 204
    assert files_with(stack.run, CANARY) == []
    assert files_with(stack.run, sender) == []
    assert other.say("bonjour")[0]["topic"] == "greet", "Rasa goes on, and so do the others"
    assert files_with(stack.run, "temoinsilencieux")
