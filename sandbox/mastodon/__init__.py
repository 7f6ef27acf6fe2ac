"""Mastodon as version 4.5 speaks it: one instance, town.example."""
