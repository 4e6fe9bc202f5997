// Streamlit's own words are English. In a Dutch screen they are said in Dutch; what is not known here stays.
if (!window.vliegwielDutch) {
  const words = {
    "App pages": "Menu",
    "Add files": "Bestanden toevoegen",
    "Choose date": "Datum kiezen",
    "Choose date range": "Periode kiezen",
    "Clear all": "Alles wissen",
    "Clear date": "Datum wissen",
    "Clear entry": "Invoer wissen",
    "Clear value": "Waarde wissen",
    "Close": "Sluiten",
    "Decrement": "Minder",
    "Error": "Fout",
    "Error:": "Fout:",
    "Increment": "Meer",
    "File size is too small.": "Dit bestand is leeg.",
    "Navigate to home page": "Naar de eerste pagina",
    "Next page": "Volgende pagina",
    "No results": "Niets gevonden",
    "Open": "Openen",
    "Pagination": "Bladeren",
    "Previous page": "Vorige pagina",
    "Select all": "Alles kiezen",
    "Selected values": "Gekozen",
    "Skip to main content": "Naar de inhoud",
    "Upload": "Bestand kiezen",
    "Uploading...": "Bezig met versturen …",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Kies een dag met de pijltjestoetsen. Enter kiest, Escape sluit.",
    "yyyy": "jjjj",
  }
  const parts = { day: "dag", month: "maand", year: "jaar" }
  const size = (told) => told.replace(".0", "").replace(".", ",").replace(/(\d)([KMG]?B)/, "$1 $2")
  const shapes = [
    [/^Press Enter to (apply|submit form)$/, () => "Druk op Enter om te bewaren"],
    [/^Press (⌘|Ctrl)\+Enter to (apply|submit form)$/, (_all, key) => `Druk op ${key}+Enter om te bewaren`],
    [/^Select (\d+) matches$/, (_all, count) => `Deze ${count} kiezen`],
    [/^Add: (.*)$/, (_all, word) => `Toevoegen: ${word}`],
    [/^Remove (.*)$/, (_all, word) => `${word} weghalen`],
    [/^Page (\d+)$/, (_all, number) => `Pagina ${number}`],
    [/^\d+(\.\d+)?[KMG]?B$/, (told) => size(told)],
    [/^(.*) per file( • .*)?$/, (_all, most, kinds) => `hoogstens ${size(most)} per bestand${kinds ?? ""}`],
    [/^(Error: )?.* files are not allowed\.$/, () => "Dit soort bestand kan niet. Kies een ander bestand."],
    [/^(?:Error: )?File must be (.*) or smaller\.$/, (_all, most) => `Dit bestand is te groot. Het mag hoogstens ${size(most)} zijn.`],
    [/^(: )?Date set outside allowed range\..*$/, (_all, start) => `${start ?? ""}Deze datum kan hier niet. Kies een andere.`],
    [/^Number is (above|below|outside) the allowed range\..*$/, () => "Dit getal kan hier niet. Kies een ander."],
    [/^(day|month|year), (.*)$/, (_all, part, label) => `${parts[part]}, ${label}`],
  ]
  const places =
    '[data-testid="stFileUploader"], [data-testid="stDateInput"], [data-testid="stNumberInput"],' +
    '[data-testid="InputInstructions"], [data-testid="stTooltipContent"], [data-testid="stSkipLink"], [role="listbox"],' +
    '[role="dialog"], a[href="#main"], button'
  const named = ["aria-label", "title", "placeholder"]

  const dutch = (text) => {
    const said = text.trim()
    if (!said) return null
    if (words[said]) return words[said]
    for (const [shape, say] of shapes) if (shape.test(said)) return said.replace(shape, say)
    return null
  }
  const sayText = (node) => {
    const said = dutch(node.nodeValue)
    if (said !== null && said !== node.nodeValue && node.parentElement?.closest(places)) node.nodeValue = said
  }
  const sayNames = (element) => {
    for (const name of named) {
      const said = element.hasAttribute(name) ? dutch(element.getAttribute(name)) : null
      if (said !== null && said !== element.getAttribute(name)) element.setAttribute(name, said)
    }
  }
  const say = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return sayText(root)
    if (root.nodeType !== Node.ELEMENT_NODE) return
    sayNames(root)
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      if (walker.currentNode.nodeType === Node.TEXT_NODE) sayText(walker.currentNode)
      else sayNames(walker.currentNode)
    }
  }
  window.vliegwielDutch = new MutationObserver((changes) => {
    if (document.documentElement.lang !== "nl") return
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(say)
      else if (change.type === "characterData") sayText(change.target)
      else sayNames(change.target)
    }
  })
  window.vliegwielDutch.observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: named,
  })
  if (document.documentElement.lang === "nl") say(document.body)
}
