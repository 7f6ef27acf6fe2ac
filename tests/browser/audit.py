"""`make audit`: every page of the resolver under axe, on phone and desk, light and dark; each form without scripts; the
pages people meet first under Lighthouse.

ARGS="today compose" looks at pages and forms with these words in their names only, ARGS=lighthouse at nothing else.
"""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import os
import sys
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser import pages
from tests.browser.chromium import launched
from tests.browser.forms import FORMS, NO_FORM_TEST
from tests.browser.house import DESK, PHONE, House
from tests.browser.lighthouse import Look, NoLighthouse, line_of, look_at_all
from tests.browser.looking import finds_what_is_planted, sideways, too_small, violations
from tests.browser.pages import VISITS, Visit


@dataclass
class Report:
    """Faults end the audit with a failure; remarks are only read."""

    violations: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    forms: int = 0
    said: set[str] = field(default_factory=set)

    def speak(self) -> None:
        """What is new since last time, so that one can begin to mend while it runs."""
        for line in [*self.violations, *self.faults]:
            if line not in self.said:
                print(line, flush=True)
                self.said.add(line)


def main(wanted: list[str]) -> int:
    report = Report(faults=lists_that_disagree())
    looks: list[Look] = []
    visits = [visit for visit in VISITS if not wanted or any(word in visit.name for word in wanted)]
    with launched() as browser:
        house = House(browser)
        if not sees_planted(house):
            print("axe: the page broken on purpose was not caught, so nothing that follows would mean anything")
            return 1
        print("axe: the planted page and the planted route were caught")
        look_at(house, visits, report)
        house.close()
        fill_in(house, wanted, report)
        if not wanted or "lighthouse" in wanted:
            looks = under_lighthouse(house, report)
        report.faults += [f"console: {text}" for text in house.complaints if not usual(text)]
    return tell(report, looks)


def under_lighthouse(house: House, report: Report) -> list[Look]:
    try:
        looks = look_at_all(house)
    except NoLighthouse as problem:
        report.faults.append(f"lighthouse: {problem}")
        return []
    for one in looks:
        print(f"{one.visit.name}: {' '.join(f'{name}={score}' for name, score in one.scores.items())}")
        report.faults += [f"{one.visit.name}: {short}: {'; '.join(one.lost)[:500]}" for short in one.short]
    return looks


def lists_that_disagree() -> list[str]:
    unlisted = [f"{name}: no visit in tests/browser/pages.py and no reason why not" for name in pages.unlisted()]
    return unlisted + [f"{name}: listed, but there is no such route" for name in pages.stale()]


def sees_planted(house: House) -> bool:
    context = house.window("stranger")
    page = context.new_page()
    caught = finds_what_is_planted(page) and "planted" in pages.unlisted({*pages.routes(), "planted"})
    house.close()
    return caught


def look_at(house: House, visits: list[Visit], report: Report) -> None:
    for who in dict.fromkeys(visit.who for visit in visits):
        theirs = [visit for visit in visits if visit.who == who]
        for size in (PHONE, DESK):
            context = house.window(who, size=size)
            for visit in theirs:
                page = context.new_page()
                house.complaints.hear(page)
                try:
                    look_once(page, visit, size, report)
                except Exception as problem:
                    report.faults.append(f"{visit.name}: {str(problem)[:300]}")
                page.close()
                report.speak()
            house.close()
        report.pages += len(theirs)


def look_once(page: Page, visit: Visit, size: tuple[int, int], report: Report) -> None:
    answer = page.goto(visit.address)
    if answer and answer.status != visit.status:
        report.faults.append(f"{visit.name}: answered {answer.status}, expected {visit.status}")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        report.violations += [f"{visit.name} {size[0]} {theme}: {line}" for line in violations(page)]
    if size != PHONE:
        return
    if wide := sideways(page):
        report.faults.append(f"{visit.name}: {wide} at 320 px")
    for line in too_small(page):
        report.remarks.setdefault(line, visit.name)
    # Notices stand above any page; their own page shows what their buttons do.
    own = page.locator("main form[method=post]:not(.notices form)")
    if own.count() and visit.route not in {**FORMS, **NO_FORM_TEST}:
        report.faults.append(f"{visit.name}: its form is in neither list of tests/browser/forms.py")


def fill_in(house: House, wanted: list[str], report: Report) -> None:
    """Each page's main form, sent by a browser that runs no script."""
    for route, (who, fill) in FORMS.items():
        if wanted and not any(word in route for word in wanted):
            continue
        page = house.page(who, script=False)
        try:
            fill(page)
            report.forms += 1
        except Exception as problem:
            report.faults.append(f"{route} without JavaScript: {str(problem)[:300]}")
        house.close()


def usual(complaint: str) -> bool:
    """A page that answers 404 or 403 as it should is an error to the console; workers are held off on purpose."""
    return "status of" in complaint


def tell(report: Report, looks: list[Look]) -> int:
    report.speak()
    for line, name in report.remarks.items():
        print(f"small target on {name}, {line}")
    print(f"forms: without JavaScript {report.forms}, small targets {len(report.remarks)}, faults {len(report.faults)}")
    print(f"axe: violations={len(report.violations)} pages={report.pages}")
    if looks:
        print(line_of(looks))
    return 1 if report.violations or report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or os.environ.get("ARGS", "").split()))
