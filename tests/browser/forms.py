"""The main form of each page, filled in and sent without JavaScript, and its effect read from the page that answers."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from accounts.models import LinkedAccount, Organisation, User, WordsReader
from accounts.queries import KEPT_SECONDS, forget_kept
from advocacy.tour import ROLES
from content.models import Story
from core import clock
from notifications.actions import tell
from shares.actions import cancel_share, plan_share
from shares.models import Share
from tests.browser import examples
from tests.browser.filling import Fill, at, press, reads
from tests.browser.guideline_forms import GUIDELINE_FORMS


def enter_by_a_door(page: Page) -> None:
    page.goto(at("tour"))
    press(page, "Share a story")
    expect(page).to_have_url(re.compile("/share/$"))


def sign_in_by_mail(page: Page) -> None:
    page.goto(at("accounts:ask_for_mail"))
    page.get_by_label(re.compile("mail", re.I)).first.fill(ROLES["hr"])
    press(page, "Send me the mail")
    code = str(examples.newest_link(ROLES["hr"], r"\b(\d{6})\b"))
    page.get_by_label(re.compile("code", re.I)).fill(code)
    press(page, "Sign in with the code")
    expect(page).to_have_url(re.compile("/$"))


def sign_in_with_a_wrong_password(page: Page) -> None:
    page.goto(at("account_login"))
    page.get_by_label("E-mail address or sign-in name").fill(ROLES["hr"])
    page.get_by_label("Password").fill("not the password")
    press(page, re.compile("^Sign in$"))
    expect(page.get_by_label("E-mail address or sign-in name")).to_have_value(ROLES["hr"])


def ask_for_a_new_password(page: Page) -> None:
    page.goto(at("account_reset_password"))
    page.locator("main input[type=email]").fill(ROLES["hr"])
    page.locator("main form[method=post] button").first.click()
    expect(page).to_have_url(re.compile("/password/reset/done/"))


def press_the_button_of_a_mail(page: Page) -> None:
    page.goto(at("accounts:mail_button"))
    press(page, re.compile("^Sign in as"))
    expect(page).to_have_url(re.compile("/$"))


def type_an_unknown_invitation(page: Page) -> None:
    page.goto(at("accounts:find_invitation"))
    page.get_by_label("The code on it").fill("AAAA-AAAA-AAAA-AAAA")
    press(page, "Open my invitation")
    reads(page, "There is no such invitation.")


def confirm_an_address(page: Page) -> None:
    page.goto(at("accounts:confirm_mail"))
    press(page, "Yes, use this address")
    assert User.objects.filter(email="mina@home.example").update(email=ROLES["member"]) == 1


def share_and_take_back(page: Page) -> None:
    page.goto(at("shares:compose"))
    page.get_by_label("Your words").fill("Sent by a browser that runs no script.")
    page.locator("#share-button").click()
    expect(page).to_have_url(re.compile("/shares/$"))
    reads(page, "Sent by a browser that runs no script.")
    page.get_by_role("button", name="Take it back").click()
    reads(page, "Taken back. Nothing was posted.")


def change_a_plan(page: Page) -> None:
    page.goto(at("shares:share", "scheduled"))
    page.get_by_label("Your words").fill("Other words, without a script.")
    press(page, "Change the words")
    reads(page, "Your words are changed.")
    reads(page, "Other words, without a script.")


def save_the_profile(page: Page) -> None:
    page.goto(at("accounts:profile"))
    page.get_by_label("What you do").fill("Design engineer, mostly")
    press(page, "Save my profile")
    expect(page.get_by_label("What you do")).to_have_value("Design engineer, mostly")


def ask_for_another_address(page: Page) -> None:
    page.goto(at("accounts:change_mail"))
    page.locator("main input[type=email]").fill("mina@elsewhere.example")
    press(page, "Write to this address")
    reads(page, "mina@elsewhere.example")


def choose_a_sign_in_name(page: Page) -> None:
    page.goto(at("accounts:sign_in_name"))
    page.locator("main input[type=text]").first.fill("mina-o")
    press(page, "Save the name")
    reads(page, "mina-o")


def choose_hours(page: Page) -> None:
    page.goto(at("accounts:working_hours"))
    press(page, "Save my hours")
    expect(page).to_have_url(re.compile("/me/$"))


def choose_messages(page: Page) -> None:
    page.goto(at("accounts:messages"))
    page.get_by_label("Once a week").check(force=True)
    press(page, "Save my choices")
    reads(page, "The next:")


def pause_messages(page: Page) -> None:
    page.goto(at("accounts:messages"))
    press(page, "Pause everything for two weeks")
    reads(page, "Paused until")
    press(page, "End the pause")


def share_from_a_mail(page: Page) -> None:
    page.goto(at("shares:opened"))
    page.get_by_label("Your words").fill("I was there, and it held.")
    press(page, "Sign in and go on")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def stop_a_mail(page: Page) -> None:
    page.goto(at("notifications:stop"))
    press(page, "Send me no more of these")
    reads(page, "no more mails of this kind")


def connect_mastodon(page: Page) -> None:
    page.goto(at("accounts:connect", "mastodon"))
    page.get_by_label("Your address there").fill("@mina@town.example")
    press(page, "Connect Mastodon")
    expect(page.get_by_role("link", name="Continue to Mastodon")).to_have_attribute(
        "href", re.compile("/mastodon/oauth/")
    )


def ask_before_disconnecting(page: Page) -> None:
    page.goto(at("accounts:connected"))
    page.get_by_role("link", name=re.compile("^Disconnect")).last.click()
    press(page, re.compile("^Disconnect"))
    reads(page, "is no longer connected.")


def join_the_board(page: Page) -> None:
    page.goto("/teams/?tab=people")
    press(page, "Hide me")
    reads(page, "You are hidden.")
    press(page, "Stop hiding me")
    reads(page, "You are no longer hidden.")


def read_notices(page: Page) -> None:
    tell(member=examples.person("member"), kind="audit", text="Something new to read.", at=clock.now())
    page.goto(at("notifications:notices"))
    press(page, "Mark all as read")
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)


def write_a_story(page: Page) -> None:
    page.goto(at("content:new_story"))
    page.get_by_label("Title").fill("Written without a script")
    page.get_by_label("Address of the page").fill("https://blog.example/plain")
    press(page, "Another suggestion")
    page.get_by_label("Suggested words").last.fill("Words for a plain browser.")
    press(page, "Save the draft")
    expect(page.get_by_label("Title")).to_have_value("Written without a script")
    expect(page.get_by_label("Suggested words").last).to_have_value("Words for a plain browser.")


def approve_a_story(page: Page) -> None:
    page.goto(at("content:story", "in_review"))
    press(page, "Approve this story")
    reads(page, "is approved.")


def move_a_draft_from_the_board(page: Page) -> None:
    page.goto("/curate/?lane=draft")
    page.locator("article.ticket input[type=checkbox]").first.check()
    press(page, "Send to review")
    assert re.search("moved|stayed|needs|first", page.locator("main").inner_text())


def add_a_bad_feed(page: Page) -> None:
    page.goto(at("content:feeds"))
    page.get_by_label("Address of the feed").fill("ftp://blog.example/feed")
    press(page, "Add this feed")
    expect(page.get_by_label("Address of the feed")).to_have_value("ftp://blog.example/feed")
    expect(page.locator("main .error").first).to_be_visible()


def save_a_feed(page: Page) -> None:
    page.goto(at("content:feed"))
    page.get_by_label("Language").select_option(index=1)
    press(page, re.compile("Save"))
    reads(page, "Saved.")


def invite_somebody(page: Page) -> None:
    page.goto(at("accounts:invite"))
    page.get_by_label("Name").fill("Nora Without-Script")
    press(page, "Make the invitation")
    page.goto(at("accounts:invitations"))
    reads(page, "Nora Without-Script")


def make_a_team(page: Page) -> None:
    page.goto(at("accounts:teams"))
    page.get_by_label("Name").fill("Night shift")
    press(page, "Make the team")
    reads(page, "Night shift")


def save_a_colleague(page: Page) -> None:
    page.goto(at("accounts:member"))
    press(page, "Save")
    reads(page, "aved")


def find_a_colleague(page: Page) -> None:
    page.goto(at("accounts:people"))
    page.get_by_label("Name or address").fill("Okafor")
    press(page, "Find")
    reads(page, "Mina Okafor")


def pause_and_end(page: Page) -> None:
    page.goto(at("accounts:quiet"))
    press(page, "Pause all sharing")
    reads(page, "paused all sharing until")
    press(page, "End the pause")
    reads(page, "Each member now decides about their own posts.")


def pause_and_resume_a_platform(page: Page) -> None:
    page.goto(at("operations:pause"))
    page.get_by_label("Why").fill("Their new terms are being read.")
    press(page, "Pause X")
    reads(page, "Their new terms are being read.")
    press(page, "Resume")
    reads(page, "X is open again.")


def give_a_post_an_address(page: Page) -> None:
    page.goto(at("operations:post"))
    page.get_by_label("Address of the post").fill("https://elsewhere.example/not-it")
    press(page, "Mark as posted with this address")
    expect(page.get_by_label("Address of the post")).to_have_value("https://elsewhere.example/not-it")


def make_a_code(page: Page) -> None:
    page.goto(at("content:poster", "none-yet"))
    press(page, "Make the code")
    reads(page, "Opened 0 times through this code.")


def ask_a_maker(page: Page) -> None:
    page.goto(at("content:makers", "search"))
    press(page, re.compile("^Ask "))
    reads(page, "is asked, and named once they say yes.")


def answer_as_maker(page: Page) -> None:
    page.goto(at("content:maker"))
    press(page, re.compile("^(Yes, name me|Save)$"))
    reads(page, "The story names you.")
    press(page, "Take my name off")
    reads(page, "The story does not name you.")
    press(page, "Yes, name me")


def suggest_a_sentence(page: Page) -> None:
    page.goto(at("content:suggest", "shared"))
    expect(page.get_by_label("Address of a page")).to_have_value("https://blog.example/van")
    page.get_by_label("A sentence or two").fill("The baker sold his van. Nobody noticed, except the street.")
    press(page, "Suggest it")
    reads(page, "A van less")
    reads(page, "Being read")


def decline_with_thanks(page: Page) -> None:
    page.goto(at("content:suggestions"))
    page.locator("summary", has_text="Decline").first.click()
    page.get_by_label("Why not this time").first.fill("We told this one in May. Please come again.")
    press(page, "Decline with thanks")
    reads(page, "Declined, with thanks and your reason.")


def watch_a_word(page: Page) -> None:
    page.goto(at("content:phrases"))
    page.get_by_label("Words to look for").fill("overtime")
    page.get_by_label("Why", exact=True).fill("We would rather not read of it.")
    press(page, "Add these words")
    reads(page, "People have a right to speak about these")
    page.get_by_label("Words to look for").fill("the new battery")
    press(page, "Add these words")
    reads(page, "is on the list.")


def change_a_phrase(page: Page) -> None:
    page.goto(at("content:phrase"))
    page.get_by_label("Why", exact=True).fill("It is shown in spring, and not before.")
    press(page, "Save")
    reads(page, "It is shown in spring, and not before.")


def pass_on_a_post(page: Page) -> None:
    page.goto(at("shares:pass_on"))
    page.get_by_label("A few words of your own").fill("She drew it, and it holds.")
    press(page, "WhatsApp")
    reads(page, "She drew it, and it holds.")


def bring_a_file(page: Page) -> None:
    page.goto(at("content:files"))
    table = b"title;address\nFrom a table;https://blog.example/table\n"
    page.get_by_label("A table as CSV or .xlsx").set_input_files(
        {"name": "stories.csv", "mimeType": "text/csv", "buffer": table}
    )
    press(page, "Look at this file")
    reads(page, "From a table")
    press(page, "Make 1 draft")
    reads(page, "under way")


def leave_a_note(page: Page) -> None:
    page.goto(at("content:history"))
    page.get_by_label("Your note").fill("Ask Priya for a sharper picture.")
    press(page, "Leave this note")
    reads(page, "Ask Priya for a sharper picture.")


def move_in_the_calendar(page: Page) -> None:
    page.goto(at("content:calendar"))
    page.locator("details.calendar-move summary").first.click()
    press(page, "A day later")
    reads(page, "is moved")


def compose_an_audience(page: Page) -> None:
    page.goto(at("audiences:new_audience"))
    page.get_by_label("Name").fill("Colleagues we met on Tuesday")
    page.locator("details.kind summary").first.click()
    page.locator(".kind-options input").first.check()
    press(page, "Count who that is")
    reads(page, "colleagues now")
    press(page, "Save this audience")
    reads(page, "Colleagues we met on Tuesday")


def begin_and_end_a_campaign(page: Page) -> None:
    page.goto(at("content:new_campaign"))
    page.get_by_label("Name").fill("A fortnight of bells")
    page.get_by_label("First day").fill("2026-01-05")
    page.get_by_label("Last day").fill("2099-01-19")
    press(page, "Begin the campaign")
    reads(page, "The campaign is made.")
    press(page, "End this campaign")
    reads(page, "Let it run again")


def tell_of_a_campaign(page: Page) -> None:
    page.goto(at("content:new_launch"))
    reads(page, "What they will read")
    press(page, re.compile("^Tell .* colleagues$"))
    press(page, re.compile("^Stop"))
    reads(page, "stopped")


def look_as_somebody(page: Page) -> None:
    page.goto(at("shares:story_seen_as", "pictures"))
    page.get_by_label("Language").select_option("de")
    press(page, "Look as this person")
    reads(page, "When they share it")


def begin_a_list(page: Page) -> None:
    page.goto(at("audiences:new_list"))
    page.get_by_label("Name").fill("First aiders")
    page.get_by_label(re.compile("Put on the list")).fill(ROLES["member"])
    press(page, "Save the list")
    reads(page, "1 colleague on the list")


def add_a_channel(page: Page) -> None:
    page.goto(at("content:channels"))
    page.get_by_label("Address of the web hook").fill("http://hooks.slack.com/services/T0/B0/plain")
    press(page, "Add this channel")
    expect(page.locator("main .error").first).to_be_visible()
    press(page, "Send a test message")
    reads(page, "took the test message.")


def keep_a_channel(page: Page) -> None:
    page.goto(at("content:channel"))
    page.get_by_label("Topic").select_option(index=1)
    press(page, "Save")
    reads(page, "Saved.")


def offer_a_file_that_is_no_catalogue(page: Page) -> None:
    page.goto(at("languages:page"))
    page.get_by_label("Catalogue (.po)").set_input_files(
        {"name": "words.po", "mimeType": "text/plain", "buffer": b"Just some words."}
    )
    press(page, "Add this language")
    reads(page, "This file cannot be read as a catalogue")


def choose_topics(page: Page) -> None:
    page.goto(at("shares:topics"))
    box = page.locator("main input[type=checkbox]").first
    chosen = not box.is_checked()
    box.set_checked(chosen)
    press(page, "Save my topics")
    page.goto(at("shares:topics"))
    expect(page.locator("main input[type=checkbox]").first).to_be_checked(checked=chosen)


def keep_a_search(page: Page) -> None:
    page.goto(at("shares:search", "found"))
    press(page, re.compile("^Keep"))
    expect(page.get_by_role("navigation", name="Searches you keep").get_by_role("link", name="bike")).to_be_visible()


def put_a_story_away_and_have_it_back(page: Page) -> None:
    page.goto(at("shares:story"))
    press(page, "Not for me")
    reads(page, "You said this is not for you")
    press(page, "Offer it to me again")
    expect(page.locator("main").get_by_role("button", name="Not for me")).to_be_visible()


def set_a_wording_nobody_understands(page: Page) -> None:
    page.goto(at("content:new_disclosure"))
    page.get_by_label("Wordings, one a line").fill("#ee")
    press(page, "Save this wording")
    expect(page.get_by_label("Wordings, one a line")).to_have_value("#ee")
    expect(page.get_by_label("Wordings, one a line")).to_have_attribute("aria-invalid", "true")


def approve_own_words(page: Page) -> None:
    """In a firm that is regulated meanwhile, which the demo's is not otherwise."""
    author, now = examples.person("member"), clock.now()
    account = LinkedAccount.objects.get(pk=examples.linked_account())
    shared = Share.objects.filter(member=author).values("story")
    story = Story.objects.filter(state="live", audience=None, kind="web").exclude(pk__in=shared)[0]
    Organisation.objects.update(regulated=True)
    WordsReader.objects.create(place=WordsReader.APPROVER, member=examples.person("curator"))
    forget_kept()
    try:
        share = plan_share(
            actor=author, story=story, account=account, words="It held, and I was there.",
            due_at=now + timedelta(days=1), at=now,
        )  # fmt: skip
        page.wait_for_timeout(KEPT_SECONDS * 1000)
        page.goto(at("shares:words", "not-allowed"))
        reads(page, "It held, and I was there.")
        press(page, "Approve these words")
        expect(page.locator("body")).to_contain_text("It goes out as its author planned it.")
        cancel_share(actor=author, share=Share.objects.get(pk=share.pk), at=now)
    finally:
        Organisation.objects.update(regulated=False)
        WordsReader.objects.all().delete()
        forget_kept()


