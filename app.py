"""Headwaters: `streamlit run app.py`, or `app:app` under any ASGI server."""

import streamlit as st

from lifecycle.ui import server
from lifecycle.ui.pages import frame

if server.in_a_session():  # Streamlit runs this file once more for every visitor
    frame.run()
else:  # and first of all reads from it how to serve it
    server.check_settings()
    app = st.App(__file__, routes=server.routes(), middleware=server.MIDDLEWARE, lifespan=server.lifespan)
