"""The console of the call centre: search, answers, look-ups for a caller, and its supervision."""
