"""The picture of the web page in README: `make film` writes docs/page.png, the page on a desktop and on a phone."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from vae_explorer.page import made
from vae_explorer.space.space import Space

FOLDER = Path(__file__).parent
DESK = {"viewport": {"width": 1180, "height": 780}}
PHONE = {"viewport": {"width": 390, "height": 780}, "color_scheme": "dark", "has_touch": True, "is_mobile": True}
GAP = 24  # pixels between the two


def taken(browser: Browser, address: str, tab: str, path: Path, **context: Any) -> Image.Image:
    """Give a picture of the page with a tab in front."""
    page = browser.new_context(**context).new_page()
    page.goto(address)
    page.get_by_role("tab", name=tab).click()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(1000)  # until all strips are drawn
    page.screenshot(path=path)
    return Image.open(path)


def main() -> None:
    """Make the picture."""
    space = Space.open()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page, browser = (
            Path(folder) / "latent.html",
            playwright.chromium.launch(executable_path=shutil.which("chromium")),
        )
        page.write_bytes(made.page(space, z=space.class_mean(4)))
        desk = taken(browser, page.as_uri(), "Plane", Path(folder) / "desk.png", **DESK)
        phone = taken(browser, page.as_uri(), "Map", Path(folder) / "phone.png", **PHONE)
        both = Image.new("RGB", (desk.width + GAP + phone.width, desk.height), "white")
        both.paste(desk)
        both.paste(phone, (desk.width + GAP, 0))
        both.save(FOLDER / "page.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
