"""A room in a real browser: a class plays, sleeps, comes back, and sees its debrief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.formatting import format_chance
from sim.room.earlier import earlier_rooms
from sim.room.log import begin, line_of, read
from sim.room.room import Room
from sim.room.serve import OpenCourse, RoomAddress, in_background
from tests.scenarios import ALIVE
from tests.unit.room.rooms import EVERYTHING
from tests.unit.room.test_server import full_disk
from tests.web.room_pages import Class
from tools.chromium import wait_until


@pytest.fixture
def school(browser: Any, tmp_path: Path) -> Iterator[Class]:
    with ExitStack() as stack:
        yield Class(browser, stack, tmp_path / "room.jsonl", Room(EVERYTHING, 2))


def is_wider_than_its_window(page: Any) -> bool:
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


def close_until(console: Any, what: str, is_so: Callable[[], bool]) -> None:
    """Close steps, of which a reaction may be one, until this is so."""
    for _ in range(6):
        close_step(console)
        if is_so():
            return
    raise AssertionError(what)


def send(page: Any, option: str) -> None:
    page.click(f"#decide label:has-text('{option}')")
    page.click("#decide button:has-text('Send')")
    page.wait_for_selector("#decide .sent")


# Thirty months are ten turns. In this run both sides can agree to a truce in turn 2.
TEN_TURNS = sim.load(ALIVE, {"setting.ceasefire": False, "months": 30}), 1
SEATS = ("russia", "ukraine", "united_states", "france", "poland", "germany")
PHONE = 390
# A browser reports each request that fails while a phone is offline.
OFFLINE = "ERR_INTERNET_DISCONNECTED"


def close_step(console: Any) -> None:
    """Close the step, and wait until the console shows the next one."""
    before = console.get_attribute("#controls h2", "data-step")
    console.click("text=Close now")
    console.wait_for_selector(f"#controls h2:not([data-step='{before}'])")


def close_turn(console: Any, turn: int) -> None:
    """Close the steps of a turn that are still open; the model decides what was not sent."""
    while console.inner_text("#controls h2").startswith(f"Turn {turn} "):
        close_step(console)


def test_six_students_play_ten_turns(browser: Any, tmp_path: Path) -> None:
    with ExitStack() as stack:
        school = Class(browser, stack, tmp_path / "room.jsonl", Room(*TEN_TURNS))
        console, wall = school.console(), school.wall()
        widths = {"france": PHONE, "russia": 820}
        pages = {seat: school.student(seat, width=widths.get(seat, 600)) for seat in SEATS}
        play_ten_turns(school, console, wall, pages)
        see_four_rounds(console, wall, pages)
        for page in (console, wall, *pages.values()):
            assert not is_wider_than_its_window(page)
        assert [line for line in school.said if OFFLINE not in line] == []
        assert school.outside == []
        assert len(school.room.people) == len(SEATS)
        assert read(school.log).game.run.digest == school.room.game.run.digest


def play_ten_turns(school: Class, console: Any, wall: Any, pages: dict[str, Any]) -> None:
    """A threat and a truce in turn 2, a phone away in turn 3, two tabs in turn 5, an event in
    turn 6, and a probe in turn 7."""
    begin_and_pledge(console, pages)
    threaten_and_agree(console, wall, pages)
    lose_and_find_the_network(console, pages["france"])
    play_in_two_tabs(console, pages["poland"])

    console.fill("#inject-why", "A speech in Munich")
    console.fill("#inject-value", "0.4")
    console.click("text=Let it happen now")
    close_turn(console, 6)
    wall.wait_for_selector("#story:has-text('A speech in Munich')")

    send(pages["russia"], "probe")
    for turn in (7, 8, 9, 10):
        close_turn(console, turn)
    assert school.room.game.is_over
    france_chose = [each for each in school.room.game.played if each.state == "france"]
    assert {each.option for each in france_chose} >= {"monitoring", "ground"}


def begin_and_pledge(console: Any, pages: dict[str, Any]) -> None:
    """Two predictions, and turn 1: what four states send."""
    pages["russia"].click("#predict label:has-text('limited war')")
    pages["france"].click("#predict label:has-text('hollowed out')")
    console.click("text=Begin the first turn")
    for seat in ("france", "poland", "germany"):
        send(pages[seat], "monitoring")
    send(pages["united_states"], "two fifths")
    close_turn(console, 1)


def threaten_and_agree(console: Any, wall: Any, pages: dict[str, Any]) -> None:
    """Turn 2: Russia threatens, and both sides accept a truce."""
    send(pages["russia"], "threaten to act")
    close_step(console)
    for page in (pages["russia"], pages["ukraine"]):
        page.wait_for_selector("#situation:has-text('a reaction')")
        send(page, "accept the truce")
    close_turn(console, 2)
    wall.wait_for_selector("#story:has-text('Russia threatens the force')")
    wall.wait_for_selector("#story:has-text('Both sides accept a truce')")


def lose_and_find_the_network(console: Any, phone: Any) -> None:
    """Turns 3 and 4: a phone is offline for a turn, and decides in the next."""
    phone.context.set_offline(True)
    phone.wait_for_selector("#connection.away")
    close_turn(console, 3)
    phone.context.set_offline(False)
    phone.wait_for_selector("#situation:has-text('Turn 4')")
    send(phone, "ground troops")
    close_turn(console, 4)


def play_in_two_tabs(console: Any, first: Any) -> None:
    """Turn 5: a second tab takes over the seat and decides, and the first takes it back."""
    second = first.context.new_page()
    second.goto(first.url)
    first.wait_for_selector("#elsewhere:not([hidden])")
    send(second, "air and sea forces")
    first.click("text=Play here")
    second.wait_for_selector("#elsewhere:not([hidden])")
    first.wait_for_selector("#decide .sent")
    close_turn(console, 5)


def see_four_rounds(console: Any, wall: Any, pages: dict[str, Any]) -> None:
    """The ending on every page, predictions, and the debrief on the wall."""
    for page in pages.values():
        page.wait_for_selector("#ended:has-text('How it ended')")
    pages["germany"].click("#predict label:has-text('never a force')")
    console.wait_for_selector("button:has-text('4 where'):not([disabled])", timeout=60_000)
    show_rounds(console, wall)
    assert wall.locator(".outcome.ours").count() == 1
    assert wall.locator("text=predicted: before the game").count() >= 1
    assert wall.locator("text=predicted: after the game").count() == 1


def show_rounds(console: Any, wall: Any) -> None:
    """Show the rounds of the debrief, which are alone on the wall, and go back to the second."""
    rounds = {1: "What happened", 2: "How usual", 3: "Why", 4: "model wrong"}
    for number in (*rounds, 2):
        console.click(f"button:has-text('{number} ')")
        wall.wait_for_selector(f"#debrief h2:has-text('{rounds[number]}')")
        assert wall.locator("#debrief h2").count() == 1


def test_a_class_plays_and_sees_its_debrief(school: Class) -> None:
    console, wall = school.console(), school.wall()
    france, russia = school.student("france", "Ada"), school.student("russia", width=1200)
    watching = school.student("", "Bo")
    console.wait_for_selector("text=start the room with --lan")
    france.click("#predict label:has-text('limited war')")
    wall.wait_for_selector("text=Predictions so far")
    console.click("text=Begin the first turn")
    for page in (france, russia):
        page.wait_for_selector("#decide fieldset")
    send(france, "ground troops")
    wall.wait_for_selector("text=Waiting for Russia")
    send(russia, "nothing")
    close_until(
        console, "the story so far has begun", lambda: bool(school.room.game.run.traced.months[1:])
    )
    watching.click("summary:has-text('The story so far')")
    watching.wait_for_selector("#story:has-text('Month')")
    console.fill("#inject-why", "A speech in Munich")
    console.fill("#inject-value", "0.4")
    console.click("text=Let it happen now")
    console.on("dialog", lambda dialog: dialog.accept())
    if console.locator("text=The model plays the rest").count():
        console.click("text=The model plays the rest")
    console.wait_for_selector("button:has-text('4 where'):not([disabled])", timeout=60_000)
    show_rounds(console, wall)
    assert wall.locator(".outcome.ours").count() == 1
    assert wall.locator("text=predicted").count() >= 1
    france.wait_for_selector("#ended:has-text('Your choices')")
    for page in (console, wall, france, russia, watching):
        assert not is_wider_than_its_window(page)
    assert school.said == []
    assert school.outside == []


def test_earlier_rooms_are_marked_on_the_wall(browser: Any, tmp_path: Path) -> None:
    for run in (3, 4):
        room = Room(EVERYTHING, run)
        room.apply({"event": "finish"})
        begin(room, tmp_path / "rooms" / f"{run}.jsonl").close()
    earlier = earlier_rooms([tmp_path / "rooms"], EVERYTHING, None, print)
    with ExitStack() as stack:
        room = Room(EVERYTHING, 2)
        school = Class(browser, stack, tmp_path / "room.jsonl", room, earlier)
        console, wall = school.console(), school.wall()
        console.on("dialog", lambda dialog: dialog.accept())
        console.click("text=Begin the first turn")
        console.click("text=The model plays the rest")
        console.click("button:has-text('2 how usual'):not([disabled])", timeout=60_000)
        wall.wait_for_selector("text=Its course among those of the runs")
        marks = wall.locator(".course .mark:not(.own)").all_inner_texts()
        assert "".join(sorted("".join(marks))) == "AAAABBBB"
        assert wall.locator(".course .own").count() == 4
        assert wall.locator("text=ended so: room").count() >= 1
        assert not is_wider_than_its_window(wall)
        with console.expect_download() as saved:
            console.click("text=Save the report")
        saved.value.save_as(tmp_path / "report.html")
        report = school.page((tmp_path / "report.html").as_uri(), PHONE)
        assert not is_wider_than_its_window(report)
        assert school.said == []


def test_seats_with_little_to_decide_are_folded(school: Class) -> None:
    page = school.page(f"{school.links.join[0]}/?{school.links.code}", PHONE)
    page.wait_for_selector("#seat")
    assert page.locator("#seat option").count() == 13
    page.click(f"text=All {len(school.room.seats)} seats")
    assert page.locator("#seat option").count() == len(school.room.seats) + 1


def test_a_phone_that_was_away_finds_its_seat_and_the_present_turn(school: Class) -> None:
    console, phone = school.console(), school.student("france")
    phone.context.set_offline(True)
    console.click("text=Begin the first turn")
    console.click("text=Close now")
    console.wait_for_selector("h2:has-text('Turn 2')")
    phone.context.set_offline(False)
    phone.wait_for_selector("#situation:has-text('Turn 2')")
    phone.reload()
    phone.wait_for_selector("#situation:has-text('Turn 2')")
    assert len(school.room.people) == 1


def test_of_two_tabs_only_the_newer_plays(school: Class) -> None:
    first = school.student("france")
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector("#game:not([hidden])")
    first.wait_for_selector("#elsewhere:not([hidden])")
    first.click("text=Play here")
    second.wait_for_selector("#elsewhere:not([hidden])")
    first.wait_for_selector("#game:not([hidden])")


def test_an_inject_is_news_at_once_and_choices_are_sent_again(school: Class) -> None:
    console, wall, france = school.console(), school.wall(), school.student("france")
    console.click("text=Begin the first turn")
    assert console.locator("#controls button:has-text('+30 s')").is_disabled()
    send(france, "monitoring")
    console.fill("#inject-why", "A speech in Munich")
    console.fill("#inject-path", "setting.clarity")
    console.fill("#inject-value", "0.4")
    console.click("text=Switch the adviser off")
    console.wait_for_selector("text=Switch the adviser on")
    # What is typed stays while other parts of the console change.
    assert console.input_value("#inject-path") == "setting.clarity"
    console.click("text=Let it happen now")
    for page, place in ((wall, "#head"), (france, "#situation"), (console, "#controls")):
        page.wait_for_selector(f"{place}:has-text('From month 1. Event: A speech in Munich.')")
    france.wait_for_selector("#decide:has-text('The news came after you had sent')")
    france.wait_for_selector("#said:has-text('send again')")
    assert france.locator("#decide input[value=monitoring]").is_checked()
    france.click("#decide button:has-text('Send')")
    france.wait_for_selector("#decide .sent")
    france.click("#decide label:has-text('ground troops')")
    france.wait_for_selector("#decide .alarm:has-text('Changed, and not sent')")
    close_step(console)
    assert [each.option for each in school.room.game.played][:1] == ["monitoring"]
    wall.wait_for_selector("#head:not(:has-text('Munich'))")
    assert school.said == []


def test_what_is_picked_is_there_after_the_page_was_loaded_again(school: Class) -> None:
    console, france = school.console(), school.student("france")
    console.click("text=Begin the first turn")
    france.click("#decide label:has-text('ground troops')")
    france.reload()
    france.wait_for_selector("#decide fieldset")
    assert france.locator("#decide input[value=ground]").is_checked()
    close_turn(console, 1)
    france.wait_for_selector("#situation:has-text('Turn 2')")
    france.reload()
    france.wait_for_selector("#decide fieldset")
    assert not france.locator("#decide input[value=ground]").is_checked()


def test_a_list_that_is_open_stays_while_people_come(school: Class) -> None:
    console = school.console()
    school.student("france", "Ada")
    console.click("text=Begin the first turn")
    console.wait_for_selector("#controls:has-text('Waiting for France.')")
    list_of_ada = console.locator("#seats select").first
    list_of_ada.evaluate("list => { window.held = list; }")
    list_of_ada.focus()
    list_of_ada.dispatch_event("pointerdown", {"bubbles": True})
    school.student("poland", "Bo")
    console.wait_for_selector("#controls:has-text('Waiting for France, Poland.')")
    assert console.evaluate("window.held.isConnected")
    assert console.locator("#seats:has-text('Bo')").count() == 0
    list_of_ada.select_option("germany")
    console.wait_for_selector("#seats:has-text('Bo')")
    console.wait_for_selector("#seats th:has-text('Germany')")
    assert school.room.people["p1"].seat == "germany"


def test_a_draft_is_not_lost_when_others_choose(school: Class) -> None:
    console, france, poland = school.console(), school.student("france"), school.student("poland")
    school.student("ukraine")
    console.click("text=Begin the first turn")
    console.wait_for_selector("#seats th:has-text('Ukraine'):has-text('nothing to decide')")
    console.wait_for_selector("#seats th:has-text('France'):has-text('not sent')")
    france.wait_for_selector("#decide fieldset")
    france.click("#decide label:has-text('monitoring')")
    poland.wait_for_selector("#decide fieldset")
    send(poland, "ground troops")
    france.wait_for_selector("#situation:has-text('Waiting for France.')")
    assert france.is_checked("#decide input[value=monitoring]")


def test_hot_seat_and_phones_give_the_same_log(school: Class) -> None:
    console = school.console()
    hot = school.page(f"{school.links.join[0]}/hot?{school.links.code}")
    for name in ("Russia", "France"):
        hot.check(f"label:has-text('{name}') input")
    hot.click("text=Sit down")
    hot.wait_for_selector("text=The game has not begun")
    assert hot.locator("text=Only you know").count() == 0
    console.click("text=Begin the first turn")
    by_hand = Room(EVERYTHING, 2)
    for number, seat in enumerate(("russia", "france"), start=1):
        by_hand.apply({"event": "sit", "person": f"p{number}", "seat": seat})
    by_hand.apply({"event": "start"})
    for number, (name, option, choices) in enumerate(
        (
            ("Russia", "probe: a deniable incident", {"challenge": "probe"}),
            ("France", "ground troops", {"target": "ground"}),
        ),
        start=1,
    ):
        hot.wait_for_selector("text=Pass the screen to one of")
        hot.click(f"#cover button:has-text('{name}')")
        hot.wait_for_selector("#seat >> text=Only you know")
        hot.click(f"#seat label:has-text('{option}')")
        hot.click("#seat button:has-text('Send')")
        hot.wait_for_selector("#cover:not([hidden])")
        asked = by_hand.game.step.of(name.lower()) if by_hand.game.step else ()
        every = {each.decision.word: choices.get(each.decision.word) for each in asked}
        by_hand.apply({"event": "choose", "person": f"p{number}", "step": 0, "choices": every})
    hot.wait_for_selector("text=All seats here are done")
    assert school.log.read_bytes() == b"".join(map(line_of, by_hand.events))
    assert school.said == []


FOCUSED = "() => document.activeElement.dataset.as ?? document.activeElement.value"
TOO_MANY = {"status": 429, "json": {"error": "too many requests"}}


def test_what_is_picked_after_a_change_of_seat_is_what_is_sent(school: Class) -> None:
    console, phone = school.console(), school.student("france")
    school.student("poland")
    console.click("text=Switch the adviser off")
    console.wait_for_selector("text=Switch the adviser on")
    console.click("text=Begin the first turn")
    phone.click("#decide label:has-text('monitoring')")
    phone.click("text=Another seat or device")
    phone.locator("#other-seat option:has-text('Poland'):has-text('1 there')").wait_for(
        state="attached"
    )
    assert phone.input_value("#other-seat") == "france"
    phone.click("text=Take it")
    phone.wait_for_selector("#said:has-text('This is your seat')")
    phone.select_option("#other-seat", "poland")
    phone.click("text=Take it")
    phone.wait_for_selector("#title:has-text('Poland')")
    send(phone, "ground troops")
    person = school.room.people["p1"]
    assert person.seat == "poland"
    assert person.choices is not None
    assert person.choices["target"] == "ground"


def test_the_focus_stays_where_it_was_when_a_part_is_drawn_again(school: Class) -> None:
    console, wall, phone = school.console(), school.wall(), school.student("france")
    wall.evaluate("document.querySelector('.qr').isTheFirst = true", wall.wait_for_selector(".qr"))
    phone.focus("#predict input")
    words = phone.locator("#predict input").evaluate_all("all => all.map((each) => each.value)")
    for word in words[1:4]:
        phone.keyboard.press("ArrowDown")
        phone.wait_for_selector("text=Your prediction is kept.")
        assert phone.evaluate(FOCUSED) == word
    wait_until(wall, "document.querySelector('#joined').textContent.includes('●')")
    assert school.room.people["p1"].predictions == {"before": words[3]}
    console.focus("select[aria-label='Move p1']")
    school.student("poland")
    console.wait_for_selector("#seats:has-text('2 people')")
    assert console.evaluate(FOCUSED) == "move p1"
    assert wall.evaluate("document.querySelector('.qr').isTheFirst")
    console.click("text=Begin the first turn")
    phone.click("#decide label:has-text('ground troops')")
    phone.focus("#decide button:has-text('Send')")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Send the change")
    assert phone.evaluate(FOCUSED) == "send"
    # The adviser can be asked again after a failure.
    phone.route("**/api/advise", lambda route: route.fulfill(**TOO_MANY))
    phone.focus("text=Ask the adviser")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("#said:has-text('too many requests')")
    phone.unroute("**/api/advise")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("table.advice")
    assert phone.evaluate(FOCUSED) == "advice target"


def test_a_seat_that_is_not_reached_at_once_is_not_lost(school: Class) -> None:
    phone = school.student("france")
    phone.add_init_script(STATES)
    refusals = [TOO_MANY]
    phone.route(
        "**/api/claim",
        lambda route: route.fulfill(**refusals.pop()) if refusals else route.continue_(),
    )
    phone.reload()
    phone.wait_for_selector("#said:has-text('too many requests')")
    assert not phone.is_visible("#join")
    phone.wait_for_selector("#game:not([hidden])")
    # A request that is asked again, because the page is seen again, is no outage.
    for event in ("pageshow", "online"):
        phone.evaluate(f"window.dispatchEvent(new Event('{event}'))")
    phone.wait_for_timeout(300)
    assert phone.evaluate("states") == ["connected"]
    # Nor is a fault of the page, which is told and logged.
    phone.route("**/api/view?*", lambda route: route.fulfill(json={"seq": 1, "view": {}}))
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    phone.wait_for_selector("#connection:has-text('this page has a fault')")
    assert any("TypeError" in line for line in school.said)
    # Without a connection every action says so in the same words.
    phone.context.set_offline(True)
    phone.click("text=Another seat or device")
    phone.wait_for_selector("#said:has-text('No connection. Try again.')")
    phone.context.set_offline(False)
    # A token that the room does not know leads to the form, with the reason.
    phone.goto(f"{school.links.join[0]}/#void")
    phone.reload()
    phone.wait_for_selector("#said:has-text('does not know your seat')")
    phone.wait_for_selector("#join:not([hidden])")
    assert len(school.room.people) == 1


# All that the page says of its connection.
STATES = """
window.states = [];
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const text = document.getElementById("connection").textContent;
  if (states.at(-1) !== text) states.push(text);
}).observe(document.getElementById("connection"), { childList: true }));
"""


def test_a_hot_seat_says_what_is_missing_and_finds_its_way_back(school: Class) -> None:
    hot = school.page(f"{school.links.join[0]}/hot?{school.links.code}")
    hot.click("text=Sit down")
    hot.wait_for_selector("#said:has-text('Tick the seats')")
    hot.check("label:has-text('France') input")
    hot.click("text=Sit down")
    hot.click("#cover button:has-text('France')")
    # The only seat is taken over on a phone.
    phone = school.page(f"{school.links.join[0]}/?{school.links.code}")
    phone.click("text=I had a seat already")
    phone.fill("#seat-code", school.seat_code("p1"))
    phone.click("text=Come back")
    hot.wait_for_selector("#cover:has-text('played elsewhere')")
    assert hot.locator("#seat h2").count() == 0
    # The room was opened anew.
    void = '[{"seat": "france", "token": "void"}]'
    hot.evaluate("(text) => sessionStorage.setItem('thinline-hot', text)", void)
    hot.reload()
    hot.wait_for_selector("#said:has-text('does not know the seats')")
    hot.check("label:has-text('Poland') input")
    hot.click("button:has-text('Sit down')")
    hot.wait_for_selector("#cover button:has-text('Poland')")


def test_the_console_refuses_an_empty_value_and_keeps_its_notice(
    school: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = school.console()
    with monkeypatch.context() as patch:
        patch.setattr("sim.room.log.os.fsync", full_disk)
        console.click("text=Begin the first turn")
        console.wait_for_selector("#notice:has-text('the clock is paused')")
    console.click("text=Let it happen now")
    console.wait_for_selector("#said:has-text('type a number')")
    console.wait_for_timeout(2_500)
    assert "type a number" in console.inner_text("#said")
    assert len(school.room.events) == 1
    # The chances read as those of the reports.
    shares = (0.0, 1e-9, 0.0004, 0.003144, 0.0995, 0.1, 0.145, 0.625, 0.9, 0.91, 0.99996, 1.0)
    written = console.evaluate(
        "async (shares) => shares.map((await import('/assets/room.js')).percent)", shares
    )
    assert written == [format_chance(share).replace(" ", "\u00a0") for share in shares]


def test_a_corrected_file_of_the_same_name_is_checked_again(browser: Any, tmp_path: Path) -> None:
    opened, mine = OpenCourse(sim.load("no_force"), RoomAddress(), runs=20), tmp_path / "mine.yaml"
    with ExitStack() as stack:
        stack.enter_context(in_background(opened.server(), opened))
        page = stack.enter_context(closing(browser.new_page()))
        page.goto(opened.here)
        for text, said in (
            ("scenario: mine\nextends: no_force\nmonths: many\n", "mine.yaml has mistakes"),
            ("scenario: mine\nextends: no_force\n", "mine.yaml is valid"),
        ):
            mine.write_text(text, encoding="utf-8")
            page.set_input_files("#file", mine)
            page.wait_for_selector(f"#checked:has-text('{said}')")
        page.route("**/api/check", lambda route: route.fulfill(**TOO_MANY))
        page.set_input_files("#file", mine)
        page.wait_for_selector("#said:has-text('too many requests')")
        assert page.inner_text("#checked") == ""


@pytest.mark.parametrize("make", ["student", "console", "wall"], ids=str)
def test_every_control_has_a_name_and_is_large_enough(school: Class, make: str) -> None:
    student = school.student("france")
    pages: dict[str, Callable[[], Any]] = {
        "student": lambda: student, "console": school.console, "wall": school.wall,
    }  # fmt: skip
    page = pages[make]()
    page.wait_for_selector("h2, .qr")
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(SMALL) == []


UNNAMED = """
() => [...document.querySelectorAll("button, input, select, summary, img")]
  .filter((each) => !(each.textContent.trim() || each.labels?.length
    || each.getAttribute("aria-label") || each.alt))
  .map((each) => each.outerHTML)
"""
SMALL = """
() => [...document.querySelectorAll("button, select, summary, label.option")]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44)
  .map((each) => each.outerHTML)
"""
