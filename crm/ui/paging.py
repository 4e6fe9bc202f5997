"""The pages of a list: which one was asked for, and the way to the others."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from crm.ui.words import _


@dataclass(frozen=True)
class Paging:
    """How one list is divided: `size` records a page, and no further than the first `most` of them."""

    key: str
    size: int
    most: int | None = None

    def chosen(self) -> int:
        """Return the page that was asked for, also when somebody asks for one that cannot be."""
        page = max(1, int(st.session_state.get(self.key) or 1))
        return page if self.most is None else min(page, self.most // self.size)

    def restart(self) -> None:
        """Go back to the first page: somebody asked for other records."""
        st.session_state[self.key] = 1

    def show(self, found: int) -> None:
        """Show the way to the other pages, if there are any, of `found` records."""
        if self.most is not None and found > self.most:
            found = self.most
            st.caption(
                _("These are the first {count}. Search or choose more to find the others.", count=found)
            )
        if found > self.size:
            st.pagination(-(-found // self.size), key=self.key)
