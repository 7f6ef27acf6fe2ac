from connectors.mastodon.connector import Mastodon
from connectors.mastodon.origin import normalise_origin

__all__ = ["Mastodon", "normalise_origin"]
