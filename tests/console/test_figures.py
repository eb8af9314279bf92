"""The pages for editors and supervisors: who may see them, what they show, that they can be read without eyes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from console import plots
from console.app import create_console
from console.audit import Audit
from console.figures import figures, percentile
from console.sessions import COOKIE, HANDLE_HEADER, Member
from console.settings import ConsoleSettings
from gateway.journal_database import SqliteDatabase, Turn, bucket
from gateway.services import Services
from tests.console.conftest import Talk

STAFF = Path(__file__).parents[2] / "console" / "idp" / "staff.yml"
ACTORS: dict[str, str] = {"agent": "agent-1", "supervisor": "superviseur-1", "editor": "redacteur-1"}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


class Browser:
    """A browser that is signed in with a role."""

    def __init__(self, app: object, role: str) -> None:
        member = Member(ACTORS[role], frozenset([role]))
        session, cookie = app.state.console.sessions.start(member, "")  # type: ignore[attr-defined]
        self.client = TestClient(app, base_url="https://127.0.0.1:8000", follow_redirects=False)  # type: ignore[arg-type]
        self.client.headers.update({"Cookie": f"{COOKIE}={cookie}", "Accept": "text/html"})
        self.handle = {HANDLE_HEADER: session.handle}


@pytest.fixture
def member(services: Services, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Browser]]:
    monkeypatch.setenv("ANEF_DATA_DIR", str(data))
    app = create_console(services, ConsoleSettings(staff=STAFF, url="https://127.0.0.1:8000"))
    yield lambda role: Browser(app, role)


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/console/inbox", "editor", 200),
        ("/console/inbox", "supervisor", 200),
        ("/console/inbox", "agent", 403),
        ("/console/figures", "supervisor", 200),
        ("/console/figures", "editor", 403),
        ("/console/figures", "agent", 403),
        ("/console/api/notices", "agent", 200),
    ],
)
def test_a_page_is_for_its_role_and_a_refusal_is_recorded(
    member: Callable[[str], Browser], data: Path, path: str, role: str, status: int
):
    assert member(role).client.get(path).status_code == status
    refused = [line for line in Audit(data / "audit").lines() if line.action == "refused"]
    assert [(line.actor, line.kind) for line in refused] == ([(ACTORS[role], "console-role")] if status == 403 else [])


def test_the_inbox_shows_groups_and_an_editor_sorts_them(
    member: Callable[[str], Browser], talk: Callable[..., Talk], services: Services
):
    talk().say("<script>alert(1)</script> bla")
    services.journal.flush()
    editor = member("editor")
    page = editor.client.get("/console/inbox").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    (group,) = re.findall(r'data-group="([0-9a-f]{12})"', page)
    address = f"/console/api/inbox/{group}"
    origin = {"Origin": "https://127.0.0.1:8000"}
    assert editor.client.post(address, json={"state": "hors-sujet"}, headers=origin).status_code == 403
    sorting = {**editor.handle, **origin}
    assert editor.client.post(address, json={"state": "oublié"}, headers=sorting).status_code == 422
    assert editor.client.post(address, json={"state": "hors-sujet"}, headers=sorting).status_code == 204
    assert group not in editor.client.get("/console/inbox").text
    assert group in editor.client.get("/console/inbox?etat=hors-sujet").text
    assert (
        editor.client.post("/console/api/inbox/000000000000", json={"state": "a-trier"}, headers=sorting).status_code
        == 404
    )


def test_a_supervisor_reads_the_inbox_and_sorts_nothing(
    member: Callable[[str], Browser], talk: Callable[..., Talk], services: Services
):
    talk().say("bla bla")
    services.journal.flush()
    supervisor = member("supervisor")
    page = supervisor.client.get("/console/inbox").text
    assert "data-state" not in page
    (group,) = re.findall(r'data-group="([0-9a-f]{12})"', page)
    refused = supervisor.client.post(f"/console/api/inbox/{group}", json={"state": "erreur"}, headers=supervisor.handle)
    assert refused.status_code == 403


def test_figures_are_those_of_the_journal_and_the_trail(database: SqliteDatabase, data: Path):
    def turn(kind: str, topic: str | None, seconds: float) -> Turn:
        return Turn("a" * 64, "page", None, kind, topic, "", seconds)

    database.add([turn("answer", "timbre-paiement", 0.2)] * 6 + [turn("not_understood", None, 0.2)] * 2)
    database.add([turn("lookup", "status", 0.9), turn("out_of_scope", None, 3.0)])
    audit = Audit(data / "audit")
    audit.record("agent-3", "lookup", "status", "suivi")
    found = figures(data, audit, datetime.now(UTC).date())
    assert len(found.days) == 30
    assert (found.turns[-1], found.refused_share[-1], found.refused_share[0]) == (10, 30.0, None)
    assert found.entries == [("timbre-paiement", 6)]
    assert (found.lookups[-1], found.agent_lookups[-1]) == (1, 1)
    assert found.median[-1] == pytest.approx(0.2, rel=0.13)
    assert found.slowest_twentieth[-1] == pytest.approx(3.0, rel=0.13)
    assert found.median[0] is None


def test_every_plot_has_a_name_and_a_table_with_the_same_numbers(
    member: Callable[[str], Browser], talk: Callable[..., Talk], services: Services
):
    talking = talk()
    answer = talking.say("payer le timbre")[0]
    talking.judge(answer["id"], True)
    services.journal.flush()
    response = member("supervisor").client.get("/console/figures")
    drawn = [ElementTree.fromstring(svg) for svg in SVG.findall(response.text)]
    assert len(drawn) == 6
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in drawn)
    assert response.text.count("<table>") == 6
    title = services.texts.faq.entries["timbre-paiement"].title
    assert response.text.count(title.replace("'", "&#39;")) >= 2
    assert " style=" not in response.text, "the page's policy refuses inline style"


def test_plots_of_nothing_are_plots():
    for svg in (plots.bars("Rien", []), plots.lines("Rien", [], [[]]), plots.lines("Rien", ["1"], [[None]])):
        ElementTree.fromstring(svg)


def test_labels_of_a_plot_are_text():
    svg = plots.bars('<b> "x" & y', [("<i>", 3)])
    assert ElementTree.fromstring(svg).get("aria-label") == '<b> "x" & y'


def test_percentiles():
    classes = [(bucket(0.1), 90), (bucket(2.0), 10)]
    assert percentile(classes, 0.5) == pytest.approx(0.1, rel=0.13)
    assert percentile(classes, 0.95) == pytest.approx(2.0, rel=0.13)
    assert percentile([], 0.5) is None


def test_a_year_of_audit_is_not_read_for_a_month_of_figures(database: SqliteDatabase, data: Path):
    folder = data / "audit"
    audit = Audit(folder)
    (folder / "2020-01-01.jsonl").write_text("not read\n")
    start = time.monotonic()
    figures(data, audit, datetime.now(UTC).date())
    assert time.monotonic() - start < 1
