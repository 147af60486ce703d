// What a reader may take along gets a button that copies it: a record's address, a citation, a source's data.
// Without scripts all of it is there to be selected.

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

function offer(element, copies, name, style) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = style
  button.dataset.copies = copies
  button.textContent = name
  element.after(button)
  element.after(" ")
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

for (const link of document.querySelectorAll(".xp-foot__link")) offer(link, "address", "Copy link", "xp-foot__copy")
for (const words of document.querySelectorAll("[data-copy]")) offer(words, "words", "Copy", "xp-button")
for (const button of document.querySelectorAll(".xp-copy")) button.hidden = false

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copies]")
  if (!button) return
  const name = button.dataset.name ??= button.textContent
  button.textContent = said.textContent = await copy(beside[button.dataset.copies](button))
  setTimeout(() => { button.textContent = name; said.textContent = "" }, 4000)
})
