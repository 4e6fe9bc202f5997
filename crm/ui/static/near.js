// Asks the browser where it is, only after a tap, and tells the server no more than about a kilometre.
// The position is sent once and is not kept, here or there.

const COARSE = 100
const OPTIONS = { enableHighAccuracy: false, timeout: 10000, maximumAge: 300000 }

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const button = parentElement.querySelector("button")
  const status = parentElement.querySelector("[role=status]")
  button.textContent = data.label
  const rounded = (degrees) => Math.round(degrees * COARSE) / COARSE
  const found = ({ coords }) => {
    status.textContent = ""
    setTriggerValue("near", { latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) })
  }
  const refused = () => { status.textContent = data.refused }
  button.onclick = () => {
    if (!navigator.geolocation) return refused()
    status.textContent = data.busy
    navigator.geolocation.getCurrentPosition(found, refused, OPTIONS)
  }
}
