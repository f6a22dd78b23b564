"""Questions as data: reading `<quiz>` blocks, checking answers."""
