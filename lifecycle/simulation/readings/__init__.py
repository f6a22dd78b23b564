"""What is read off a run: series, frames, accounts, those who ask for the data, costs, and a day in few figures."""
