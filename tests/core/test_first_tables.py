"""A first start makes all tables of an app at once; who upgrades goes the old steps. Both end in the same database."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from core.first_tables import CreateTogether

pytestmark = pytest.mark.django_db


def ours() -> Iterator[type[models.Model]]:
    known = {key[0] for key, one in MigrationLoader(None).disk_migrations.items() if one.replaces}
    return (model for model in apps.get_models() if model._meta.app_label in known and model._meta.managed)


def test_every_index_and_constraint_of_a_model_is_in_the_database() -> None:
    missing = []
    with connection.cursor() as cursor:
        for model in ours():
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            wanted = [*model._meta.indexes, *model._meta.constraints]
            missing += [f"{model._meta.label}.{one.name}" for one in wanted if one.name not in there]
    assert missing == []


def test_every_reference_is_kept_by_the_database() -> None:
    missing = []
    with connection.cursor() as cursor:
        for model in ours():
            there = connection.introspection.get_relations(cursor, model._meta.db_table)
            for field in model._meta.local_fields:
                if field.remote_field and getattr(field, "db_constraint", False) and field.column not in there:
                    missing.append(f"{model._meta.label}.{field.name}")
    assert missing == []


def test_no_step_before_is_left_out() -> None:
    steps = MigrationLoader(None).disk_migrations
    for key, one in steps.items():
        if one.replaces:
            last = one.replaces[-1][1]
            first = one.replaces[0][1]
            between = {(key[0], name) for app, name in steps if app == key[0] and first <= name <= last} - {key}
            assert {step for step in between if not steps[step].replaces} == set(one.replaces)


def test_what_is_made_together_can_be_taken_back() -> None:
    from django.db.migrations.operations import AddField, AddIndex, CreateModel
    from django.db.migrations.state import ProjectState

    both = CreateTogether(
        [
            CreateModel("Leaf", [("id", models.BigAutoField(primary_key=True))]),
            CreateModel("Tree", [("id", models.BigAutoField(primary_key=True)), ("day", models.DateField())]),
            AddField("Leaf", "tree", models.ForeignKey("core.Tree", models.CASCADE)),
            AddIndex("Tree", models.Index(fields=["day"], name="trees_by_day")),
        ]
    )
    before, after = ProjectState(), ProjectState()
    both.state_forwards("core", after)
    with connection.schema_editor() as editor:
        both.database_forwards("core", editor, before, after)
    with connection.cursor() as cursor:
        assert "trees_by_day" in connection.introspection.get_constraints(cursor, "core_tree")
        assert connection.introspection.get_relations(cursor, "core_leaf") == {"tree_id": ("id", "core_tree")}
    with connection.schema_editor() as editor:
        both.database_backwards("core", editor, after, before)
    assert "core_tree" not in connection.introspection.table_names()
