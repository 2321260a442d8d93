// What every page needs: the language switch keeps the place on the page, its contents follow the reader, code can be
// copied, and rows can be cited.
for (const link of document.querySelectorAll(".md-select__link[hreflang]"))
  link.addEventListener("click", () => { link.hash = location.hash; link.search = location.search })

const element = globalThis.pdElement
const script = document.currentScript.src
const zh = document.documentElement.lang.startsWith("zh")
const words = zh ? { title: "引用本条", copy: "复制", copied: "已复制", close: "关闭" } : { title: "Cite this row", copy: "Copy", copied: "Copied", close: "Close" }

function copier(text) {
  const button = element("button", { type: "button", className: "pd-button pd-copy", textContent: words.copy })
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(text())
    button.textContent = words.copied
  })
  return button
}

// Code that is wider than the page is scrolled by keyboard too, and copied with a button of its own; a page opened as a
// file has no clipboard.
for (const code of document.querySelectorAll(".md-typeset pre > code")) {
  code.tabIndex = 0
  if (navigator.clipboard) code.parentElement.append(copier(() => code.textContent))
}

// The theme's style draws a line below the chosen one of several tabs.
for (const tabs of document.querySelectorAll(".tabbed-set")) {
  const labels = tabs.querySelector(".tabbed-labels")
  const mark = () => {
    const { offsetLeft, offsetWidth } = labels.querySelector(`[for="${tabs.querySelector("input:checked").id}"]`)
    labels.style.setProperty("--md-indicator-x", `${offsetLeft}px`)
    labels.style.setProperty("--md-indicator-width", `${offsetWidth}px`)
  }
  tabs.addEventListener("change", mark)
  mark()
}

// What is folded opens where an address leads into it; on paper it stays as it is seen.
const lead = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target?.closest("details:not([open])")) return
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true
  target.scrollIntoView()
}
addEventListener("hashchange", lead)
lead()

// The contents of a long page show where the reader is; on the way back up a button leads to the beginning.
{
  const upwards = document.querySelector(".md-top")
  const contents = [...document.querySelectorAll(".md-nav--secondary .md-nav__link[href^='#']")]
    .map(link => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) })).filter(({ heading }) => heading)
  let before = scrollY, waiting = false, current = null

  /** The last heading that has gone past the upper edge of the window, by halving. */
  function reached() {
    // A heading that an address leads to stands 5 rem below the upper edge (site.css).
    const edge = 5.5 * parseFloat(getComputedStyle(document.documentElement).fontSize)
    let [from, to] = [0, contents.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (contents[middle].heading.getBoundingClientRect().top < edge) from = middle + 1
      else to = middle
    }
    return contents[from - 1]?.link ?? null
  }

  function follow() {
    waiting = false
    const link = reached(), list = link?.closest(".md-sidebar__scrollwrap")
    if (link !== current) {
      current?.classList.remove("md-nav__link--active")
      link?.classList.add("md-nav__link--active")
      current = link
      if (list) list.scrollTop += link.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2
    }
    if (upwards) upwards.hidden = scrollY > before || scrollY < innerHeight
    before = scrollY
  }

  addEventListener("scroll", () => { if (!waiting) waiting = requestAnimationFrame(follow) }, { passive: true })
  upwards?.addEventListener("click", () => { scrollTo({ top: 0 }) })
  // On a phone the contents stand in the drawer, which would lie over what they lead to.
  for (const { link } of contents) link.addEventListener("click", () => { document.getElementById("__drawer").checked = false })
}

// A report of an error says at which address it was read, and is copied without any network.
for (const report of document.querySelectorAll(".pd-report")) {
  report.value = report.value.replace(report.dataset.page, location.href.split(/[?#]/)[0])
  report.nextElementSibling.prepend(copier(() => report.value))
}

const forms = document.getElementById("pd-citing")
if (forms) {
  const styles = JSON.parse(forms.textContent)
  const dialog = document.createElement("dialog")
  dialog.className = "pd-dialog md-typeset"
  document.body.append(dialog)

  const latex = sign => (sign === "\\" ? "\\textbackslash{}" : `\\${sign}`)
  const escaped = (text, style) => (style === "BibTeX" ? text.replace(/[\\&%$#_{}]/g, latex) : text)

  // Each row has a page of its own, in either language.
  const pages = new URL(zh ? "../zh/id/" : "../id/", script)

  function citation(style, form, { id, en, zh }) {
    const address = new URL(`${encodeURIComponent(id)}/`, pages).href
    const day = new Date().toISOString().slice(0, 10)
    const parts = { id, en: escaped(en, style), zh: escaped(zh, style), url: address, day }
    return form.replace(/@(id|en|zh|url|day)@/g, (_, name) => parts[name])
  }

  const blocks = row => Object.entries(styles).flatMap(([name, form]) => {
    const text = citation(name, form, row)
    return [element("h3", { textContent: name }), element("pre", { className: "pd-citation", textContent: text, tabIndex: 0 }), copier(() => text)]
  })

  function open(button) {
    const close = element("button", { type: "button", className: "pd-button", textContent: words.close })
    close.addEventListener("click", () => dialog.close())
    dialog.replaceChildren(element("h2", { id: "pd-dialog-title", textContent: words.title }), ...blocks(button.dataset), element("p", {}, close))
    dialog.setAttribute("aria-labelledby", "pd-dialog-title")
    dialog.showModal()
  }

  // The page of a row shows its citations; here they take the address and the day of reading.
  for (const place of document.querySelectorAll(".pd-citations")) place.replaceChildren(...blocks(place.dataset))

  document.addEventListener("click", event => {
    const button = event.target.closest(".pd-cite")
    if (button) open(button)
  })
}
