"""Ink: white or black is painted on the decoded digit, and z follows."""
