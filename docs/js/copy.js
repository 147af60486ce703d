// Beside each record's link to itself, a button that copies its address.

for (const link of document.querySelectorAll(".xp-foot__link")) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "xp-foot__copy"
  button.textContent = "Copy link"
  const told = document.createElement("span")
  told.setAttribute("role", "status")
  link.after(" ", button, " ", told)
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href)
      told.textContent = "Copied"
    } catch {
      told.textContent = link.href
    }
    setTimeout(() => { told.textContent = "" }, 4000)
  })
}

// Words to copy get a button; without scripts they are there all the same, to be selected.
for (const words of document.querySelectorAll("[data-copy]")) {
  const copy = document.createElement("button")
  const said = document.createElement("span")
  copy.type = "button"
  copy.className = "xp-button"
  copy.textContent = "Copy"
  said.setAttribute("role", "status")
  said.className = "xp-copied__said"
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent)
      said.textContent = " Copied."
    } catch {
      getSelection().selectAllChildren(words)
      said.textContent = " Selected: copy it with your keyboard or menu."
    }
  })
  words.after(copy, said)
}
