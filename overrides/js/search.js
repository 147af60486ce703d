// Search: every word, each as the beginning of a word, in any spelling. search_index.py splits the index and ranks.

import { base, made } from "./masthead.js"

const SHOWN = 5 // of each kind, until the reader asks for more
const MORE = 100
const MOST = 8 // files of words for one beginning: where thousands of words have it, a longer one finds the rest

// A word, as search_index.py cuts it; in a script without spaces, as many letters as stand together
const SPACELESS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\u{20000}-\u{3ffff}]"
const LETTERS = `(?!${SPACELESS}|[\u0640ʻʼ])[\\p{L}\\p{N}](?:(?!${SPACELESS}|(?<=\\p{Nd})[²³¹¼-¾⁰-₉⅐-⅟])[\\p{L}\\p{N}\\p{M}\\p{Cf}])*`
const INSIDE = "[-‐‑]|(?<=\\p{Nd})[,\u00a0\u202f’'](?=(?:\\p{Nd}{2},)*\\p{Nd}{3}(?!\\p{Nd}))|(?<=(?<!\\p{L})\\p{L})\\.(?: (?=\\p{L}\\.)|(?=\\p{L}(?!\\p{L})))"
const WORD = `${LETTERS}(?:(?:${INSIDE})${LETTERS})*`
const isSpaceless = RegExp.prototype.test.bind(new RegExp(SPACELESS, "u"))
const cut = text => text.match(new RegExp(`${SPACELESS}+|${WORD}`, "gu")) ?? []

const dialog = document.getElementById("xp--search")
const words = dialog.querySelector("input")
const status = dialog.querySelector("[role=status]")
const hint = status.textContent
const results = dialog.querySelector(".xp-search__results")

const files = {}
let index
function load(name) {
  files[name] ??= fetch(`${base}search/${name}.json`).then(answer => answer.json())
  files[name].catch(() => delete files[name])
  return files[name]
}

// How a word may stand in the index: each time, as words that are all there
function spellings(word) {
  const replaced = (text, letters) => text.replace(/./gu, letter => letters[letter] ?? letter)
  const small = word.normalize("NFC").toLowerCase().replace(/[ङञणनम]\u094d(?=[क-ह])/g, "")
  return [...new Set([small, replaced(small, index.spelled_out)])].flatMap(each => {
    const plain = replaced(each, index.plain).normalize("NFKD").replace(/[^\p{L}\p{N}⁄-]/gu, "")
    const [first, ...rest] = isSpaceless(plain) ? plain : []
    if (first) return [rest.length ? rest.map((letter, at) => (rest[at - 1] ?? first) + letter) : [first]]
    return plain.includes("-") ? [plain.replaceAll("-", "").split("⁄"), plain.split(/[-⁄]/)] : [plain.split("⁄")]
  })
}

const stem = word => (word.length > 4 ? word.replace(/(ies|ing|ed|es|s|y)$/, "") : word)
// A filter, and one or two letters, are a word; more may be its beginning
const isWhole = word => word[0] === ":" || (word.length < 3 && !isSpaceless(word))
const meets = (name, word) => name === word || (!isWhole(word) && name.startsWith(stem(word)))

// Whether a word of four letters or more is another but for one letter after the second: left out, added, mistaken, or
// exchanged with the next
function isNear(name, word) {
  if (!/^\p{L}{4,}$/u.test(word)) return false
  let at = 0
  while (at < word.length && name[at] === word[at]) at++
  const [one, other] = [name.slice(at), word.slice(at)]
  const isExchanged = one.slice(2) === other.slice(2) && one[0] === other[1] && one[1] === other[0]
  return at > 1 && (isExchanged || [one, one.slice(1)].includes(other.slice(1)) || one.slice(1) === other)
}

