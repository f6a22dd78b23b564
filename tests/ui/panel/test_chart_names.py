"""What the buttons of a chart are called, heard without the chart."""

from lifecycle import charts
from tests.ui.explorer_app import opened


def test_every_chart_has_words_for_what_it_shows():
    names = [*charts.CHARTS, *charts.STAGE_CHARTS]
    assert len({charts.spoken(name) for name in names}) == len(names)


def test_a_chart_of_a_stage_is_called_by_what_it_shows_and_the_stages_own_name():
    app = opened(stage="ingestion", view="watch", events="2000")
    called = [button.proto.label for button in app.get("download_button")]
    assert {
        "CSV *of what arrives at Ingestion*",
        "SVG *of what waits at Ingestion*",
        "CSV *of the age of the data*",
    } <= set(called)
    assert not [label for label in called if "ingestion" in label]
