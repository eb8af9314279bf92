"""E-mails and SMS, kept to be shown in place of being sent.

Every request queues a message, also those that nobody will get: the work done after an answer then tells no more
than the answer. What has no recipient is never shown.
"""

import json
from datetime import UTC, datetime, timedelta

from mock_anef.access import OpenedRequest
from mock_anef.clock import Clock
from mock_anef.models import Message
from mock_anef.personas import Contact
from mock_anef.storage import Database

KEPT = timedelta(hours=24)
SHOWN = 200
CODE_SUBJECT = "Votre code de vérification"
CODE_BODY = (
    "Vous avez demandé à consulter vos informations avec l'assistant. Votre code : {code}. "
    "Il est valable 10 minutes et ne sert qu'une fois. Si vous n'avez rien demandé, ignorez ce message."
)
RESET_SUBJECT = "Réinitialisation de votre mot de passe"
RESET_BODY = (
    "Vous avez demandé à changer de mot de passe. Suivez ce lien : "
    "https://compte.exemple.invalid/mot-de-passe (démonstration : il ne mène nulle part). "
    "Si vous n'avez rien demandé, ignorez ce message."
)
ACCOUNTS_WITH_A_PASSWORD = {"active", "email_unconfirmed", "locked"}


class OutboxStore:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def send_code(self, request: OpenedRequest) -> None:
        """To the confirmed e-mail, else the phone, else nobody."""
        contact, _ = self._person(request.persona)
        channel, recipient = route(contact)
        body = CODE_BODY.format(code=request.code)
        self._queue(channel, recipient, CODE_SUBJECT, body, request.code, request.persona, request.id)

    async def send_reset(self, persona: str | None) -> None:
        """To the e-mail of the account, when there is one."""
        contact, account_state = self._person(persona)
        recipient = contact.email if account_state in ACCOUNTS_WITH_A_PASSWORD else None
        self._queue("email", recipient, RESET_SUBJECT, RESET_BODY, None, persona, None)

    def messages(self, persona: str | None = None) -> list[Message]:
        """The newest first, and not more than a page can hold."""
        with self._database.transaction() as sql:
            rows = sql.execute(
                "SELECT * FROM message WHERE recipient IS NOT NULL AND persona = coalesce(?, persona) "
                "AND expires_at > ? ORDER BY id DESC LIMIT ?",
                (persona, self._clock.now().timestamp(), SHOWN),
            ).fetchall()
        return [
            Message(
                id=row["id"],
                sent_at=datetime.fromtimestamp(row["sent_at"], UTC),
                channel=row["channel"],
                to=row["recipient"],
                subject=row["subject"],
                body=row["body"],
                code=row["code"],
                persona=row["persona"],
                access_request=row["access_request"],
            )
            for row in rows
        ]

    def _person(self, persona: str | None) -> tuple[Contact, str]:
        with self._database.transaction() as sql:
            row = sql.execute("SELECT contact, account FROM person WHERE persona = ?", (persona,)).fetchone()
        if row is None:
            return Contact(), "none"
        return Contact.model_validate_json(row["contact"]), json.loads(row["account"])["state"]

    def _queue(
        self,
        channel: str | None,
        recipient: str | None,
        subject: str,
        body: str,
        code: str | None,
        persona: str | None,
        access_request: str | None,
    ) -> None:
        now = self._clock.now()
        row = (now.timestamp(), channel, recipient, subject, body, code, persona, access_request)
        with self._database.transaction() as sql:
            sql.execute(
                "INSERT INTO message (sent_at, channel, recipient, subject, body, code, persona, access_request, "
                "expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, (now + KEPT).timestamp()),
            )


def route(contact: Contact) -> tuple[str | None, str | None]:
    """Channel and recipient of a code; a code never goes to an address that was not confirmed."""
    if contact.email and contact.email_confirmed:
        return "email", contact.email
    if contact.phone:
        return "sms", contact.phone
    return None, None
