"""Pictures: of the paper and of single items, small, sealed, without a trace of the camera."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.photographs import MAKER, colours, page_of_paper, photographed
from tests.journeys.test_a_plan_of_ones_own import shoot, walked
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets
from tests.journeys.the_plan import ITEMS

MOST = 32 * 1024


def file_of(photo: bytes, name: str = "IMG_0412.jpg") -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo}


@pytest.fixture(scope="module")
def paper() -> bytes:
    return photographed(page_of_paper())


def opened_plan(phone: Phone, sealing_script: str) -> dict[str, Any]:
    """The plan as it lies sealed on the phone, opened by the app's own reading."""
    phone.page.evaluate(sealing_script + ";globalThis.forTests = forTests;true")
    found: dict[str, Any] = json.loads(phone.page.evaluate("() => forTests.openedPlan()"))
    return found


def values(plan: dict[str, Any], section: str) -> list[dict[str, Any]]:
    items = [item for item in plan["items"] if item["section"] == section]
    return [sib["value"] for item in items for sib in item["sibs"] if sib["value"]]


def bytes_of(photo: dict[str, Any]) -> bytes:
    data: str = photo["data"]
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def image_of(photo: dict[str, Any]) -> Image.Image:
    """Decoded, after a look that no metadata came along."""
    raw = bytes_of(photo)
    assert len(raw) <= MOST
    image = Image.open(BytesIO(raw))
    assert dict(image.getexif()) == {}
    assert image.info.get("exif") is None
    assert image.info.get("xmp") is None
    for trace in (MAKER.encode(), b"Exif", b"GPS", b"IMG_0412"):
        assert trace not in raw
    return image


def take_paper(page: Page, words: Words, photo: bytes) -> None:
    page.locator("#paper-picture").set_input_files(file_of(photo))
    expect(page.locator(".paper-picture img")).to_be_visible(timeout=20_000)


def test_the_camera_does_leave_its_traces(paper: bytes) -> None:
    """What the other tests look for is there before, or they would find nothing for nothing."""
    image = Image.open(BytesIO(paper))
    assert image.getexif()[0x010F] == MAKER
    assert image.getexif().get_ifd(0x8825)
    assert MAKER.encode() in paper
    assert len(paper) > 10 * MOST


@pytest.mark.timeout(120)
def test_a_picture_of_the_paper_is_taken_sealed_shown_and_deleted(
    phone: Phone, words: Words, paper: bytes, sealing_script: str, screenshots: Path
) -> None:
    page = phone.open("/paper")
    take_paper(page, words, paper)
    expect(page.get_by_text(words("paper_picture.faint"))).to_have_count(0)
    page.wait_for_timeout(600)
    [kept] = values(opened_plan(phone, sealing_script), "settings")
    assert kept["name"] == "paper"
    image = image_of(kept["photo"])
    assert image.height > image.width, "turned upright"
    assert image.height >= 1000, "large enough to be read"
    (screenshots / "20-paper-as-kept.webp").write_bytes(bytes_of(kept["photo"]))

    page = phone.go("/now")
    expect(page.locator("#where")).to_have_text(words("walk.paper"))
    shoot(page, screenshots / "21-walk-paper.png")
    assert axe(page) == []
    assert small_targets(page) == []
    assert fills_the_middle(page)
    larger(page, words("walk.paper_larger"))
    shoot(page, screenshots / "22-walk-paper-larger.png")
    page.get_by_role("button", name=words("walk.next"), exact=True).click()
    expect(page.locator("#app h1")).to_have_text(words("walk.someone"))

    page = phone.go("/read")
    expect(page.locator(".paper-picture img")).to_be_visible()
    shoot(page, screenshots / "23-read-paper.png", full_page=True)
    assert axe(page) == []
    assert small_targets(page) == []
    page.get_by_role("button", name=words("photo.remove"), exact=True).click()
    page.get_by_role("button", name=words("paper_picture.remove_now"), exact=True).click()
    expect(page.locator(".paper-picture")).to_have_count(0)
    page.wait_for_timeout(600)
    assert values(opened_plan(phone, sealing_script), "settings") == []


