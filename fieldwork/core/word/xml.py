"""A shorthand for WordprocessingML: `node("w:spacing", line=579)`. Text is always data here, never markup."""

from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Node: TypeAlias = BaseOxmlElement


def node(tag: str, *children: Node | None, **attributes: object) -> Node:
    """An element with children (None is left out) and attributes of the w: namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def flag(tag: str, is_on: bool) -> Node | None:
    """An on/off element, or nothing."""
    return node(tag) if is_on else None


def off(tag: str) -> Node:
    """An element that switches off what is on by default."""
    return node(tag, val=0)
