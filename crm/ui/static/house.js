// The menu on a phone is a list with headings between its items, which a screen reader cannot read as a
// list; as a group of links it can. The menu is drawn anew now and then, hence the observer.
if (!window.vliegwielMenu) {
  const mend = () => {
    for (const menu of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
      menu.setAttribute("role", "group")
      for (const item of menu.querySelectorAll("li:not([role])")) item.setAttribute("role", "none")
    }
  }
  window.vliegwielMenu = new MutationObserver(mend)
  window.vliegwielMenu.observe(document.body, { childList: true, subtree: true })
  mend()
}
