"""The vault: by reference, for one owner, for minutes."""

from gateway.vault import MemoryVault


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_for_its_owner_only():
    vault = MemoryVault()
    reference = vault.put("moi", "numero-etranger", "x", 60)
    assert vault.get("moi", reference) == "x"
    assert vault.get("autre", reference) is None
    assert vault.take("autre", reference) is None


def test_a_taken_value_is_gone():
    vault = MemoryVault()
    reference = vault.put("moi", "card", {"a": 1}, 60)
    assert vault.take("moi", reference) == {"a": 1}
    assert vault.take("moi", reference) is None


def test_a_value_ends_with_its_time():
    clock = Clock()
    vault = MemoryVault(clock)
    reference = vault.put("moi", "code", "x", 60)
    clock.now = 60
    assert vault.get("moi", reference) is None


def test_an_owner_is_forgotten_whole():
    vault = MemoryVault()
    mine, other = vault.put("moi", "code", "x", 60), vault.put("autre", "code", "y", 60)
    vault.forget("moi")
    assert (vault.get("moi", mine), vault.get("autre", other)) == (None, "y")


def test_a_reference_says_nothing_of_its_value():
    vault = MemoryVault()
    assert vault.put("moi", "code", "x", 60) != vault.put("moi", "code", "x", 60)


def test_what_is_past_its_time_is_not_kept_in_memory():
    clock = Clock()
    vault = MemoryVault(clock)
    for _ in range(10):
        vault.put("moi", "code", "x", 60)
    clock.now = 61
    vault.put("autre", "code", "y", 60)
    assert len(vault) == 1


def test_nobody_fills_the_vault():
    vault = MemoryVault(most=3)
    references = [vault.put("moi", "code", n, 60) for n in range(5)]
    assert [vault.get("moi", r) for r in references] == [None, None, 2, 3, 4]


def test_a_forgotten_value_may_come_due():
    clock = Clock()
    vault = MemoryVault(clock)
    vault.put("moi", "code", "x", 60)
    vault.forget("moi")
    clock.now = 61
    assert vault.put("moi", "code", "y", 60)
