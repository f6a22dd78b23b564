"""What a day costs: a price book, and the bill that a run's own counts make of it. What is counted: see `counting`."""

from lifecycle.simulation.readings.bill.counting import bill
from lifecycle.simulation.readings.bill.lines import Bill, BillLine
from lifecycle.simulation.readings.bill.prices import LEFT_OUT, MOST, PRICES, Price, Prices, price_problem

__all__ = ["LEFT_OUT", "MOST", "PRICES", "Bill", "BillLine", "Price", "Prices", "bill", "price_problem"]
