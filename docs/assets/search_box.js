// The search of the header: what is typed is sought in a worker, which leaves the page free; a page opened as a file may
// start none and seeks by itself. Index and script are loaded when the search is first opened.
{
  const { pdElement: element, pdLoaded: loaded, pdPage } = globalThis
  const box = document.querySelector(".md-search"), open = document.getElementById("__search")
  const field = box.querySelector(".md-search__input"), scroll = box.querySelector(".md-search__scrollwrap")
  const said = box.querySelector(".md-search-result__meta"), list = box.querySelector(".md-search-result__list")
  const words = JSON.parse(box.dataset.words)
  const root = new URL("../", document.currentScript.src)
  const sources = { script: new URL("assets/search.js", root), index: new URL(`search/${words.lang}.js`, root) }
  // So many sections of a page are shown at once, and so long a pause between two letters is none.
  const SHOWN = 3, PAUSE = 60
  const address = location => new URL(pdPage(location), root).href

  // Seeking

  /** What answers queries here: a function from a query to a promise of its hits. */
  async function here() {
    await Promise.all([loaded(sources.script), loaded(sources.index)])
    return async query => globalThis.pdSearch(query)
  }

  function worker() {
    const script = new URL(sources.script)
    script.searchParams.set("index", sources.index)
    const made = new Worker(script), waiting = new Map()
    let turn = 0
    made.addEventListener("message", ({ data }) => { waiting.get(data.turn)?.resolve(data); waiting.delete(data.turn) })
    made.addEventListener("error", error => { seeker = undefined; for (const { reject } of waiting.values()) reject(error) })
    return async query => new Promise((resolve, reject) => {
      waiting.set(++turn, { resolve, reject })
      made.postMessage({ turn, query })
    })
  }

  let seeker
  const forget = error => { seeker = undefined; throw error }
  const seek = () => (seeker ??= location.protocol === "file:" ? here().catch(forget) : Promise.resolve(worker()))

  // What was found

  /** A hit as a link; its texts are HTML of the script, escaped there. */
  function link({ location, title, text }, heading) {
    const head = element(heading, { innerHTML: title })
    const article = element("article", { className: "md-search-result__article md-typeset" }, head, element("p", { innerHTML: text }))
    return element("a", { href: address(location), className: "md-search-result__link" }, article)
  }

  function entry({ page, sections }) {
    const shown = sections.slice(0, SHOWN).map(section => link(section, "h2")), rest = sections.slice(SHOWN)
    const more = element("details", { className: "md-search-result__more" },
      element("summary", {}, element("div", { textContent: words.more.replace("{n}", rest.length) })), ...rest.map(section => link(section, "h2")))
    return element("li", { className: "md-search-result__item" }, link(page, "h1"), ...shown, ...(rest.length ? [more] : []))
  }

  function tell(text, entries = []) {
    said.textContent = text
    list.replaceChildren(...entries)
    scroll.scrollTop = 0
  }

  let turn = 0, best = null
  async function ask() {
    const own = ++turn, query = field.value.trim()
    best = null
    if (!query) return tell(words.ready)
    try {
      const found = await (await seek())(query)
      if (own !== turn) return
      best = found.best
      tell((found.total === 1 ? words.one : found.total ? words.some : words.none).replace("{n}", found.total), found.pages.map(entry))
    } catch {
      if (own === turn) tell(words.failed)
    }
  }

  // Opening, closing, going through the hits

  const show = shown => {
    open.checked = shown
    shown ? field.focus() : field.blur()
  }
  const links = () => [field, ...list.querySelectorAll("a, summary")].filter(one => one.checkVisibility())

  let waiting
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, PAUSE) })
  field.addEventListener("focus", () => { open.checked = true; seek().catch(() => {}) })
  open.addEventListener("change", () => show(open.checked))
  field.form.addEventListener("reset", () => { tell(words.ready); best = null; turn++; field.focus() })
  field.form.addEventListener("submit", async event => {
    event.preventDefault()
    if (best === null) await ask()
    if (best !== null) location.href = address(best)
  })
  box.addEventListener("keydown", event => {
    if (event.isComposing) return
    const all = links(), at = all.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape") show(false)
    else if (step && at >= 0) all[(at + step + all.length) % all.length].focus()
    else return
    event.preventDefault()
  })
  box.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !box.contains(relatedTarget)) open.checked = false })
  // A hit on this very page changes nothing but the place on it.
  list.addEventListener("click", ({ target }) => { if (target.closest("a")) open.checked = false })
  addEventListener("keydown", event => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    show(true)
  })
  for (const button of document.querySelectorAll(".pd-find")) button.addEventListener("click", () => show(true))

  // The explorer has a search of its own that keeps its words there.
  const asked = document.getElementById("pd-explorer") ? null : new URLSearchParams(location.search).get("q")
  if (asked) {
    field.value = asked
    show(true)
    ask()
  }
}
