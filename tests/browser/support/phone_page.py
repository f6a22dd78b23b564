"""A phone in a class: what it chooses and what it is told."""


def option(page, text):
    return page.locator("label.option", has_text=text)


def said(page):
    return page.locator("#said")


def choose(page, text):
    option(page, text).click()
    page.locator("#send").click()


def vote(page, text):
    """Choose, send, and hear that it came."""
    with page.expect_response("**/vote"):
        choose(page, text)
