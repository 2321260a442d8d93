// What a search finds: as a worker it answers each message {turn, query} with {turn, ...answer}; a page that is opened
// as a file may start no worker and loads it as a script (globalThis.pdSearch). Either way the index comes as a script
// (search/LANG.js sets globalThis.pdIndex), since a file may fetch nothing.
// What a query means and which hit comes first is told in src/plandata/read/search.py, which this follows; ranks, names
// and synonyms come with the index (src/plandata/site/search.py).
globalThis.pdSearch = (() => {
  const PAGES = 40, SECTIONS = 12, AROUND = 70
  const EXACT = 0, NAMED = 1, PARTLY = 2, TOLD = 3
  const LONGEST = 400, SHORTEST = 2, ASIDE = 0.3, LEAST = 0.5, NEAR = 10
  const RUN = /[\p{L}\p{N}]+(?:[.'%‰-][\p{L}\p{N}]+)*/gu, WORD = /[a-z0-9.'%‰-]+|./gu
  const plain = text => text.replaceAll("\u2019", "'").normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase()
  const folded = text => plain(text).replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").trim().replace(/\s+/g, " ")
  const latin = words => /^[a-z0-9]/.test(words)

  function prepare({ synonyms, sections }) {
    const pages = new Map()
    const all = sections.map(([location, title, text, rank, names]) => {
      const path = location.split("#")[0], own = names.length ? names : [folded(title)]
      const section = { location, title, text, rank, names: own, called: own.join("\n"), id: location.split(/[#/]/).filter(Boolean).pop() }
      if (!pages.has(path)) pages.set(path, section)
      section.page = pages.get(path)
      section.alone = [section.called, folded(title), folded(text)].join("\n")
      section.low = [section.alone, section.page.called].join("\n")
      return section
    })
    const [names, everything] = [all.map(({ called }) => called), all.map(({ low }) => low)].map(texts => texts.join("\n"))
    return { sections: all, synonyms: new Map(Object.entries(synonyms)), names, everything }
  }

  // Parts of a query

  const quoted = words => words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")

  function sought(words) {
    const stem = latin(words) && words.length > 3 && words.endsWith("s") ? words.slice(0, -1) : words
    return (latin(words) ? "(?<![a-z0-9])" : "") + quoted(stem)
  }

  const pattern = words => new RegExp(words.map(sought).join("|"), "u")

  function part(words, { synonyms }) {
    let others = synonyms.get(words) ?? []
    if (!synonyms.has(words) && !latin(words)) {
      const inside = [...synonyms.keys()].filter(word => words.includes(word) && !latin(word)).sort((a, b) => b.length - a.length)[0]
      others = (synonyms.get(inside) ?? []).filter(other => !latin(other)).map(other => words.replaceAll(inside, other))
    }
    return { words, others, own: pattern([words]), any: pattern([words, ...others]) }
  }

  function asked(whole, index) {
    const parts = []
    let words = whole.split(" ")
    while (words.length) {
      let end = words.length
      while (end > 1 && !index.synonyms.has(words.slice(0, end).join(" "))) end--
      parts.push(part(words.slice(0, end).join(" "), index))
      words = words.slice(end)
    }
    return parts
  }

  function longest(words, { synonyms, names, everything }) {
    const known = text => pattern([text]).test(/^[a-z0-9.'%‰-]+$/.test(text) ? everything : names)
    let best = 0
    for (let size = 1; size <= words.length; size++) {
      const text = words.slice(0, size).join("")
      if (synonyms.has(text) || known(text)) best = size
      else if (![...synonyms.keys()].some(word => word.startsWith(text))) break
    }
    return best
  }

  function cut(parts, index) {
    const found = []
    for (const { words } of parts) {
      if (index.synonyms.has(words)) { found.push(part(words, index)); continue }
      for (const [run] of words.matchAll(RUN)) {
        for (let rest = run.match(WORD); rest.length;) {
          const size = longest(rest, index), told = rest.slice(0, size).join("")
          if (told.length >= SHORTEST) found.push(part(told, index))
          rest = rest.slice(Math.max(size, 1))
        }
      }
    }
    return found
  }

  // Hits

  function order(section, whole, parts) {
    const alone = parts.length === 1 ? parts[0].others : []
    const named = parts.filter(({ any }) => any.test(section.called)).length
    const itself = section.id === whole || section.names.includes(whole)
    const exact = itself || alone.some(other => section.names.includes(other))
    const level = exact ? EXACT : named === parts.length ? NAMED : named ? PARTLY : TOLD
    const literal = exact ? itself : parts.every(({ own }) => own.test(section.low))
    // What only the text tells is told best by the text that tells little else.
    if (level === TOLD) return [level, +!literal, section.low.length]
    const begins = section.names.some(name => [parts[0].words, ...alone].some(words => name.startsWith(words)))
    return [level, section.rank, +(section !== section.page), +!literal, +!begins, section.title.length]
  }

  const before = (a, b) => a.key.map((value, at) => value - b.key[at]).find(Boolean) || 0

  function withAll({ sections }, whole, parts) {
    // A section is found by the name of its page too, but not by that alone.
    const fits = section => parts.every(({ any }) => any.test(section.low)) && parts.some(({ any }) => any.test(section.alone))
    const having = sections.filter(section => section.id === whole || fits(section))
    return having.map(section => ({ section, key: order(section, whole, parts) })).sort(before)
  }

  function withMost({ sections }, whole, parts) {
    const hits = sections.map(section => ({ section, held: parts.filter(({ any }) => any.test(section.low)), score: 0 }))
    const times = new Map(parts.map(part => [part, hits.filter(({ held }) => held.includes(part)).length]))
    for (const hit of hits)
      for (const part of hit.held)
        hit.score += Math.log(1 + sections.length / times.get(part)) * (part.any.test(hit.section.called) ? 1 : ASIDE)
    const most = Math.max(...hits.map(({ score }) => score))
    const best = hits.filter(({ score }) => score && score >= LEAST * most)
    // Hits that share about as much are told apart by their rank.
    for (const hit of best) hit.key = [-Math.round(hit.score / most * NEAR), ...order(hit.section, whole, parts)]
    return best.sort(before)
  }

  function found(index, whole) {
    const parts = asked(whole, index), hits = withAll(index, whole, parts)
    if (hits.length && hits[0].key[0] !== TOLD) return [hits, parts]
    const known = cut(parts, index), better = known.length ? withAll(index, whole, known) : []
    if (hits.length && (!better.length || better[0].key[0] === TOLD)) return [hits, parts]
    const told = new Set(better.map(({ section }) => section))
    const all = [...better, ...hits.filter(({ section }) => !told.has(section))]
    return [all.length || !known.length ? all : withMost(index, whole, known), known]
  }

  // What is shown

  const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

  function spans(text, parts) {
    const all = new RegExp(parts.map(({ any }) => any.source).join("|"), "gu"), starts = []
    let low = "", at = 0
    for (const sign of text) {
      const own = /\s/.test(sign) ? " " : plain(sign)
      for (let i = 0; i < own.length; i++) starts.push(at)
      low += own
      at += sign.length
    }
    starts.push(text.length)
    return [...low.matchAll(all)].filter(([hit]) => hit).map(hit => [starts[hit.index], starts[hit.index + hit[0].length]])
  }

  function marked(text, parts) {
    let html = "", end = 0
    for (const [from, to] of spans(text, parts)) {
      html += `${escaped(text.slice(end, from))}<mark>${escaped(text.slice(from, to))}</mark>`
      end = to
    }
    return html + escaped(text.slice(end))
  }

  function teaser(text, parts) {
    const first = Math.max(0, (spans(text, parts)[0]?.[0] ?? 0) - AROUND)
    const start = first < AROUND / 2 ? 0 : first
    const cut = text.slice(start, start + 3 * AROUND)
    return (start ? "…" : "") + marked(cut, parts) + (start + cut.length < text.length ? "…" : "")
  }

  /** A page with its sections that are hits, of which the box folds the later ones. */
  function group(page, hits, parts) {
    const item = ({ location, title, text }) => ({ location, title: marked(title, parts), text: teaser(text, parts) })
    return { page: item(page), sections: hits.filter(section => section !== page).slice(0, SECTIONS).map(item) }
  }

  /** The best hit, which the enter key opens, and the pages with hits, as HTML. */
  function search(query, index) {
    const whole = folded(query).slice(0, LONGEST).trim()
    if (!whole) return { best: null, total: 0, pages: [] }
    const [hits, parts] = found(index, whole), pages = new Map()
    for (const { section } of hits) (pages.get(section.page) ?? pages.set(section.page, []).get(section.page)).push(section)
    const shown = [...pages].slice(0, PAGES).map(([page, own]) => group(page, own, parts))
    return { best: hits[0]?.section.location ?? null, total: pages.size, pages: shown }
  }

  let index
  return query => search(query, (index ??= prepare(globalThis.pdIndex)))
})()

if (!globalThis.document) {
  importScripts(new URL(location).searchParams.get("index"))
  addEventListener("message", ({ data: { turn, query } }) => postMessage({ turn, ...globalThis.pdSearch(query) }))
}
