// A text field that saves while somebody types. Every letter is kept on this device at once and sent to the
// server after a short pause; the copy on the device goes as soon as the server says that it has the text.

const PREFIX = "vliegwiel:draft:"
const PAUSE = 700
const LOOK = 1000
const RETRY = 4000

const fields = new WeakMap()

export default function (component) {
  const { data, parentElement, setStateValue } = component
  let field = fields.get(parentElement)
  if (!field) {
    field = new Field(parentElement, data)
    fields.set(parentElement, field)
  }
  field.tell = (value) => setStateValue("value", value)
  field.receive(data)
  return () => {
    field.stop()
    fields.delete(parentElement)
  }
}

class Field {
  constructor(root, data) {
    this.area = root.querySelector("textarea")
    this.label = root.querySelector("label")
    this.status = root.querySelector("[role=status]")
    this.data = data
    this.sent = null
    this.sentAt = 0
    this.heard = Date.now()
    this.dirty = false
    this.flush = () => this.waiting && this.send()
    this.again = () => this.dirty && this.send()
    this.area.oninput = () => this.typed()
    this.area.onblur = this.flush
    // On a phone a tap on a button does not always take the focus away from the field.
    document.addEventListener("pointerdown", this.flush, true)
    window.addEventListener("pagehide", this.flush)
    window.addEventListener("online", this.again)
    this.clock = setInterval(() => this.check(), LOOK)
    this.open(data)
  }

  open(data) {
    const kept = data.fresh ? forget(data.store) : read(data.store)
    this.base = data.stamp
    this.area.value = kept ? joined(data, kept) : data.text
    this.dirty = Boolean(kept) && this.area.value !== data.text
    if (this.dirty) setTimeout(() => this.send(), 0)
    else forget(data.store)
  }

  receive(data) {
    this.data = data
    this.label.textContent = data.label
    this.area.rows = data.rows
    this.area.placeholder = data.placeholder
    if (this.sent && data.stamp === this.sent.stamp) {
      this.base = data.stamp
      this.heard = Date.now()
      if (this.area.value === this.sent.text) {
        this.dirty = false
        forget(data.store)
      }
    }
    this.show()
  }

  typed() {
    if (!this.dirty) this.heard = Date.now()
    this.dirty = true
    keep(this.data.store, { text: this.area.value, base: this.base })
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.send(), PAUSE)
    this.show()
  }

  send() {
    clearTimeout(this.waiting)
    this.waiting = null
    this.sent = { text: this.area.value, stamp: crypto.getRandomValues(new Uint32Array(2)).join("-") }
    this.sentAt = Date.now()
    this.tell(this.sent)
  }

  check() {
    const again = this.silent() && Date.now() - this.sentAt >= RETRY
    if (this.dirty && !this.waiting && navigator.onLine && again) this.send()
    this.show()
  }

  silent() {
    return Date.now() - this.heard >= RETRY
  }

  show() {
    const apart = this.dirty && (!navigator.onLine || this.silent())
    const words = apart ? this.data.apart : this.dirty ? this.data.busy : this.data.status
    if (this.status.textContent !== words) this.status.textContent = words
    this.status.className = !apart && !this.dirty && this.data.refused ? "refused" : ""
  }

  // What waits is on the device and goes along the next time the form opens.
  stop() {
    clearTimeout(this.waiting)
    clearInterval(this.clock)
    document.removeEventListener("pointerdown", this.flush, true)
    window.removeEventListener("pagehide", this.flush)
    window.removeEventListener("online", this.again)
  }
}

// What was typed here goes on from `base`. Has the draft changed elsewhere meanwhile, then both texts stay.
function joined(data, kept) {
  if (data.stamp === kept.base || !data.text || kept.text.includes(data.text)) return kept.text
  return data.text.includes(kept.text) ? data.text : data.text + "\n\n" + kept.text
}

// A browser may refuse storage (private window): then the draft on the server is all there is.
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value))
  } catch {
    return
  }
}

function forget(name) {
  try {
    localStorage.removeItem(name)
  } catch {
    return null
  }
  return null
}
