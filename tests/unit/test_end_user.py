"""Who is counted at the ANEF interface."""

from __future__ import annotations

import pytest

from gateway.conversations import Conversations


def end_user(address: str, surface: str = "page", key: str = "clé") -> str:
    conversations = Conversations(key, 60, 60)
    conversation, _ = conversations.start(surface, "fr", None)
    return conversations.end_user(conversation, address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:200::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("unknown", "unknown", True),
    ],
)
def test_one_subscriber_is_one_end_user(one: str, other: str, same: bool):
    assert (end_user(one) == end_user(other)) is same


def test_each_conversation_of_the_console_is_one_of_its_own():
    assert end_user("192.0.2.1", "console") != end_user("192.0.2.1", "console")


def test_the_key_hides_the_address():
    assert end_user("192.0.2.1", key="a" * 32) != end_user("192.0.2.1", key="b" * 32)
    assert len(end_user("192.0.2.1")) == 64
