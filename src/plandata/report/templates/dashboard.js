"use strict"
// Hides, counts and sorts the targets of the page; what is chosen stands in the address after #.
{
const id = name => document.getElementById(name)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const said = JSON.parse(id("said").textContent)
const plain = text => text.normalize("NFKC").toLowerCase()
const targets = all(".target").map(row => ({
  row, home: row.parentElement, ...row.dataset, bodies: row.dataset.bodies.trim().split(" "),
  warned: "warned" in row.dataset, gap: row.dataset.gap === "" ? -1 : Number(row.dataset.gap),
}))
const groups = all(".group:not(#flat)").map(group => ({group, list: group.querySelector("ol"), count: group.querySelector(".count")}))
const flat = id("flat")
const states = all(".states button"), cells = all(".matrix td button"), domains = all(".matrix th button"), strip = all(".strip rect")
const chosen = {plan: "", domain: "", body: "", q: "", sort: "", warned: false, status: new Set()}
const fields = {plan: id("plan"), domain: id("domain"), body: id("body"), sort: id("sort"), q: id("word")}
const known = {status: new Set(states.map(button => button.dataset.status))}
for (const name of ["plan", "domain", "body", "sort"]) known[name] = new Set([...fields[name].options].map(option => option.value))

const tests = {
  plan: target => !chosen.plan || target.plan === chosen.plan,
  domain: target => !chosen.domain || target.domain === chosen.domain,
  body: target => !chosen.body || target.bodies.includes(chosen.body),
  warned: target => !chosen.warned || target.warned,
  status: target => !chosen.status.size || chosen.status.has(target.status),
  q: target => {
    if (!chosen.q) return true
    target.text ??= plain(target.row.textContent)
    return plain(chosen.q).split(/\s+/).every(word => target.text.includes(word))
  },
}
const fits = (target, ...but) => Object.keys(tests).every(name => but.includes(name) || tests[name](target))

function read() {
  if (id(location.hash.slice(1))) return
  const asked = new URLSearchParams(location.hash.slice(1))
  for (const name of ["plan", "domain", "body", "sort"]) {
    const value = asked.get(name) ?? ""
    chosen[name] = known[name].has(value) ? value : ""
  }
  chosen.q = (asked.get("q") ?? "").slice(0, 100)
  chosen.warned = asked.get("warned") === "1"
  chosen.status = new Set((asked.get("status") ?? "").split(",").filter(code => known.status.has(code)))
}

function write() {
  const told = new URLSearchParams()
  for (const name of ["plan", "domain", "body", "q", "sort"]) if (chosen[name]) told.set(name, chosen[name])
  if (chosen.warned) told.set("warned", "1")
  if (chosen.status.size) told.set("status", [...chosen.status].join(","))
  const text = told.toString().replaceAll("%2C", ",")
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search)
}

function arrange() {
  const sorted = chosen.sort === "gap"
  if (sorted === !flat.hidden) return
  if (sorted) flat.querySelector("ol").append(...[...targets].sort((a, b) => b.gap - a.gap).map(target => target.row))
  else for (const {row, home} of targets) home.append(row)
  flat.hidden = !sorted
}

function tally(found, key) {
  const times = new Map()
  for (const target of found) times.set(key(target), (times.get(key(target)) ?? 0) + 1)
  return times
}

