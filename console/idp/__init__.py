"""A stand-in for ProConnect, for the demonstration and the tests: its rules, with invented members and no password."""
