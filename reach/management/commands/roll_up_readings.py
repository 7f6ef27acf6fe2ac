from argparse import ArgumentParser
from datetime import date, timedelta

from django.core.management.base import BaseCommand

from core import clock
from reach.actions import roll_up


class Command(BaseCommand):
    help = "Make the figures of each day again from the single readings there are. It may be run at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("since", type=date.fromisoformat, help="the first day, as 2026-11-01")

    def handle(self, *args: object, since: date, **options: object) -> None:
        days = roll_up(since=since, until=clock.today_utc() + timedelta(days=1))
        self.stdout.write(f"Made again: {days}.")
