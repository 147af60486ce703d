// Before the first paint: the reader's choice of light or dark, and that scripts run.
document.documentElement.classList.add("xp-scripted")
try {
  const scheme = localStorage.getItem("scheme")
  if (scheme) document.documentElement.dataset.mdColorScheme = scheme
} catch {} // no storage, no choice to remember
