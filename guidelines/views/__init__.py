from guidelines.views.desk import act, begin, desk, version
from guidelines.views.reading import mine, read, receipt

__all__ = ["act", "begin", "desk", "mine", "read", "receipt", "version"]
