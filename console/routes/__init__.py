"""The console's addresses, all under /console. Each module has a `router` with whole paths."""
