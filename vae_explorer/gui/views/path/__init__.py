"""The path: the ways from one place to another, compared, played and scrubbed."""
