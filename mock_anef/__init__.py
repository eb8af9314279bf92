"""A stand-in for the ANEF interface: accounts and applications, behind OAuth 2.0 and one-time codes."""
