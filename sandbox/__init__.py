"""Stand-in platforms: Mastodon, Bluesky, LinkedIn, X and Threads, on a port of their own, for demo, tests, benchmarks.

A program of its own. It imports nothing of the product and the product imports nothing of it: only addresses connect
the two, so that a connector cannot tell whom it is talking to.
"""
