// The explorer: DataTables over the rows of one table, with filters, a choice of columns, its state in the
// address, and the download of what is filtered.
import DataTable from "./datatables.js"

const root = document.getElementById("pd-explorer")
const settings = JSON.parse(document.getElementById("pd-settings").textContent)
const { columns, filters, words } = settings
const SORTED = { asc: "ascending", desc: "descending" }

const element = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props)
  made.append(...children)
  return made
}
const escaped = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

/** The state as the address tells it: q, one parameter per filter, sort=column.asc, cols=a.b.c */
function read() {
  const given = new URLSearchParams(location.search)
  const names = given.get("cols")?.split(".") ?? columns.filter(column => column.visible).map(column => column.name)
  const [name, direction] = given.get("sort")?.split(".") ?? []
  return {
    q: given.get("q") ?? "",
    chosen: Object.fromEntries(filters.map(filter => [filter.name, given.get(filter.name) ?? ""])),
    sort: columns.some(column => column.name === name) && direction in SORTED ? { name, direction } : null,
    names: columns.map(column => column.name).filter(column => names.includes(column)),
  }
}

function write(state) {
  const address = new URL(location.href), kept = new URLSearchParams()
  if (state.q) kept.set("q", state.q)
  for (const [name, value] of Object.entries(state.chosen)) if (value) kept.set(name, value)
  if (state.sort) kept.set("sort", `${state.sort.name}.${state.sort.direction}`)
  const usual = columns.filter(column => column.visible).map(column => column.name)
  if (state.names.join() !== usual.join()) kept.set("cols", state.names.join("."))
  address.search = kept
  history.replaceState(history.state, "", address)
}

function csv(names, rows) {
  const runs = new RegExp(settings.formula, "u")
  const safe = value => (typeof value === "string" && runs.test(value) ? `'${value}` : value)
  const quoted = value => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const cell = value => quoted(safe(value))
  // Without the mark at the beginning, Chinese Excel garbles the characters.
  return "\ufeff" + [names, ...rows].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n"
}

function controls(state, names) {
  const search = element("input", { type: "search", value: state.q, className: "pd-search" })
  const selects = filters.map(filter => {
    const options = Object.entries(filter.labels).map(([value, label]) => element("option", { value, textContent: label }))
    const select = element("select", { name: filter.name }, element("option", { value: "", textContent: words.all }), ...options)
    select.value = state.chosen[filter.name]
    if (select.selectedIndex < 0) select.value = ""
    return { filter, select, label: element("label", {}, element("span", { textContent: filter.title }), select) }
  })
  const boxes = columns.map(column => {
    const box = element("input", { type: "checkbox", value: column.name, checked: names.includes(column.name) })
    return { box, label: element("label", {}, box, ` ${column.title}`) }
  })
  const button = text => element("button", { type: "button", className: "pd-button", textContent: text })
  return { search, selects, boxes, reset: button(words.reset), link: button(words.link), download: button(words.csv), count: element("p", { className: "pd-count", role: "status" }) }
}

function layout(parts, table) {
  const search = element("label", { className: "pd-wide-label" }, element("span", { textContent: words.search }), parts.search)
  const chooser = element("details", { className: "pd-chooser" }, element("summary", { textContent: words.columns }), element("div", {}, ...parts.boxes.map(box => box.label)))
  const actions = element("div", { className: "pd-bar" }, parts.count, parts.reset, parts.link, parts.download, chooser)
  root.replaceChildren(element("div", { className: "pd-filters" }, search, ...parts.selects.map(select => select.label)), actions, table)
}

function shown(column, names, at) {
  const index = names.indexOf(column.data)
  const fill = row => column.link.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(row[at[name]]))
  const render = (value, type, row) => {
    if (type === "sort") return value !== "" && !isNaN(value) ? Number(value) : value
    if (type !== "display" || !column.link || !value) return type === "display" ? escaped(value) : value
    return `<a href="${escaped(root.dataset.up + fill(row))}">${escaped(value)}</a>`
  }
  return { data: index, title: escaped(column.title), render, name: column.name, searchable: false }
}

function start({ columns: names, rows }) {
  const at = Object.fromEntries(names.map((name, index) => [name, index]))
  const state = read(), parts = controls(state, state.names)
  const table = element("table", { className: "pd-rows" })
  layout(parts, table)
  // One text per row, so that both languages and hidden columns are searched.
  const texts = rows.map(row => row.join("\u0001").toLowerCase())
  const all = new DataTable(table, {
    data: rows,
    columns: columns.map(column => ({ ...shown(column, names, at), visible: state.names.includes(column.name) })),
    order: state.sort ? [[columns.findIndex(column => column.name === state.sort.name), state.sort.direction]] : [],
    deferRender: true, autoWidth: false, pageLength: 50, lengthChange: false,
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: "paging" },
    language: {
      zeroRecords: words.none, emptyTable: words.none,
      paginate: { first: "«", previous: "‹", next: "›", last: "»" },
      aria: { orderable: words.sort, orderableReverse: words.sort, orderableRemove: words.sort, paginate: { first: words.first, previous: words.previous, next: words.next, last: words.last } },
    },
    drawCallback() { this.api().table().container().querySelectorAll("table").forEach(scrollable) },
  })

  function keeps(row, index) {
    const terms = parts.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    if (!terms.every(term => texts[index].includes(term))) return false
    return parts.selects.every(({ filter, select }) => !select.value || row[at[filter.name]].split(" ").includes(select.value))
  }
  all.search.fixed("own", (_, row, index) => keeps(rows[index], index))

  const refresh = () => all.draw()

  function tell() {
    parts.count.textContent = words.shown.replace("{n}", all.rows({ search: "applied" }).count()).replace("{all}", rows.length)
    const [order] = all.order()
    write({
      q: parts.search.value.trim(),
      chosen: Object.fromEntries(parts.selects.map(({ filter, select }) => [filter.name, select.value])),
      sort: order?.[1] ? { name: columns[order[0]].name, direction: order[1] } : null,
      names: parts.boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    })
  }

  let waiting
  parts.search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120) })
  for (const { select } of parts.selects) select.addEventListener("change", refresh)
  for (const [index, { box }] of parts.boxes.entries()) box.addEventListener("change", () => { all.column(index).visible(box.checked); refresh() })
  parts.reset.addEventListener("click", () => {
    parts.search.value = ""
    for (const { select } of parts.selects) select.value = ""
    refresh()
  })
  parts.link.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(location.href)
    parts.link.textContent = words.copied
    setTimeout(() => (parts.link.textContent = words.link), 2000)
  })
  parts.download.addEventListener("click", () => {
    const found = all.rows({ search: "applied", order: "applied" }).data().toArray()
    const address = URL.createObjectURL(new Blob([csv(names, found)], { type: "text/csv" }))
    element("a", { href: address, download: `${settings.table}-filtered.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  })
  all.on("draw", tell)
  refresh()
}

/** The rows scroll sideways in their own region, which the keyboard reaches. */
function scrollable(table) {
  const around = table.parentElement
  Object.assign(around, { tabIndex: 0, role: "region", ariaLabel: document.querySelector("h1").firstChild.textContent })
  around.classList.add("pd-scroll")
}

fetch(root.dataset.rows)
  .then(answer => (answer.ok ? answer.json() : Promise.reject(answer.status)))
  .then(start)
  .catch(() => root.replaceChildren(element("p", { textContent: words.failed, role: "alert" })))
