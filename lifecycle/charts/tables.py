"""The table behind a chart, as pandas' frame: the one place where the charts have pandas loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def table_of(
    values: Mapping[str, Any] | Sequence[Any] = (),
    columns: list[str] | None = None,
    index: list[str] | None = None,
) -> pd.DataFrame:
    """A table of columns by heading, or of rows under the headings `columns`; `index` names its rows."""
    import pandas as pd  # half a second: a server shows its first page before it draws its first chart

    return pd.DataFrame(values, columns=columns, index=index)
