// What every page runs; here are its buttons: light or dark, the menu, and those that copy.

import "./search.js"
import "./preview.js"
import "./reading.js"

// Light or dark
const root = document.documentElement
const system = matchMedia("(prefers-color-scheme: dark)")
const button = document.getElementById("scheme")
const isDark = () => (root.dataset.mdColorScheme ? root.dataset.mdColorScheme === "slate" : system.matches)
const name = () => (button.textContent = isDark() ? "Light" : "Dark")

button.addEventListener("click", () => {
  root.dataset.mdColorScheme = isDark() ? "default" : "slate"
  try { localStorage.setItem("scheme", root.dataset.mdColorScheme) } catch {}
  name()
})
system.addEventListener("change", name)
name()

// The menu opens by itself; only its state needs saying
const menu = document.getElementById("menu")
const opener = document.querySelector("[popovertarget=menu]")
opener.setAttribute("aria-expanded", "false")
menu.addEventListener("toggle", event => opener.setAttribute("aria-expanded", event.newState === "open"))

// What a reader may take along has a button that copies it: a record's address, a citation, a source's data. The
// buttons are in the page from the start, for one that came later would move it; without scripts none is shown.

const said = document.createElement("p")
said.className = "xp-said"
said.role = "status"
document.body.append(said)

// What a button copies is found from where the button stands, for a preview is a copy of its reference
const beside = {
  address: button => button.previousElementSibling,
  words: button => button.previousElementSibling,
  source: button => button.closest(":has(.xp-citation)").querySelector(".xp-citation"),
}

async function copy(element) {
  const text = element.href ?? element.textContent.replace(/\s+/g, " ").trim()
  try {
    await navigator.clipboard.writeText(text)
    return "Copied."
  } catch {
    getSelection().selectAllChildren(element)
    return "Selected: copy it with your keyboard or menu."
  }
}

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copies]")
  if (!button) return
  const name = button.dataset.name ??= button.textContent
  button.textContent = said.textContent = await copy(beside[button.dataset.copies](button))
  setTimeout(() => { button.textContent = name; said.textContent = "" }, 4000)
})
