"""Section 5: a plan as items with dotted version vectors, and how two copies become one."""

import secrets
from typing import Any

from tests.independent.primitives import to_text

Item = dict[str, Any]
Plan = dict[str, Any]


class Writer:
    """One running of the app: a replica id that is never used again, and its count."""

    def __init__(self) -> None:
        self.replica = to_text(secrets.token_bytes(16))
        self.count = 0

    def add(self, plan: Plan, section: str, value: Any) -> Plan:
        """The plan with one item more."""
        position = [f"{len(plan['items']):04}i", len(plan["items"]) + 1, self.replica]
        item = {"id": to_text(secrets.token_bytes(16)), "section": section, "pos": position}
        return plan | {"items": [*plan["items"], self.written(item | {"ctx": {}}, value)]}

    def edit(self, plan: Plan, section: str, value: Any) -> Plan:
        """The plan with another value in the one item of that section."""
        items = [
            self.written(item, value) if item["section"] == section else item
            for item in plan["items"]
        ]
        return plan | {"items": items}

    def written(self, item: Item, value: Any) -> Item:
        self.count += 1
        dot = [self.replica, self.count]
        ctx = item["ctx"] | {self.replica: self.count}
        return item | {"sibs": [{"dot": dot, "value": value}], "ctx": ctx}


def merge(ours: Plan, theirs: Plan) -> Plan:
    """What one copy has and the other never saw stays; fields unknown here are carried."""
    mine = {item["id"]: item for item in ours["items"]}
    other = {item["id"]: item for item in theirs["items"]}
    ids = [*mine, *(one for one in other if one not in mine)]
    items = [merge_item(mine.get(one), other.get(one)) for one in ids]
    return theirs | ours | {"items": items}


def merge_item(ours: Item | None, theirs: Item | None) -> Item:
    if ours is None or theirs is None:
        alone = ours or theirs
        assert alone is not None
        return alone
    sibs = [*kept(ours, theirs), *(s for s in kept(theirs, ours) if s not in ours["sibs"])]
    ctx = {
        replica: max(ours["ctx"].get(replica, 0), theirs["ctx"].get(replica, 0))
        for replica in ours["ctx"] | theirs["ctx"]
    }
    position = max(ours["pos"], theirs["pos"], key=lambda pos: pos[1:])
    return theirs | ours | {"sibs": sibs, "ctx": ctx, "pos": position}


def kept(item: Item, beside: Item) -> list[Any]:
    """Siblings that the other copy holds too, or has never seen."""
    held = [sib["dot"] for sib in beside["sibs"]]
    return [
        sib
        for sib in item["sibs"]
        if sib["dot"] in held or sib["dot"][1] > beside["ctx"].get(sib["dot"][0], 0)
    ]


def values(plan: Plan, section: str) -> list[Any]:
    """Every value that stands in a section, siblings too."""
    items = (item for item in plan["items"] if item["section"] == section)
    return [sib["value"] for item in items for sib in item["sibs"]]
