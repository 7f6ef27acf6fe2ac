import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

django = get_wsgi_application()

from accounts.queries import organisation  # noqa: E402  (models are ready only now)
from links.redirect import own  # noqa: E402
from links.redirect.door import Door  # noqa: E402

own.ask(lambda: organisation().networks)

# Strangers who follow a short link are answered before Django's middleware: no session, no cookie, a blink.
application = Door(django)

# What is there now stays until the end: no full collection, a tenth of a second, has to walk it while a page waits.
gc.collect()
gc.freeze()
