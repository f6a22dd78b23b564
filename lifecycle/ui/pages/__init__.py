"""One module a page, and the frame round all of them."""
