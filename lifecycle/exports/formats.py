"""Every format by the name that the command line knows it by."""

from __future__ import annotations

from lifecycle.exports import anki, gift, markdown, qti
from lifecycle.exports.exported import Export
from lifecycle.exports.losses import checked

_MODULES = {"gift": gift, "qti": qti, "anki": anki, "markdown": markdown}
FORMATS: dict[str, Export] = {name: checked(name, module.export) for name, module in _MODULES.items()}
