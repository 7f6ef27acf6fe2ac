"""One folder per platform, all with the same face (`connectors.base`). Plain Python: no Django, no tables."""
