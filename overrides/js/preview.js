// What a link leads to, beside the link: the references of a citation, the record or page of an internal link, the
// explanation of a term. It stays while the pointer or the focus is on either of the two; Escape puts it away. Its own
// links are in the order of Tab only once the down arrow has gone into it. There is one, so none can open inside another

import { base, idIn } from "./masthead.js"

const root = document.documentElement
const preview = document.createElement("div")
preview.className = "xp-preview"
preview.id = "xp--preview"
preview.popover = "manual"
preview.role = "note"
preview.tabIndex = -1 // a tap on its words keeps it open
let shownFor
let wanted
let opening
let closing
let tapped
let dismissing = false

// The pages that a preview was taken from, each asked for once, when it is first wanted
const pages = {}

function page(address) {
  if (address === location.href.split("#")[0]) return document
  pages[address] ??= fetch(address)
    .then(answer => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then(text => new DOMParser().parseFromString(text, "text/html"))
  pages[address].catch(() => delete pages[address])
  return pages[address]
}

// Of a reference all but the way back; of a record its card, of a citation the sentences around it, without what
// stands there once and for all; of a page or a part of it what it is called and how it begins. Of a heading alone,
// and of what the link itself stands in, nothing: a reader sees it already
const ASIDE = ".xp-references__back, .xp-foot, .xp-note, .xp-cite, .xp-proofs, .xp-topics, details:not(.xp-fold), button"

function excerpt(source, link) {
  const address = link.href.split("#")[0], id = idIn(link.hash)
  const found = id ? source.getElementById(id) : source !== document && source.querySelector("h1")
  if (!found || found.contains(link)) return []
  if (found.matches("h1")) return [copied(found, address), copied(source.querySelector("meta[name=description]"))]
  if (found.matches(".xp-references__item")) {
    const run = link.dataset.run?.split(" ").map(number => source.getElementById(id.replace(/\d+$/, number)))
    return (run ?? [found]).map(each => cited(copied(each, address), link))
  }
  const text = found.matches("h2, h3") && found.nextElementSibling
  if (found.matches("h2, h3")) return text?.matches("p") ? [copied(found, address), copied(text, address)] : []
  const item = found.closest("[data-record], p")
  return item && !item.contains(link) ? [copied(item, address)] : []
}

// Of the records that rest on a passage, those that are cited here
function cited(copy, link) {
  const names = link.parentElement.dataset.cites.split(" ")
  for (const each of copy.querySelectorAll(".xp-references__record")) names.includes(each.hash.slice(1)) || each.remove()
  return copy
}

function copied(element, address) {
  const plain = { META: "p", LI: "div", H1: "p", H2: "p", H3: "p" }[element.nodeName]
  const copy = plain ? document.createElement(plain) : document.importNode(element, true)
  if (plain) copy.append(...(element.content ? [element.content] : document.importNode(element, true).childNodes))
  copy.className = element.matches("h1, h2, h3") ? "xp-preview__title" : element.className
  for (const each of copy.querySelectorAll(ASIDE)) each.remove()
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id")
  for (const each of copy.querySelectorAll("a[href]")) {
    each.href = new URL(each.getAttribute("href"), address)
    each.tabIndex = -1
  }
  for (const each of copy.querySelectorAll("details")) each.replaceWith(...each.children[0].childNodes, ...[...each.children].slice(1))
  for (const each of copy.querySelectorAll("a.toclink")) each.replaceWith(...each.childNodes)
  return copy
}

// Whether there is anything to show; nothing when it is not wanted any more. What is on this page is shown at once
function show(link) {
  if (dismissing) return
  wanted = link
  if (shownFor === link) return clearTimeout(closing)
  const source = page(link.href.split("#")[0])
  if (source === document) return fill(link, excerpt(source, link))
  return source.then(found => (wanted === link ? fill(link, excerpt(found, link)) : undefined), () => false)
}

function fill(link, parts) {
  if (!parts.length) return false
  hide()
  shownFor = link
  preview.ariaLabel = link.ariaLabel ?? link.textContent
  preview.replaceChildren(...parts)
  preview.scrollTop = 0
  preview.classList.toggle("xp-preview--by-keyboard", link.matches(":focus-visible") && Boolean(links().length))
  link.setAttribute("aria-details", preview.id)
  link.after(preview)
  preview.showPopover()
  place(link)
  return true
}

// As wide as its words need; below the line of a citation's number, for the sentence stands before it, and below a table's
// cell, whose headings are above; above any other link, if there is room that is not the headline's. Where there is room on
// neither side, it scrolls
function place(link) {
  const at = link.getClientRects()[0]
  const raised = link.matches(".xp-cite__link") ? parseFloat(getComputedStyle(link.closest("sup").parentElement).fontSize) / 2 : 0
  const bottom = Math.max(...[...link.getClientRects()].map(line => line.bottom)) + raised
  const headline = document.querySelector("h1")?.getBoundingClientRect().bottom ?? 0
  const rooms = { above: at.top - Math.max(headline < at.top ? headline : 0, 0) - 14, below: innerHeight - bottom - 14 }
  preview.style.maxHeight = ""
  preview.classList.add("xp-preview--measured")
  preview.style.width = `${Math.ceil(preview.getBoundingClientRect().width)}px`
  preview.classList.remove("xp-preview--measured")
  const sides = link.matches(".xp-cite__link, td a") ? ["below", "above"] : ["above", "below"]
  const fits = sides.find(side => preview.offsetHeight <= rooms[side])
  const side = fits ?? (rooms.above > rooms.below ? "above" : "below")
  if (!fits) preview.style.maxHeight = `${Math.min(preview.offsetHeight, Math.max(160, rooms[side]))}px`
  preview.tabIndex = preview.scrollHeight > preview.clientHeight ? 0 : -1 // the keyboard has to reach what scrolls
  const width = preview.offsetWidth
  const left = Math.max(8, Math.min(at.left - width / 4, root.clientWidth - width - 8))
  const top = side === "above" ? at.top - preview.offsetHeight - 6 : bottom + 6
  preview.style.left = `${left + scrollX}px`
  preview.style.top = `${top + scrollY}px`
}

const links = () => [...preview.querySelectorAll("a[href]")]

// Into the preview, and its links into the order of Tab
function enter() {
  for (const each of links()) each.tabIndex = 0
  links()[0].focus()
}

function hide() {
  clearTimeout(closing)
  shownFor?.removeAttribute("aria-details")
  shownFor = undefined
  preview.remove()
}

function forgo() {
  clearTimeout(opening)
  wanted = undefined
}

export function focusQuietly(link) {
  dismissing = true
  link.focus()
  dismissing = false
}

function dismiss() {
  const back = preview.contains(document.activeElement) && shownFor
  hide()
  if (back) focusQuietly(back)
}

const held = () => shownFor?.matches(":hover, :focus-visible") || preview.matches(":hover, :focus-within")
const later = () => {
  forgo()
  clearTimeout(closing)
  closing = setTimeout(() => held() || hide(), 250)
}

// A pointer takes a while from one to the other; the focus is at once where it goes, and nothing may lie over it
function leave({ relatedTarget: next }) {
  if (!next || next === shownFor || preview.contains(next)) return later()
  forgo()
  if (!shownFor?.matches(":hover") && !preview.matches(":hover")) hide()
}

// The link at an event, if it has a preview: within the site, and not to what it stands in. A mark of a drawing tells of
// itself. Each is looked for when it is wanted: of thousands on a page, few are
const own = new URL(base, location).href
function linkAt({ target }) {
  const link = target.closest?.(".xp-prose a[href]:not(svg a, .xp-preview a, .toclink, .xp-references__back a)")
  const known = link?.closest(":is(article, figure, div)[data-record]")?.dataset.record === link?.hash.slice(1)
  return link?.href.startsWith(own) && /(\/|\.html|#[^/]*)$/.test(link.href) && !known ? link : undefined
}

// Call with the link, and the event, at each event of a type that is one of it
function onLinks(type, answer) {
  document.addEventListener(type, event => {
    const link = linkAt(event)
    if (link) answer(link, event)
  })
}

// A pointer on its way elsewhere opens no more than numbers do; a tap follows a link, unless it is a number or a term
onLinks("pointerover", (link, { pointerType, relatedTarget }) => {
  if (pointerType !== "mouse" || link.contains(relatedTarget)) return
  if (link.matches(".xp-cite__link")) show(link)
  else opening = setTimeout(show, 200, link)
})
onLinks("pointerout", (link, { pointerType, relatedTarget }) => pointerType === "mouse" && !link.contains(relatedTarget) && later())
onLinks("focusin", link => link.matches(":focus-visible") && show(link))
onLinks("focusout", (link, event) => leave(event))
onLinks("keydown", (link, event) => {
  if (event.key !== "ArrowDown" || shownFor !== link || !links().length) return
  event.preventDefault()
  enter()
})
onLinks("pointerdown", (link, { pointerType }) => { tapped = pointerType !== "mouse" && link })
onLinks("click", async (link, event) => {
  const first = link.matches(".xp-cite__link, .xp-mention") && event.detail && tapped === link && shownFor !== link
  if (!first) return forgo(), hide()
  event.preventDefault()
  if ((await show(link)) === false) location = link.href
})

// A link that takes the focus out of sight is still being scrolled to when it is shown
addEventListener("scrollend", () => {
  const { top, bottom } = preview.getBoundingClientRect()
  if (shownFor && (top < 0 || bottom > innerHeight)) place(shownFor)
})
preview.addEventListener("pointerleave", event => event.pointerType === "mouse" && later())
preview.addEventListener("focusout", leave)
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return
  forgo()
  if (shownFor) dismiss()
})
document.addEventListener("pointerdown", event => shownFor && !preview.contains(event.target) && event.target !== shownFor && hide())
