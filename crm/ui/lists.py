"""What every list asks in the same way: which columns, in which order; the answers stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import streamlit as st

from crm.ui.employers import place_line
from crm.ui.paging import Paging
from crm.ui.words import _

Sorting = TypeVar("Sorting", bound=StrEnum)
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True)
class Columns:
    """What a list can tell of a record: names with their headings, and those it tells unless asked."""

    key: str
    words: Mapping[str, str]
    usual: Sequence[str] = ()

    def ask(self) -> None:
        """Ask which to show."""
        st.multiselect(
            _("Columns"),
            list(self.words),
            format_func=lambda name: _(self.words[name]),
            key=self.key,
            placeholder=_("The usual ones"),
            bind="query-params",
        )

    def shown(self) -> Collection[str]:
        """Return which to show now."""
        chosen: Collection[str] = st.session_state.get(self.key) or self.usual or tuple(self.words)
        return chosen

    def line(self, facts: Mapping[str, str | None]) -> str:
        """Return the facts to show of one record on one line, in the order given."""
        shown = self.shown()
        return place_line(*(fact for name, fact in facts.items() if name in shown))


@dataclass(frozen=True)
class Orders(Generic[Sorting]):
    """In which orders a list can stand, in words; the first one is how it comes."""

    key: str
    words: Mapping[Sorting, str]
    pages: Paging | None = None

    def ask(self) -> Sorting:
        """Ask for one of them."""
        chosen = st.selectbox(
            _("Order"),
            list(self.words),
            0,
            lambda order: _(self.words[order]),
            key=self.key,
            bind="query-params",
            on_change=None if self.pages is None else self.pages.restart,
        )
        return chosen or next(iter(self.words))


def ask_only(
    key: str, words: Mapping[str, str], pages: Paging | None = None, meaning: str | None = None
) -> Collection[str]:
    """Ask what alone to show, by name and in words; `meaning` explains what is not plain."""
    return st.pills(
        _("Only show"),
        list(words),
        format_func=lambda name: _(words[name]),
        selection_mode="multi",
        key=key,
        label_visibility="collapsed",
        help=meaning,
        bind="query-params",
        on_change=None if pages is None else pages.restart,
    )


def ask_kind(
    key: str,
    label: str,
    kinds: type[Kind],
    word: Callable[[Kind], str],
    pages: Paging | None = None,
) -> Kind | None:
    """Ask for one kind of record; None shows all."""
    return st.selectbox(
        label,
        list(kinds),
        None,
        word,
        key=key,
        placeholder=_("All"),
        bind="query-params",
        width=240,
        on_change=None if pages is None else pages.restart,
    )


def ask_text(key: str, placeholder: str, pages: Paging | None = None) -> str:
    """Ask what to search for in a list."""
    text = st.text_input(
        _("Search"),
        key=key,
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=placeholder,
        bind="query-params",
        on_change=None if pages is None else pages.restart,
    )
    return text or ""
