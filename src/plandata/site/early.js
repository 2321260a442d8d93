// What comes before a page is drawn, and what its other scripts share.
document.documentElement.classList.replace("no-js", "js")

/** The address of a page, given as a folder of the site: one opened as a file has no server that finds the file in it. */
globalThis.pdPage = path => (location.protocol === "file:" ? path.replace(/(?<=^|\/)(?=#|$)/, "index.html") : path)

/** An element with properties and children. */
globalThis.pdElement = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props)
  made.append(...children)
  return made
}

/** A promise that a script has run; it is what a page opened as a file loads data with. */
globalThis.pdLoaded = src => new Promise((resolve, reject) => {
  const script = globalThis.pdElement("script", { src })
  script.addEventListener("load", () => resolve())
  script.addEventListener("error", () => reject(new Error(src)))
  document.head.append(script)
})

// Light or dark, as the reader chose it or as the system has it.
{
  const KEY = "/.__palette", SYSTEM = "(prefers-color-scheme)"
  const dark = matchMedia("(prefers-color-scheme: dark)")
  let chosen = {}
  try { chosen = JSON.parse(localStorage.getItem(KEY)) ?? {} } catch {}

  function show() {
    const { media = SYSTEM, scheme } = chosen.color ?? {}
    const slate = media === SYSTEM ? dark.matches : scheme === "slate"
    for (const [name, value] of Object.entries({ media, scheme: slate ? "slate" : "default", primary: "custom" }))
      document.body?.setAttribute(`data-md-color-${name}`, value)
  }

  /** The buttons of the header, of which each leads to the next; only that of what is shown is to be seen. */
  function offer(choices) {
    const at = choices[chosen.index] ? chosen.index : 0
    choices.forEach((choice, n) => {
      choice.checked = n === at
      choice.nextElementSibling.hidden = n !== at
    })
  }

  function choose(choices, index) {
    const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary } = choices[index].dataset
    chosen = { index, color: { media, scheme, primary } }
    // Without storage the choice holds for this page.
    try { localStorage.setItem(KEY, JSON.stringify(chosen)) } catch {}
    show()
    offer(choices)
  }

  new MutationObserver((_, watching) => { if (document.body) { watching.disconnect(); show() } }).observe(document.documentElement, { childList: true })
  dark.addEventListener("change", show)
  document.addEventListener("DOMContentLoaded", () => {
    show()
    const choices = [...document.getElementsByName("__palette")]
    choices.forEach((choice, index) => choice.addEventListener("change", () => choose(choices, index)))
    offer(choices)
  })
}
