"""What can go wrong before anything runs, each as one sentence for the person at the terminal."""


class CannotStart(Exception):
    """The text is the whole message: what happened and what to do."""


class CannotNest(CannotStart):
    """The kernel refuses a user namespace, so PostgreSQL cannot run as another user in place."""
