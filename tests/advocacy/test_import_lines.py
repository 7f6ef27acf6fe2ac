"""What the import linter cannot see by itself: that it knows every package, and that the tables follow its lines."""

import tomllib

from django.apps import apps
from django.conf import settings

from tests.advocacy.processes import ROOT

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
NOT_OURS = {"tests", "benchmarks"}


def packages() -> set[str]:
    """Apps and other packages at the top; a folder such as docs holds none."""
    return {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_OURS


def lines() -> dict[str, int]:
    """Each package's line, counted from the top; smaller is higher."""
    layers = LINTER["contracts"][0]["layers"]
    names = ((number, part.strip(" ()")) for number, layer in enumerate(layers) for part in layer.split("|"))
    return {name: number for number, name in names}


def test_every_package_is_known_to_the_linter() -> None:
    assert set(LINTER["root_packages"]) == packages()
    assert packages() - {"sandbox"} <= set(lines())


def test_no_table_points_upwards_except_to_the_person() -> None:
    line = lines()
    wrong = [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in apps.get_models()
        if (own := model.__module__.split(".")[0]) in line
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.label != settings.AUTH_USER_MODEL
        if (other := field.related_model.__module__.split(".")[0]) in line and line[other] < line[own]
    ]
    assert wrong == []


def test_no_table_points_at_whatever_it_likes() -> None:
    generic = [model._meta.label for model in apps.get_models() for field in model._meta.private_fields]
    assert generic == []
