// What Streamlit draws is mended for those who do not use a mouse. The page is drawn anew now and then,
// hence the observer.
if (!window.vliegwielMended) {
  // The menu on a phone is a list with headings between its items, which a screen reader cannot read as a
  // list; as a group of links it can.
  const mendMenu = () => {
    for (const menu of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
      menu.setAttribute("role", "group")
      for (const item of menu.querySelectorAll("li:not([role])")) item.setAttribute("role", "none")
    }
  }
  // What is higher than its place scrolls, and has to do so from the keyboard too.
  const mendPanes = () => {
    const panes = '[data-testid="stPopoverBody"], [data-testid="stVerticalBlock"][overflow="auto"]'
    for (const pane of document.querySelectorAll(panes)) if (!pane.hasAttribute("tabindex")) pane.tabIndex = 0
  }
  const mend = () => {
    mendMenu()
    mendPanes()
  }
  window.vliegwielMended = new MutationObserver(mend)
  window.vliegwielMended.observe(document.body, { childList: true, subtree: true })
  mend()
}
