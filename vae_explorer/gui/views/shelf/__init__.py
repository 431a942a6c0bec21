"""The shelf: the bookmarks along the bottom."""
