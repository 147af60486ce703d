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
