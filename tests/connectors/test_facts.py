from connectors import registry
from core import clock


def test_every_platform_says_what_it_needs_costs_and_hides() -> None:
    for key in registry.KEYS:
        facts = registry.facts(key)
        sentences = [facts.registered_by, facts.asked_of_page, facts.costs, facts.lasts, facts.ends]
        sentences += [*facts.beforehand, *facts.never_sees]
        assert all(line.endswith(".") and "!" not in line and "  " not in line for line in sentences), key
        assert facts.never_sees and facts.sources, key
        assert facts.read_on <= clock.now().date()


def test_figures_are_named_only_where_there_are_some() -> None:
    assert {made.key for made in registry.CLASSES if made.can_read} == {
        key for key in registry.KEYS if registry.facts(key).figures
    }
