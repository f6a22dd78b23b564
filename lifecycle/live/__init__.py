"""The live class beside Streamlit, in its process: phones, the hall's screen and the presenter's desk, by Starlette."""
