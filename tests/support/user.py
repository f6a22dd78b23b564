"""Who Streamlit says is signed in."""


class StreamlitUser(dict[str, bool | str]):
    """In place of `st.user`, which a running server alone has."""

    def to_dict(self) -> "dict[str, bool | str]":
        return dict(self)