// The entries that have a word, by number, with their points; or words near it, which begin as it does
async function having(word, fits) {
  const place = edge => index.words.findLastIndex(beginning => beginning <= edge)
  const beginning = fits === isNear ? word.slice(0, 2) : isWhole(word) ? word : stem(word)
  const from = place(beginning)
  const to = place(isWhole(word) ? word : `${beginning}\uffff`)
  const names = Array.from({ length: Math.min(to - from + 1, MOST) }, (_, at) => `words-${from + at}`)
  const found = new Map()
  for (const part of await Promise.all(names.map(load))) {
    for (const name of Object.keys(part).filter(each => fits(each, word))) {
      for (const [points, steps] of Object.entries(part[name])) {
        let number = 0
        for (const step of steps) {
          number += step
          found.set(number, Math.max(found.get(number) ?? 0, name === word ? 2 * points : points))
        }
      }
    }
  }
  return found
}

// The entries of several searches, with their points together; of those that every search found, or any
async function together(searches, every) {
  const maps = await Promise.all(searches)
  const sums = new Map()
  for (const map of maps) for (const [number, points] of map) sums.set(number, (sums.get(number) ?? 0) + points)
  return every ? new Map([...sums].filter(([number]) => maps.every(map => map.has(number)))) : sums
}

// The entries that have all the words, the best first; where none has, those that have most of them, the rarest first:
// for a word that is nowhere, words near it stand
async function matching(asked, filters = []) {
  index ??= await load("index")
  const every = (names, fits) => together(names.map(name => having(name, fits)), true)
  const one = (word, fits) => together(spellings(word).map(names => every(names, fits)), false)
  const ranked = sums => [...sums].sort(([one, less], [other, more]) => more - less || one - other)
  const maps = await Promise.all(asked.map(word => one(word, meets)))
  const narrowed = await Promise.all(filters.map(filter => having(filter, meets)))
  const all = ranked(await together([...maps, ...narrowed], true))
  if (all.length) return { found: all.map(([number]) => number), nearest: false }
  const found = await Promise.all(asked.map((word, at) => (maps[at].size ? maps[at] : one(word, isNear))))
  const rarity = map => new Map([...map].map(([number, points]) => [number, 1 / Math.log(2 + map.size) + points / 1e4]))
  const some = ranked(await together(found.map(rarity), false)).filter(([number]) => narrowed.every(map => map.has(number)))
  const near = some.filter(([, weight]) => weight > 0.7 * some[0][1])
  return { found: near.map(([number]) => number), nearest: true }
}

// The text around the first of the words, each of them marked
function marked(text, asked) {
  const sought = asked.flatMap(spellings).flat()
  const isSought = (piece, fits) => spellings(piece).flat().some(name => sought.some(word => fits(name, word)))
  const pieces = [...text.matchAll(new RegExp([...asked.filter(isSpaceless), WORD].join("|"), "gu"))]
  const among = fits => pieces.filter(([piece]) => isSought(piece, fits))
  const exactly = among(meets)
  const found = exactly.length ? exactly : among(isNear)
  const first = found[0]?.index ?? 0
  const start = first > 60 ? text.indexOf(" ", first - 60) + 1 : 0
  const end = text.length > start + 180 ? Math.max(start + 120, text.lastIndexOf(" ", start + 180)) : text.length
  const shown = made("span", "", start ? "…\u00a0" : "")
  let last = start
  for (const { 0: piece, index: at } of found) {
    if (at < start || at + piece.length > end) continue
    shown.append(text.slice(last, at), made("mark", "", piece))
    last = at + piece.length
  }
  shown.append(text.slice(last, end), end < text.length ? "\u00a0…" : "")
  return shown
}

async function listed(numbers, asked) {
  const parts = await Promise.all(numbers.map(number => load(`entries-${Math.floor(number / index.entries)}`)))
  return numbers.map((number, at) => {
    const [location, title, text, page] = parts[at][number % index.entries]
    const link = made("a", "", title)
    link.href = `${base}${location}`
    return made("li", "xp-search__result", link, page && made("span", "xp-search__page", page), marked(text, asked))
  })
}

