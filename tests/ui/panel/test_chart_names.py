"""What the buttons of a chart are called, heard without the chart."""

from lifecycle import charts
from lifecycle.ui.panel import figures
from tests.ui.explorer_app import opened


def test_every_chart_has_words_for_what_it_shows():
    assert set(figures.SPOKEN) == {*charts.CHARTS, *charts.STAGE_CHARTS}


def test_a_chart_of_a_stage_is_called_by_what_it_shows_and_the_stages_own_name():
    app = opened(stage="ingestion", view="watch", events="2000")
    called = [button.proto.label for button in app.get("download_button")]
    assert {"CSV *of the flow at Ingestion*", "SVG *of what waits at Ingestion*", "CSV *of the freshness*"} <= set(
        called
    )
    assert not [label for label in called if "ingestion" in label]
