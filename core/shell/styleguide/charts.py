"""One chart of each form, with figures that show what is hard about it."""

from typing import Any

from core.charts import Band, Bar, Bars, Dumbbell, Event, Guess, Heat, Line, Point, spark, strip

WEEKS = ["31 Aug", "7 Sep", "14 Sep", "21 Sep", "28 Sep", "5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov"]
OPENED = [402, 436, 467, 452, 516, 544, 610, 585, 652, 738, 855]
BEFORE = [311, 330, 352, 344, 361, 396, 380, 371, 402, 395, 410]
MINE = [6, 9, 7, 16, 13, 14, 21, 16, None, 30, 36]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
HOURS = ["06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00", "20:00"]


def mine() -> Line:
    return Line(
        title="Your stories were opened 36 times last week, twice your usual",
        sentence="From 6 in the week of 31 August to 36 in the week of 9 November; a usual week brings 8 to 18.",
        points=[Point(week, value) for week, value in zip(WEEKS, MINE, strict=True)],
        columns=("Week", "Opened"), last_words="36 last week", band=Band(8, 18, "My usual week: 8 to 18"),
    )  # fmt: skip


def all_staff() -> Line:
    return Line(
        title="Stories were opened twice as often as in summer",
        sentence="From 402 in the week of 31 August to 855 in the week of 9 November, against 311 to 410 before.",
        points=[Point(week, value) for week, value in zip(WEEKS, OPENED, strict=True)], columns=("Week", "Opened"),
        before=BEFORE, before_words="Eleven weeks before", events=[Event(8, "Bakery story", "goes live")],
    )  # fmt: skip


def topics() -> Bars:
    rows = [("City riding", 19.6, 131), ("Workshop", 17.8, 96), ("Repair", 13.1, 74), ("Community", 10.4, 68)]
    return Bars(
        title="City riding is opened most, per post",
        sentence="City riding 19.6 from 131 posts, Workshop 17.8 from 96, Repair 13.1 from 74, Community 10.4 from 68.",
        bars=[Bar(label, value, f"from {base} posts") for label, value, base in rows],
        columns=("Topic", "Opened per post", "Resting on"), mean=15.3, mean_words="All: 15.3",
    )  # fmt: skip


def hours() -> Heat:
    cells: list[list[float | None]] = [
        [max(1.0, (24 - 2 * abs(hour - 1.5) ** 2) - 2.5 * abs(day - 1.4)) for hour in range(8)] for day in range(7)
    ]
    cells[5][0] = cells[6][0] = cells[6][7] = None
    return Heat("Tuesday mornings are heard best", "Most on Tuesday between 8 and 12.", DAYS, HOURS, cells, "Day")


def gap() -> Dumbbell:
    pairs = [
        Guess("Easy to repair", 62, 81, "better than thought"),
        Guess("Easy to store", 70, 41, "worse than thought", True),
    ]
    return Dumbbell(
        "Customers praise repair more than we think", "Repair: guess 62, truth 81.", pairs, ("What", "Guess", "Truth")
    )


def everything() -> dict[str, Any]:
    forms = (mine(), all_staff(), topics(), hours(), gap())
    strips = [("Wheel room", 42), ("Assembly", 6), ("Dealers", 0), ("Paint shop", -9)]
    return {
        "charts": [form.chart() for form in forms],
        "spark": spark([value or 0 for value in MINE]),
        "strips": [{"team": team, "change": change, "drawing": strip(change)} for team, change in strips],
    }
