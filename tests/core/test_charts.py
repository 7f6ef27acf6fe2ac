import re
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core import charts
from core.charts import drawing
from core.shell.styleguide import charts as samples

FORMS = {
    form.__class__.__name__: form for form in (samples.all_staff(), samples.topics(), samples.hours(), samples.gap())
}
NUMBER = r"-?\d+(?:\.\d+)?"


def drawings(chart):
    return [chart.narrow, chart.mid, chart.wide]


def attributes(mark):
    return dict(mark.attributes)


def line(values, **more):
    points = [charts.Point(str(number), value) for number, value in enumerate(values)]
    return charts.Line("title", "sentence", points, ("Day", "Opened"), **more)


def marks(sheet, css):
    return [mark for mark in sheet.marks if css in mark.css.split()]


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_drawn_for_phone_half_desk_and_desk(name):
    assert [sheet.width for sheet in drawings(FORMS[name].chart())] == [340, 480, 620]


@pytest.mark.parametrize(("name", "language"), list(product(FORMS, ["en", "de"])))
def test_coordinates_are_numbers_in_every_language(name, language):
    with translation.override(language):
        page = render_to_string("components/charts/chart.html", {"chart": FORMS[name].chart()})
    svg = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
    for value in re.findall(r' (?:x|y|cx|cy|r|rx|width|height)="([^"]*)"', svg):
        assert re.fullmatch(NUMBER, value), value
    for path in re.findall(r' d="([^"]*)"', svg):
        assert re.fullmatch(rf"(?:[MLHVZ]|{NUMBER}| )+", path), path


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_drawn_outside_its_sheet(name):
    for sheet in drawings(FORMS[name].chart()):
        for mark in sheet.marks:
            numbers = {key: float(value) for key, value in mark.attributes if key in ("x", "cx", "y", "cy")}
            assert 0 <= numbers.get("x", numbers.get("cx", 0)) <= sheet.width
            assert -2 <= numbers.get("y", numbers.get("cy", 0)) <= sheet.height


@pytest.mark.parametrize("name", FORMS)
def test_a_reader_of_the_screen_gets_a_sentence_and_a_table_and_skips_the_drawing(name):
    chart = FORMS[name].chart()
    page = render_to_string("components/charts/chart.html", {"chart": chart})
    assert chart.sentence in page
    assert page.count("<svg") == page.count('aria-hidden="true" focusable="false"') == 3
    assert page.count('scope="row"') == len(chart.rows)


def test_numbers_in_words_follow_the_language():
    with translation.override("de"):
        assert drawing.said(1234.5) == "1.234" or drawing.said(1234.5) == "1.235"
        assert drawing.said(19.6) == "19,6"
    assert drawing.said(None) == "–"


def test_a_day_without_measurement_is_a_gap_and_not_a_zero():
    sheet = line([3, None, 5, 6]).draw(340)
    assert len(marks(sheet, "line")) == 2
    assert ("1", "–") in line([3, None, 5, 6]).columns_and_rows()[1]


def test_a_line_of_nothing_draws_its_ground_only():
    for values in ([], [None, None], [0, 0]):
        sheet = line(values).draw(340)
        assert not marks(sheet, "dot") or values == [0, 0]


def test_the_last_point_is_named():
    sheet = line([1, 2, 36], last_words="36 last week").draw(340)
    assert [mark.words for mark in marks(sheet, "strong")] == ["36 last week"]


def test_the_band_of_my_usual_replaces_the_axis_of_numbers():
    sheet = line([1, 2, 36], band=charts.Band(8, 18, "My usual week: 8 to 18")).draw(340)
    assert len(marks(sheet, "band")) == 1
    assert not marks(sheet, "grid")


@given(st.lists(st.none() | st.floats(0, 1e7), max_size=40))
@example([5e-324])
def test_any_line_can_be_drawn(values):
    for sheet in drawings(line(values).chart()):
        assert all("nan" not in value and "inf" not in value for mark in sheet.marks for _, value in mark.attributes)


