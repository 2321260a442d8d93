// The explorer: DataTables over the rows of one table, with filters of several values that count what they would leave,
// a choice of columns, its state in the address, and the download of what is filtered. Rows and library come as scripts
// (globalThis.pdRows, globalThis.pdDataTable), since a page opened as a file has neither modules nor fetch.
{
  const { pdDataTable: DataTable, pdElement: element, pdRows, pdPage } = globalThis
  const root = document.getElementById("pd-explorer")
  const settings = JSON.parse(document.getElementById("pd-settings").textContent)
  const { columns, filters, words } = settings
  const SORTED = { asc: "ascending", desc: "descending" }, ARROWS = { asc: "↑", desc: "↓" }
  // A list with more values has a box to find one in it.
  const LONG = 12

  const escaped = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

  /** The state as the address tells it: q, a parameter per value of a filter, sort=column.asc, cols=a.b.c */
  function read() {
    const given = new URLSearchParams(location.search)
    const names = given.get("cols")?.split(".") ?? columns.filter(column => column.visible).map(column => column.name)
    const [name, direction] = given.get("sort")?.split(".") ?? []
    const known = filter => given.getAll(filter.name).filter(value => Object.hasOwn(filter.labels, value))
    return {
      q: given.get("q") ?? "",
      chosen: new Map(filters.map(filter => [filter.name, new Set(known(filter))])),
      sort: columns.some(column => column.name === name) && Object.hasOwn(SORTED, direction) ? { name, direction } : null,
      names: columns.map(column => column.name).filter(column => names.includes(column)),
    }
  }

  /** The state into the address: a new entry of the history for what was chosen, none for each letter that is typed. */
  function write(state, entry) {
    const address = new URL(location.href), kept = new URLSearchParams()
    if (state.q) kept.set("q", state.q)
    for (const [name, values] of state.chosen) for (const value of values) kept.append(name, value)
    if (state.sort) kept.set("sort", `${state.sort.name}.${state.sort.direction}`)
    const usual = columns.filter(column => column.visible).map(column => column.name)
    if (state.names.join() !== usual.join()) kept.set("cols", state.names.join("."))
    if (address.searchParams.toString() === kept.toString()) return
    address.search = kept
    history[entry ? "pushState" : "replaceState"](history.state, "", address)
  }

  function csv(names, rows) {
    const runs = new RegExp(settings.formula, "u")
    const safe = value => (typeof value === "string" && runs.test(value) ? `'${value}` : value)
    const quoted = value => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    const cell = value => quoted(safe(value))
    // Without the mark at the beginning, Chinese Excel garbles the characters.
    return "\ufeff" + [names, ...rows].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n"
  }

  /** A filter: a list of boxes that opens below its name. The boxes are made when it is first opened. */
  function panel(filter, chosen, changed, opened) {
    const told = element("span", { className: "pd-chosen" })
    const summary = element("summary", {}, element("span", { textContent: filter.title }), told)
    const set = element("fieldset", {}, element("legend", { className: "pd-unseen", textContent: filter.title }))
    const details = element("details", { className: "pd-filter" }, summary, set)
    details.dataset.filter = filter.name
    const boxes = new Map(), counts = new Map()

    function fill() {
      const labels = Object.entries(filter.labels).map(([value, label]) => {
        const box = element("input", { type: "checkbox", name: filter.name, value, checked: chosen().has(value) })
        const count = element("span", { className: "pd-n" })
        box.addEventListener("change", () => { chosen()[box.checked ? "add" : "delete"](value); changed() })
        boxes.set(value, box)
        counts.set(value, count)
        return element("label", {}, box, element("span", { textContent: label }), count)
      })
      if (labels.length > LONG) set.append(narrowing(labels))
      set.append(...labels)
    }

    details.addEventListener("toggle", () => {
      if (!details.open) return
      if (!boxes.size) fill()
      // A list on the right half of the window opens to the left.
      details.classList.toggle("pd-leftwards", details.getBoundingClientRect().left > innerWidth / 2)
      opened()
    })
    details.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !details.open) return
      details.open = false
      summary.focus()
    })

    /** Says what is chosen and how many rows each value would leave. */
    function tell(tally) {
      const values = [...chosen()]
      told.textContent = values.length ? values.map(value => filter.labels[value]).join(words.comma) : words.all
      details.classList.toggle("pd-active", values.length > 0)
      for (const [value, box] of boxes) {
        const n = tally.get(value) ?? 0
        box.checked = chosen().has(value)
        counts.get(value).textContent = n
        box.parentElement.classList.toggle("pd-quiet", !n)
      }
    }
    return { filter, details, tell }
  }

  /** A box that leaves of a long list the labels with a text in them. */
  function narrowing(labels) {
    const box = element("input", { type: "search", placeholder: words.narrow, ariaLabel: words.narrow })
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase()
      for (const label of labels) label.hidden = !label.children[1].textContent.toLowerCase().includes(wanted)
    })
    return box
  }

  /** The choice of an order, where a phone shows no heads of columns. */
  function ordering() {
    const options = columns.flatMap(({ name, title }) => Object.entries(ARROWS).map(([direction, arrow]) => element("option", { value: `${name}.${direction}`, textContent: `${title} ${arrow}` })))
    const select = element("select", {}, element("option", { value: "", textContent: words.unsorted }), ...options)
    return { select, label: element("label", { className: "pd-order" }, element("span", { textContent: words.order }), select) }
  }

  function controls(state) {
    const search = element("input", { type: "search", value: state.q, className: "pd-search" })
    const boxes = columns.map(column => {
      const box = element("input", { type: "checkbox", value: column.name, checked: state.names.includes(column.name) })
      return { box, label: element("label", {}, box, ` ${column.title}`) }
    })
    const button = text => element("button", { type: "button", className: "pd-button", textContent: text })
    return {
      search, boxes, order: ordering(), chips: element("div", { className: "pd-chips" }), reset: button(words.reset), link: button(words.link),
      download: button(words.csv), count: element("p", { className: "pd-count", role: "status" }),
    }
  }

  function layout(parts, panels, table) {
    const search = element("label", { className: "pd-wide-label" }, element("span", { textContent: words.search }), parts.search)
    const chooser = element("details", { className: "pd-chooser" }, element("summary", { textContent: words.columns }), element("div", {}, ...parts.boxes.map(box => box.label)))
    const actions = element("div", { className: "pd-bar" }, parts.count, parts.order.label, parts.reset, parts.link, parts.download, chooser)
    const group = element("div", { className: "pd-filters", role: "group", ariaLabel: words.filters }, ...panels.map(({ details }) => details))
    // On a phone the filters would stand before all rows.
    const folded = element("details", { className: "pd-more", open: matchMedia("(min-width: 45em)").matches }, element("summary", { textContent: words.filters }), group)
    root.replaceChildren(search, folded, parts.chips, actions, table)
    // One list at a time; a click beside it closes it.
    const open = [...panels.map(({ details }) => details), chooser]
    document.addEventListener("click", ({ target }) => { for (const details of open) if (details.open && !details.contains(target)) details.open = false })
  }

  function shown(column, { columns: names, rows, order }, at) {
    const index = names.indexOf(column.data), places = order[column.name]
    // Told here, since the library would ask every cell for it.
    const kind = places ? "places" : rows.every(row => !isNaN(row[index])) ? "num" : "string"
    const fill = row => column.link.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(row[at[name]]))
    const render = (value, type, row, { row: n }) => {
      if (type === "sort" && places) return places[n]
      if (type === "sort") return value !== "" && !isNaN(value) ? Number(value) : value
      if (type !== "display") return value
      const text = column.name === "figure" && row[at.value] ? `<span class="pd-figure">${escaped(value)}</span>` : escaped(value)
      return column.link && value ? `<a href="${escaped(root.dataset.up + pdPage(fill(row)))}">${text}</a>` : text
    }
    return { data: index, title: escaped(column.title), render, name: column.name, searchable: false, className: `pd-of-${column.name}`, type: kind }
  }

  /** What the filters leave: whether a row stays, and how many rows of each value do if only its own filter is left out. */
  function sift(rows, texts, state, cellsOf) {
    const terms = state.q.toLowerCase().split(/\s+/).filter(Boolean)
    const active = filters.filter(({ name }) => state.chosen.get(name).size)
    const tallies = new Map(filters.map(({ name }) => [name, new Map()])), kept = new Uint8Array(rows.length)
    rows.forEach((_, n) => {
      if (!terms.every(term => texts[n].includes(term))) return
      const missed = active.filter(({ name }) => !cellsOf(name, n).some(value => state.chosen.get(name).has(value)))
      if (missed.length > 1) return
      kept[n] = !missed.length
      for (const { name } of missed.length ? missed : filters) {
        const tally = tallies.get(name)
        for (const value of cellsOf(name, n)) tally.set(value, (tally.get(value) ?? 0) + 1)
      }
    })
    return { kept, tallies }
  }

  function start({ columns: names, rows, order = {} }) {
    const at = Object.fromEntries(names.map((name, index) => [name, index]))
    let state = read(), kept = [], tallies = new Map(), entry = false
    const parts = controls(state), table = element("table", { className: "pd-rows" })
    const panels = filters.map(filter => panel(filter, () => state.chosen.get(filter.name), () => refresh(true), count))
    layout(parts, panels, table)
    // The groups of values that compare stay in their order; a descending order turns the values around in each.
    DataTable.ext.type.order["places-asc"] = (a, b) => a[0] - b[0] || a[1] - b[1]
    DataTable.ext.type.order["places-desc"] = (a, b) => a[0] - b[0] || b[1] - a[1]
    // One text per row, so that both languages and hidden columns are searched.
    const texts = rows.map(row => row.join("\u0001").toLowerCase())
    const split = new Map(filters.map(({ name }) => [name, rows.map(row => String(row[at[name]] ?? "").split(/[ ;]/))]))
    const sorted = sort => (sort ? [[columns.findIndex(column => column.name === sort.name), sort.direction]] : [])
    const all = new DataTable(table, {
      data: rows,
      columns: columns.map(column => ({ ...shown(column, { columns: names, rows, order }, at), visible: state.names.includes(column.name) })),
      order: sorted(state.sort),
      deferRender: true, autoWidth: false, pageLength: 50, lengthChange: false,
      layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: "paging" },
      language: {
        zeroRecords: words.none, emptyTable: words.none,
        paginate: { first: "«", previous: "‹", next: "›", last: "»" },
        aria: { orderable: words.sort, orderableReverse: words.sort, orderableRemove: words.sort, paginate: { first: words.first, previous: words.previous, next: words.next, last: words.last } },
      },
      createdRow(row, _, n, cells) { as("row", row); cells.forEach((cell, column) => { as("cell", cell); cell.dataset.label = columns[column].title }) },
      drawCallback() { this.api().table().container().querySelectorAll("table").forEach(scrollable) },
    })
    all.search.fixed("own", (_, row, index) => kept[index])

    /** Shows what the state says; chosen: whether that is an entry of its own in the history. */
    function refresh(chosen = false) {
      ;({ kept, tallies } = sift(rows, texts, state, (name, n) => split.get(name)[n]))
      entry = chosen
      count()
      chips()
      all.draw()
    }

    function count() {
      for (const { filter, tell } of panels) tell(tallies.get(filter.name))
    }

    /** A button for each chosen value, which takes it back. */
    function chips() {
      parts.chips.replaceChildren(...filters.flatMap(({ name, title, labels }) => [...state.chosen.get(name)].map(value => {
        const text = `${title}${words.colon}${labels[value]}`
        const chip = element("button", { type: "button", className: "pd-button", textContent: `${text} ×`, ariaLabel: words.remove.replace("{name}", () => text) })
        chip.addEventListener("click", () => { state.chosen.get(name).delete(value); refresh(true); (parts.chips.firstChild ?? parts.search).focus() })
        return chip
      })))
    }

    function tell() {
      parts.count.textContent = words.shown.replace("{n}", all.rows({ search: "applied" }).count()).replace("{all}", rows.length)
      const [by] = all.order()
      state.sort = by?.[1] ? { name: columns[by[0]].name, direction: by[1] } : null
      parts.order.select.value = state.sort ? `${state.sort.name}.${state.sort.direction}` : ""
      write(state, entry)
      entry = false
    }

    let waiting
    parts.search.addEventListener("input", () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => { state.q = parts.search.value.trim(); refresh() }, 120)
    })
    for (const [index, { box }] of parts.boxes.entries()) box.addEventListener("change", () => {
      state.names = parts.boxes.filter(({ box }) => box.checked).map(({ box }) => box.value)
      all.column(index).visible(box.checked)
      refresh()
    })
    parts.order.select.addEventListener("change", () => {
      const [name, direction] = parts.order.select.value.split(".")
      all.order(sorted(name && { name, direction })).draw()
    })
    parts.reset.addEventListener("click", () => {
      parts.search.value = state.q = ""
      for (const values of state.chosen.values()) values.clear()
      refresh(true)
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
    addEventListener("popstate", () => {
      state = read()
      parts.search.value = state.q
      for (const [index, { box }] of parts.boxes.entries()) all.column(index).visible((box.checked = state.names.includes(box.value)))
      all.order(sorted(state.sort))
      refresh()
    })
    all.on("draw", tell)
    refresh()
  }

  const as = (role, part) => part.setAttribute("role", role)

  /**
   * The rows scroll sideways in their own region, which the keyboard reaches. On a phone they are cards, and only by
   * their roles are they still the rows of a table.
   */
  function scrollable(table) {
    const around = table.parentElement
    Object.assign(around, { tabIndex: 0, role: "region", ariaLabel: document.querySelector("h1").firstChild.textContent })
    around.classList.add("pd-scroll")
    as("table", table)
    for (const part of table.querySelectorAll("thead, tbody")) as("rowgroup", part)
    for (const row of table.querySelectorAll("thead tr")) as("row", row)
    for (const head of table.querySelectorAll("thead th")) as("columnheader", head)
  }

  if (DataTable && pdRows) start(pdRows)
  else root.replaceChildren(element("p", { textContent: words.failed, role: "alert" }))
}
