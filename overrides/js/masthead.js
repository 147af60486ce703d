// What the masthead cannot do without a script: remember light or dark, say whether the menu is open, search.

// The way from this page to the first
export const base = document.querySelector("[data-base]").dataset.base

// The id that the end of an address names; none where it is no address
export function idIn(hash) {
  try { return decodeURIComponent(hash.slice(1)) } catch { return "" }
}

export function made(tag, name, ...content) {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.append(...content)
  return element
}

// Light or dark
const root = document.documentElement
const system = matchMedia("(prefers-color-scheme: dark)")
const button = document.getElementById("xp--scheme")
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
const menu = document.getElementById("xp--menu")
const opener = document.querySelector("[popovertarget=xp--menu]")
opener.setAttribute("aria-expanded", "false")
menu.addEventListener("toggle", event => opener.setAttribute("aria-expanded", event.newState === "open"))

// Search opens at once, and takes words while it is loaded: when it is first opened, or where it says what a wrong
// address may have meant
const search = document.getElementById("xp--search")
const loadSearch = () => import("./search.js")
document.getElementById("xp--search-open").addEventListener("click", async () => {
  search.showModal()
  search.querySelector("input").select()
  ;(await loadSearch()).openSearch()
})
if (document.querySelector(".xp-guess")) loadSearch()
