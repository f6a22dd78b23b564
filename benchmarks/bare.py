"""The least that Streamlit can do: what the explorer's speed is measured against."""

import streamlit as st

st.button("Go", on_click=lambda: st.session_state.update(count=st.session_state.get("count", 0) + 1))
st.markdown(f"count {st.session_state.get('count', 0)}")
