"""The path: three ways from one place to another, compared, played and scrubbed."""
