// What the masthead cannot do without a script: remember light or dark, search.

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

// Search: all words, each as the beginning of a word; in titles first
const search = document.getElementById("xp--search")
const words = search.querySelector("input")
const status = search.querySelector("[role=status]")
const results = search.querySelector("ol")
let index

// The way from this page to the first
export const base = search.dataset.base.replace(/\/?$/, "/")

const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
const bare = html => new DOMParser().parseFromString(html.replaceAll("<", " <"), "text/html").body.textContent.replace(/\s+/g, " ").trim()
const stem = word => (word.length > 4 ? word.replace(/(ies|ing|ed|es|s|y)$/, "") : word)

async function load(address) {
  const answer = await fetch(address)
  const { docs } = await answer.json()
  return docs.map(({ location, title, text }) => {
    const shown = bare(text)
    const heading = bare(title)
    return { location, title: heading, text: shown, inTitle: ` ${plain(heading)}`, inText: ` ${plain(shown)}` }
  })
}

function count(text, word) {
  let found = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1])) found++
  }
  return found
}

function score(doc, wanted, every) {
  let total = 0
  for (const word of wanted) {
    const here = 20 * count(doc.inTitle, word) + count(doc.inText, word)
    if (!here && every) return 0
    total += here
  }
  return total / Math.log(50 + doc.inText.length)
}

function marked(text, wanted) {
  const at = Math.min(...wanted.map(word => plain(text).indexOf(word)).filter(place => place >= 0))
  const start = Number.isFinite(at) && at > 60 ? text.indexOf(" ", at - 60) + 1 : 0
  const cut = (start ? "… " : "") + text.slice(start, start + 180)
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join("|")})[\\p{L}\\p{N}]*`, "giu")
  const piece = document.createElement("span")
  let last = 0
  for (const match of cut.matchAll(pattern)) {
    const mark = document.createElement("mark")
    mark.textContent = match[0]
    piece.append(cut.slice(last, match.index), mark)
    last = match.index + match[0].length
  }
  piece.append(cut.slice(last), start + 180 < text.length ? " …" : "")
  return piece
}

const split = text => [...new Set(plain(text).match(/[\p{L}\p{N}]+/gu) ?? [])].map(stem)

function matching(docs, wanted, every) {
  const found = docs.map(doc => [score(doc, wanted, every), doc]).filter(([points]) => points)
  return found.sort(([one], [other]) => other - one).map(([, doc]) => doc)
}

function listed(doc, wanted) {
  const item = document.createElement("li")
  const link = document.createElement("a")
  link.href = `${base}${doc.location}`
  link.textContent = doc.title
  item.className = "xp-search__result"
  item.append(link, marked(doc.text, wanted))
  return item
}

async function find() {
  const wanted = split(words.value)
  results.replaceChildren()
  if (!wanted.length) return (status.textContent = "")
  let found
  index ??= load(search.dataset.index)
  try { found = matching(await index, wanted, true) } catch {
    index = undefined
    return (status.textContent = "The index could not be loaded.")
  }
  status.textContent = found.length ? `${found.length} found${found.length > 30 ? ", the first 30:" : ":"}` : "Nothing found."
  results.replaceChildren(...found.slice(0, 30).map(doc => listed(doc, wanted)))
}

document.getElementById("xp--search-open").addEventListener("click", () => {
  search.showModal()
  words.select()
  if (words.value) find()
})
words.addEventListener("input", find)
words.addEventListener("keydown", event => {
  if (event.key === "Escape") return search.close()
  if (event.key !== "Enter") return
  event.preventDefault()
  results.querySelector("a")?.click()
})
search.addEventListener("click", event => {
  if (event.target === search || event.target.closest("a")) search.close()
})

// Where an address leads nowhere, its words may still say what was meant: first those of other addresses
const guess = document.querySelector(".xp-guess")
if (guess) {
  const address = location.pathname.slice(new URL(base, location).pathname.length) + location.hash
  const parts = address.split(/[/#.]/).filter(part => part.length > 2)
  const wanted = split(address.replace(/\.\w+$/, ""))
  const near = doc => 9 * parts.filter(part => doc.location.includes(part)).length + wanted.filter(word => count(doc.inTitle, word)).length
  words.value = wanted.join(" ")
  const offered = docs => {
    const best = matching(docs, wanted, false).filter(near).sort((one, other) => near(other) - near(one)).slice(0, 3)
    if (best.length) guess.querySelector("ol").replaceChildren(...best.map(doc => listed(doc, wanted)))
    else guess.querySelector("li").textContent = "Nothing here has such words."
  }
  load(guess.dataset.names).then(offered, () => offered([]))
}
