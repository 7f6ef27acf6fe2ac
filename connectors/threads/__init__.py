from connectors.threads.connector import Threads

__all__ = ["Threads"]