FORMS: dict[str, tuple[str, Fill]] = {
    "tour": ("stranger", enter_by_a_door),
    "account_login": ("stranger", sign_in_with_a_wrong_password),
    "account_reset_password": ("stranger", ask_for_a_new_password),
    "accounts:ask_for_mail": ("stranger", sign_in_by_mail),
    "accounts:mail_button": ("stranger", press_the_button_of_a_mail),
    "accounts:find_invitation": ("stranger", type_an_unknown_invitation),
    "accounts:confirm_mail": ("stranger", confirm_an_address),
    "shares:compose": ("member", share_and_take_back),
    "shares:share": ("member", change_a_plan),
    "shares:topics": ("member", choose_topics),
    "shares:search": ("member", keep_a_search),
    "shares:story": ("member", put_a_story_away_and_have_it_back),
    "shares:pass_on": ("hr", pass_on_a_post),
    "content:makers": ("curator", ask_a_maker),
    "content:maker": ("member", answer_as_maker),
    **GUIDELINE_FORMS,
    "content:phrases": ("hr", watch_a_word),
    "content:phrase": ("hr", change_a_phrase),
    "content:new_disclosure": ("administrator", set_a_wording_nobody_understands),
    "content:suggest": ("member", suggest_a_sentence),
    "content:suggestions": ("curator", decline_with_thanks),
    "accounts:profile": ("member", save_the_profile),
    "accounts:change_mail": ("member", ask_for_another_address),
    "accounts:sign_in_name": ("member", choose_a_sign_in_name),
    "accounts:working_hours": ("member", choose_hours),
    "accounts:messages": ("member", choose_messages),
    "accounts:pause_messages": ("member", pause_messages),
    "shares:opened": ("stranger", share_from_a_mail),
    "notifications:stop": ("stranger", stop_a_mail),
    "accounts:connect": ("member", connect_mastodon),
    "recognition:teams": ("member", join_the_board),
    "notifications:notices": ("member", read_notices),
    "content:new_story": ("curator", write_a_story),
    "content:story": ("curator", approve_a_story),
    "content:poster": ("curator", make_a_code),
    "content:history": ("curator", leave_a_note),
    "content:files": ("curator", bring_a_file),
    "content:calendar": ("curator", move_in_the_calendar),
    "content:board": ("curator", move_a_draft_from_the_board),
    "content:feeds": ("curator", add_a_bad_feed),
    "content:new_campaign": ("curator", begin_and_end_a_campaign),
    "content:new_launch": ("curator", tell_of_a_campaign),
    "shares:story_seen_as": ("curator", look_as_somebody),
    "audiences:new_audience": ("hr", compose_an_audience),
    "audiences:new_list": ("hr", begin_a_list),
    "content:feed": ("curator", save_a_feed),
    "accounts:invite": ("hr", invite_somebody),
    "accounts:teams": ("hr", make_a_team),
    "accounts:member": ("hr", save_a_colleague),
    "accounts:people": ("hr", find_a_colleague),
    "shares:words": ("curator", approve_own_words),
    # Last, because the composer above needs the account.
    "accounts:unlink": ("member", ask_before_disconnecting),
    "operations:pause": ("administrator", pause_and_resume_a_platform),
    "content:channels": ("administrator", add_a_channel),
    "content:channel": ("administrator", keep_a_channel),
    "languages:page": ("administrator", offer_a_file_that_is_no_catalogue),
    "operations:post": ("administrator", give_a_post_an_address),
    # What is planned waits for its owner after this.
    "accounts:quiet": ("hr", pause_and_end),
}

