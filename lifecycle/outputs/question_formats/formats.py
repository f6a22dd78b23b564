"""Every format by the name that the command line knows it by."""

from __future__ import annotations

from lifecycle.outputs.question_formats import anki, gift, markdown, qti
from lifecycle.outputs.question_formats.exported import Export
from lifecycle.outputs.question_formats.losses import checked

_MODULES = {"gift": gift, "qti": qti, "anki": anki, "markdown": markdown}
FORMATS: dict[str, Export] = {name: checked(name, module.export) for name, module in _MODULES.items()}
