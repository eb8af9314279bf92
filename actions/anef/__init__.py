"""The client of the ANEF interface, written against the contract in mock_anef/README.md.

What is here runs in both environments: it needs httpx2, stamina and purgatory only.
"""

from actions.anef._answers import Account, Application, Complement, Document, Token
from actions.anef._client import AnefClient
from actions.anef._outcome import Outcome, Result, outcome

__all__ = ["Account", "AnefClient", "Application", "Complement", "Document", "Outcome", "Result", "Token", "outcome"]
