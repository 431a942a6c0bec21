"""The map: the encoded digits on a plane, where z is among them, and how one moves there."""
