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
