"""What a view is handed: the Desk, and the things that lie on it."""
