// Choosing events by period, topic, actor and source: the picture, the list and every count follow, and what is chosen
// stands in the address. Without this all is shown, and nothing is offered that would not work.

import { idIn } from "./masthead.js"

const facets = document.querySelector(".xp-facets")
const [status, reset] = [facets.querySelector("[role=status]"), facets.querySelector("[type=reset]")]
const lists = [...facets.querySelectorAll("select")]
const eras = [...document.querySelectorAll(".xp-axis__era")].map(era => {
  const count = era.querySelector(".xp-axis__count")
  return { era, count, open: era.open, told: count.textContent }
})
const sections = [...document.querySelectorAll(".xp-timeline__era")]
const strand = document.querySelector(".xp-timeline__strand")
const events = [...document.querySelectorAll("[data-event]")].map(item => ({ item, id: item.dataset.event, keys: item.dataset.keys.split(" ") }))
const byId = new Map(events.map(event => [event.id, event]))
const LANE = 34 // as the picture is laid out when it is built

// Every label gets the highest lane that is free, among those that are shown
function stack(band) {
  const lanes = []
  const strokes = [...band.children].filter(each => !each.matches(".xp-stroke--out"))
    .map(stroke => [stroke, ...stroke.dataset.extent.split(" ").map(Number)]).sort(([, one], [, other]) => one - other)
  const placed = strokes.map(([stroke, from, to]) => {
    const free = lanes.findIndex(end => end <= from)
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = to
    return [stroke, lane]
  })
  band.setAttribute("height", LANE * lanes.length)
  for (const [stroke, lane] of placed) {
    const top = LANE * lane
    stroke.children[0].setAttribute("y", top + 13)
    stroke.children[1].setAttribute("y", top + LANE - 16)
  }
}

const wanted = but => lists.filter(list => list.value && list !== but).map(list => `${list.name}:${list.value}`)
const matching = keys => events.filter(event => keys.every(key => event.keys.includes(key)))
const some = number => `${number} ${number === 1 ? "event" : "events"}`

function update() {
  const keys = wanted()
  const kept = new Set(matching(keys))
  for (const { item } of events) item.hidden = true
  for (const { item } of kept) item.hidden = false
  for (const section of sections) section.hidden = !section.querySelector("[data-event]:not([hidden])")
  strand?.toggleAttribute("open", keys.length > 0)
  for (const { era, count, open, told } of eras) {
    const here = matching([...keys, `period:${era.dataset.era}`]).length
    era.open = keys.length ? here > 0 : open
    era.hidden = keys.length > 0 && !here
    count.textContent = keys.length ? some(here) : told
    for (const stroke of era.querySelectorAll(".xp-stroke")) {
      const event = byId.get(stroke.href.baseVal.replace(/.*#/, ""))
      stroke.classList.toggle("xp-stroke--out", keys.length > 0 && !kept.has(event))
    }
    era.querySelectorAll(".xp-axis__band").forEach(stack)
  }
  for (const list of lists) {
    const others = matching(wanted(list))
    for (const option of [...list.options].slice(1)) {
      const count = others.filter(event => event.keys.includes(`${list.name}:${option.value}`)).length
      option.textContent = `${option.dataset.name} (${count})`
      option.disabled = !count && !option.selected
    }
  }
  status.textContent = keys.length ? `${kept.size} of ${events.length} events shown` : `All ${events.length} events shown`
  reset.disabled = !keys.length
}

// The address holds what is chosen, so that a view can be shared
function keep() {
  const query = new URLSearchParams(location.search)
  for (const { name, value } of lists) value ? query.set(name, value) : query.delete(name)
  history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash)
}

function recall() {
  const query = new URLSearchParams(location.search)
  for (const list of lists) {
    for (const option of list.options) option.disabled = false
    list.value = query.get(list.name) ?? ""
    if (list.selectedIndex < 0) list.value = ""
  }
  update()
}

// Whoever comes for one event sees it, whatever was chosen
function arrive() {
  const event = byId.get(idIn(location.hash))
  if (strand?.parentElement.matches(":is(:target, :has(:target))")) strand.open = true
  if (!event) return
  if (event.item.hidden) {
    for (const list of lists) list.value = ""
    update()
    keep()
  }
  event.item.firstElementChild.scrollIntoView()
}

facets.addEventListener("change", () => { update(); keep() })
facets.addEventListener("reset", () => setTimeout(() => { update(); keep(); lists[0].focus() }))
facets.addEventListener("submit", event => event.preventDefault())
addEventListener("hashchange", arrive)
addEventListener("popstate", recall)
recall()
arrive()
