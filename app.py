"""Headwaters: `streamlit run app.py`."""

from lifecycle.ui import frame

frame.run()