// The numbers on buttons: what a click would show beside all that is chosen elsewhere.
function count() {
  const statuses = tally(targets.filter(target => fits(target, "status")), target => target.status)
  const cell = tally(targets.filter(target => fits(target, "status", "domain", "plan")), target => `${target.domain} ${target.status}`)
  const total = [...statuses.values()].reduce((sum, n) => sum + n, 0)
  let start = 0
  for (const rect of strip) {
    const n = statuses.get(rect.dataset.status) ?? 0
    rect.setAttribute("x", `${total ? 100 * start / total : 0}%`)
    rect.setAttribute("width", `${total ? 100 * n / total : 0}%`)
    rect.classList.toggle("off", chosen.status.size > 0 && !chosen.status.has(rect.dataset.status))
    rect.firstElementChild.textContent = rect.firstElementChild.textContent.replace(/\d+$/, n)
    start += n
  }
  for (const button of states) {
    const n = statuses.get(button.dataset.status) ?? 0
    button.lastElementChild.textContent = n
    button.toggleAttribute("data-empty", !n)
    button.setAttribute("aria-pressed", chosen.status.has(button.dataset.status))
  }
  for (const button of cells) {
    const {domain, status} = button.dataset, n = cell.get(`${domain} ${status}`) ?? 0
    button.lastElementChild.textContent = n
    button.parentElement.toggleAttribute("data-empty", !n)
    button.setAttribute("aria-pressed", chosen.domain === domain && chosen.status.size === 1 && chosen.status.has(status))
  }
  for (const button of domains) button.setAttribute("aria-pressed", chosen.domain === button.dataset.domain)
}

function show() {
  for (const [name, field] of Object.entries(fields)) if (field.value !== chosen[name]) field.value = chosen[name]
  id("warned").checked = chosen.warned
  for (const group of all("optgroup", fields.domain)) group.hidden = group.disabled = chosen.plan !== "" && group.firstElementChild?.dataset.plan !== chosen.plan
  arrange()
  let hits = 0
  for (const target of targets) {
    const fit = fits(target)
    if (target.row.hidden === fit) target.row.hidden = !fit
    hits += fit
  }
  for (const {group, list, count} of groups) {
    const n = chosen.sort ? 0 : all(":scope > :not([hidden])", list).length
    group.hidden = !n
    count.textContent = n
  }
  count()
  id("none").hidden = hits > 0
  const text = said.hits.replace("{n}", hits).replace("{all}", targets.length)
  if (id("hits").textContent !== text) id("hits").textContent = text
  const told = [
    ...states.filter(button => chosen.status.has(button.dataset.status)).map(button => button.children[1].textContent),
    ...["plan", "domain", "body"].filter(name => chosen[name]).map(name => fields[name].selectedOptions[0].textContent),
  ]
  if (chosen.warned) told.push(id("warned").parentElement.textContent.trim())
  if (chosen.q) told.push(`“${chosen.q}”`)
  id("chosen").textContent = told.join(" · ")
  id("clear").hidden = id("go").hidden = !told.length
  id("go").firstElementChild.textContent = text
}

function change(values) {
  Object.assign(chosen, values)
  const option = fields.domain.querySelector(`option[value="${CSS.escape(chosen.domain)}"]`)
  if (chosen.domain && chosen.plan && option.dataset.plan !== chosen.plan) chosen.domain = ""
  write()
  show()
}

const toList = () => id("list").scrollIntoView({block: "start"})
for (const button of states) button.addEventListener("click", () => {
  const status = new Set(chosen.status)
  if (!status.delete(button.dataset.status)) status.add(button.dataset.status)
  change({status})
})
for (const button of [...cells, ...domains]) button.addEventListener("click", () => {
  const on = button.getAttribute("aria-pressed") === "true", {domain, status} = button.dataset
  change({plan: "", domain: on ? "" : domain, ...(status && {status: new Set(on ? [] : [status])})})
})
for (const [name, field] of Object.entries(fields)) field.addEventListener("input", () => change({[name]: field.value}))
id("warned").addEventListener("change", event => change({warned: event.target.checked}))
id("clear").addEventListener("click", () => {
  change({plan: "", domain: "", body: "", q: "", warned: false, status: new Set()})
  id("word").focus()
})
id("filters").addEventListener("submit", event => { event.preventDefault(); toList() })
for (const link of all("a[href^='#']")) link.addEventListener("click", event => {
  const aim = id(link.hash.slice(1))
  event.preventDefault()
  aim.scrollIntoView()
  aim.focus({preventScroll: true})
})
addEventListener("hashchange", () => { read(); show() })
document.documentElement.classList.add("js")
for (const button of all("button[disabled]")) button.disabled = false
read()
show()
}
