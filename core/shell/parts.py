"""What the shell is made of. The project fills these in; templates/base.html reads them."""

from dataclasses import dataclass, field

BAR_PLACES = 5


@dataclass(frozen=True)
class NavItem:
    """One place. `icon` names a symbol of static/img/icons.svg; `count` is only for what waits for this person."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0
    group: str = ""


@dataclass(frozen=True)
class Organisation:
    name: str
    logo: str = ""
    accent: str = "#0a5c68"

    @property
    def accent_version(self) -> str:
        """Part of the address of /accent.css, which may then be kept for a year."""
        return self.accent.lstrip("#")


@dataclass(frozen=True)
class Me:
    name: str
    role_word: str = ""
    picture: str = ""
    menu: list[NavItem] = field(default_factory=list)
    mark: str = ""  # tells members apart on one device, and names nobody


@dataclass(frozen=True)
class NavSplit:
    bar: list[NavItem]
    rest: list[NavItem]

    @property
    def rest_current(self) -> bool:
        return any(item.current for item in self.rest)


def split_nav(items: list[NavItem]) -> NavSplit:
    """Five places fit under a thumb. With more, grouped ones go behind "More", and at the desk under their heading."""
    ungrouped = [item for item in items if not item.group]
    grouped = [item for item in items if item.group]
    if len(items) <= BAR_PLACES:
        return NavSplit(ungrouped + grouped, [])
    room = BAR_PLACES - 1
    return NavSplit(ungrouped[:room], ungrouped[room:] + grouped)
