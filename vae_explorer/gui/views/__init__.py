"""The views of a session, a file or a folder each."""
