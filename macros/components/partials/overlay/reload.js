// While serving: shows a page anew once it has been built. MkDocs adds a script for it to the page itself, which the
// policy stops like any other; that script names the build that the page is of, and this one asks for a later one.

const last = [...document.scripts].at(-1).textContent
const [, build, request] = last.match(/livereload\((\d+), (\d+)\)/) ?? []
let asked

async function listen() {
  asked?.abort()
  while (build && !document.hidden) {
    asked = new AbortController()
    try {
      const answer = await fetch(`/livereload/${build}/${request}`, { signal: asked.signal })
      if (Number(await answer.text()) > build) return location.reload()
    } catch (error) {
      if (error.name === "AbortError") return
      await new Promise(wait => setTimeout(wait, 3000)) // the server is gone, for now
    }
  }
}

document.addEventListener("visibilitychange", listen)
addEventListener("pagehide", () => asked?.abort())
listen()
