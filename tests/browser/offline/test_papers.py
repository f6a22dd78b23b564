"""What is taken away, downloaded in a real browser: made of the view on screen, with no link that leads nowhere."""

from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import expect
from pypdf import PdfReader

ROOT = Path(__file__).parents[3]


def opened(page, url):
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)


def saved(page, button):
    with page.expect_download() as download:
        page.locator(button).first.click()
    return Path(download.value.path())


def squeezed(pdf):
    return "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_a_stages_hand_out_carries_no_address_that_leads_nowhere(page, app):
    opened(page, f"{app}/?stage=lake&start=push&seed=5")
    text = squeezed(saved(page, ".st-key-handout button"))
    assert "Noaddressisknown" in text  # this server listens on its own machine alone, and says so
    assert "127.0.0.1" not in text
    assert "Rawstorage" in text


def test_the_view_and_a_chart_are_saved_as_pictures(page, app):
    opened(page, f"{app}/?scenario=flash-sale&moment=46800")
    finding = page.locator(".st-key-chart-freshness p").first.inner_text()
    chart = ElementTree.parse(saved(page, ".st-key-svg-freshness button")).getroot()
    assert finding in "".join(chart.itertext())
    page.get_by_role("button", name="Picture", exact=True).click()
    text = squeezed(saved(page, "[class*='st-key-download-'][class*='view-pdf'] button"))
    assert "".join(finding.split()) in text
    assert "13:00" in text
