"""Imported first by programs here (audit, pictures, journeys): gives them the installation's own tables."""

import os

import django

# Playwright's loop runs in this thread, and Django would take every query here for an asynchronous one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()
