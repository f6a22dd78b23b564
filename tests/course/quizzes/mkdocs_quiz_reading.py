"""What mkdocs-quiz itself makes of a page: its own code, with the conversion to HTML left out."""

import re
from types import SimpleNamespace

from mkdocs_quiz.parsing import FILL_BLANK_REGEX, find_quizzes, mask_code_blocks
from mkdocs_quiz.plugin import MkDocsQuizPlugin

OPTIONS = ("show_correct", "auto_submit", "disable_after_submit", "auto_number", "shuffle_answers")


class _Theirs(MkDocsQuizPlugin):
    """The plugin, keeping the Markdown that it would convert."""

    def __init__(self):
        super().__init__()
        self.texts, self.chosen = [], None

    def _create_fragment_markdown(self, *_):
        return None

    def _convert_fragment_markdown(self, text, *_, **__):
        self.texts.append(text)
        return text

    def _generate_answer_html(self, answers, correct, feedbacks, *args, **kwargs):
        self.chosen = (answers, correct, feedbacks)
        html, several = super()._generate_answer_html(answers, correct, feedbacks, *args, **kwargs)
        self.several = several
        return html, several


def read(text):
    """Each block as (kind, stem, options, answers, explanation), or None where the plugin refuses it."""
    return [_read_block(match.group(1)) for match in find_quizzes(mask_code_blocks(text)[0])]


def _read_block(body):
    plugin = _Theirs()
    words = SimpleNamespace(get=lambda text, **_: text)
    try:
        plugin._process_quiz(body, 0, dict.fromkeys(OPTIONS, True), words, None, None, None)
    except ValueError:
        return None
    if plugin.chosen is None:
        stem = re.sub(r"<!--BLANK_PLACEHOLDER_\d+-->", "[[]]", plugin.texts[0]).strip()
        count = stem.count("[[]]")
        answers = tuple(answer.strip() for answer in re.findall(FILL_BLANK_REGEX, body)[:count])
        return "blank", stem, (), answers, "\n".join(plugin.texts[1:]).strip()
    answers, correct, feedbacks = plugin.chosen
    options = tuple(
        (answer.strip(), answer in correct, feedback) for answer, feedback in zip(answers, feedbacks, strict=True)
    )
    # Converted in this order: the stem, each option and its feedback (where there is one), the explanation.
    converted = 1 + len(answers) + sum(bool(feedback.strip()) for feedback in feedbacks)
    kind = "multiple" if plugin.several else "single"
    return kind, plugin.texts[0].strip(), options, (), "\n".join(plugin.texts[converted:]).strip()