def fills_the_middle(page: Page) -> bool:
    """As high as what is left between the step's name and the way on, and nothing runs over."""
    full: bool = page.evaluate(
        """() => { const step = document.querySelector(".walk-step");
        const image = step.querySelector("img").getBoundingClientRect();
        return image.height > 0.75 * step.clientHeight && step.scrollHeight <= step.clientHeight
          && document.scrollingElement.scrollHeight <= innerHeight; }"""
    )
    return full


def larger(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name)
    image = page.locator(".large-picture img")
    before = image.evaluate("(one) => one.getBoundingClientRect().width")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert image.evaluate("(one) => one.getBoundingClientRect().width") > 2 * before
    assert not is_wider_than_the_screen(page)


@pytest.mark.timeout(120)
def test_the_paper_stands_first_then_last_and_goes_when_all_is_typed(
    phone: Phone, words: Words, paper: bytes, seal: Seal, sealing_script: str
) -> None:
    phone.open("/lines")
    seal(phone, ITEMS[1:3])
    page = phone.go("/read")
    assert page.locator(".paper-picture").count() == 0
    take_paper(phone.go("/paper"), words, paper)
    page.wait_for_timeout(600)
    page = phone.go("/now")
    name = words("walk.paper")
    assert walked(page, words) == ["walk the dog", "my calm playlist", name, words("walk.someone")]
    editor = Editor(phone.go("/edit"), words)
    editor.open("support_contacts")
    editor.add("Maya")
    editor.open("reasons")
    editor.add("the lake in October")
    editor.wait_until_saved()
    assert name not in walked(phone.go("/now"), words)
    assert phone.go("/read").locator(".paper-picture").count() == 1


@pytest.mark.timeout(120)
def test_an_items_picture_is_bare_and_four_are_the_most(
    phone: Phone, words: Words, paper: bytes, seal: Seal, sealing_script: str, screenshots: Path
) -> None:
    phone.open("/lines")
    lines: list[tuple[str, dict[str, object]]] = [("reasons", {"text": ""})]
    seal(phone, lines + [("reasons", {"text": str(number)}) for number in range(4)])
    editor = Editor(phone.go("/edit"), words)
    page = editor.page
    editor.open("reasons")
    photo = file_of(photographed(colours()))
    for number in range(4):
        row = editor.unfold(page.locator("[data-item=true]").nth(number))
        row.locator("input[type=file]").set_input_files(photo)
        expect(row.locator("img")).to_be_visible()
    last = editor.unfold(page.locator("[data-item=true]").nth(4))
    expect(last.get_by_text(words("photo.full"))).to_be_visible()
    page.wait_for_timeout(600)
    kept = [one["photo"] for one in values(opened_plan(phone, sealing_script), "reasons")[:4]]
    for picture in kept:
        image = image_of(picture).convert("RGB")
        assert image.size == (720, 960)
        above, below = image.crop((300, 80, 400, 120)), image.crop((300, 840, 400, 880))
        assert red_and_blue(above) == (True, False), "turned upright, in colour"
        assert red_and_blue(below) == (False, True)
    page = phone.go("/paper")
    expect(page.locator(".paper-picture").get_by_text(words("photo.full"))).to_be_visible()
    page = phone.go("/now")
    expect(page.locator(".walk-middle img")).to_be_visible()
    shoot(page, screenshots / "24-walk-picture.png")
    assert axe(page) == []
    box = page.locator(".walk-middle img").bounding_box()
    assert box
    assert box["height"] > 250, "a picture fills the middle"


def red_and_blue(part: Image.Image) -> tuple[bool, bool]:
    red, _, blue = (ImageStat.Stat(part)).mean
    return red > 150, blue > 150


def test_what_is_no_picture_changes_nothing(phone: Phone, words: Words) -> None:
    page = phone.open("/paper")
    page.locator("#paper-picture").set_input_files(file_of(b"not a picture", "note.jpg"))
    expect(page.get_by_text(words("photo.not_a_picture"))).to_be_visible()
    assert page.locator(".paper-picture img").count() == 0


def test_a_picture_that_had_to_be_made_small_is_told_of(
    phone: Phone, words: Words, screenshots: Path
) -> None:
    """A page of nothing but grain cannot be pressed: it is kept small, and that is said."""
    grain = Image.effect_noise((1800, 2400), 200)
    page = phone.open("/paper")
    take_paper(page, words, photographed(grain.convert("RGB")))
    expect(page.get_by_text(words("paper_picture.faint"))).to_be_visible()
