// The picture of the events and the list beneath it: choose by topic, actor or source, look at one era, walk through
// the strokes. What is chosen stands in the address. Without this the picture stands still, and the list is complete.

const axis = document.querySelector(".xp-axis")
const cursor = axis.querySelector("[role=slider]")
const after = axis.querySelector(".xp-axis__after")
const zoom = axis.querySelector(".xp-axis__zoom")
const facets = document.querySelector(".xp-facets")
const [status, reset] = [facets.querySelector("[role=status]"), facets.querySelector("[type=reset]")]
const lists = [...facets.querySelectorAll("select")]
const eras = [...axis.querySelectorAll(".xp-axis__era")]
const sections = [...document.querySelectorAll(".xp-timeline__era")]

// Every event in the order of the list, with its words and its strokes
const events = [...document.querySelectorAll("[data-event]")].map(item => {
  const say = part => item.querySelector(`.xp-event__${part}`).textContent.trim()
  return {
    item,
    id: item.dataset.event,
    card: item.querySelector(".xp-event"),
    keys: item.dataset.keys.split(" "),
    era: item.closest("section").getAttribute("aria-labelledby"),
    told: { when: say("date"), act: say("act"), what: item.querySelector(".xp-event__title").firstChild.textContent },
    followed: new Set([...item.querySelectorAll("[data-follows]")].map(link => link.dataset.follows)),
    strokes: [],
  }
})
const byId = new Map(events.map(event => [event.id, event]))
const eventOf = stroke => byId.get(stroke.hash.slice(1))
for (const stroke of axis.querySelectorAll(".xp-axis__eras a")) {
  // An SVG link has no hash of its own
  stroke.hash = stroke.href.baseVal.replace(/.*#/, "#")
  eventOf(stroke).strokes.push(stroke)
}

let shown = events
let chosen

function choose(event) {
  chosen = event
  const followed = shown.filter(each => event?.followed.has(each.id))
  axis.classList.toggle("xp-axis--after", followed.length > 0)
  for (const each of events) {
    for (const stroke of each.strokes) {
      stroke.classList.toggle("xp-stroke--chosen", each === event)
      stroke.classList.toggle("xp-stroke--after", followed.includes(each))
    }
  }
  for (const part of ["when", "act", "what"]) axis.querySelector(`.xp-axis__${part}`).textContent = event?.told[part] ?? ""
  axis.classList.toggle("xp-axis--telling", Boolean(event))
  cursor.dataset.act = event?.card.classList.contains("xp-event--words") ? "words" : "deed"
  cursor.ariaValueNow = event ? shown.indexOf(event) + 1 : 1
  cursor.ariaValueText = event ? Object.values(event.told).join(", ") : "None chosen"
  const count = followed.length
  after.textContent = count
    ? `${count} later ${count > 1 ? "deeds" : "deed"} on the same subject ${count > 1 ? "are" : "is"} marked. Later does not mean because.`
    : ""
}

// The era that is drawn large; all of them when it is empty
function look(era) {
  axis.classList.toggle("xp-axis--near", Boolean(era))
  for (const each of eras) each.hidden = Boolean(era) && each.dataset.era !== era
}

function filter() {
  const wanted = lists.filter(list => list.value).map(list => `${list.name}:${list.value}`)
  shown = events.filter(event => wanted.every(key => event.keys.includes(key)))
  const kept = new Set(shown)
  for (const event of events) {
    event.item.hidden = !kept.has(event)
    for (const stroke of event.strokes) stroke.classList.toggle("xp-stroke--out", !kept.has(event))
  }
  for (const section of sections) section.hidden = !section.querySelector("[data-event]:not([hidden])")
  status.textContent = wanted.length ? `${shown.length} of ${events.length} events shown` : `All ${events.length} events shown`
  reset.disabled = !wanted.length
  cursor.ariaValueMax = Math.max(shown.length, 1)
  choose(kept.has(chosen) ? chosen : undefined)
}

// The address holds what is chosen, so that a view can be shared
const fields = [...lists, zoom.elements.era]

function keep() {
  const query = new URLSearchParams(location.search)
  for (const each of fields) {
    const name = each.name ?? "era"
    each.value ? query.set(name, each.value) : query.delete(name)
  }
  const search = query.size ? `?${query}` : ""
  history.replaceState(history.state, "", location.pathname + search + location.hash)
}

function recall() {
  const query = new URLSearchParams(location.search)
  for (const each of fields) each.value = query.get(each.name ?? "era") ?? ""
  for (const list of lists) if (list.selectedIndex < 0) list.value = ""
  if (![...zoom.elements.era].some(each => each.checked)) zoom.elements.era.value = ""
  update()
}

function update() {
  look(zoom.elements.era.value)
  filter()
}

// Whoever comes for one event sees it, whatever was chosen
function arrive() {
  const event = byId.get(decodeURIComponent(location.hash.slice(1)))
  if (!event) return
  if (event.item.hidden) {
    for (const list of lists) list.value = ""
    update()
    keep()
  }
  choose(event)
  event.card.scrollIntoView()
}

facets.addEventListener("change", () => { filter(); keep() })
facets.addEventListener("reset", () => setTimeout(() => { filter(); keep(); lists[0].focus() }))
facets.addEventListener("submit", event => event.preventDefault())
zoom.addEventListener("change", () => { look(zoom.elements.era.value); keep() })

function go(event) {
  if (zoom.elements.era.value && event.era !== zoom.elements.era.value) {
    zoom.elements.era.value = event.era
    look(event.era)
    keep()
  }
  choose(event)
}

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

cursor.addEventListener("keydown", event => {
  const last = shown.length - 1
  if (event.altKey || event.ctrlKey || event.metaKey || last < 0) return
  const near = zoom.elements.era.value
  const start = Math.max(shown.findIndex(each => !near || each.era === near), 0)
  const at = shown.indexOf(chosen)
  if (event.key in steps) go(shown[at < 0 ? start : Math.min(Math.max(at + steps[event.key], 0), last)])
  else if (event.key === "Home") go(shown[0])
  else if (event.key === "End") go(shown[last])
  else if (event.key === "Enter" && chosen) {
    chosen.card.tabIndex = -1
    chosen.card.focus({ preventScroll: true })
    location.assign(chosen.strokes[0].href.baseVal)
  } else if (event.key === "Escape") {
    choose()
    cursor.blur()
  } else return
  event.preventDefault()
})
cursor.addEventListener("focus", () => chosen || (cursor.matches(":focus-visible") && shown.length && cursor.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }))))

// A pointer tells by hovering and opens by clicking; a finger tells by the first tap and opens by the second
const under = event => event.target.closest("a.xp-stroke:not(.xp-stroke--out)")
let touched = false
axis.addEventListener("pointerover", event => event.pointerType === "mouse" && under(event) && choose(eventOf(under(event))))
axis.addEventListener("pointerdown", event => { touched = event.pointerType !== "mouse" })
axis.addEventListener("click", event => {
  const stroke = under(event)
  if (!stroke) return
  const first = touched && eventOf(stroke) !== chosen
  if (first) event.preventDefault()
  choose(eventOf(stroke))
})

addEventListener("hashchange", arrive)
addEventListener("popstate", recall)
recall()
arrive()
