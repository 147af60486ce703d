// Search: every word, each as the beginning of a word, in any spelling; what bears the name comes first.
import { base } from "./masthead.js"

const SHOWN = 5 // of each kind, until the reader asks for all
const NAMED = ["person", "organisation", "document", "term", "limit", "page", "source"] // their titles are names

// Letters that Unicode does not take apart into a plain one and a mark
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", "‐": "-", "‑": "-", "–": "-" }
// Letters with a mark that some write with an e; what each may be written as, and what may stand for it
const UMLAUT = /[äöøüå]/
const SPELLINGS = {
  ä: "(?:ä|ae?)", ö: "(?:[öø]|oe?)", ø: "(?:[öø]|oe?)", ü: "(?:ü|ue?)", å: "(?:å|aa?)",
  ae: "(?:ae|ä)", oe: "(?:oe|[öø])", ue: "(?:ue|ü)", aa: "(?:aa|å)", a: "[aäå]", o: "[oöø]", u: "[uü]",
}
const SPACELESS = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u
const WORD = /[\p{L}\p{N}\p{M}]/u
// Between the digits of a thousand, and between letters that stand for words, as in U.S.
const DROPPED = /(?<=\d)[,\u00a0\u202f’'](?=\d{3}(?!\d))|(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu

const dialog = document.getElementById("xp--search")
const words = dialog.querySelector("input")
const status = dialog.querySelector("[role=status]")
const results = dialog.querySelector(".xp-search__results")
let index

// A text as it is compared, and where each of its letters stands in the text
function fold(text) {
  let folded = ""
  const places = []
  const dropped = new Set([...text.matchAll(DROPPED)].map(match => match.index))
  for (let at = 0; at < text.length; at++) {
    if (dropped.has(at)) continue
    const small = text[at].toLowerCase()
    const plain = text[at] < "\x80" || UMLAUT.test(small) ? small : PLAIN[small] ?? small.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
    folded += plain
    for (let count = plain.length; count; count--) places.push(at)
  }
  return { folded, places }
}

const stem = word => (word.length > 4 ? word.replace(/(ies|ing|ed|es|s|y)$/, "") : word)
const split = text => [...new Set(fold(text).folded.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [])].map(stem)
const initials = title => (title.match(/(?<!\p{L})\p{Lu}/gu) ?? []).join("")

// The places of a word, which may have a hyphen more or less: co-operation
const patterns = {}
function occurrences(text, word) {
  const letters = () => word.match(/ae|oe|ue|aa|[^-]/gu).map(letter => SPELLINGS[letter] ?? letter).join("-?")
  patterns[word] ??= new RegExp((SPACELESS.test(word) ? "" : "(?<![\\p{L}\\p{N}\\p{M}])") + letters(), "gu")
  return [...text.matchAll(patterns[word])]
}
// How often a word stands in a text; where one with hyphens does not, how often its parts do
const count = (text, word) =>
  occurrences(text, word).length || Math.min(...word.split("-").map(part => occurrences(text, part).length))

async function load(address) {
  const { docs, kinds } = await (await fetch(address)).json()
  const pages = new Map(docs.filter(doc => doc.kind === "page").map(doc => [doc.location, doc.title]))
  for (const doc of docs) {
    const short = NAMED.includes(doc.kind) ? initials(doc.title) : ""
    doc.inTitle = fold(`${doc.title} ${short.length > 1 ? short : ""}`).folded
    doc.inText = fold(doc.text).folded
    doc.group = kinds[doc.kind]
    const [page, section] = doc.location.split("#")
    doc.page = section && doc.kind === "page" ? pages.get(page) ?? "" : ""
  }
  return docs
}

function score(doc, wanted, every) {
  let total = 0, inTitle = 0
  for (const word of wanted) {
    const named = count(doc.inTitle, word)
    const here = 20 * named + count(doc.inText, word)
    if (!here && every) return 0
    total += here
    inTitle += Boolean(named)
  }
  const name = inTitle === wanted.length && NAMED.includes(doc.kind)
  return total / Math.log(50 + doc.inText.length) + (name ? 1000 / (1 + doc.inTitle.split(" ").length) : 0)
}

function matching(docs, wanted, every) {
  const found = docs.map(doc => [score(doc, wanted, every), doc]).filter(([points]) => points)
  return found.sort(([one], [other]) => other - one).map(([, doc]) => doc)
}

function made(tag, name, ...content) {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.append(...content)
  return element
}

// The text around the first of the words, each of them marked
function marked(text, wanted) {
  const { folded, places } = fold(text)
  const sought = wanted.flatMap(word => [word, ...word.split("-")])
  const matches = sought.flatMap(word => occurrences(folded, word))
  const found = matches.map(match => [match.index, match.index + match[0].length]).sort(([one], [other]) => one - other)
  const first = places[found[0]?.[0]] ?? 0
  const start = first > 60 ? text.indexOf(" ", first - 60) + 1 : 0
  const end = text.length > start + 180 ? Math.max(start + 120, text.lastIndexOf(" ", start + 180)) : text.length
  const piece = made("span", "", start ? "… " : "")
  let last = start
  for (const [from, to] of found) {
    let stop = (places[to - 1] ?? 0) + 1
    while (!SPACELESS.test(text[places[from]]) && stop < text.length && WORD.test(text[stop])) stop++
    if (places[from] < last || stop > end) continue
    piece.append(text.slice(last, places[from]), made("mark", "", text.slice(places[from], stop)))
    last = stop
  }
  piece.append(text.slice(last, Math.max(last, end)), end < text.length ? " …" : "")
  return piece
}

function listed(doc, wanted) {
  const link = made("a", "", doc.title)
  link.href = `${base}${doc.location}`
  return made("li", "xp-search__result", link, doc.page && made("span", "xp-search__page", doc.page), marked(doc.text, wanted))
}

function grouped([kind, docs], wanted) {
  const list = made("ol", "", ...docs.slice(0, SHOWN).map(doc => listed(doc, wanted)))
  const group = made("section", "xp-search__group", made("h2", "xp-search__kind", `${kind[0].toUpperCase()}${kind.slice(1)}`), list)
  if (docs.length > SHOWN) {
    const more = made("button", "xp-button xp-search__more", `Show all ${docs.length} ${kind}`)
    more.type = "button"
    more.addEventListener("click", () => {
      list.append(...docs.slice(SHOWN).map(doc => listed(doc, wanted)))
      list.children[SHOWN].querySelector("a").focus()
      more.remove()
    })
    group.append(more)
  }
  return group
}

async function find() {
  const wanted = split(words.value)
  results.replaceChildren()
  if (!wanted.length) return (status.textContent = "")
  index ??= load(dialog.dataset.index)
  let found
  try { found = matching(await index, wanted, true) } catch {
    index = undefined
    return (status.textContent = "The index could not be loaded.")
  }
  const groups = new Map()
  for (const doc of found) groups.set(doc.group, [...(groups.get(doc.group) ?? []), doc])
  status.textContent = found.length ? `${found.length} found` : "Nothing found."
  results.replaceChildren(...[...groups].map(group => grouped(group, wanted)))
}

export function openSearch() {
  dialog.showModal()
  words.select()
  if (words.value) find()
}

words.addEventListener("input", find)
words.addEventListener("keydown", event => {
  if (event.key === "Escape") return dialog.close()
  if (event.key !== "Enter") return
  event.preventDefault()
  results.querySelector("a")?.click()
})
dialog.addEventListener("click", event => {
  if (event.target === dialog || event.target.closest("a")) dialog.close()
})

function decoded(address) {
  try { return decodeURIComponent(address) } catch { return address }
}

// Where an address leads nowhere, its words may still say what was meant: first those of other addresses
const guess = document.querySelector(".xp-guess")
if (guess) {
  const root = new URL(base, location).pathname
  const address = location.pathname.slice(root.length) + location.hash
  const parts = address.split(/[/#.]/).filter(part => part.length > 2)
  const wanted = split(decoded(address).replace(/\.\w+$/, "").replaceAll("-", " "))
  const near = doc => 9 * parts.filter(part => doc.location.includes(part)).length + wanted.filter(word => count(doc.inTitle, word)).length
  words.value = wanted.join(" ")
  const offered = docs => {
    const best = matching(docs, wanted, false).filter(near).sort((one, other) => near(other) - near(one)).slice(0, 3)
    if (best.length) guess.querySelector("ol").replaceChildren(...best.map(doc => listed(doc, wanted)))
    else guess.querySelector("li").textContent = "Nothing here has such words."
  }
  load(guess.dataset.names).then(offered, () => offered([]))
}
