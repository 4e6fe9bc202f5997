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
  // What a change says for a moment is announced by a name that is nowhere on the page; it gets its words.
  const mendToasts = () => {
    for (const toast of document.querySelectorAll('[data-testid="stToast"][aria-labelledby]')) {
      if (document.getElementById(toast.getAttribute("aria-labelledby"))) continue
      toast.removeAttribute("aria-labelledby")
      toast.setAttribute("aria-label", toast.querySelector('[data-testid="stMarkdownContainer"]')?.textContent ?? "")
    }
  }
  // The menu's link to the page somebody is on keeps what stands behind the `?`, and so leads nowhere: from
  // a visit just saved to that visit. Like every other link it has to lead to the page itself.
  const menuLinks = '[data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"], [data-testid="stSidebarNavLink"]'
  const leaveRecord = (event) => {
    const link = event.target.closest?.(menuLinks)
    if (!link || !location.search || link.pathname !== location.pathname) return
    history.pushState({}, "", link.pathname)
    window.dispatchEvent(new PopStateEvent("popstate"))
  }
  document.addEventListener("click", leaveRecord, true)

  // Who asks for the search screen wants to type at once.
  let searchedBefore = null
  const focusSearch = () => {
    const box = document.querySelector(".st-key-find_text input")
    if (box && box !== searchedBefore) box.focus()
    searchedBefore = box
  }

  // A field tells its last words when somebody leaves it; who saves by a key has not left it yet.
  const leaveField = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") document.activeElement?.blur()
  }
  window.addEventListener("keydown", leaveField, true)

  const mend = () => {
    focusSearch()
    mendMenu()
    mendPanes()
    mendToasts()
  }
  window.vliegwielMended = new MutationObserver(mend)
  window.vliegwielMended.observe(document.body, { childList: true, subtree: true })
  mend()
}