NO_FORM_TEST = {
    "learning:preview": "its buttons are pressed in tests/browser/demo/test_learning.py",
    "learning:desk": "its buttons too",
    "shares:went_wrong": "holds what is planned, which other forms need; tests/shares/test_mishaps.py",
    "shares:mishap": "its buttons too",
    "content:disclosure": "the form of content:new_disclosure",
    "today": "its menus hold the buttons of shares:story",
    "content:file": "its button is pressed within content:files",
    "operations:page": "its button is pressed within operations:pause",
    "accounts:mail_code": "sent within accounts:ask_for_mail",
    "accounts:join": "filled in by the journey's colleagues and tests/accounts/test_joining.py",
    "accounts:invitations": "takes back what accounts:invite makes; tests/accounts/test_people.py",
    "content:lane": "the form of content:board",
    "accounts:deactivate": "tests/accounts/test_people.py; the other forms need everybody here",
    "accounts:leave_programme": "tests/accounts/test_profile.py, for the same reason",
    "accounts:again": "needs a session of twelve hours; tests/accounts/test_signing_in.py",
    "account_logout": "would end the session that the other forms share; tests/accounts",
    "account_set_password": "ends other sessions; allauth's own page",
    "account_reset_password_from_key": "needs a key that works once; allauth's own page",
    "mfa_list_webauthn": "a passkey is made by a script",
    "mfa_add_webauthn": "a passkey is made by a script",
    "styleguide": "shows forms, sends none",
    "audiences:audience": "the form of audiences:new_audience",
    "content:edit_campaign": "the form of content:new_campaign",
    "analytics:campaign": "its button is pressed within content:new_campaign",
    "content:launch": "its buttons are pressed within content:new_launch",
    "shares:audience_seen_as": "the form of shares:story_seen_as",
    "audiences:list": "the form of audiences:new_list",
    "shares:given": "takes back what content:suggest gave; tests/content/test_suggestions.py",
}
