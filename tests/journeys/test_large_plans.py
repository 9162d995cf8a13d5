"""Five hundred items: typing and the walk stay as quick as with twenty."""

from statistics import median

import pytest
from playwright.sync_api import expect

from tests.conftest import Figure
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone

SLOWEST = 1.5
FRAME = 1000 / 60  # ms
ROUNDS = 7


def items(count: int) -> list[tuple[str, dict[str, object]]]:
    return [
        ("coping_strategies", {"text": f"a calm thing, number {number}", "likelihood": "likely"})
        for number in range(count)
    ]


# From a key going down until the frame that shows it was handed over; from the navigation until
# the first step stands in the page. Both in milliseconds, on the page's own clock.
WATCH = """
globalThis.__keys = [];
addEventListener("keydown", (event) => { const from = event.timeStamp;
  requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => __keys.push(performance.now() - from);
    port2.postMessage(0); }); }, true);
new MutationObserver((_, watching) => { if (!document.querySelector("#app h1")) return;
  globalThis.__walk = performance.now(); watching.disconnect(); })
  .observe(document, { childList: true, subtree: true });
"""


def of_a_key(phone: Phone) -> float:
    """Typed into the line that is being written, at a person's pace."""
    field = phone.page.locator("[data-line] textarea").last
    field.press("a")
    phone.page.evaluate("() => { globalThis.__keys = []; }")
    field.press_sequentially("a calm word", delay=60)
    phone.page.wait_for_function("() => globalThis.__keys.length >= 11")
    taken: list[float] = phone.page.evaluate("() => globalThis.__keys")
    return median(taken)


def of_the_walk(phone: Phone) -> float:
    phone.go("/now")
    expect(phone.page.locator("#app h1")).to_have_text("a calm thing, number 0")
    taken: float = phone.page.evaluate("() => globalThis.__walk")
    return taken


@pytest.mark.timeout(240)
def test_five_hundred_items_are_as_quick_as_twenty(
    phones: MakePhone, words: Words, seal: Seal, figure: Figure
) -> None:
    """Interleaved, on the same machine at the same time; told as ratios of the least.

    What else the machine does only ever adds to a time; the least of the rounds has least of it.
    """
    both = {count: phones(f"{count} items") for count in (20, 500)}
    for count, phone in both.items():
        phone.start()
        phone.context.add_init_script(WATCH)
        phone.go("/lines")
        seal(phone, items(count))
        phone.go("/edit")
        Editor(phone.page, words).open("coping_strategies")
    keys: dict[int, list[float]] = {20: [], 500: []}
    walks: dict[int, list[float]] = {20: [], 500: []}
    for _ in range(ROUNDS):
        for count, phone in both.items():
            keys[count].append(of_a_key(phone))
    for turn in range(6 * ROUNDS):  # more of them while a busy machine may still be what is slow
        if turn >= 2 * ROUNDS and min(walks[500]) <= SLOWEST * min(walks[20]):
            break
        for count, phone in both.items():
            walks[count].append(of_the_walk(phone))
    key, walk = ({count: min(taken) for count, taken in one.items()} for one in (keys, walks))
    ratios = key[500] / key[20], walk[500] / walk[20]
    figure(
        f"500 items against 20: a key {key[500]:.1f} and {key[20]:.1f} ms ({ratios[0]:.2f}),"
        f" the walk {walk[500]:.0f} and {walk[20]:.0f} ms ({ratios[1]:.2f})"
    )
    assert ratios[1] <= SLOWEST
    # A key's own work is a few milliseconds, most of them the browser's: where the ratio is above
    # its figure, the difference must at least be one that no frame shows.
    assert ratios[0] <= SLOWEST or key[500] - key[20] <= FRAME
