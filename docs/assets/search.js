// The search worker, in place of Material's: answers its messages (setup 0, ready 1, query 2, result 3).
// A term of Latin letters is found at the beginning of a word, any other wherever it stands.
const PAGES = 40, SECTIONS = 12, SHOWN = 3, AROUND = 70
const lang = new URL(self.location).searchParams.get("lang")
let index

const load = () => (index ??= fetch(new URL(`../search/${lang}.json`, self.location)).then(answer => answer.json()).then(prepare))

function prepare(entries) {
  const pages = new Map()
  return entries.map(([location, title, text]) => {
    const path = location.split("#")[0]
    const section = { location, title, text, path, low: `${title}\n${text}`.toLowerCase(), lowTitle: title.toLowerCase() }
    if (!pages.has(path)) pages.set(path, section)
    return Object.assign(section, { page: pages.get(path) })
  })
}

const quoted = term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

function pattern(term) {
  const latin = /^[\p{Script=Latin}\d]/u.test(term)
  const stem = latin && term.length > 3 ? term.replace(/s$/, "") : term
  return new RegExp((latin ? "(?<![\\p{Script=Latin}\\d])" : "") + quoted(stem), "gu")
}

function score(section, patterns) {
  let sum = 0, own = 0
  for (const find of patterns) {
    const hits = section.low.match(find)?.length ?? 0
    if (!hits && section.page.lowTitle.search(find) < 0) return 0
    own += hits > 0
    sum += Math.min(hits, 5) + (section.lowTitle.search(find) >= 0 ? 20 : 0)
  }
  const exact = patterns.length === 1 && section.lowTitle.replace(patterns[0], "") === ""
  return own ? sum + (section === section.page ? 10 : 0) + (exact ? 30 : 0) : 0
}

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

function marked(text, patterns) {
  const all = new RegExp(patterns.map(find => find.source).join("|"), "giu")
  let html = "", end = 0
  for (const hit of text.matchAll(all)) {
    html += `${escaped(text.slice(end, hit.index))}<mark>${escaped(hit[0])}</mark>`
    end = hit.index + hit[0].length
  }
  return html + escaped(text.slice(end))
}

function teaser(text, patterns) {
  const first = Math.max(0, Math.min(...patterns.map(find => text.toLowerCase().search(find)).filter(at => at >= 0), text.length) - AROUND)
  const start = first < AROUND / 2 ? 0 : first
  const cut = text.slice(start, start + 3 * AROUND)
  return (start ? "…" : "") + marked(cut, patterns) + (start + cut.length < text.length ? "…" : "")
}

async function search(query) {
  const terms = query.toLowerCase().split(/[\s\u3000]+/).filter(Boolean)
  if (!terms.length) return { items: [] }
  const patterns = terms.map(pattern), pages = new Map()
  for (const section of await load()) {
    const worth = score(section, patterns)
    if (worth) (pages.get(section.page) ?? pages.set(section.page, []).get(section.page)).push([worth, section])
  }
  const found = [...pages].map(([page, hits]) => [page, hits.sort((a, b) => b[0] - a[0]).slice(0, SECTIONS)])
  found.sort((a, b) => b[1][0][0] - a[1][0][0])
  return { items: found.slice(0, PAGES).map(([page, hits]) => group(page, hits, patterns, terms)) }
}

function group(page, hits, patterns, terms) {
  const best = hits[0][0], matched = Object.fromEntries(terms.map(term => [term, true]))
  const item = (section, worth) => ({
    location: section.location, title: marked(section.title, patterns), text: `<p>${teaser(section.text, patterns)}</p>`, score: worth, terms: matched,
  })
  const sections = hits.filter(([, section]) => section !== page).map(([worth, section], at) => item(section, at < SHOWN ? best : worth / 100))
  return [item(page, best), ...sections]
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) postMessage({ type: 1 })
  if (type === 2) postMessage({ type: 3, data: await search(data) })
})
