"""Bluesky as its personal data server 0.4.217 speaks: what was seen on the real one, nothing more."""
