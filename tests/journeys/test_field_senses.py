"""The phone's microphone and camera: a spoken note goes along, a square code is read, neither stays on."""

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.journeys import chromium
from tests.journeys.conftest import Site
from tests.journeys.lane import PATIENT, Lane, grid_worker, lane
from tests.journeys.plant import photo

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
#: The camera's picture, and where on it the code lies: pixels a module, and the margin.
WIDTH, HEIGHT, MODULE, MARGIN = 640, 480, 10, 60

#: What the page was given is remembered, so that one sees whether it still runs.
REMEMBER = """{
  const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media);
  globalThis.tracks = [];
  media.getUserMedia = async (what) => {
    const stream = await ask(what);
    tracks.push(...stream.getTracks());
    return stream;
  };
}"""
RUNNING = "tracks.filter((one) => one.readyState === 'live').length"

#: A browser that has a reader of square codes of its own.
READER = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: CODE }]; }
};"""
#: One that names a reader, which reads other codes alone.
OTHER = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["ean_13"]; }
};"""
#: The camera may not be looked through.
REFUSED = """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };"""


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads(site.run("tests.journeys.plant_field"))
    return found


@pytest.fixture(scope="module")
def sensing(
    browser: Browser, planted: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser with a microphone that hums, and a camera that looks at a matter's square code."""
    film = tmp_path_factory.mktemp("camera") / "code.y4m"
    film.write_bytes(filmed(modules(planted["screening"])))
    found = chromium.prepare()
    made = browser.browser_type.launch(
        executable_path=str(found.executable),
        env=dict(found.env),
        args=[
            "--use-fake-ui-for-media-stream",  # nobody is there to be asked
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    yield made
    made.close()


def modules(text: str) -> list[list[int]]:
    """The code's modules, 1 is dark."""
    return [[int(bool(one)) for one in row] for row in segno.make(text, micro=False, error="m").matrix]


def filmed(rows: list[list[int]]) -> bytes:
    """Some frames of the code on white paper, as the browser's stand-in for a camera plays them."""
    side = len(rows)

    def bright(x: int, y: int) -> int:
        column, row = (x - MARGIN) // MODULE, (y - MARGIN) // MODULE
        inside = x >= MARGIN and y >= MARGIN and column < side and row < side
        return 16 if inside and rows[row][column] else 235

    luma = bytes(bright(x, y) for y in range(HEIGHT) for x in range(WIDTH))
    frame = b"FRAME\n" + luma + bytes([128]) * (WIDTH * HEIGHT // 2)
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip C420jpeg\n".encode() + frame * 3


def pictured(text: str) -> bytes:
    """A phone's photo of the code: askew, small in the picture, on a grey wall."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="png", scale=12, border=4)
    wall = Image.new("RGB", (2400, 1800), (150, 145, 140))
    code = Image.open(drawn).convert("RGB").rotate(7, expand=True, fillcolor=(150, 145, 140))
    wall.paste(code, (900, 600))
    out = io.BytesIO()
    wall.save(out, "JPEG", quality=70)
    return out.getvalue()


def spoken(phone: Lane) -> None:
    """Say something until it is a second long, however slow the machine is."""
    button = phone.page.locator("[data-voice]")
    for _turn in range(10):
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        phone.page.wait_for_timeout(1_500)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        if phone.page.locator(".photos .voice").count():
            return
    raise AssertionError("nothing was recorded")


def test_a_spoken_note_waits_sealed_with_its_report_and_arrives_as_a_recording(
    sensing: Browser, site: Site, complaints: list[str], world: "World"
):
    with lane(sensing, site, complaints, grid_worker(world), permissions=["microphone"]) as phone:
        phone.context.add_init_script(REMEMBER)
        phone.page.reload()
        phone.ready()
        phone.off()
        phone.fill(f"示例：{phone.word} a")
        spoken(phone)
        assert phone.page.evaluate(RUNNING) == 0
        phone.page.get_by_role("button", name="交上去").click()
        phone.handed_in()
        assert phone.waiting() == 1
        phone.on()
        phone.all_sent()
        ((media, size),) = site.rows(
            "SELECT a.media, a.size FROM matter m JOIN matter_attachment a ON a.matter_id = m.id "
            "WHERE m.gist LIKE %s",
            f"示例：{phone.word} %",
        )
        assert media == "audio/wav" and int(str(size)) > 8_000  # half a second of it


def test_a_recording_goes_along_with_what_is_handed_in_meanwhile_and_ends_where_the_page_is_left(
    sensing: Browser, site: Site, complaints: list[str], world: "World"
):
    with lane(sensing, site, complaints, grid_worker(world), permissions=["microphone"]) as phone:
        phone.context.add_init_script(REMEMBER)
        phone.page.reload()
        phone.ready()
        button = phone.page.locator("[data-voice]")
        phone.go("report")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert phone.page.evaluate(RUNNING) == 1
        phone.go("today")
        phone.until(f"{RUNNING} === 0")
        phone.fill(f"示例：{phone.word} a")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        phone.page.wait_for_timeout(2_000)
        phone.page.get_by_role("button", name="交上去").click()
        phone.handed_in()
        assert phone.page.evaluate(RUNNING) == 0
        phone.all_sent()
        assert len(phone.sizes()) == 1


@pytest.mark.parametrize("own", ["", OTHER, READER], ids=["none", "of other codes", "of square codes"])
def test_a_square_code_before_the_camera_opens_its_matter_whatever_the_browser_can_read(
    sensing: Browser, site: Site, complaints: list[str], world: "World", planted: dict[str, str], own: str
):
    number = planted["screening"]
    with lane(sensing, site, complaints, grid_worker(world), permissions=["camera"]) as phone:
        for script in (REMEMBER, own.replace("CODE", json.dumps(number))):
            phone.context.add_init_script(script)
        phone.page.reload()
        phone.ready()
        phone.off()  # the reader is kept with the app
        phone.page.locator("[data-tab=scan]").click()
        expect(phone.page.locator("body")).to_have_attribute("data-at", f"matter/{number}", timeout=PATIENT)
        phone.until(f"{RUNNING} === 0")


def test_where_the_camera_is_refused_a_picture_of_the_code_opens_its_matter(
    browser: Browser, site: Site, complaints: list[str], world: "World", planted: dict[str, str]
):
    number = planted["screening"]
    with lane(browser, site, complaints, grid_worker(world)) as phone:
        phone.context.add_init_script(REFUSED)
        phone.page.reload()
        phone.ready()
        phone.off()
        phone.page.locator("[data-tab=scan]").click()
        expect(phone.page.get_by_text("镜头没有打开。")).to_be_visible()
        pick = phone.page.locator('[name="picture"]')
        pick.set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        expect(phone.page.get_by_role("alert")).to_contain_text("没有看到码")
        address = f"https://example.invalid/matters/{number}/"
        pick.set_input_files({"name": "c.jpg", "mimeType": "image/jpeg", "buffer": pictured(address)})
        expect(phone.page.locator("body")).to_have_attribute("data-at", f"matter/{number}", timeout=PATIENT)
