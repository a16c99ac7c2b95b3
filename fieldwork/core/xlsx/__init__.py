"""Spreadsheets: the template people fill in, and what comes back read within limits."""

from fieldwork.core.xlsx.columns import Code, Column, Kind, RowIn, SheetError, Value
from fieldwork.core.xlsx.reading import Reading, read_rows
from fieldwork.core.xlsx.template import template

__all__ = ["Code", "Column", "Kind", "Reading", "RowIn", "SheetError", "Value", "read_rows", "template"]
