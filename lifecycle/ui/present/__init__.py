"""A talk before a hall: its page, the hall's charts, the desk's conductor, and the running class."""
