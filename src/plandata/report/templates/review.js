// The review of a draft: the list of doubts, the text and the rows of what is selected, which move together.
// All that comes from the draft is set as text, never as HTML.
(() => {
  "use strict"
  const data = JSON.parse(document.getElementById("data").textContent)
  const { words, subjects, doubts } = data
  const byId = id => document.getElementById(id)
  const items = [...document.querySelectorAll(".doubt")], blocks = [...document.querySelectorAll(".block")]
  const groups = [...document.querySelectorAll(".group")].map(group => ({
    group, own: [...group.querySelectorAll(".doubt")], count: group.querySelector(".count"),
  }))
  const order = items.map(item => Number(item.dataset.n)), rank = new Map(order.map((n, at) => [n, at]))
  const ofSubject = grouped(order, n => data.of[n])
  const texts = new Map(items.map(item => [Number(item.dataset.n), textOf(item)]))
  const memory = `plandata.review.${data.digest}`
  const judged = remembered()
  // What is selected: a doubt and a block by their numbers, a subject by its place; at is where the list stands.
  const now = { doubt: -1, block: -1, subject: -1, at: -1 }

  function grouped(values, key) {
    const found = new Map()
    for (const value of values) {
      if (!found.has(key(value))) found.set(key(value), [])
      found.get(key(value)).push(value)
    }
    return found
  }

  function textOf(item) {
    const group = item.closest(".group")
    return `${group.querySelector("h3").textContent} ${item.textContent}`.toLowerCase()
  }

  /** An element with its properties and children; texts become text nodes. */
  function make(name, props = {}, ...children) {
    const made = Object.assign(document.createElement(name), props)
    made.append(...children.filter(child => child !== null))
    return made
  }

  const button = (className, text, onclick) => make("button", { type: "button", className, textContent: text, onclick })
  const say = (wording, values) => wording.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString("en"))

  /** What a table or a column is called; its name where nothing tells. */
  const titleOf = (titles, name) => (Object.hasOwn(titles, name) ? titles[name] : name)
  const tableTitle = table => titleOf(data.tables, table)
  const columnTitle = (table, column) => titleOf(titleOf(data.columns, table), column)

  // The memory of the browser, which a file of its own may be refused

  function remembered() {
    const keys = new Set(read())
    return new Set(data.keys.flatMap((key, n) => (keys.has(key) ? [n] : [])))
  }

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(memory))
      return Array.isArray(kept) ? kept : []
    } catch {
      return []
    }
  }

  function remember() {
    try {
      localStorage.setItem(memory, JSON.stringify([...judged].map(n => data.keys[n])))
    } catch {
      // Nothing is lost but the marks of this window, which can still be saved.
    }
  }

  // Doubts

  /** What the list says of a doubt; there no sign of it is invisible. */
  const told = (n, part) => items[rank.get(n)].querySelector(`.${part}`).textContent

  /** The first open doubt of a subject, -1 for none. */
  const firstOf = at => (ofSubject.get(at) ?? []).find(n => !judged.has(n)) ?? -1

  function settle(n, on = !judged.has(n)) {
    if (n < 0) return
    if (on) judged.add(n)
    else judged.delete(n)
    remember()
    paint(n)
    count()
    filter()
  }

  /** Shows whether a doubt is judged, wherever it stands. */
  function paint(n) {
    for (const shown of [items[rank.get(n)], ...byId("panel").querySelectorAll(`.asked[data-n="${n}"]`)]) {
      shown.classList.toggle("judged", judged.has(n))
      shown.querySelector("input").checked = judged.has(n)
    }
  }

  function count() {
    byId("progress").textContent = say(words.progress, { n: judged.size, all: doubts.length })
    byId("bar").value = judged.size
    for (const { own, count } of groups) {
      const open = own.filter(item => !judged.has(Number(item.dataset.n))).length
      count.textContent = open === own.length ? String(open) : `${open} / ${own.length}`
    }
    blocks.forEach(countBlock)
  }

  function countBlock(block) {
    const badge = block.querySelector(".open")
    if (!badge) return
    const open = (ofSubject.get(data.blocks[block.dataset.n]) ?? []).filter(n => !judged.has(n)).length
    if (badge.textContent === String(open || "✓")) return
    badge.textContent = open || "✓"
    badge.classList.toggle("none", !open)
  }

  function filter() {
    if (!items.length) return
    const terms = byId("word").value.toLowerCase().split(/\s+/).filter(Boolean)
    const table = byId("by-table").value, column = byId("by-column").value, only = byId("only").checked
    const keeps = n => (!only || !judged.has(n) || n === now.doubt) && terms.every(term => texts.get(n).includes(term))
    let shown = 0
    for (const { group, own } of groups) {
      const fits = (!table || group.dataset.table === table) && (!column || group.dataset.column === column)
      const kept = own.filter(item => !(item.hidden = !(fits && keeps(Number(item.dataset.n)))))
      group.hidden = !kept.length
      shown += kept.length
    }
    byId("none").hidden = shown > 0
    byId("shown").textContent = shown < items.length ? say(words.shown, { n: shown }) : ""
    dock()
  }

  function selectDoubt(n, focus = true) {
    const before = now.doubt
    mark("doubt", items, n)
    now.at = rank.get(n) ?? now.at
    // What is judged stays in the list of open doubts only as long as it is selected.
    if (before >= 0 && before !== n && byId("only").checked) filter()
    const item = items[rank.get(n)]
    if (item) {
      rove(items, item, ".pick, input")
      item.scrollIntoView({ block: "nearest" })
      if (focus) item.querySelector(".pick").focus({ preventScroll: true })
    }
    showSubject(data.of[n] ?? -1)
    dock()
  }

  function stepDoubt(by) {
    for (let at = now.at + by; at >= 0 && at < items.length; at += by) {
      if (!items[at].hidden) return selectDoubt(order[at])
    }
  }

  // Selection

  /** Makes a doubt or a block the selected one of its kind. */
  function mark(kind, all, n) {
    const at = which => (kind === "doubt" ? rank.get(which) : which)
    for (const [number, on] of [[now[kind], false], [n, true]]) {
      const element = all[at(number)]
      element?.classList.toggle("now", on)
      const named = element?.querySelector("button")
      if (on) named?.setAttribute("aria-current", "true")
      else named?.removeAttribute("aria-current")
    }
    now[kind] = n
  }

  /** Lets Tab come to one element of a list only; the keys move within it. */
  function rove(all, element, inside) {
    for (const old of all.roved ?? []) old.tabIndex = -1
    all.roved = element.querySelectorAll(inside)
    for (const part of all.roved) part.tabIndex = 0
  }

  function selectBlock(n) {
    takeFirst(data.blocks[n])
    toBlock(n)
    blocks[n].querySelector(".place").focus({ preventScroll: true })
    render(data.blocks[n])
    dock()
  }

  /** Makes the first open doubt of a subject the selected one. */
  function takeFirst(at) {
    const doubt = at >= 0 ? firstOf(at) : -1
    mark("doubt", items, doubt)
    if (doubt < 0) return
    now.at = rank.get(doubt)
    rove(items, items[now.at], ".pick, input")
    items[now.at].scrollIntoView({ block: "nearest" })
  }

  /** The next part of the text that is no furniture. */
  function stepBlock(by) {
    for (let n = now.block + by; n >= 0 && n < blocks.length; n += by) {
      if (!blocks[n].closest("details")) return selectBlock(n)
    }
  }

  function toBlock(n) {
    mark("block", blocks, n)
    if (!blocks[n]) return
    rove(blocks, blocks[n], ".place")
    const fold = blocks[n].closest("details")
    if (fold) fold.open = true
    blocks[n].scrollIntoView({ block: "nearest" })
  }

  /** Shows the rows of a subject, and the block that they were drafted from. */
  function showSubject(at) {
    const own = subjects[at]?.blocks ?? []
    if (!own.includes(now.block)) toBlock(own[0] ?? -1)
    render(at)
  }

  const select = at => {
    takeFirst(at)
    showSubject(at)
    dock()
  }

  // Rows

  function render(at) {
    now.subject = at
    const subject = subjects[at], panel = byId("panel")
    press(subject && data.lists.includes(subject.table) ? subject.table : "")
    if (!subject) return panel.replaceChildren(...nothing())
    const own = new Set(ofSubject.get(at) ?? [])
    const shown = [heading(subject), quote(subject), cells(subject, own), ...(subject.parts ?? []).map(part => partOf(part, own)), members(subject)]
    panel.replaceChildren(...shown.filter(Boolean), ...rest(own))
    panel.scrollTop = 0
    panel.querySelector(".asked.now")?.scrollIntoView({ block: "nearest" })
  }

  /** What is shown where no row is selected: a doubt whose row stands nowhere, or what to do. */
  function nothing() {
    if (now.doubt >= 0) return rest(new Set([now.doubt]))
    return [make("p", { className: "quiet", textContent: now.block >= 0 ? words.unclaimed : words.no_row })]
  }

  function heading(subject) {
    const above = (subject.above ?? []).flatMap((at, n) => [n ? "›" : "", link(at)]).filter(Boolean)
    const toText = subject.blocks ? button("link to-text", words.to_text, () => { view("text"); toBlock(subject.blocks[0]) }) : null
    const role = { goals: "r-goal", measures: "r-measure" }[subject.table] ?? ""
    return make("div", { className: role },
      make("p", { className: "above" }, ...above),
      make("p", { className: "kind", textContent: subject.kind ?? tableTitle(subject.table) }),
      make("h3", { className: "subject", textContent: subject.name ?? subject.id }),
      make("p", { className: "ids" }, make("code", { textContent: subject.id ?? "" }), toText))
  }

  /** The text of the subject, for small screens, which do not show it beside the rows. */
  function quote(subject) {
    if (!subject.blocks) return null
    return make("blockquote", { lang: "zh-Hans" }, ...subject.blocks.map(n => blocks[n].querySelector("p").cloneNode(true)))
  }

  const link = at => button("link", subjects[at].name ?? subjects[at].id, () => select(at))

  /** The cells of a row, each with the doubts about it, which are taken out of own. */
  function cells(row, own) {
    const list = make("dl", { className: "cells" })
    if (!row.fields) return null
    for (const [column, value, label, at] of row.fields) {
      const about = [...own].filter(n => doubts[n][0] === row.table && doubts[n][2] === column && fits(doubts[n], row, value))
      list.append(cell(row.table, column, value, label, at, about.map(asked)))
      about.forEach(n => own.delete(n))
    }
    return list
  }

  /** Whether a doubt is about a row: by its id, or by the value where the table has no ids. */
  const fits = (doubt, row, value) => (row.row ? doubt[1] === row.row : doubt[3] === value)

  function cell(table, column, value, label, at, asks) {
    const name = make("dt", { textContent: columnTitle(table, column) })
    const code = label && label !== value ? make("code", { textContent: ` ${value}` }) : null
    const shown = at === undefined ? label || value || words.empty : link(at)
    const about = asks.length ? make("dd", { className: "asks" }, ...asks) : null
    return make("div", { className: about ? "bad" : "" }, name, make("dd", {}, shown, code), about)
  }

  function asked(n) {
    const box = make("input", { type: "checkbox", checked: judged.has(n), ariaLabel: words.judged, onchange: () => settle(n, box.checked) })
    const why = button("link", told(n, "why"), () => selectDoubt(n, false))
    const shown = make("div", { className: "asked" }, why, box)
    shown.dataset.n = n
    shown.classList.toggle("judged", judged.has(n))
    shown.classList.toggle("now", n === now.doubt)
    return shown
  }

  function partOf(part, own) {
    const inside = part.roles ? [bodies(part.roles)] : part.cards.map(one => card(one, own))
    return make("div", {}, make("h4", { textContent: part.title }), ...inside)
  }

  function card(one, own) {
    const tag = one.tag ? make("span", { className: "tag", textContent: one.tag }) : null
    const figure = one.figure ? make("span", { className: "figure", textContent: one.figure }) : null
    const title = one.name ? make("p", { className: "title" }, tag, make("b", { textContent: one.name }), figure) : null
    const made = make("div", { className: one.quiet ? "card soft" : "card" }, title, cells(one, own))
    if (one.tag) for (const [event, on] of [["pointerenter", true], ["pointerleave", false]]) made.addEventListener(event, () => light(one.tag, on))
    return made
  }

  /** Lights up the phrases of a target in the text. */
  function light(tag, on) {
    for (const n of subjects[now.subject]?.blocks ?? []) {
      for (const phrase of blocks[n].querySelectorAll("mark[data-t]")) {
        phrase.classList.toggle("lit", on && phrase.dataset.t.split(" ").includes(tag))
      }
    }
  }

  function bodies(roles) {
    const named = ([id, name, printed, at]) => {
      const chip = at < 0 ? make("span", { className: "chip", textContent: name }) : button("chip", name, () => select(at))
      return Object.assign(chip, { title: printed || id })
    }
    return make("dl", { className: "bodies" }, ...roles.flatMap(({ role, bodies }) => [
      make("dt", { textContent: role }), make("dd", {}, ...bodies.map(named)),
    ]))
  }

  function members(subject) {
    if (!subject.members) return null
    const list = make("ul", { className: "members" }, ...subject.members.map(at => make("li", {}, link(at))))
    return make("div", {}, make("h4", { textContent: words.members }), list)
  }

  /** The doubts about cells that are not shown. */
  function rest(own) {
    if (!own.size) return []
    const about = n => {
      const head = items[rank.get(n)].closest(".group").querySelector("h3 span").textContent
      const row = make("code", { textContent: told(n, "row") })
      return make("div", {}, make("p", {}, make("b", { textContent: head }), " ", told(n, "drafted"), " ", row), asked(n))
    }
    return [make("h4", { textContent: words.loose }), ...[...own].map(about)]
  }

  // Lists of the rows that hang on no block

  function lists() {
    const at = grouped(subjects.keys(), n => subjects[n].table)
    byId("lists").append(...data.lists.filter(table => at.has(table)).map(table => {
      const made = button("", `${tableTitle(table)} `, () => list(table, at.get(table)))
      made.dataset.table = table
      made.append(make("span", { textContent: at.get(table).length }))
      return made
    }))
  }

  function list(table, own) {
    mark("doubt", items, -1)
    toBlock(-1)
    press(table)
    const entry = n => make("li", {}, link(n), " ", make("code", { textContent: subjects[n].id ?? "" }))
    byId("panel").replaceChildren(make("h3", { className: "subject", textContent: tableTitle(table) }), make("ul", { className: "members" }, ...own.map(entry)))
    byId("panel").scrollTop = 0
    dock()
  }

  function press(table) {
    for (const one of byId("lists").children) one.setAttribute("aria-pressed", one.dataset.table === table)
  }

  // The bar below the rows, and the panes as tabs on a small screen

  function dock() {
    const shown = order.filter((n, at) => !items[at].hidden), at = shown.indexOf(now.doubt)
    byId("at").textContent = at < 0 ? words.at_none : say(words.at, { n: at + 1, all: shown.length })
    const on = judged.has(now.doubt)
    byId("judge").textContent = on ? words.unjudge : words.judge
    byId("judge").classList.toggle("on", on)
    byId("judge").disabled = now.doubt < 0
  }

  const tabs = [...document.querySelectorAll("[role=tab]")]

  function view(name) {
    for (const tab of tabs) {
      const on = tab.id === `tab-${name}`
      tab.setAttribute("aria-selected", on)
      tab.tabIndex = on ? 0 : -1
      byId(tab.id.slice(4)).classList.toggle("view", on)
    }
    if (name === "text") blocks[now.block]?.scrollIntoView({ block: "center" })
    if (name === "doubts") items[rank.get(now.doubt)]?.scrollIntoView({ block: "center" })
  }

  // The file of the doubts

  function csv() {
    const runs = new RegExp(data.formula, "u")
    const safe = text => (runs.test(text) ? `'${text}` : text)
    const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const rows = doubts.map((doubt, n) => [...doubt, judged.has(n) ? data.settled : ""])
    return [data.header, ...rows].map(row => row.map(text => quoted(safe(text))).join(",")).join("\n") + "\n"
  }

  function save() {
    const address = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }))
    make("a", { href: address, download: "doubts.csv" }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
    byId("said").textContent = words.saved
  }

  // Keys

  const KEYS = {
    j: () => stepDoubt(1), k: () => stepDoubt(-1), ArrowDown: () => stepDoubt(1), ArrowUp: () => stepDoubt(-1),
    n: () => stepBlock(1), p: () => stepBlock(-1),
    " ": () => settle(now.doubt), Enter: () => settle(now.doubt),
    "/": () => { view("doubts"); byId("word")?.focus() }, "?": () => byId("keys").showModal(),
  }

  /** Whether a key is left to what has the focus: fields and buttons, and the arrows in what scrolls. */
  function taken(event) {
    const target = event.target
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return true
    if (target.matches("input:not([type=checkbox]), select, textarea")) return true
    if (event.key.startsWith("Arrow")) return Boolean(target.closest("#text, #rows, [role=tablist]"))
    return [" ", "Enter"].includes(event.key) && target.closest("button:not(.pick, .place), summary, input, a") !== null
  }

  function pressed(event) {
    if (event.key === "Escape" && event.target.id === "word") return event.target.blur()
    if (!Object.hasOwn(KEYS, event.key) || taken(event)) return
    event.preventDefault()
    KEYS[event.key]()
  }

  function tabKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = tabs[tabs.indexOf(event.target) + by]
    if (!next) return
    next.focus()
    next.click()
  }

  // Start

  function options(select, names) {
    const named = [...names].map(([value, text]) => make("option", { value, textContent: text }))
    select.replaceChildren(select.options[0], ...named)
  }

  function columnsOf(table) {
    const own = groups.filter(({ group }) => !table || group.dataset.table === table)
    return new Map(own.map(({ group }) => [group.dataset.column, columnTitle(group.dataset.table, group.dataset.column)]))
  }

  function filters() {
    options(byId("by-table"), new Map(groups.map(({ group }) => [group.dataset.table, tableTitle(group.dataset.table)])))
    options(byId("by-column"), columnsOf(""))
    byId("by-table").addEventListener("change", () => { options(byId("by-column"), columnsOf(byId("by-table").value)); byId("by-column").value = "" })
    byId("filters").addEventListener("input", filter)
    byId("filters").addEventListener("change", filter)
    byId("filters").addEventListener("submit", event => event.preventDefault())
  }

  function clicks() {
    byId("doubts").addEventListener("click", event => {
      const item = event.target.closest(".doubt")
      if (!event.target.closest(".pick")) return
      selectDoubt(Number(item.dataset.n))
      view("rows")
    })
    byId("doubts").addEventListener("change", event => {
      const item = event.target.closest(".doubt")
      if (item) settle(Number(item.dataset.n), event.target.checked)
    })
    byId("text-list").addEventListener("click", event => {
      const block = event.target.closest(".block")
      if (!block || String(getSelection())) return
      selectBlock(Number(block.dataset.n))
      view("rows")
    })
  }

  function buttons() {
    byId("back").onclick = () => stepDoubt(-1)
    byId("on").onclick = () => stepDoubt(1)
    byId("judge").onclick = () => settle(now.doubt)
    byId("save").onclick = save
    byId("help").onclick = KEYS["?"]
    for (const tab of tabs) {
      tab.onclick = () => view(tab.id.slice(4))
      tab.onkeydown = tabKey
    }
  }

  document.documentElement.classList.add("js")
  document.addEventListener("keydown", pressed)
  // A button would be pressed by the end of a key that was taken.
  document.addEventListener("keyup", event => { if (event.key === " " && event.target.matches(".pick, .place")) event.preventDefault() })
  lists()
  if (items.length) filters()
  clicks()
  buttons()
  judged.forEach(paint)
  count()
  filter()
  view("doubts")
  if (blocks[0]) rove(blocks, blocks[0], ".place")
  selectDoubt(order.find(n => !judged.has(n)) ?? order[0] ?? -1, false)
})()
