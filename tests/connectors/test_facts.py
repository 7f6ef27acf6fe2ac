from connectors import registry
from core import clock


def test_every_platform_says_what_it_needs_costs_and_hides() -> None:
    for made in [*registry.CLASSES, *registry.PRODUCTS.values()]:
        key, facts = made.key, registry.facts_of(made)
        sentences = [facts.registered_by, facts.asked_of_page, facts.costs, facts.lasts, facts.ends]
        sentences += [*facts.beforehand, *facts.never_sees]
        assert all(line.endswith(".") and "!" not in line and "  " not in line for line in sentences), key
        assert facts.never_sees and facts.sources, key
        assert facts.read_on <= clock.now().date()
