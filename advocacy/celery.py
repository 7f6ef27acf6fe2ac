import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

app = Celery("advocacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def know_new_languages(**_given: Any) -> None:
    """Mails and notices are written in the language of whoever reads them, which may be a new one."""
    from core import languages  # settings are not there yet when this module is read

    languages.look_again()
