"""The roles, one module each: its figures with units, ranges, defaults and sources, and how it treats events.

The value used of a figure is the scenario's override, else the station's own, else the default of its role. A new role
is a member of `kinds.Role` and a module: without one `role_type` does not pass the type checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from lifecycle.simulation.model.figures import WHOLE, Figure, is_number
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles.archive import Archive
from lifecycle.simulation.roles.buffer import Buffer
from lifecycle.simulation.roles.consumer import Consumer
from lifecycle.simulation.roles.ingestion import Ingestion
from lifecycle.simulation.roles.interface import Interface
from lifecycle.simulation.roles.kind import RoleType
from lifecycle.simulation.roles.lake import Lake
from lifecycle.simulation.roles.source import SourceRole
from lifecycle.simulation.roles.transform import Transform
from lifecycle.simulation.roles.warehouse import Warehouse


def role_type(role: Role) -> RoleType:
    """Return the module of a role."""
    match role:
        case Role.SOURCE:
            return SourceRole()
        case Role.INTERFACE:
            return Interface()
        case Role.INGESTION:
            return Ingestion()
        case Role.BUFFER:
            return Buffer()
        case Role.LAKE:
            return Lake()
        case Role.TRANSFORM:
            return Transform()
        case Role.WAREHOUSE:
            return Warehouse()
        case Role.ARCHIVE:
            return Archive()
        case Role.CONSUMER:
            return Consumer()
        case _:
            assert_never(role)


ROLE_TYPES: Mapping[Role, RoleType] = {role: role_type(role) for role in Role}
ROLES: Mapping[Role, tuple[Figure, ...]] = {role: known.figures for role, known in ROLE_TYPES.items()}


def figures_of(station: Station, scenario: Scenario) -> Mapping[str, float]:
    """Return every figure of `station` by name: override, else the station's own, else the role's default."""
    return (
        {figure.name: figure.default for figure in ROLES[station.role]}
        | dict(station.figures)
        | {name: value for workplace, name, value in scenario.overrides if workplace == station.id}
    )


def figure_problem(station: Station, name: str, value: float) -> str | None:
    """Return what is wrong with one figure of a station of a known role, None if nothing is."""
    known = {figure.name: figure for figure in ROLES[station.role]}
    if name not in known:
        return f"{station.id}: the role {station.role} has no figure {name!r}; it has {', '.join(known)}"
    figure = known[name]
    if figure.options and value not in [code for code, _ in figure.options]:
        choices = ", ".join(f"{code:g} ({text})" for code, text in figure.options)
        return f"{station.id}: {name} is {f'{value:g}' if is_number(value) else repr(value)}; choose {choices}"
    if not is_number(value):
        return f"{station.id}: {name} is {value!r}; write a number in {figure.unit}"
    if not figure.holds(value):
        return f"{station.id}: {name} is {value:g}; write {figure.span} {figure.unit}"
    if figure.unit in WHOLE and not float(value).is_integer():
        return f"{station.id}: {name} is {value:g}; write a whole number"
    return None
