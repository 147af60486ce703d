// The reader's place: back to the very number after a reference, and on a later visit to where reading stopped.
// And what a reader takes along: copies, and a printed sheet. One module, for each is a request of every first view.

import { idIn, made } from "./masthead.js"
import { focusQuietly } from "./preview.js"

const root = document.documentElement

// References know the citation that led to them; whoever leaves them, by a way back or the browser's, has its focus
let left

document.addEventListener("click", event => {
  const back = event.target.closest(".xp-references__back a")
  const link = back ? document.querySelector(`${back.hash} a`) : event.target.closest(".xp-cite__link")
  if (!link || event.defaultPrevented) return
  left = link
  if (back) return
  document.querySelector(link.hash).closest("details").open = true
  for (const way of document.querySelectorAll(".xp-references__back a")) {
    way.classList.toggle("xp-references__came", way.hash === `#${link.parentElement.id}`)
  }
})

addEventListener("hashchange", () => {
  if (!left || location.hash === left.hash) return
  focusQuietly(left)
  left = undefined
})

// What an address asks for is opened, and all that it is folded in
function open() {
  const asked = document.getElementById(idIn(location.hash))
  let fold = asked?.querySelector(":scope > .xp-fold") ?? asked?.closest("details")
  for (; fold; fold = fold.parentElement.closest("details")) fold.open = true
}

addEventListener("hashchange", open)
open()

// How far: the bar at the top is full where the references begin. On the bar itself, for the whole page would inherit it
const prose = document.querySelector(".xp-prose")
const references = prose.querySelector(".xp-references")
const bar = references && document.querySelector(".xp-progress")
const far = () => bar.style.setProperty("--xp-end", `${Math.max(1, references.getBoundingClientRect().top + scrollY - innerHeight)}px`)
if (bar) new ResizeObserver(far).observe(prose)

// The place on a long page is kept in this browser for a month, and offered when the page is opened again
const KEPT = "places"
const MONTH = 30 * 24 * 3600e3
const headings = [...prose.querySelectorAll("h2[id], h3[id]")]

function places() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(KEPT)) ?? {})
    return Object.fromEntries(kept.filter(([, [, day]]) => Date.now() - day < MONTH).slice(-30))
  } catch { return {} }
}

function keep() {
  const at = headings.findLastIndex(each => each.getBoundingClientRect().top < innerHeight / 3)
  const { [location.pathname]: _, ...kept } = places()
  const over = references && references.getBoundingClientRect().top < innerHeight
  if (at < 1) return
  if (!over) kept[location.pathname] = [headings[at].id, Date.now()]
  try { localStorage.setItem(KEPT, JSON.stringify(kept)) } catch {} // no storage, no place to remember
}

function offerPlace() {
  const [id] = places()[location.pathname] ?? []
  const heading = id && document.getElementById(id)
  if (!heading || location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate") return
  const link = made("a", "", heading.firstChild.textContent)
  const close = made("button", "xp-button", "Dismiss")
  const offer = made("p", "xp-place", "Continue where you were: ", link, " ", close)
  link.href = `#${id}`
  close.type = "button"
  offer.addEventListener("click", event => event.target !== offer && offer.remove())
  prose.before(offer)
  addEventListener("scroll", () => scrollY > innerHeight && offer.remove())
}

if (root.scrollHeight > 4 * innerHeight && headings.length > 2) {
  offerPlace()
  addEventListener("scrollend", keep)
}

// On paper: the address the page was printed from, where the site's own is not known
const printed = document.querySelector(".xp-printed__address:empty")
if (printed) printed.textContent = location.href.split("#")[0]

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
  record: citation,
  source: button => button.closest(":has(.xp-citation)").querySelector(".xp-citation"),
}

// A record is cited as the page it stands on, with its own words before and its own address after; shown, then copied
function citation(button) {
  const record = button.closest("[data-record]")
  const shown = record.querySelector(".xp-copied__words") ?? document.createElement("p")
  const words = record.querySelector(".xp-fact__text, h3, h4")?.textContent.replace(/“/g, "‘").replace(/”/g, "’")
  const page = [...document.querySelectorAll(".xp-colophon__styles dt")].find(each => each.textContent.startsWith("Chicago"))
  const named = page?.nextElementSibling.querySelector("p").textContent.replace(/ https?:\S+$/, "")
  shown.className = "xp-copied__words"
  shown.textContent = [words && `“${words.replace(/\.?$/, ".")}”`, named, `${record.querySelector(".xp-foot__link").href}.`].filter(Boolean).join(" ")
  button.parentElement.after(shown)
  return shown
}

async function copy(element) {
  const text = element.href ?? (element.matches("pre") ? element.textContent : element.textContent.replace(/\s+/g, " ").trim())
  try {
    await navigator.clipboard.writeText(text)
    return "Copied."
  } catch {
    getSelection().selectAllChildren(element)
    return "Selected: copy it with your keyboard or menu."
  }
}

document.addEventListener("click", event => event.target.closest("[data-prints]") && print())

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copies]")
  if (!button) return
  const name = button.dataset.name ??= button.textContent
  button.textContent = said.textContent = await copy(beside[button.dataset.copies](button))
  setTimeout(() => { button.textContent = name; said.textContent = "" }, 4000)
})
