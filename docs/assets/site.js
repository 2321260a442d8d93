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

const forms = document.getElementById("pd-citing")
if (forms) {
  const styles = JSON.parse(forms.textContent)
  const zh = document.documentElement.lang.startsWith("zh")
  const words = zh ? { title: "引用本条", copy: "复制", copied: "已复制", close: "关闭" } : { title: "Cite this row", copy: "Copy", copied: "Copied", close: "Close" }
  const dialog = document.createElement("dialog")
  dialog.className = "pd-dialog md-typeset"
  document.body.append(dialog)

  const element = (name, props, ...children) => {
    const made = Object.assign(document.createElement(name), props)
    made.append(...children)
    return made
  }

  const latex = sign => (sign === "\\" ? "\\textbackslash{}" : `\\${sign}`)
  const escaped = (text, style) => (style === "BibTeX" ? text.replace(/[\\&%$#_{}]/g, latex) : text)

  function citation(style, form, { id, en, zh }) {
    const address = new URL(`#${id}`, location.href.split(/[?#]/)[0]).href
    const day = new Date().toISOString().slice(0, 10)
    const parts = { id, en: escaped(en, style), zh: escaped(zh, style), url: address, day }
    return form.replace(/@(id|en|zh|url|day)@/g, (_, name) => parts[name])
  }

  function copier(text) {
    const button = element("button", { type: "button", className: "pd-button", textContent: words.copy })
    button.addEventListener("click", async () => {
      await navigator.clipboard?.writeText(text)
      button.textContent = words.copied
    })
    return button
  }

  function open(button) {
    const blocks = Object.entries(styles).flatMap(([name, form]) => {
      const text = citation(name, form, button.dataset)
      return [element("h3", { textContent: name }), element("pre", { textContent: text, tabIndex: 0 }), copier(text)]
    })
    const close = element("button", { type: "button", className: "pd-button", textContent: words.close })
    close.addEventListener("click", () => dialog.close())
    dialog.replaceChildren(element("h2", { id: "pd-dialog-title", textContent: words.title }), ...blocks, element("p", {}, close))
    dialog.setAttribute("aria-labelledby", "pd-dialog-title")
    dialog.showModal()
  }

  document.addEventListener("click", event => {
    const button = event.target.closest(".pd-cite")
    if (button) open(button)
  })
}
