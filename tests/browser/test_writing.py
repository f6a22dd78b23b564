"""Live reload: a file is saved, and the page that is open shows it without a touch."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.small_course import FILES, write_course

ROOT = Path(__file__).parents[2]


def test_an_open_page_follows_a_saved_file_and_goes_on_when_it_is_broken_and_repaired(
    serve, tmp_path: Path, page: Page
):
    folder = write_course(tmp_path / "course")
    settings = {"HEADWATERS_CONTENT": str(folder), "HEADWATERS_DATA": str(tmp_path), "HEADWATERS_WRITING": "1"}
    page.goto(f"{serve(ROOT / 'app.py', settings)}/practice")
    page.get_by_role("radio", name="By place").click()
    quiz = page.locator(".st-key-quiz")
    expect(quiz).to_contain_text("Which one?")
    quiz.get_by_text("That one").click()
    file = folder / "quizzes" / "lifecycle.md"
    whole = FILES["quizzes/lifecycle.md"]

    file.write_text(whole.replace("Which one?", "Which other one?"), encoding="utf-8")
    expect(quiz).to_contain_text("Which other one?")
    expect(quiz.get_by_role("radio", name="That one")).to_be_checked()  # what was chosen meanwhile stays

    file.write_text(whole.replace("- [x]", "- [y]"), encoding="utf-8")
    expect(page.get_by_text("quizzes/lifecycle.md:4:")).to_be_visible()
    file.write_text(whole.replace("Which one?", "Which at last?"), encoding="utf-8")
    expect(quiz).to_contain_text("Which at last?")
    expect(page.get_by_text("quizzes/lifecycle.md:4:")).to_have_count(0)
