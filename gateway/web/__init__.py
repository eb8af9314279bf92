"""What browsers get: pages, the widget, static files."""
