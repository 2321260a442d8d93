// What every page needs: the language switch keeps the place on the page, tables scroll, and rows can be cited.
for (const link of document.querySelectorAll(".md-select__link[hreflang]"))
  link.addEventListener("click", () => { link.hash = location.hash; link.search = location.search })

// Material lets wide tables scroll, but not by keyboard.
addEventListener("load", () => {
  for (const region of document.querySelectorAll(".md-typeset__scrollwrap")) region.tabIndex = 0
})

// The search of the home page is that of the header: typing goes on there, also with an input method.
for (const box of document.querySelectorAll(".pd-find"))
  box.addEventListener("click", () => document.querySelector(".md-search__input")?.focus())

const script = document.currentScript.src
const zh = document.documentElement.lang.startsWith("zh")
const words = zh ? { title: "引用本条", copy: "复制", copied: "已复制", close: "关闭" } : { title: "Cite this row", copy: "Copy", copied: "Copied", close: "Close" }

const element = (name, props, ...children) => {
  const made = Object.assign(document.createElement(name), props)
  made.append(...children)
  return made
}

function copier(text) {
  const button = element("button", { type: "button", className: "pd-button pd-copy", textContent: words.copy })
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(text())
    button.textContent = words.copied
  })
  return button
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