const titled = kind => kind[0].toUpperCase() + kind.slice(1)

async function grouped([kind, numbers], asked) {
  const list = made("ol", "", ...(await listed(numbers.splice(0, SHOWN), asked)))
  const heading = made("h2", "xp-search__kind", titled(kind))
  const more = made("button", "xp-button xp-search__more")
  const count = list.children.length + numbers.length
  const offer = () => (more.textContent = `Show ${numbers.length > MORE ? `${MORE} more of` : "all"} ${count} ${kind}`)
  more.type = "button"
  more.addEventListener("click", async () => {
    const next = await listed(numbers.splice(0, MORE), asked)
    list.append(...next)
    next[0].querySelector("a").focus()
    if (numbers.length) offer()
    else more.remove()
  })
  offer()
  return made("section", "xp-search__group", heading, list, numbers.length ? more : "")
}

// Lists of filters, in which a reader chooses what to narrow the search to
const narrow = dialog.querySelector(".xp-search__narrow")
const lists = narrow.getElementsByTagName("select")
const summary = narrow.firstElementChild
const unnarrowed = summary.textContent

narrow.addEventListener("toggle", async () => {
  if (lists.length) return
  for (const [name, values] of Object.entries(await load("filters"))) {
    const options = values.map(value => new Option(value, `:${name}:${value}`))
    narrow.lastElementChild.append(made("label", "", name, made("select", "", new Option("All", ""), ...options)))
  }
})
narrow.addEventListener("change", () => {
  const chosen = [...lists].filter(({ value }) => value).map(({ selectedOptions: [{ label }] }) => label)
  summary.textContent = chosen.length ? `${unnarrowed}: ${chosen.join(", ")}` : unnarrowed
  finding = find()
})

let finding
async function find() {
  const question = () => [words, ...lists].map(({ value }) => value)
  const [typed, ...chosen] = question()
  let said = "The index could not be loaded.", shown = []
  try {
    const asked = cut(typed), filters = chosen.filter(Boolean), groups = new Map()
    const { found, nearest } = await matching(asked, filters)
    for (const number of found) {
      const [kind] = Object.entries(index.kinds).findLast(([, first]) => first <= number)
      groups.set(kind, groups.get(kind) ?? []).get(kind).push(number)
    }
    shown = await Promise.all([...groups].map(group => grouped(group, asked)))
    said = asked.length || filters.length ? "Nothing found." : hint
    if (found.length) said = nearest ? "Nothing has exactly these words. Nearest to them:" : `${found.length} found`
  } catch {}
  if (`${question()}` !== `${[typed, ...chosen]}`) return // what was asked since is looked for already
  status.textContent = said
  results.replaceChildren(...shown)
}

export function openSearch() {
  if (!dialog.open) dialog.showModal()
  if (words.value) finding = find()
}

words.addEventListener("input", () => (finding = find()))
words.addEventListener("keydown", async event => {
  if (event.key === "Escape") return dialog.close()
  if (event.key !== "Enter") return
  event.preventDefault()
  await finding
  results.querySelector("a")?.click()
})
dialog.addEventListener("click", event => {
  if (event.target === dialog || event.target.closest("a")) dialog.close()
})

// Where an address leads nowhere, its words may still say what was meant
const guess = document.querySelector(".xp-guess")
if (guess) {
  let address = `${location.pathname}${location.hash}`.slice(new URL(base, location).pathname.length)
  try { address = decodeURIComponent(address) } catch {}
  const asked = cut(address.replace(/\.\w+$/, "").replaceAll("-", " "))
  words.value = asked.join(" ")
  matching(asked).then(({ found }) => listed(found.slice(0, 3), asked)).catch(() => []).then(best => {
    const again = made("button", "", "Search for others")
    again.addEventListener("click", openSearch)
    const none = [made("li", "", "Nothing found."), made("li", "", again)]
    guess.querySelector("ol").replaceChildren(...(best.length ? best : none))
  })
}