@given(st.floats(0.01, 1e8), st.integers(2, 6))
def test_ticks_are_few_and_reach_the_highest(highest, steps):
    found = drawing.ticks(highest, steps)
    assert found[0] == 0
    assert found[-1] >= highest * 0.999
    assert len(found) <= steps + 2


def test_bars_below_the_mean_are_quiet():
    sheet = samples.topics().draw(340)
    assert [("quiet" in mark.css) for mark in sheet.marks if mark.tag == "rect"] == [False, False, True, True]


def test_bars_share_one_scale():
    first, second = [
        float(attributes(mark)["width"]) for mark in samples.topics().draw(340).marks if mark.tag == "rect"
    ][:2]
    assert first == 340
    assert second == pytest.approx(340 * 17.8 / 19.6, abs=0.1)


def test_a_heat_map_names_its_three_best_and_leaves_small_cells_blank():
    heat = charts.Heat("t", "s", ["Mon"], ["a", "b", "c", "d", "e"], [[None, 10.0, 9.9, 9.8, 9.7]])
    sheet = heat.draw(620)
    assert [mark.words for mark in marks(sheet, "on")] == ["10", "9.9", "9.8"]
    assert len(marks(sheet, "heat0")) == 1


def test_guess_is_hollow_and_truth_is_filled():
    sheet = samples.gap().draw(340)
    assert len(marks(sheet, "guess")) == 2
    assert len(marks(sheet, "truth")) == len(marks(sheet, "worse")) == 1


def test_below_its_usual_is_grey_and_never_red():
    sheet = charts.strip(-12)
    assert marks(sheet, "below") and not marks(sheet, "worse")


def test_a_strip_stops_at_its_edge():
    assert [attributes(mark)["cx"] for mark in marks(charts.strip(900), "truth")] == ["228"]


def test_a_sparkline_of_one_value_is_a_dot():
    assert [mark.tag for mark in charts.spark([4]).marks] == ["circle"]
    assert charts.spark([]).marks == ()


def test_words_from_people_are_escaped():
    chart = replace(samples.topics(), bars=[charts.Bar("<script>", 1, "<b>")]).chart()
    page = render_to_string("components/charts/chart.html", {"chart": chart})
    assert "<script>" not in page and "<b>" not in page


def box(mark):
    """Of a text: from, to, highest, lowest."""
    place = {name: float(value) for name, value in mark.attributes if name in ("x", "y")}
    wide = drawing.LETTER * len(mark.strong + mark.words)
    begins = place["x"] - (wide if attributes(mark)["text-anchor"] == "end" else 0)
    return begins, begins + wide, place["y"] - 9, place["y"] + 2


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def spots_of(sheet):
    """Points of the drawn line, and some between them."""
    (drawn,) = marks(sheet, "line")
    points = [tuple(map(float, pair.split())) for pair in attributes(drawn)["d"][1:].split("L")]
    for (x1, y1), (x2, y2) in pairwise(points):
        yield from ((x1 + (x2 - x1) * part / 9, y1 + (y2 - y1) * part / 9) for part in range(10))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=90), st.data())
@example([95] * 57 + [0, 20, 42], None)
def test_what_parts_the_time_is_named_and_no_words_lie_over_another_or_the_line(values, data):
    places = data.draw(st.sets(st.integers(0, len(values) - 1), max_size=4)) if data else {56}
    events = [charts.Event(place, f"Version {place}", whole=True) for place in sorted(places)]
    chart = line(values, last_words=f"{values[-1]} now", events=events).chart()
    for sheet in drawings(chart):
        (end,) = marks(sheet, "strong")
        named = [box(mark) for mark in sheet.marks if mark.strong]
        assert len(marks(sheet, "event")) == len(named) == len(events)
        assert all(apart(one, other) for one, other in combinations([*named, box(end)], 2))
        left, right, high, low = box(end)
        assert right <= sheet.width + 1
        assert not any(left < x < right and high < y < low for x, y in spots_of(sheet))
        for name in named:
            assert not any(name[0] < x < name[1] and name[2] < y < name[3] for x, y in spots_of(sheet))
    rows = dict(chart.rows)
    assert all(f"{place} · Version {place}" in rows for place in places), "the table says it, too"
